//! The things in a plan, as the model declares them, and the edit of one field of each.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use enhance_client::{
    InputField,
    model::{
        Noun,
        change_project::{
            Action, ActionEdit, Aim, AimEdit, Annotation, AnnotationEdit, ChangeIdea,
            ChangeIdeaEdit, CycleEdit, Decision, Direction, Driver, DriverEdit, Effect, IdeaState,
            Impact, ImpactEdit, ImpactKind, Improvement, ItemText, Measure, MeasureChart,
            MeasureEdit, MeasureKind, Observation, ObservationEdit, Output, OutputEdit, OutputKind,
            PdsaCycle, Phase, PhaseEdit, Pick, RunRules, Scale, Stakeholder, StakeholderEdit,
            Stance, Status, StatusMove, StatusMoveEdit, Tally, TallyEdit, Target, TargetEdit,
            TeamMember, TeamMemberEdit, Unit, Value,
        },
        record,
    },
};

use crate::{
    CoreError,
    ids::{DeviceId, ItemId, PersonId},
    values::{CalendarDate, Count, Timestamp},
};

/// Items that belong to another one.
type ItemIds = BTreeSet<ItemId>;

uniffi::custom_type!(ItemIds, Vec<ItemId>, {
    remote,
    lower: |ids| ids.into_iter().collect(),
    try_lift: |ids| Ok(ids.into_iter().collect()),
});

/// What each device counted.
type DeviceCounts = BTreeMap<DeviceId, Value>;

uniffi::custom_type!(DeviceCounts, HashMap<DeviceId, ObservedValue>, {
    remote,
    lower: |counts| counts.into_iter().map(|(device, value)| (device, value.into())).collect(),
    try_lift: |counts| {
        Ok(counts.into_iter().map(|(device, value)| (device, value.into())).collect())
    },
});

/// What one device counted, in all.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DeviceCount {
    pub device: DeviceId,
    pub value: ObservedValue,
}

type CountOfDevice = record::Count;

uniffi::custom_type!(CountOfDevice, DeviceCount, {
    remote,
    lower: |count| DeviceCount { device: count.device, value: count.value.into() },
    try_lift: |count| Ok(record::Count { device: count.device, value: count.value.into() }),
});

/// A text of a thing in a plan, which people write together.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TextOfItem {
    /// What kind of thing: a cycle, a driver.
    pub noun: Noun,
    pub id: ItemId,
    /// The key of the field: `plan`, `name`.
    pub field: String,
}

uniffi::custom_type!(ItemText, TextOfItem, {
    remote,
    lower: |text| TextOfItem { noun: text.noun(), id: text.id(), field: text.field().to_owned() },
    try_lift: |text| ItemText::new(text.noun, text.id, &text.field).ok_or_else(|| {
        let why = format!("a {} has no text {:?}", text.noun, text.field);
        CoreError::invalid(InputField::TextField, &why).into()
    }),
});

/// A whole number that is not negative: a place, a year, a rating.
type Whole = record::Whole;

uniffi::custom_type!(Whole, Count, {
    remote,
    lower: |number| number.0.into(),
    try_lift: |number| Ok(record::Whole(number.into())),
});

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

uniffi::custom_type!(Value, ObservedValue, {
    remote,
    lower: |value| value.into(),
    try_lift: |value| Ok(value.into()),
});

impl From<Value> for ObservedValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Number { thousandths } => Self::Number { thousandths },
            Value::Ratio { numerator, denominator } => {
                Self::Ratio { numerator: numerator.into(), denominator: denominator.into() }
            }
        }
    }
}

impl From<ObservedValue> for Value {
    fn from(value: ObservedValue) -> Self {
        match value {
            ObservedValue::Number { thousandths } => Self::Number { thousandths },
            ObservedValue::Ratio { numerator, denominator } => {
                Self::Ratio { numerator: numerator.into(), denominator: denominator.into() }
            }
        }
    }
}

