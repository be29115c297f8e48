//! Colour profiles (ICC.1): how the colours of a picture are meant. What they say in words, such as
//! whose screen it was, and when they were made, is overwritten where it stands.

use std::collections::BTreeSet;

use super::removed::Removed;

const HEADER_BYTES: usize = 128;
const TAG_BYTES: usize = 12;
/// Bytes that say of what type the value of a tag is.
const TYPE_BYTES: usize = 8;
const MOST_TAGS: usize = 256;

/// Tags that make the colours.
const KEPT: [&[u8; 4]; 27] = [
    b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad",
    b"chrm", b"cicp", b"lumi", b"gamt", b"A2B0", b"A2B1", b"A2B2", b"A2B3", b"B2A0", b"B2A1",
    b"B2A2", b"B2A3", b"D2B0", b"D2B1", b"B2D0", b"B2D1", b"tech",
];

/// What of the header makes the colours: its size, its version, of what kind of device, in which
/// spaces, its sign, how it is meant, and under which light.
const OF_HEADER: [std::ops::Range<usize>; 3] = [0..4, 8..24, 36..40];
const OF_INTENT: std::ops::Range<usize> = 64..80;

/// Whether these bytes are one.
pub(super) fn is_profile(bytes: &[u8]) -> bool {
    bytes.get(36..40) == Some(b"acsp")
}

/// The profile without words, as long as it was; none if there are none in it, or if it is none.
pub(super) fn stripped(profile: &[u8], removed: &mut BTreeSet<Removed>) -> Option<Vec<u8>> {
    let left = is_profile(profile).then(|| colours_of(profile))?;
    (left != profile).then(|| {
        removed.insert(Removed::Notes);
        left
    })
}

fn colours_of(profile: &[u8]) -> Vec<u8> {
    let mut left = vec![0; profile.len()];
    let mut keep = |start: usize, length: usize| {
        let place = start..start.saturating_add(length).min(profile.len());
        let (Some(to), Some(from)) = (left.get_mut(place.clone()), profile.get(place)) else {
            return;
        };
        to.copy_from_slice(from);
    };
    for place in OF_HEADER.into_iter().chain([OF_INTENT]) {
        keep(place.start, place.len());
    }
    let word = |at: usize| {
        let four = profile.get(at..)?.first_chunk::<4>()?;
        usize::try_from(u32::from_be_bytes(*four)).ok()
    };
    let tags = word(HEADER_BYTES).unwrap_or_default().min(MOST_TAGS);
    keep(HEADER_BYTES, 4 + tags * TAG_BYTES);
    for tag in 0..tags {
        let at = HEADER_BYTES + 4 + tag * TAG_BYTES;
        let Some((start, length)) = word(at + 4).zip(word(at + 8)) else { break };
        let name = profile.get(at..at + 4).unwrap_or_default();
        let is_kept = KEPT.iter().any(|kept| kept.as_slice() == name);
        // A text of no letters remains of the rest.
        keep(start, if is_kept { length } else { length.min(TYPE_BYTES) });
    }
    left
}
