//! The words of a page: what is drawn, one after the other. What stands in a dictionary between
//! them is sifted as elsewhere, and remarks are left out.

use std::{collections::BTreeSet, ops::Range};

use super::{
    super::{super::AttachmentFault, removed::Removed},
    bytes::{count, find, is_blank},
    faults::unreadable,
    kinds::{Family, Kind},
    reader::{Reader, is_regular, squeezed},
    sifting::{Cut, Sifted, Whole},
};

/// Bytes that say what a picture is that stands between the words of a page.
const HEAD_BYTES: usize = 1024;

/// The words without what programs noted between them; none if they noted nothing.
pub(super) fn stripped(
    words: &[u8],
    removed: &mut BTreeSet<Removed>,
) -> Result<Option<Vec<u8>>, AttachmentFault> {
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut reader = Reader::new(words, 0);
    let mut has_picture = false;
    while let Some((first, after)) = reader.left().split_first() {
        match first {
            b'<' if after.starts_with(b"<") => {
                let node = reader.value()?;
                let whole = Whole { bytes: words, node: &node, number: 0, has_stream: false };
                let sifted = Sifted::of(whole, Kind::one(Family::Layer), removed)?;
                let places = sifted.taken.into_iter().map(|Cut { place, .. }| place);
                taken.extend(places);
                reader.take_remarks(&mut taken);
            }
            b'(' => drop(reader.text()?),
            b'/' => reader.at += 1 + count(after, is_regular),
            b'%' => {
                reader.skip_blanks();
                reader.take_remarks(&mut taken);
                removed.insert(Removed::Comments);
            }
            byte if is_regular(*byte) => has_picture |= word(&mut reader)?,
            _ => reader.at += 1,
        }
    }
    if taken.is_empty() {
        return Ok(None);
    }
    // Nothing points into them: what is taken out need leave no room.
    let mut left = Vec::with_capacity(words.len());
    let mut at = 0;
    taken.sort_by_key(|place| place.start);
    for place in taken {
        left.extend(words.get(at..place.start).unwrap_or_default());
        at = at.max(place.end);
    }
    left.extend(words.get(at..).unwrap_or_default());
    Ok(Some(if has_picture { left } else { squeezed(&left) }))
}

/// Goes past a word, and past a picture that it begins; whether it begins one.
fn word(reader: &mut Reader<'_>) -> Result<bool, AttachmentFault> {
    let length = count(reader.left(), is_regular);
    let is_picture = reader.left().get(..length) == Some(b"BI");
    reader.at += length;
    if !is_picture {
        return Ok(false);
    }
    let left = reader.left();
    let head = left.get(..left.len().min(HEAD_BYTES)).unwrap_or_default();
    let Some(length) = place_of(head, b"ID") else { return Ok(true) };
    if head.get(..length).is_some_and(|head| find(head, b"/DCT").is_some()) {
        return Err(unreadable("a photograph stands between the words of a page"));
    }
    let picture = left.get(length..).unwrap_or_default();
    reader.at += length + place_of(picture, b"EI").unwrap_or(picture.len());
    Ok(true)
}

/// Where such a word stands first, between blanks.
fn place_of(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + find(bytes.get(at..)?, word)?;
        at = found + word.len();
        let is_blank_at = |at: usize| bytes.get(at).is_none_or(|byte| is_blank(*byte));
        if found.checked_sub(1).is_some_and(is_blank_at) && is_blank_at(at) {
            return Some(found);
        }
    }
}
