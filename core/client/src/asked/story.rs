//! The story of a project: what was done to it, by whom and in which sitting, in words.

use enhance_documents::{Content, Document};
use enhance_model::{
    DeviceId, DocumentId, DocumentKind, Person, Timestamp, Version,
    change_project::{ChangeProject, Deed, in_words},
};
use serde::Serialize;

use super::{
    portion::Portion,
    projects::{self, HistoryView},
};
use crate::{error::Error, state::State};

/// Who writes again after a longer pause has sat down again. In milliseconds.
const PAUSE: u64 = 30 * 60 * 1_000;

/// What one person did in one sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SittingView {
    /// The project with this sitting and all before it.
    pub version: Version,
    /// Who it was, if this device has heard of them.
    pub by: Option<Person>,
    /// The device it was on.
    pub device: Option<DeviceId>,
    /// When its first change was made, by that device's clock.
    pub from: Timestamp,
    /// When its last one was.
    pub to: Timestamp,
    pub deeds: Vec<Deed>,
    /// The same in sentences without the one who did it: "added 3 observations to Falls a week".
    pub sentences: Vec<String>,
}

/// Changes of one device that follow one another.
struct Sitting {
    /// The version before it; none for the first.
    before: Option<Version>,
    last: HistoryView,
    from: Timestamp,
}

/// The newest sittings of a project, newest first; at most so many, of those before a version.
pub(crate) fn newest(
    state: &mut State,
    id: DocumentId,
    before: Option<&Version>,
    limit: u32,
) -> Result<Portion<SittingView>, Error> {
    let mut sittings = sittings(projects::history(state, id)?);
    if let Some(before) = before {
        let place = sittings.iter().position(|sitting| sitting.last.version == *before);
        sittings.truncate(place.unwrap_or(0));
    }
    let row = state.row_of(id, DocumentKind::ChangeProject)?;
    let document = state.document(&row)?;
    let told = Portion::first(sittings.into_iter().rev(), limit);
    told.try_map(|sitting| view(document, sitting))
}

fn view(document: &Document, sitting: Sitting) -> Result<SittingView, Error> {
    let earlier = match &sitting.before {
        Some(version) => content(document, version)?,
        None => ChangeProject::default(),
    };
    let HistoryView { version, by, device, at: to } = sitting.last;
    let mut deeds = earlier.deeds(&content(document, &version)?);
    if sitting.before.is_none() {
        // Everything is new in a plan that was just begun, which goes without saying.
        deeds.retain(|deed| !matches!(deed, Deed::Set { .. }));
    }
    let sentences = match (sitting.before.is_none(), in_words(&deeds)) {
        (true, more) => [vec!["began the plan".to_owned()], more].concat(),
        (false, sentences) => sentences,
    };
    Ok(SittingView { version, by, device, from: sitting.from, to, deeds, sentences })
}

fn content(document: &Document, version: &Version) -> Result<ChangeProject, Error> {
    match document.content_at(version)? {
        Content::ChangeProject(project) => Ok(*project),
        _ => Ok(ChangeProject::default()),
    }
}

/// Changes in their order, those of one device without a long pause together.
fn sittings(history: Vec<HistoryView>) -> Vec<Sitting> {
    let mut sittings: Vec<Sitting> = Vec::new();
    for change in history {
        match sittings.last_mut() {
            Some(sitting)
                if sitting.last.device == change.device
                    && change.at.millis_since(sitting.last.at) <= PAUSE =>
            {
                sitting.last = change;
            }
            last => {
                let before = last.map(|sitting| sitting.last.version.clone());
                sittings.push(Sitting { before, from: change.at, last: change });
            }
        }
    }
    sittings
}

#[cfg(test)]
mod tests {
    use enhance_model::ChangeHash;

    use super::*;

    fn change(number: u8, device: u8, minute: i64) -> HistoryView {
        HistoryView {
            version: Version::new(vec![ChangeHash::from_bytes([number; 32])]),
            by: None,
            device: Some(DeviceId::from_bytes([device; 16])),
            at: Timestamp::from_unix_millis(minute * 60_000),
        }
    }

    #[test]
    fn a_sitting_ends_with_a_long_pause_or_with_somebody_else() {
        let history = [(1, 1, 0), (2, 1, 10), (3, 2, 11), (4, 1, 12), (5, 1, 60)];
        let history = history.map(|(number, device, minute)| change(number, device, minute));
        let sittings = sittings(history.to_vec());
        let ends: Vec<_> = sittings.iter().map(|one| one.last.version.clone()).collect();
        let version = |number| change(number, 1, 0).version;
        assert_eq!(ends, [version(2), version(3), version(4), version(5)]);
        let before: Vec<_> = sittings.iter().map(|one| one.before.clone()).collect();
        assert_eq!(before, [None, Some(version(2)), Some(version(3)), Some(version(4))]);
    }
}
