//! JPEG (ITU T.81): a row of segments. Those that make the picture and its colours are kept; of
//! Exif one tag, the way it is to be turned, in an Exif of its own.

use std::collections::BTreeSet;

use super::{super::AttachmentFault, removed::Removed};

const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
const COM: u8 = 0xfe;

/// Bytes of a JFIF header without its small picture, from its name on.
const JFIF_BYTES: usize = 14;
/// Bytes of an Adobe segment.
const ADOBE_BYTES: usize = 12;
/// Bytes of the Exif that says nothing but the way to turn it, from its name on.
const TURN_BYTES: usize = 32;

const fn damaged(why: &'static str) -> AttachmentFault {
    AttachmentFault::Damaged { what: "JPEG", why }
}

/// The picture without its notes. What follows its end is left out.
pub(super) fn strip(
    bytes: &[u8],
    removed: &mut BTreeSet<Removed>,
) -> Result<Vec<u8>, AttachmentFault> {
    Picture::default().stripped(bytes, removed)
}

/// The same of a picture that others turn, as a page of a PDF does.
pub(super) fn strip_unturned(
    bytes: &[u8],
    removed: &mut BTreeSet<Removed>,
) -> Result<Vec<u8>, AttachmentFault> {
    Picture { has_turn: true, ..Picture::default() }.stripped(bytes, removed)
}

#[derive(Default)]
struct Picture {
    kept: Vec<u8>,
    has_frame: bool,
    has_scan: bool,
    has_turn: bool,
}

impl Picture {
    fn stripped(
        mut self,
        bytes: &[u8],
        removed: &mut BTreeSet<Removed>,
    ) -> Result<Vec<u8>, AttachmentFault> {
        let start = [0xff, 0xd8];
        let mut left = bytes.strip_prefix(&start).ok_or(damaged("it does not begin as one"))?;
        self.kept.extend(start);
        loop {
            let (marker, after) = next_marker(left)?;
            if marker == EOI {
                if !self.has_frame || !self.has_scan {
                    return Err(damaged("there is no picture in it"));
                }
                self.kept.extend([0xff, EOI]);
                if !after.is_empty() {
                    removed.insert(Removed::Rest);
                }
                return Ok(self.kept);
            }
            let (payload, rest) = segment(after)?;
            self.take(marker, payload, removed)?;
            left = rest;
            if marker == SOS {
                let end = scan_end(rest).ok_or(damaged("it is cut off"))?;
                let (scan, after) = rest.split_at_checked(end).ok_or(damaged("it is cut off"))?;
                self.kept.extend(scan);
                left = after;
            }
        }
    }

    /// Keeps a segment, or a part of it, or leaves it out.
    fn take(
        &mut self,
        marker: u8,
        payload: &[u8],
        removed: &mut BTreeSet<Removed>,
    ) -> Result<(), AttachmentFault> {
        match marker {
            // Frames. Those that go on from another picture are in no file of their own.
            0xc0..=0xc3 | 0xc9..=0xcb => {
                let size = payload.get(1..5).ok_or(damaged("its size is cut off"))?;
                if size.chunks(2).any(|pair| pair == [0, 0]) {
                    return Err(damaged("it has no size"));
                }
                self.has_frame = true;
                self.keep(marker, payload);
            }
            // Tables and restarts.
            0xc4 | 0xcc | 0xdb..=0xdd => self.keep(marker, payload),
            SOS if self.has_frame => {
                self.has_scan = true;
                self.keep(marker, payload);
            }
            APP0 if payload.starts_with(b"JFIF\0") && payload.len() >= JFIF_BYTES => {
                let mut header: Vec<u8> = payload.iter().copied().take(JFIF_BYTES).collect();
                if let Some(size) = header.get_mut(JFIF_BYTES - 2..) {
                    size.fill(0);
                }
                self.keep(marker, &header);
                if payload.len() > JFIF_BYTES {
                    removed.insert(Removed::Preview);
                }
            }
            APP1 if payload.starts_with(b"Exif\0") => {
                removed.insert(Removed::Camera);
                // No longer than what it stands for.
                let turn = turn_of(payload).filter(|_| payload.len() >= TURN_BYTES);
                if let Some(turn) = turn.filter(|_| !self.has_turn) {
                    self.has_turn = true;
                    self.keep(APP1, &exif_of(turn));
                }
            }
            APP2 if payload.starts_with(b"ICC_PROFILE\0") => self.keep(marker, payload),
            APP0 | APP2 => drop(removed.insert(Removed::Preview)),
            APP14 if payload.starts_with(b"Adobe") && payload.len() >= ADOBE_BYTES => {
                self.keep(marker, payload.get(..ADOBE_BYTES).unwrap_or_default());
            }
            APP1..=0xef => drop(removed.insert(Removed::Notes)),
            COM => drop(removed.insert(Removed::Comments)),
            _ => return Err(damaged("it has a part that no photograph has")),
        }
        Ok(())
    }

