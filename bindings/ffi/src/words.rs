//! The words of a change project that are chosen from a list.

use enhance_client::model::change_project::{
    CycleText, Decision, Direction, MeasureKind, Scale, Section, Status,
};

/// How far a project has come.
#[uniffi::remote(Enum)]
#[uniffi(name = "ProjectStatus")]
pub enum Status {
    /// Somebody thought of it.
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
    /// It is done.
    Completed,
    /// It was given up; everything is kept.
    Stopped,
}

/// The co-edited texts of a plan.
#[uniffi::remote(Enum)]
#[uniffi(name = "PlanSection")]
pub enum Section {
    /// What is wrong, for whom.
    Problem,
    /// Why it matters here, with local data.
    WhyHere,
    /// Who takes part.
    Team,
    /// What will be done.
    Plan,
    /// What the next person needs to carry on.
    Handover,
}

/// Where a value is meant to go.
#[uniffi::remote(Enum)]
#[uniffi(name = "AimDirection")]
pub enum Direction {
    /// Up.
    Increase,
    /// Down.
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

/// On how much a change is tested.
#[uniffi::remote(Enum)]
#[uniffi(name = "CycleScale")]
pub enum Scale {
    /// One patient.
    OnePatient,
    /// A few.
    Few,
    /// One team.
    OneTeam,
    /// One unit.
    OneUnit,
    /// Everywhere.
    Whole,
}

/// What follows from a cycle.
#[uniffi::remote(Enum)]
#[uniffi(name = "CycleDecision")]
pub enum Decision {
    /// Nothing yet.
    Undecided,
    /// Change it and test again.
    Adapt,
    /// Take it up.
    Adopt,
    /// Leave it.
    Abandon,
}

/// The texts of a cycle.
#[uniffi::remote(Enum)]
pub enum CycleText {
    /// The change that is tested.
    ChangeIdea,
    /// What the team expects to see.
    Prediction,
    /// What was planned.
    Plan,
    /// What was done.
    Done,
    /// What was seen.
    Studied,
    /// What was learned.
    Learned,
}
