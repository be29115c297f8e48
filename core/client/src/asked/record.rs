//! The personal record: how far this person has come, and the time they spent learning.

use std::sync::Arc;

use enhance_documents::{Edit, NewDocument};
use enhance_model::{
    DocumentId, ItemId, Minutes, Noun, PersonId, Timestamp,
    learning_log::local_day,
    personal_record::{
        ActivityCompletion, ActivityCompletionEdit, DebriefEdit, EvidenceLinkEdit, EvidenceSource,
        LearningSession, ModuleCompletion, ModuleCompletionEdit, PersonalRecord, RecordEdit,
        RecordFault, RecordItem, SessionKind,
    },
    programme::{Activity, Module},
    record::Whole,
};
use enhance_store::{DocumentRow, DocumentState};
use sha2::{Digest, Sha256};

pub(super) use super::own_record::{document_of, of};
use super::{
    completions::{self, is_satisfied, minutes_on, was_taken_back},
    keys_of_programme,
};
use crate::{
    error::{Error, InputField},
    state::{
        State,
        documents::{self, has_content},
        facts::Facts,
        pack::InstalledPack,
    },
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

/// This person's record, empty where there is none or it cannot be read here.
pub(crate) fn read(state: &mut State) -> Result<PersonalRecord, Error> {
    let Ok(facts) = state.facts() else { return Ok(PersonalRecord::default()) };
    of(state.store(), &facts)
}

/// What shows that something was completed, or why there is nothing to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompletionProof {
    /// A document or a thing in the record.
    pub evidence: Option<EvidenceSource>,
    /// Why there is none. May be empty if there is.
    pub reason: String,
}

/// Notes that an activity was begun.
pub(crate) fn start_activity(state: &mut State, key: &str) -> Result<(), Error> {
    activity(&*state.installed()?, key)?;
    let (activity, at) = (key.to_owned(), state.now());
    edit(state, &[RecordEdit::Start { activity, at }])
}

/// Notes that an activity was completed, in the version of the pack that is in use. The first time
/// stands, unless it is taken back as wrong; what shows it may be said later.
pub(crate) fn complete_activity(
    state: &mut State,
    key: &str,
    shown: CompletionProof,
) -> Result<(), Error> {
    let pack = state.installed()?;
    activity(&pack, key)?;
    let record = read(state)?;
    if record.progress(key).completed_at.is_some() {
        return show_completed(state, &record, key, shown);
    }
    let fact = ActivityCompletion {
        activity: key.to_owned(),
        at: state.now(),
        pack_version: in_pack(&pack),
        evidence: shown.evidence,
        reason: shown.reason,
    };
    let id = state.environment().item_id();
    edit(state, &fact.adding(id))
}

/// Adds to a completion what was not said of it when it was noted. What was said stands: it is
/// corrected, and not replaced by saying again that the activity is complete.
fn show_completed(
    state: &mut State,
    record: &PersonalRecord,
    key: &str,
    shown: CompletionProof,
) -> Result<(), Error> {
    let facts = record.activities_completed.iter().filter(|(_, fact)| fact.activity == key);
    let Some((&id, fact)) = facts.min_by_key(|(_, fact)| fact.at) else { return Ok(()) };
    let CompletionProof { evidence, reason } = shown;
    let has_other = evidence.is_some() && fact.evidence.is_some() && evidence != fact.evidence;
    let is_said = !reason.trim().is_empty() && reason != fact.reason;
    if has_other || is_said && !fact.reason.trim().is_empty() {
        let why = format!("{key} was completed already, and what shows it stands; correct that");
        return Err(Error::invalid(InputField::Edit, why));
    }
    let evidence = evidence.filter(|_| fact.evidence.is_none());
    let evidence = evidence.map(|one| ActivityCompletionEdit::Evidence(Some(one)));
    let reason = is_said.then_some(ActivityCompletionEdit::Reason(reason));
    let edits = evidence.into_iter().chain(reason);
    let edits: Vec<_> = edits.map(|edit| RecordEdit::ActivityCompletion { id, edit }).collect();
    if edits.is_empty() { Ok(()) } else { edit(state, &edits) }
}

