//! The things in a plan, each declared once. Measures, observations, cycles and actions are as
//! documents of schema 1 have them, with fields that came later.

use super::{
    Decision, Direction, Effect, IdeaState, ImpactKind, Improvement, MeasureChart, MeasureKind,
    OutputKind, Pick, RunRules, Scale, Stance, Status, Unit, Value,
};
use crate::{CalendarDate, ItemId, PersonId, record::records};

records! {
    /// What a project wants to achieve: how much of what, for whom, by when.
    #[derive(Default)]
    #[serde(default)]
    Aim (Aim) in "aim", edited by AimEdit {
        /// The aim in one sentence, if somebody wrote one. See
        /// [`ChangeProject::aim_in_words`](super::ChangeProject::aim_in_words).
        Sentence sentence: text,
        /// The measure that tells whether it is reached.
        Measure measure: id(ItemId),
        /// Where the measure is meant to go.
        Direction direction: word(Direction),
        /// The value at the start, as people write it.
        From from: string,
        /// The value wanted, as people write it.
        To to: string,
        /// What the two are.
        Unit unit: word(Unit),
        /// The last day of it.
        ByDate by_date: date,
        /// The people it is for: "inpatients over 75".
        Population population: passage,
        /// The ward, practice or area it is for.
        Place place: string,
    }

    /// Something that moves the aim or another driver.
    #[derive(Default)]
    #[serde(default)]
    Driver (Driver) in "drivers", edited by DriverEdit {
        /// What has to change, for instance "Staff see in time who needs help".
        Name name: text,
        /// The primary driver it moves. None: it moves the aim, and is a primary driver itself.
        Parent parent: id(ItemId),
        /// Its place among those beside it, from 1.
        Place place: number,
    }

    /// A change that may be tested: "to test ...".
    #[derive(Default)]
    #[serde(default)]
    ChangeIdea (ChangeIdea) in "ideas", edited by ChangeIdeaEdit {
        /// What is to be tested.
        Text text: text,
        /// The drivers it moves; at least one of them a secondary one.
        Drivers drivers: ids,
        /// Why it should work.
        Rationale rationale: text,
        /// How far it has come.
        State state: choice(IdeaState),
        /// What to do with it, by effort and gain.
        Pick pick: word(Pick),
    }

    /// Somebody the project touches, by role rather than by name.
    #[derive(Default)]
    #[serde(default)]
    Stakeholder (Stakeholder) in "stakeholders", edited by StakeholderEdit {
        /// The role: "ward clerk", "night sister".
        Role role: string,
        /// The ward, practice or body they belong to.
        Organisation organisation: string,
        /// How much they can do for or against it, from 1 to 5.
        Power power: number,
        /// How much it matters to them, from 1 to 5.
        Interest interest: number,
        /// How they see it.
        Stance stance: word(Stance),
        /// How to win them.
        Approach approach: text,
    }

    /// Somebody who takes part, with an account or without.
    #[derive(Default)]
    #[serde(default)]
    TeamMember (TeamMember) in "team", edited by TeamMemberEdit {
        /// The role: "ward clerk", "supervisor", "patient partner".
        Role role: string,
        /// Who it is, if they have an account.
        Person person: id(PersonId),
        /// What they see to.
        Part part: text,
    }

    /// What came out of a project for others to see.
    #[derive(Default)]
    #[serde(default)]
    Output (Output) in "outputs", edited by OutputEdit {
        /// Whether it is a poster, a talk, a paper.
        Kind kind: choice(OutputKind),
        /// What it is called.
        Title title: string,
        /// When it was shown.
        At at: date,
        /// Where it can be found.
        Link link: passage,
    }

    /// A measure and its operational definition.
    #[derive(Default)]
    #[serde(default)]
    Measure (Measure) in "measures", edited by MeasureEdit {
        /// What it is called.
        Name name: string,
        /// Whether it tells of people, of the work, or of harm elsewhere.
        Kind kind: choice(MeasureKind),
        /// The definition in a sentence.
        Definition definition: passage,
        /// The unit of its values.
        Unit unit: word(Unit),
        /// What is counted: "patients weighed within a day".
        Numerator numerator: passage,
        /// Of how many it is: "patients admitted".
        Denominator denominator: passage,
        /// Who or what is in, and who is left out.
        Inclusion inclusion: passage,
        /// Where the figures come from.
        Source source: passage,
        /// Who collects them, by role.
        Collector collector: passage,
        /// How often it is collected, in words: "every Monday".
        Frequency frequency: string,
        /// Which way is better.
        Improvement improvement: word(Improvement),
        /// How it is drawn.
        Chart chart: choice(MeasureChart),
        /// By which rules its run chart is read.
        Rules rules: choice(RunRules),
    }

    /// Where a measure is meant to be from a day on.
    Target (Target) in "targets", edited by TargetEdit {
        /// The measure it is of.
        Measure measure: needed_id(ItemId),
        /// The first day on which it is wanted.
        From from: needed_date,
        /// The value that is wanted.
        Value value: needed_amount,
    }

    /// One value of a measure. Two of one period are both kept until somebody chooses one.
    Observation (Observation) in "observations", edited by ObservationEdit {
        /// The measure it is of.
        Measure measure: needed_id(ItemId),
        /// The day, or the first day of the period.
        At at: needed_date,
        /// The value as it was counted or measured.
        Value value: needed_amount,
        /// The group it is of, where a measure is looked at by group.
        Group group: string,
        /// Where the figure comes from, if not from where the measure says.
        Source source: passage,
        /// Why it is not counted; empty if it is.
        Excluded excluded: passage,
    }

    /// A tally sheet: a numerator and a denominator that several people fill tick by tick.
    Tally (Tally) in "tallies", edited by TallyEdit {
        /// The measure it is of.
        Measure measure: needed_id(ItemId),
        /// The day, or the first day of the period.
        At at: needed_date,
        /// The group it is of, where a measure is looked at by group.
        Group group: string,
        /// What each device counted; the sheet says the sum.
        Ticks ticks: counts,
    }

    /// A stretch of a measure's values with a centre of its own. Only a person makes one.
    Phase (Phase) in "phases", edited by PhaseEdit {
        /// The measure it is of.
        Measure measure: needed_id(ItemId),
        /// The first day of it.
        From from: needed_date,
        /// What it is called: "baseline", "after the lamps".
        Label label: string,
        /// Why a phase begins here.
        Reason reason: passage,
        /// Of how many first points the limits are made, and then kept. None: of all.
        FixedAfter fixed_after: number,
    }

    /// Something that happened and may show in a chart.
    Annotation (Annotation) in "annotations", edited by AnnotationEdit {
        /// The measure whose chart it stands in; none for all of them.
        Measure measure: id(ItemId),
        /// The day on which it happened.
        At at: needed_date,
        /// What happened, in a few words.
        Text text: passage,
        /// The cycle it belongs to.
        Cycle cycle: id(ItemId),
    }

    /// One plan-do-study-act cycle: a change, tested on a small scale.
    #[derive(Default)]
    #[serde(default)]
    PdsaCycle (Cycle) in "cycles", edited by CycleEdit {
        /// The change that is tested, in words of its own.
        ChangeIdea change_idea: text,
        /// The idea of the plan that is tested.
        Idea idea: id(ItemId),
        /// What the team expects to see. Written before anything is done.
        Prediction prediction: text,
        /// On how much it is tested.
        Scale scale: word(Scale),
        /// Who does what, where and when.
        Plan plan: text,
        /// When it was done.
        DidAt did_at: date,
        /// What was really done, beside what was planned.
        Done done: text,
        /// What was seen: figures, and what people said.
        Data data: text,
        /// What it means, beside what was predicted.
        Studied studied: text,
        /// What the team knows now that it did not.
        Learned learned: text,
        /// What follows. Only after it was studied.
        Decision decision: choice(Decision),
        /// The cycle it goes on from.
        Previous previous: id(ItemId),
    }

    /// Something to be done.
    #[derive(Default)]
    #[serde(default)]
    Action (Action) in "actions", edited by ActionEdit {
        /// What has to be done.
        Text text: passage,
        /// Who sees to it, if it is somebody yet.
        Owner owner: id(PersonId),
        /// The last day for it, if there is one.
        Due due: date,
        /// Device clock when it was done.
        DoneAt done_at: moment,
    }

    /// One part of the sum of value of sustainable quality improvement.
    #[derive(Default)]
    #[serde(default)]
    Impact (Impact) in "impacts", edited by ImpactEdit {
        /// On what it has an effect.
        Kind kind: choice(ImpactKind),
        /// Which way it goes.
        Effect effect: word(Effect),
        /// How much in a year: kilograms of carbon dioxide equivalent, or pence.
        Amount amount: amount,
        /// What was seen, in words.
        Text text: text,
        /// How the amount was found.
        Method method: passage,
        /// The factor it was multiplied with, as people write it.
        Factor factor: string,
        /// Where the factor is from.
        FactorSource factor_source: passage,
        /// The year the factor is of.
        FactorYear factor_year: number,
    }

    /// One move in the status log.
    #[derive(Default)]
    #[serde(default)]
    StatusMove (StatusMove) in "moves", edited by StatusMoveEdit {
        /// How far it has come with this move.
        To to: choice(Status),
        /// Device clock when it was noted.
        At at: moment,
        /// Why, or what came of it.
        Note note: text,
    }
}

impl Observation {
    /// A value of a measure on a day, or of the period that begins with it.
    pub fn new(measure: ItemId, at: CalendarDate, value: Value) -> Self {
        let [group, source, excluded] = [const { String::new() }; 3];
        Self { measure, at, value, group, source, excluded }
    }
}
