//! Reading typed values out of a document, at its current or an earlier version.
//!
//! The same code reads for people and for the gate. A value of the wrong type counts as absent and
//! is noted as a [`Fault`]: a person still reads everything else, while the gate refuses the change
//! that brought it. A word that this version does not know is no fault, it comes from a newer one.

use std::{cell::RefCell, collections::BTreeSet, str::FromStr};

use automerge::{AutoCommit, ObjId, ObjType, Prop, ROOT, ReadDoc, ScalarValue, Value};
use enhance_model::{Timestamp, change_project};

use super::project;

/// What does not fit the schema, by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(pub String);

/// Texts that stand at one place because two devices made it at once, as one text.
pub fn unite(texts: &[String]) -> String {
    let written: Vec<&str> = texts.iter().map(String::as_str).filter(|t| !t.is_empty()).collect();
    written.join(BETWEEN_TEXTS)
}

/// What separates texts that two devices wrote at the same place.
pub const BETWEEN_TEXTS: &str = "\n\n";

/// One version of a document.
pub struct View<'a> {
    doc: &'a AutoCommit,
    heads: Option<Vec<automerge::ChangeHash>>,
    with_texts: bool,
    faults: RefCell<Vec<Fault>>,
}

impl<'a> View<'a> {
    /// The document as it stands.
    pub fn now(doc: &'a AutoCommit) -> Self {
        Self { doc, heads: None, with_texts: true, faults: RefCell::default() }
    }

    /// The document as it stood at these heads, which it must have.
    pub fn at(doc: &'a AutoCommit, heads: Vec<automerge::ChangeHash>) -> Self {
        Self { doc, heads: Some(heads), with_texts: true, faults: RefCell::default() }
    }

    /// The shape of the document as it stood at these heads. Texts read as empty, which takes a
    /// fraction of the time; see [`View::length`].
    pub fn shape_at(doc: &'a AutoCommit, heads: Vec<automerge::ChangeHash>) -> Self {
        Self { with_texts: false, ..Self::at(doc, heads) }
    }

    /// What did not fit the schema in what was read so far.
    pub fn faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    fn fault(&self, key: &str) {
        self.faults.borrow_mut().push(Fault(key.to_owned()));
    }

    /// Every value at a key; the last one stands.
    pub fn all(&self, object: &ObjId, key: impl Into<Prop>) -> Vec<(Value<'a>, ObjId)> {
        let found = match &self.heads {
            Some(heads) => self.doc.get_all_at(object, key, heads),
            None => self.doc.get_all(object, key),
        };
        found.unwrap_or_default()
    }

    /// How many things are in a list, or characters in a text.
    pub fn length(&self, list: &ObjId) -> usize {
        match &self.heads {
            Some(heads) => self.doc.length_at(list, heads),
            None => self.doc.length(list),
        }
    }

    /// The text of one text object.
    pub fn text_of(&self, id: &ObjId) -> String {
        let text = match &self.heads {
            _ if !self.with_texts => return String::new(),
            Some(heads) => self.doc.text_at(id, heads),
            None => self.doc.text(id),
        };
        text.unwrap_or_default()
    }

    /// The keys of a map.
    pub fn keys(&self, object: &ObjId) -> Vec<String> {
        match &self.heads {
            Some(heads) => self.doc.keys_at(object, heads).collect(),
            None => self.doc.keys(object).collect(),
        }
    }

    fn scalars<T>(
        &self,
        object: &ObjId,
        key: &str,
        read: impl Fn(&ScalarValue) -> Option<T>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for (value, _) in self.all(object, key) {
            match value {
                Value::Scalar(scalar) if matches!(*scalar, ScalarValue::Null) => {}
                Value::Scalar(scalar) => match read(&scalar) {
                    Some(value) => found.push(value),
                    None => self.fault(key),
                },
                Value::Object(_) => self.fault(key),
            }
        }
        found
    }

    /// A string.
    pub fn string(&self, object: &ObjId, key: &str) -> Option<String> {
        self.scalars(object, key, string).pop()
    }

    /// A string, empty when there is none.
    pub fn string_or_empty(&self, object: &ObjId, key: &str) -> String {
        self.string(object, key).unwrap_or_default()
    }

    /// A word or id of a fixed form. One that this version does not know reads as none.
    pub fn word<T: FromStr>(&self, object: &ObjId, key: &str) -> Option<T> {
        self.string(object, key)?.parse().ok()
    }

