//! Archives: private documents of this person as one of their devices sealed them together.
//!
//! What an archive holds is not opened document by document: its rows are kept as they come, so
//! that lists and search are there at once, and a document is opened when somebody looks at it.

mod merge;

use std::collections::BTreeSet;

use enhance_documents::{Content, Document};
use enhance_model::{DocumentId, DocumentKind, EntryHash, Timestamp, Version};
use enhance_protocol::{Archive, Create, EntryBody, Held, Item, PulledArchive, codec};
use enhance_store::{
    DocumentRow, DocumentSize, DocumentState, Entry, EntryKind, Fold, FoldHead, Origin, Write,
};

use self::merge::{is_held, merge};
use super::{
    judge::{Intake, judge, unreadable},
    page,
    slices::Slices,
};
use crate::{
    error::Error,
    keys::DocumentKey,
    state::{
        State,
        archive::{self, ArchivedDocument},
        documents::has_content,
        facts::Facts,
        lock::StateLock,
        open_document::compressed,
        projection::DocumentProjection,
        rows::row_of,
    },
};

/// Documents written in one transaction, so that nobody waits long for the lock.
const AT_ONCE: usize = 32;

/// Takes in an archive. Doing it twice is doing it once.
pub(crate) fn take_in(
    lock: &StateLock,
    facts: &Facts,
    pulled: &PulledArchive,
) -> Result<(), Error> {
    let PulledArchive { sequence, archive } = pulled;
    if archive.check().is_err() {
        tracing::warn!(sequence, "an archive contradicts itself");
        return Ok(());
    }
    if archive.sealed.is_empty() {
        return lock.with(|state| note(state, archive));
    }
    let Some(account_key) = &facts.account_key else {
        return lock.with(|state| keep_sealed(state, *sequence, archive));
    };
    let documents = match archive::open(account_key, archive) {
        Ok(documents) => documents,
        Err(error) => {
            tracing::warn!(sequence, %error, "an archive does not open");
            return Ok(());
        }
    };
    let mut held = archive.held.iter().zip(documents).peekable();
    while held.peek().is_some() {
        let some: Vec<_> = held.by_ref().take(AT_ONCE).collect();
        lock.with(|state| {
            let mut ready = Vec::with_capacity(some.len());
            for (held, document) in &some {
                let heads = heads(archive, held);
                ready.extend(one(state, facts, (*sequence, held.document), &heads, document)?);
            }
            state.write(|write| ready.iter().try_for_each(|ready| ready.write(write)))
        })?;
    }
    Ok(())
}

/// Takes in what came before the recovery key was typed.
pub(crate) fn take_in_sealed(lock: &StateLock, facts: &Facts) -> Result<(), Error> {
    for (sequence, body) in lock.with(|state| Ok(state.store().sealed_archives()?))? {
        if let Ok(archive) = codec::from_cbor(&body) {
            take_in(lock, facts, &PulledArchive { sequence, archive })?;
        }
        lock.with(|state| state.write(|write| Ok(write.remove_sealed_archive(sequence)?)))?;
    }
    let kept = lock.with(|state| Ok(state.store().after_archives()?))?;
    let items: Vec<Item> =
        kept.iter().filter_map(|body| codec::from_cbor(body).ok()).map(Item::Entry).collect();
    for part in page::pages(&items, facts) {
        let page = page::sort(part, facts);
        let slices = Slices::of(lock, facts, &page)?;
        lock.with(|state| slices.finish(state, |_, _| Ok(()), |_| Ok(())))?;
    }
    if kept.is_empty() {
        return Ok(());
    }
    lock.with(|state| state.write(|write| Ok(write.remove_after_archives()?)))
}

/// Keeps what came of documents that only archives make known which cannot be opened yet: the
/// server will not say it again.
pub(crate) fn keep_what_follows(state: &mut State, items: &[Item]) -> Result<(), Error> {
    let mut unknown = Vec::new();
    for item in items {
        if let Item::Entry(pulled) = item
            && state.store().document(pulled.offer.document)?.is_none()
        {
            unknown.push(pulled);
        }
    }
    if unknown.is_empty() {
        return Ok(());
    }
    let mut held = BTreeSet::new();
    for (_, body) in state.store().sealed_archives()? {
        let archive: Option<Archive> = codec::from_cbor(&body).ok();
        held.extend(archive.into_iter().flat_map(|archive| archive.held).map(|held| held.document));
    }
    unknown.retain(|pulled| held.contains(&pulled.offer.document));
    state.write(|write| {
        unknown.iter().try_for_each(|pulled| {
            let body = codec::to_cbor(pulled)
                .map_err(|error| Error::internal("keeping an entry").because(error))?;
            Ok(write.put_after_archive(pulled.sequence, &body)?)
        })
    })
}

/// Notes which documents an archive on the server holds: this device has all of them.
fn note(state: &mut State, archive: &Archive) -> Result<(), Error> {
    state.write(|write| {
        for held in &archive.held {
            write.mark_archived(held.document, &heads(archive, held))?;
        }
        Ok(())
    })
}

fn keep_sealed(state: &mut State, sequence: u64, archive: &Archive) -> Result<(), Error> {
    let body = codec::to_cbor(archive)
        .map_err(|error| Error::internal("keeping an archive").because(error))?;
    state.write(|write| Ok(write.put_sealed_archive(sequence, &body)?))
}

