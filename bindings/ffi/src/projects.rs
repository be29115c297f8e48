//! Change projects: the plan, what people say about it, its history.

use std::collections::{BTreeMap, HashMap};

use enhance_client::{
    CommentView, DocumentStatus, DraftView, HistoryView, Member, ProjectView,
    model::{
        Person, Right,
        change_project::{
            self, Action, Aim, ChangeProject, Decision, Direction, Measure, MeasureKind, PdsaCycle,
            Scale, Section, Status,
        },
        comments::Comment,
    },
};

use crate::{
    ids::{DeviceId, DocumentId, ItemId, PersonId, Version},
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
            type $items = BTreeMap<ItemId, $core>;

            $(#[$doc])+
            #[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
            pub struct $item {
                pub id: ItemId,
                pub $field: $type,
            }

            uniffi::custom_type!($items, Vec<$item>, {
                remote,
                lower: |items| {
                    items.into_iter().map(|(id, $field)| $item { id, $field: $field.into() }).collect()
                },
                try_lift: |items| Ok(items.into_iter().map(|item| (item.id, item.$field.into())).collect()),
            });
        )+
    };
}

items! {
    /// A measure of a plan.
    MeasureItem { measure: Measure } in Measures of Measure;
    /// One value of a measure of a plan.
    ObservationItem { observation: MeasureObservation } in Observations of change_project::Observation;
    /// A cycle of a plan. Its number on screen is its place in the list.
    CycleItem { cycle: PdsaCycle } in Cycles of PdsaCycle;
    /// Something to be done in a plan.
    ActionItem { action: Action } in Actions of Action;
}

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
    pub sections: Sections,
    /// What it wants to achieve.
    pub aim: Aim,
    /// How it will be known that a change is an improvement.
    pub measures: Measures,
    /// Single values of the measures.
    pub observations: Observations,
    /// Tests of change. Their number on screen is their place in this order.
    pub cycles: Cycles,
    /// What has to be done, by whom and until when.
    pub actions: Actions,
    /// Domains, themes and capabilities it gives evidence for.
    pub tags: Tags,
    /// Device clock when it was created.
    pub created_at: Timestamp,
}

/// What a project wants to achieve: how much of what, by when.
#[uniffi::remote(Record)]
pub struct Aim {
    /// The aim in one sentence.
    pub sentence: String,
    /// Where the measure is meant to go.
    pub direction: Option<Direction>,
    /// The value at the start, as people write it.
    pub from: String,
    /// The value wanted, as people write it.
    pub to: String,
    pub by_date: Option<CalendarDate>,
}

/// A measure and its operational definition.
#[uniffi::remote(Record)]
pub struct Measure {
    pub name: String,
    pub kind: MeasureKind,
    /// What is counted, from where, by whom, how often.
    pub definition: String,
    /// The unit of its values: `count`, `percent`, `minutes`, `days`, `kgCO2e`, `GBP`, `score`.
    pub unit: String,
}

/// One value of a measure. Two observations of one day are both kept.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MeasureObservation {
    /// The measure it belongs to.
    pub measure: ItemId,
    /// The day, or the first day of the period.
    pub at: CalendarDate,
    pub value: ObservedValue,
}

impl From<change_project::Observation> for MeasureObservation {
    fn from(observation: change_project::Observation) -> Self {
        let change_project::Observation { measure, at, value } = observation;
        Self { measure, at, value: value.into() }
    }
}

impl From<MeasureObservation> for change_project::Observation {
    fn from(observation: MeasureObservation) -> Self {
        let MeasureObservation { measure, at, value } = observation;
        Self { measure, at, value: value.into() }
    }
}

/// A value without rounding.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum ObservedValue {
    /// A number in thousandths of the measure's unit, so that no binary fraction creeps in.
    Number { thousandths: i64 },
    /// A share, kept as it was counted. `0 <= numerator <= denominator` and `denominator > 0`.
    Ratio {
        /// How many of them.
        numerator: Count,
        /// How many there were.
        denominator: Count,
    },
}

impl From<change_project::Value> for ObservedValue {
    fn from(value: change_project::Value) -> Self {
        match value {
            change_project::Value::Number { thousandths } => Self::Number { thousandths },
            change_project::Value::Ratio { numerator, denominator } => {
                Self::Ratio { numerator: numerator.into(), denominator: denominator.into() }
            }
        }
    }
}

impl From<ObservedValue> for change_project::Value {
    fn from(value: ObservedValue) -> Self {
        match value {
            ObservedValue::Number { thousandths } => Self::Number { thousandths },
            ObservedValue::Ratio { numerator, denominator } => {
                Self::Ratio { numerator: numerator.into(), denominator: denominator.into() }
            }
        }
    }
}

/// One plan-do-study-act cycle of a project.
#[uniffi::remote(Record)]
pub struct PdsaCycle {
    /// The change that is tested.
    pub change_idea: String,
    /// What the team expects to see. Written before anything is done.
    pub prediction: String,
    /// On how much it is tested.
    pub scale: Option<Scale>,
    pub plan: String,
    pub done: String,
    pub studied: String,
    pub learned: String,
    pub decision: Decision,
}

/// Something to be done.
#[uniffi::remote(Record)]
#[uniffi(name = "ProjectAction")]
pub struct Action {
    pub text: String,
    pub owner: Option<PersonId>,
    pub due: Option<CalendarDate>,
    /// Device clock when it was done.
    pub done_at: Option<Timestamp>,
}

/// A person and what they may do with a plan.
#[uniffi::remote(Record)]
pub struct Member {
    pub person: Person,
    /// What they may do.
    pub right: Right,
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
    /// The version this is of; to be handed back with edits.
    pub version: Version,
    /// What this person may do with it.
    pub my_right: Right,
    /// Who takes part, its owner first.
    pub members: Vec<Member>,
    /// Whom its owner offers it to, who has not accepted it.
    #[uniffi(default = None)]
    pub offered_to: Option<Person>,
    /// What people said about it, oldest first.
    pub comments: Vec<CommentView>,
    /// How far it has come.
    pub status: DocumentStatus,
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
    /// The part of the plan it is about: a section's name or an item's id. Empty for the whole.
    pub anchor: String,
    /// Device clock when it was written.
    pub at: Timestamp,
    /// Device clock when it was settled.
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
