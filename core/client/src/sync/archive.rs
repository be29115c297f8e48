//! Offering an archive: private documents that rest, sealed together for the devices to come.

use std::time::Duration;

use enhance_documents::Document;
use enhance_model::{DeviceId, DocumentId, Timestamp};
use enhance_protocol::{
    Archive, Archived, ChainEnd, Held,
    archive::{ARCHIVE_DEVICES, ARCHIVE_DOCUMENTS},
};
use enhance_store::{DocumentRow, FoldHead, Projection, StoreReader, Write};
use serde_bytes::ByteBuf;

use crate::{
    environment::Randomness,
    error::Error,
    keys::AccountKey,
    state::{
        State,
        archive::{self, ArchivedDocument},
        facts::Facts,
        lock::StateLock,
        open_document::snapshot_in,
        parts,
        rows::row_of,
    },
};

/// Documents that are worth an archive of their own.
const WORTHWHILE: usize = 32;
/// After so long fewer are worth one too.
const AT_LEAST_EVERY: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// When an archive was last offered, in the database.
const LAST_ARCHIVE: &str = "last archive";
/// Documents read under the lock at once.
const READ_AT_ONCE: usize = 32;
/// The share of the largest request that an archive may take.
const SHARE_OF_REQUEST: u64 = 4;
/// Bytes of folds in one archive, as they are kept: what is sealed has about as many.
const FOLD_BYTES: usize = 640 << 10;

/// An archive ready to be offered, with what it holds as it was when it was made.
#[derive(Debug, Clone)]
pub(super) struct Offered {
    pub(super) archive: Archive,
    held: Vec<(DocumentId, Vec<FoldHead>)>,
}

/// The archive to offer now, if one is due. Where every byte costs money it holds only what the
/// server asked for: edits may wait for that.
pub(super) fn due(lock: &StateLock, metered: bool) -> Result<Option<Offered>, Error> {
    let now = lock.environment().clock.now();
    let waiting = lock.with(|state| waiting(state, now, metered))?;
    let Some((key, documents)) = waiting else { return Ok(None) };
    let facts = lock.with(State::facts)?;
    let mut making = Making::default();
    for some in documents.chunks(READ_AT_ONCE) {
        lock.with(|state| some.iter().try_for_each(|id| making.add(state.store(), *id, &facts)))?;
    }
    making.seal(&key, &*lock.environment().randomness)
}

/// The documents that wait for an archive, if there is reason to make one now.
fn waiting(
    state: &mut State,
    now: Timestamp,
    metered: bool,
) -> Result<Option<(AccountKey, Vec<DocumentId>)>, Error> {
    let Some(key) = state.facts()?.account_key.clone() else { return Ok(None) };
    let mut waiting = state.store().unarchived(ARCHIVE_DOCUMENTS)?;
    if metered {
        waiting.documents.truncate(waiting.wanted);
    }
    let last = state.store().meta(LAST_ARCHIVE)?.and_then(|bytes| <[u8; 8]>::try_from(bytes).ok());
    let last = last.map_or(0, i64::from_be_bytes);
    let since = now.millis_since(Timestamp::from_unix_millis(last));
    let is_long_ago = last > 0 && u128::from(since) >= AT_LEAST_EVERY.as_millis();
    let is_due = waiting.wanted > 0
        || waiting.documents.len() >= WORTHWHILE
        || (is_long_ago && !waiting.documents.is_empty());
    Ok(is_due.then_some((key, waiting.documents)))
}

/// What screens read of a document as its fold has it: its row, unless more is kept beside the fold.
fn shown_of(
    store: &StoreReader,
    row: &DocumentRow,
    snapshot: &[u8],
    facts: &Facts,
) -> Result<Option<Projection>, Error> {
    let shown = store.projection(row.id)?;
    let is_all = shown.as_ref().is_some_and(|shown| shown.summary.version == row.version)
        && store.document_size(row.id)? == store.fold_size(row.id)?;
    if is_all {
        return Ok(shown);
    }
    match Document::open(&[snapshot], facts.device) {
        Ok(mut folded) => Ok(Some(row_of(row, &mut folded, None, facts)?.into())),
        Err(error) => {
            tracing::warn!(document = %row.id, %error, "a folded document does not open");
            Ok(None)
        }
    }
}

