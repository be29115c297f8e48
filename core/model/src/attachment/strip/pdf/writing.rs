//! The file with what its pages need, each byte where it stood, and blanks in the place of the
//! rest.

use std::{collections::BTreeSet, ops::Range};

use super::{
    super::{super::AttachmentFault, removed::Removed},
    document::{At, Document},
    faults::unreadable,
    file::Object,
    filters::{Room, pack},
    packed::Packed,
    photographs,
};

/// What stays, and what goes with something else that was taken out.
pub(super) struct Kept<'a> {
    document: &'a Document<'a>,
    needed: BTreeSet<At>,
    told: BTreeSet<At>,
}

impl<'a> Kept<'a> {
    pub(super) fn of(document: &'a Document<'a>) -> Result<Self, AttachmentFault> {
        let packed = document.packed.values().flat_map(|packed| &packed.objects);
        let all = || document.file.objects.iter().chain(packed.clone());
        let pieces = document.file.pieces.iter().map(|(_, sifted)| sifted);
        let parts = all().filter(|it| it.is_of_file()).map(|it| &it.sifted).chain(pieces.clone());
        let roots = parts.flat_map(|it| it.leads_to.iter().copied()).collect();
        let needed = document.reached(roots, false);
        let mut objects = needed.iter().filter_map(|at| document.object(*at));
        if !objects.any(|object| object.node.says(b"Type", b"Catalog")) {
            return Err(unreadable("there are no pages in it"));
        }
        let taken = all().map(|it| &it.sifted).chain(pieces);
        let taken = taken.flat_map(|it| it.taken_to.iter().copied()).collect();
        Ok(Self { document, needed, told: document.reached(taken, true) })
    }

    /// The file, as long as it was.
    pub(super) fn written(
        &self,
        room: &mut Room,
        removed: &mut BTreeSet<Removed>,
    ) -> Result<Vec<u8>, AttachmentFault> {
        let Document { bytes, file, packed, .. } = self.document;
        let mut page = Page::of(bytes);
        for (place, sifted) in &file.pieces {
            page.keep(place.clone(), &sifted.taken);
        }
        for (at, object) in file.objects.iter().enumerate() {
            if !object.is_of_file() && !self.needed.contains(&(None, at)) {
                self.leave_out(&mut page, (None, at), object, removed);
                continue;
            }
            page.keep(object.place.clone(), &object.sifted.taken);
            let inside = match packed.get(&at) {
                Some(packed) => self.packed_again((at, packed), object, removed)?,
                None => photographs::stripped(self.document, object, room, removed)?,
            };
            if let Some((place, inside)) = object.stream.clone().zip(inside) {
                page.replace(place, &inside);
            }
        }
        Ok(page.written)
    }

    /// A packed part with what is needed of it; none if that is all.
    fn packed_again(
        &self,
        (at, packed): (usize, &Packed),
        object: &Object,
        removed: &mut BTreeSet<Removed>,
    ) -> Result<Option<Vec<u8>>, AttachmentFault> {
        let Packed { filters, inside, numbers, objects } = packed;
        let mut page = Page::of(inside);
        page.keep(0..*numbers, &[]);
        for (inner, object) in objects.iter().enumerate() {
            let at = (Some(at), inner);
            if self.needed.contains(&at) {
                page.keep(object.place.clone(), &object.sifted.taken);
            } else {
                self.leave_out(&mut page, at, object, removed);
            }
        }
        if page.written == *inside {
            return Ok(None);
        }
        pack(filters, page.written, self.document.inside(object).len()).map(Some)
    }

    /// Says in the place of an object that there is nothing.
    fn leave_out(
        &self,
        page: &mut Page<'_>,
        at: At,
        object: &Object,
        removed: &mut BTreeSet<Removed>,
    ) {
        let value = object.node.place.clone();
        page.replace(object.place.clone(), b"");
        page.keep(object.place.start..value.start, &object.sifted.taken);
        page.keep(object.end.clone(), &[]);
        let was = page.bytes.get(value.clone()).unwrap_or_default();
        let nothing: &[u8] = match was.len() {
            _ if [&b"null"[..], b"0"].contains(&was) => was,
            // There is not much that two bytes can say.
            ..3 => was,
            3..6 => b" 0",
            6.. => b" null",
        };
        if nothing != was && !self.told.contains(&at) {
            removed.insert(object.as_taken().unwrap_or(Removed::Rest));
        }
        page.replace(value, nothing);
    }
}

/// Bytes that are written in the places of others.
struct Page<'a> {
    written: Vec<u8>,
    bytes: &'a [u8],
}

impl<'a> Page<'a> {
    /// One with nothing on it but the ends of lines, before which a remark may stand.
    fn of(bytes: &'a [u8]) -> Self {
        let blank = |byte: &u8| if matches!(byte, b'\r' | b'\n') { *byte } else { b' ' };
        Self { written: bytes.iter().map(blank).collect(), bytes }
    }

    /// Keeps a part as it is, but for what is taken out of it.
    fn keep(&mut self, place: Range<usize>, taken: &[Range<usize>]) {
        let part = self.written.get_mut(place.clone()).zip(self.bytes.get(place));
        if let Some((written, bytes)) = part {
            written.copy_from_slice(bytes);
        }
        for place in taken {
            self.replace(place.clone(), b"");
        }
    }

    /// Writes something else in a place, and blanks to its end.
    fn replace(&mut self, place: Range<usize>, with: &[u8]) {
        let Some(written) = self.written.get_mut(place) else { return };
        written.fill(b' ');
        written.iter_mut().zip(with).for_each(|(written, byte)| *written = *byte);
    }
}
