//! Files that were whole and are not any more: found when one is asked for, and by looking at all
//! of them after the start. One that is damaged is as if it were not there, and devices that have
//! it are asked to send it again.

use std::time::{Duration, Instant};

use enhance_model::{PersonId, RefusalCode, Sha256};

use crate::{
    error::RequestError,
    state::ServerState,
    storage::{
        StorageError, Write, blobs,
        hashed_file::{FileFault, fault_of},
    },
};

/// Files that one answer asks for.
const ASKED_AT_ONCE: u32 = 64;
/// The longest rest between two files that are looked at.
const LONGEST_REST: Duration = Duration::from_secs(10);

/// Whether a file that was whole still is, so that nobody gets one for good that is not.
pub(crate) async fn is_whole(
    state: &ServerState,
    (person, sha256): (PersonId, Sha256),
) -> Result<bool, RequestError> {
    let path = state.folder.blob(person, sha256);
    let looked = tokio::task::spawn_blocking(move || fault_of(&path, sha256)).await;
    match looked.map_err(|_| RequestError::new(RefusalCode::Unavailable))? {
        None => Ok(true),
        Some(FileFault::Unread(error)) => {
            let file = state.folder.blob(person, sha256).display().to_string();
            Err(StorageError::file(file)(error).into())
        }
        Some(fault) => {
            found(state, (person, sha256), &fault).await?;
            Ok(false)
        }
    }
}

/// Takes a file for not held any more.
async fn found(
    state: &ServerState,
    (person, sha256): (PersonId, Sha256),
    fault: &FileFault,
) -> Result<(), StorageError> {
    tracing::error!(%person, %sha256, %fault, "an attachment is asked for again");
    let now = state.now();
    let note = move |write: &mut Write<'_>| blobs::ask_again(write.db, person, sha256, now);
    if state.storage.write(note).await? {
        state.files_asked_again.waits(person);
    }
    Ok(())
}

/// Looks at every file, and rests after each for as long as it took.
pub(crate) async fn look(state: &ServerState) -> Result<(), StorageError> {
    for (person, sha256) in state.storage.read(blobs::whole).await? {
        let (begun, path) = (Instant::now(), state.folder.blob(person, sha256));
        let fault = tokio::task::spawn_blocking(move || fault_of(&path, sha256)).await;
        match fault {
            Ok(Some(FileFault::Unread(error))) => {
                tracing::error!(%person, %sha256, %error, "an attachment cannot be read");
            }
            Ok(Some(fault)) => found(state, (person, sha256), &fault).await?,
            Ok(None) | Err(_) => {}
        }
        tokio::time::sleep(begun.elapsed().min(LONGEST_REST)).await;
    }
    Ok(())
}

/// Hears for whose files a command beside this server asks.
pub(super) async fn hear(state: &ServerState) -> Result<(), StorageError> {
    for person in state.storage.read(blobs::asked_people).await? {
        state.files_asked_again.waits(person);
    }
    Ok(())
}

/// The files of a person that whoever has them is asked to send again.
pub(crate) async fn asked_again(
    state: &ServerState,
    person: PersonId,
) -> Result<Vec<Sha256>, StorageError> {
    if !state.files_asked_again.is_waiting(person) {
        return Ok(Vec::new());
    }
    let read = move |db: &rusqlite::Connection| blobs::asked_again(db, person, ASKED_AT_ONCE);
    let asked = state.storage.read(read).await?;
    if asked.is_empty() {
        state.files_asked_again.is_done(person);
    }
    Ok(asked)
}
