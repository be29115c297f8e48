//! The words of a page: what is drawn, one after the other. What stands in a dictionary between
//! them is sifted as elsewhere, and remarks are left out.

use std::collections::BTreeSet;

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
/// Bytes after such a picture by which it is known that there are words again.
const WORD_BYTES: usize = 4;

/// The words without what programs noted between them; none if they noted nothing.
pub(super) fn stripped(
    words: &[u8],
    removed: &mut BTreeSet<Removed>,
) -> Result<Option<Vec<u8>>, AttachmentFault> {
    let (mut taken, mut remarks) = (Vec::new(), Vec::new());
    let mut reader = Reader::new(words, 0);
    let mut has_picture = false;
    while let Some((first, after)) = reader.left().split_first() {
        match first {
            b'<' if after.starts_with(b"<") => {
                let node = reader.value().map_err(|_| unfit())?;
                let whole = Whole { bytes: words, node: &node, number: 0, has_stream: false };
                let sifted = Sifted::of(whole, Kind::one(Family::Layer), removed)?;
                taken.extend(sifted.taken);
            }
            b'(' => drop(reader.text().map_err(|_| unfit())?),
            b'/' => reader.at += 1 + count(after, is_regular),
            b'%' => {
                reader.skip_blanks();
                removed.insert(Removed::Comments);
            }
            byte if is_regular(*byte) => has_picture |= word(&mut reader)?,
            _ => reader.at += 1,
        }
    }
    reader.take_remarks(&mut remarks);
    taken.extend(remarks.into_iter().map(Cut::whole));
    if taken.is_empty() {
        return Ok(None);
    }
    // Nothing points into them: what is taken out need leave no room.
    let mut left = Vec::with_capacity(words.len());
    let mut at = 0;
    taken.sort_by_key(|cut| cut.place.start);
    for Cut { place, instead } in taken {
        left.extend(words.get(at..place.start).unwrap_or_default());
        left.extend(instead);
        at = at.max(place.end);
    }
    left.extend(words.get(at..).unwrap_or_default());
    Ok(Some(if has_picture { left } else { squeezed(&left) }))
}

const fn unfit() -> AttachmentFault {
    unreadable("the words of a page do not fit together")
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
    let length = place_of(head, b"ID").ok_or_else(unfit)?;
    if head.get(..length).is_some_and(|head| find(head, b"/DCT").is_some()) {
        return Err(unreadable("a photograph stands between the words of a page"));
    }
    reader.at += length;
    while let Some(end) = place_of(reader.left(), b"EI") {
        reader.at += end + b"EI".len();
        // The same two bytes may be in the picture; what comes after it is words.
        let after = reader.left().iter().take(WORD_BYTES);
        if after.into_iter().all(|byte| is_blank(*byte) || byte.is_ascii_graphic()) {
            return Ok(true);
        }
    }
    Err(unfit())
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
