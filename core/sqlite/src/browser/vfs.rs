//! SQLite's way to the disk: each function of it is one of [`disk`] or of [`sharing`].
//!
//! [`sharing`]: super::sharing

use core::{
    ffi::{CStr, c_char, c_int, c_void},
    ptr, slice,
};
use std::{ffi::CString, io};

use super::{
    disk::{self, File, Kind},
    sharing::Share,
};
use crate::bindings::*;

/// Bytes that a path may have.
const LONGEST_PATH: c_int = 512;

/// An open file, as SQLite sees it: what is first in it is SQLite's own.
#[repr(C)]
struct Opened {
    base: sqlite3_file,
    held: *mut Held,
}

struct Held {
    file: File,
    /// None for a file without a name.
    path: Option<String>,
    share: Share,
    goes_at_close: bool,
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// SQLite calls this before anything else.
#[unsafe(no_mangle)]
extern "C" fn sqlite3_os_init() -> c_int {
    let vfs = sqlite3_vfs {
        iVersion: 2,
        szOsFile: size_of::<Opened>() as c_int,
        mxPathname: LONGEST_PATH,
        pNext: ptr::null_mut(),
        zName: c"disk".as_ptr(),
        pAppData: ptr::null_mut(),
        xOpen: Some(open),
        xDelete: Some(delete),
        xAccess: Some(access),
        xFullPathname: Some(full_pathname),
        xDlOpen: None,
        xDlError: None,
        xDlSym: None,
        xDlClose: None,
        xRandomness: Some(randomness),
        xSleep: Some(sleep),
        xCurrentTime: Some(current_time),
        xGetLastError: None,
        xCurrentTimeInt64: Some(current_time_int64),
        xSetSystemCall: None,
        xGetSystemCall: None,
        xNextSystemCall: None,
    };
    // SAFETY: it is there for as long as SQLite is.
    unsafe { sqlite3_vfs_register(Box::leak(Box::new(vfs)), 1) }
}

#[unsafe(no_mangle)]
extern "C" fn sqlite3_os_end() -> c_int {
    SQLITE_OK
}

/// What SQLite holds.
///
/// # Safety
///
/// `file` was opened here and is not closed.
unsafe fn held<'a>(file: *mut sqlite3_file) -> &'a mut Held {
    // SAFETY: `open` put it there.
    unsafe { &mut *(*file.cast::<Opened>()).held }
}

/// A path that SQLite names.
///
/// # Safety
///
/// `path` ends with a zero.
unsafe fn named(path: *const c_char) -> String {
    // SAFETY: as asked.
    unsafe { CStr::from_ptr(path) }.to_string_lossy().into_owned()
}

fn code(done: io::Result<()>, failed: c_int) -> c_int {
    match done {
        Ok(()) => SQLITE_OK,
        Err(error) if has_no_room(&error) => SQLITE_FULL,
        Err(_) => failed,
    }
}

fn has_no_room(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: SQLite hands a name or none, and room for what is opened.
    let path = (!name.is_null()).then(|| unsafe { named(name) });
    unsafe { (*file).pMethods = ptr::null() };
    let found = match &path {
        None => Ok(File::nameless()),
        Some(path) if flags & SQLITE_OPEN_CREATE != 0 => disk::open_or_make(path),
        Some(path) => disk::open(path),
    };
    let file_found = match found {
        Ok(found) => found,
        Err(error) => return code(Err(error), SQLITE_CANTOPEN),
    };
    let share = Share::of(path.as_deref().unwrap_or_default());
    let goes_at_close = flags & SQLITE_OPEN_DELETEONCLOSE != 0;
    let opened = Box::new(Held { file: file_found, path, share, goes_at_close });
    // SAFETY: the room is as large as was asked for.
    unsafe {
        let file = file.cast::<Opened>();
        (*file).held = Box::into_raw(opened);
        (*file).base.pMethods = &raw const METHODS;
        if !out_flags.is_null() {
            *out_flags = flags;
        }
    }
    SQLITE_OK
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: SQLite closes once what was opened.
    let held = unsafe { Box::from_raw((*file.cast::<Opened>()).held) };
    unsafe { (*file).pMethods = ptr::null() };
    if let (true, Some(path)) = (held.goes_at_close, &held.path) {
        // It may have been removed already.
        let _ = disk::remove(path);
    }
    SQLITE_OK
}

unsafe extern "C" fn read(
    file: *mut sqlite3_file,
    into: *mut c_void,
    bytes: c_int,
    at: sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite says how long its own buffer is.
    let into = unsafe { slice::from_raw_parts_mut(into.cast::<u8>(), bytes as usize) };
    let read = unsafe { held(file) }.file.bytes().read(at as u64, into);
    match read {
        Ok(read) if read == into.len() => SQLITE_OK,
        Ok(read) => {
            into[read..].fill(0);
            SQLITE_IOERR_SHORT_READ
        }
        Err(_) => SQLITE_IOERR_READ,
    }
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    bytes: c_int,
    at: sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite says how long its own buffer is.
    let from = unsafe { slice::from_raw_parts(from.cast::<u8>(), bytes as usize) };
    code(unsafe { held(file) }.file.bytes().write(at as u64, from), SQLITE_IOERR_WRITE)
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, length: sqlite3_int64) -> c_int {
    // SAFETY: the file is open.
    code(unsafe { held(file) }.file.bytes().set_length(length as u64), SQLITE_IOERR_TRUNCATE)
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, _: c_int) -> c_int {
    // SAFETY: the file is open.
    code(unsafe { held(file) }.file.bytes().flush(), SQLITE_IOERR_FSYNC)
}

unsafe extern "C" fn file_size(file: *mut sqlite3_file, into: *mut sqlite3_int64) -> c_int {
    // SAFETY: the file is open, and SQLite has room for a number.
    match unsafe { held(file) }.file.bytes().length() {
        Ok(length) => {
            unsafe { *into = length as sqlite3_int64 };
            SQLITE_OK
        }
        Err(_) => SQLITE_IOERR_FSTAT,
    }
}

fn busy_unless(taken: bool) -> c_int {
    if taken { SQLITE_OK } else { SQLITE_BUSY }
}

unsafe extern "C" fn lock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: the file is open.
    busy_unless(unsafe { held(file) }.share.lock(level))
}

