//! What the core does with no network: every promise of its local half, on a real database.

mod activities;
mod ahead;
mod arcp;
mod arrivals;
mod core;
mod costs;
mod drafts;
mod evidence;
mod export;
mod export_files;
mod folds;
mod kept;
mod lists;
mod paper;
mod programme;
mod projects;
mod quarantine;
mod read_back;
mod reflections;
mod refreshing;
mod said;
mod searched;
mod sharing;
mod sign_offs;
mod slices;
mod suspend;
mod training;
mod typed;
mod work_of_module;

use enhance_model::{
    DocumentId, Limits, Version,
    change_project::{ProjectEdit, Section},
    reflection::ReflectionEdit,
};

use crate::{LearningCore, state::facts, testing::asha};

fn answer(prompt: &str, text: &str) -> ReflectionEdit {
    ReflectionEdit::Answer { prompt: prompt.to_owned(), text: text.to_owned() }
}

fn section(section: Section, text: &str) -> ProjectEdit {
    ProjectEdit::Section { section, text: text.to_owned() }
}

/// A reflection with one answer.
fn reflection(core: &LearningCore, text: &str) -> DocumentId {
    let id = core.create_reflection("quick-capture", "", None).unwrap();
    core.edit_reflection(id, None, &[answer("what", text)]).unwrap();
    id
}

fn answered(core: &LearningCore, id: DocumentId) -> String {
    core.reflection(id).unwrap().reflection.answers.get("what").cloned().unwrap_or_default()
}

fn problem(core: &LearningCore, id: DocumentId) -> String {
    core.project(id).unwrap().project.sections.get(&Section::Problem).cloned().unwrap_or_default()
}

fn version(core: &LearningCore, id: DocumentId) -> Version {
    core.with(|state| Ok(state.row(id)?.version)).unwrap()
}

/// As if the server had told of other limits.
fn with_limits(core: &LearningCore, limits: Limits) {
    let mut settings = asha().settings;
    settings.limits = limits;
    core.with(|state| state.write(|write| facts::write_settings(write, &settings))).unwrap();
}
