//! The file with what its pages need, each byte where it stood, and blanks in the place of the
//! rest.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    super::{super::AttachmentFault, removed::Removed},
    document::{At, Document, Needed},
    faults::unreadable,
    file::Object,
    filters::{Room, pack},
    kinds::{Family, Kind},
    packed::{self, Packed},
    sifting::{Cut, Sifted},
    streams,
};

/// What stays, and what goes with something else that was taken out.
pub(super) struct Kept<'a> {
    document: &'a Document<'a>,
    needed: BTreeMap<At, Needed>,
    /// What says where the parts of the file are, or holds some.
    of_file: BTreeMap<usize, Sifted>,
    told: BTreeSet<At>,
}

impl<'a> Kept<'a> {
    pub(super) fn of(
        document: &'a Document<'a>,
        removed: &mut BTreeSet<Removed>,
    ) -> Result<Self, AttachmentFault> {
        let objects = document.file.objects.iter().enumerate();
        let of_file = objects.filter(|(_, object)| object.is_of_file()).map(|(at, _)| {
            Ok((at, document.sifted((None, at), Kind::one(Family::Trailer), removed)?))
        });
        let of_file: BTreeMap<_, _> = of_file.collect::<Result<_, AttachmentFault>>()?;
        let pieces = document.file.pieces.iter().map(|(_, sifted)| sifted);
        let parts = || of_file.values().chain(pieces.clone());
        let roots = parts().flat_map(|it| it.leads_to.iter().copied());
        let needed = document.needed(roots, removed)?;
        let mut objects = needed.keys().filter_map(|at| document.object(*at));
        if !objects.any(|object| object.node.says(b"Type", b"Catalog")) {
            return Err(unreadable("there are no pages in it"));
        }
        let taken = needed.values().map(|it| &it.sifted).chain(parts());
        let taken = taken.flat_map(|it| it.taken_to.iter().copied()).collect();
        let told = document.told(taken);
        Ok(Self { document, needed, of_file, told })
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
            let needed = self.needed.get(&(None, at));
            let sifted = self.of_file.get(&at).or(needed.map(|needed| &needed.sifted));
            let Some(sifted) = sifted else {
                self.leave_out(&mut page, (None, at), object, removed);
                continue;
            };
            page.keep_object(object, sifted);
            let inside = match (packed.get(&at), needed) {
                (Some(packed), _) => self.packed_again((at, packed), object, removed)?,
                (None, Some(Needed { kind, .. })) => {
                    streams::stripped(self.document, (object, kind.family), room, removed)?
                }
                (None, None) => None,
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
            match self.needed.get(&at) {
                Some(Needed { sifted, .. }) => page.keep_object(object, sifted),
                None => self.leave_out(&mut page, at, object, removed),
            }
        }
        if page.written == *inside {
            return Ok(None);
        }
        let places = objects.iter().map(|object| (object.number, object.place.clone()));
        let moved = packed::moved_together(&page.written, *numbers, places)?;
        pack(filters, moved, self.document.inside(object).len()).map(Some)
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
        page.keep(object.place.start..value.start, &[]);
        page.clear(&object.remarks);
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
            removed.insert(object.as_taken());
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

    fn keep_object(&mut self, object: &Object, sifted: &Sifted) {
        self.keep(object.place.clone(), &sifted.taken);
        self.clear(&object.remarks);
    }

    /// Keeps a part as it is, but for what is taken out of it.
    fn keep(&mut self, place: Range<usize>, taken: &[Cut]) {
        let part = self.written.get_mut(place.clone()).zip(self.bytes.get(place));
        if let Some((written, bytes)) = part {
            written.copy_from_slice(bytes);
        }
        for Cut { place, instead } in taken {
            self.replace(place.clone(), instead);
        }
    }

    fn clear(&mut self, places: &[Range<usize>]) {
        for place in places {
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
