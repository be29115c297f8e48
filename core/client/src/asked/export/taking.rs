//! Taking files along with an export: how much there is, and one after the other.

use std::path::Path;

use enhance_model::{ItemId, Noun, personal_record::EvidenceSource};
use enhance_store::free_bytes;
use serde::Serialize;

use super::{
    super::attachments,
    Export,
    files::{ExportedFile, FilePlace, LeftOut},
    folder::NewFolder,
};
use crate::{
    cancellation::Cancellation,
    error::Error,
    progress::{OnProgress, Progress},
    state::{attachments::hash, lock::StateLock},
};

/// How much there is to take along, before anything is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ExportSizes {
    pub files: usize,
    pub bytes: u64,
    /// Of these, what is on this device.
    pub files_here: usize,
    pub bytes_here: u64,
}

/// How much there is to take along.
pub(crate) fn sizes(export: &Export) -> ExportSizes {
    let mut sizes = ExportSizes::default();
    for file in &export.files {
        sizes.files += 1;
        sizes.bytes = sizes.bytes.saturating_add(file.bytes);
        if file.left_out() != Some(LeftOut::NotHere) {
            sizes.files_here += 1;
            sizes.bytes_here = sizes.bytes_here.saturating_add(file.bytes);
        }
    }
    sizes
}

/// Everything this person can read, with its files in a folder. One file at a time is in memory.
/// Whatever stops it, a file that was there before is as it was or is the same anew.
pub(crate) async fn with_files(
    lock: &StateLock,
    folder: &Path,
    fetch: bool,
    (cancel, progress): (&Cancellation, OnProgress<'_>),
) -> Result<Export, Error> {
    let mut export = lock.work(super::export).await?;
    if export.files.is_empty() {
        return Ok(export);
    }
    let folder = NewFolder::at(folder)?;
    let sizes = sizes(&export);
    let wanted = if fetch { sizes.bytes } else { sizes.bytes_here };
    folder.make()?;
    if free_bytes(folder.path()).is_some_and(|free| free < wanted) {
        return Err(Error::StorageFull);
    }
    let mut taking = Taking { lock, folder, fetch, answers: true, cancel, progress };
    let (mut bytes, total) = (0_u64, wanted);
    for file in &mut export.files {
        file.place = taking.take(file).await?;
        if file.path().is_some() {
            bytes = bytes.saturating_add(file.bytes);
            progress(Progress::Copied { bytes, total });
        }
    }
    taking.folder.keep()?;
    Ok(export)
}

/// Files on their way out of the app.
struct Taking<'a> {
    lock: &'a StateLock,
    folder: NewFolder,
    /// Whether to ask the server for what is not here.
    fetch: bool,
    /// Whether it answered whenever it was asked.
    answers: bool,
    cancel: &'a Cancellation,
    progress: OnProgress<'a>,
}

impl Taking<'_> {
    async fn take(&mut self, file: &ExportedFile) -> Result<FilePlace, Error> {
        if self.cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let (of, id) = (file.of, file.id);
        let opened = self.lock.work(move |state| attachments::open(state, &of, id)).await;
        let bytes = match opened {
            Err(Error::NotFound { what: Noun::File, .. } | Error::Damaged { .. })
                if self.fetch && self.answers =>
            {
                self.fetched(of, id).await
            }
            opened => opened,
        };
        let left_out = match bytes {
            Ok(bytes) => return self.put(file, &bytes),
            Err(Error::NotFound { what: Noun::File, .. }) if self.fetch => LeftOut::NotFetched,
            Err(Error::NotFound { .. } | Error::Gone { .. }) => LeftOut::NotHere,
            Err(Error::Damaged { .. }) => LeftOut::Damaged,
            Err(Error::Offline { .. } | Error::SignInNeeded | Error::Refused { .. }) => {
                LeftOut::NotFetched
            }
            Err(error) => return Err(error),
        };
        Ok(FilePlace::LeftOut { left_out })
    }

    /// Fetches a file. Where nobody answers, nobody is asked for the others.
    async fn fetched(&mut self, of: EvidenceSource, id: ItemId) -> Result<Vec<u8>, Error> {
        let fetched = attachments::fetch(self.lock, of, id, self.cancel, self.progress).await;
        if matches!(fetched, Err(Error::Offline { .. } | Error::SignInNeeded)) {
            self.answers = false;
        }
        fetched
    }

    fn put(&self, file: &ExportedFile, bytes: &[u8]) -> Result<FilePlace, Error> {
        let name = file.portable_name();
        self.folder.put(&name, bytes)?;
        let path = format!("{}/{name}", self.folder.name);
        Ok(FilePlace::There { path, sha256: hash(bytes) })
    }
}
