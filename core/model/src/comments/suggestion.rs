//! What a plan should read instead: said in the suggester's own document, decided in the plan.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    DocumentId, ItemId, PersonId, Timestamp,
    anchor::{Place, Span},
};

/// Other words for a stretch of a plan's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Where the text is.
    pub anchor: Place,
    /// The stretch of it that would be replaced.
    pub span: Span,
    /// All that it said when this was suggested.
    pub original: String,
    /// What it would say. Empty: it would be taken out.
    pub replacement: String,
    /// Why. May be empty.
    pub why: String,
    /// Device clock when it was suggested.
    pub at: Timestamp,
    /// Device clock when its author took it back.
    pub withdrawn_at: Option<Timestamp>,
}

/// Who decided about a suggestion, in the plan's own document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The suggester's document of comments.
    pub document: Option<DocumentId>,
    /// Who decided.
    pub by: Option<PersonId>,
    /// Device clock when it was decided.
    pub at: Timestamp,
}

/// What was decided about suggestions, by their ids. Accepted and rejected at once is accepted: the
/// plan says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decisions {
    pub accepted: BTreeMap<ItemId, Decided>,
    pub rejected: BTreeMap<ItemId, Decided>,
    /// Whether what several accepted at once stands in the plan more than once; one who may edit
    /// it takes out all but one, each the same.
    pub is_doubled: bool,
}

/// How far a suggestion has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionState {
    /// Nobody has decided.
    Open,
    Accepted,
    Rejected,
    /// Its author took it back before anybody decided.
    Withdrawn,
}

impl Decisions {
    /// How far a suggestion has come, and who decided.
    pub fn of(&self, id: ItemId, suggestion: &Suggestion) -> (SuggestionState, Option<&Decided>) {
        match (self.accepted.get(&id), self.rejected.get(&id)) {
            (Some(decided), _) => (SuggestionState::Accepted, Some(decided)),
            (None, Some(decided)) => (SuggestionState::Rejected, Some(decided)),
            (None, None) if suggestion.withdrawn_at.is_some() => (SuggestionState::Withdrawn, None),
            (None, None) => (SuggestionState::Open, None),
        }
    }
}

/// What one who may edit a plan does with a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuggestionEdit {
    /// Replaces characters of the text at a place, as it stands, and notes the decision with it.
    Accept {
        id: ItemId,
        decided: Decided,
        anchor: Place,
        /// The characters of the text from here...
        start: u32,
        /// ...to before this one.
        end: u32,
        replacement: String,
    },
    Reject {
        id: ItemId,
        decided: Decided,
    },
    /// Takes out what stands twice because several accepted it at once.
    RemoveDoubles,
}
