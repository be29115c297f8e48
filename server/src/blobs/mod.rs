//! Files that belong to private documents and shared copies: taken in piece by piece, checked when
//! they are whole, destroyed with what they belong to.

mod damage;
mod files;
pub mod work;

pub(crate) use damage::{asked_again, is_whole, look};

use enhance_model::{DocumentId, DocumentKind, LimitExceeded, PersonId, RefusalCode, Sha256};
use enhance_protocol::{
    BlobStep,
    blob::{BLOB_BYTES, BLOBS_AT_ONCE, PIECE_BYTES},
};
use rusqlite::Connection;

use self::files::Part;
use crate::{
    error::RequestError,
    state::ServerState,
    storage::{
        StorageError, Write, access,
        blobs::{self, BlobRow},
        documents,
        people::{self, Sender},
    },
};

/// Takes one step with files of the sender's person, and says how much of each is there then.
pub(crate) async fn step(
    state: &ServerState,
    sender: Sender,
    step: BlobStep,
) -> Result<Vec<u64>, RequestError> {
    match step {
        BlobStep::Ask { blobs } => ask(state, sender, blobs).await,
        BlobStep::Forget { blobs } => forget(state, sender, blobs).await,
        BlobStep::Piece { document, sha256, bytes, from, piece } => {
            let person = sender.person;
            let (is_whole, is_asked_again) = (false, false);
            let wanted = BlobRow { person, sha256, document, bytes, is_whole, is_asked_again };
            take(state, wanted, from, piece).await.map(|there| vec![there])
        }
    }
}

/// A file that this person may read: one of theirs, or one that goes with a copy that was shared
/// with them. The document it belongs to decides, as it does about its words.
pub(crate) fn readable(
    db: &Connection,
    person: PersonId,
    sha256: Sha256,
) -> Result<Option<BlobRow>, StorageError> {
    if let Some(own) = blobs::find(db, person, sha256)? {
        return Ok(Some(own));
    }
    for blob in blobs::of_hash(db, sha256)? {
        let Some(document) = documents::find(db, blob.document)? else { continue };
        let is_copy = document.kind == DocumentKind::SharedReflection && !document.deleted;
        if is_copy && access::find(db, blob.document, person)?.is_some() {
            return Ok(Some(blob));
        }
    }
    Ok(None)
}

fn check_count(blobs: &[Sha256]) -> Result<(), RequestError> {
    if blobs.len() > BLOBS_AT_ONCE {
        return Err(RefusalCode::MalformedRequest.into());
    }
    Ok(())
}

/// What is not there and what is somebody else's are the same: nothing.
async fn ask(
    state: &ServerState,
    sender: Sender,
    blobs: Vec<Sha256>,
) -> Result<Vec<u64>, RequestError> {
    check_count(&blobs)?;
    let person = sender.person;
    let found = state.storage.read(move |db| {
        blobs
            .into_iter()
            .map(|sha256| blobs::find(db, person, sha256))
            .collect::<Result<Vec<_>, _>>()
    });
    let there = found.await?.into_iter().map(|blob| match blob {
        Some(blob) => Part::of(&state.folder, &blob).there(),
        None => 0,
    });
    Ok(there.collect())
}

async fn forget(
    state: &ServerState,
    sender: Sender,
    blobs: Vec<Sha256>,
) -> Result<Vec<u64>, RequestError> {
    check_count(&blobs)?;
    let (person, count) = (sender.person, blobs.len());
    let lose = move |write: &mut Write<'_>| {
        blobs.into_iter().try_for_each(|sha256| blobs::lose(write.db, person, sha256))
    };
    state.storage.write(lose).await.map_err(RequestError::from)?;
    work::sweep(state).await?;
    Ok(vec![0; count])
}

/// Takes a piece that follows on what is there. The last one makes the file whole, if it is the
/// file that was named.
async fn take(
    state: &ServerState,
    wanted: BlobRow,
    from: u64,
    piece: Vec<u8>,
) -> Result<u64, RequestError> {
    let end = from.saturating_add(piece.len() as u64);
    let fits = wanted.bytes > 0 && wanted.bytes <= BLOB_BYTES && end <= wanted.bytes;
    if !fits || piece.is_empty() || piece.len() > PIECE_BYTES {
        return Err(RefusalCode::MalformedRequest.into());
    }
    // Two devices of one person may send the same file.
    let _turn = state.turns.take_one(wanted.document).await;
    let blob = begun(state, wanted).await?;
    let part = Part::of(&state.folder, &blob);
    let there = part.there();
    if there != from {
        return Ok(there);
    }
    let (key, bytes) = ((blob.person, blob.sha256), blob.bytes);
    let written = tokio::task::spawn_blocking(move || part.add(&piece, bytes)).await;
    let there = written.map_err(|_| RequestError::new(RefusalCode::Unavailable))??;
    let now = state.now();
    let touch = move |write: &mut Write<'_>| {
        if there == bytes {
            // By the numbers it is known whether these are the data in which it was said.
            write.next_sequence();
        }
        blobs::touch(write.db, key, there == bytes, now)
    };
    state.storage.write(touch).await.map_err(RequestError::from)?;
    state.metrics.count_blob(end - from, there == bytes);
    if there < end {
        return Err(RefusalCode::WrongHash.into());
    }
    Ok(there)
}

/// The file as it stands, begun if it is new: then its document must be there and the person's own,
/// and there must be room for the whole of it.
async fn begun(state: &ServerState, wanted: BlobRow) -> Result<BlobRow, RequestError> {
    let (limits, now) = (state.config.limits.clone(), state.now());
    let begin = move |write: &mut Write<'_>| -> Result<BlobRow, RequestError> {
        if let Some(known) = blobs::find(write.db, wanted.person, wanted.sha256)? {
            let is_same = known.bytes == wanted.bytes && known.document == wanted.document;
            return if is_same { Ok(known) } else { Err(RefusalCode::DocumentExists.into()) };
        }
        owned(write, wanted.person, wanted.document)?;
        let taken = people::bytes(write.db, wanted.person)?.saturating_add(wanted.bytes);
        let full = |full: LimitExceeded| RequestError::because(full.code(), full.to_string());
        limits.check_person(taken).map_err(full)?;
        blobs::begin(write.db, &wanted, now)?;
        Ok(wanted)
    };
    state.storage.write(begin).await
}

/// Whether it is there is told to nobody but its owner.
fn owned(write: &Write<'_>, person: PersonId, document: DocumentId) -> Result<(), RequestError> {
    let found = documents::find(write.db, document)?;
    let may_have_files = |kind| {
        matches!(
            kind,
            DocumentKind::Reflection
                | DocumentKind::PersonalRecord
                | DocumentKind::SharedReflection
        )
    };
    match found {
        Some(row) if row.owner == person && !row.deleted && may_have_files(row.kind) => Ok(()),
        _ => Err(RefusalCode::UnknownDocument.into()),
    }
}
