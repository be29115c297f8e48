//! How the connections of one page share a database: their locks, and the index of its log.
//!
//! There is one thread and one process, so nobody waits here: what is held is said at once.

use core::ffi::c_int;
use std::{
    cell::RefCell,
    collections::BTreeMap,
    sync::atomic::{AtomicU32, Ordering},
};

use crate::{SQLITE_LOCK_EXCLUSIVE, SQLITE_LOCK_PENDING, SQLITE_LOCK_RESERVED, SQLITE_LOCK_SHARED};

/// What one connection holds of a database.
#[derive(Default)]
struct Hold {
    level: c_int,
    /// Places of the index that it shares with others, and that it has alone: a bit each.
    shared: u8,
    alone: u8,
    uses_index: bool,
}

#[derive(Default)]
struct Database {
    holds: BTreeMap<u32, Hold>,
    /// The index of the log, in regions that stay where they are.
    index: Vec<Box<[u64]>>,
}

thread_local! {
    static DATABASES: RefCell<BTreeMap<String, Database>> = const { RefCell::new(BTreeMap::new()) };
}

static NEXT: AtomicU32 = AtomicU32::new(0);

/// One connection's part in a database. It ends when this is dropped.
pub(super) struct Share {
    path: String,
    number: u32,
}

impl Share {
    pub(super) fn of(path: &str) -> Self {
        Self { path: path.to_owned(), number: NEXT.fetch_add(1, Ordering::Relaxed) }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Database, &mut Hold) -> T) -> T {
        DATABASES.with_borrow_mut(|databases| {
            let database = databases.entry(self.path.clone()).or_default();
            let mut hold = database.holds.remove(&self.number).unwrap_or_default();
            let done = work(database, &mut hold);
            database.holds.insert(self.number, hold);
            done
        })
    }

    /// Takes a lock, if the others' allow it.
    pub(super) fn lock(&self, wanted: c_int) -> bool {
        self.with(|database, mine| {
            if wanted <= mine.level {
                return true;
            }
            let others = database.holds.values().map(|hold| hold.level).max().unwrap_or_default();
            match wanted {
                SQLITE_LOCK_SHARED if others >= SQLITE_LOCK_PENDING => return false,
                SQLITE_LOCK_RESERVED if others >= SQLITE_LOCK_RESERVED => return false,
                SQLITE_LOCK_EXCLUSIVE if others >= SQLITE_LOCK_RESERVED => return false,
                SQLITE_LOCK_EXCLUSIVE if others >= SQLITE_LOCK_SHARED => {
                    mine.level = SQLITE_LOCK_PENDING;
                    return false;
                }
                _ => {}
            }
            mine.level = wanted;
            true
        })
    }

    pub(super) fn unlock(&self, level: c_int) {
        self.with(|_, mine| mine.level = mine.level.min(level));
    }

    /// Whether somebody is about to write.
    pub(super) fn is_reserved(&self) -> bool {
        let is_reserved = |hold: &Hold| hold.level >= SQLITE_LOCK_RESERVED;
        self.with(|database, mine| is_reserved(mine) || database.holds.values().any(is_reserved))
    }

    /// Takes places of the index, if the others' allow it.
    pub(super) fn lock_index(&self, places: u8, alone: bool) -> bool {
        self.with(|database, mine| {
            let taken = database.holds.values().any(|other| {
                let theirs = if alone { other.alone | other.shared } else { other.alone };
                theirs & places != 0
            });
            if !taken {
                let held = if alone { &mut mine.alone } else { &mut mine.shared };
                *held |= places;
            }
            !taken
        })
    }

    pub(super) fn unlock_index(&self, places: u8) {
        self.with(|_, mine| {
            mine.alone &= !places;
            mine.shared &= !places;
        });
    }

    /// A region of the index, in words of eight bytes; none if it is not there and not to be made.
    pub(super) fn region(&self, at: usize, words: usize, make: bool) -> Option<*mut u64> {
        self.with(|database, mine| {
            mine.uses_index = true;
            while make && database.index.len() <= at {
                database.index.push(vec![0; words].into());
            }
            database.index.get_mut(at).map(|region| region.as_mut_ptr())
        })
    }

    /// Lets go of the index, which is gone when nobody uses it.
    pub(super) fn leave_index(&self) {
        self.with(|database, mine| {
            mine.uses_index = false;
            if !database.holds.values().any(|hold| hold.uses_index) {
                database.index.clear();
            }
        });
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        DATABASES.with_borrow_mut(|databases| {
            if let Some(database) = databases.get_mut(&self.path) {
                database.holds.remove(&self.number);
                if database.holds.is_empty() {
                    databases.remove(&self.path);
                }
            }
        });
    }
}
