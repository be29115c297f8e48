//! Archives of private documents: stored as they come, for nobody can read them here but their
//! owner's devices.

use enhance_model::Timestamp;
use enhance_protocol::{Archive, Archived, codec};

use crate::{
    state::ServerState,
    storage::{
        StorageError, archives,
        people::{self, Sender},
    },
};

/// Stores what an archive holds of this person's documents.
pub(super) async fn store(
    state: &ServerState,
    sender: Sender,
    archive: Archive,
) -> Result<Archived, StorageError> {
    let left_out: Vec<_> = archive.held.iter().map(|held| held.document).collect();
    let nothing = Archived { sequence: 0, left_out };
    let Ok(body) = codec::to_cbor(&archive) else { return Ok(nothing) };
    let limits = &state.config.limits;
    if archive.check().is_err() || limits.check_change(body.len() as u64).is_err() {
        return Ok(nothing);
    }
    let (limits, now) = (limits.clone(), state.now());
    let stored = state
        .storage
        .write(move |write| {
            // One that takes the place of another must have room however full it is.
            let owned = people::bytes(write.db, sender.person)?;
            let owned = owned.saturating_sub(archives::stale_bytes(write.db, sender.person)?);
            if limits.check_person(owned.saturating_add(body.len() as u64)).is_err() {
                return Ok(None);
            }
            archives::store(write, sender, &archive, &body, now)
        })
        .await?;
    let Some((sequence, taken)) = stored else { return Ok(nothing) };
    state.archives.waits(sender.person);
    let mut left_out = nothing.left_out;
    left_out.retain(|document| !taken.contains(document));
    Ok(Archived { sequence, left_out })
}

/// Lets go of what all devices of a person have read past, if anything of theirs waits for that.
pub(super) async fn let_go(
    state: &ServerState,
    sender: Sender,
    read: u64,
) -> Result<(), StorageError> {
    if !state.archives.is_waiting(sender.person) {
        return Ok(());
    }
    let now: Timestamp = state.now();
    let waits: Result<bool, StorageError> =
        state.storage.write(move |write| archives::let_go(write, sender, read, now)).await;
    if !waits? {
        state.archives.is_done(sender.person);
    }
    Ok(())
}
