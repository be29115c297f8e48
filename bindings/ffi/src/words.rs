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

/// The texts of a cycle.
#[uniffi::remote(Enum)]
pub enum CycleText {
    /// The change that is tested.
    ChangeIdea,
    /// What the team expects to see.
    Prediction,
    Plan,
    Done,
    Studied,
    Learned,
}
