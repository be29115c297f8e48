//! A disk that outlives the page: files in the browser's private file system, which one page at a
//! time can have. Only a dedicated worker can.
//!
//! A browser opens a file only for those who wait, and SQLite does not. So files are opened ahead,
//! as slots: each begins with a page that says what the file in it is called, and more are opened
//! whenever few are left. A slot with no name, or with a page that was cut short, is free.

mod header;

use std::{
    collections::BTreeMap,
    io::{self, ErrorKind},
    ops::Range,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use enhance_store::disk::{self, Bytes, Keeper};
use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{
    FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions,
    FileSystemGetFileOptions, FileSystemReadWriteOptions, FileSystemSyncAccessHandle,
    StorageManager,
};

use self::header::{HEADER, header_of, named_by};
use super::{outcome, task, time::sleep};
use crate::error::Error;

/// Slots without a file. Each takes about a megabyte of what a browser grants.
const FREE: usize = 8;
/// With fewer than this, more are opened.
const FEW: usize = 4;
/// Slots that are opened at the same time.
const AT_ONCE: usize = 16;
/// How often, and how long apart, it is tried to take over from a page that is going.
const ATTEMPTS: u32 = 100;
const APART: Duration = Duration::from_millis(20);

/// Puts the browser's private file system under the core, with all that was kept there under a
/// name. Whoever has it already keeps it: then this is [`Error::InUse`].
pub async fn mount(name: &str) -> Result<(), Error> {
    let folder = folder(name).await.map_err(|error| refused(&error))?;
    let (slots, names) = (Vec::new(), BTreeMap::new());
    let mut pool = Pool { folder, slots, names, newest: 0, is_opening: false };
    while pool.open_behind(AT_ONCE, false).await.map_err(|error| refused(&error))? == AT_ONCE {}
    let files = pool.look_through().map_err(broken)?;
    let lacking = FREE.saturating_sub(pool.free().count());
    // With no room for more what is there can still be read. What needs one will say so.
    let _ = pool.open_behind(lacking, true).await;
    let slots = Slots(Arc::new(Mutex::new(pool)));
    *MOUNTED.lock().unwrap_or_else(PoisonError::into_inner) = Some(slots.clone());
    disk::mount(Some(Box::new(slots)), files);
    Ok(())
}

static MOUNTED: Mutex<Option<Slots>> = Mutex::new(None);

/// Returns once a few more files can be made, or it is known that they cannot. Whoever makes many
/// waits before each: those that were opened ahead would soon be used up.
pub(crate) async fn make_room() {
    let mounted = MOUNTED.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let Some(slots) = mounted else { return };
    for _ in 0..ATTEMPTS {
        let is_opening = {
            let pool = slots.pool();
            if pool.free().count() > FEW {
                return;
            }
            pool.is_opening
        };
        if !is_opening {
            return slots.open_more().await;
        }
        sleep(APART).await;
    }
}

/// The slots of a folder, and what is in them.
struct Pool {
    folder: FileSystemDirectoryHandle,
    slots: Vec<FileSystemSyncAccessHandle>,
    /// The slot of each file.
    names: BTreeMap<String, usize>,
    /// The largest number that a header has: of two with one name the larger counts.
    newest: u64,
    /// Whether more slots are being opened.
    is_opening: bool,
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.slots.iter().for_each(FileSystemSyncAccessHandle::close);
    }
}

impl Pool {
    /// Opens the next slots behind the last one at the same time, as far as they are there or to be
    /// made, and says how many that were.
    async fn open_behind(&mut self, most: usize, make: bool) -> Result<usize, JsValue> {
        let next = self.slots.len();
        let files = files(&self.folder, next..next + most, make).await?;
        let opening = files.iter().map(FileSystemFileHandle::create_sync_access_handle);
        let mut failure = None;
        for (file, opened) in files.iter().zip(outcomes(opening).await) {
            let opened = match opened {
                Err(error) if failure.is_none() && is_taken(&error) => when_free(file).await,
                opened => opened,
            };
            match opened.and_then(JsCast::dyn_into::<FileSystemSyncAccessHandle>) {
                Ok(slot) if failure.is_none() => self.slots.push(slot),
                // One behind a gap would be taken for another.
                Ok(slot) => slot.close(),
                Err(error) => {
                    failure.get_or_insert(error);
                }
            }
        }
        failure.map_or_else(|| Ok(files.len()), Err)
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
}

#[derive(Clone)]
struct Slots(Arc<Mutex<Pool>>);

impl Slots {
    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens one more after the other until enough are free, unless that is being done.
    async fn open_more(self) {
        if std::mem::replace(&mut self.pool().is_opening, true) {
            return;
        }
        while let Some((folder, next)) = self.lacking() {
            match open(&folder, next).await {
                Ok(slot) => self.pool().slots.push(slot),
                // What needs one will say so.
                Err(_) => break,
            }
        }
        self.pool().is_opening = false;
    }

