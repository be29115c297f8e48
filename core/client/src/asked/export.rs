//! Everything this person can read, as plain data they can take with them.

use enhance_model::{DocumentKind, Person, Timestamp, personal_record::PersonalRecord};
use serde::Serialize;

use crate::{
    Account, Error, LearningCore, ListPage, ProjectView, QuarantineView, ReflectionView,
    SharedView, core::State,
};

/// Everything this person can read on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Export {
    /// Whose it is. Its `private` says whether reflections and the record are in it.
    pub account: Account,
    /// Device clock when it was made.
    pub exported_at: Timestamp,
    /// Everybody on the programme this device has heard of.
    pub people: Vec<Person>,
    /// Progress and learning sessions.
    pub personal_record: PersonalRecord,
    /// Reflections, what is typed and not settled included.
    pub reflections: Vec<ReflectionView>,
    /// Copies of reflections, shared by this person and with them.
    pub shared_reflections: Vec<SharedView>,
    /// Plans with their comments.
    pub projects: Vec<ProjectView>,
    /// Work the server refused, dealt with or not.
    pub quarantined: Vec<QuarantineView>,
}

impl State {
    fn export(&mut self) -> Result<Export, Error> {
        let account = self.facts()?.account();
        let ids = |state: &Self, kind| -> Result<Vec<_>, Error> {
            let listed = state.listed(kind, ListPage::ALL)?;
            Ok(listed.into_iter().map(|listed| listed.id).collect())
        };
        let reflections = ids(self, DocumentKind::Reflection)?;
        let copies = ids(self, DocumentKind::SharedReflection)?;
        let projects = ids(self, DocumentKind::ChangeProject)?;
        Ok(Export {
            account,
            exported_at: self.now(),
            people: self.store.people()?,
            personal_record: self.record()?,
            reflections: collect(reflections, |id| self.reflection(id))?,
            shared_reflections: collect(copies, |id| self.shared(id))?,
            projects: collect(projects, |id| self.project(id))?,
            quarantined: self.quarantine_views(false)?,
        })
    }
}

fn collect<I, T>(ids: Vec<I>, read: impl FnMut(I) -> Result<T, Error>) -> Result<Vec<T>, Error> {
    ids.into_iter().map(read).collect()
}

impl Export {
    /// All of it as one JSON text.
    pub fn to_json(&self) -> Result<String, Error> {
        serde_json::to_string_pretty(self)
            .map_err(|error| Error::internal("writing the export").because(error))
    }
}

impl LearningCore {
    /// Everything this person can read on this device, with versions, for a file of theirs.
    pub fn export(&self) -> Result<Export, Error> {
        self.with(State::export)
    }
}
