//! Edits, as hosts make them.

use enhance_client::model::{
    Noun, Tag,
    change_project::{
        ActionEdit, AimEdit, AnnotationEdit, ChangeIdeaEdit, CycleEdit, DriverEdit, ImpactEdit,
        MeasureEdit, ObservationEdit, OutputEdit, PhaseEdit, ProjectEdit, Section, StakeholderEdit,
        Status, StatusMoveEdit, TallyEdit, TargetEdit, TeamMemberEdit,
    },
    comments, reflection,
};

use crate::{
    ids::ItemId,
    projects::Progress,
    values::{CalendarDate, Timestamp},
};

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
}

impl From<CommentEdit> for comments::CommentEdit {
    fn from(edit: CommentEdit) -> Self {
        match edit {
            // The core says itself when it was done.
            CommentEdit::Rewrite { id, body } => {
                Self::Rewrite { id, body, at: Timestamp::default() }
            }
            CommentEdit::Resolve { id, at } => Self::Resolve { id, at },
            CommentEdit::TakeBack { id, at } => Self::TakeBack { id, at },
            CommentEdit::PutBack { id } => Self::PutBack { id },
        }
    }
}

/// An edit of a plan. Texts come with the whole new text; they are merged by character.
#[uniffi::remote(Enum)]
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
    /// Moves it on, or back, and notes that in the status log.
    Move {
        /// The id of the move in the log.
        id: ItemId,
        to: Status,
        /// The device's clock when it was done.
        at: Timestamp,
        /// Why, or what came of it. A plan that is completed needs one.
        note: String,
    },
    /// Says how far the team sees itself.
    Progress {
        score: Option<Progress>,
    },
    /// Says when it began.
    Start {
        on: Option<CalendarDate>,
    },
    /// Says when it ended, or is to end.
    End {
        on: Option<CalendarDate>,
    },
    /// Writes in a section.
    Section {
        section: Section,
        /// The whole new text.
        text: String,
    },
    Aim {
        edit: AimEdit,
    },
    /// Adds an empty thing of this kind to the plan; what it says follows.
    Add {
        noun: Noun,
        id: ItemId,
    },
    /// Takes a thing back. It is kept with all it says, and can be put back.
    TakeBack {
        noun: Noun,
        id: ItemId,
        /// The device's clock when it was done.
        at: Timestamp,
    },
    /// Puts back what was taken back.
    PutBack {
        noun: Noun,
        id: ItemId,
    },
    Driver {
        id: ItemId,
        edit: DriverEdit,
    },
    ChangeIdea {
        id: ItemId,
        edit: ChangeIdeaEdit,
    },
    Stakeholder {
        id: ItemId,
        edit: StakeholderEdit,
    },
    TeamMember {
        id: ItemId,
        edit: TeamMemberEdit,
    },
    Output {
        id: ItemId,
        edit: OutputEdit,
    },
    Measure {
        id: ItemId,
        edit: MeasureEdit,
    },
    Target {
        id: ItemId,
        edit: TargetEdit,
    },
    Observation {
        id: ItemId,
        edit: ObservationEdit,
    },
    Tally {
        id: ItemId,
        edit: TallyEdit,
    },
    Phase {
        id: ItemId,
        edit: PhaseEdit,
    },
    Annotation {
        id: ItemId,
        edit: AnnotationEdit,
    },
    Cycle {
        id: ItemId,
        edit: CycleEdit,
    },
    Action {
        id: ItemId,
        edit: ActionEdit,
    },
    Impact {
        id: ItemId,
        edit: ImpactEdit,
    },
    StatusMove {
        id: ItemId,
        edit: StatusMoveEdit,
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