/// What a project wants to achieve: how much of what, for whom, by when.
#[uniffi::remote(Record)]
pub struct Aim {
    /// The aim in one sentence, if somebody wrote one.
    pub sentence: String,
    /// The measure that tells whether it is reached.
    pub measure: Option<ItemId>,
    /// Where the measure is meant to go.
    pub direction: Option<Direction>,
    /// The value at the start, as people write it.
    pub from: String,
    /// The value wanted, as people write it.
    pub to: String,
    /// What the two are.
    pub unit: Option<Unit>,
    /// The last day of it.
    pub by_date: Option<CalendarDate>,
    /// The people it is for: "inpatients over 75".
    pub population: String,
    /// The ward, practice or area it is for.
    pub place: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum AimEdit {
    /// The aim in one sentence, if somebody wrote one.
    Sentence(String),
    /// The measure that tells whether it is reached.
    Measure(Option<ItemId>),
    /// Where the measure is meant to go.
    Direction(Option<Direction>),
    /// The value at the start, as people write it.
    From(String),
    /// The value wanted, as people write it.
    To(String),
    /// What the two are.
    Unit(Option<Unit>),
    /// The last day of it.
    ByDate(Option<CalendarDate>),
    /// The people it is for: "inpatients over 75".
    Population(String),
    /// The ward, practice or area it is for.
    Place(String),
}

/// Something that moves the aim or another driver.
#[uniffi::remote(Record)]
pub struct Driver {
    /// What has to change, for instance "Staff see in time who needs help".
    pub name: String,
    /// The primary driver it moves. None: it moves the aim, and is a primary driver itself.
    pub parent: Option<ItemId>,
    /// Its place among those beside it, from 1.
    pub place: Option<Whole>,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum DriverEdit {
    /// What has to change, for instance "Staff see in time who needs help".
    Name(String),
    /// The primary driver it moves. None: it moves the aim, and is a primary driver itself.
    Parent(Option<ItemId>),
    /// Its place among those beside it, from 1.
    Place(Option<Whole>),
}

/// A change that may be tested: "to test ...".
#[uniffi::remote(Record)]
pub struct ChangeIdea {
    /// What is to be tested.
    pub text: String,
    /// The drivers it moves; at least one of them a secondary one.
    pub drivers: ItemIds,
    /// Why it should work.
    pub rationale: String,
    /// How far it has come.
    pub state: IdeaState,
    /// What to do with it, by effort and gain.
    pub pick: Option<Pick>,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum ChangeIdeaEdit {
    /// What is to be tested.
    Text(String),
    /// The drivers it moves; at least one of them a secondary one.
    Drivers(ItemIds),
    /// Why it should work.
    Rationale(String),
    /// How far it has come.
    State(IdeaState),
    /// What to do with it, by effort and gain.
    Pick(Option<Pick>),
}

/// Somebody the project touches, by role rather than by name.
#[uniffi::remote(Record)]
pub struct Stakeholder {
    /// The role: "ward clerk", "night sister".
    pub role: String,
    /// The ward, practice or body they belong to.
    pub organisation: String,
    /// How much they can do for or against it, from 1 to 5.
    pub power: Option<Whole>,
    /// How much it matters to them, from 1 to 5.
    pub interest: Option<Whole>,
    /// How they see it.
    pub stance: Option<Stance>,
    /// How to win them.
    pub approach: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum StakeholderEdit {
    /// The role: "ward clerk", "night sister".
    Role(String),
    /// The ward, practice or body they belong to.
    Organisation(String),
    /// How much they can do for or against it, from 1 to 5.
    Power(Option<Whole>),
    /// How much it matters to them, from 1 to 5.
    Interest(Option<Whole>),
    /// How they see it.
    Stance(Option<Stance>),
    /// How to win them.
    Approach(String),
}

/// Somebody who takes part, with an account or without.
#[uniffi::remote(Record)]
pub struct TeamMember {
    /// The role: "ward clerk", "supervisor", "patient partner".
    pub role: String,
    /// Who it is, if they have an account.
    pub person: Option<PersonId>,
    /// What they see to.
    pub part: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum TeamMemberEdit {
    /// The role: "ward clerk", "supervisor", "patient partner".
    Role(String),
    /// Who it is, if they have an account.
    Person(Option<PersonId>),
    /// What they see to.
    Part(String),
}

/// What came out of a project for others to see.
#[uniffi::remote(Record)]
#[uniffi(name = "ProjectOutput")]
pub struct Output {
    /// Whether it is a poster, a talk, a paper.
    pub kind: OutputKind,
    /// What it is called.
    pub title: String,
    /// When it was shown.
    pub at: Option<CalendarDate>,
    /// Where it can be found.
    pub link: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
#[uniffi(name = "ProjectOutputEdit")]
pub enum OutputEdit {
    /// Whether it is a poster, a talk, a paper.
    Kind(OutputKind),
    /// What it is called.
    Title(String),
    /// When it was shown.
    At(Option<CalendarDate>),
    /// Where it can be found.
    Link(String),
}

/// A measure and its operational definition.
#[uniffi::remote(Record)]
pub struct Measure {
    /// What it is called.
    pub name: String,
    /// Whether it tells of people, of the work, or of harm elsewhere.
    pub kind: MeasureKind,
    /// The definition in a sentence.
    pub definition: String,
    /// The unit of its values.
    pub unit: Option<Unit>,
    /// What is counted: "patients weighed within a day".
    pub numerator: String,
    /// Of how many it is: "patients admitted".
    pub denominator: String,
    /// Who or what is in, and who is left out.
    pub inclusion: String,
    /// Where the figures come from.
    pub source: String,
    /// Who collects them, by role.
    pub collector: String,
    /// How often it is collected, in words: "every Monday".
    pub frequency: String,
    /// Which way is better.
    pub improvement: Option<Improvement>,
    /// How it is drawn.
    pub chart: MeasureChart,
    /// By which rules its run chart is read.
    pub rules: RunRules,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum MeasureEdit {
    /// What it is called.
    Name(String),
    /// Whether it tells of people, of the work, or of harm elsewhere.
    Kind(MeasureKind),
    /// The definition in a sentence.
    Definition(String),
    /// The unit of its values.
    Unit(Option<Unit>),
    /// What is counted: "patients weighed within a day".
    Numerator(String),
    /// Of how many it is: "patients admitted".
    Denominator(String),
    /// Who or what is in, and who is left out.
    Inclusion(String),
    /// Where the figures come from.
    Source(String),
    /// Who collects them, by role.
    Collector(String),
    /// How often it is collected, in words: "every Monday".
    Frequency(String),
    /// Which way is better.
    Improvement(Option<Improvement>),
    /// How it is drawn.
    Chart(MeasureChart),
    /// By which rules its run chart is read.
    Rules(RunRules),
}

/// Where a measure is meant to be from a day on.
#[uniffi::remote(Record)]
#[uniffi(name = "MeasureTarget")]
pub struct Target {
    /// The measure it is of.
    pub measure: ItemId,
    /// The first day on which it is wanted.
    pub from: CalendarDate,
    /// The value that is wanted.
    pub value: Value,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
#[uniffi(name = "MeasureTargetEdit")]
pub enum TargetEdit {
    /// The measure it is of.
    Measure(ItemId),
    /// The first day on which it is wanted.
    From(CalendarDate),
    /// The value that is wanted.
    Value(Value),
}

/// One value of a measure. Two of one period are both kept until somebody chooses one.
#[uniffi::remote(Record)]
#[uniffi(name = "MeasureObservation")]
pub struct Observation {
    /// The measure it is of.
    pub measure: ItemId,
    /// The day, or the first day of the period.
    pub at: CalendarDate,
    /// The value as it was counted or measured.
    pub value: Value,
    /// The group it is of, where a measure is looked at by group.
    pub group: String,
    /// Where the figure comes from, if not from where the measure says.
    pub source: String,
    /// Why it is not counted; empty if it is.
    pub excluded: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
#[uniffi(name = "MeasureObservationEdit")]
pub enum ObservationEdit {
    /// The measure it is of.
    Measure(ItemId),
    /// The day, or the first day of the period.
    At(CalendarDate),
    /// The value as it was counted or measured.
    Value(Value),
    /// The group it is of, where a measure is looked at by group.
    Group(String),
    /// Where the figure comes from, if not from where the measure says.
    Source(String),
    /// Why it is not counted; empty if it is.
    Excluded(String),
}

/// A tally sheet: a numerator and a denominator that several people fill tick by tick.
#[uniffi::remote(Record)]
#[uniffi(name = "TallySheet")]
pub struct Tally {
    /// The measure it is of.
    pub measure: ItemId,
    /// The day, or the first day of the period.
    pub at: CalendarDate,
    /// The group it is of, where a measure is looked at by group.
    pub group: String,
    /// What each device counted; the sheet says the sum.
    pub ticks: DeviceCounts,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
#[uniffi(name = "TallySheetEdit")]
pub enum TallyEdit {
    /// The measure it is of.
    Measure(ItemId),
    /// The day, or the first day of the period.
    At(CalendarDate),
    /// The group it is of, where a measure is looked at by group.
    Group(String),
    /// What each device counted; the sheet says the sum.
    Ticks(CountOfDevice),
}

/// A stretch of a measure's values with a centre of its own. Only a person makes one.
#[uniffi::remote(Record)]
#[uniffi(name = "MeasurePhase")]
pub struct Phase {
    /// The measure it is of.
    pub measure: ItemId,
    /// The first day of it.
    pub from: CalendarDate,
    /// What it is called: "baseline", "after the lamps".
    pub label: String,
    /// Why a phase begins here.
    pub reason: String,
    /// Of how many first points the limits are made, and then kept. None: of all.
    pub fixed_after: Option<Whole>,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
#[uniffi(name = "MeasurePhaseEdit")]
pub enum PhaseEdit {
    /// The measure it is of.
    Measure(ItemId),
    /// The first day of it.
    From(CalendarDate),
    /// What it is called: "baseline", "after the lamps".
    Label(String),
    /// Why a phase begins here.
    Reason(String),
    /// Of how many first points the limits are made, and then kept. None: of all.
    FixedAfter(Option<Whole>),
}

/// Something that happened and may show in a chart.
#[uniffi::remote(Record)]
#[uniffi(name = "ChartAnnotation")]
pub struct Annotation {
    /// The measure whose chart it stands in; none for all of them.
    pub measure: Option<ItemId>,
    /// The day on which it happened.
    pub at: CalendarDate,
    /// What happened, in a few words.
    pub text: String,
    /// The cycle it belongs to.
    pub cycle: Option<ItemId>,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
#[uniffi(name = "ChartAnnotationEdit")]
pub enum AnnotationEdit {
    /// The measure whose chart it stands in; none for all of them.
    Measure(Option<ItemId>),
    /// The day on which it happened.
    At(CalendarDate),
    /// What happened, in a few words.
    Text(String),
    /// The cycle it belongs to.
    Cycle(Option<ItemId>),
}

/// One plan-do-study-act cycle: a change, tested on a small scale.
#[uniffi::remote(Record)]
pub struct PdsaCycle {
    /// The change that is tested, in words of its own.
    pub change_idea: String,
    /// The idea of the plan that is tested.
    pub idea: Option<ItemId>,
    /// What the team expects to see. Written before anything is done.
    pub prediction: String,
    /// On how much it is tested.
    pub scale: Option<Scale>,
    /// Who does what, where and when.
    pub plan: String,
    /// When it was done.
    pub did_at: Option<CalendarDate>,
    /// What was really done, beside what was planned.
    pub done: String,
    /// What was seen: figures, and what people said.
    pub data: String,
    /// What it means, beside what was predicted.
    pub studied: String,
    /// What the team knows now that it did not.
    pub learned: String,
    /// What follows. Only after it was studied.
    pub decision: Decision,
    /// The cycle it goes on from.
    pub previous: Option<ItemId>,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum CycleEdit {
    /// The change that is tested, in words of its own.
    ChangeIdea(String),
    /// The idea of the plan that is tested.
    Idea(Option<ItemId>),
    /// What the team expects to see. Written before anything is done.
    Prediction(String),
    /// On how much it is tested.
    Scale(Option<Scale>),
    /// Who does what, where and when.
    Plan(String),
    /// When it was done.
    DidAt(Option<CalendarDate>),
    /// What was really done, beside what was planned.
    Done(String),
    /// What was seen: figures, and what people said.
    Data(String),
    /// What it means, beside what was predicted.
    Studied(String),
    /// What the team knows now that it did not.
    Learned(String),
    /// What follows. Only after it was studied.
    Decision(Decision),
    /// The cycle it goes on from.
    Previous(Option<ItemId>),
}

/// Something to be done.
#[uniffi::remote(Record)]
#[uniffi(name = "ProjectAction")]
pub struct Action {
    /// What has to be done.
    pub text: String,
    /// Who sees to it, if it is somebody yet.
    pub owner: Option<PersonId>,
    /// The last day for it, if there is one.
    pub due: Option<CalendarDate>,
    /// Device clock when it was done.
    pub done_at: Option<Timestamp>,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
#[uniffi(name = "ProjectActionEdit")]
pub enum ActionEdit {
    /// What has to be done.
    Text(String),
    /// Who sees to it, if it is somebody yet.
    Owner(Option<PersonId>),
    /// The last day for it, if there is one.
    Due(Option<CalendarDate>),
    /// Device clock when it was done.
    DoneAt(Option<Timestamp>),
}

/// One part of the sum of value of sustainable quality improvement.
#[uniffi::remote(Record)]
#[uniffi(name = "ProjectImpact")]
pub struct Impact {
    /// On what it has an effect.
    pub kind: ImpactKind,
    /// Which way it goes.
    pub effect: Option<Effect>,
    /// How much in a year: kilograms of carbon dioxide equivalent, or pence.
    pub amount: Option<Value>,
    /// What was seen, in words.
    pub text: String,
    /// How the amount was found.
    pub method: String,
    /// The factor it was multiplied with, as people write it.
    pub factor: String,
    /// Where the factor is from.
    pub factor_source: String,
    /// The year the factor is of.
    pub factor_year: Option<Whole>,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
#[uniffi(name = "ProjectImpactEdit")]
pub enum ImpactEdit {
    /// On what it has an effect.
    Kind(ImpactKind),
    /// Which way it goes.
    Effect(Option<Effect>),
    /// How much in a year: kilograms of carbon dioxide equivalent, or pence.
    Amount(Option<Value>),
    /// What was seen, in words.
    Text(String),
    /// How the amount was found.
    Method(String),
    /// The factor it was multiplied with, as people write it.
    Factor(String),
    /// Where the factor is from.
    FactorSource(String),
    /// The year the factor is of.
    FactorYear(Option<Whole>),
}

/// One move in the status log.
#[uniffi::remote(Record)]
pub struct StatusMove {
    /// How far it has come with this move.
    pub to: Status,
    /// Device clock when it was noted.
    pub at: Option<Timestamp>,
    /// Why, or what came of it.
    pub note: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum StatusMoveEdit {
    /// How far it has come with this move.
    To(Status),
    /// Device clock when it was noted.
    At(Option<Timestamp>),
    /// Why, or what came of it.
    Note(String),
}
