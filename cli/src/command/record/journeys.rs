//! What in the journey of a patient may tell who it was: said when it is written, and whenever it
//! goes out. It keeps nobody from saving.

use enhance_client::{LearningCore, PlacedFinding, TextPlace};
use enhance_model::{ItemId, Noun, Quoted};

use crate::{exit::Failure, ids::short, output::note};

/// So many findings are said of what goes out; the rest are counted.
const SAID: usize = 5;

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
pub fn in_words(PlacedFinding { place, finding }: &PlacedFinding) -> String {
    let place = match place {
        TextPlace::Item { what, id } => format!("the {what} {}", short(*id)),
        _ => "a patient journey".to_owned(),
    };
    format!("{place} may tell who it was: {}. {}", Quoted(&finding.text), finding.reason)
}

/// Says what was found in all journeys before they go out with something else.
pub fn warn(core: &LearningCore) -> Result<(), Failure> {
    let found = core.check_journeys(None)?;
    for one in found.findings.iter().take(SAID) {
        note(&in_words(one));
    }
    let more = found.more + found.findings.len().saturating_sub(SAID);
    if more > 0 {
        note(&format!("{more} more of the kind; see enhance record list step"));
    }
    Ok(())
}
