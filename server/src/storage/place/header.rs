//! How the file of a database begins.

use std::{fs::File, io};

/// Bytes of the header that are read.
const BYTES: usize = 72;

/// What SQLite writes at the beginning of each database.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// What the first bytes of a database say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    /// Counts up with what is written to the first page.
    pub(super) changes: u32,
    /// By which a server knows the database that it began with: another number for each start.
    pub(crate) mark: u32,
}

impl Header {
    /// The header of a database; none of a file that is no database.
    pub(crate) fn read(file: &File) -> Option<Self> {
        let mut bytes = [0; BYTES];
        read_beginning(file, &mut bytes).ok()?;
        let number = |at: usize| {
            let number = bytes.get(at..)?.first_chunk::<4>()?;
            Some(u32::from_be_bytes(*number))
        };
        bytes.starts_with(MAGIC).then_some(())?;
        Some(Self { changes: number(24)?, mark: number(68)? })
    }
}

#[cfg(unix)]
fn read_beginning(file: &File, bytes: &mut [u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, 0)
}

#[cfg(not(unix))]
fn read_beginning(mut file: &File, bytes: &mut [u8]) -> io::Result<()> {
    use std::io::{Read, Seek, SeekFrom};
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(bytes)
}