#[derive(Default)]
struct Making {
    devices: Vec<DeviceId>,
    held: Vec<(DocumentId, Vec<FoldHead>)>,
    documents: Vec<ArchivedDocument>,
    bytes: usize,
}

impl Making {
    /// Adds a document as its fold has it, if there is room.
    fn add(&mut self, store: &StoreReader, id: DocumentId, facts: &Facts) -> Result<(), Error> {
        let (Some(fold), Some((row, _))) = (store.fold(id)?, store.document(id)?) else {
            return Ok(());
        };
        let is_first = self.documents.is_empty();
        let Some(create) = store.create_of(id)? else { return Ok(()) };
        let Some(create) = store.entry(create)? else { return Ok(()) };
        let mut devices = self.devices.clone();
        for device in fold.heads.iter().filter_map(|head| head.device) {
            if !devices.contains(&device) {
                devices.push(device);
            }
        }
        let bytes = self.bytes + fold.body.len();
        // What is larger than the server takes would be in the way of every sync.
        let limits = facts.limits();
        let most = (limits.change_bytes / 4 * 3).min(limits.request_bytes / SHARE_OF_REQUEST);
        let is_too_much = bytes as u64 > most || (bytes > FOLD_BYTES && !is_first);
        if devices.len() > ARCHIVE_DEVICES || is_too_much {
            return Ok(());
        }
        let snapshot = snapshot_in(&fold)?;
        let Some(shown) = shown_of(store, &row, &snapshot, facts)? else { return Ok(()) };
        let Some(detail) = parts::whole(shown.parts) else { return Ok(()) };
        self.documents.push(ArchivedDocument {
            create: ByteBuf::from(create.body),
            snapshot: ByteBuf::from(snapshot),
            detail,
            updated_at: shown.summary.updated_at,
            version: shown.summary.version,
            changes: fold.size.changes,
            bytes: fold.size.bytes,
        });
        (self.devices, self.bytes) = (devices, bytes);
        self.held.push((id, fold.heads));
        Ok(())
    }

    fn seal(self, key: &AccountKey, randomness: &dyn Randomness) -> Result<Option<Offered>, Error> {
        if self.documents.is_empty() {
            return Ok(None);
        }
        let place = |device: DeviceId| {
            let place = self.devices.iter().position(|known| *known == device);
            place.and_then(|place| u8::try_from(place).ok())
        };
        let end = |head: &FoldHead| {
            let device = head.device.and_then(place)?;
            Some(ChainEnd { device, counter: head.counter, hash: head.hash })
        };
        let held = self.held.iter().map(|(document, heads)| Held {
            document: *document,
            ends: heads.iter().filter_map(end).collect(),
        });
        let mut archive =
            Archive { held: held.collect(), devices: self.devices.clone(), sealed: ByteBuf::new() };
        archive::seal(key, randomness.bytes(), &mut archive, &self.documents)?;
        // The server will let go of what it holds, so it must open to what was sealed.
        let opened = archive::open(key, &archive);
        if !opened.is_ok_and(|opened| opened == self.documents) {
            return Err(Error::internal("making an archive"));
        }
        Ok(Some(Offered { archive, held: self.held }))
    }
}

/// Notes what the server said of an archive.
pub(super) fn write_verdict(
    write: &mut Write<'_>,
    offered: &Offered,
    verdict: &Archived,
    now: Timestamp,
) -> Result<(), Error> {
    write.set_meta(LAST_ARCHIVE, &now.as_millis().to_be_bytes())?;
    // What was left out the server knows better already. It is offered again once there is more.
    tracing::debug!(left_out = verdict.left_out.len(), "an archive was answered for");
    for (document, heads) in &offered.held {
        if verdict.left_out.contains(document) {
            write.set_aside(*document)?;
        } else {
            write.mark_archived(*document, heads)?;
        }
    }
    Ok(())
}
