//! What became of what was signed, by the versions of which a page is made.

use std::collections::{BTreeMap, BTreeSet};

use enhance_documents::Content;
use enhance_model::{
    DocumentId, ItemId, Version,
    personal_record::{EvidenceSource, KeptSignOff, PersonalRecord},
    programme::{Module, Programme},
    sign_off::{
        ModuleNames, SignOffRequest, Subject, SubjectKind, activities_in, is_of_completed_module,
        is_same_module, knows_module, module_text, names_evidence_by_id,
    },
};

use super::cited;
use crate::{
    asked::sign_offs::{paper::SignOffPaper, subjects},
    error::Error,
    state::{State, documents::has_content},
};

/// What became of all that was signed.
#[derive(Debug, Default)]
pub(super) struct SinceSigned {
    requests: BTreeMap<DocumentId, Since>,
    kept: BTreeMap<ItemId, Since>,
}

impl SinceSigned {
    /// What became of what a request is about.
    pub(super) fn of(&self, request: DocumentId) -> Since {
        self.requests.get(&request).copied().unwrap_or(Since::NotHere)
    }

    /// What became of what a sign-off is of that was read back.
    pub(super) fn of_kept(&self, id: ItemId) -> Since {
        self.kept.get(&id).copied().unwrap_or(Since::NotHere)
    }
}

/// What became of something since a supervisor was asked to sign it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    AsItWas,
    Changed,
    /// Its document was deleted.
    Deleted,
    /// Its sessions, or the completion of its module, were taken back.
    TakenBack,
    /// The trainee took back that they had asked for it; what was answered is kept.
    RequestTakenBack,
    /// It is not on this device, or not in that version.
    NotHere,
}

impl Since {
    /// As a panel reads it.
    pub(super) const fn in_words(self) -> &'static str {
        match self {
            Self::AsItWas => "as it was then",
            Self::Changed => "changed since",
            Self::Deleted => "deleted since",
            Self::TakenBack => "taken out of the record since",
            Self::RequestTakenBack => "the request was taken back since",
            Self::NotHere => "not on this device, so that nobody can say",
        }
    }
}

/// The requests among these documents.
fn requests(
    documents: &BTreeMap<DocumentId, (Version, Content)>,
) -> impl Iterator<Item = (DocumentId, &SignOffRequest)> {
    documents.iter().filter_map(|(id, (_, content))| match content {
        Content::SignOffRequest(request) => Some((*id, request)),
        _ => None,
    })
}

/// The keys of the modules that these documents ask to be signed.
pub(super) fn modules_signed(
    documents: &BTreeMap<DocumentId, (Version, Content)>,
) -> BTreeSet<&str> {
    let subjects = requests(documents).map(|(_, request)| &request.subject);
    let modules = subjects.filter(|subject| subject.kind == SubjectKind::Module);
    modules.map(|subject| subject.key.as_str()).collect()
}

/// What signed things are compared with: a record, a programme, and documents in their versions.
struct Now<'n> {
    record: &'n PersonalRecord,
    programme: Option<&'n Programme>,
    documents: &'n BTreeMap<DocumentId, (Version, Content)>,
    deleted: &'n BTreeSet<DocumentId>,
    names: ModuleNames,
}

/// What became of what each request is about, and each sign-off that was read back, as a record and
/// a programme have it.
pub(super) fn all(
    state: &mut State,
    (record, programme): (&PersonalRecord, Option<&Programme>),
    documents: &BTreeMap<DocumentId, (Version, Content)>,
    deleted: &BTreeSet<DocumentId>,
) -> Result<SinceSigned, Error> {
    let mut names = ModuleNames::of(programme);
    names.evidence = cited::names(record, documents, deleted);
    names.call_completions(record);
    let now = Now { record, programme, documents, deleted, names };
    let mut since = SinceSigned::default();
    for (id, request) in requests(documents) {
        let of_request = match request.subject.kind {
            SubjectKind::Module => now.module(&request.subject.key, &request.text),
            SubjectKind::Sessions => now.sessions(&request.subject.items, &request.text),
            _ => {
                let document = request.subject.document;
                let version = document.and_then(|id| documents.get(&id)).map(|(of, _)| of);
                let is_deleted = document.is_some_and(|id| deleted.contains(&id));
                if is_deleted { Since::Deleted } else { of_document(state, request, version)? }
            }
        };
        since.requests.insert(id, of_request);
    }
    for (id, kept) in &record.kept_sign_offs {
        since.kept.insert(*id, now.kept(state, kept)?);
    }
    Ok(since)
}

