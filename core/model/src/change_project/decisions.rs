//! What was decided in a plan about suggestions. It stands in the plan's own document.

use serde::{Deserialize, Serialize};

use crate::{DocumentId, Items, PersonId, Timestamp};

/// Who decided about a suggestion, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The suggester's document of comments.
    pub document: Option<DocumentId>,
    /// Who decided, if that is known here.
    pub by: Option<PersonId>,
    /// Device clock when it was decided.
    pub at: Timestamp,
}

/// What was decided about suggestions, by their ids. Accepted and rejected at once is accepted: the
/// plan says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decisions {
    pub accepted: Items<Decided>,
    pub rejected: Items<Decided>,
    /// Whether what several accepted at once stands in the plan more than once; one who may edit
    /// it takes out all but one, each the same.
    pub is_doubled: bool,
}
