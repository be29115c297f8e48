//! SQLite with encrypted pages, in the place of the crate of this name that rusqlite asks for.
//!
//! What is compiled is in `build.rs`; why it is this source and this cipher is among the decisions
//! of `ARCHITECTURE.md`; where the bindings come from is in `README.md`.
#![cfg_attr(not(any(test, target_family = "wasm")), no_std)]
#![allow(non_camel_case_types, non_snake_case, reason = "the names are those of C")]

use core::{ffi::c_void, mem};

pub use self::{bindings::*, error::*};

/// The disk of a browser.
#[cfg(target_family = "wasm")]
pub use self::browser::disk;

#[allow(dead_code, clippy::all, clippy::pedantic, reason = "generated")]
#[rustfmt::skip]
mod bindings;
#[allow(clippy::all, clippy::pedantic, reason = "taken over as it is, so that it can be compared")]
#[rustfmt::skip]
mod error;
#[cfg(target_family = "wasm")]
mod browser;
#[cfg(all(test, not(target_family = "wasm")))]
#[allow(dead_code, reason = "only what is in memory is tested here")]
#[path = "browser/disk.rs"]
mod disk;

/// Text or bytes that stay where they are for as long as SQLite needs them.
#[must_use]
pub fn SQLITE_STATIC() -> sqlite3_destructor_type {
    None
}

/// Text or bytes of which SQLite makes a copy of its own.
#[must_use]
pub fn SQLITE_TRANSIENT() -> sqlite3_destructor_type {
    // SAFETY: SQLite compares it with -1 and never calls it.
    Some(unsafe { mem::transmute::<isize, unsafe extern "C" fn(*mut c_void)>(-1_isize) })
}

impl Default for sqlite3_vtab {
    fn default() -> Self {
        // SAFETY: null pointers and zeros are what SQLite asks a new table to be.
        unsafe { mem::zeroed() }
    }
}

impl Default for sqlite3_vtab_cursor {
    fn default() -> Self {
        // SAFETY: a null pointer is what SQLite asks a new cursor to be.
        unsafe { mem::zeroed() }
    }
}

#[cfg(test)]
mod tests {
    use core::ffi::CStr;

    use super::*;

    fn compiled_with(option: &CStr) -> bool {
        // SAFETY: SQLite reads the text and keeps nothing of it.
        unsafe { sqlite3_compileoption_used(option.as_ptr()) == 1 }
    }

    #[test]
    fn the_bindings_are_of_the_sqlite_that_was_compiled() {
        // SAFETY: SQLite answers with a text that lives for ever.
        let version = unsafe { CStr::from_ptr(sqlite3_libversion()) };
        assert_eq!(version, SQLITE_VERSION);
    }

    #[test]
    fn what_is_sorted_or_undone_is_never_in_a_file_and_no_code_comes_in_by_sql() {
        assert!(compiled_with(c"TEMP_STORE=3"));
        assert!(compiled_with(c"SECURE_DELETE"));
        assert!(compiled_with(c"THREADSAFE=1"));
        assert!(compiled_with(c"OMIT_LOAD_EXTENSION"));
        assert!(!compiled_with(c"ENABLE_LOAD_EXTENSION"));
    }
}
