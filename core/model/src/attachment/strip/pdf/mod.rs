//! PDF (ISO 32000): what makes its pages stays where it stood, byte for byte, and everything else
//! is left blank, so that no place in the file moves.
//!
//! It is read whole, its packed parts too. What no page leads to is not kept, and of what one leads
//! to only what it needs to be drawn, found and read aloud ([`kinds`]): no properties, no XMP,
//! nothing that programs noted for themselves, no files, films, sounds and scripts, no link to
//! anything but a page of it or of the web, and nothing that an earlier version of it had. Of notes
//! on a page what is seen stays: marks, stamps, and words that are written on the page itself; not
//! the words behind a mark, which no paper shows, and not who wrote them and when. Of a form what
//! was filled in stays, while its fields are called by numbers, so that one without a picture of its
//! own still shows it and no two fields become one. Photographs lose what they lose as files of
//! their own, in whichever way they are packed. No picture is decoded.
//!
//! A library that reads and writes PDFs was looked at (`lopdf`): it would write the whole file anew,
//! takes what a damaged file seems to mean, and bounds neither how deep nor how large things are.

mod bytes;
mod document;
mod faults;
mod file;
mod filters;
mod kinds;
mod packed;
mod reader;
mod sifting;
mod streams;
mod told;
mod words;
mod writing;

use std::collections::BTreeSet;

use self::{
    bytes::find, document::Document, faults::damaged, file::File, filters::Room, writing::Kept,
};
use super::{super::AttachmentFault, removed::Removed};

/// The document without what does not make its pages. It is as long as it was.
pub(super) fn strip(
    bytes: &[u8],
    removed: &mut BTreeSet<Removed>,
) -> Result<Vec<u8>, AttachmentFault> {
    if find(bytes, b"startxref").is_none() || find(bytes, b"%%EOF").is_none() {
        return Err(damaged("it is cut off"));
    }
    let file = File::read(bytes, removed)?;
    let mut room = Room::new();
    let document = Document::of(bytes, &file, &mut room)?;
    let stripped = Kept::of(&document, removed)?.written(&mut room, removed)?;
    removed.insert(Removed::PagesLeft);
    Ok(stripped)
}
