//! Photographs in a PDF: each loses what it would lose as a file of its own, in whatever it is
//! packed, and is packed again in the room that it had.

use std::collections::BTreeSet;

use super::{
    super::{super::AttachmentFault, jpeg, jpeg2000, removed::Removed},
    bytes::{find, is_blank},
    document::Document,
    faults::unreadable,
    file::Object,
    filters::{Filter, Room, pack, too_much},
};

/// Bytes that say what a picture is that stands between the words of a page.
const HEAD_BYTES: usize = 1024;

/// What is in the stream of an object without a camera's notes; none if there are none in it.
pub(super) fn stripped(
    document: &Document<'_>,
    object: &Object,
    room: &mut Room,
    removed: &mut BTreeSet<Removed>,
) -> Result<Option<Vec<u8>>, AttachmentFault> {
    if object.stream.is_none() || object.is(b"XRef") {
        return Ok(None);
    }
    let (filters, inside) = (document.filters(object)?, document.inside(object));
    let Some(at) = filters.iter().position(|filter| filter.is_photograph()) else {
        if !object.is_of_font() && !object.node.says(b"Subtype", b"Image") {
            check_words(&filters, inside, room)?;
        }
        return Ok(None);
    };
    let (packing, photograph) = filters.split_at(at);
    if photograph.len() > 1 {
        return Err(unreadable("a photograph in it is packed in a way that is not known"));
    }
    if !packing.is_empty() {
        document.plain_filters(object)?;
    }
    let before = room.unpack(packing, inside)?;
    let mut before = before.as_slice();
    let after = if photograph == [Filter::Jpeg2000] {
        jpeg2000::strip(before, removed)
    } else {
        before = before.trim_ascii_end();
        jpeg::strip_unturned(before, removed)
    };
    let after = after.map_err(|_| unreadable("a photograph in it is damaged"))?;
    if after == before {
        return Ok(None);
    }
    pack(packing, after, inside.len()).map(Some)
}

/// Refuses a photograph that stands between the words of a page.
fn check_words(filters: &[Filter], inside: &[u8], room: &mut Room) -> Result<(), AttachmentFault> {
    let words = match room.unpack(filters, inside) {
        Ok(words) => words,
        Err(fault) if fault == too_much() => return Err(fault),
        // Nothing that others would show.
        Err(_) => return Ok(()),
    };
    let mut left = words.as_slice();
    while let Some(at) = find(left, b"BI") {
        left = left.get(at + b"BI".len()..).unwrap_or_default();
        let head = left.get(..left.len().min(HEAD_BYTES)).unwrap_or_default();
        let head = head.get(..find(head, b"ID").unwrap_or_default()).unwrap_or_default();
        if head.first().is_some_and(|byte| is_blank(*byte)) && find(head, b"/DCT").is_some() {
            return Err(unreadable("a photograph stands between the words of a page"));
        }
    }
    Ok(())
}
