//! Trials: documents with many new changes are tried as a whole in the background, one after the
//! other. One that fails is frozen after its last good change: it is read as it was then, takes no
//! further change, and the operator hears of it.
//!
//! No push waits for a trial, and none is refused because one is under way.

pub(crate) mod work;
