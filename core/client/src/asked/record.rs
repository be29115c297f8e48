//! The personal record: how far this person has come, and the time they spent learning.

use std::{cmp::Reverse, sync::Arc};

use enhance_documents::{Edit, NewDocument};
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Minutes, Noun, PersonId, Timestamp,
    learning_log::{LogCount, LogRule},
    personal_record::{LearningSession, PersonalRecord, RecordEdit, SessionKind},
    programme::{Activity, Module},
};
use enhance_store::DocumentRow;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    error::{Error, InputField},
    state::{State, documents::has_content, facts::Facts, pack::InstalledPack, rows},
    writing::{
        create::{self, Identity},
        edits,
        target::Target,
    },
};

/// Time spent learning that is to be noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    pub title: String,
    /// The activity it was spent on, by key.
    pub activity: Option<String>,
    /// The module it counts towards, by key. If an activity is named, its module is known.
    pub module: Option<String>,
    pub start: Timestamp,
    /// How long it took.
    pub minutes: Minutes,
    /// How the learning log counts it.
    pub kind: SessionKind,
}

/// The learning log: the sessions and what they amount to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LearningLog {
    /// Every session, newest first.
    pub sessions: Vec<SessionView>,
    /// What they amount to.
    pub count: LogCount,
    /// The rule they were counted by.
    pub rule: LogRule,
}

/// A session as the learning log shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionView {
    pub id: ItemId,
    pub session: LearningSession,
}

/// This person's record, empty where there is none or it cannot be read here.
pub(super) fn read(state: &mut State) -> Result<PersonalRecord, Error> {
    let Ok(facts) = state.facts() else { return Ok(PersonalRecord::default()) };
    let records = state.store().documents(DocumentKind::PersonalRecord)?;
    let Some(mine) = records.into_iter().find(|row| facts.is_me(row.owner)) else {
        return Ok(PersonalRecord::default());
    };
    Ok(rows::shown_if_any(state.store(), mine.id)?.map(|(_, record)| record).unwrap_or_default())
}

/// Notes that an activity was begun.
pub(crate) fn start_activity(state: &mut State, key: &str) -> Result<(), Error> {
    activity(&*state.installed()?, key)?;
    let (activity, at) = (key.to_owned(), state.now());
    edit(state, RecordEdit::Start { activity, at })
}

/// Notes that an activity was completed, in the version of the pack that is in use.
pub(crate) fn complete_activity(state: &mut State, key: &str) -> Result<(), Error> {
    let pack = state.installed()?;
    activity(&pack, key)?;
    let (activity, at, pack_version) = (key.to_owned(), state.now(), pack.version);
    edit(state, RecordEdit::Complete { activity, at, pack_version })
}

/// Notes time spent learning.
pub(crate) fn add_session(state: &mut State, new: NewSession) -> Result<ItemId, Error> {
    if new.title.trim().is_empty() {
        return Err(Error::invalid(InputField::Title, "say what it was"));
    }
    if new.minutes == Minutes(0) {
        return Err(Error::invalid(InputField::Minutes, "it took at least a minute"));
    }
    if new.start > state.now() {
        return Err(Error::invalid(InputField::Start, "it lies in the future"));
    }
    let module = module_of(state, &new)?;
    let session = LearningSession {
        title: new.title,
        activity: new.activity,
        module,
        start: new.start,
        minutes: new.minutes,
        kind: new.kind,
    };
    let id = state.environment().item_id();
    edit(state, RecordEdit::AddSession { id, session })?;
    Ok(id)
}

/// Takes a session out of the learning log again.
pub(crate) fn remove_session(state: &mut State, id: ItemId) -> Result<(), Error> {
    edit(state, RecordEdit::RemoveSession { id })
}

/// The learning log, newest session first.
pub(crate) fn learning_log(state: &mut State) -> Result<LearningLog, Error> {
    state.facts()?.account_key()?;
    let rule = LogRule::FOUNDATION;
    let record = read(state)?;
    let count = rule.count(record.sessions.values());
    let sessions = record.sessions.into_iter();
    let mut sessions: Vec<SessionView> =
        sessions.map(|(id, session)| SessionView { id, session }).collect();
    sessions.sort_by_key(|view| Reverse((view.session.start, view.id)));
    Ok(LearningLog { sessions, count, rule })
}

fn edit(state: &mut State, edit: RecordEdit) -> Result<(), Error> {
    let facts = state.facts()?;
    facts.account_key()?;
    let id = record_of(facts.person.id);
    // Another device's record may be known here before anything of it has come.
    let known = state.active(id)?.filter(has_content);
    let row = match known {
        Some(row) => row,
        None => begin(state, &facts, id)?,
    };
    let target = Target { facts, row };
    edits::edit(state, &target, None, &[Edit::PersonalRecord(edit)]).map(drop)
}

fn begin(state: &mut State, facts: &Arc<Facts>, id: DocumentId) -> Result<DocumentRow, Error> {
    let new = NewDocument::PersonalRecord { owner: facts.person.id };
    let key = Some(facts.account_key()?.record_key(id)?);
    // The moment would differ between devices, and with it the entry that must not.
    let identity = Identity { id, key, created_at: Timestamp::default() };
    let pending = create::prepare_as(state, facts, &new, identity)?;
    state.write(|write| pending.write(write))?;
    state.row(id)
}

/// The record of a person has the same id on all their devices, so that they fill one record
/// before they have ever met.
fn record_of(person: PersonId) -> DocumentId {
    let mut hasher = Sha256::new();
    hasher.update(b"enhance personal record 1\0");
    hasher.update(person.as_bytes());
    let hash: [u8; 32] = hasher.finalize().into();
    let mut id = [0; 16];
    id.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
    DocumentId::from_bytes(id)
}

/// The module that time counts towards: the one named, or that of the activity. Time noted on one
/// that is not the programme's would count nowhere.
fn module_of(state: &mut State, new: &NewSession) -> Result<Option<String>, Error> {
    match (&new.module, &new.activity) {
        (Some(key), _) => match state.installed()?.programme.module(key) {
            Some(module) => Ok(Some(module.key.clone())),
            None => Err(Error::not_found(Noun::Module, key)),
        },
        (None, Some(key)) => {
            let pack = state.installed()?;
            let (module, _) = activity(&pack, key)?;
            Ok(Some(module.key.clone()))
        }
        (None, None) => Ok(None),
    }
}

fn activity<'a>(pack: &'a InstalledPack, key: &str) -> Result<(&'a Module, &'a Activity), Error> {
    pack.programme.activity(key).ok_or_else(|| Error::not_found(Noun::Activity, key))
}