    /// The folder, and the number of the slot behind the last one; none if enough are free.
    fn lacking(&self) -> Option<(FileSystemDirectoryHandle, usize)> {
        let pool = self.pool();
        (pool.free().count() < FREE).then(|| (pool.folder.clone(), pool.slots.len()))
    }
}

impl Keeper for Slots {
    fn make(&mut self, path: &str) -> io::Result<Box<dyn Bytes>> {
        let mut pool = self.pool();
        let at = pool.free().next().ok_or(ErrorKind::StorageFull)?;
        pool.clear(at)?;
        pool.name(at, path)?;
        pool.names.insert(path.to_owned(), at);
        if pool.free().count() <= FEW && !pool.is_opening {
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
        Ok(bytes(whole).saturating_sub(HEADER as u64))
    }

    fn read(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        read(&self.0, at + HEADER as u64, into)
    }

    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        write(&self.0, at + HEADER as u64, bytes)
    }

    fn set_length(&mut self, length: u64) -> io::Result<()> {
        let whole = number(length + HEADER as u64);
        self.0.truncate_with_f64(whole).map_err(|error| failed(&error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(|error| failed(&error))
    }
}

/// A browser counts bytes in numbers that are whole up to 2^53.
#[allow(clippy::cast_precision_loss, reason = "no file has more")]
const fn number(bytes: u64) -> f64 {
    bytes as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the same")]
const fn bytes(number: f64) -> u64 {
    number as u64
}

fn at(place: u64) -> FileSystemReadWriteOptions {
    let options = FileSystemReadWriteOptions::new();
    options.set_at_f64(number(place));
    options
}

fn read(from: &FileSystemSyncAccessHandle, place: u64, into: &mut [u8]) -> io::Result<usize> {
    let read = from.read_with_u8_array_and_options(into, &at(place));
    let read = usize::try_from(bytes(read.map_err(|error| failed(&error))?));
    Ok(read.unwrap_or(usize::MAX).min(into.len()))
}

fn write(into: &FileSystemSyncAccessHandle, place: u64, from: &[u8]) -> io::Result<()> {
    let written = into.write_with_u8_array_and_options(from, &at(place));
    // With no room left some browsers fail, and others write less or answer with nonsense.
    if bytes(written.map_err(|error| failed(&error))?) == from.len() as u64 {
        Ok(())
    } else {
        Err(ErrorKind::StorageFull.into())
    }
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

/// The files of slots, up to the first that is not there and not to be made.
async fn files(
    folder: &FileSystemDirectoryHandle,
    numbers: Range<usize>,
    make: bool,
) -> Result<Vec<FileSystemFileHandle>, JsValue> {
    let options = FileSystemGetFileOptions::new();
    options.set_create(make);
    let finding =
        numbers.map(|number| folder.get_file_handle_with_options(&number.to_string(), &options));
    let found = outcomes(finding).await.into_iter();
    found
        .take_while(|file| !file.as_ref().is_err_and(|error| is(error, "NotFoundError")))
        .map(|file| file?.dyn_into())
        .collect()
}

/// Opens one more slot.
async fn open(
    folder: &FileSystemDirectoryHandle,
    number: usize,
) -> Result<FileSystemSyncAccessHandle, JsValue> {
    let options = FileSystemGetFileOptions::new();
    options.set_create(true);
    let found = folder.get_file_handle_with_options(&number.to_string(), &options);
    let file: FileSystemFileHandle = outcome(found).await?.dyn_into()?;
    outcome(file.create_sync_access_handle()).await?.dyn_into()
}

/// What becomes of promises that are all under way at the same time.
async fn outcomes(promises: impl Iterator<Item = Promise>) -> Vec<Result<JsValue, JsValue>> {
    let waiting: Vec<_> = promises.map(outcome).collect();
    let mut outcomes = Vec::with_capacity(waiting.len());
    for each in waiting {
        outcomes.push(each.await);
    }
    outcomes
}

/// Opens a slot once a page that is just going has let go of it; waits a while for that.
async fn when_free(file: &FileSystemFileHandle) -> Result<JsValue, JsValue> {
    let mut attempt = 1;
    loop {
        sleep(APART).await;
        match outcome(file.create_sync_access_handle()).await {
            Err(error) if attempt < ATTEMPTS && is_taken(&error) => attempt += 1,
            opened => return opened,
        }
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
