//! A person's own words, before they would be lost: what they wrote and the server did not take
//! goes into the quarantine, where it can be read, exported and often be done once more.

use std::collections::BTreeSet;

use enhance_documents::{Document, FieldEdit, gate};
use enhance_model::{ChangeHash, DocumentId, DocumentKind, ItemId, RefusalCode, Version};
use enhance_store::{DocumentRow, Draft, Entry, NewQuarantine, Store, Write};

use super::kept::{self, KeptFile};
use crate::{
    error::Error,
    state::{State, open_document::change_bytes, projection::searched_text},
    writing::{
        drafts, edits,
        entries::{self, own_unstored},
        target::Target,
    },
};

/// In the place of a field, where all words of a document are kept.
const SHOWN_LAST: &str = "everything";

/// Why work goes into the quarantine.
#[derive(Debug, Clone)]
pub(super) struct Reason {
    pub(super) code: RefusalCode,
    pub(super) explanation: String,
}

/// Entries with what a person needs to read them.
#[derive(Debug, Clone)]
pub(super) struct Rescue {
    about: NewQuarantine,
    entries: Vec<Entry>,
    /// Attached files that are kept with it.
    files: Vec<ItemId>,
}

impl Rescue {
    /// Pieces of work; what was only typed is one.
    pub(super) fn count(&self) -> u64 {
        (self.entries.len() as u64).max(1)
    }

    /// Says what the document is called, where it is not here.
    pub(super) fn call(&mut self, title: String) {
        self.about.title = title;
    }

    /// Moves the entries out of their document, if they are still in it, into the quarantine.
    pub(super) fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        write.quarantine_entries(&self.about, &self.entries)?;
        Ok(write.keep_attachments(self.about.document, &self.files)?)
    }
}

/// An entry that carries a change, and that change.
pub(super) struct UnstoredChange {
    pub(super) entry: Entry,
    pub(super) hash: ChangeHash,
    pub(super) bytes: Vec<u8>,
}

/// The content entries among `entries` with the changes in them. What cannot be opened is left
/// out.
pub(super) fn carried(
    state: &mut State,
    row: &DocumentRow,
    entries: Vec<Entry>,
) -> Result<Vec<UnstoredChange>, Error> {
    let key = if row.kind.is_sealed() { Some(state.document_key(row.id)?) } else { None };
    let content = entries.into_iter().filter(|entry| entry.kind.is_content());
    let carried = content.filter_map(|entry| {
        let bytes = change_bytes(entry.clone(), key.as_ref()).ok()?;
        let hash = gate::scan(&bytes, gate::MAX_CHANGE_BYTES).ok()?.hash;
        Some(UnstoredChange { entry, hash, bytes })
    });
    Ok(carried.collect())
}

/// Work of this device in a document, with what was only typed and files that were never sent,
/// readable, and the document still as it is.
pub(super) fn rescue(
    state: &mut State,
    row: &DocumentRow,
    carried: Vec<UnstoredChange>,
    (typed, files): (Vec<FieldEdit>, &[KeptFile]),
    reason: &Reason,
) -> Result<Rescue, Error> {
    let changes: Vec<Vec<u8>> = carried.iter().map(|one| one.bytes.clone()).collect();
    let document = state.document(row)?;
    let mut edits = document.readable(&changes).unwrap_or_default();
    edits.extend(typed);
    let hashes: Vec<ChangeHash> = carried.iter().map(|one| one.hash).collect();
    let base = base_of(document, &hashes);
    let entries = carried.into_iter().map(|one| one.entry).collect();
    let about = about(state, row, (edits, files), base, reason)?;
    Ok(Rescue { about, entries, files: files.iter().map(|file| file.id).collect() })
}

/// A note that something other than words was refused.
pub(super) fn note(
    state: &State,
    row: &DocumentRow,
    entry: Entry,
    reason: &Reason,
) -> Result<Rescue, Error> {
    let about = about(state, row, (Vec::new(), &[]), row.version.clone(), reason)?;
    Ok(Rescue { about, entries: vec![entry], files: Vec::new() })
}

/// Work in a document that cannot be opened any more, with all of its words as screens showed them
/// last: which of them are in this work is not known.
pub(super) fn shown_last(
    state: &State,
    row: &DocumentRow,
    entries: Vec<Entry>,
    reason: &Reason,
) -> Result<Rescue, Error> {
    let words = state.store().projection(row.id)?.as_ref().and_then(searched_text);
    let edit = |after| FieldEdit { path: SHOWN_LAST.to_owned(), before: String::new(), after };
    let edits = words.map(edit).into_iter().collect();
    let about = about(state, row, (edits, &[]), row.version.clone(), reason)?;
    Ok(Rescue { about, entries, files: Vec::new() })
}

