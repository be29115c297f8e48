//! A disk that outlives the page: files in the browser's private file system, which one page at a
//! time can have. Only a dedicated worker can.
//!
//! A browser opens a file only for those who wait, and SQLite does not. So files are opened ahead,
//! as slots: each begins with a page that says what the file in it is called, and more are opened
//! whenever few are left. A slot with no name, or with a page that was cut short, is free.

use std::{
    collections::BTreeMap,
    io::{self, ErrorKind},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use enhance_store::disk::{self, Bytes, Keeper};
use js_sys::Reflect;
use sha2::{Digest, Sha256};
use wasm_bindgen::prelude::*;
use web_sys::{
    FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions,
    FileSystemGetFileOptions, FileSystemReadWriteOptions, FileSystemSyncAccessHandle,
    StorageManager,
};

use super::{outcome, task, time::sleep};
use crate::error::Error;

/// Bytes before what is in a file.
const HEADER: usize = 4_096;
/// How the header of a file begins: what it is, and in which form.
const MARK: [u8; 8] = *b"enhfile\x01";
/// Bytes of the sum at the end of a header's text.
const SUM: usize = 16;
/// Slots without a file. Each takes about a megabyte of what a browser grants.
const FREE: usize = 8;
/// With fewer than this, more are opened.
const FEW: usize = 4;
/// How often, and how long apart, it is tried to take over from a page that is going.
const ATTEMPTS: u32 = 10;
const APART: Duration = Duration::from_millis(200);

/// Puts the browser's private file system under the core, with all that was kept there under a
/// name. Whoever has it already keeps it: then this is [`Error::InUse`].
pub async fn mount(name: &str) -> Result<(), Error> {
    let folder = folder(name).await.map_err(|error| refused(&error))?;
    let mut pool = Pool { folder, slots: Vec::new(), names: BTreeMap::new(), newest: 0 };
    while let Some(handle) = pool.next(false).await.map_err(|error| refused(&error))? {
        pool.slots.push(handle);
    }
    let files = pool.look_through().map_err(broken)?;
    pool.open_more().await.map_err(|error| refused(&error))?;
    disk::mount(Some(Box::new(Slots(Arc::new(Mutex::new(pool))))), files);
    Ok(())
}

/// Lets go of it, for another page. Only to be done while nothing is open.
pub fn unmount() {
    disk::mount(None, Vec::new());
}

/// The slots of a folder, and what is in them.
struct Pool {
    folder: FileSystemDirectoryHandle,
    slots: Vec<FileSystemSyncAccessHandle>,
    /// The slot of each file.
    names: BTreeMap<String, usize>,
    /// The largest number that a header has: of two with one name the larger counts.
    newest: u64,
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.slots.iter().for_each(FileSystemSyncAccessHandle::close);
    }
}

impl Pool {
    /// Opens the slot behind the last one; none if it is not there and not to be made.
    async fn next(&self, make: bool) -> Result<Option<FileSystemSyncAccessHandle>, JsValue> {
        open(&self.folder, self.slots.len(), make).await
    }

    /// Finds out which file is in which slot.
    fn look_through(&mut self) -> io::Result<Vec<(String, Box<dyn Bytes>)>> {
        let mut newest = BTreeMap::<String, u64>::new();
        for at in 0..self.slots.len() {
            let Some((number, name)) = self.header(at)? else { continue };
            self.newest = self.newest.max(number);
            if newest.get(&name).is_none_or(|other| *other < number) {
                newest.insert(name.clone(), number);
                if let Some(older) = self.names.insert(name, at) {
                    self.clear(older)?;
                }
            } else {
                self.clear(at)?;
            }
        }
        let files = self.names.iter().map(|(name, at)| (name.clone(), self.bytes(*at)));
        Ok(files.collect())
    }

    fn bytes(&self, at: usize) -> Box<dyn Bytes> {
        Box::new(Slot(self.slots[at].clone()))
    }

