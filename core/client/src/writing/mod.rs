//! The one write path: how what a person did becomes entries, all of them or none.

pub(crate) mod drafts;
pub(crate) mod edits;
