//! What can be done to a plan.

use serde::{Deserialize, Serialize};

use super::{Action, Aim, CycleText, Decision, Measure, Observation, Scale, Section, Status};
use crate::{ItemId, Tag};

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
