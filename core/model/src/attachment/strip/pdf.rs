//! PDF (ISO 32000): its properties and XMP are overwritten with blanks where they stand, so that no
//! place in it moves; so are the camera's notes in photographs on its pages.
//!
//! Pages are not touched. Properties in a packed part cannot be reached without unpacking it: what
//! points to them is overwritten, and the person is told.

use std::{collections::BTreeSet, ops::Range};

use super::{super::AttachmentFault, removed::Removed};

/// Objects that are looked for: an honest file has one or two of each.
const MOST_OBJECTS: usize = 64;
/// Bytes of a dictionary of properties.
const PROPERTIES_BYTES: usize = 64 << 10;

const fn damaged(why: &'static str) -> AttachmentFault {
    AttachmentFault::Damaged { what: "PDF", why }
}

/// The document with its properties overwritten. It is as long as it was.
pub(super) fn strip(
    bytes: &[u8],
    removed: &mut BTreeSet<Removed>,
) -> Result<Vec<u8>, AttachmentFault> {
    if find(bytes, b"startxref").is_none() || find(bytes, b"%%EOF").is_none() {
        return Err(damaged("it is cut off"));
    }
    if names(bytes, b"/Encrypt").next().is_some() {
        return Err(AttachmentFault::Encrypted);
    }
    let mut document = bytes.to_vec();
    blank_properties(&mut document, removed)?;
    blank_xmp(&mut document, removed)?;
    blank_exif(&mut document, removed);
    removed.insert(Removed::PagesLeft);
    Ok(document)
}

/// Overwrites the strings of every dictionary of properties, those that it points to, and what
/// points to it.
fn blank_properties(
    document: &mut [u8],
    removed: &mut BTreeSet<Removed>,
) -> Result<(), AttachmentFault> {
    let references = references(document, b"/Info")?;
    let mut wanted: BTreeSet<(u32, u32)> = references.iter().map(|(object, _)| *object).collect();
    let direct: Vec<usize> = names(document, b"/Info").collect();
    let mut seen = BTreeSet::new();
    while let Some(object) = wanted.pop_first() {
        if !seen.insert(object) || seen.len() > MOST_OBJECTS {
            continue;
        }
        let places = objects(document, object)?;
        if places.is_empty() {
            removed.insert(Removed::PackedPropertiesLeft);
        }
        for place in places {
            let inside = document.get(place.clone()).unwrap_or_default();
            // Only of the dictionary itself: what a value points to may be a text of its own.
            if references.iter().any(|(one, _)| *one == object) {
                wanted.extend(all_references(inside));
            }
            blank_strings(document, place);
            removed.insert(Removed::Properties);
        }
    }
    // A dictionary that stands in the trailer itself.
    for at in direct {
        let start = at + b"/Info".len();
        let end = document.len().min(start + PROPERTIES_BYTES);
        let after = document.get(start..end).unwrap_or_default();
        let gap = after.iter().take_while(|byte| is_space(**byte)).count();
        if after.get(gap..).is_some_and(|after| after.starts_with(b"<<")) {
            let length = find(after, b">>").unwrap_or(after.len());
            blank_strings(document, start..start + length);
            removed.insert(Removed::Properties);
        }
    }
    for (_, place) in references {
        fill(document, place, b' ');
    }
    Ok(())
}

/// Overwrites XMP, packed or not, and what points to it.
fn blank_xmp(document: &mut [u8], removed: &mut BTreeSet<Removed>) -> Result<(), AttachmentFault> {
    for (object, place) in references(document, b"/Metadata")? {
        for inside in objects(document, object)? {
            let Some(stream) = document.get(inside.clone()).and_then(|it| find(it, b"stream"))
            else {
                continue;
            };
            let start = inside.start + stream + b"stream".len();
            let after = document.get(start..inside.end).unwrap_or_default();
            let line = after.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let end = find(after, b"endstream").unwrap_or(after.len());
            fill(document, start + line..start + end.max(line), b' ');
        }
        fill(document, place, b' ');
        removed.insert(Removed::Notes);
    }
    for (begin, end) in
        [(&b"<?xpacket begin"[..], &b"<?xpacket end"[..]), (b"<x:xmpmeta", b"</x:xmpmeta>")]
    {
        let mut at = 0;
        while let Some(found) = document.get(at..).and_then(|left| find(left, begin)) {
            let start = at + found;
            let after = document.get(start..).unwrap_or_default();
            let stop = [find(after, end).map(|at| at + end.len()), find(after, b"endstream")];
            let length = stop.into_iter().flatten().min().unwrap_or(begin.len());
            fill(document, start..start + length, b' ');
            removed.insert(Removed::Notes);
            at = start + length;
        }
    }
    Ok(())
}

/// Overwrites the camera's notes in photographs that stand in the document as they are.
fn blank_exif(document: &mut [u8], removed: &mut BTreeSet<Removed>) {
    for name in [&b"Exif\0"[..], b"http://ns.adobe.com/xap/1.0/\0", b"Photoshop 3.0\0"] {
        let mut at = 0;
        while let Some(found) = document.get(at..).and_then(|left| find(left, name)) {
            let start = at + found;
            at = start + name.len();
            let Some([0xff, 0xe1 | 0xed, high, low]) =
                start.checked_sub(4).and_then(|head| document.get(head..start))
            else {
                continue;
            };
            let length = usize::from(u16::from_be_bytes([*high, *low])).saturating_sub(2);
            fill(document, start..start + length, 0);
            removed.insert(Removed::Camera);
            at = at.max(start + length);
        }
    }
}

