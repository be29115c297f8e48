//! Comments on a plan or a shared copy, in threads, and suggestions for a plan's text.
//!
//! What a person says is in a document of theirs about the other one; what is decided about a
//! suggestion is in the plan. A device puts together what it has of all of them.

pub(crate) mod places;
pub(crate) mod said;
pub(crate) mod suggestions;
pub(crate) mod threads;
pub(crate) mod waiting;
