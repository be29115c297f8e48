//! What was suggested for the texts of plans: taken along to be read, as comments are. It is not read
//! back: it stands on words of people who are in the plan where it was made.

use std::collections::BTreeMap;

use enhance_model::{
    DocumentId, ItemId, Person, Timestamp, anchor::Place, comments::SuggestionState,
};
use serde::Serialize;

use super::super::{
    comments::suggestions::{self, SuggestionView},
    projects::ProjectView,
};
use crate::{error::Error, state::State};

/// A suggestion for a plan's text, as an export tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportedSuggestion {
    pub id: ItemId,
    /// Who made it, if this device has heard of them.
    pub by: Option<Person>,
    /// Where the text is.
    pub place: Place,
    /// The stretch of it that would be replaced, as it read when this was suggested.
    pub original: String,
    /// What it would say. Empty: it would be taken out.
    pub replacement: String,
    /// Why. May be empty.
    pub why: String,
    /// Device clock when it was suggested.
    pub at: Timestamp,
    pub state: SuggestionState,
    /// Who accepted or rejected it, if this device has heard of them.
    pub decided_by: Option<Person>,
    /// Device clock when it was accepted or rejected.
    pub decided_at: Option<Timestamp>,
}

/// Every suggestion for these plans, by the plan, oldest first, but for what others took back.
pub(super) fn all(
    state: &mut State,
    projects: &[ProjectView],
) -> Result<BTreeMap<DocumentId, Vec<ExportedSuggestion>>, Error> {
    let mut all = BTreeMap::new();
    for project in projects {
        let views = suggestions::on(state, project.id)?.into_iter();
        let is_said = |view: &SuggestionView| view.mine || view.state != SuggestionState::Withdrawn;
        let told: Vec<_> = views.filter(is_said).map(ExportedSuggestion::from).collect();
        if !told.is_empty() {
            all.insert(project.id, told);
        }
    }
    Ok(all)
}

impl From<SuggestionView> for ExportedSuggestion {
    fn from(view: SuggestionView) -> Self {
        let SuggestionView { place, by, suggestion, state, decided_by, decided_at, .. } = view;
        Self {
            id: place.id,
            by,
            place: suggestion.anchor,
            original: suggestion.original,
            replacement: suggestion.replacement,
            why: suggestion.why,
            at: suggestion.at,
            state,
            decided_by,
            decided_at,
        }
    }
}
