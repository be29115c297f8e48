//! The files of an export, read back one after the other: each goes in whole or is named with the
//! reason, and none keeps another from coming.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use enhance_model::{
    DocumentId, ItemId, LimitExceeded, PersonId, Sha256, Timestamp, attachment::portable_path,
    personal_record::EvidenceSource,
};
use serde::Deserialize;

use super::{
    super::attachments,
    fault::{FileFault, FileNotRead},
    folder,
    id::derived,
};
use crate::{
    cancellation::Cancellation,
    error::{Error, InputField},
    progress::{OnProgress, Progress},
    state::{attachments as files, lock::StateLock},
};

/// What no export wrote is named up to this many times.
const MOST_FOREIGN: usize = 100;

/// What is read of a file in an export.
#[derive(Debug, Deserialize)]
pub(super) struct FileOfExport {
    id: ItemId,
    of: EvidenceSource,
    name: String,
    pub(super) bytes: u64,
    added_at: Timestamp,
    #[serde(default)]
    path: Option<String>,
    #[serde(default)]
    sha256: Option<Sha256>,
}

impl FileOfExport {
    /// The thing in a record that it belongs to.
    pub(super) const fn item(&self) -> Option<ItemId> {
        match self.of {
            EvidenceSource::Item(item) => Some(item),
            EvidenceSource::Document(_) => None,
        }
    }
}

/// Whose files an export names, and what their documents are called here.
#[derive(Debug)]
pub(super) struct Owner {
    /// Whose account they go into.
    pub(super) here: PersonId,
    /// Whether the export is of this account.
    pub(super) is_same: bool,
    /// The documents that were made anew, by the ids that they had.
    pub(super) renamed: BTreeMap<DocumentId, DocumentId>,
}

/// What became of files.
#[derive(Debug, Default)]
pub(super) struct FilesRead {
    pub(super) read: usize,
    pub(super) bytes: u64,
    /// Here already, or taken away here.
    pub(super) already_here: usize,
    pub(super) not_read: Vec<FileNotRead>,
    /// Not reached, since it stopped.
    pub(super) left: usize,
    pub(super) stopped: Option<Error>,
}

/// Reads files back from the folder in which the export is.
pub(super) struct Reading<'a> {
    pub(super) lock: &'a StateLock,
    pub(super) owner: Owner,
    /// None if words alone are read.
    pub(super) beside: Option<&'a Path>,
    /// If nothing is to be kept and it is only looked what would come of it: the things of the
    /// record that would come before the files.
    pub(super) coming: Option<BTreeSet<ItemId>>,
    pub(super) cancel: &'a Cancellation,
    pub(super) progress: OnProgress<'a>,
}

/// What is to be done about a file.
enum Standing {
    /// It is here, or it was taken away here.
    Here,
    /// It is to be attached to this, under this id.
    Wanted(EvidenceSource, ItemId),
}

/// Why a file does not come: for a reason of its own, or for one that stops all.
enum NotRead {
    File(FileFault, Option<String>),
    All(Error),
}

