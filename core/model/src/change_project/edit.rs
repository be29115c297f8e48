//! What can be done to a project.

use serde::{Deserialize, Serialize};

use super::{Action, Aim, CycleText, Decision, Measure, Observation, Scale, Section, Status};
use crate::{ItemId, Tag};

/// An edit of a project. Texts come with the whole new text; they are merged by character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum ProjectEdit {
    /// Gives it a title.
    Title {
        title: String,
    },
    /// Says which domain it belongs to.
    Topic {
        topic: String,
    },
    /// Says where it takes place.
    Setting {
        setting: String,
    },
    Status {
        status: Status,
    },
    /// Writes in a section.
    Section {
        section: Section,
        /// The whole new text.
        text: String,
    },
    Aim {
        aim: Aim,
    },
    /// Adds a measure, or changes the one with this id.
    Measure {
        id: ItemId,
        measure: Measure,
    },
    Observe {
        id: ItemId,
        observation: Observation,
    },
    StartCycle {
        id: ItemId,
    },
    /// Writes in a cycle.
    CycleText {
        id: ItemId,
        which: CycleText,
        /// The whole new text.
        text: String,
    },
    /// Says on how much a cycle tests.
    CycleScale {
        id: ItemId,
        scale: Scale,
    },
    /// Says what follows from a cycle.
    Decide {
        id: ItemId,
        decision: Decision,
    },
    /// Adds an action, or changes the one with this id.
    Action {
        id: ItemId,
        action: Action,
    },
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
