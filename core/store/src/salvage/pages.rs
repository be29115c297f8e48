//! The pages of a damaged database, one by one: each as the log has it, or the file.

use std::{
    collections::BTreeMap,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
};

use super::sealed::{self, PAGE_BYTES};
use crate::{DatabaseKey, platform::fs::File};

const PAGE: u64 = PAGE_BYTES as u64;
/// Bytes before the first page in a log, and before each.
const LOG_HEADER: u64 = 32;
const FRAME_HEADER: u64 = 24;
const FRAME_HEADER_BYTES: usize = 24;
/// Pages that are tried to tell a wrong key from a damaged file; a few suffice where it is right.
const PAGES_TRIED: u32 = 10_000;

/// Where the pages of a database are.
pub(super) struct Pages<'k> {
    key: Option<&'k DatabaseKey>,
    file: Option<File>,
    log: Option<File>,
    /// Of each page that was committed to the log: where it is there, newest last.
    in_log: BTreeMap<u32, Vec<u64>>,
    /// How many pages there are, in file and log.
    pub(super) count: u32,
}

impl<'k> Pages<'k> {
    /// Looks for the pages of a database. Neither the file nor its log need be there.
    pub(super) fn find(
        database: &Path,
        log: &Path,
        key: Option<&'k DatabaseKey>,
    ) -> io::Result<Self> {
        let (file, log) = (open(database)?, open(log)?);
        let in_log = log.as_ref().map(committed).transpose()?.unwrap_or_default();
        let in_file = file.as_ref().map(File::metadata).transpose()?;
        let in_file = in_file.map_or(0, |found| found.len().div_ceil(PAGE));
        let in_file = u32::try_from(in_file).unwrap_or(u32::MAX);
        let last = in_log.last_key_value().map_or(0, |(number, _)| *number);
        Ok(Self { key, file, log, in_log, count: in_file.max(last) })
    }

    /// The content of a page, without what its encryption adds; nothing if it cannot be read.
    pub(super) fn read(&self, number: u32) -> Option<Vec<u8>> {
        let in_log = self.in_log.get(&number).into_iter().flatten().rev();
        let in_log = in_log.map(|at| (self.log.as_ref(), *at));
        let before = u64::from(number.checked_sub(1)?);
        let mut places = in_log.chain([(self.file.as_ref(), before * PAGE)]);
        places.find_map(|(file, at)| self.read_at(file?, at, number))
    }

    /// What may be content of a page; the rest belongs to the encryption.
    pub(super) const fn usable(&self) -> usize {
        if self.key.is_some() { PAGE_BYTES - sealed::RESERVED } else { PAGE_BYTES }
    }

    fn read_at(&self, file: &File, at: u64, number: u32) -> Option<Vec<u8>> {
        let mut page = [0; PAGE_BYTES];
        read_at(file, at, &mut page).ok()?;
        if let Some(key) = self.key {
            sealed::open(&mut page, number, key)?;
        }
        Some(page.get(..self.usable())?.to_vec())
    }
}

/// Whether a page of a database opens with this key, so that the key is not what is wrong with it.
/// Without a key nothing says of a page that it is one.
pub(crate) fn opens_a_page(database: &Path, key: Option<&DatabaseKey>) -> bool {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    let Ok(pages) = Pages::find(database, Path::new(&log), key) else { return false };
    let step = usize::try_from(pages.count / PAGES_TRIED).unwrap_or_default().max(1);
    key.is_some() && (1..=pages.count).step_by(step).any(|number| pages.read(number).is_some())
}

fn open(path: &Path) -> io::Result<Option<File>> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn read_at(mut file: &File, at: u64, into: &mut [u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(into)
}

/// The pages in a log up to its last commit. What was left in it by an earlier round has other salts.
/// The checksums are left aside: they say that nothing after the first damaged page counts, and each
/// page is known for whole by itself.
fn committed(log: &File) -> io::Result<BTreeMap<u32, Vec<u64>>> {
    let length = log.metadata()?.len();
    let frame_bytes = FRAME_HEADER + PAGE;
    let frames = length.saturating_sub(LOG_HEADER) / frame_bytes;
    let (mut found, mut waiting) = (BTreeMap::<u32, Vec<u64>>::new(), Vec::new());
    let mut salts = None;
    for frame in 0..frames {
        let at = LOG_HEADER + frame * frame_bytes;
        let mut header = [0; FRAME_HEADER_BYTES];
        if read_at(log, at, &mut header).is_err() {
            continue;
        }
        let [n1, n2, n3, n4, e1, e2, e3, e4, salt @ ..] = header;
        let (number, size) =
            (u32::from_be_bytes([n1, n2, n3, n4]), u32::from_be_bytes([e1, e2, e3, e4]));
        let salt = salt.first_chunk::<8>().copied();
        if number == 0 || *salts.get_or_insert(salt) != salt {
            continue;
        }
        waiting.push((number, at + FRAME_HEADER));
        if size != 0 {
            for (number, at) in waiting.drain(..) {
                found.entry(number).or_default().push(at);
            }
        }
    }
    Ok(found)
}
