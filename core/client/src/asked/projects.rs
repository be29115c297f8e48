//! Change projects: plans that several people write, with their history.

use std::collections::BTreeMap;

use enhance_documents::{Content, Edit, NewDocument, TextField};
use enhance_model::{
    DeviceId, DocumentId, DocumentKind, Noun, Person, Right, Timestamp, Version,
    change_project::{ChangeProject, ProjectEdit},
};
use serde::Serialize;

use crate::{
    CommentView, DocumentStatus, DocumentSummary, DraftView, Error, InputField, LearningCore,
    ListPage, Member, core::State,
};

/// A plan as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectView {
    pub id: DocumentId,
    /// What it says, with what was typed here and is not settled.
    pub project: ChangeProject,
    /// What was typed here and is not settled.
    pub drafts: Vec<DraftView>,
    /// The version this is of; to be handed back with edits.
    pub version: Version,
    /// What this person may do with it.
    pub my_right: Right,
    /// Who takes part, its owner first.
    pub members: Vec<Member>,
    /// What people said about it, oldest first.
    pub comments: Vec<CommentView>,
    /// How far it has come.
    pub status: DocumentStatus,
}

/// One change in the history of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryView {
    /// The plan with this change and all before it.
    pub version: Version,
    /// Who made it, if this device has heard of them.
    pub by: Option<Person>,
    /// The device it was made on.
    pub device: Option<DeviceId>,
    /// When, by that device's clock.
    pub at: Timestamp,
}

/// Who has which device.
struct Authors(BTreeMap<DeviceId, Person>);

impl Authors {
    fn of(&self, device: Option<DeviceId>) -> Option<Person> {
        self.0.get(&device?).cloned()
    }
}

impl State {
    fn authors(&mut self) -> Result<Authors, Error> {
        let facts = self.facts()?;
        let people = self.store.people()?.into_iter();
        let mut authors: BTreeMap<DeviceId, Person> = people
            .flat_map(|person| {
                person.devices.clone().into_iter().map(move |device| (device, person.clone()))
            })
            .collect();
        // The server may not have told of this device yet.
        authors.insert(facts.device, facts.person.clone());
        Ok(Authors(authors))
    }

    pub(crate) fn project(&mut self, id: DocumentId) -> Result<ProjectView, Error> {
        let row = self.row_of(id, DocumentKind::ChangeProject)?;
        let drafts = self.drafts(id)?;
        let (summary, settled) = self.shown(id)?;
        let project = match self.with_drafts(id, &drafts)? {
            Some(Content::ChangeProject(project)) => project,
            _ => settled,
        };
        Ok(ProjectView {
            id,
            project,
            drafts,
            version: summary.version,
            my_right: self.my_right(&row)?,
            members: self.members(&row)?,
            comments: self.comments_on(id)?,
            status: self.status(&row)?,
        })
    }

    fn history(&mut self, id: DocumentId) -> Result<Vec<HistoryView>, Error> {
        self.row_of(id, DocumentKind::ChangeProject)?;
        let authors = self.authors()?;
        let history = self.document(id)?.history().into_iter();
        let view = |entry: enhance_documents::HistoryChange| HistoryView {
            version: entry.version,
            by: authors.of(entry.author),
            device: entry.author,
            at: entry.at,
        };
        Ok(history.map(view).collect())
    }
}

impl LearningCore {
    /// Begins a plan. `topic` is the key of its domain; `topic` and `setting` may be empty.
    pub fn create_project(
        &self,
        title: &str,
        topic: &str,
        setting: &str,
    ) -> Result<DocumentId, Error> {
        if title.trim().is_empty() {
            return Err(Error::invalid(
                InputField::Title,
                "a plan needs one, so that others can find it",
            ));
        }
        self.with(|state| {
            let facts = state.facts()?;
            [title, topic, setting].iter().try_for_each(|text| facts.limits().check_text(text))?;
            let [title, topic, setting] = [title, topic, setting].map(str::to_owned);
            let owner = facts.person.id;
            let new = NewDocument::ChangeProject { owner, title, topic, setting };
            let (id, prepared) = state.prepare_new(&new)?;
            state.write(|write| prepared.write(write))?;
            Ok(id)
        })
    }

    /// The plans this person takes part in, changed last first.
    pub fn projects(&self, page: ListPage) -> Result<Vec<DocumentSummary>, Error> {
        self.with(|state| state.listed(DocumentKind::ChangeProject, page))
    }

    /// A plan.
    pub fn project(&self, id: DocumentId) -> Result<ProjectView, Error> {
        self.with(|state| state.project(id))
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
        let edits: Vec<Edit> = edits.iter().cloned().map(Edit::ChangeProject).collect();
        self.with(|state| {
            state.writable(id, DocumentKind::ChangeProject)?;
            state.edit(id, base, &edits)
        })
    }

    /// Every change of a plan, oldest first.
    pub fn history(&self, id: DocumentId) -> Result<Vec<HistoryView>, Error> {
        self.with(|state| state.history(id))
    }

    /// A plan as it was at an earlier version.
    pub fn project_at(&self, id: DocumentId, version: &Version) -> Result<ChangeProject, Error> {
        self.with(|state| {
            state.row_of(id, DocumentKind::ChangeProject)?;
            match state.document(id)?.content_at(version)? {
                Content::ChangeProject(project) => Ok(project),
                _ => Err(Error::not_found(Noun::Project, id)),
            }
        })
    }

    /// Who wrote which part of a text. The parts together are the text.
    pub fn text_authors(
        &self,
        id: DocumentId,
        field: &TextField,
    ) -> Result<Vec<(Option<Person>, String)>, Error> {
        self.with(|state| {
            state.row_of(id, DocumentKind::ChangeProject)?;
            let authors = state.authors()?;
            let spans = state.document(id)?.text_authors(field)?.into_iter();
            Ok(spans.map(|span| (authors.of(span.author), span.text)).collect())
        })
    }

    /// Who wrote each field last, by its path such as `aim/direction`.
    pub fn field_authors(&self, id: DocumentId) -> Result<BTreeMap<String, Option<Person>>, Error> {
        self.with(|state| {
            state.row_of(id, DocumentKind::ChangeProject)?;
            let authors = state.authors()?;
            let fields = state.document(id)?.field_authors().into_iter();
            Ok(fields.map(|(path, device)| (path, authors.of(Some(device)))).collect())
        })
    }
}
