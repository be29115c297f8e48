//! Change projects: an improvement a trainee plans with others and tests in small steps.
//!
//! The words follow the Model for Improvement: aim, measures, and plan-do-study-act cycles.

mod edit;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use self::{
    edit::ProjectEdit,
    words::{CycleText, Decision, Direction, MeasureKind, Scale, Section, Status},
};
use crate::{CalendarDate, ItemId, PersonId, Tag, Timestamp};

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
    pub sections: BTreeMap<Section, String>,
    /// What it wants to achieve.
    pub aim: Aim,
    /// How it will be known that a change is an improvement.
    pub measures: BTreeMap<ItemId, Measure>,
    /// Single values of the measures.
    pub observations: BTreeMap<ItemId, Observation>,
    /// Tests of change. Their number on screen is their place in this order.
    pub cycles: BTreeMap<ItemId, PdsaCycle>,
    /// What has to be done, by whom and until when.
    pub actions: BTreeMap<ItemId, Action>,
    /// Domains, themes and capabilities it gives evidence for.
    pub tags: BTreeSet<Tag>,
    /// Device clock when it was created.
    pub created_at: Timestamp,
}

/// What a project wants to achieve: how much of what, by when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    pub name: String,
    pub kind: MeasureKind,
    /// What is counted, from where, by whom, how often.
    pub definition: String,
    /// The unit of its values: `count`, `percent`, `minutes`, `days`, `kgCO2e`, `GBP`, `score`.
    pub unit: String,
}

/// One value of a measure. Two observations of one day are both kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// The measure it belongs to.
    pub measure: ItemId,
    /// The day, or the first day of the period.
    pub at: CalendarDate,
    pub value: Value,
}

/// A value without rounding.
///
/// ```
/// use enhance_model::change_project::Value;
///
/// assert_eq!(Value::Ratio { numerator: 4, denominator: 10 }.fault(), None);
/// let share = Value::Ratio { numerator: 11, denominator: 10 };
/// assert_eq!(share.fault(), Some("the numerator is larger than the denominator"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "value", rename_all = "snake_case")]
pub enum Value {
    /// A number in thousandths of the measure's unit, so that no binary fraction creeps in.
    Number { thousandths: i64 },
    /// A share, kept as it was counted. `0 <= numerator <= denominator` and `denominator > 0`.
    Ratio {
        /// How many of them.
        numerator: u32,
        /// How many there were.
        denominator: u32,
    },
}

impl Value {
    /// Why this is not a value, if it is not.
    pub const fn fault(&self) -> Option<&'static str> {
        match self {
            Self::Ratio { denominator: 0, .. } => Some("the denominator is zero"),
            Self::Ratio { numerator, denominator } if *numerator > *denominator => {
                Some("the numerator is larger than the denominator")
            }
            Self::Number { .. } | Self::Ratio { .. } => None,
        }
    }
}

/// One plan-do-study-act cycle: a change, tested on a small scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

impl Default for PdsaCycle {
    fn default() -> Self {
        Self {
            change_idea: String::new(),
            prediction: String::new(),
            scale: None,
            plan: String::new(),
            done: String::new(),
            studied: String::new(),
            learned: String::new(),
            decision: Decision::Undecided,
        }
    }
}

impl PdsaCycle {
    /// One of its texts.
    pub fn text(&self, which: CycleText) -> &str {
        match which {
            CycleText::ChangeIdea => &self.change_idea,
            CycleText::Prediction => &self.prediction,
            CycleText::Plan => &self.plan,
            CycleText::Done => &self.done,
            CycleText::Studied => &self.studied,
            CycleText::Learned => &self.learned,
        }
    }
}

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    pub text: String,
    pub owner: Option<PersonId>,
    pub due: Option<CalendarDate>,
    /// Device clock when it was done.
    pub done_at: Option<Timestamp>,
}

impl ChangeProject {
    /// The text a person searches in: sections, aim, cycles and actions.
    pub fn text(&self) -> String {
        let sections = Section::ALL.iter().filter_map(|section| self.sections.get(section));
        let cycles = self
            .cycles
            .values()
            .flat_map(|cycle| CycleText::ALL.iter().map(|which| cycle.text(*which)));
        let texts: Vec<&str> = [self.setting.as_str(), self.aim.sentence.as_str()]
            .into_iter()
            .chain(sections.map(String::as_str))
            .chain(self.measures.values().map(|measure| measure.name.as_str()))
            .chain(cycles)
            .chain(self.actions.values().map(|action| action.text.as_str()))
            .filter(|text| !text.is_empty())
            .collect();
        texts.join("\n\n")
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

    #[test]
    fn a_share_of_nothing_and_more_than_all_are_no_values() {
        assert!(Value::Ratio { numerator: 0, denominator: 0 }.fault().is_some());
        assert!(Value::Ratio { numerator: 5, denominator: 4 }.fault().is_some());
        assert_eq!(Value::Ratio { numerator: 4, denominator: 4 }.fault(), None);
    }
}
