//! What a plan should read instead: said in the suggester's own document, decided in the plan.

use serde::{Deserialize, Serialize};

use crate::{
    ItemId, Timestamp,
    anchor::{Place, Span},
    change_project::{Decided, Decisions},
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

/// How far a suggestion has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionState {
    /// Nobody has decided about it yet.
    Open,
    Accepted,
    Rejected,
    /// Its author took it back before anybody decided.
    Withdrawn,
}

impl Suggestion {
    /// How far it has come by what was decided in the plan, and who decided.
    pub fn state<'d>(
        &self,
        id: ItemId,
        decisions: &'d Decisions,
    ) -> (SuggestionState, Option<&'d Decided>) {
        match (decisions.accepted.get(&id), decisions.rejected.get(&id)) {
            (Some(decided), _) => (SuggestionState::Accepted, Some(decided)),
            (None, Some(decided)) => (SuggestionState::Rejected, Some(decided)),
            (None, None) if self.withdrawn_at.is_some() => (SuggestionState::Withdrawn, None),
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
