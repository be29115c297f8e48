//! Files as a browser has them: on the disk that SQLite stands on as well.

pub mod fs;
pub(crate) mod ours;

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

pub use rusqlite::ffi::disk;

use super::Holding;

/// What is held in this page. That no other page has the same files is the disk's to say.
static HELD: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn held() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that is held; let go when it is dropped.
pub(crate) struct Lock(PathBuf);

impl Lock {
    /// Holds a file. None if somebody else does.
    #[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(crate) fn of(_: fs::File, path: &Path, _: Holding) -> io::Result<Option<Self>> {
        Ok(held().insert(path.to_owned()).then(|| Self(path.to_owned())))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        held().remove(&self.0);
    }
}

/// A browser says how much is free only to those who wait for the answer.
pub const fn free_bytes(_: &Path) -> Option<u64> {
    None
}