    fn keep(&mut self, marker: u8, payload: &[u8]) {
        let length = u16::try_from(payload.len() + 2).unwrap_or(u16::MAX);
        self.kept.extend([0xff, marker]);
        self.kept.extend(length.to_be_bytes());
        self.kept.extend(payload);
    }
}

/// The next marker and what comes after it. Any number of 0xff may stand before it.
fn next_marker(bytes: &[u8]) -> Result<(u8, &[u8]), AttachmentFault> {
    let Some((0xff, after)) = bytes.split_first() else {
        let why = if bytes.is_empty() { "it is cut off" } else { "its parts do not fit together" };
        return Err(damaged(why));
    };
    let fill = after.iter().take_while(|byte| **byte == 0xff).count();
    let (marker, after) =
        after.get(fill..).and_then(<[u8]>::split_first).ok_or(damaged("it is cut off"))?;
    Ok((*marker, after))
}

/// What is in a segment, and what comes after it.
fn segment(bytes: &[u8]) -> Result<(&[u8], &[u8]), AttachmentFault> {
    let cut = damaged("a part of it is cut off");
    let (length, after) = bytes.split_first_chunk::<2>().ok_or(cut.clone())?;
    let length = usize::from(u16::from_be_bytes(*length)).checked_sub(2).ok_or(cut.clone())?;
    after.split_at_checked(length).ok_or(cut)
}

/// Where the coded picture after a scan's header ends: at a marker that is no restart and no
/// stuffed byte.
fn scan_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        at += found;
        match bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

/// The way a picture is to be turned, as its Exif has it: from 2 to 8, for 1 says nothing.
fn turn_of(payload: &[u8]) -> Option<u8> {
    const ORIENTATION: u16 = 0x0112;
    const MOST_TAGS: usize = 256;
    let tiff = payload.strip_prefix(b"Exif\0")?.get(1..)?;
    let is_little = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair = tiff.get(at..at.checked_add(2)?)?.first_chunk::<2>()?;
        Some(if is_little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) })
    };
    let first = tiff.get(4..8)?.first_chunk::<4>()?;
    let first = if is_little { u32::from_le_bytes(*first) } else { u32::from_be_bytes(*first) };
    let first = usize::try_from(first).ok()?;
    let tags = usize::from(short(first)?).min(MOST_TAGS);
    let tag = (0..tags).map(|tag| first.saturating_add(2 + tag * 12));
    let found = tag.into_iter().find(|at| short(*at) == Some(ORIENTATION))?;
    let turn = short(found.checked_add(8)?)?;
    u8::try_from(turn).ok().filter(|turn| (2..=8).contains(turn))
}

/// An Exif that says the way to turn the picture and nothing else.
fn exif_of(turn: u8) -> [u8; TURN_BYTES] {
    let mut exif = *b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    exif[25] = turn;
    exif
}