/// Notes time spent learning.
pub(crate) fn add_session(state: &mut State, new: NewSession) -> Result<ItemId, Error> {
    let module = module_of(state, &new)?;
    let session = LearningSession {
        title: new.title,
        activity: new.activity,
        module,
        start: new.start,
        offset: state.environment().clock.offset(new.start),
        minutes: new.minutes,
        kind: new.kind,
        ..LearningSession::default()
    };
    let id = state.environment().item_id();
    edit(state, &session.adding(id))?;
    Ok(id)
}

/// Takes a session out of the learning log again. It is kept, and can be put back.
pub(crate) fn remove_session(state: &mut State, id: ItemId) -> Result<(), Error> {
    let (noun, at) = (Noun::LearningSession, state.now());
    edit(state, &[RecordEdit::TakeBack { noun, id, at }])
}

/// Whether what edits name of the programme has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Checked,
    /// It was there once: what is read back may be of an earlier pack, or of another one.
    AsItWas,
}

/// Edits the record: what makes sense in it is written, all of it or none.
pub(crate) fn edit(state: &mut State, edits: &[RecordEdit]) -> Result<(), Error> {
    if edits.iter().any(writes_kept_sign_off) {
        let what = "a sign-off that was read back says what its file says, and nobody writes it";
        return Err(Error::NotAllowed { what: what.to_owned() });
    }
    write(state, edits, Named::Checked)
}

/// Whether an edit writes what reading an export alone may write. It may be taken back by anybody.
const fn writes_kept_sign_off(edit: &RecordEdit) -> bool {
    matches!(edit, RecordEdit::KeptSignOff { .. } | RecordEdit::Add { noun: Noun::KeptSignOff, .. })
}

/// Writes what was in a record before, whatever the programme of today has.
pub(crate) fn edit_as_it_was(state: &mut State, edits: &[RecordEdit]) -> Result<(), Error> {
    write(state, edits, Named::AsItWas)
}

fn write(state: &mut State, edits: &[RecordEdit], named: Named) -> Result<(), Error> {
    let facts = state.facts()?;
    facts.account_key()?;
    let id = record_of(facts.person.id);
    // Another device's record may be known here before anything of it has come.
    let known = state.active(id)?.filter(has_content);
    if let Some(row) = &known {
        state.bring_up_to_date(row)?;
    }
    let standing = read(state)?;
    match named {
        Named::Checked => standing.check(edits),
        Named::AsItWas => standing.check_as_it_was(edits),
    }
    .map_err(fault)?;
    let mut edits = edits.to_vec();
    if named == Named::Checked {
        PersonalRecord::check_typed(&edits, state.now()).map_err(fault)?;
        let after = standing.with(&edits);
        check_evidence(state, &edits, &after)?;
        let newest = state.programme()?.map(|pack| pack.version);
        let today = local_day(state.now());
        check_versions(&edits, newest)?;
        edits.extend(keys_of_programme::completed(state, &edits, &after)?);
        if let Some(pack) = state.programme()? {
            edits.extend(completions::completed(state, &pack.programme, &edits, (&after, today))?);
        }
    }
    edits.extend(completed_by(state, &standing, &standing.with(&edits))?);
    let row = match known {
        Some(row) => row,
        None => begin(state, &facts, id)?,
    };
    let target = Target { facts, row };
    let edits: Vec<Edit> = edits.into_iter().map(Edit::PersonalRecord).collect();
    edits::edit(state, &target, None, &edits).map(drop)
}

/// Refuses a version of the programme's content that nobody has seen here, and a version of a
/// statement beside it: that one is kept with the statement, as the core writes it.
fn check_versions(edits: &[RecordEdit], newest: Option<u64>) -> Result<(), Error> {
    for edit in edits {
        let named = match edit {
            RecordEdit::ActivityCompletion {
                edit: ActivityCompletionEdit::PackVersion(version),
                ..
            }
            | RecordEdit::ModuleCompletion {
                edit: ModuleCompletionEdit::PackVersion(version),
                ..
            } => version.map(|version| u64::from(version.0)),
            RecordEdit::EvidenceLink {
                id,
                edit: EvidenceLinkEdit::Said(_) | EvidenceLinkEdit::Version(_),
            } if !has_statement(edits, *id) => {
                let why = "what a statement says is kept with it, and so is the version; set the \
                           statement anew";
                return Err(Error::invalid(InputField::Edit, why));
            }
            _ => None,
        };
        let is_known = |version| (1..=newest.unwrap_or(0)).contains(&version);
        if let Some(version) = named.filter(|version| !is_known(*version)) {
            let newest = newest.map_or_else(
                || "none is here yet".to_owned(),
                |newest| format!("the newest here is {newest}"),
            );
            let why = format!("no version {version} of the programme's content is known: {newest}");
            return Err(Error::invalid(InputField::Edit, why));
        }
    }
    Ok(())
}

