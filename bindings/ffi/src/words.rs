//! The words of a change project that are chosen from a list.

use enhance_client::model::change_project::{
    Decision, Direction, Effect, IdeaState, ImpactKind, Improvement, MeasureChart, MeasureKind,
    OutputKind, Pick, RunRules, Scale, Section, Stance, Status, Unit,
};

/// How far a project has come.
#[uniffi::remote(Enum)]
#[uniffi(name = "ProjectStatus")]
pub enum Status {
    /// A thought that nothing has come of yet.
    Idea,
    /// It is being planned.
    Planning,
    /// Changes are being tested.
    Testing,
    /// A change that worked is being taken up.
    Implementing,
    /// It goes on without the project.
    Sustaining,
    /// Others have taken it over.
    HandedOver,
    Completed,
    /// It was given up; everything is kept.
    Stopped,
}

/// The co-edited texts of a plan.
#[uniffi::remote(Enum)]
#[uniffi(name = "ProjectSection")]
pub enum Section {
    /// What is wrong, for whom.
    Problem,
    /// Why it matters here, with local data.
    WhyHere,
    Team,
    /// What will be done.
    Plan,
    /// What the next person needs to carry on.
    Handover,
    /// Audit or improvement and not research, approvals, and that no patient can be told.
    Governance,
    /// Who may be left out, and who gains least.
    Equity,
    /// Patients, carers and partners it is made with.
    CoProducedWith,
    /// What goes on without the project, and who sees to it.
    Sustained,
    /// What came of it; a completed plan has one.
    Outcome,
}

/// Where a value is meant to go.
#[uniffi::remote(Enum)]
#[uniffi(name = "AimDirection")]
pub enum Direction {
    Increase,
    Decrease,
    /// Nowhere: it must stay.
    Maintain,
}

/// What a measure tells.
#[uniffi::remote(Enum)]
pub enum MeasureKind {
    /// Whether things got better for people.
    Outcome,
    /// Whether what was planned is being done.
    Process,
    /// Whether something else got worse.
    Balancing,
}

/// What the values of a measure are.
#[uniffi::remote(Enum)]
#[uniffi(name = "MeasureUnit")]
pub enum Unit {
    Count,
    /// Of a hundred; best kept as shares.
    Percent,
    Minutes,
    Days,
    /// Kilograms of carbon dioxide and what warms as much.
    Carbon,
    Pounds,
    Score,
}

/// Which way of a measure's values is the better one.
#[uniffi::remote(Enum)]
pub enum Improvement {
    Up,
    Down,
    /// Neither; it is watched.
    Neutral,
}

/// How a measure is drawn.
#[uniffi::remote(Enum)]
pub enum MeasureChart {
    /// Around the median, as a run chart.
    Run,
    /// With the limits that the values themselves set.
    Xmr,
    /// Of something rare: the days from one to the next.
    DaysBetween,
}

/// By which rules the signals of a run chart are found.
#[uniffi::remote(Enum)]
pub enum RunRules {
    /// Longest run and crossings, with limits that follow the number of points.
    Anhoej,
    /// Six on one side, five in a row, too few or too many runs.
    Taught,
}

/// How far a change idea has come.
#[uniffi::remote(Enum)]
pub enum IdeaState {
    /// It waits to be tested.
    ToTest,
    Testing,
    Adopted,
    Abandoned,
}

/// What to do with an idea, by its effort and its gain.
#[uniffi::remote(Enum)]
#[uniffi(name = "IdeaPick")]
pub enum Pick {
    /// Little effort, little gain.
    Possible,
    /// Little effort, much gain.
    Implement,
    /// Much effort, much gain.
    Challenge,
    /// Much effort, little gain.
    KickOut,
}

/// How a stakeholder sees the project.
#[uniffi::remote(Enum)]
#[uniffi(name = "StakeholderStance")]
pub enum Stance {
    Supports,
    Undecided,
    Opposes,
}

/// What came out of a project for others to see.
#[uniffi::remote(Enum)]
pub enum OutputKind {
    Poster,
    Presentation,
    Paper,
    Guideline,
    Teaching,
    Other,
}

/// On what an improvement has an effect: the sum of value of sustainable quality improvement.
#[uniffi::remote(Enum)]
pub enum ImpactKind {
    /// What it does for patients and populations.
    Patients,
    /// In kilograms of carbon dioxide and what warms as much.
    Environment,
    /// What it does for staff, carers and communities.
    Social,
    /// Money that is saved or spent, in pence.
    Money,
}

/// Which way an effect goes.
#[uniffi::remote(Enum)]
#[uniffi(name = "ImpactEffect")]
pub enum Effect {
    Better,
    Unchanged,
    Worse,
}

/// On how much a change is tested.
#[uniffi::remote(Enum)]
#[uniffi(name = "CycleScale")]
pub enum Scale {
    OnePatient,
    Few,
    OneTeam,
    OneUnit,
    Whole,
}

/// What follows from a cycle.
#[uniffi::remote(Enum)]
#[uniffi(name = "CycleDecision")]
pub enum Decision {
    Undecided,
    /// Change it and test again.
    Adapt,
    Adopt,
    Abandon,
}