    /// A whole number that is not negative.
    pub fn number(&self, object: &ObjId, key: &str) -> Option<u64> {
        self.scalars(object, key, number).pop()
    }

    /// Whole numbers that two devices may have put there at once; the smallest counts.
    pub fn smallest_number(&self, object: &ObjId, key: &str) -> Option<u64> {
        self.scalars(object, key, number).into_iter().min()
    }

    /// A moment.
    pub fn moment(&self, object: &ObjId, key: &str) -> Option<Timestamp> {
        self.scalars(object, key, moment).pop()
    }

    /// Moments that two devices may have put there at once; the earliest counts.
    pub fn earliest_moment(&self, object: &ObjId, key: &str) -> Option<Timestamp> {
        self.scalars(object, key, moment).into_iter().min()
    }

    /// The value of an observation.
    pub fn value(&self, object: &ObjId, key: &str) -> Option<change_project::Value> {
        let known = |scalar: &ScalarValue| match scalar {
            ScalarValue::Int(_) | ScalarValue::Str(_) => Some(project::value(scalar)),
            _ => None,
        };
        self.scalars(object, key, known).pop()?
    }

    /// The map at a key.
    pub fn map(&self, object: &ObjId, key: &str) -> Option<ObjId> {
        self.maps(object, key).pop()
    }

    /// Every map at a key; the last one stands.
    pub fn maps(&self, object: &ObjId, key: &str) -> Vec<ObjId> {
        self.objects(object, key, ObjType::Map)
    }

    fn objects(&self, object: &ObjId, key: &str, wanted: ObjType) -> Vec<ObjId> {
        let mut found = Vec::new();
        for (value, id) in self.all(object, key) {
            if value == Value::Object(wanted) {
                found.push(id);
            } else {
                self.fault(key);
            }
        }
        found
    }

    /// The objects in which the text at `key` of these maps is written.
    pub fn text_objects(&self, objects: &[ObjId], key: &str) -> Vec<ObjId> {
        objects.iter().flat_map(|object| self.objects(object, key, ObjType::Text)).collect()
    }

    /// The text at `key` of these maps.
    pub fn text(&self, objects: &[ObjId], key: &str) -> String {
        let texts: Vec<String> =
            self.text_objects(objects, key).iter().map(|id| self.text_of(id)).collect();
        unite(&texts)
    }

    /// The items of a map at the root: each key that reads as an id with the maps at it.
    pub fn items<T: FromStr>(&self, container: &str) -> Vec<(T, Vec<ObjId>)> {
        let Some(container) = self.required_map(container) else { return Vec::new() };
        self.keys(&container)
            .into_iter()
            .filter_map(|key| {
                let maps = self.maps(&container, &key);
                let id = key.parse().ok();
                if id.is_none() {
                    self.fault(&key);
                }
                (!maps.is_empty()).then_some((id?, maps))
            })
            .collect()
    }

    /// A map at the root that the creating change made.
    pub fn required_map(&self, key: &str) -> Option<ObjId> {
        let map = self.map(&ROOT, key);
        if map.is_none() {
            self.fault(key);
        }
        map
    }

    /// The keys of a map at the root under which `true` stands.
    pub fn marked<T: FromStr + Ord>(&self, container: &str) -> BTreeSet<T> {
        let Some(container) = self.required_map(container) else { return BTreeSet::new() };
        let is_marked = |key: &String| {
            self.scalars(&container, key, |scalar| match scalar {
                ScalarValue::Boolean(marked) => Some(*marked),
                _ => None,
            })
            .contains(&true)
        };
        self.keys(&container).into_iter().filter(is_marked).filter_map(|k| k.parse().ok()).collect()
    }
}

fn string(scalar: &ScalarValue) -> Option<String> {
    match scalar {
        ScalarValue::Str(text) => Some(text.to_string()),
        _ => None,
    }
}

fn number(scalar: &ScalarValue) -> Option<u64> {
    match scalar {
        ScalarValue::Uint(number) => Some(*number),
        ScalarValue::Int(number) => u64::try_from(*number).ok(),
        _ => None,
    }
}

fn moment(scalar: &ScalarValue) -> Option<Timestamp> {
    match scalar {
        ScalarValue::Timestamp(millis) => Some(Timestamp::from_unix_millis(*millis)),
        _ => None,
    }
}
