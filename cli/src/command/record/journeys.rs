//! What in the journey of a patient may tell who it was: said when it is written, and whenever it
//! goes out. It keeps nobody from saving.

use enhance_client::{LearningCore, PlacedFinding, TextPlace};
use enhance_model::{ItemId, Noun, Quoted, counted};

use crate::{exit::Failure, ids::short, output::note};

/// What was found in a thing that was just written; nothing in what is no journey.
pub fn found(
    core: &LearningCore,
    (noun, id): (Noun, ItemId),
) -> Result<Vec<PlacedFinding>, Failure> {
    if !matches!(noun, Noun::PatientJourney | Noun::JourneyStep) {
        return Ok(Vec::new());
    }
    let found = core.check_journeys(Some(id))?.findings.into_iter();
    let place = TextPlace::Item { what: noun, id };
    Ok(found.filter(|one| one.place == place).collect())
}

/// One of them in a sentence.
pub fn in_words(found: &PlacedFinding) -> String {
    let PlacedFinding { finding, .. } = found;
    let place = place(found);
    format!("{place} may tell who it was: {}. {}", Quoted(&finding.text), finding.reason)
}

fn place(found: &PlacedFinding) -> String {
    match &found.place {
        TextPlace::Item { what, id } => format!("the {what} {}", short(*id)),
        _ => "a patient journey".to_owned(),
    }
}

/// Says where something was found in journeys before they go out with something else. What it is
/// stands in the journey alone: what is said here may end up in a log.
pub fn warn(core: &LearningCore) -> Result<(), Failure> {
    let found = core.check_journeys(None)?;
    let count = found.more + found.findings.len();
    if count == 0 {
        return Ok(());
    }
    let first = found.findings.first().map_or("a patient journey".to_owned(), place);
    let others = match count - 1 {
        0 => String::new(),
        more => format!(", and so may {}", counted(more, "other thing")),
    };
    note(&format!(
        "something in {first} may tell who it was{others}; read them: enhance record list step"
    ));
    Ok(())
}
