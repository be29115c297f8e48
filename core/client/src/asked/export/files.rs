//! The files of an export: photographs and PDFs go along in a folder beside it, one after the other,
//! and what is not taken along is named with the reason.

use std::path::Path;

use enhance_model::{
    ItemId, Noun, Sha256, Timestamp,
    attachment::{Attachment, MediaType, portable_name},
    personal_record::{EvidenceSource, PersonalRecord},
};
use enhance_store::free_bytes;
use serde::Serialize;

use super::{
    super::attachments::{self, AttachmentView},
    Export, ReflectionView,
    folder::NewFolder,
};
use crate::{
    cancellation::Cancellation,
    error::Error,
    progress::{OnProgress, Progress},
    state::{State, attachments as files, lock::StateLock},
};

/// A file that belongs to something in an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportedFile {
    pub id: ItemId,
    /// The reflection or the thing in the record that it belongs to.
    pub of: EvidenceSource,
    /// What the person called it.
    pub name: String,
    pub media_type: MediaType,
    pub bytes: u64,
    /// Device clock when it was attached.
    pub added_at: Timestamp,
    #[serde(flatten)]
    pub place: FilePlace,
}

/// Where a file of an export is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum FilePlace {
    /// In the folder beside the export.
    There {
        /// From the folder in which the export is: a folder and a name.
        path: String,
        /// Of what is in the file.
        sha256: Sha256,
    },
    /// Nowhere in the export.
    LeftOut { left_out: LeftOut },
}

/// Why a file did not go along with an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// Words alone were asked for.
    WordsOnly,
    /// It is on the server or on another device, and was not fetched.
    NotHere,
    /// It was to be fetched, and did not come.
    NotFetched,
    /// What is on this device of it cannot be read.
    Damaged,
}

/// How much there is to take along, before anything is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ExportSizes {
    pub files: usize,
    pub bytes: u64,
    /// Of these, what is on this device.
    pub files_here: usize,
    pub bytes_here: u64,
}

impl LeftOut {
    /// What a person reads.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::WordsOnly => "not in this export, which has words alone",
            Self::NotHere => "not here: it is on the server or on another device",
            Self::NotFetched => "not here: it could not be fetched",
            Self::Damaged => "not here: it is damaged on this device",
        }
    }
}

impl ExportedFile {
    fn of(view: AttachmentView) -> Self {
        let AttachmentView { id, of, attachment, here, .. } = view;
        let left_out = if here { LeftOut::WordsOnly } else { LeftOut::NotHere };
        let Attachment { name, media_type, bytes, added_at, .. } = attachment;
        Self { id, of, name, media_type, bytes, added_at, place: FilePlace::LeftOut { left_out } }
    }

    /// The path from the folder in which the export is, if it went along.
    pub fn path(&self) -> Option<&str> {
        match &self.place {
            FilePlace::There { path, .. } => Some(path),
            FilePlace::LeftOut { .. } => None,
        }
    }

    /// Why it did not go along, if it did not.
    pub const fn left_out(&self) -> Option<LeftOut> {
        match &self.place {
            FilePlace::There { .. } => None,
            FilePlace::LeftOut { left_out } => Some(*left_out),
        }
    }

    /// What the file is called beside an export.
    fn portable_name(&self) -> String {
        let Self { id, name, media_type, bytes, added_at, .. } = self;
        let attachment = Attachment {
            name: name.clone(),
            media_type: *media_type,
            bytes: *bytes,
            sealed_bytes: 0,
            sha256: Sha256::from_bytes([0; 32]),
            of: None,
            added_at: *added_at,
        };
        portable_name(*id, &attachment)
    }
}

/// The files of everything that is exported, none of them taken along yet.
pub(super) fn all(
    state: &mut State,
    record: &PersonalRecord,
    reflections: &[ReflectionView],
) -> Result<Vec<ExportedFile>, Error> {
    let with_files = reflections.iter().filter(|view| !view.reflection.attachments.is_empty());
    let documents = with_files.map(|view| EvidenceSource::Document(view.id));
    let mut items: Vec<ItemId> = record.attachments.values().filter_map(|one| one.of).collect();
    items.sort_unstable();
    items.dedup();
    let mut files = Vec::new();
    for of in documents.chain(items.into_iter().map(EvidenceSource::Item)) {
        files.extend(attachments::of(state, &of)?.into_iter().map(ExportedFile::of));
    }
    Ok(files)
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
        Ok(FilePlace::There { path, sha256: files::hash(bytes) })
    }
}
