//! Change projects: the plan, what people say about it, its history.

use std::collections::{BTreeMap, HashMap};

use enhance_client::{
    CommentView, DisagreementView, DocumentStatus, DraftView, HandoverView, HistoryView,
    InputField, Member, ProjectView, RecipeSource, RecipeSummary, SetBy,
    model::{
        Items, Noun, Person, Right, Standing,
        anchor::{Place, Span},
        change_project::{
            self, Action, Aim, Annotation, ChangeIdea, ChangeProject, Decisions, Driver, Impact,
            Measure, Observation, Output, PdsaCycle, Phase, Section, Stakeholder, Status,
            StatusMove, Tally, Target, TeamMember,
        },
        comments::{Comment, CommentRef},
        record::{Disagreement, SetValue, TakenBack},
    },
};

use crate::{
    CoreError,
    ids::{DeviceId, DocumentId, ItemId, Version},
    values::{CalendarDate, Count, Tags, Timestamp},
};

/// The co-edited texts of a plan.
type Sections = BTreeMap<Section, String>;

uniffi::custom_type!(Sections, HashMap<Section, String>, {
    remote,
    lower: |sections| sections.into_iter().collect(),
    try_lift: |sections| Ok(sections.into_iter().collect()),
});

/// Items of a plan cross as a list in their order, each with its id.
macro_rules! items {
    ($($(#[$doc:meta])+ $item:ident { $field:ident: $type:ty } in $items:ident of $core:ty;)+) => {
        $(
            type $items = Items<$core>;

            $(#[$doc])+
            #[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
            pub struct $item {
                pub id: ItemId,
                pub $field: $type,
            }

            uniffi::custom_type!($items, Vec<$item>, {
                remote,
                lower: |items| {
                    items.into_iter().map(|(id, $field)| $item { id, $field }).collect()
                },
                try_lift: |items| Ok(items.into_iter().map(|item| (item.id, item.$field)).collect()),
            });
        )+
    };
}

items! {
    /// What moves the aim of a plan.
    DriverItem { driver: Driver } in Drivers of Driver;
    /// A change that may be tested in a plan.
    ChangeIdeaItem { idea: ChangeIdea } in Ideas of ChangeIdea;
    /// Somebody a plan touches.
    StakeholderItem { stakeholder: Stakeholder } in Stakeholders of Stakeholder;
    /// Somebody who takes part in a plan.
    TeamMemberItem { member: TeamMember } in Team of TeamMember;
    /// A measure of a plan.
    MeasureItem { measure: Measure } in Measures of Measure;
    /// Where a measure of a plan is meant to be.
    TargetItem { target: Target } in Targets of Target;
    /// One value of a measure of a plan.
    ObservationItem { observation: Observation } in Observations of Observation;
    /// A tally sheet of a plan.
    TallyItem { tally: Tally } in Tallies of Tally;
    /// A phase of a measure of a plan.
    PhaseItem { phase: Phase } in Phases of Phase;
    /// Something that happened and may show in a chart of a plan.
    AnnotationItem { annotation: Annotation } in Annotations of Annotation;
    /// A cycle of a plan. Its number on screen is its place in the list.
    CycleItem { cycle: PdsaCycle } in Cycles of PdsaCycle;
    /// Something to be done in a plan.
    ActionItem { action: Action } in Actions of Action;
    /// A part of the sum of value of a plan.
    ImpactItem { impact: Impact } in Impacts of Impact;
    /// Something that came out of a plan.
    OutputItem { output: Output } in Outputs of Output;
    /// A move in the status log of a plan.
    StatusMoveItem { step: StatusMove } in StatusMoves of StatusMove;
    /// Something that was taken back from a plan.
    TakenBackItem { thing: TakenBack } in TakenBackItems of TakenBack;
}

/// How far a team sees itself, in halves from 1 to 10.
pub(crate) type Progress = change_project::ProgressScore;

uniffi::custom_type!(Progress, Count, {
    remote,
    lower: |score| score.halves().into(),
    try_lift: |halves| {
        let score = u8::try_from(u32::from(halves)).map_err(|error| error.to_string());
        let score = score.and_then(|halves| {
            change_project::ProgressScore::of_halves(halves).map_err(|error| error.to_string())
        });
        score.map_err(|why| CoreError::invalid(InputField::Value, &why).into())
    },
});

/// A plan as it stands.
#[uniffi::remote(Record)]
pub struct ChangeProject {
    pub title: String,
    /// The key of the domain it belongs to. May be empty.
    pub topic: String,
    /// Where it takes place: a ward, a practice, a community.
    pub setting: String,
    /// How far it has come.
    pub status: Status,
    /// How far the team sees itself.
    pub progress: Option<Progress>,
    pub start: Option<CalendarDate>,
    pub end: Option<CalendarDate>,
    pub sections: Sections,
    /// What it wants to achieve.
    pub aim: Aim,
    /// What moves the aim.
    pub drivers: Drivers,
    pub ideas: Ideas,
    pub stakeholders: Stakeholders,
    pub team: Team,
    /// How it will be known that a change is an improvement.
    pub measures: Measures,
    pub targets: Targets,
    /// Single values of the measures.
    pub observations: Observations,
    pub tallies: Tallies,
    pub phases: Phases,
    pub annotations: Annotations,
    /// Tests of change. Their number on screen is their place in this order.
    pub cycles: Cycles,
    /// What has to be done, by whom and until when.
    pub actions: Actions,
    /// The sum of value.
    pub impacts: Impacts,
    pub outputs: Outputs,
    /// The status log, oldest first.
    pub moves: StatusMoves,
    /// Domains, themes and capabilities it gives evidence for.
    pub tags: Tags,
    /// What was taken back, and can be put back.
    pub taken_back: TakenBackItems,
    /// What two people set differently at once and nobody has settled yet.
    pub disagreements: Vec<Disagreement>,
    /// What was decided about suggestions.
    #[uniffi(default = [])]
    pub decisions: Decisions,
    /// Device clock when it was created.
    pub created_at: Timestamp,
}

/// A thing that was taken back.
#[uniffi::remote(Record)]
pub struct TakenBack {
    pub noun: Noun,
    /// What it says first, so that a person knows it again. May be empty.
    pub label: String,
    /// Device clock when it was taken back.
    pub at: Timestamp,
}

/// A field that two people set differently at once. Whoever sets it again settles it.
#[uniffi::remote(Record)]
pub struct Disagreement {
    /// Where it is: `status`, `aim/to`, `measures/{id}/unit`.
    pub path: String,
    /// The values, the one that shows meanwhile last.
    pub values: Vec<SetValue>,
}

/// A value that somebody set.
#[uniffi::remote(Record)]
pub struct SetValue {
    /// As people write it.
    pub text: String,
    /// The device it was set on.
    pub by: Option<DeviceId>,
}

/// A person and what they may do with a plan.
#[uniffi::remote(Record)]
pub struct Member {
    pub person: Person,
    /// What they may do; of who is invited, once they accept; of who is gone, what they had.
    pub right: Right,
    /// Whether they take part, are invited, or did not want to or do not any more.
    pub standing: Standing,
    /// Of who is invited: until when they can accept, about.
    #[uniffi(default = None)]
    pub expires_at: Option<Timestamp>,
    /// Whether the server knows it already.
    pub confirmed: bool,
}

/// A plan as its screen shows it.
#[uniffi::remote(Record)]
pub struct ProjectView {
    pub id: DocumentId,
    /// What it says, with what was typed here and is not settled.
    pub project: ChangeProject,
    /// What was typed here and is not settled.
    pub drafts: Vec<DraftView>,
    /// The observations and tally sheets of groups so small that their numbers could tell of single
    /// people, and those that would give them away. Their numbers are shown to nobody.
    #[uniffi(default = [])]
    pub hidden_numbers: Vec<ItemId>,
    /// The version this is of; to be handed back with edits.
    pub version: Version,
    /// What this person may do with it.
    pub my_right: Right,
    /// Who takes part, its owner first.
    pub members: Vec<Member>,
    /// Whom its owner offers it to, who has not accepted it.
    #[uniffi(default = None)]
    pub offered_to: Option<Person>,
    /// That it is offered to somebody, or was declined last, and what its owner keeps.
    #[uniffi(default = None)]
    pub handover: Option<HandoverView>,
    /// What people said about it, oldest first.
    pub comments: Vec<CommentView>,
    /// How far it has come.
    pub status: DocumentStatus,
    /// What two people set differently at once and nobody has settled yet, by their names.
    #[uniffi(default = [])]
    pub disagreements: Vec<DisagreementView>,
}

/// A field that two people set differently at once, and who set what.
#[uniffi::remote(Record)]
pub struct DisagreementView {
    /// Where it is: `status`, `aim/to`, `measures/{id}/unit`.
    pub path: String,
    /// The values, the one that shows meanwhile last.
    pub values: Vec<SetBy>,
}

/// A value that somebody set.
#[uniffi::remote(Record)]
pub struct SetBy {
    /// As people write it.
    pub text: String,
    /// Who set it, if this device has heard of them.
    pub by: Option<Person>,
}

/// One change in the history of a plan.
#[uniffi::remote(Record)]
pub struct HistoryView {
    /// The plan with this change and all before it.
    pub version: Version,
    /// Who made it, if this device has heard of them.
    pub by: Option<Person>,
    /// The device it was made on.
    pub device: Option<DeviceId>,
    /// When, by that device's clock.
    pub at: Timestamp,
}

/// A comment as its author wrote it.
#[uniffi::remote(Record)]
#[uniffi(name = "ProjectComment")]
pub struct Comment {
    pub body: String,
    /// The part it is about: `problem`, `aim/by_date`, `measures/{id}`. Empty for the whole.
    pub anchor: Place,
    /// The stretch of the text there that it is about, if it is not about all of it.
    #[uniffi(default = None)]
    pub span: Option<Span>,
    /// The comment that it answers.
    #[uniffi(default = None)]
    pub answers: Option<CommentRef>,
    /// Device clock when it was written.
    pub at: Timestamp,
    /// Device clock when it was last said in other words.
    #[uniffi(default = None)]
    pub edited_at: Option<Timestamp>,
    /// Device clock when its author settled it.
    pub resolved_at: Option<Timestamp>,
}

/// A comment as a plan's screen shows it.
#[uniffi::remote(Record)]
pub struct CommentView {
    pub id: ItemId,
    /// Who wrote it, if this device has heard of them.
    pub by: Option<Person>,
    /// Whether this person wrote it, and may change it.
    pub mine: bool,
    /// What it says, and about what.
    pub comment: Comment,
}

/// A recipe as a list shows it.
#[uniffi::remote(Record)]
pub struct RecipeSummary {
    pub key: String,
    pub title: String,
    /// The key of the domain it belongs to. May be empty.
    pub topic: String,
    /// What it is good for.
    pub summary: String,
}

/// Where a recipe comes from.
#[uniffi::remote(Enum)]
pub enum RecipeSource {
    /// The recipe with this key in the installed pack.
    Pack(String),
    /// A recipe somebody made of a plan, as a text.
    Text(String),
}

/// What one person did in one sitting.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SittingView {
    /// The plan with this sitting and all before it.
    pub version: Version,
    /// Who it was, if this device has heard of them.
    pub by: Option<Person>,
    /// The device it was on.
    pub device: Option<DeviceId>,
    /// When its first change was made, by that device's clock.
    pub from: Timestamp,
    /// When its last one was.
    pub to: Timestamp,
    /// What was done, without the one who did it: "added 3 observations to Falls a week".
    pub sentences: Vec<String>,
}

impl From<enhance_client::SittingView> for SittingView {
    fn from(sitting: enhance_client::SittingView) -> Self {
        let enhance_client::SittingView { version, by, device, from, to, deeds: _, sentences } =
            sitting;
        Self { version, by, device, from, to, sentences }
    }
}
