//! Content packs: what publishers made and signed, fetched file by file and put to use at once.
//!
//! A manifest is believed because of its publisher's signature, a file because of its SHA-256;
//! where they came from does not matter. A version is in use only when all of it is here, and the
//! one before it stays in use until then. A device never goes back to a lower version. A file that
//! is lost or changed later is fetched again, by the next update or the next sync.

pub(crate) mod fetch;
pub(crate) mod install;
pub(crate) mod media;
pub(crate) mod mend;
mod room;
pub(crate) mod states;
