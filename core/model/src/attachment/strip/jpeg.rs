//! JPEG (ITU T.81): a row of segments. Those that make the picture and its colours are kept; of
//! Exif one tag, the way it is to be turned, in an Exif of its own, and of a colour profile no
//! words.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    super::{AttachmentFault, check_pixels},
    colours,
    removed::Removed,
    turned,
};

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
/// Bytes of a part of a colour profile before its colours: its name, which part of how many.
const PROFILE_BYTES: usize = 14;
/// How Exif begins, with the byte that may be anything after it.
const EXIF_BYTES: usize = 6;

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

/// The same of a picture on a page: that turns it, and knows its end.
pub(super) fn strip_of_page(
    bytes: &[u8],
    removed: &mut BTreeSet<Removed>,
) -> Result<Vec<u8>, AttachmentFault> {
    Picture { has_turn: true, may_lack_end: true, ..Picture::default() }.stripped(bytes, removed)
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "what was met so far, and where it stands")]
struct Picture {
    kept: Vec<u8>,
    has_frame: bool,
    has_scan: bool,
    has_turn: bool,
    /// Whether its last scan may go to the end of the bytes.
    may_lack_end: bool,
    /// Where the parts of its colour profile are in what is kept, by their number.
    profile: BTreeMap<u8, Range<usize>>,
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
                self.without_words_of_profile(removed);
                return Ok(self.kept);
            }
            let (payload, rest) = segment(after)?;
            self.take(marker, payload, removed)?;
            left = rest;
            if marker == SOS {
                let end = scan_end(rest);
                let is_whole = end.is_none() && self.may_lack_end && self.has_frame;
                let end = end.or(is_whole.then_some(rest.len()));
                let scan = end.and_then(|end| rest.split_at_checked(end));
                let (scan, after) = scan.ok_or(damaged("it is cut off"))?;
                self.kept.extend(scan);
                left = after;
                if is_whole {
                    self.without_words_of_profile(removed);
                    return Ok(self.kept);
                }
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
                let size = payload.get(1..5).and_then(<[u8]>::first_chunk::<4>);
                let [a, b, c, d] = *size.ok_or(damaged("its size is cut off"))?;
                let (height, width) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
                if height == 0 || width == 0 {
                    return Err(damaged("it has no size"));
                }
                check_pixels((width.into(), height.into()))?;
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
                let exif = payload.get(EXIF_BYTES..).unwrap_or_default();
                if let Some(turn) = turned::exif_of_turn(exif).filter(|_| !self.has_turn) {
                    self.has_turn = true;
                    self.keep(APP1, &[&b"Exif\0\0"[..], &turn].concat());
                }
            }
            APP2 if payload.starts_with(b"ICC_PROFILE\0") && payload.len() > PROFILE_BYTES => {
                self.keep(marker, payload);
                let number = payload.get(PROFILE_BYTES - 2).copied().unwrap_or_default();
                let start = self.kept.len() - (payload.len() - PROFILE_BYTES);
                if self.profile.insert(number, start..self.kept.len()).is_some() {
                    return Err(damaged("its colours do not fit together"));
                }
            }
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

    /// Takes out of the colour profile, which stands in parts, what is no colour.
    fn without_words_of_profile(&mut self, removed: &mut BTreeSet<Removed>) {
        let parts = self.profile.values().filter_map(|place| self.kept.get(place.clone()));
        let whole = parts.collect::<Vec<_>>().concat();
        // What is none tells nobody any colours.
        let nothing = || (!whole.is_empty()).then(|| vec![0; whole.len()]);
        let left = if colours::is_profile(&whole) {
            colours::stripped(&whole, removed)
        } else {
            nothing()
        };
        let mut left = left.as_deref().unwrap_or_default();
        for place in self.profile.values() {
            let Some((part, after)) = left.split_at_checked(place.len()) else { return };
            left = after;
            if let Some(place) = self.kept.get_mut(place.clone()) {
                place.copy_from_slice(part);
            }
        }
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
