//! Attachments: a photograph or a PDF that belongs to a reflection or to a thing in the personal
//! record, as evidence.
//!
//! Here is what is said of one, what may be one, and what is taken out of it before it is kept
//! ([`strip()`]). Its bytes are in a file of their own, sealed, by the hash of what is sealed.

mod name;
mod portable;
mod strip;

use serde::{Deserialize, Serialize};

pub use self::{
    name::file_name,
    portable::{is_plain, portable_name, portable_path},
    strip::{Removed, Stripped, strip},
};
use crate::{ItemId, Sha256, Timestamp};

/// Bytes of the largest file that is taken.
pub const MOST_BYTES: u64 = 20 << 20;

/// Pixels of the largest picture that is taken: a phone has to show it.
pub const MOST_PIXELS: u64 = 250_000_000;

/// How many belong to one reflection, or to one thing in a record.
pub const MOST_OF_ONE: usize = 12;

/// What can be attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MediaType {
    #[serde(rename = "image/jpeg")]
    Jpeg,
    #[serde(rename = "image/png")]
    Png,
    #[serde(rename = "application/pdf")]
    Pdf,
}

/// A file that belongs to an entry. It never changes; another version of it is another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// What the file is called.
    pub name: String,
    pub media_type: MediaType,
    /// Bytes of the file, opened.
    pub bytes: u64,
    /// Bytes of the file, sealed: what goes over the network and what takes space.
    pub sealed_bytes: u64,
    /// The SHA-256 of what is sealed, by which the server knows it.
    pub sha256: Sha256,
    /// The thing in the personal record that it belongs to; none in a reflection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<ItemId>,
    /// Device clock when it was attached.
    pub added_at: Timestamp,
}

/// An edit of what belongs to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentEdit {
    /// Says that a file belongs to it.
    Add { id: ItemId, attachment: Attachment },
    /// Says that it does no more.
    Remove { id: ItemId },
}

/// Why a file is not attached, in words for the person who chose it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttachmentFault {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is too large.
    #[error("the file has {bytes} bytes, and an attachment has at most {limit}; make it smaller")]
    TooLarge { bytes: u64, limit: u64 },
    /// There is more in it than a phone can show, however few its bytes.
    #[error(
        "this picture is {width} by {height} pixels, and an attachment has at most {} million; \
         make it smaller", MOST_PIXELS / 1_000_000
    )]
    TooManyPixels { width: u32, height: u32 },
    /// It is none of the types that are taken.
    #[error("only photographs (JPEG, PNG) and PDFs can be attached, and this is neither")]
    UnknownType,
    /// A photograph of a kind out of which the place cannot be taken.
    #[error(
        "this is a HEIC photograph, out of which the place cannot be taken safely; send it as JPEG \
         (iPhone: Settings, Camera, Formats, Most Compatible)"
    )]
    Heic,
    /// A PDF with a password, or with one that is empty.
    #[error(
        "this PDF is encrypted, so nothing can be taken out of it, even if it opens without a \
         password; print it to a new PDF, and attach that"
    )]
    Encrypted,
    /// It is not whole, or not what it says it is.
    #[error("this {what} is damaged: {why}")]
    Damaged { what: &'static str, why: &'static str },
    /// A PDF that cannot be looked through for sure.
    #[error(
        "this PDF cannot be looked through for place, names and programs: {why}; print it to a \
         new PDF, or take a photograph of it, and attach that"
    )]
    Unreadable { why: &'static str },
    /// There are as many as there may be.
    #[error("{limit} files belong to this already; take one away first")]
    TooMany { limit: usize },
    /// There is no name, or none that a file can have.
    #[error("the file needs a name")]
    NoName,
}

impl MediaType {
    pub const ALL: [Self; 3] = [Self::Jpeg, Self::Png, Self::Pdf];

    /// The names of all, as documents keep them.
    pub const WORDS: &'static [&'static str] = &["image/jpeg", "image/png", "application/pdf"];

    /// The name in documents and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }

    /// What the name of such a file ends in.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }

    /// What a person calls it.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Jpeg => "photograph (JPEG)",
            Self::Png => "picture (PNG)",
            Self::Pdf => "PDF",
        }
    }

    /// What a file is, by how it begins. What it is called does not matter.
    pub fn of(bytes: &[u8]) -> Result<Self, AttachmentFault> {
        /// Kinds of HEIF, as their files name them.
        const HEIC: [&[u8]; 11] = [
            b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1",
            b"miaf", b"tmap",
        ];
        if bytes.is_empty() {
            return Err(AttachmentFault::Empty);
        }
        if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            return Ok(Self::Jpeg);
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Ok(Self::Png);
        }
        if bytes.starts_with(b"%PDF-") {
            return Ok(Self::Pdf);
        }
        let brand = bytes.get(4..12).and_then(|start| start.strip_prefix(b"ftyp"));
        if brand.is_some_and(|brand| HEIC.contains(&brand)) {
            return Err(AttachmentFault::Heic);
        }
        Err(AttachmentFault::UnknownType)
    }
}

impl std::fmt::Display for MediaType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for MediaType {
    type Err = AttachmentFault;

    fn from_str(text: &str) -> Result<Self, AttachmentFault> {
        let known = Self::ALL.into_iter().find(|one| one.as_str() == text);
        known.ok_or(AttachmentFault::UnknownType)
    }
}

/// Refuses a picture for what its header says of its size.
const fn check_pixels((width, height): (u32, u32)) -> Result<(), AttachmentFault> {
    // The product of two of 32 bits has 64.
    if width as u64 * height as u64 > MOST_PIXELS {
        return Err(AttachmentFault::TooManyPixels { width, height });
    }
    Ok(())
}

/// Refuses a file for its size alone, before it is read.
pub const fn check_size(bytes: u64) -> Result<(), AttachmentFault> {
    if bytes == 0 {
        return Err(AttachmentFault::Empty);
    }
    if bytes > MOST_BYTES {
        return Err(AttachmentFault::TooLarge { bytes, limit: MOST_BYTES });
    }
    Ok(())
}
