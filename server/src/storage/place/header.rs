//! How the file of a database begins.

use std::{fs::File, io};

/// Bytes of the header that are read.
const BYTES: usize = 96;

/// What SQLite writes at the beginning of each database.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// What the first bytes of a database say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    /// Counts up with what is written to the first page.
    pub(super) changes: u32,
    /// By which a server knows the database that it began with: another number for each start.
    pub(crate) mark: u32,
    /// How long the file is, by its own account; none where that is of an earlier writing.
    pub(super) bytes: Option<u64>,
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
        let changes = number(24)?;
        // 65,536 has no room in two bytes, and is written as 1.
        let page_bytes = match number(16)? >> 16 {
            1 => 65_536,
            page_bytes => u64::from(page_bytes),
        };
        let is_current = number(92)? == changes;
        let bytes = is_current.then_some(page_bytes.saturating_mul(u64::from(number(28)?)));
        Some(Self { changes, mark: number(68)?, bytes })
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