fn heads(archive: &Archive, held: &Held) -> Vec<FoldHead> {
    archive
        .ends(held)
        .map(|(device, end)| FoldHead {
            hash: end.hash,
            device: Some(device),
            counter: end.counter,
        })
        .collect()
}

/// One document of an archive: what is to be written of it where it is new.
fn one(
    state: &mut State,
    facts: &Facts,
    (sequence, id): (u64, DocumentId),
    heads: &[FoldHead],
    archived: &ArchivedDocument,
) -> Result<Option<Ready>, Error> {
    let found = state.store().document(id)?;
    if let Some((_, DocumentState::Deleted)) = found {
        return Ok(None);
    }
    let Some(new) = New::of(facts, (sequence, id), archived) else {
        tracing::warn!(document = %id, "an archive holds a document that cannot be read");
        return Ok(None);
    };
    match found {
        Some((row, DocumentState::Active)) if has_content(&row) => {
            merge(state, facts, &row, heads, archived).map(|()| None)
        }
        // What came sealed before this device had the key is kept beside it, and opened after it.
        _ => {
            let kept = state.store().tail(id)?.entries;
            let (holding, later): (Vec<_>, Vec<_>) =
                kept.into_iter().partition(|entry| is_held(entry, heads));
            let later = opened_after(facts, &new, archived, later, state.now())?;
            let holding: Vec<_> = holding.iter().map(|entry| entry.hash).collect();
            let fold = Fold {
                body: compressed(&archived.snapshot)?,
                heads: heads.to_vec(),
                size: DocumentSize { changes: archived.changes, bytes: archived.bytes },
                stored: true,
                archived: true,
            };
            Ok(Some(Ready { new, fold, holding, later }))
        }
    }
}

/// A document that is new here, with what is written of it.
struct Ready {
    new: New,
    fold: Fold,
    /// Entries that came sealed and are in the fold.
    holding: Vec<EntryHash>,
    /// What those came to that are not.
    later: Option<Intake>,
}

impl Ready {
    fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        let Self { new, fold, holding, later } = self;
        write.put_document(&new.row)?;
        write.put_document_key(new.row.id, new.key.as_bytes())?;
        write.put_entry(&new.create, new.origin)?;
        write.confirm_stored(holding)?;
        write.put_fold(new.row.id, fold, holding)?;
        new.shown.write(write)?;
        later.iter().try_for_each(|intake| intake.write(write))
    }
}

/// What envelopes come to that were kept sealed and are newer than the archive, if any are.
fn opened_after(
    facts: &Facts,
    new: &New,
    archived: &ArchivedDocument,
    later: Vec<Entry>,
    now: Timestamp,
) -> Result<Option<Intake>, Error> {
    if later.is_empty() {
        return Ok(None);
    }
    let Ok(present) = Document::open(&[&archived.snapshot], facts.device) else { return Ok(None) };
    let (row, key) = (&new.row, &new.key);
    let judgement = judge(facts, row, Some(key), later, Some(present));
    let shown = match judgement.document {
        None => None,
        Some(mut document) => Some(row_of(row, &mut document, None, facts)?),
    };
    let refused = judgement.refused.into_iter();
    let quarantined = refused.map(|(entry, code)| (unreadable(row, code, now), entry)).collect();
    let (row, key) = (row.clone(), Some(key.clone()));
    let (accepted, folded, catalogue) = (Vec::new(), Vec::new(), None);
    Ok(Some(Intake { row, key, accepted, shown, catalogue, quarantined, folded }))
}

/// A document that is new here.
struct New {
    row: DocumentRow,
    key: DocumentKey,
    create: Entry,
    origin: Origin,
    shown: DocumentProjection,
}

impl New {
    /// Nothing if what is archived is not a private document of this person.
    fn of(
        facts: &Facts,
        (sequence, id): (u64, DocumentId),
        archived: &ArchivedDocument,
    ) -> Option<Self> {
        let create = Create::read(&archived.create).ok()?;
        let account_key = facts.account_key.as_ref()?;
        let key = account_key.unwrap(create.wrapped_key.as_ref()?, id)?;
        let row = DocumentRow {
            id,
            kind: create.kind,
            creator: facts.person.id,
            owner: facts.person.id,
            about: create.about,
            created_at: create.created_at,
            version: Version::default(),
        };
        let content = content(create.kind, &archived.detail)?;
        let version = archived.version.clone();
        let shown =
            DocumentProjection::new(&row, &content, version, archived.updated_at, facts).ok()?;
        let (device, by) = (Some(facts.device), Some(facts.person.id));
        let hash = enhance_protocol::entry::hash(EntryKind::Create, id, &archived.create);
        let body = archived.create.to_vec();
        let create = Entry {
            hash,
            document: id,
            kind: EntryKind::Create,
            body,
            deps: Vec::new(),
            device,
            by,
        };
        let origin = Origin::Server { sequence, received_at: archived.updated_at };
        Some(Self { row, key, create, origin, shown })
    }
}

fn content(kind: DocumentKind, detail: &str) -> Option<Content> {
    let json = detail.as_bytes();
    match kind {
        DocumentKind::Reflection => serde_json::from_slice(json).ok().map(Content::Reflection),
        DocumentKind::PersonalRecord => serde_json::from_slice(json)
            .ok()
            .map(|record| Content::PersonalRecord(Box::new(record))),
        _ => None,
    }
}
