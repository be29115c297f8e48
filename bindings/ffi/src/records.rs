//! The things in a plan, as the model declares them, and the edit of one field of each.

use std::collections::BTreeSet;

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
    amounts::{CountOfDevice, DeviceCounts},
    ids::{ItemId, PersonId},
    values::{CalendarDate, Count, Timestamp},
};

/// Items that belong to another one.
type ItemIds = BTreeSet<ItemId>;

uniffi::custom_type!(ItemIds, Vec<ItemId>, {
    remote,
    lower: |ids| ids.into_iter().collect(),
    try_lift: |ids| Ok(ids.into_iter().collect()),
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

/// A thing in a plan and the edit of one of its fields, each field said once: as the model declares
/// it, with the names of its types here.
macro_rules! things {
    ($(
        $(#[$doc:meta])+
        $record:ident $(as $name:literal)?, edited by $edit:ident $(as $edit_name:literal)? {
            $($(#[$field_doc:meta])+ $variant:ident $field:ident: $of:ty,)+
        }
    )+) => { $(
        $(#[$doc])+
        #[uniffi::remote(Record)]
        $(#[uniffi(name = $name)])?
        pub struct $record {
            $($(#[$field_doc])+ pub $field: $of,)+
        }

        /// What one field of this is to say.
        #[uniffi::remote(Enum)]
        $(#[uniffi(name = $edit_name)])?
        pub enum $edit {
            $($(#[$field_doc])+ $variant($of),)+
        }
    )+ };
}

things! {
    /// What a project wants to achieve: how much of what, for whom, by when.
    Aim, edited by AimEdit {
        /// The aim in one sentence, if somebody wrote one.
        Sentence sentence: String,
        /// The measure that tells whether it is reached.
        Measure measure: Option<ItemId>,
        /// Where the measure is meant to go.
        Direction direction: Option<Direction>,
        /// The value at the start, as people write it.
        From from: String,
        /// The value wanted, as people write it.
        To to: String,
        /// What the two are.
        Unit unit: Option<Unit>,
        /// The last day of it.
        ByDate by_date: Option<CalendarDate>,
        /// The people it is for: "inpatients over 75".
        Population population: String,
        /// The ward, practice or area it is for.
        Place place: String,
    }

    /// Something that moves the aim or another driver.
    Driver, edited by DriverEdit {
        /// What has to change, for instance "Staff see in time who needs help".
        Name name: String,
        /// The primary driver it moves. None: it moves the aim, and is a primary driver itself.
        Parent parent: Option<ItemId>,
        /// Its place among those beside it, from 1.
        Place place: Option<Whole>,
    }

    /// A change that may be tested: "to test ...".
    ChangeIdea, edited by ChangeIdeaEdit {
        /// What is to be tested.
        Text text: String,
        /// The drivers it moves; at least one of them a secondary one.
        Drivers drivers: ItemIds,
        /// Why it should work.
        Rationale rationale: String,
        /// How far it has come.
        State state: IdeaState,
        /// What to do with it, by effort and gain.
        Pick pick: Option<Pick>,
    }

    /// Somebody the project touches, by role rather than by name.
    Stakeholder, edited by StakeholderEdit {
        /// The role: "ward clerk", "night sister".
        Role role: String,
        /// The ward, practice or body they belong to.
        Organisation organisation: String,
        /// How much they can do for or against it, from 1 to 5.
        Power power: Option<Whole>,
        /// How much it matters to them, from 1 to 5.
        Interest interest: Option<Whole>,
        /// How they see it.
        Stance stance: Option<Stance>,
        /// How to win them.
        Approach approach: String,
    }

    /// Somebody who takes part, with an account or without.
    TeamMember, edited by TeamMemberEdit {
        /// The role: "ward clerk", "supervisor", "patient partner".
        Role role: String,
        /// Who it is, if they have an account.
        Person person: Option<PersonId>,
        /// What they see to.
        Part part: String,
    }

    /// What came out of a project for others to see.
    Output as "ProjectOutput", edited by OutputEdit as "ProjectOutputEdit" {
        /// Whether it is a poster, a talk, a paper.
        Kind kind: OutputKind,
        /// What it is called.
        Title title: String,
        /// When it was shown.
        At at: Option<CalendarDate>,
        /// Where it can be found.
        Link link: String,
    }

    /// A measure and its operational definition.
    Measure, edited by MeasureEdit {
        /// What it is called.
        Name name: String,
        /// Whether it tells of people, of the work, or of harm elsewhere.
        Kind kind: MeasureKind,
        /// The definition in a sentence.
        Definition definition: String,
        /// The unit of its values.
        Unit unit: Option<Unit>,
        /// What is counted: "patients weighed within a day".
        Numerator numerator: String,
        /// Of how many it is: "patients admitted".
        Denominator denominator: String,
        /// Who or what is in, and who is left out.
        Inclusion inclusion: String,
        /// Where the figures come from.
        Source source: String,
        /// Who collects them, by role.
        Collector collector: String,
        /// How often it is collected, in words: "every Monday".
        Frequency frequency: String,
        /// Which way is better.
        Improvement improvement: Option<Improvement>,
        /// How it is drawn.
        Chart chart: MeasureChart,
        /// By which rules its run chart is read.
        Rules rules: RunRules,
    }

    /// Where a measure is meant to be from a day on.
    Target as "MeasureTarget", edited by TargetEdit as "MeasureTargetEdit" {
        /// The measure it is of.
        Measure measure: ItemId,
        /// The first day on which it is wanted.
        From from: CalendarDate,
        /// The value that is wanted.
        Value value: Value,
    }

    /// One value of a measure. Two of one period are both kept until somebody chooses one.
    Observation as "MeasureObservation", edited by ObservationEdit as "MeasureObservationEdit" {
        /// The measure it is of.
        Measure measure: ItemId,
        /// The day, or the first day of the period.
        At at: CalendarDate,
        /// The value as it was counted or measured.
        Value value: Value,
        /// The group it is of, where a measure is looked at by group.
        Group group: String,
        /// Where the figure comes from, if not from where the measure says.
        Source source: String,
        /// Why it is not counted; empty if it is.
        Excluded excluded: String,
    }

    /// A stretch of a measure's values with a centre of its own. Only a person makes one.
    Phase as "MeasurePhase", edited by PhaseEdit as "MeasurePhaseEdit" {
        /// The measure it is of.
        Measure measure: ItemId,
        /// The first day of it.
        From from: CalendarDate,
        /// What it is called: "baseline", "after the lamps".
        Label label: String,
        /// Why a phase begins here.
        Reason reason: String,
        /// Of how many first points the limits are made, and then kept. None: of all.
        FixedAfter fixed_after: Option<Whole>,
    }

    /// Something that happened and may show in a chart.
    Annotation as "ChartAnnotation", edited by AnnotationEdit as "ChartAnnotationEdit" {
        /// The measure whose chart it stands in; none for all of them.
        Measure measure: Option<ItemId>,
        /// The day on which it happened.
        At at: CalendarDate,
        /// What happened, in a few words.
        Text text: String,
        /// The cycle it belongs to.
        Cycle cycle: Option<ItemId>,
    }

    /// One plan-do-study-act cycle: a change, tested on a small scale.
    PdsaCycle, edited by CycleEdit {
        /// The change that is tested, in words of its own.
        ChangeIdea change_idea: String,
        /// The idea of the plan that is tested.
        Idea idea: Option<ItemId>,
        /// What the team expects to see. Written before anything is done.
        Prediction prediction: String,
        /// On how much it is tested.
        Scale scale: Option<Scale>,
        /// Who does what, where and when.
        Plan plan: String,
        /// When it was done.
        DidAt did_at: Option<CalendarDate>,
        /// What was really done, beside what was planned.
        Done done: String,
        /// What was seen: figures, and what people said.
        Data data: String,
        /// What it means, beside what was predicted.
        Studied studied: String,
        /// What the team knows now that it did not.
        Learned learned: String,
        /// What follows. Only after it was studied.
        Decision decision: Decision,
        /// The cycle it goes on from.
        Previous previous: Option<ItemId>,
    }

    /// Something to be done.
    Action as "ProjectAction", edited by ActionEdit as "ProjectActionEdit" {
        /// What has to be done.
        Text text: String,
        /// Who sees to it, if it is somebody yet.
        Owner owner: Option<PersonId>,
        /// The last day for it, if there is one.
        Due due: Option<CalendarDate>,
        /// Device clock when it was done.
        DoneAt done_at: Option<Timestamp>,
    }

    /// One part of the sum of value of sustainable quality improvement.
    Impact as "ProjectImpact", edited by ImpactEdit as "ProjectImpactEdit" {
        /// On what it has an effect.
        Kind kind: ImpactKind,
        /// Which way it goes.
        Effect effect: Option<Effect>,
        /// How much in a year: kilograms of carbon dioxide equivalent, or pence.
        Amount amount: Option<Value>,
        /// What was seen, in words.
        Text text: String,
        /// How the amount was found.
        Method method: String,
        /// The factor it was multiplied with, as people write it.
        Factor factor: String,
        /// Where the factor is from.
        FactorSource factor_source: String,
        /// The year the factor is of.
        FactorYear factor_year: Option<Whole>,
    }

    /// One move in the status log.
    StatusMove, edited by StatusMoveEdit {
        /// How far it has come with this move.
        To to: Status,
        /// Device clock when it was noted.
        At at: Option<Timestamp>,
        /// Why, or what came of it.
        Note note: String,
    }
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
