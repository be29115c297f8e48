//! A file on its way: pieces are added to a part, which becomes the file when it is whole and is what
//! it was said to be.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::PathBuf,
};

use enhance_model::Sha256;
use sha2::Digest;

use crate::storage::{
    Folder, StorageError,
    blobs::BlobRow,
    folder::{make_folder, private},
};

/// Where a file and the part of it that came are.
pub(super) struct Part {
    whole: PathBuf,
    begun: PathBuf,
    sha256: Sha256,
    /// Whether the whole counts: one that was found damaged is as if it were not there.
    is_whole: bool,
}

impl Part {
    pub(super) fn of(folder: &Folder, blob: &BlobRow) -> Self {
        let whole = folder.blob(blob.person, blob.sha256);
        let begun = whole.with_extension("part");
        Self { begun, whole, sha256: blob.sha256, is_whole: blob.is_whole }
    }

    /// Bytes that are there.
    pub(super) fn there(&self) -> u64 {
        let length = |path: &PathBuf| fs::metadata(path).map(|file| file.len());
        let there = if self.is_whole { &self.whole } else { &self.begun };
        length(there).unwrap_or_default()
    }

    /// Adds a piece, and says how many bytes are there then: none, if the whole is not the file that
    /// was named.
    pub(super) fn add(&self, piece: &[u8], bytes: u64) -> Result<u64, StorageError> {
        let what = || StorageError::file(self.begun.display().to_string());
        if let Some(folder) = self.begun.parent() {
            make_folder(folder)?;
        }
        let mut part = private().create(true).append(true).open(&self.begun).map_err(what())?;
        part.write_all(piece).and_then(|()| part.sync_data()).map_err(what())?;
        drop(part);
        let there = self.there();
        if there < bytes {
            return Ok(there);
        }
        if self.hash().map_err(what())? != self.sha256 {
            fs::remove_file(&self.begun).map_err(what())?;
            return Ok(0);
        }
        if self.whole.is_dir() {
            // Nobody knows whose it is, so it is put aside.
            fs::rename(&self.whole, self.whole.with_extension("aside")).map_err(what())?;
        }
        fs::rename(&self.begun, &self.whole).map_err(what())?;
        if let Some(folder) = self.whole.parent() {
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(what())?;
        }
        Ok(there)
    }

    fn hash(&self) -> io::Result<Sha256> {
        let bytes = fs::read(&self.begun)?;
        Ok(Sha256::from_bytes(sha2::Sha256::digest(bytes).into()))
    }

    /// Destroys the file and what was begun of it.
    pub(super) fn destroy(
        folder: &Folder,
        (person, sha256): (enhance_model::PersonId, Sha256),
    ) -> Result<(), StorageError> {
        let whole = folder.blob(person, sha256);
        for path in [whole.with_extension("part"), whole] {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(StorageError::file(path.display().to_string())(error));
                }
                _ => {}
            }
        }
        Ok(())
    }
}
