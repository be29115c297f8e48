//! JPEG 2000 (ITU T.800), as PDFs have it: boxes, one of which holds the coded picture, or the
//! coded picture alone. Boxes that do not make the picture and its colours, and remarks, are
//! overwritten where they stand.

use std::{collections::BTreeSet, ops::Range};

use super::{super::AttachmentFault, removed::Removed};

/// Boxes that make the picture.
const KEPT: [&[u8; 4]; 5] = [b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jp2c"];
/// A box with nothing in it.
const FREE: &[u8; 4] = b"free";

/// How the coded picture begins.
const START: [u8; 2] = [0xff, 0x4f];
/// The marker of a remark.
const REMARK: [u8; 2] = [0xff, 0x64];
/// The marker of the first part of the picture itself.
const FIRST_PART: [u8; 2] = [0xff, 0x90];

const fn damaged(why: &'static str) -> AttachmentFault {
    AttachmentFault::Damaged { what: "JPEG 2000", why }
}

/// The picture without its notes, as long as it was.
pub(super) fn strip(
    bytes: &[u8],
    removed: &mut BTreeSet<Removed>,
) -> Result<Vec<u8>, AttachmentFault> {
    let mut picture = bytes.to_vec();
    if bytes.starts_with(&START) {
        blank_remarks(&mut picture, 0..bytes.len(), removed)?;
        return Ok(picture);
    }
    let mut at = 0;
    while at < picture.len() {
        let name = at + 4..at + 8;
        let inside = inside_of(&picture, at)?;
        at = inside.end;
        match picture.get(name.clone()) {
            Some(b"jp2c") => blank_remarks(&mut picture, inside, removed)?,
            Some(kept) if KEPT.iter().any(|one| *one == kept) => {}
            _ => {
                write(&mut picture, name, FREE);
                write(&mut picture, inside, &[]);
                removed.insert(Removed::Notes);
            }
        }
    }
    Ok(picture)
}

/// Where what is in a box stands: the last one may go to the end.
fn inside_of(bytes: &[u8], at: usize) -> Result<Range<usize>, AttachmentFault> {
    let cut = || damaged("it is cut off");
    let head = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>).ok_or_else(cut)?;
    let [a, b, c, d, ..] = *head;
    let (length, head) = match u32::from_be_bytes([a, b, c, d]) {
        0 => (u64::MAX, 8),
        1 => {
            let long = bytes.get(at + 8..).and_then(<[u8]>::first_chunk::<8>).ok_or_else(cut)?;
            (u64::from_be_bytes(*long), 16)
        }
        length => (u64::from(length), 8),
    };
    let end = match usize::try_from(length) {
        Ok(length) if length < usize::MAX => at.checked_add(length).ok_or_else(cut)?,
        _ => bytes.len(),
    };
    if end < at + head || end > bytes.len() {
        return Err(cut());
    }
    Ok(at + head..end)
}

/// Overwrites the remarks before the first part of a coded picture.
fn blank_remarks(
    picture: &mut [u8],
    place: Range<usize>,
    removed: &mut BTreeSet<Removed>,
) -> Result<(), AttachmentFault> {
    /// Its marker, its length, and of what kind it is.
    const HEAD: usize = 6;
    let unfit = || damaged("its parts do not fit together");
    if !picture.get(place.clone()).is_some_and(|coded| coded.starts_with(&START)) {
        return Err(unfit());
    }
    let mut at = place.start + START.len();
    loop {
        let head = picture.get(at..place.end).and_then(<[u8]>::first_chunk::<4>);
        let [first, second, high, low] = *head.ok_or_else(unfit)?;
        if [first, second] == FIRST_PART {
            return Ok(());
        }
        let next = at + 2 + usize::from(u16::from_be_bytes([high, low]));
        if first != 0xff || next < at + 4 || next > place.end {
            return Err(unfit());
        }
        if [first, second] == REMARK {
            write(picture, (at + HEAD).min(next)..next, &[]);
            removed.insert(Removed::Comments);
        }
        at = next;
    }
}

/// Writes something in a place, and nothing to its end.
fn write(picture: &mut [u8], place: Range<usize>, what: &[u8]) {
    let Some(place) = picture.get_mut(place) else { return };
    place.fill(0);
    place.iter_mut().zip(what).for_each(|(place, byte)| *place = *byte);
}
