//! Edits, as hosts make them.

use enhance_client::model::{
    Tag,
    change_project::{self, Action, Aim, CycleText, Decision, Measure, Scale, Section, Status},
    comments, reflection,
};

use crate::{ids::ItemId, projects::MeasureObservation, values::Timestamp};

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
        /// What the reflection is about.
        tag: Tag,
    },
    /// Takes a tag away.
    RemoveTag {
        /// What the reflection is no longer about.
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

/// An edit of a plan. Texts come with the whole new text; they are merged by character.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum ProjectEdit {
    /// Gives it a title.
    Title {
        title: String,
    },
    /// Says which domain it belongs to.
    Topic {
        topic: String,
    },
    /// Says where it takes place.
    Setting {
        setting: String,
    },
    Status {
        status: Status,
    },
    /// Writes in a section.
    Section {
        section: Section,
        /// The whole new text.
        text: String,
    },
    Aim {
        aim: Aim,
    },
    /// Adds a measure, or changes the one with this id.
    Measure {
        id: ItemId,
        measure: Measure,
    },
    Observe {
        id: ItemId,
        observation: MeasureObservation,
    },
    StartCycle {
        id: ItemId,
    },
    /// Writes in a cycle.
    CycleText {
        id: ItemId,
        which: CycleText,
        /// The whole new text.
        text: String,
    },
    /// Says on how much a cycle tests.
    CycleScale {
        id: ItemId,
        scale: Scale,
    },
    /// Says what follows from a cycle.
    Decide {
        id: ItemId,
        decision: Decision,
    },
    /// Adds an action, or changes the one with this id.
    Action {
        id: ItemId,
        action: Action,
    },
    AddTag {
        /// What it gives evidence for.
        tag: Tag,
    },
    /// Takes a tag away.
    RemoveTag {
        /// What it no longer gives evidence for.
        tag: Tag,
    },
}

impl From<ProjectEdit> for change_project::ProjectEdit {
    fn from(edit: ProjectEdit) -> Self {
        match edit {
            ProjectEdit::Title { title } => Self::Title { title },
            ProjectEdit::Topic { topic } => Self::Topic { topic },
            ProjectEdit::Setting { setting } => Self::Setting { setting },
            ProjectEdit::Status { status } => Self::Status { status },
            ProjectEdit::Section { section, text } => Self::Section { section, text },
            ProjectEdit::Aim { aim } => Self::Aim { aim },
            ProjectEdit::Measure { id, measure } => Self::Measure { id, measure },
            ProjectEdit::Observe { id, observation } => {
                Self::Observe { id, observation: observation.into() }
            }
            ProjectEdit::StartCycle { id } => Self::StartCycle { id },
            ProjectEdit::CycleText { id, which, text } => Self::CycleText { id, which, text },
            ProjectEdit::CycleScale { id, scale } => Self::CycleScale { id, scale },
            ProjectEdit::Decide { id, decision } => Self::Decide { id, decision },
            ProjectEdit::Action { id, action } => Self::Action { id, action },
            ProjectEdit::AddTag { tag } => Self::AddTag { tag },
            ProjectEdit::RemoveTag { tag } => Self::RemoveTag { tag },
        }
    }
}
