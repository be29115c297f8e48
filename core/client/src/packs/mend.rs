//! Mending: files of packs in use that are gone, cut or changed are fetched again.

use std::sync::atomic::Ordering;

use enhance_model::pack::{Fetch, PackFile};
use enhance_store::PackStage;

use super::fetch::{Download, Downloads};
use crate::{
    cancellation::Cancellation,
    error::Error,
    state::{
        lock::StateLock,
        pack::{file_in, is_intact, manifest_of},
    },
};

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
    if !lacking.is_empty() {
        let _turn = cancel.race(downloads.turn()).await?;
        let mut download = Download::new(lock, cancel, &|_| ())?;
        download.total = lacking.iter().map(|file| file.bytes).sum();
        for file in &lacking {
            download.file(file).await?;
        }
    }
    downloads.looked_through.store(true, Ordering::Release);
    Ok(lacking.len())
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