/// A document is compared with itself as it stood, since a version is another one for what changes
/// no word, such as a copy that was shared.
fn of_document(
    state: &mut State,
    request: &SignOffRequest,
    now: Option<&Version>,
) -> Result<Since, Error> {
    let Subject { document, version: then, .. } = &request.subject;
    let (Some(id), Some(now)) = (document, now) else { return Ok(Since::NotHere) };
    if now == then {
        return Ok(Since::AsItWas);
    }
    let Some(row) = state.active(*id)?.filter(has_content) else { return Ok(Since::NotHere) };
    let names = subjects::names(state)?;
    let document = state.document(&row)?;
    let is_here = |version: &Version| version.heads().iter().all(|head| document.contains(*head));
    if !is_here(then) || !is_here(now) {
        return Ok(Since::NotHere);
    }
    let before = subjects::text_like(&request.text, (document, then), &names)?;
    Ok(compared(before == subjects::text_like(&request.text, (document, now), &names)?))
}

impl Now<'_> {
    fn sessions(&self, items: &BTreeSet<ItemId>, then: &str) -> Since {
        let record = self.record;
        let gone = items.iter().filter(|id| !record.sessions.contains_key(id));
        if gone.clone().any(|id| !record.taken_back.contains_key(id)) {
            return Since::NotHere;
        }
        if gone.count() == items.len() {
            return Since::TakenBack;
        }
        compared(then == subjects::sessions_now(record, items, (then, &self.names)))
    }

    /// Of a module that was complete the record alone says what it says. One that was not is
    /// compared by the activities that it named, and by those that were completed after it.
    fn module(&self, key: &str, then: &str) -> Since {
        if !knows_module(self.record, key, then, &self.names) {
            return Since::NotHere;
        }
        let activities = activities_in(then);
        let activities = activities.map(|called| self.names.activity(called).unwrap_or(called));
        let activities: Vec<String> = activities.map(str::to_owned).collect();
        let names = (!names_evidence_by_id(then)).then_some(&self.names);
        let now = module_text(self.record, key, &activities, names);
        let was_complete = is_of_completed_module(then);
        if was_complete && !is_of_completed_module(&now) {
            return Since::TakenBack;
        }
        let module = self.programme.and_then(|one| one.module(key));
        let mut others = module.into_iter().flat_map(|module: &Module| &module.activities);
        let has_more = others.any(|one| {
            !activities.contains(&one.key) && self.record.progress(&one.key).completed_at.is_some()
        });
        if !was_complete && has_more {
            return Since::Changed;
        }
        compared(is_same_module(then, &now, &self.names))
    }

    /// What was read back has lost its history, so that its text is compared with the signed one.
    fn kept(&self, state: &State, kept: &KeptSignOff) -> Result<Since, Error> {
        let Some(paper) = SignOffPaper::in_record(kept) else { return Ok(Since::NotHere) };
        if self.deleted.contains(&paper.sign_off.request) {
            return Ok(Since::RequestTakenBack);
        }
        let Subject { kind, key, items, .. } = &paper.sign_off.subject;
        match kind {
            SubjectKind::Module => return Ok(self.module(key, &paper.text)),
            SubjectKind::Sessions => return Ok(self.sessions(items, &paper.text)),
            _ => {}
        }
        let Some(EvidenceSource::Document(document)) = kept.of else { return Ok(Since::NotHere) };
        if self.deleted.contains(&document) {
            return Ok(Since::Deleted);
        }
        let Some((_, content)) = self.documents.get(&document) else { return Ok(Since::NotHere) };
        if !matches!(content, Content::Reflection(_) | Content::ChangeProject(_)) {
            return Ok(Since::NotHere);
        }
        let names = paper.names(subjects::names(state)?);
        Ok(compared(subjects::text_as_before(&paper.text, content, &names)? == paper.text))
    }
}

fn compared(is_same: bool) -> Since {
    if is_same { Since::AsItWas } else { Since::Changed }
}
