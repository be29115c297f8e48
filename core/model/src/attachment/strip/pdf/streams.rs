//! The streams that are kept: photographs lose what they would lose as files of their own, colours
//! and the words of a page what programs noted in them. Each is packed again in the room it had.

use std::collections::BTreeSet;

use super::{
    super::{super::AttachmentFault, colours, jpeg, jpeg2000, removed::Removed},
    document::Document,
    faults::unreadable,
    file::Object,
    filters::{Filter, Room, pack},
    kinds::Family,
    words,
};

/// What is in the stream of an object without notes; none if there are none in it.
pub(super) fn stripped(
    document: &Document<'_>,
    (object, family): (&Object, Family),
    room: &mut Room,
    removed: &mut BTreeSet<Removed>,
) -> Result<Option<Vec<u8>>, AttachmentFault> {
    if object.stream.is_none() {
        return Ok(None);
    }
    let (filters, inside) = (document.filters(object)?, document.inside(object));
    if let Some(at) = filters.iter().position(|filter| filter.is_photograph()) {
        let (packing, photograph) = filters.split_at(at);
        if photograph.len() > 1 {
            return Err(unreadable("a photograph in it is packed in a way that is not known"));
        }
        if !packing.is_empty() {
            document.plain_filters(object)?;
        }
        let before = room.unpack(packing, inside)?;
        let after = without_notes(&before, photograph == [Filter::Jpeg2000], removed)?;
        return after.map(|after| pack(packing, after, inside.len())).transpose();
    }
    let after = match family {
        Family::Drawn if !object.node.says(b"Subtype", b"Image") => {
            let before = room.unpack(&document.plain_filters(object)?, inside)?;
            words::stripped(&before, removed)?
        }
        Family::Paint => {
            let Ok(plain) = document.plain_filters(object) else { return Ok(None) };
            let before = room.unpack(&plain, inside)?;
            colours::stripped(&before, removed)
        }
        _ => None,
    };
    after.map(|after| pack(&filters, after, inside.len())).transpose()
}

/// A photograph without a camera's notes; none if there are none in it.
fn without_notes(
    before: &[u8],
    is_jpeg2000: bool,
    removed: &mut BTreeSet<Removed>,
) -> Result<Option<Vec<u8>>, AttachmentFault> {
    let (before, after) = if is_jpeg2000 {
        (before, jpeg2000::strip(before, removed))
    } else {
        let before = before.trim_ascii_end();
        (before, jpeg::strip_of_page(before, removed))
    };
    let after = after.map_err(|_| unreadable("a photograph in it is damaged"))?;
    Ok((after != before).then_some(after))
}