    fn header(&self, at: usize) -> io::Result<Option<(u64, String)>> {
        let mut header = [0; HEADER];
        if read(&self.slots[at], 0, &mut header)? < HEADER {
            return Ok(None);
        }
        Ok(named_by(&header))
    }

    /// Says which file is in a slot, durably.
    fn name(&mut self, at: usize, name: &str) -> io::Result<()> {
        let header = header_of(self.newest + 1, name).ok_or(ErrorKind::InvalidFilename)?;
        write(&self.slots[at], 0, &header)?;
        self.slots[at].flush().map_err(|error| failed(&error))?;
        self.newest += 1;
        Ok(())
    }

    /// Destroys what is in a slot.
    fn clear(&self, at: usize) -> io::Result<()> {
        let slot = &self.slots[at];
        slot.truncate_with_f64(0.0).map_err(|error| failed(&error))?;
        slot.flush().map_err(|error| failed(&error))
    }

    fn free(&self) -> impl Iterator<Item = usize> {
        let taken: Vec<usize> = self.names.values().copied().collect();
        (0..self.slots.len()).filter(move |at| !taken.contains(at))
    }

    async fn open_more(&mut self) -> Result<(), JsValue> {
        while self.free().count() < FREE {
            let Some(slot) = self.next(true).await? else { break };
            self.slots.push(slot);
        }
        Ok(())
    }
}

#[derive(Clone)]
struct Slots(Arc<Mutex<Pool>>);

impl Slots {
    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens one more after the other until enough are free. What is opened belongs behind the last
    /// slot, so whoever else has opened it meanwhile was the same.
    async fn open_more(self) {
        loop {
            let (folder, next) = {
                let pool = self.pool();
                if pool.free().count() >= FREE {
                    return;
                }
                (pool.folder.clone(), pool.slots.len())
            };
            match open(&folder, next, true).await {
                Ok(Some(slot)) => self.pool().slots.push(slot),
                // What needs one will say so.
                Ok(None) | Err(_) => return,
            }
        }
    }
}

impl Keeper for Slots {
    fn make(&mut self, path: &str) -> io::Result<Box<dyn Bytes>> {
        let mut pool = self.pool();
        let at = pool.free().next().ok_or(ErrorKind::StorageFull)?;
        pool.clear(at)?;
        pool.name(at, path)?;
        pool.names.insert(path.to_owned(), at);
        if pool.free().count() == FEW {
            task::spawn(self.clone().open_more());
        }
        Ok(pool.bytes(at))
    }

    fn remove(&mut self, path: &str) -> io::Result<()> {
        let mut pool = self.pool();
        if let Some(at) = pool.names.get(path).copied() {
            pool.clear(at)?;
            pool.names.remove(path);
        }
        Ok(())
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        let mut pool = self.pool();
        let at = pool.names.get(from).copied().ok_or(ErrorKind::NotFound)?;
        // From here on the newer of two with that name counts, whatever happens.
        pool.name(at, to)?;
        pool.names.remove(from);
        match pool.names.insert(to.to_owned(), at) {
            Some(before) => pool.clear(before),
            None => Ok(()),
        }
    }
}

/// What is in the file of a slot.
struct Slot(FileSystemSyncAccessHandle);

impl Bytes for Slot {
    fn length(&self) -> io::Result<u64> {
        let whole = self.0.get_size().map_err(|error| failed(&error))?;
        Ok((whole as u64).saturating_sub(HEADER as u64))
    }

