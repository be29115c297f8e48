//! Files as the operating system has them.

pub(crate) mod ours;

pub use std::fs;
use std::{fs::File, io, path::Path};

use rustix::{
    fs::{FlockOperation, flock, statvfs},
    io::Errno,
};

use super::Holding;

/// A file that is held; let go when it is dropped.
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Holds a file. None if somebody else does.
    pub(crate) fn of(file: File, _: &Path, holding: Holding) -> io::Result<Option<Self>> {
        let how = match holding {
            Holding::Alone => FlockOperation::NonBlockingLockExclusive,
            Holding::ToRead => FlockOperation::NonBlockingLockShared,
        };
        // The standard library's `try_lock` answers "unsupported" on Android.
        match flock(&file, how) {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(Errno::WOULDBLOCK) => Ok(None),
            Err(errno) => Err(errno.into()),
        }
    }
}

/// Bytes that are free on the disk of a folder; none where the system does not say.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let disk = statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}
