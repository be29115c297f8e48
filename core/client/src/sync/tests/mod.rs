//! Devices and a real server.

mod exchange;

use std::time::Duration;

use enhance_model::{
    DocumentId, Role,
    change_project::{ProjectEdit, Section},
};

use super::{
    Budget, Cancellation,
    world::{Device, Weather, World},
};

/// Writes the whole text of a plan's first section.
fn write_problem(device: &Device, plan: DocumentId, text: &str) {
    let edit = ProjectEdit::Section { section: Section::Problem, text: text.to_owned() };
    device.edit_project(plan, None, &[edit]).unwrap();
}

/// What a plan's first section says.
fn problem(device: &Device, plan: DocumentId) -> String {
    device.project(plan).unwrap().project.sections.get(&Section::Problem).cloned().unwrap_or_default()
}
