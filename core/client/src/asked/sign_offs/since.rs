//! What became of something since it was signed, or asked to be.

use std::collections::BTreeSet;

use enhance_documents::{Content, Document};
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Quoted, Version,
    change_project::{ChangeProject, in_words},
    personal_record::PersonalRecord,
    sign_off::{
        Difference, ModuleNames, SignOffRequest, Subject, SubjectKind, is_of_completed_module,
        is_same_module, knows_module, text_hash,
    },
};
use enhance_store::DocumentState;
use serde::Serialize;

use super::{
    paper::{SignOffPaper, SinceThen},
    subjects,
};
use crate::{
    asked::{export::id, record},
    error::Error,
    state::{State, documents::has_content},
};

/// Whether something still says what was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "since", rename_all = "snake_case")]
pub enum ChangedSince {
    Unchanged,
    Changed {
        /// The lines in which it differs.
        difference: Difference,
        /// Of a project, what was done to it since, in sentences.
        sentences: Vec<String>,
    },
    /// What was signed is gone: its document was deleted, its sessions were taken out of the log,
    /// or the module is not completed any more. What was signed of it stays.
    Deleted,
    /// What was signed is not on this device, which may not even be allowed to read it.
    Unknown,
}

impl ChangedSince {
    /// What goes along with it to where it cannot be compared; none if nobody knows.
    pub(in crate::asked) const fn since_then(&self) -> Option<SinceThen> {
        match self {
            Self::Unchanged => Some(SinceThen::Unchanged),
            Self::Changed { .. } => Some(SinceThen::Changed),
            Self::Deleted => Some(SinceThen::Deleted),
            Self::Unknown => None,
        }
    }
}

/// What became of what a request is about since it was asked.
pub(crate) fn changed_since(state: &mut State, request: DocumentId) -> Result<ChangedSince, Error> {
    let row = state.row_of(request, DocumentKind::SignOffRequest)?;
    let (_, SignOffRequest { subject, text, .. }) = state.shown(request)?;
    let is_mine = state.facts()?.is_me(row.owner);
    match subject.kind {
        SubjectKind::Module | SubjectKind::Sessions if !is_mine => Ok(ChangedSince::Unknown),
        SubjectKind::Module => of_module(state, &subject.key, &text),
        SubjectKind::Sessions => {
            let names = subjects::titles(state)?;
            Ok(of_sessions(&record::read(state)?, &subject.items, (&text, &names)))
        }
        _ => of_document(state, &subject, &text),
    }
}

/// A module that was complete when it was signed and is not any more is gone as what it was. What
/// the record never had of it may still come.
fn of_module(state: &mut State, key: &str, text: &str) -> Result<ChangedSince, Error> {
    let record = record::read(state)?;
    let names = subjects::module_names(state, &record)?;
    if !knows_module(&record, key, text, &names) {
        return Ok(ChangedSince::Unknown);
    }
    Ok(between_modules(text, &subjects::module_now(state, (key, &names), text)?, &names))
}

fn between_modules(text: &str, now: &str, names: &ModuleNames) -> ChangedSince {
    if is_of_completed_module(text) && !is_of_completed_module(now) {
        return ChangedSince::Deleted;
    }
    if is_same_module(text, now, names) {
        return ChangedSince::Unchanged;
    }
    between(text, now, Vec::new())
}

/// What was signed of a module in another account, and what is read back of it here, with the
/// documents that show it named alike: they got ids of their own on the way. Where they went
/// through a third account their ids tell nothing, and are left out of both.
fn evidence_here(state: &mut State, then: &str, now: String) -> Result<(String, String), Error> {
    const EVIDENCE: &str = "shown by: document:";
    let here = state.facts()?.person.id;
    let (mut lines, mut is_known) = (Vec::new(), true);
    for line in then.split_inclusive('\n') {
        let id = line.strip_prefix(EVIDENCE).and_then(|id| id.trim_end().parse().ok());
        lines.push(match id {
            Some(before) if state.store().state(before)?.is_none() => {
                let after = id::of_document(here, before);
                is_known &= state.store().state(after)?.is_some();
                format!("{EVIDENCE}{after}\n")
            }
            _ => line.to_owned(),
        });
    }
    if is_known {
        return Ok((lines.concat(), now));
    }
    let is_other = |line: &&str| !line.starts_with(EVIDENCE);
    let without = |text: &str| text.split_inclusive('\n').filter(is_other).collect::<String>();
    Ok((without(then), without(&now)))
}