impl Reading<'_> {
    /// Goes through all of them.
    pub(super) fn go(&self, wanted: &[FileOfExport]) -> FilesRead {
        let total = wanted.iter().fold(0_u64, |sum, file| sum.saturating_add(file.bytes));
        let (mut done, mut seen) = (FilesRead::default(), 0_u64);
        for (place, file) in wanted.iter().enumerate() {
            match self.one(file) {
                Ok(true) => {
                    done.read += 1;
                    done.bytes = done.bytes.saturating_add(file.bytes);
                }
                Ok(false) => done.already_here += 1,
                Err(NotRead::File(fault, why)) => done.not_read.push(not_read(file, fault, why)),
                Err(NotRead::All(error)) => {
                    let rest = wanted.get(place..).unwrap_or_default();
                    done.left = rest.len();
                    done.not_read.extend(not_reached(rest));
                    done.stopped = Some(error);
                    return done;
                }
            }
            seen = seen.saturating_add(file.bytes);
            (self.progress)(Progress::Copied { bytes: seen, total });
        }
        done.not_read.extend(self.foreign(wanted));
        done
    }

    /// Reads one back, and says whether it is new here.
    fn one(&self, file: &FileOfExport) -> Result<bool, NotRead> {
        if self.cancel.is_cancelled() {
            return Err(NotRead::All(Error::Cancelled));
        }
        let (of, id) = match self.standing(file)? {
            Standing::Here => return Ok(false),
            Standing::Wanted(of, id) => (of, id),
        };
        let bytes = self.bytes(file)?;
        if self.coming.is_some() {
            attachments::check(self.lock, &file.name, &bytes).map_err(NotRead::because)?;
            return Ok(true);
        }
        let new = attachments::NewFile {
            id,
            added_at: file.added_at.min(self.lock.environment().clock.now()),
            name: &file.name,
            bytes: &bytes,
        };
        attachments::attach_as(self.lock, &of, &new).map_err(NotRead::because)?;
        Ok(true)
    }

    /// Whether it is here. What is here stays as it is: a file that was taken away, from what was
    /// not made anew, does not come back.
    fn standing(&self, file: &FileOfExport) -> Result<Standing, NotRead> {
        let renamed = match file.of {
            EvidenceSource::Document(id) => self.owner.renamed.get(&id).copied(),
            EvidenceSource::Item(_) => None,
        };
        let of = renamed.map_or(file.of, EvidenceSource::Document);
        let id = ItemId::from_bytes(derived(
            b"enhance imported file 1\0",
            self.owner.here,
            file.id.as_bytes(),
        ));
        let is_new = match file.of {
            EvidenceSource::Document(_) => renamed.is_some(),
            EvidenceSource::Item(_) => !self.owner.is_same,
        };
        match self.lock.with(|state| attachments::of(state, &of)) {
            Ok(there) if there.iter().any(|one| one.id == file.id || one.id == id) => {
                Ok(Standing::Here)
            }
            Ok(_) if is_new => Ok(Standing::Wanted(of, id)),
            Ok(_) | Err(Error::Gone { .. }) => Ok(Standing::Here),
            // What it belongs to would be made first.
            Err(Error::NotFound { .. }) if is_new && self.is_coming(&file.of) => {
                Ok(Standing::Wanted(of, id))
            }
            Err(Error::NotFound { .. }) => Err(FileFault::OfNothing.into()),
            Err(error) => Err(NotRead::because(error)),
        }
    }

    fn is_coming(&self, of: &EvidenceSource) -> bool {
        self.coming.as_ref().is_some_and(|coming| match of {
            EvidenceSource::Document(_) => true,
            EvidenceSource::Item(item) => coming.contains(item),
        })
    }

    /// What is in it, if that is what was exported.
    fn bytes(&self, file: &FileOfExport) -> Result<Vec<u8>, NotRead> {
        let beside = self.beside.ok_or(FileFault::WordsOnly)?;
        let (path, sha256) = file.path.as_ref().zip(file.sha256).ok_or(FileFault::LeftOut)?;
        let place = portable_path(path).ok_or(FileFault::NoPath)?;
        let bytes = folder::read(beside, place)?;
        if bytes.len() as u64 != file.bytes || files::hash(&bytes) != sha256 {
            return Err(FileFault::Changed.into());
        }
        Ok(bytes)
    }

    /// What lies in the folders of the export and is not named in it.
    fn foreign(&self, wanted: &[FileOfExport]) -> Vec<FileNotRead> {
        let Some(beside) = self.beside else { return Vec::new() };
        let paths = wanted.iter().filter_map(|file| file.path.as_deref());
        let named: BTreeSet<(&str, &str)> = paths.filter_map(portable_path).collect();
        let folders: BTreeSet<&str> = named.iter().map(|(folder, _)| *folder).collect();
        let mut foreign = Vec::new();
        for folder in folders {
            let there = folder::names(beside, folder).into_iter();
            let unknown = there.filter(|name| !named.contains(&(folder, name.as_str())));
            foreign.extend(unknown.map(|name| {
                let path = format!("{folder}/{name}");
                FileNotRead::new(&name, Some(&path), FileFault::Foreign)
            }));
            if foreign.len() >= MOST_FOREIGN {
                break;
            }
        }
        foreign.truncate(MOST_FOREIGN);
        foreign
    }
}

fn not_read(file: &FileOfExport, fault: FileFault, why: Option<String>) -> FileNotRead {
    let not_read = FileNotRead::new(&file.name, file.path.as_deref(), fault);
    let reason = why.unwrap_or_else(|| not_read.reason.clone());
    FileNotRead { reason, ..not_read }
}

/// Files that were not reached, since it stopped before them.
pub(super) fn not_reached(files: &[FileOfExport]) -> impl Iterator<Item = FileNotRead> {
    files.iter().map(|file| not_read(file, FileFault::NotReached, None))
}

impl NotRead {
    /// What one file is refused for is no reason to refuse another.
    fn because(error: Error) -> Self {
        let fault = match &error {
            Error::TooLarge(LimitExceeded::Person { .. }) | Error::StorageFull => FileFault::NoRoom,
            Error::InvalidInput { field: InputField::Attachment, .. } | Error::TooLarge(_) => {
                FileFault::Refused
            }
            Error::Gone { .. } | Error::NotFound { .. } => FileFault::OfNothing,
            _ => return Self::All(error),
        };
        Self::File(fault, Some(error.to_string()))
    }
}

impl From<FileFault> for NotRead {
    fn from(fault: FileFault) -> Self {
        Self::File(fault, None)
    }
}