    fn read(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        read(&self.0, at + HEADER as u64, into)
    }

    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        write(&self.0, at + HEADER as u64, bytes)
    }

    fn set_length(&mut self, length: u64) -> io::Result<()> {
        let whole = (length + HEADER as u64) as f64;
        self.0.truncate_with_f64(whole).map_err(|error| failed(&error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(|error| failed(&error))
    }
}

fn at(place: u64) -> FileSystemReadWriteOptions {
    let options = FileSystemReadWriteOptions::new();
    options.set_at_f64(place as f64);
    options
}

fn read(from: &FileSystemSyncAccessHandle, place: u64, into: &mut [u8]) -> io::Result<usize> {
    let read = from.read_with_u8_array_and_options(into, &at(place));
    Ok(read.map_err(|error| failed(&error))? as usize)
}

fn write(into: &FileSystemSyncAccessHandle, place: u64, bytes: &[u8]) -> io::Result<()> {
    let written = into.write_with_u8_array_and_options(bytes, &at(place));
    // With no room left some browsers fail, and others write less or answer with nonsense.
    if written.map_err(|error| failed(&error))? as usize == bytes.len() {
        Ok(())
    } else {
        Err(ErrorKind::StorageFull.into())
    }
}

fn header_of(number: u64, name: &str) -> Option<[u8; HEADER]> {
    let mut header = [0; HEADER];
    let length = u16::try_from(name.len()).ok()?;
    let text = [&MARK[..], &number.to_be_bytes(), &length.to_be_bytes(), name.as_bytes()].concat();
    let whole = [&text[..], &Sha256::digest(&text)[..SUM]].concat();
    header.get_mut(..whole.len())?.copy_from_slice(&whole);
    Some(header)
}

fn named_by(header: &[u8; HEADER]) -> Option<(u64, String)> {
    let (number, rest) = header.strip_prefix(&MARK)?.split_first_chunk::<8>()?;
    let (length, rest) = rest.split_first_chunk::<2>()?;
    let name = rest.get(..usize::from(u16::from_be_bytes(*length)))?;
    let number = u64::from_be_bytes(*number);
    let name = String::from_utf8(name.to_vec()).ok()?;
    (header_of(number, &name)?[..] == header[..]).then_some((number, name))
}

async fn folder(name: &str) -> Result<FileSystemDirectoryHandle, JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into())?;
    let storage: StorageManager = Reflect::get(&navigator, &"storage".into())?.dyn_into()?;
    let root: FileSystemDirectoryHandle = outcome(storage.get_directory()).await?.dyn_into()?;
    let options = FileSystemGetDirectoryOptions::new();
    options.set_create(true);
    let folder = root.get_directory_handle_with_options(name, &options);
    outcome(folder).await?.dyn_into()
}

/// Opens a slot; none if it is not there and not to be made. Waits a while for a page that is just
/// going.
async fn open(
    folder: &FileSystemDirectoryHandle,
    number: usize,
    make: bool,
) -> Result<Option<FileSystemSyncAccessHandle>, JsValue> {
    let options = FileSystemGetFileOptions::new();
    options.set_create(make);
    let found = folder.get_file_handle_with_options(&number.to_string(), &options);
    let file: FileSystemFileHandle = match outcome(found).await {
        Ok(file) => file.dyn_into()?,
        Err(error) if is(&error, "NotFoundError") => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut attempt = 1;
    loop {
        match outcome(file.create_sync_access_handle()).await {
            Ok(handle) => return Ok(Some(handle.dyn_into()?)),
            Err(error) if attempt < ATTEMPTS && is_taken(&error) => sleep(APART).await,
            Err(error) => return Err(error),
        }
        attempt += 1;
    }
}

fn is_taken(error: &JsValue) -> bool {
    is(error, "NoModificationAllowedError")
}

fn is(error: &JsValue, name: &str) -> bool {
    Reflect::get(error, &"name".into()).is_ok_and(|found| found == name)
}

fn failed(error: &JsValue) -> io::Error {
    let kind =
        if is(error, "QuotaExceededError") { ErrorKind::StorageFull } else { ErrorKind::Other };
    io::Error::new(kind, super::words(error))
}

/// Why there is no disk.
fn refused(error: &JsValue) -> Error {
    if is_taken(error) {
        return Error::InUse;
    }
    broken(failed(error))
}

fn broken(error: io::Error) -> Error {
    Error::of_files("opening the browser's own files", error)
}
