//! Writing into a document so that nothing is written that is there already.
//!
//! An edit that changes nothing must not become a change: it would cost bytes on every phone for
//! ever and make the document look edited.

use automerge::{
    AutoCommit, ObjId, ObjType, ReadDoc, ScalarValue, Value, transaction::Transactable,
};

use super::view::{BETWEEN_TEXTS, View, unite};
use crate::DocumentError;

/// Beyond this many differing characters a text is replaced in one piece: comparing character by
/// character takes time that grows with the square of the difference.
const MAX_COMPARED: usize = 8_000;

/// Longer keys than this pass no gate.
pub const MAX_KEY_BYTES: usize = 512;

/// Writes into one document.
pub struct Pen<'a> {
    doc: &'a mut AutoCommit,
}

impl<'a> Pen<'a> {
    /// A pen for this document.
    pub fn new(doc: &'a mut AutoCommit) -> Self {
        Self { doc }
    }

    /// The document as it stands, with what was written so far.
    pub fn view(&self) -> View<'_> {
        View::now(self.doc)
    }

    /// Puts a scalar, unless the same one stands there.
    pub fn put(
        &mut self,
        object: &ObjId,
        key: &str,
        value: impl Into<ScalarValue>,
    ) -> Result<(), DocumentError> {
        check_key(key)?;
        let value = value.into();
        match self.doc.get(object, key)? {
            Some((Value::Scalar(old), _)) if *old == value => Ok(()),
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
        let texts = found.iter().map(|id| self.doc.text(id)).collect::<Result<Vec<_>, _>>()?;
        let united = unite(&texts);
        if united == text {
            return Ok(());
        }
        let Some((standing, others)) = found.split_last() else {
            let standing = objects.last();
            return standing.map_or(Ok(()), |object| self.new_text(object, key, text));
        };
        let difference = Difference::between(&united, text);
        let mut start = 0;
        for (id, piece) in found.iter().zip(&texts).filter(|(_, piece)| !piece.is_empty()) {
            let length = piece.chars().count();
            if difference.is_within(start, length) {
                return self.splice(id, start, &difference, piece);
            }
            start += length + BETWEEN_TEXTS.len();
        }
        self.write_text(standing, text)?;
        others.iter().try_for_each(|other| self.write_text(other, ""))
    }

    /// Writes a difference to the text that begins at `start` of what it was found in.
    fn splice(
        &mut self,
        id: &ObjId,
        start: usize,
        difference: &Difference<'_>,
        piece: &str,
    ) -> Result<(), DocumentError> {
        let at = difference.at - start;
        let before = piece.chars().take(at);
        let after = piece.chars().skip(at + difference.deleted);
        let text: String = before.chain(difference.inserted.chars()).chain(after).collect();
        self.write_text(id, &text)
    }

    /// Turns a text object's text into this one, by character.
    pub fn write_text(&mut self, id: &ObjId, text: &str) -> Result<(), DocumentError> {
        let old = self.doc.text(id)?;
        if old == text {
            return Ok(());
        }
        let difference = Difference::between(&old, text);
        if difference.deleted + difference.inserted.chars().count() > MAX_COMPARED {
            let deleted = isize::try_from(difference.deleted).unwrap_or(isize::MAX);
            self.doc.splice_text(id, difference.at, deleted, difference.inserted)?;
        } else {
            self.doc.update_text(id, text)?;
        }
        Ok(())
    }
}

fn check_key(key: &str) -> Result<(), DocumentError> {
    if key.is_empty() || key.len() > MAX_KEY_BYTES {
        return Err(DocumentError::InvalidKey { key: key.chars().take(80).collect() });
    }
    Ok(())
}

/// The one stretch in which two texts differ.
struct Difference<'a> {
    at: usize,
    deleted: usize,
    inserted: &'a str,
}

impl<'a> Difference<'a> {
    /// Whether all of it lies in the `length` characters from `start`.
    const fn is_within(&self, start: usize, length: usize) -> bool {
        self.at >= start && self.at + self.deleted <= start + length
    }

    fn between(old: &str, new: &'a str) -> Self {
        let same = |(a, b): &(char, char)| a == b;
        let prefix: usize =
            old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
        let (old_rest, new_rest) = (tail(old, prefix), tail(new, prefix));
        let suffix: usize = old_rest
            .chars()
            .rev()
            .zip(new_rest.chars().rev())
            .take_while(same)
            .map(|(c, _)| c.len_utf8())
            .sum();
        let middle = |text: &'a str| text.get(..text.len() - suffix).unwrap_or(text);
        Self {
            at: old.get(..prefix).unwrap_or_default().chars().count(),
            deleted: old_rest.get(..old_rest.len() - suffix).unwrap_or(old_rest).chars().count(),
            inserted: middle(new_rest),
        }
    }
}

fn tail(text: &str, from: usize) -> &str {
    text.get(from..).unwrap_or_default()
}
