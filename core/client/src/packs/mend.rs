//! Mending: files of packs in use that are gone, cut or changed are fetched again.

use std::sync::atomic::Ordering;

use enhance_model::pack::{Fetch, PackFile};
use enhance_store::PackStage;

use super::fetch::{Download, Downloads};
use crate::{
    cancellation::Cancellation,
    error::{Error, Obstacle},
    state::{
        lock::StateLock,
        pack::{file_in, is_intact, manifest_of},
    },
};

/// Files in one sync that are left for the next before it is given up: then it is the line.
const FAILED_AT_MOST: usize = 8;

/// Fetches what is not here of the packs in use, at the end of a sync. Whatever comes of it,
/// the sync is done.
pub(crate) async fn after_sync(lock: &StateLock, downloads: &Downloads, cancel: &Cancellation) {
    match lock.while_awake(mend(lock, downloads, cancel)).await {
        Ok(0) | Err(Error::Suspended | Error::Cancelled | Error::NotEnrolled) => {}
        Ok(files) => tracing::info!(files, "files of content packs were fetched again"),
        Err(error) => tracing::info!(%error, "content packs wait for the next exchange"),
    }
}

async fn mend(
    lock: &StateLock,
    downloads: &Downloads,
    cancel: &Cancellation,
) -> Result<usize, Error> {
    let all = !downloads.looked_through.load(Ordering::Acquire);
    let lacking = lock.work_apart(move |lock| lacking(lock, all)).await?;
    let (mut mended, mut failed) = (0, 0);
    if !lacking.is_empty() {
        let _turn = cancel.race(downloads.turn()).await?;
        let mut download = Download::new(lock, cancel, &|_| ())?;
        download.total = lacking.iter().map(|file| file.bytes).sum();
        for file in &lacking {
            match download.file(file).await {
                Ok(_) => mended += 1,
                // This one is not to be had; others may be.
                Err(error) if is_of_one(&error) && failed < FAILED_AT_MOST => {
                    tracing::warn!(%error, "a file of a content pack cannot be fetched");
                    failed += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }
    downloads.looked_through.store(true, Ordering::Release);
    Ok(mended)
}

/// Whether a failure may be about one file alone, of which the server has lost or cut its copy.
const fn is_of_one(error: &Error) -> bool {
    matches!(
        error,
        Error::Refused { .. }
            | Error::Damaged { .. }
            | Error::Offline { obstacle: Obstacle::CutOff | Obstacle::Unreadable, .. }
    )
}

/// The files of packs in use that are not here. Once for each opening of the core all are compared
/// with their hashes; after that it is known from what screens could not read.
fn lacking(lock: &StateLock, all: bool) -> Result<Vec<PackFile>, Error> {
    let files = lock.with(|state| {
        let store = state.store();
        let mut files = Vec::new();
        for pack in store.packs()?.iter().filter(|pack| pack.state == PackStage::Ready) {
            // What cannot be read of the database is mended by an update, which has it anew.
            let Ok(manifest) = manifest_of(pack) else { continue };
            for file in manifest.files.into_iter().filter(|file| file.fetch == Fetch::WithPack) {
                if all || !store.pack_file(file.sha256)?.is_some_and(|row| row.have) {
                    files.push(file);
                }
            }
        }
        Ok(files)
    })?;
    let is_lacking =
        |file: &PackFile| !is_intact(&file_in(lock.folder(), file.sha256), file.sha256, file.bytes);
    Ok(files.into_iter().filter(is_lacking).collect())
}
