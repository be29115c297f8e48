//! Copies that go with what they are of: its owner deleted it with them on another device, which
//! knew of no copy that was made on this one meanwhile.

use std::collections::BTreeSet;

use enhance_documents::Content;
use enhance_model::{
    DocumentId, DocumentKind, Timestamp, reflection::Reflection, sign_off::SignOffRequest,
};
use enhance_store::{DocumentRow, Entry, Origin, StoreReader, Write};

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

/// Where it is kept of which reflection a copy is, whose note of it the server refused.
fn noted_as(copy: DocumentId) -> String {
    format!("reflection of copy {copy}")
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
    if of.kind == DocumentKind::Reflection {
        let noted = rows::shown_if_any::<Reflection>(store, of.id)?;
        let noted: BTreeSet<_> =
            noted.into_iter().flat_map(|(_, shown)| shown.copies.into_keys()).collect();
        for listed in store.list(DocumentKind::SharedReflection, None, u32::MAX)? {
            let copy = listed.summary.document;
            let is_of = noted.contains(&copy)
                || store.meta(&noted_as(copy))?.as_deref() == Some(of.id.as_bytes().as_slice());
            if is_of && facts.is_me(listed.owner) {
                copies.insert(copy);
            }
        }
    }
    let mut subjects = copies.clone();
    subjects.insert(of.id);
    for listed in store.list(DocumentKind::SignOffRequest, None, u32::MAX)? {
        let request = listed.summary.document;
        let shown = rows::shown_if_any::<SignOffRequest>(store, request)?;
        let subject = shown.and_then(|(_, shown)| shown.subject.document);
        let subject = subject.filter(|one| facts.is_me(listed.owner) && subjects.contains(one));
        let Some(subject) = subject else { continue };
        let about = store.documents_about(request)?;
        if about.iter().any(|row| row.kind == DocumentKind::SignOff) {
            copies.remove(&subject);
        } else {
            copies.insert(request);
        }
    }
    Ok(copies)
}
