//! What became of something since it was signed, or asked to be.

use enhance_documents::{Content, Document};
use enhance_model::{
    DocumentId, DocumentKind, Version,
    change_project::{ChangeProject, in_words},
    sign_off::{Difference, SignOffRequest, Subject, SubjectKind},
};
use serde::Serialize;

use super::subjects;
use crate::{
    asked::record,
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
    /// What was signed is not on this device, which may not even be allowed to read it.
    Unknown,
}

/// What became of what a request is about since it was asked.
pub(crate) fn changed_since(state: &mut State, request: DocumentId) -> Result<ChangedSince, Error> {
    let row = state.row_of(request, DocumentKind::SignOffRequest)?;
    let (_, SignOffRequest { subject, text, .. }) = state.shown(request)?;
    let is_mine = state.facts()?.is_me(row.owner);
    match subject.kind {
        SubjectKind::Module | SubjectKind::Sessions if !is_mine => Ok(ChangedSince::Unknown),
        SubjectKind::Module => {
            let now = subjects::module_now(state, &subject.key)?;
            Ok(between(&text, &now, Vec::new()))
        }
        SubjectKind::Sessions => {
            let now = subjects::sessions_in(&record::read(state)?, &subject.items);
            Ok(between(&text, &now, Vec::new()))
        }
        _ => of_document(state, &subject),
    }
}

/// A document is compared with itself as it stood, so that an app that writes it down in other words
/// finds no change where there is none.
fn of_document(state: &mut State, subject: &Subject) -> Result<ChangedSince, Error> {
    let Some(id) = subject.document else { return Ok(ChangedSince::Unknown) };
    let Some(row) = state.active(id)?.filter(has_content) else {
        return Ok(ChangedSince::Unknown);
    };
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
    let (_, before) = subjects::text_at(document, then, &names)?;
    let (_, after) = subjects::text_at(document, &now, &names)?;
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
    if signed == now {
        return ChangedSince::Unchanged;
    }
    ChangedSince::Changed { difference: Difference::between(signed, now), sentences }
}
