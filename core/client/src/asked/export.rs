//! Everything this person can read, as plain data they can take with them.

use enhance_model::{DocumentId, DocumentKind, Person, Timestamp, personal_record::PersonalRecord};
use serde::Serialize;

use super::{
    account::Account,
    lists::{self, ListPage},
    projects::{self, ProjectView},
    quarantine::{self, QuarantineView},
    record,
    reflections::{self, ReflectionView},
    sharing::{self, SharedView},
    sign_offs::views::{self, SignOffRequestView},
};
use crate::{error::Error, state::State};

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
    /// What was asked to be signed, by this person and of them, with the answers.
    pub sign_offs: Vec<SignOffRequestView>,
    /// Projects with their comments.
    pub projects: Vec<ProjectView>,
    /// Work the server refused, dealt with or not.
    pub quarantined: Vec<QuarantineView>,
}

/// Everything this person can read on this device.
pub(crate) fn export(state: &mut State) -> Result<Export, Error> {
    Ok(Export {
        account: Account::of(&*state.facts()?),
        exported_at: state.now(),
        people: state.store().people()?,
        personal_record: record::read(state)?,
        reflections: each(state, DocumentKind::Reflection, reflections::view)?,
        shared_reflections: each(state, DocumentKind::SharedReflection, |state, id| {
            sharing::view(&mut state.screen(), id)
        })?,
        sign_offs: each(state, DocumentKind::SignOffRequest, |state, id| {
            views::view(&mut state.screen(), id)
        })?,
        projects: each(state, DocumentKind::ChangeProject, projects::view)?,
        quarantined: quarantine::all(state)?,
    })
}

fn each<T>(
    state: &mut State,
    kind: DocumentKind,
    view: impl Fn(&mut State, DocumentId) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let listed = lists::of_kind(state.store(), kind, ListPage::ALL)?;
    listed.into_iter().map(|one| view(state, one.id)).collect()
}

impl Export {
    /// All of it as one JSON text.
    pub fn to_json(&self) -> Result<String, Error> {
        serde_json::to_string_pretty(self)
            .map_err(|error| Error::internal("writing the export").because(error))
    }
}
