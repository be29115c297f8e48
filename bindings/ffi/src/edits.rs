//! Edits of which hosts may make fewer than the core.

use enhance_client::model::{Tag, comments, reflection};

use crate::ids::{ItemId, Timestamp};

/// An edit of a reflection. Texts come with the whole new text; they are merged by character.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum ReflectionEdit {
    /// Gives it a title.
    Title { title: String },
    /// Writes under a prompt.
    Answer {
        prompt: String,
        /// The whole new text.
        text: String,
    },
    AddTag {
        /// What the entry is about.
        tag: Tag,
    },
    /// Takes a tag away.
    RemoveTag {
        /// What the entry is no longer about.
        tag: Tag,
    },
}

impl From<ReflectionEdit> for reflection::ReflectionEdit {
    fn from(edit: ReflectionEdit) -> Self {
        match edit {
            ReflectionEdit::Title { title } => Self::Title { title },
            ReflectionEdit::Answer { prompt, text } => Self::Answer { prompt, text },
            ReflectionEdit::AddTag { tag } => Self::AddTag { tag },
            ReflectionEdit::RemoveTag { tag } => Self::RemoveTag { tag },
        }
    }
}

/// An edit of one's own comments.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum CommentEdit {
    Rewrite {
        id: ItemId,
        /// The whole new text.
        body: String,
    },
    Resolve {
        id: ItemId,
        at: Timestamp,
    },
}

impl From<CommentEdit> for comments::CommentEdit {
    fn from(edit: CommentEdit) -> Self {
        match edit {
            CommentEdit::Rewrite { id, body } => Self::Rewrite { id, body },
            CommentEdit::Resolve { id, at } => Self::Resolve { id, at },
        }
    }
}
