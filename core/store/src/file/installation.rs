//! What tells the file of a database from every copy of it: kept by the file system and not in it,
//! so that a copy, or a backup that was put back, has another.

use std::{path::Path, time::UNIX_EPOCH};

use sha2::{Digest, Sha256};

use crate::{
    Store,
    platform::fs::{self, Metadata},
};

/// The mark of a file.
pub type FileMark = [u8; 16];

impl Store {
    /// The mark of the file this database is in; none where the file system has nothing that stays
    /// as it is.
    pub fn file_mark(&self) -> Option<FileMark> {
        mark(self.path())
    }
}

/// A file is born once, to the nanosecond, and nobody can say that it was another moment. On Apple's
/// systems a restore can, and gives the file another number.
pub(crate) fn mark(path: &Path) -> Option<FileMark> {
    let metadata = fs::metadata(path).ok()?;
    let born = metadata.created().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let hash = Sha256::new()
        .chain_update(b"enhance file mark 1")
        .chain_update(born.as_nanos().to_be_bytes())
        .chain_update(number(&metadata).to_be_bytes())
        .finalize();
    hash.first_chunk().copied()
}

#[cfg(target_vendor = "apple")]
fn number(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

/// Elsewhere the number of a file may change while it stays the same, as on network disks.
#[cfg(not(target_vendor = "apple"))]
const fn number(_: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{OpenOptions, StoreError};

    #[test]
    fn d3_a_database_that_was_moved_away_from_an_open_store_takes_nothing_more() {
        let folder = tempfile::tempdir().unwrap();
        let mut store =
            Store::open(OpenOptions { folder: folder.path().into(), key: None }).unwrap();
        if store.file_mark().is_none() {
            return;
        }
        let note = |store: &mut Store| -> Result<(), StoreError> {
            store.write(|write| write.set_meta("a fact", b"kept")).map(drop)
        };
        note(&mut store).unwrap();
        let (place, aside) = (folder.path().join("enhance.db"), folder.path().join("aside"));
        fs::rename(&place, &aside).unwrap();
        let refused = |outcome| matches!(outcome, Err(StoreError::Damaged { .. }));
        assert!(refused(note(&mut store)), "what is written would be lost");
        fs::copy(&aside, &place).unwrap();
        assert!(refused(note(&mut store)), "another file is in its place");
        assert_eq!(store.meta("a fact").unwrap().as_deref(), Some(&b"kept"[..]));
        fs::rename(&aside, &place).unwrap();
        note(&mut store).unwrap();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn d3_a_folder_whose_name_is_no_utf_8_is_as_good_as_any() {
        use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join(OsStr::from_bytes(b"Asha's \xff\n home"));
        let open = || Store::open(OpenOptions { folder: folder.clone(), key: None }).unwrap();
        let mut store = open();
        store.write(|write| write.set_meta("a fact", b"kept")).map(drop).unwrap();
        let reader = store.reader(None).unwrap();
        assert_eq!(reader.meta("a fact").unwrap().as_deref(), Some(&b"kept"[..]));
        drop(reader);
        let mark = store.file_mark();
        drop(store);
        assert_eq!(open().file_mark(), mark);
    }

    #[test]
    fn a_file_has_its_mark_for_life_and_a_copy_has_another() {
        let folder = tempfile::tempdir().unwrap();
        let (file, copy) = (folder.path().join("one"), folder.path().join("copy"));
        fs::write(&file, "one").unwrap();
        let Some(first) = mark(&file) else { return };
        fs::write(&file, "other, and longer").unwrap();
        let moved = folder.path().join("moved");
        fs::rename(&file, &moved).unwrap();
        assert_eq!(mark(&moved), Some(first));
        fs::copy(&moved, &copy).unwrap();
        assert_ne!(mark(&copy), Some(first));
    }
}
