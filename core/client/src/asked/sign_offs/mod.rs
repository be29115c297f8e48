//! Sign-offs: asking for one, giving one, what became of what was signed, and taking one along.
//!
//! What is asked for is a document of its own with the text as it stands, so that a supervisor needs
//! nothing else, and what is sealed stays so. What is answered is a document about it.

pub(crate) mod ask;
mod beside;
pub(crate) mod ended;
pub(in crate::asked) mod keeping;
pub(crate) mod kept;
pub(crate) mod keys;
pub(crate) mod paper;
pub(crate) mod sign;
pub(crate) mod since;
pub(crate) mod subjects;
pub(crate) mod take_back;
pub(crate) mod views;
