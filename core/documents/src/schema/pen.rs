//! Writing into a document so that nothing is written that is there already.
//!
//! An edit that changes nothing must not become a change: it would cost bytes on every phone for
//! ever and make the document look edited.

use std::ops::Range;

use automerge::{
    AutoCommit, ObjId, ObjType, ReadDoc, ScalarValue, Value, transaction::Transactable,
};

use super::{
    difference::{Difference, Stretch},
    parts::Parts,
    texts::Texts,
    view::{BETWEEN_TEXTS, View, unite},
};
use crate::{Change, DocumentError};

/// Longer keys than this pass no gate.
pub const MAX_KEY_BYTES: usize = 512;

/// Writes into one document.
pub struct Pen<'a> {
    doc: &'a mut AutoCommit,
    known: Known<'a>,
    /// What one change has room for, where that is measured.
    parts: Option<Parts>,
}

/// What a pen knows of the texts it writes into.
#[derive(Clone, Copy)]
pub enum Known<'a> {
    Nothing,
    /// It writes on the document as it stands, of which these were read.
    Standing(&'a Texts),
    /// It writes on an earlier version; what it writes is merged with these.
    Merged(&'a Texts),
}

impl<'a> Pen<'a> {
    /// A pen for this document.
    pub fn new(doc: &'a mut AutoCommit) -> Self {
        Self::knowing(doc, Known::Nothing)
    }

    /// A pen for a document of which some texts were read before.
    pub fn knowing(doc: &'a mut AutoCommit, known: Known<'a>) -> Self {
        Self { doc, known, parts: None }
    }

    /// The same pen, which writes so much in one change and leaves more for others, or refuses it.
    pub fn measured(self, parts: Parts) -> Self {
        Self { parts: Some(parts), ..self }
    }

    /// Writes what was left for later.
    pub fn write_rest(&mut self) -> Result<(), DocumentError> {
        self.parts.as_mut().map_or(Ok(()), |parts| parts.write(self.doc))
    }

    /// The changes that were made on the way.
    pub fn into_made(self) -> Vec<Change> {
        self.parts.map(Parts::into_made).unwrap_or_default()
    }

    /// The document as it stands, with what was written so far.
    pub fn view(&self) -> View<'_> {
        match self.known {
            Known::Standing(texts) => View::remembering(self.doc, texts),
            Known::Nothing | Known::Merged(_) => View::now(self.doc),
        }
    }

    /// Whether it has written anything since the last change.
    pub fn has_written(&self) -> bool {
        self.doc.pending_ops() > 0
    }

    /// The document itself, for values that are copied as they are. No text is written by it.
    pub const fn engine(&mut self) -> &mut AutoCommit {
        self.doc
    }

    /// Puts a scalar, unless the same one stands there alone: of several that were put at once,
    /// one that is put again is what somebody chose.
    pub fn put(
        &mut self,
        object: &ObjId,
        key: &str,
        value: impl Into<ScalarValue>,
    ) -> Result<(), DocumentError> {
        check_key(key)?;
        let value = value.into();
        match self.doc.get_all(object, key)?.as_slice() {
            [(Value::Scalar(old), _)] if **old == value => Ok(()),
            _ => Ok(self.doc.put(object, key, value)?),
        }
    }

    /// Takes away what is at a key.
    pub fn clear(&mut self, object: &ObjId, key: &str) -> Result<(), DocumentError> {
        if self.doc.get(object, key)?.is_some() {
            self.doc.delete(object, key)?;
        }
        Ok(())
    }

    /// Puts a scalar where there is none yet.
    pub fn put_once(
        &mut self,
        object: &ObjId,
        key: &str,
        value: impl Into<ScalarValue>,
    ) -> Result<(), DocumentError> {
        if self.has(object, key) { Ok(()) } else { self.put(object, key, value) }
    }

    /// Whether there is anything at a key.
    pub fn has(&self, object: &ObjId, key: &str) -> bool {
        !self.view().all(object, key).is_empty()
    }

    /// A new, empty map.
    pub fn new_map(&mut self, object: &ObjId, key: &str) -> Result<ObjId, DocumentError> {
        check_key(key)?;
        Ok(self.doc.put_object(object, key, ObjType::Map)?)
    }

    /// Makes a new text, empty or not.
    pub fn new_text(&mut self, object: &ObjId, key: &str, text: &str) -> Result<(), DocumentError> {
        check_key(key)?;
        let made = self.doc.put_object(object, key, ObjType::Text)?;
        self.write_text(&made, text)
    }

    /// Makes the text at `key` of these maps read `text`.
    ///
    /// There is more than one map, or more than one text in a map, when two devices made the same
    /// thing without knowing of each other. What a person reads is all of them, and what they write
    /// goes into the one they wrote in. Only if they wrote across the gap between two does all of
    /// it move into the one that stands; the others are emptied, not deleted, so that what a third
    /// device is still writing into one of them shows again.
    pub fn text(&mut self, objects: &[ObjId], key: &str, text: &str) -> Result<(), DocumentError> {
        let found = self.view().objects_in(objects, key, ObjType::Text);
        let Some((standing, others)) = found.split_last() else {
            let standing = objects.last().filter(|_| !text.is_empty());
            return standing.map_or(Ok(()), |object| self.new_text(object, key, text));
        };
        if others.is_empty() {
            return self.write_text(standing, text);
        }
        let texts: Vec<String> = found.iter().map(|id| self.view().text_of(id)).collect();
        let united = unite(&texts);
        if united == text {
            return Ok(());
        }
        let difference = Difference::between(&united, text);
        let mut start = 0;
        for (id, piece) in found.iter().zip(&texts).filter(|(_, piece)| !piece.is_empty()) {
            if let Some(text) = difference.within(start, piece) {
                return self.write_text(id, &text);
            }
            start += piece.len() + BETWEEN_TEXTS.len();
        }
        self.write_text(standing, text)?;
        others.iter().try_for_each(|other| self.write_text(other, ""))
    }

    /// Puts a new text at `key` of these maps in the place of all that stands there, unless it says
    /// the same. Two devices that do so at once leave two whole texts, of which no letter is mixed.
    pub fn replace_text(
        &mut self,
        objects: &[ObjId],
        key: &str,
        text: &str,
    ) -> Result<(), DocumentError> {
        let found = self.view().objects_in(objects, key, ObjType::Text);
        let texts: Vec<String> = found.iter().map(|id| self.view().text_of(id)).collect();
        let Some((standing, others)) = objects.split_last() else { return Ok(()) };
        if unite(&texts) == text && texts.len() < 2 {
            return Ok(());
        }
        self.new_text(standing, key, text)?;
        others.iter().try_for_each(|other| self.clear(other, key))
    }

    /// Replaces characters of the text at `key` of these maps, which lie in one of the texts there.
    pub fn splice_in(
        &mut self,
        texts: &[ObjId],
        range: Range<usize>,
        text: &str,
    ) -> Result<(), DocumentError> {
        let mut start = 0;
        for id in texts {
            let length = self.view().length(id);
            if length == 0 {
                continue;
            }
            if range.start >= start && range.end <= start + length {
                return self.splice(id, range.start - start..range.end - start, text);
            }
            start += length + BETWEEN_TEXTS.chars().count();
        }
        Err(DocumentError::NoSuchText)
    }

    /// Replaces characters of a text object.
    pub fn splice(
        &mut self,
        id: &ObjId,
        range: Range<usize>,
        text: &str,
    ) -> Result<(), DocumentError> {
        self.replace(id, range.start, range.len(), text)?;
        match self.known {
            Known::Nothing => {}
            Known::Standing(texts) | Known::Merged(texts) => texts.forget(id),
        }
        Ok(())
    }

    /// Turns a text object's text into this one: the words that differ, and nothing else.
    pub fn write_text(&mut self, id: &ObjId, text: &str) -> Result<(), DocumentError> {
        let old = self.view().text_of(id);
        if old == text {
            return Ok(());
        }
        let difference = Difference::between(&old, text);
        let mut stretches = difference.by_words();
        if !self.has_room(stretches.iter().map(Stretch::operations).sum()) {
            stretches = vec![difference.whole()];
        }
        // From the end, so that each lies where it was found.
        for Stretch { at, deleted, inserted } in stretches.into_iter().rev() {
            self.replace(id, at, deleted, inserted)?;
        }
        match self.known {
            Known::Nothing => {}
            Known::Standing(texts) => texts.put(id, text),
            Known::Merged(texts) => texts.forget(id),
        }
        Ok(())
    }

    fn has_room(&self, operations: usize) -> bool {
        self.parts.as_ref().is_none_or(|parts| parts.has_room(self.doc, operations))
    }

    /// Replaces characters of a text, now or, where the change has no room for them, later.
    fn replace(
        &mut self,
        id: &ObjId,
        at: usize,
        deleted: usize,
        inserted: &str,
    ) -> Result<(), DocumentError> {
        if !self.has_room(deleted + inserted.chars().count())
            && let Some(parts) = &mut self.parts
        {
            return parts.leave((self.doc, id), at, deleted, inserted);
        }
        let deleted = isize::try_from(deleted).unwrap_or(isize::MAX);
        Ok(self.doc.splice_text(id, at, deleted, inserted)?)
    }
}

fn check_key(key: &str) -> Result<(), DocumentError> {
    if key.is_empty() || key.len() > MAX_KEY_BYTES {
        return Err(DocumentError::InvalidKey { key: key.chars().take(80).collect() });
    }
    Ok(())
}
