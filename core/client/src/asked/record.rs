//! The personal record: how far this person has come, and the time they spent learning.

use enhance_documents::{Edit, NewDocument};
use enhance_model::{
    DocumentId, ItemId, Minutes, Noun, PersonId, Timestamp,
    learning_log::{LogCount, LogRule},
    personal_record::{LearningSession, RecordEdit, SessionKind},
};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{Error, InputField, LearningCore, core::State};

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

impl State {
    fn edit_record(&mut self, edit: RecordEdit) -> Result<(), Error> {
        let facts = self.facts()?;
        let account_key = facts.account_key()?;
        let id = record_of(facts.person.id);
        // Another device's record may be known here before anything of it has come.
        if !self.has_content(id)? {
            let new = NewDocument::PersonalRecord { owner: facts.person.id };
            let key = account_key.record_key(id)?;
            // The moment would differ between devices, and with it the entry that must not.
            let prepared = self.prepare_as(id, &new, Some(key), Timestamp::default())?;
            self.write(|write| prepared.write(write))?;
        }
        self.edit(id, None, &[Edit::PersonalRecord(edit)]).map(drop)
    }

    /// The module of an activity, which must be one of the programme's.
    fn module_of(&mut self, activity: &str) -> Result<String, Error> {
        let pack = self.installed()?;
        let missing = || Error::not_found(Noun::Activity, activity);
        let (module, _) = pack.programme.activity(activity).ok_or_else(missing)?;
        Ok(module.key.clone())
    }

    /// A module's key, which must be one of the programme's: time noted on another counts nowhere.
    fn module_named(&mut self, key: String) -> Result<String, Error> {
        if self.installed()?.programme.module(&key).is_some() {
            Ok(key)
        } else {
            Err(Error::not_found(Noun::Module, key))
        }
    }

    fn add_session(&mut self, new: NewSession) -> Result<ItemId, Error> {
        if new.title.trim().is_empty() {
            return Err(Error::invalid(InputField::Title, "say what it was"));
        }
        if new.minutes == Minutes(0) {
            return Err(Error::invalid(InputField::Minutes, "it took at least a minute"));
        }
        if new.start > self.now() {
            return Err(Error::invalid(InputField::Start, "it lies in the future"));
        }
        let module = match (&new.activity, new.module) {
            (Some(activity), None) => Some(self.module_of(activity)?),
            (_, Some(module)) => Some(self.module_named(module)?),
            (None, None) => None,
        };
        let session = LearningSession {
            title: new.title,
            activity: new.activity,
            module,
            start: new.start,
            minutes: new.minutes,
            kind: new.kind,
        };
        let id = self.item_id();
        self.edit_record(RecordEdit::AddSession { id, session })?;
        Ok(id)
    }

    pub(crate) fn learning_log(&mut self) -> Result<LearningLog, Error> {
        self.facts()?.account_key()?;
        let rule = LogRule::FOUNDATION;
        let record = self.record()?;
        let count = rule.count(record.sessions.values());
        let sessions = record.sessions.into_iter();
        let mut sessions: Vec<SessionView> =
            sessions.map(|(id, session)| SessionView { id, session }).collect();
        sessions.sort_by_key(|view| std::cmp::Reverse((view.session.start, view.id)));
        Ok(LearningLog { sessions, count, rule })
    }
}

impl LearningCore {
    /// Notes that an activity was begun. The first time stands.
    pub fn start_activity(&self, key: &str) -> Result<(), Error> {
        self.with(|state| {
            state.module_of(key)?;
            let (activity, at) = (key.to_owned(), state.now());
            state.edit_record(RecordEdit::Start { activity, at })
        })
    }

    /// Notes that an activity was completed. The first time stands.
    pub fn complete_activity(&self, key: &str) -> Result<(), Error> {
        self.with(|state| {
            state.module_of(key)?;
            let pack_version = state.installed()?.version;
            let (activity, at) = (key.to_owned(), state.now());
            state.edit_record(RecordEdit::Complete { activity, at, pack_version })
        })
    }

    /// Notes time spent learning.
    pub fn add_session(&self, session: NewSession) -> Result<ItemId, Error> {
        self.with(|state| state.add_session(session))
    }

    /// Takes a session out of the learning log again.
    pub fn remove_session(&self, id: ItemId) -> Result<(), Error> {
        self.with(|state| state.edit_record(RecordEdit::RemoveSession { id }))
    }

    /// The learning log.
    pub fn learning_log(&self) -> Result<LearningLog, Error> {
        self.with(State::learning_log)
    }
}
