//! The words that fields of a plan take, each with the name it has in documents and commands.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[doc = $vdoc])* $variant,)+ }

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
        Increase = "increase",
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
        OnePatient = "one_patient",
        Few = "few",
        OneTeam = "one_team",
        OneUnit = "one_unit",
        Whole = "whole",
    }
}

words! {
    /// What follows from a cycle.
    Decision {
        Undecided = "undecided",
        /// Change it and test again.
        Adapt = "adapt",
        Adopt = "adopt",
        Abandon = "abandon",
    }
}

words! {
    /// The texts of a cycle.
    CycleText {
        ChangeIdea = "change_idea",
        Prediction = "prediction",
        Plan = "plan",
        Done = "done",
        Studied = "studied",
        Learned = "learned",
    }
}