unsafe extern "C" fn unlock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: the file is open.
    unsafe { held(file) }.share.unlock(level);
    SQLITE_OK
}

unsafe extern "C" fn check_reserved_lock(file: *mut sqlite3_file, into: *mut c_int) -> c_int {
    // SAFETY: the file is open, and SQLite has room for a number.
    unsafe { *into = c_int::from(held(file).share.is_reserved()) };
    SQLITE_OK
}

unsafe extern "C" fn file_control(_: *mut sqlite3_file, _: c_int, _: *mut c_void) -> c_int {
    SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(_: *mut sqlite3_file) -> c_int {
    4_096
}

unsafe extern "C" fn device_characteristics(_: *mut sqlite3_file) -> c_int {
    SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn shm_map(
    file: *mut sqlite3_file,
    region: c_int,
    bytes: c_int,
    make: c_int,
    into: *mut *mut c_void,
) -> c_int {
    // SAFETY: the file is open.
    let share = &unsafe { held(file) }.share;
    let found = share.region(region as usize, (bytes as usize).div_ceil(8), make != 0);
    // SAFETY: SQLite has room for a place. The region stays until nobody uses the index.
    unsafe { *into = found.map_or(ptr::null_mut(), <*mut u64>::cast) };
    SQLITE_OK
}

unsafe extern "C" fn shm_lock(
    file: *mut sqlite3_file,
    first: c_int,
    count: c_int,
    flags: c_int,
) -> c_int {
    // SAFETY: the file is open.
    let share = &unsafe { held(file) }.share;
    // There are eight places, so it fits.
    let places = (((1_u32 << count) - 1) << first) as u8;
    if flags & SQLITE_SHM_UNLOCK != 0 {
        share.unlock_index(places);
        return SQLITE_OK;
    }
    busy_unless(share.lock_index(places, flags & SQLITE_SHM_EXCLUSIVE != 0))
}

unsafe extern "C" fn shm_barrier(_: *mut sqlite3_file) {}

unsafe extern "C" fn shm_unmap(file: *mut sqlite3_file, _: c_int) -> c_int {
    // SAFETY: the file is open.
    unsafe { held(file) }.share.leave_index();
    SQLITE_OK
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, _: c_int) -> c_int {
    // SAFETY: SQLite hands a name.
    match disk::remove(&unsafe { named(name) }) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => SQLITE_IOERR_DELETE_NOENT,
        done => code(done, SQLITE_IOERR_DELETE),
    }
}

unsafe extern "C" fn access(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    _: c_int,
    into: *mut c_int,
) -> c_int {
    // SAFETY: SQLite hands a name, and has room for a number.
    let found = disk::kind(&unsafe { named(name) });
    unsafe { *into = c_int::from(matches!(found, Ok(Some(Kind::File(_))))) };
    SQLITE_OK
}

unsafe extern "C" fn full_pathname(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    room: c_int,
    into: *mut c_char,
) -> c_int {
    // SAFETY: SQLite hands a name.
    let Ok(path) = CString::new(unsafe { named(name) }) else { return SQLITE_CANTOPEN };
    let bytes = path.as_bytes_with_nul();
    if bytes.len() > room as usize {
        return SQLITE_CANTOPEN;
    }
    // SAFETY: there is room for it.
    unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), into.cast(), bytes.len()) };
    SQLITE_OK
}

unsafe extern "C" fn randomness(_: *mut sqlite3_vfs, bytes: c_int, into: *mut c_char) -> c_int {
    // SAFETY: SQLite says how long its own buffer is.
    let into = unsafe { slice::from_raw_parts_mut(into.cast::<u8>(), bytes as usize) };
    if getrandom::fill(into).is_ok() { bytes } else { 0 }
}

/// Nobody else could let go of anything meanwhile.
unsafe extern "C" fn sleep(_: *mut sqlite3_vfs, microseconds: c_int) -> c_int {
    microseconds
}

/// Time comes in as an argument, and never from the database.
unsafe extern "C" fn current_time(_: *mut sqlite3_vfs, _: *mut f64) -> c_int {
    SQLITE_ERROR
}

unsafe extern "C" fn current_time_int64(_: *mut sqlite3_vfs, _: *mut sqlite3_int64) -> c_int {
    SQLITE_ERROR
}
