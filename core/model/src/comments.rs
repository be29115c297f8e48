//! What one person says about a change project, in a document of their own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{DocumentId, ItemId, Timestamp, nudge::Nudge};

/// All comments of one person on one project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comments {
    /// The project they are about.
    pub about: DocumentId,
    /// The comments, oldest first.
    pub comments: BTreeMap<ItemId, Comment>,
    /// What was taken back by the one who said it; nobody is shown it.
    #[serde(default)]
    pub taken_back: BTreeMap<ItemId, Comment>,
    /// That this person waits for something.
    #[serde(default)]
    pub nudges: BTreeMap<ItemId, Nudge>,
}

/// One comment: what is said, about what, and whether it is settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    pub body: String,
    /// The part of the project it is about: a section's name or an item's id. Empty for the whole.
    pub anchor: String,
    /// Device clock when it was written.
    pub at: Timestamp,
    /// Device clock when it was settled.
    pub resolved_at: Option<Timestamp>,
}

/// An edit of one's own comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum CommentEdit {
    Add {
        /// The id of the new comment.
        id: ItemId,
        comment: Comment,
    },
    Rewrite {
        id: ItemId,
        /// The whole new text.
        body: String,
    },
    Resolve {
        id: ItemId,
        at: Timestamp,
    },
    /// Takes a comment back. It is kept, and can be put back.
    TakeBack {
        id: ItemId,
        /// The device's clock when it was done.
        at: Timestamp,
    },
    /// Puts back what was taken back.
    PutBack {
        id: ItemId,
    },
    /// Says that this person waits for something. Said once, it stands.
    Nudge {
        id: ItemId,
        nudge: Nudge,
    },
}

impl CommentEdit {
    /// The comment it is of.
    pub const fn id(&self) -> ItemId {
        match self {
            Self::Add { id, .. }
            | Self::Rewrite { id, .. }
            | Self::Resolve { id, .. }
            | Self::TakeBack { id, .. }
            | Self::PutBack { id }
            | Self::Nudge { id, .. } => *id,
        }
    }
}