fn has_statement(edits: &[RecordEdit], link: ItemId) -> bool {
    edits.iter().any(|edit| {
        let RecordEdit::EvidenceLink { id, edit } = edit else { return false };
        *id == link && matches!(edit, EvidenceLinkEdit::Statement(_))
    })
}

/// Refuses to give as evidence what was deleted, or what the record never had. A document that has
/// not come to this device may be given.
fn check_evidence(
    state: &State,
    edits: &[RecordEdit],
    after: &PersonalRecord,
) -> Result<(), Error> {
    for source in edits.iter().filter_map(given_as_evidence) {
        match source {
            EvidenceSource::Document(id) => {
                if state.store().state(id)? == Some(DocumentState::Deleted) {
                    documents::row(state.store(), id)?;
                }
            }
            EvidenceSource::Item(id) => {
                if after.noun_of(id).is_none() && !after.taken_back.contains_key(&id) {
                    let (of, noun) = ("evidence", Noun::LearningSession);
                    return Err(fault(RecordFault::Unknown { of, noun, id }));
                }
            }
        }
    }
    Ok(())
}

/// What an edit gives as evidence: for a statement, of a completion, as what a debrief says.
const fn given_as_evidence(edit: &RecordEdit) -> Option<EvidenceSource> {
    match edit {
        RecordEdit::EvidenceLink { edit: EvidenceLinkEdit::Evidence(source), .. } => Some(*source),
        RecordEdit::ActivityCompletion {
            edit: ActivityCompletionEdit::Evidence(source), ..
        }
        | RecordEdit::ModuleCompletion { edit: ModuleCompletionEdit::Evidence(source), .. }
        | RecordEdit::Debrief { edit: DebriefEdit::Evidence(source), .. } => *source,
        _ => None,
    }
}

/// The edits that note which modules are complete with what is about to be written. It is noted
/// once, when it comes about: whatever becomes of the module later, it was completed.
fn completed_by(
    state: &mut State,
    before: &PersonalRecord,
    after: &PersonalRecord,
) -> Result<Vec<RecordEdit>, Error> {
    let Some(pack) = state.programme()? else { return Ok(Vec::new()) };
    let now = state.now();
    let today = local_day(now);
    let mut edits = Vec::new();
    for module in &pack.programme.modules {
        // A new version of the pack may ask for less than there is. Who took a completion back has
        // said that there is none yet, and is asked no more until more is done.
        let is_new = !is_satisfied(module, before, today) || !was_taken_back(module, after);
        let is_there = is_satisfied(module, after, today);
        if is_new && is_there && after.module_completed(&module.key).is_none() {
            let is_done = |one: &&Activity| after.progress(&one.key).completed_at.is_some();
            let done = module.activities.iter().filter(is_done);
            let done: Vec<&str> = done.map(|activity| activity.key.as_str()).collect();
            let fact = ModuleCompletion {
                module: module.key.clone(),
                at: now,
                pack_version: in_pack(&pack),
                activities: done.join(" "),
                minutes: Some(minutes_on(module, after, today)),
                ..ModuleCompletion::default()
            };
            edits.extend(fact.adding(state.environment().item_id()));
        }
    }
    Ok(edits)
}

fn in_pack(pack: &InstalledPack) -> Option<Whole> {
    u32::try_from(pack.version).ok().map(Whole)
}

fn fault(fault: RecordFault) -> Error {
    let field = match &fault {
        RecordFault::NoMinutes
        | RecordFault::OnlineLonger { .. }
        | RecordFault::Range { field: "minutes" | "online", .. } => InputField::Minutes,
        RecordFault::Blank { noun: Noun::LearningSession, .. } => InputField::Title,
        RecordFault::Future { noun: Noun::LearningSession, .. } => InputField::Start,
        _ => InputField::Edit,
    };
    Error::invalid(field, fault)
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
pub(super) fn record_of(person: PersonId) -> DocumentId {
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