fn of_sessions(
    record: &PersonalRecord,
    items: &BTreeSet<ItemId>,
    then: (&str, &ModuleNames),
) -> ChangedSince {
    let gone: Vec<&ItemId> = items.iter().filter(|id| !record.sessions.contains_key(id)).collect();
    if gone.iter().any(|id| !record.taken_back.contains_key(id)) {
        return ChangedSince::Unknown;
    }
    if gone.len() == items.len() {
        return ChangedSince::Deleted;
    }
    let label = |id: &ItemId| record.taken_back.get(id).map_or("", |thing| thing.label.as_str());
    let sentence = |id: &&ItemId| format!("The session {} was deleted.", Quoted(label(id)));
    let sentences = gone.iter().map(sentence).collect();
    between(then.0, &subjects::sessions_now(record, items, then), sentences)
}

/// What became of what a sign-off in a file is of, as it was read back here. A document has lost
/// its history on the way, so that its text is compared with the one that was signed.
pub(super) fn of_paper(
    state: &mut State,
    record: &PersonalRecord,
    paper: &SignOffPaper,
    document: Option<DocumentId>,
) -> Result<ChangedSince, Error> {
    let SignOffPaper { sign_off, text, .. } = paper;
    let subject = &sign_off.subject;
    match subject.kind {
        SubjectKind::Module => {
            let names = subjects::module_names(state, record)?;
            if !knows_module(record, &subject.key, text, &names) {
                return Ok(ChangedSince::Unknown);
            }
            let now = subjects::module_now(state, (&subject.key, &names), text)?;
            let (then, now) = evidence_here(state, text, now)?;
            return Ok(between_modules(&then, &now, &names));
        }
        SubjectKind::Sessions => {
            let names = subjects::titles(state)?;
            return Ok(of_sessions(record, &subject.items, (text, &names)));
        }
        _ => {}
    }
    let Some(id) = document else { return Ok(ChangedSince::Unknown) };
    if state.store().state(id)? == Some(DocumentState::Deleted) {
        return Ok(ChangedSince::Deleted);
    }
    let Some(row) = state.active(id)?.filter(has_content) else {
        return Ok(ChangedSince::Unknown);
    };
    let names = paper.names(subjects::names(state)?);
    let now = subjects::text_as_before(text, &state.document(&row)?.content()?, &names)?;
    Ok(between(text, &now, Vec::new()))
}

/// A document is compared with itself as it stood, so that an app that writes it down in other words
/// finds no change where there is none.
fn of_document(state: &mut State, subject: &Subject, text: &str) -> Result<ChangedSince, Error> {
    let Some(id) = subject.document else { return Ok(ChangedSince::Unknown) };
    if state.store().state(id)? == Some(DocumentState::Deleted) {
        return Ok(ChangedSince::Deleted);
    }
    let Some(row) = state.active(id)?.filter(has_content) else {
        return Ok(ChangedSince::Unknown);
    };
    if subject.version == row.version {
        return Ok(ChangedSince::Unchanged);
    }
    let names = subjects::names(state)?;
    let document = state.document(&row)?;
    let (then, now) = (&subject.version, document.version());
    if *then == now {
        return Ok(ChangedSince::Unchanged);
    }
    if !then.heads().iter().all(|head| document.contains(*head)) {
        return Ok(ChangedSince::Unknown);
    }
    let sentences = in_words(&project(document, then)?.deeds(&project(document, &now)?));
    let before = subjects::text_like(text, (document, then), &names)?;
    let after = subjects::text_like(text, (document, &now), &names)?;
    Ok(between(&before, &after, sentences))
}

/// The project in a document; an empty one if it is none.
fn project(document: &Document, version: &Version) -> Result<ChangeProject, Error> {
    match document.content_at(version)? {
        Content::ChangeProject(project) => Ok(*project),
        _ => Ok(ChangeProject::default()),
    }
}

fn between(signed: &str, now: &str, sentences: Vec<String>) -> ChangedSince {
    // As `verify` takes them: other line ends, and an accent that is written otherwise, are no edit.
    if signed == now || text_hash(signed) == text_hash(now) {
        return ChangedSince::Unchanged;
    }
    ChangedSince::Changed { difference: Difference::between(signed, now), sentences }
}
