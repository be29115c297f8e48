//! What is checked of a plan, and what would satisfy it.

use enhance_client::model::change_project::{self, Check, ProjectPart};

/// One thing that is checked of a plan.
#[uniffi::remote(Enum)]
#[uniffi(name = "PlanCheckKind")]
pub enum Check {
    /// The aim goes from one value to another.
    AimSpecific,
    /// A measure tells whether it is reached.
    AimMeasurable,
    /// There is an idea how.
    AimAchievable,
    /// It says why it matters here.
    AimRelevant,
    /// It has a date.
    AimTimeBound,
    OutcomeMeasure,
    ProcessMeasure,
    BalancingMeasure,
    /// Every idea is under a secondary driver.
    IdeasUnderDrivers,
    /// Figures from before anything was tested.
    Baseline,
    /// Every cycle says what is expected before it is done.
    Predictions,
    /// A small test comes before a large one.
    SmallFirst,
    /// A cycle goes on from another one.
    LinkedCycles,
    /// Three points in a row without a missing period.
    ThreeConsecutive,
}

/// The part of a plan in which something is written.
#[uniffi::remote(Enum)]
pub enum ProjectPart {
    Aim,
    Sections,
    Drivers,
    Ideas,
    Measures,
    Observations,
    Cycles,
}

/// What a check of a plan says.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PlanCheck {
    pub check: Check,
    /// Whether the plan has it.
    pub met: bool,
    /// What would satisfy it.
    pub sentence: String,
    /// Where to go for that.
    pub part: ProjectPart,
}

impl From<change_project::PlanCheck> for PlanCheck {
    fn from(checked: change_project::PlanCheck) -> Self {
        let change_project::PlanCheck { check, met, sentence, part } = checked;
        Self { check, met, sentence: sentence.to_owned(), part }
    }
}
