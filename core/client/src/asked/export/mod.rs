//! Everything this person can read, as plain data they can take with them: as JSON that can be read
//! back, as CSV for a spreadsheet, and reflections as a page.

mod documents;
mod evidence;
mod fault;
mod files;
mod folder;
pub(in crate::asked) mod id;
mod import;
pub(in crate::asked) mod moments;
mod page;
mod parsed;
mod read_back;
mod report;
mod signed;
mod suggested;
pub(crate) mod taking;

use std::collections::BTreeMap;

use enhance_model::{
    DocumentId, DocumentKind, Person, Timestamp, personal_record::PersonalRecord,
    sign_off::PublicKey,
};
use serde::Serialize;
use serde_json::Value;

pub(crate) use self::import::{import, look};
pub use self::{
    fault::{FileFault, FileNotRead},
    files::{ExportedFile, FilePlace, LeftOut},
    report::{EvidenceLeftOut, ImportCheck, ImportReport, ImportStop, SignOffLeftOut},
    suggested::ExportedSuggestion,
};
use super::{
    account::Account,
    lists::{self, ListPage},
    projects::{self, ProjectView},
    quarantine::{self, QuarantineView},
    record,
    reflections::{self, ReflectionView},
    sharing::{self, SharedView},
    sign_offs::{
        kept,
        paper::SinceThen,
        since,
        views::{self, SignOffRequestView},
    },
    tickets::{self, GivenTicket},
};
use crate::{error::Error, state::State};

/// By these a file is known as an export, and what is in it.
const FORMAT: &str = "enhance-export";
/// Since 2 sign-offs that are kept in the record are plain data, all moments are as people read
/// them, and what had become of what was signed is said.
const VERSION: u32 = 2;

/// Everything this person can read on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Export {
    /// That it is an export of Enhance.
    pub format: &'static str,
    /// The version of its form.
    pub version: u32,
    /// How many characters a text could have where it was made: what is longer is a draft beside
    /// what its document says.
    pub text_chars: u64,
    /// Whose it is. Its `private` says whether reflections and the record are in it.
    pub account: Account,
    /// Device clock when it was made.
    pub exported_at: Timestamp,
    /// The key of the organisation's server, by which the sign-offs in it are checked.
    pub publisher_key: PublicKey,
    /// Those who are named in it, and nobody else.
    pub people: Vec<Person>,
    /// Progress and learning sessions.
    pub personal_record: PersonalRecord,
    /// Reflections, what is typed and not settled included.
    pub reflections: Vec<ReflectionView>,
    /// Copies of reflections, shared by this person and with them.
    pub shared_reflections: Vec<SharedView>,
    /// What was asked to be signed, by this person and of them, with the answers.
    pub sign_offs: Vec<SignOffRequestView>,
    /// What has become of what others signed for this person, by the request: all that a device can
    /// still say where it was taken out, or lost its history on the way.
    pub since_sign_off: BTreeMap<DocumentId, SinceThen>,
    /// Projects with their comments.
    pub projects: Vec<ProjectView>,
    /// What was suggested for the texts of projects, by the project.
    pub suggestions: BTreeMap<DocumentId, Vec<ExportedSuggestion>>,
    /// What was given to holders of tickets, without their links.
    pub tickets: Vec<GivenTicket>,
    /// Work the server refused, dealt with or not.
    pub quarantined: Vec<QuarantineView>,
    /// Photographs and PDFs of reflections, of copies of others, and of things in the record.
    pub files: Vec<ExportedFile>,
}

/// Everything this person can read on this device, without the bytes of its files.
pub(crate) fn export(state: &mut State) -> Result<Export, Error> {
    let mut export = Export {
        format: FORMAT,
        version: VERSION,
        text_chars: state.facts()?.limits().text_chars,
        account: Account::of(&*state.facts()?),
        exported_at: state.now(),
        publisher_key: PublicKey::from_bytes(state.facts()?.publisher_key),
        people: Vec::new(),
        personal_record: record::read(state).and_then(|record| kept::exported(state, record))?,
        reflections: each(state, DocumentKind::Reflection, reflections::view)?,
        shared_reflections: each(state, DocumentKind::SharedReflection, |state, id| {
            sharing::view(&mut state.screen(), id)
        })?,
        sign_offs: each(state, DocumentKind::SignOffRequest, |state, id| {
            views::view(&mut state.screen(), id)
        })?,
        since_sign_off: BTreeMap::new(),
        projects: each(state, DocumentKind::ChangeProject, projects::view)?,
        suggestions: BTreeMap::new(),
        tickets: tickets::given(state)?,
        quarantined: quarantine::all(state)?,
        files: Vec::new(),
    };
    for one in export.sign_offs.iter().filter(|one| one.mine && !one.answers.is_empty()) {
        let since = since::changed_since(state, one.id)?.since_then();
        export.since_sign_off.extend(since.map(|since| (one.id, since)));
    }
    export.suggestions = suggested::all(state, &export.projects)?;
    let Export { personal_record, reflections, shared_reflections, .. } = &export;
    export.files = files::all(state, personal_record, reflections, shared_reflections)?;
    let json = serde_json::to_string(&export).map_err(unwritable)?;
    export.people = state.store().people()?;
    export.people.retain(|person| json.contains(&person.id.to_string()));
    Ok(export)
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
    /// All of it as JSON, with moments as people write them.
    pub fn to_value(&self) -> Result<Value, Error> {
        // By way of its text: so there is one writer of each type, and not one for each form.
        let json = serde_json::to_vec(self).map_err(unwritable)?;
        let mut value = serde_json::from_slice(&json).map_err(unwritable)?;
        signed::open(&mut value);
        moments::in_words(&mut value);
        Ok(value)
    }

    /// All of it as one JSON text, with moments as people write them.
    pub fn to_json(&self) -> Result<String, Error> {
        serde_json::to_string_pretty(&self.to_value()?).map_err(unwritable)
    }

    /// The personal record as CSV, a line for each field of each thing and of each of its files.
    pub fn to_csv(&self) -> String {
        let place = |file: &ExportedFile| match &file.place {
            FilePlace::There { path, .. } => path.clone(),
            FilePlace::LeftOut { left_out } => left_out.in_words().to_owned(),
        };
        let places = self.files.iter().map(|file| (file.id, place(file))).collect();
        self.personal_record.csv_with_files(&places)
    }

    /// The reflections as one page of HTML, oldest first.
    pub fn reflections_html(&self) -> String {
        let views = (&*self.reflections, self.text_chars);
        page::reflections(&self.account.person.name, views, &self.files)
    }
}

fn unwritable(error: serde_json::Error) -> Error {
    Error::internal("writing the export").because(error)
}