/// Overwrites what stands in the strings of a part: `(of letters)` and `<6f66206469676974>`.
fn blank_strings(document: &mut [u8], place: Range<usize>) {
    let inside = document.get_mut(place).unwrap_or_default();
    let (mut depth, mut is_escaped, mut is_hex) = (0_u32, false, false);
    let mut previous = 0;
    for at in 0..inside.len() {
        let next = inside.get(at + 1).copied().unwrap_or_default();
        let Some(byte) = inside.get_mut(at) else { return };
        let was = *byte;
        match was {
            _ if depth > 0 => {
                if is_escaped {
                    is_escaped = false;
                } else {
                    is_escaped = was == b'\\';
                    depth += u32::from(was == b'(');
                    depth -= u32::from(was == b')');
                }
                if depth > 0 {
                    *byte = b' ';
                }
            }
            b'>' => is_hex = false,
            // The digits of spaces, in pairs or not.
            _ if is_hex => *byte = if previous == b'2' { b'0' } else { b'2' },
            b'(' => depth = 1,
            b'<' if next != b'<' && previous != b'<' => is_hex = true,
            _ => {}
        }
        previous = *byte;
    }
}

/// Each `N G R` after a name, with where name and reference stand.
type References = Vec<((u32, u32), Range<usize>)>;

fn references(document: &[u8], name: &[u8]) -> Result<References, AttachmentFault> {
    let found = names(document, name).filter_map(|at| {
        let start = at + name.len();
        let after = document.get(start..).unwrap_or_default();
        let (object, length) = reference(after)?;
        Some((object, at..start + length))
    });
    let found: References = found.take(MOST_OBJECTS + 1).collect();
    if found.len() > MOST_OBJECTS {
        return Err(damaged("it says too often where its properties are"));
    }
    Ok(found)
}

/// The objects that a dictionary points to.
fn all_references(dictionary: &[u8]) -> Vec<(u32, u32)> {
    let starts = (0..dictionary.len()).filter(|at| {
        let before = at.checked_sub(1).and_then(|before| dictionary.get(before));
        before.is_some_and(|byte| is_space(*byte))
    });
    let after = starts.filter_map(|at| reference(dictionary.get(at..)?));
    after.map(|(object, _)| object).take(MOST_OBJECTS).collect()
}

/// A reference at the beginning, `12 0 R`, and how many bytes it takes.
fn reference(bytes: &[u8]) -> Option<((u32, u32), usize)> {
    let (object, after) = number(bytes)?;
    let (generation, after) = number(after)?;
    let after = spaces(after)?.strip_prefix(b"R")?;
    let is_end = after.first().is_none_or(|byte| !byte.is_ascii_alphanumeric());
    is_end.then_some(((object, generation), bytes.len() - after.len()))
}

/// Where an object stands in plain, from its number to its end: in each version of it.
fn objects(
    document: &[u8],
    (number, generation): (u32, u32),
) -> Result<Vec<Range<usize>>, AttachmentFault> {
    let head = format!("{number}");
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(found) = document.get(at..).and_then(|left| find(left, b" obj")) {
        let marker = at + found;
        at = marker + b" obj".len();
        let before = document.get(marker.saturating_sub(24)..marker).unwrap_or_default();
        let wanted = [head.as_bytes(), b" ", format!("{generation}").as_bytes()].concat();
        let Some(start) = before.strip_suffix(&*wanted) else { continue };
        if start.last().is_some_and(u8::is_ascii_digit) {
            continue;
        }
        let after = document.get(at..).unwrap_or_default();
        let length = find(after, b"endobj").unwrap_or(after.len());
        places.push(marker..at + length);
        if places.len() > MOST_OBJECTS {
            return Err(damaged("it has too many versions of its properties"));
        }
        at += length;
    }
    Ok(places)
}

/// Where a name stands, and not only the beginning of a longer one.
fn names<'a>(document: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let found = at + find(document.get(at..)?, name)?;
            at = found + name.len();
            let next = document.get(at).copied().unwrap_or(b' ');
            if is_space(next) || b"<([/>".contains(&next) {
                return Some(found);
            }
        }
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = 0;
    loop {
        let found = bytes.get(at..)?.iter().position(|byte| *byte == first)?;
        at += found;
        if bytes.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

/// A number of up to nine digits, after blanks or none.
fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let bytes = bytes.trim_ascii_start();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, after) = bytes.split_at_checked(digits).filter(|_| (1..=9).contains(&digits))?;
    let text = std::str::from_utf8(digits).ok()?;
    Some((text.parse().ok()?, after))
}

/// What comes after at least one blank.
fn spaces(bytes: &[u8]) -> Option<&[u8]> {
    let after = bytes.trim_ascii_start();
    (after.len() < bytes.len()).then_some(after)
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0c | 0)
}

fn fill(document: &mut [u8], place: Range<usize>, with: u8) {
    let end = place.end.min(document.len());
    if let Some(part) = document.get_mut(place.start..end) {
        part.fill(with);
    }
}
