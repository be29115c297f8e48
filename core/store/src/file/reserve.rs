//! A file that takes room while there is some, and is given up when there is none left: reading
//! needs an index of the log, and deleting needs the log.
//!
//! It is given up by an opening that finds no room, and on a disk that is nearly full by a deletion,
//! by what notes that words went to the server, and by words that go where something was deleted.
//! All of these let the database grow by next to nothing, and nothing else may have its room. It is
//! made again as soon as it fits, at the latest when the database was closed and its log is gone.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::platform::{
    free_bytes,
    fs::{self, File},
};

/// Bytes of the reserve: 32 KiB for the index of the log, and a deletion of some fifty pages.
const BYTES: usize = 256 << 10;

/// Bytes of the least that is of use: what was sent on a full disk may have taken the rest.
const LEAST: usize = BYTES / 2;

/// With less free than this a small write may find no room for its log.
const NEARLY_FULL: u64 = 64 << 10;

/// The reserve of a folder.
pub(crate) struct Reserve {
    path: PathBuf,
    /// Whether it is there.
    is_kept: bool,
    /// Whether it was given up so that the database could be opened at all: then what is left of it
    /// is for deleting, and not for writing.
    is_spent: bool,
    /// Whether its room is lent to the log of what may be written all the same.
    is_lent: bool,
}

impl Reserve {
    /// Looks for the reserve in a place.
    pub(crate) fn at(path: PathBuf) -> Self {
        let found = fs::symlink_metadata(&path);
        let is_kept = found.is_ok_and(|found| found.is_file() && found.len() >= LEAST as u64);
        Self { path, is_kept, is_spent: false, is_lent: false }
    }

    /// Gives it up for an opening, and says whether there was one.
    pub(crate) fn spend(&mut self) -> bool {
        self.is_spent = self.give_up();
        self.is_spent
    }

    /// Whether something may be written that does not make room. Takes it back first, if it fits.
    pub(crate) fn allows_writing(&mut self) -> bool {
        if self.is_spent && !self.is_lent {
            self.keep();
        }
        self.is_lent || !self.is_spent
    }

    /// Lends its room, if there is little, until it is taken back.
    pub(crate) fn lend(&mut self) {
        let was_kept = self.is_kept;
        self.make_room();
        self.is_spent |= was_kept && !self.is_kept;
        self.is_lent = true;
    }

    /// Bytes by which the database may grow while it is lent, so that enough of it can be kept again.
    pub(crate) fn spare(&self) -> u64 {
        let free = self.path.parent().and_then(free_bytes);
        free.unwrap_or(BYTES as u64).saturating_sub(LEAST as u64)
    }

    pub(crate) const fn is_lent(&self) -> bool {
        self.is_lent
    }

    /// Makes it again after it was lent.
    pub(crate) fn take_back(&mut self) {
        self.is_lent = false;
        self.keep();
    }

    /// Whether next to nothing is free on the disk beside it.
    pub(crate) fn is_all_there_is(&self) -> bool {
        let free = || self.path.parent().and_then(free_bytes);
        self.is_kept && !self.is_lent && free().is_some_and(|free| free < NEARLY_FULL)
    }

    /// What is written to see whether there is room, and removed again.
    pub(crate) fn trial(path: &Path) -> PathBuf {
        path.with_extension("trial")
    }

    /// Makes room for a deletion, if there is little. What is free on the disk is not all of it: a
    /// quota says no before the disk does.
    pub(crate) fn make_room(&mut self) {
        if !self.is_kept {
            return;
        }
        let trial = Self::trial(&self.path);
        let fits = write(&trial, BYTES).is_ok();
        // What is left of it is taken out with the next one.
        let _ = fs::remove_file(&trial);
        if !fits {
            self.give_up();
        }
    }

    /// Makes it, if it is not there and fits.
    pub(crate) fn keep(&mut self) {
        if self.is_kept {
            return;
        }
        let free = self.path.parent().and_then(free_bytes);
        let fits = free.and_then(|free| usize::try_from(free).ok()).unwrap_or(BYTES);
        let bytes = fits.clamp(LEAST, BYTES);
        let is_written = write(&self.path, bytes).and_then(|file| file.sync_all()).is_ok();
        if is_written {
            (self.is_kept, self.is_spent) = (true, false);
        } else {
            // A part of it would only take room from others.
            let _ = fs::remove_file(&self.path);
        }
    }

    fn give_up(&mut self) -> bool {
        let was_kept = self.is_kept && fs::remove_file(&self.path).is_ok();
        self.is_kept = false;
        was_kept
    }
}

impl Drop for Reserve {
    /// The database is closed by now, and the room that its log took is free.
    fn drop(&mut self) {
        self.keep();
    }
}

/// Writes something that no file system leaves out, as some do with zeros.
fn write(path: &Path, count: usize) -> io::Result<File> {
    let free = path.parent().and_then(free_bytes);
    if free.is_some_and(|free| free < count as u64) {
        return Err(io::ErrorKind::StorageFull.into());
    }
    let mut state = 0x9e37_79b9_u32;
    let bytes: Vec<u8> = (0..count)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state.to_le_bytes()[0]
        })
        .collect();
    let mut file = File::create(path)?;
    file.write_all(&bytes)?;
    Ok(file)
}
