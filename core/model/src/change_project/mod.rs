//! Change projects: an improvement a trainee plans with others and tests in small steps.
//!
//! The words follow the Model for Improvement: aim, measures, and plan-do-study-act cycles.

mod aim;
mod charts;
mod checks;
mod copy;
mod decisions;
mod drivers;
mod edit;
mod impacts;
mod items;
mod names;
mod page;
mod progress;
mod recipe;
mod records;
mod rules;
mod small_numbers;
mod story;
mod tally;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use self::{
    checks::{Check, PlanCheck, ProjectPart},
    decisions::{Decided, Decisions},
    drivers::Branch,
    edit::ProjectEdit,
    items::{Item, ItemText},
    page::{PAGE_OF, PAGE_VERSION, PageContext, PageNames},
    progress::{NoProgressScore, ProgressScore},
    recipe::{Recipe, RecipeAim, RecipeDriver, RecipeIdea},
    records::{
        Action, ActionEdit, Aim, AimEdit, Annotation, AnnotationEdit, ChangeIdea, ChangeIdeaEdit,
        CycleEdit, Driver, DriverEdit, Impact, ImpactEdit, Measure, MeasureEdit, Observation,
        ObservationEdit, Output, OutputEdit, PdsaCycle, Phase, PhaseEdit, Stakeholder,
        StakeholderEdit, StatusMove, StatusMoveEdit, Tally, TallyEdit, Target, TargetEdit,
        TeamMember, TeamMemberEdit,
    },
    rules::EditFault,
    story::{Deed, ItemOfPlan, in_words},
    words::{
        CycleText, Decision, Direction, Effect, IdeaState, ImpactKind, MeasureChart, MeasureKind,
        OutputKind, Pick, RunRules, Scale, Section, Stance, Status,
    },
};
use crate::{
    CalendarDate, Items, Tag, Timestamp,
    record::{Disagreement, TakenBack},
};
pub use crate::{
    chart::{Improvement, Unit},
    record::value::{Value, ValueError},
};

/// A project as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeProject {
    pub title: String,
    /// The key of the domain it belongs to. May be empty.
    pub topic: String,
    /// Where it takes place: a ward, a practice, a community.
    pub setting: String,
    /// How far it has come.
    pub status: Status,
    /// How far the team sees itself.
    #[serde(default)]
    pub progress: Option<ProgressScore>,
    #[serde(default)]
    pub start: Option<CalendarDate>,
    #[serde(default)]
    pub end: Option<CalendarDate>,
    pub sections: BTreeMap<Section, String>,
    /// What it wants to achieve.
    pub aim: Aim,
    /// What moves the aim; see [`ChangeProject::driver_tree`].
    #[serde(default)]
    pub drivers: Items<Driver>,
    #[serde(default)]
    pub ideas: Items<ChangeIdea>,
    #[serde(default)]
    pub stakeholders: Items<Stakeholder>,
    #[serde(default)]
    pub team: Items<TeamMember>,
    /// How it will be known that a change is an improvement.
    pub measures: Items<Measure>,
    #[serde(default)]
    pub targets: Items<Target>,
    /// Single values of the measures.
    pub observations: Items<Observation>,
    #[serde(default)]
    pub tallies: Items<Tally>,
    #[serde(default)]
    pub phases: Items<Phase>,
    #[serde(default)]
    pub annotations: Items<Annotation>,
    /// Tests of change. Their number on screen is their place in this order.
    pub cycles: Items<PdsaCycle>,
    /// What has to be done, by whom and until when.
    pub actions: Items<Action>,
    /// The sum of value.
    #[serde(default)]
    pub impacts: Items<Impact>,
    #[serde(default)]
    pub outputs: Items<Output>,
    /// The status log, oldest first.
    #[serde(default)]
    pub moves: Items<StatusMove>,
    /// Domains, themes and capabilities it gives evidence for.
    pub tags: BTreeSet<Tag>,
    /// What was taken back, and can be put back.
    #[serde(default)]
    pub taken_back: Items<TakenBack>,
    /// What two people set differently at once and nobody has settled yet.
    #[serde(default)]
    pub disagreements: Vec<Disagreement>,
    /// What was decided about suggestions.
    #[serde(default)]
    pub decisions: Decisions,
    /// Device clock when it was created.
    pub created_at: Timestamp,
}

impl PdsaCycle {
    /// One of its texts.
    pub fn text(&self, which: CycleText) -> &str {
        match which {
            CycleText::ChangeIdea => &self.change_idea,
            CycleText::Prediction => &self.prediction,
            CycleText::Plan => &self.plan,
            CycleText::Done => &self.done,
            CycleText::Data => &self.data,
            CycleText::Studied => &self.studied,
            CycleText::Learned => &self.learned,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_what_they_print() {
        for section in Section::ALL {
            assert_eq!(section.as_str().parse(), Ok(*section));
        }
        let error = "done".parse::<Status>().unwrap_err();
        assert!(error.to_string().starts_with("\"done\" is not one of: idea planning"));
    }
}
