//! Taking out of a file what tells where, when, by whom and with what it was made, before it is
//! kept. No picture is decoded: what is kept is kept byte for byte, and nothing is ever longer than
//! it was.
//!
//! What comes in is anybody's bytes. Every step of a loop takes at least one of them, and what is
//! not understood is refused and never passed on.

mod colours;
mod jpeg;
mod jpeg2000;
mod pdf;
mod png;
mod removed;
mod turned;

use std::collections::BTreeSet;

pub use removed::Removed;

use super::{AttachmentFault, MediaType, check_size};

/// A file without what was taken out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stripped {
    pub media_type: MediaType,
    pub bytes: Vec<u8>,
    /// What was taken out, or could not be.
    pub removed: BTreeSet<Removed>,
}

/// Takes out of a file what tells where, when, by whom and with what it was made.
///
/// ```
/// use enhance_model::attachment::{AttachmentFault, strip};
///
/// assert_eq!(strip(b"GIF89a").unwrap_err(), AttachmentFault::UnknownType);
/// ```
pub fn strip(bytes: &[u8]) -> Result<Stripped, AttachmentFault> {
    check_size(bytes.len() as u64)?;
    let media_type = MediaType::of(bytes)?;
    let mut removed = BTreeSet::new();
    let bytes = match media_type {
        MediaType::Jpeg => jpeg::strip(bytes, &mut removed)?,
        MediaType::Png => png::strip(bytes, &mut removed)?,
        MediaType::Pdf => pdf::strip(bytes, &mut removed)?,
    };
    Ok(Stripped { media_type, bytes, removed })
}
