//! Change projects: an improvement a trainee plans with others and tests in small steps.
//!
//! The words follow the Model for Improvement: aim, measures, and plan-do-study-act cycles.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use serde::{Deserialize, Serialize};

use crate::{Date, ItemId, PersonId, Tag, Timestamp};

/// A plan as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeProject {
    /// The project's title.
    pub title: String,
    /// The key of the domain it belongs to. May be empty.
    pub topic: String,
    /// Where it takes place: a ward, a practice, a community.
    pub setting: String,
    /// How far it has come.
    pub status: Status,
    /// The co-edited texts.
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

macro_rules! words {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $vdoc:literal])+ $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[doc = $vdoc])+ $variant,)+ }

        impl $name {
            /// Every one, in the order people use them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in documents, tables and commands.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord {
                        text: text.chars().take(80).collect(),
                        choices: concat!($($word, " "),+),
                    }),
                }
            }
        }
    };
}

/// A text that is none of the words a field takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not one of: {choices}")]
pub struct UnknownWord {
    text: String,
    choices: &'static str,
}

words! {
    /// How far a project has come.
    Status {
        /// Somebody thought of it.
        Idea = "idea",
        /// It is being planned.
        Planning = "planning",
        /// Changes are being tested.
        Testing = "testing",
        /// A change that worked is being taken up.
        Implementing = "implementing",
        /// It goes on without the project.
        Sustaining = "sustaining",
        /// Others have taken it over.
        HandedOver = "handed_over",
        /// It is done.
        Completed = "completed",
        /// It was given up; everything is kept.
        Stopped = "stopped",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for Status {
    fn default() -> Self {
        Self::Idea
    }
}

words! {
    /// The co-edited texts of a plan.
    Section {
        /// What is wrong, for whom.
        Problem = "problem",
        /// Why it matters here, with local data.
        WhyHere = "why_here",
        /// Who takes part.
        Team = "team",
        /// What will be done.
        Plan = "plan",
        /// What the next person needs to carry on.
        Handover = "handover",
    }
}

words! {
    /// Where a value is meant to go.
    Direction {
        /// Up.
        Increase = "increase",
        /// Down.
        Decrease = "decrease",
        /// Nowhere: it must stay.
        Maintain = "maintain",
    }
}

words! {
    /// What a measure tells.
    MeasureKind {
        /// Whether things got better for people.
        Outcome = "outcome",
        /// Whether what was planned is being done.
        Process = "process",
        /// Whether something else got worse.
        Balancing = "balancing",
    }
}

words! {
    /// On how much a change is tested.
    Scale {
        /// One patient.
        OnePatient = "one_patient",
        /// A few.
        Few = "few",
        /// One team.
        OneTeam = "one_team",
        /// One unit.
        OneUnit = "one_unit",
        /// Everywhere.
        Whole = "whole",
    }
}

words! {
    /// What follows from a cycle.
    Decision {
        /// Nothing yet.
        Undecided = "undecided",
        /// Change it and test again.
        Adapt = "adapt",
        /// Take it up.
        Adopt = "adopt",
        /// Leave it.
        Abandon = "abandon",
    }
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
    /// Until when.
    pub by_date: Option<Date>,
}

/// A measure and its operational definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Its name.
    pub name: String,
    /// What it tells.
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
    pub at: Date,
    /// The value.
    pub value: Value,
}

/// A value without rounding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "value", rename_all = "snake_case")]
pub enum Value {
    /// A number in thousandths of the measure's unit, so that no binary fraction creeps in.
    Number {
        /// Thousandths.
        thousandths: i64,
    },
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

/// One plan-do-study-act cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PdsaCycle {
    /// The change that is tested.
    pub change_idea: String,
    /// What the team expects to see. Written before anything is done.
    pub prediction: String,
    /// On how much it is tested.
    pub scale: Option<Scale>,
    /// What was planned.
    pub plan: String,
    /// What was done.
    pub done: String,
    /// What was seen.
    pub studied: String,
    /// What was learned.
    pub learned: String,
    /// What follows.
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

words! {
    /// The texts of a cycle.
    CycleText {
        /// [`PdsaCycle::change_idea`].
        ChangeIdea = "change_idea",
        /// [`PdsaCycle::prediction`].
        Prediction = "prediction",
        /// [`PdsaCycle::plan`].
        Plan = "plan",
        /// [`PdsaCycle::done`].
        Done = "done",
        /// [`PdsaCycle::studied`].
        Studied = "studied",
        /// [`PdsaCycle::learned`].
        Learned = "learned",
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
    /// What.
    pub text: String,
    /// Who does it.
    pub owner: Option<PersonId>,
    /// Until when.
    pub due: Option<Date>,
    /// Device clock when it was done.
    pub done_at: Option<Timestamp>,
}

/// An edit of a plan. Texts come with the whole new text; they are merged by character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum ProjectEdit {
    /// Gives it a title.
    Title {
        /// The new title.
        title: String,
    },
    /// Says which domain it belongs to.
    Topic {
        /// The domain's key.
        topic: String,
    },
    /// Says where it takes place.
    Setting {
        /// The new setting.
        setting: String,
    },
    /// Moves it on.
    Status {
        /// The new status.
        status: Status,
    },
    /// Writes in a section.
    Section {
        /// The section.
        section: Section,
        /// The whole new text.
        text: String,
    },
    /// Sets the aim.
    Aim {
        /// The new aim.
        aim: Aim,
    },
    /// Adds a measure, or changes the one with this id.
    Measure {
        /// Its id.
        id: ItemId,
        /// The measure.
        measure: Measure,
    },
    /// Adds an observation.
    Observe {
        /// Its id.
        id: ItemId,
        /// The observation.
        observation: Observation,
    },
    /// Starts a cycle.
    StartCycle {
        /// Its id.
        id: ItemId,
    },
    /// Writes in a cycle.
    CycleText {
        /// The cycle.
        id: ItemId,
        /// Which text.
        which: CycleText,
        /// The whole new text.
        text: String,
    },
    /// Says on how much a cycle tests.
    CycleScale {
        /// The cycle.
        id: ItemId,
        /// The scale.
        scale: Scale,
    },
    /// Says what follows from a cycle.
    Decide {
        /// The cycle.
        id: ItemId,
        /// The decision.
        decision: Decision,
    },
    /// Adds an action, or changes the one with this id.
    Action {
        /// Its id.
        id: ItemId,
        /// The action.
        action: Action,
    },
    /// Adds a tag.
    AddTag {
        /// What it gives evidence for.
        tag: Tag,
    },
    /// Takes a tag away.
    RemoveTag {
        /// What it no longer gives evidence for.
        tag: Tag,
    },
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
