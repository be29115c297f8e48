//! The way a picture is to be turned, which is all of Exif (CIPA DC-008) that is kept.

/// Bytes of an Exif that says nothing else.
const BYTES: usize = 26;
const ORIENTATION: u16 = 0x0112;
const MOST_TAGS: usize = 256;

/// An Exif that says the way to turn the picture as this one does and nothing else, if this one
/// does, and is not longer than this one.
pub(super) fn exif_of_turn(exif: &[u8]) -> Option<[u8; BYTES]> {
    let turn = turn_of(exif).filter(|_| exif.len() >= BYTES)?;
    let mut kept = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    kept[19] = turn;
    Some(kept)
}

/// The way as Exif has it: from 2 to 8, for 1 says nothing.
fn turn_of(exif: &[u8]) -> Option<u8> {
    let is_little = match exif.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair = exif.get(at..at.checked_add(2)?)?.first_chunk::<2>()?;
        Some(if is_little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) })
    };
    let first = exif.get(4..8)?.first_chunk::<4>()?;
    let first = if is_little { u32::from_le_bytes(*first) } else { u32::from_be_bytes(*first) };
    let first = usize::try_from(first).ok()?;
    let tags = usize::from(short(first)?).min(MOST_TAGS);
    let mut tags = (0..tags).map(|tag| first.saturating_add(2 + tag * 12));
    let found = tags.find(|at| short(*at) == Some(ORIENTATION))?;
    let turn = short(found.checked_add(8)?)?;
    u8::try_from(turn).ok().filter(|turn| (2..=8).contains(turn))
}
