//! Stretches of a text that are found again while the text is edited.

use std::ops::Range;

use automerge::{Cursor, MoveCursor, ObjId, ROOT, ReadDoc, transaction::Transactable};
use enhance_model::{
    Version,
    anchor::{Mark, Place, Span, quoted, within},
};

use super::Document;
use crate::{
    DocumentError,
    engine::inner_hash,
    schema::{
        self,
        view::{BETWEEN_TEXTS, View},
    },
};

/// A key that no document has.
const BESIDE: &str = "beside";

impl Document {
    /// Marks the characters from `start` to before `end` of a text, as it stood at a version or as
    /// it stands, and answers the stretch with all that it says there.
    pub fn mark(
        &mut self,
        base: Option<&Version>,
        place: &Place,
        range: &Range<u32>,
    ) -> Result<(Span, String), DocumentError> {
        let version = base.cloned().unwrap_or_else(|| self.version());
        let heads = self.known_heads(&version)?;
        let path = schema::path_of(place)?;
        let view = View::at(&self.doc, heads.clone());
        let mut before = 0;
        for text in schema::texts_at(&view, self.kind(), &path) {
            let length = u32::try_from(view.length(&text)).unwrap_or(u32::MAX);
            if length == 0 {
                continue;
            }
            let end_of = before + length;
            if range.start >= before && range.start < range.end && range.end <= end_of {
                let at = |at: u32| self.name_of(&text, (at - before) as usize, &heads);
                let (start, end) = (at(range.start)?, at(range.end - 1)?);
                let said =
                    within(&view.text_of(&text), &(range.start - before..range.end - before));
                return Ok((Span { start, end, quote: quoted(&said) }, said));
            }
            before = end_of + between();
        }
        Err(DocumentError::NoSuchText)
    }

    fn name_of(
        &self,
        text: &ObjId,
        at: usize,
        heads: &[automerge::ChangeHash],
    ) -> Result<Mark, DocumentError> {
        let after = MoveCursor::After;
        let cursor = self.doc.get_cursor_moving(text, at, Some(heads), after)?;
        cursor.to_string().parse().map_err(|_| DocumentError::NoSuchText)
    }

    /// Where a stretch of a text stands now, in characters; none if nothing of it is left, or if it
    /// is of a text that is not here.
    pub fn find(&mut self, place: &Place, span: &Span) -> Option<Range<u32>> {
        let heads: Vec<_> = self.version().heads().iter().map(|head| inner_hash(*head)).collect();
        let path = schema::path_of(place).ok()?;
        // Asked of the present version the engine panics on a character of another text; beside
        // something that is being written it looks for it in this one. That is never committed.
        self.doc.put(ROOT, BESIDE, true).ok()?;
        let found = self.find_in(&path, span, &heads);
        self.doc.rollback();
        found
    }

    fn find_in(
        &self,
        path: &[String],
        span: &Span,
        heads: &[automerge::ChangeHash],
    ) -> Option<Range<u32>> {
        let view = View::now(&self.doc);
        let mut before = 0;
        for text in schema::texts_at(&view, self.kind(), path) {
            let length = u32::try_from(view.length(&text)).unwrap_or(u32::MAX);
            let characters = view.characters(&text);
            let at = |mark: &Mark| self.position(&text, mark, heads, &characters);
            if let (Some((start, _)), Some((end, stands))) = (at(&span.start), at(&span.end)) {
                // A character that is gone leaves its place to the next one.
                let end = end.saturating_add(u32::from(stands)).min(length);
                return (start < end).then(|| before + start..before + end);
            }
            if length > 0 {
                before += length + between();
            }
        }
        None
    }

    /// What a text says in such a range.
    pub fn text_within(&self, place: &Place, range: &Range<u32>) -> Option<String> {
        let path = schema::path_of(place).ok()?;
        let view = View::now(&self.doc);
        let texts = schema::texts_at(&view, self.kind(), &path);
        let texts: Vec<String> = texts.iter().map(|text| view.text_of(text)).collect();
        Some(within(&schema::view::unite(&texts), range))
    }

    /// Where a character of a text is, or was, and whether it stands.
    fn position(
        &self,
        text: &ObjId,
        mark: &Mark,
        heads: &[automerge::ChangeHash],
        characters: &[ObjId],
    ) -> Option<(u32, bool)> {
        let Mark::Character(name) = mark else { return None };
        let cursor = Cursor::try_from(name.as_str()).ok()?;
        let at = self.doc.get_cursor_position(text, &cursor, Some(heads)).ok()?;
        let is_it = |id: &ObjId| match id {
            ObjId::Id(counter, actor, _) => format!("{counter}@{actor}") == *name,
            ObjId::Root => false,
        };
        Some((u32::try_from(at).ok()?, characters.get(at).is_some_and(is_it)))
    }
}

fn between() -> u32 {
    u32::try_from(BETWEEN_TEXTS.len()).unwrap_or_default()
}