fn about(
    state: &State,
    row: &DocumentRow,
    (edits, files): (Vec<FieldEdit>, &[KeptFile]),
    base: Version,
    reason: &Reason,
) -> Result<NewQuarantine, Error> {
    // What is said about something is called like that.
    let called = row.about.filter(|_| row.kind == DocumentKind::Comments).unwrap_or(row.id);
    let title = state.store().projection(called)?.map(|shown| shown.summary.title);
    let readable = kept::written(edits, files)?;
    Ok(NewQuarantine {
        document: row.id,
        kind: row.kind,
        title: title.unwrap_or_default(),
        code: reason.code.to_string(),
        explanation: reason.explanation.clone(),
        readable,
        base,
        at: state.now(),
    })
}

/// Everything this device wrote in a document that is about to go, and that the server did not
/// take, or that whoever deletes it had not seen: drafts, changes and attached files.
pub(super) fn own_words(
    state: &mut State,
    document: DocumentId,
    seen: Option<&Version>,
    reason: &Reason,
) -> Result<Option<Rescue>, Error> {
    let Some(row) = state.active(document)? else { return Ok(None) };
    if row.kind.is_sealed() && state.store().document_key(document)?.is_none() {
        return Ok(None);
    }
    let target = Target { facts: state.facts()?, row };
    let typed = drafts::of(state.store(), document);
    if let Err(error) = typed.and_then(|typed| edits::settle(state, &target, typed)) {
        let code = error.code();
        tracing::warn!(%document, code, "what was being typed could not be settled");
    }
    // What would not settle, for example because it is too long, is kept as it was typed.
    let typed: Vec<FieldEdit> = state.store().drafts(document)?.into_iter().map(as_typed).collect();
    let unstored = own_unstored(state.store(), document, &target.facts)?;
    let unstored = state.store().entries(&unstored)?;
    let mut carried = carried(state, &target.row, unstored)?;
    if let Some(seen) = seen
        && let Err(error) = unseen(state, &target, seen, &mut carried)
    {
        let code = error.code();
        tracing::warn!(%document, code, "what was not seen could not be kept");
    }
    let files = kept::files(state, &target.row, None)?;
    if carried.is_empty() && typed.is_empty() && files.is_empty() {
        return Ok(None);
    }
    rescue(state, &target.row, carried, (typed, &files), reason).map(Some)
}

/// Adds what this device wrote in a plain document and is not in what was seen of it.
fn unseen(
    state: &mut State,
    Target { facts, row, .. }: &Target,
    seen: &Version,
    carried: &mut Vec<UnstoredChange>,
) -> Result<(), Error> {
    let create = state.create_of(row.id)?;
    let document = state.document(row)?;
    let own = document.history().into_iter().filter(|one| one.author == Some(facts.device));
    let mut own: BTreeSet<ChangeHash> = own.map(|one| one.hash).collect();
    for known in carried.iter() {
        own.remove(&known.hash);
    }
    for change in document.changes_not_in(seen) {
        if own.contains(&change.hash) {
            let (hash, bytes) = (change.hash, change.bytes.clone());
            let by = (facts.device, facts.person.id);
            let entry = entries::of_known_change(row.id, change, create, by);
            carried.push(UnstoredChange { entry, hash, bytes });
        }
    }
    Ok(())
}

/// What was refused of a document before and the person has not dealt with yet. What was refused
/// because of what happens now is said in its words.
pub(super) fn refused_before(
    store: &Store,
    document: DocumentId,
    reason: &Reason,
) -> Result<Vec<Rescue>, Error> {
    let mut before = Vec::new();
    for quarantine in store.quarantines(true)? {
        if quarantine.about.document == document
            && let Some((kept, entries)) = store.quarantine(quarantine.id)?
        {
            let mut about = kept.about;
            if about.code == reason.code.as_str() {
                about.explanation.clone_from(&reason.explanation);
            }
            let files = kept::read(&about.readable).map(|(_, files)| files).unwrap_or_default();
            let files = files.into_iter().map(|file| file.id).collect();
            before.push(Rescue { about, entries, files });
        }
    }
    Ok(before)
}

/// A draft as what it would have changed.
fn as_typed(draft: Draft) -> FieldEdit {
    FieldEdit { path: draft.field, before: String::new(), after: draft.text }
}

/// The version that changes were made on: what they depend on outside of themselves.
fn base_of(document: &mut Document, changes: &[ChangeHash]) -> Version {
    let deps = changes.iter().filter_map(|hash| document.change(*hash)).flat_map(|one| one.deps);
    Version::new(deps.filter(|dep| !changes.contains(dep)).collect())
}
