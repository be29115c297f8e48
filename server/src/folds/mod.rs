//! Folds: plain documents that rest, or of which much is new, are made one piece in the background,
//! one after the other, in the place of the entries of their changes.
//!
//! Nothing waits for it, and nothing is let go before the piece was opened and found to give the
//! same changes. Reading, making and putting it there are three steps; what happens to a document
//! in between makes the last of them do nothing.

pub(crate) mod work;

pub use work::{everything, rested};
