//! What can be done to a project.

use serde::{Deserialize, Serialize};

use super::{
    ActionEdit, AimEdit, AnnotationEdit, ChangeIdeaEdit, CycleEdit, DriverEdit, ImpactEdit,
    MeasureEdit, ObservationEdit, OutputEdit, PhaseEdit, ProgressScore, Section, StakeholderEdit,
    Status, StatusMoveEdit, TallyEdit, TargetEdit, TeamMemberEdit,
};
use crate::{CalendarDate, ItemId, Noun, Tag, Timestamp};

/// An edit of a project. Texts come with the whole new text; they are merged by character.
///
/// What is in a plan is edited field by field: a new date takes nothing of the old text with it.
///
/// ```
/// use enhance_model::{
///     ItemId, Noun,
///     change_project::{ActionEdit, ProjectEdit},
/// };
///
/// let id = ItemId::from_bytes([7; 16]);
/// let edits = [
///     ProjectEdit::Add { noun: Noun::Action, id },
///     ProjectEdit::Action { id, edit: ActionEdit::Text("Ask the ward clerk".to_owned()) },
///     ProjectEdit::Action { id, edit: ActionEdit::Due(Some(jiff::civil::date(2026, 12, 1))) },
/// ];
/// assert_eq!(edits[1].record().map(|record| record.noun), Some(Noun::Action));
///
/// // As somebody typed it:
/// assert!(ProjectEdit::parse(Noun::Action, id, "due", "2026-12-01").is_ok());
/// let error = ProjectEdit::parse(Noun::Action, id, "due", "soon").unwrap_err();
/// assert_eq!(error.to_string(), "due takes a day as 2026-11-20, not \"soon\"");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
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
        score: Option<ProgressScore>,
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
