//! Packed parts of a PDF (object streams): many objects in one stream.

use std::{fmt::Write, ops::Range};

use super::{
    super::super::AttachmentFault,
    bytes::is_blank,
    faults::unreadable,
    file::Object,
    filters::Filter,
    reader::{Reader, squeezed},
};

/// What is in one.
pub(super) struct Packed {
    pub(super) filters: Vec<Filter>,
    pub(super) inside: Vec<u8>,
    /// Bytes of the numbers before the objects: which objects there are, and where.
    pub(super) numbers: usize,
    pub(super) objects: Vec<Object>,
}

impl Packed {
    /// Reads the objects, of which there are as many as the stream says, from the place on that it
    /// names.
    pub(super) fn read(
        (filters, inside): (Vec<Filter>, Vec<u8>),
        (count, numbers): (usize, usize),
    ) -> Result<Self, AttachmentFault> {
        let head = inside.get(..numbers).ok_or_else(unfit)?;
        if !head.iter().all(|it| is_blank(*it) || it.is_ascii_digit()) {
            return Err(unfit());
        }
        let mut reader = Reader::new(head, 0);
        let mut places = Vec::with_capacity(count);
        for _ in 0..count {
            let (number, place) = reader.number().zip(reader.number()).ok_or_else(unfit)?;
            let place = numbers.checked_add(place).ok_or_else(unfit)?;
            places.push((u32::try_from(number).map_err(|_| unfit())?, place));
        }
        let mut objects: Vec<Object> = Vec::with_capacity(count);
        let mut reader = Reader::new(&inside, numbers);
        for (number, place) in places {
            // One after the other, so that no byte is read twice.
            if place < reader.at {
                return Err(unfit());
            }
            reader.at = place;
            objects.push(Object::read((number, place), &mut reader)?);
        }
        Ok(Self { filters, inside, numbers, objects })
    }
}

/// The same objects in the same order with as few blanks as can be, so that they fit into their
/// room when they are packed again, whoever packed them before.
pub(super) fn moved_together(
    inside: &[u8],
    numbers: usize,
    objects: impl IntoIterator<Item = (u32, Range<usize>)>,
) -> Result<Vec<u8>, AttachmentFault> {
    let (mut head, mut values) = (String::new(), Vec::new());
    for (number, place) in objects {
        // Writing to a text never fails.
        let _ = write!(head, "{number} {} ", values.len());
        values.extend(squeezed(inside.get(place).unwrap_or_default()));
        values.push(b'\n');
    }
    let mut moved = head.trim_end().as_bytes().to_vec();
    if moved.len() > numbers {
        return Err(unfit());
    }
    moved.resize(numbers, b' ');
    moved.extend(values);
    Ok(moved)
}

const fn unfit() -> AttachmentFault {
    unreadable("a packed part of it is damaged")
}
