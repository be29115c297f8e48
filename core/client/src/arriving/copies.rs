//! Copies that go with what they are of: its owner deleted it with them on another device, which
//! knew of no copy that was made on this one meanwhile.

use std::collections::BTreeSet;

use enhance_documents::Content;
use enhance_model::{
    DocumentId, DocumentKind, Timestamp, reflection::Reflection, sign_off::SignOffRequest,
};
use enhance_store::{DocumentRow, DocumentState, Entry, Origin, StoreReader, Write};

use crate::{
    error::Error,
    state::{State, facts::Facts, rows},
    writing::{entries, target::Target},
};

/// A copy that is deleted here, and then everywhere.
pub(super) struct TakenBack {
    pub(super) document: DocumentId,
    deletion: Entry,
    at: Timestamp,
}

impl TakenBack {
    /// Writes that it is gone, and offers that to the server.
    pub(super) fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        write.delete_document(self.document)?;
        write.remove_meta(&noted_as(self.document))?;
        write.put_entry(&self.deletion, Origin::Here { at: self.at })?;
        Ok(())
    }
}

/// How the key of a fact begins that says of which reflection a copy is.
const NOTED: &str = "reflection of copy ";

/// Where it is kept of which reflection a copy is, whose note of it the server refused.
fn noted_as(copy: DocumentId) -> String {
    format!("{NOTED}{copy}")
}

/// The copies that a document says it has.
pub(super) fn noted_in(content: Option<&Content>) -> BTreeSet<DocumentId> {
    match content {
        Some(Content::Reflection(reflection)) => reflection.copies.keys().copied().collect(),
        _ => BTreeSet::new(),
    }
}

/// Notes of which reflection these copies are, since the reflection itself says so no more.
pub(super) fn note(
    write: &mut Write<'_>,
    reflection: DocumentId,
    copies: &BTreeSet<DocumentId>,
) -> Result<(), Error> {
    copies.iter().try_for_each(|copy| Ok(write.set_meta(&noted_as(*copy), reflection.as_bytes())?))
}

/// What takes back the copies of a document of this person that are known here, but for what was
/// signed, which is evidence.
pub(super) fn take_back(state: &mut State, of: &DocumentRow) -> Result<Vec<TakenBack>, Error> {
    let facts = state.facts()?;
    let mut taken = Vec::new();
    for document in unsigned(state.store(), &facts, of)? {
        let target = Target { facts: facts.clone(), row: state.row(document)? };
        let deletion = entries::deletion(state, &target, false)?;
        taken.push(TakenBack { document, deletion, at: state.now() });
    }
    Ok(taken)
}

fn unsigned(
    store: &StoreReader,
    facts: &Facts,
    of: &DocumentRow,
) -> Result<BTreeSet<DocumentId>, Error> {
    let mut copies = BTreeSet::new();
    let is_mine = |kind, id| -> Result<bool, Error> {
        let found = store.document(id)?.filter(|(_, standing)| *standing == DocumentState::Active);
        Ok(found.is_some_and(|(row, _)| row.kind == kind && facts.is_me(row.owner)))
    };
    if of.kind == DocumentKind::Reflection {
        let shown = rows::shown_if_any::<Reflection>(store, of.id)?;
        let mut noted: Vec<DocumentId> =
            shown.into_iter().flat_map(|(_, shown)| shown.copies.into_keys()).collect();
        let kept = store.metas_saying(NOTED, of.id.as_bytes())?;
        let of_key = |key: &String| key.strip_prefix(NOTED)?.parse::<DocumentId>().ok();
        noted.extend(kept.iter().filter_map(of_key));
        for copy in noted {
            if is_mine(DocumentKind::SharedReflection, copy)? {
                copies.insert(copy);
            }
        }
    }
    let mut subjects = copies.clone();
    subjects.insert(of.id);
    for subject in subjects {
        for request in store.naming(DocumentKind::SignOffRequest, &subject.to_string())? {
            let shown = rows::shown_if_any::<SignOffRequest>(store, request)?;
            let is_about = shown.is_some_and(|(_, it)| it.subject.document == Some(subject));
            if !is_about || !is_mine(DocumentKind::SignOffRequest, request)? {
                continue;
            }
            let about = store.documents_about(request)?;
            if about.iter().any(|row| row.kind == DocumentKind::SignOff) {
                copies.remove(&subject);
            } else {
                copies.insert(request);
            }
        }
    }
    Ok(copies)
}
