//! What one person says about a change project or a shared copy, in a document of their own.

mod suggestion;
mod threads;

use serde::{Deserialize, Serialize};

pub use self::{
    suggestion::{Suggestion, SuggestionEdit, SuggestionState},
    threads::{Remark, Said, Thread, next_moment, threads},
};
use crate::{
    DocumentId, ItemId, Items, Timestamp,
    anchor::{Place, Span},
    nudge::Nudge,
};

/// All that one person says about one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comments {
    /// The document they are about.
    pub about: DocumentId,
    /// The comments, oldest first.
    pub comments: Items<Comment>,
    /// What was taken back by the one who said it; nobody is shown it.
    #[serde(default)]
    pub taken_back: Items<Comment>,
    /// What this person would change in the plan.
    #[serde(default)]
    pub suggestions: Items<Suggestion>,
    /// The comments, of anybody, that this person settled, and when last.
    #[serde(default)]
    pub resolved: Items<Timestamp>,
    /// The comments, of anybody, that this person opened again, and when last.
    #[serde(default)]
    pub reopened: Items<Timestamp>,
    /// That this person waits for something.
    #[serde(default)]
    pub nudges: Items<Nudge>,
}

/// Where a comment is: ids of comments are their author's choice, so its document is named too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CommentRef {
    /// The document of its author's comments.
    pub document: DocumentId,
    pub id: ItemId,
}

/// One comment: what is said, and about what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    pub body: String,
    /// The part of the document it is about.
    pub anchor: Place,
    /// The stretch of the text there that it is about, if it is not about all of it.
    #[serde(default)]
    pub span: Option<Span>,
    /// The comment that it answers.
    #[serde(default)]
    pub answers: Option<CommentRef>,
    /// Device clock when it was written.
    pub at: Timestamp,
    /// Device clock when it was last said in other words.
    #[serde(default)]
    pub edited_at: Option<Timestamp>,
    /// Device clock when its author settled it, if they did and did not open it again.
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
        /// The device's clock when it was done.
        at: Timestamp,
    },
    /// Settles a comment, of whomever it is.
    Resolve { id: ItemId, at: Timestamp },
    /// Opens a comment again, of whomever it is.
    Reopen { id: ItemId, at: Timestamp },
    /// Takes a comment or a suggestion back. It is kept, and can be put back.
    TakeBack {
        id: ItemId,
        /// The device's clock when it was done.
        at: Timestamp,
    },
    /// Puts back what was taken back.
    PutBack { id: ItemId },
    /// Says what the plan should read instead.
    Suggest {
        /// The id of the new suggestion.
        id: ItemId,
        suggestion: Suggestion,
    },
    /// Says that this person waits for something. Said once, it stands.
    Nudge { id: ItemId, nudge: Nudge },
}

impl CommentEdit {
    /// What it is of.
    pub const fn id(&self) -> ItemId {
        match self {
            Self::Add { id, .. }
            | Self::Rewrite { id, .. }
            | Self::Resolve { id, .. }
            | Self::Reopen { id, .. }
            | Self::TakeBack { id, .. }
            | Self::PutBack { id }
            | Self::Suggest { id, .. }
            | Self::Nudge { id, .. } => *id,
        }
    }
}

impl Comments {
    /// None yet, about this document.
    pub const fn about(about: DocumentId) -> Self {
        Self {
            about,
            comments: Items::new(),
            taken_back: Items::new(),
            suggestions: Items::new(),
            resolved: Items::new(),
            reopened: Items::new(),
            nudges: Items::new(),
        }
    }

    /// All that is said, one thing after the other; nothing of what was taken back.
    pub fn text(&self) -> String {
        let said = self.comments.values().map(|comment| comment.body.as_str());
        let open = self.suggestions.values().filter(|one| one.withdrawn_at.is_none());
        let suggested = open.flat_map(|one| [one.replacement.as_str(), one.why.as_str()]);
        let nudged = self.nudges.values().map(|nudge| nudge.why.as_str());
        let all = said.chain(suggested).chain(nudged).filter(|text| !text.trim().is_empty());
        all.collect::<Vec<_>>().join("\n\n")
    }

    /// Whether a comment or a suggestion is in it, taken back or not.
    pub fn has(&self, id: ItemId) -> bool {
        self.comments.contains_key(&id)
            || self.taken_back.contains_key(&id)
            || self.suggestions.contains_key(&id)
    }
}
