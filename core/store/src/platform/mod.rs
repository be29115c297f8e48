//! What differs between a system with files and a browser, behind one name: the files, the lock on
//! them, and whether a folder is ours. The core above names this and neither of the two.

#[cfg(target_family = "wasm")]
mod browser;
#[cfg(not(target_family = "wasm"))]
mod native;

#[cfg(target_family = "wasm")]
pub use self::browser::*;
#[cfg(not(target_family = "wasm"))]
pub use self::native::*;

/// Who may hold a folder at the same time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holding {
    /// This process and no other.
    Alone,
    /// All that write nothing: one more of them changes nothing for the others.
    ToRead,
}
