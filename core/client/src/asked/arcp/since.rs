//! What became of what was signed, by the versions of which a page is made.

use std::collections::{BTreeMap, BTreeSet};

use enhance_documents::Content;
use enhance_model::{
    DocumentId, Version,
    personal_record::PersonalRecord,
    programme::{Module, Programme},
    sign_off::{SignOffRequest, Subject, SubjectKind, module_text},
};

use crate::{
    asked::sign_offs::subjects,
    error::Error,
    state::{State, documents::has_content},
};

/// What became of something since a supervisor was asked to sign it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    AsItWas,
    Changed,
    /// Its document was deleted.
    Deleted,
    /// Its sessions, or the completion of its module, were taken back.
    TakenBack,
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

/// What became of what each request is about, by its id, as a record and a programme have it.
pub(super) fn all(
    state: &mut State,
    (record, programme): (&PersonalRecord, Option<&Programme>),
    documents: &BTreeMap<DocumentId, (Version, Content)>,
    deleted: &BTreeSet<DocumentId>,
) -> Result<BTreeMap<DocumentId, Since>, Error> {
    let mut all = BTreeMap::new();
    for (id, request) in requests(documents) {
        let since = match request.subject.kind {
            SubjectKind::Module => {
                let module = programme.and_then(|one| one.module(&request.subject.key));
                of_module(record, module, request)
            }
            SubjectKind::Sessions => of_sessions(record, request),
            _ => {
                let document = request.subject.document;
                let now = document.and_then(|id| documents.get(&id)).map(|(version, _)| version);
                let is_deleted = document.is_some_and(|id| deleted.contains(&id));
                if is_deleted { Since::Deleted } else { of_document(state, request, now)? }
            }
        };
        all.insert(id, since);
    }
    Ok(all)
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
    let is_same =
        subjects::text_at(document, then, &names)? == subjects::text_at(document, now, &names)?;
    Ok(if is_same { Since::AsItWas } else { Since::Changed })
}

fn of_sessions(record: &PersonalRecord, request: &SignOffRequest) -> Since {
    let items = &request.subject.items;
    if items.iter().all(|id| !record.sessions.contains_key(id)) {
        let is_known = items.iter().any(|id| record.taken_back.contains_key(id));
        return if is_known { Since::TakenBack } else { Since::NotHere };
    }
    compared(&request.text, &subjects::sessions_in(record, items))
}

/// Of a module that was complete the record alone says what it says. One that was not is compared
/// by the activities that it named, and by those of the programme that were completed since.
fn of_module(record: &PersonalRecord, module: Option<&Module>, request: &SignOffRequest) -> Since {
    let is_complete = |text: &str| text.lines().any(|line| line.starts_with("completed: "));
    let then = &request.text;
    let activities = then.lines().filter_map(|line| line.split_once(": "));
    let activities: Vec<String> = activities.map(|(key, _)| key.to_owned()).collect();
    let now = module_text(record, &request.subject.key, &activities);
    if is_complete(then) && !is_complete(&now) {
        return Since::TakenBack;
    }
    let mut others = module.into_iter().flat_map(|module| &module.activities);
    let has_more = others.any(|one| {
        !activities.contains(&one.key) && record.progress(&one.key).completed_at.is_some()
    });
    if !is_complete(then) && has_more {
        return Since::Changed;
    }
    compared(then, &now)
}

fn compared(then: &str, now: &str) -> Since {
    if then == now { Since::AsItWas } else { Since::Changed }
}
