//! Change projects: plans that several people write, with their history.

use std::collections::BTreeMap;

use enhance_documents::TextField;
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Person, Version,
    change_project::{ChangeProject, ProjectEdit},
};

use super::LearningCore;
use crate::{
    asked::{
        lists::{self, DocumentSummary, ListPage},
        projects::{self, HistoryView, ProjectView},
    },
    error::Error,
};

impl LearningCore {
    /// Begins a plan. `topic` is the key of its domain; `topic` and `setting` may be empty.
    pub fn create_project(
        &self,
        title: &str,
        topic: &str,
        setting: &str,
    ) -> Result<DocumentId, Error> {
        self.state.with(|state| projects::begin(state, title, topic, setting))
    }

    /// The plans this person takes part in, changed last first.
    pub fn projects(&self, page: ListPage) -> Result<Vec<DocumentSummary>, Error> {
        self.state.with(|state| lists::of_kind(state, DocumentKind::ChangeProject, page))
    }

    /// A plan.
    pub fn project(&self, id: DocumentId) -> Result<ProjectView, Error> {
        self.state.with(|state| projects::view(state, id))
    }

    /// Edits a plan. `base` is the version the screen showed; none means as it stands.
    ///
    /// What is returned is to be handed back by a screen that goes on showing what it showed and
    /// what was typed into it; one that reads the plan again hands back that version.
    pub fn edit_project(
        &self,
        id: DocumentId,
        base: Option<&Version>,
        edits: &[ProjectEdit],
    ) -> Result<Version, Error> {
        self.state.with(|state| projects::edit(state, id, base, edits))
    }

    /// A fresh id, for an item that is about to be added to a plan.
    pub fn new_item_id(&self) -> ItemId {
        self.state.environment().item_id()
    }

    /// Every change of a plan, oldest first.
    pub fn history(&self, id: DocumentId) -> Result<Vec<HistoryView>, Error> {
        self.state.with(|state| projects::history(state, id))
    }

    /// A plan as it was at an earlier version.
    pub fn project_at(&self, id: DocumentId, version: &Version) -> Result<ChangeProject, Error> {
        self.state.with(|state| projects::at(state, id, version))
    }

    /// Who wrote which part of a text. The parts together are the text.
    pub fn text_authors(
        &self,
        id: DocumentId,
        field: &TextField,
    ) -> Result<Vec<(Option<Person>, String)>, Error> {
        self.state.with(|state| projects::text_authors(state, id, field))
    }

    /// Who wrote each field last, by its path such as `aim/direction`.
    pub fn field_authors(&self, id: DocumentId) -> Result<BTreeMap<String, Option<Person>>, Error> {
        self.state.with(|state| projects::field_authors(state, id))
    }
}
