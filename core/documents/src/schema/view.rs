//! One version of a document, current or earlier, as the engine has it.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use automerge::{AutoCommit, ObjId, ObjType, Prop, ReadDoc, ScalarValue, Value};

use enhance_model::DeviceId;

use super::texts::Texts;
use crate::engine::device_of;

/// What separates texts that two devices wrote at the same place.
pub const BETWEEN_TEXTS: &str = "\n\n";

/// Texts that stand at one place because two devices made it at once, as one text.
pub fn unite(texts: &[String]) -> String {
    let written: Vec<&str> = texts.iter().map(String::as_str).filter(|t| !t.is_empty()).collect();
    written.join(BETWEEN_TEXTS)
}

/// The places of those that say the same as a later one, which is what two devices wrote there at
/// once in the same words. The last one stands, whoever looks.
pub fn twins(texts: &[String]) -> Vec<usize> {
    let says_the_same = |(at, text): (usize, &String)| {
        let later = texts.get(at + 1..).unwrap_or_default();
        (!text.is_empty() && later.contains(text)).then_some(at)
    };
    texts.iter().enumerate().filter_map(says_the_same).collect()
}

/// Every value under each key of a map, with the operation that put it there.
type Values = BTreeMap<String, Vec<(Value<'static>, ObjId)>>;

/// One version of a document.
pub struct View<'a> {
    doc: &'a AutoCommit,
    heads: Option<Vec<automerge::ChangeHash>>,
    with_texts: bool,
    /// Of the document as it stands.
    texts: Option<&'a Texts>,
    /// What the maps hold that were read so far, if they are read as wholes.
    maps: Option<RefCell<HashMap<ObjId, Rc<Values>>>>,
    /// Whether the same words were read at one place twice.
    has_twins: Cell<bool>,
}

impl<'a> View<'a> {
    /// The document as it stands.
    pub fn now(doc: &'a AutoCommit) -> Self {
        let has_twins = Cell::new(false);
        Self { doc, heads: None, with_texts: true, texts: None, maps: None, has_twins }
    }

    /// The same for one who reads all of it: each map is gone through once. The engine looks for a
    /// key from the top, which costs a document of a thousand things ten times as much.
    pub fn by_maps(mut self) -> Self {
        self.maps = Some(RefCell::default());
        self
    }

    /// The document as it stands, with the texts that were read of it before.
    pub fn remembering(doc: &'a AutoCommit, texts: &'a Texts) -> Self {
        Self { texts: Some(texts), ..Self::now(doc) }
    }

    /// The document as it stood at these heads, which it must have.
    pub fn at(doc: &'a AutoCommit, heads: Vec<automerge::ChangeHash>) -> Self {
        Self { heads: Some(heads), ..Self::now(doc) }
    }

    /// The shape of the document as it stood at these heads. Texts read as empty, which takes a
    /// fraction of the time; see [`View::length`].
    #[cfg(test)]
    pub fn shape_at(doc: &'a AutoCommit, heads: Vec<automerge::ChangeHash>) -> Self {
        Self { with_texts: false, ..Self::at(doc, heads) }
    }

    /// Every value at a key; the last one stands.
    pub fn all(&self, object: &ObjId, key: impl Into<Prop>) -> Vec<(Value<'a>, ObjId)> {
        match (&self.maps, key.into()) {
            (Some(maps), Prop::Map(key)) => {
                self.map(maps, object).get(&key).cloned().unwrap_or_default()
            }
            (_, key) => self.looked_up(object, key),
        }
    }

    fn looked_up(&self, object: &ObjId, key: Prop) -> Vec<(Value<'a>, ObjId)> {
        let found = match &self.heads {
            Some(heads) => self.doc.get_all_at(object, key, heads),
            None => self.doc.get_all(object, key),
        };
        found.unwrap_or_default()
    }

    /// What a map holds, read once.
    fn map(&self, maps: &RefCell<HashMap<ObjId, Rc<Values>>>, object: &ObjId) -> Rc<Values> {
        if let Some(values) = maps.borrow().get(object) {
            return Rc::clone(values);
        }
        let items = match &self.heads {
            Some(heads) => self.doc.map_range_at(object, .., heads),
            None => self.doc.map_range(object, ..),
        };
        let read = items.map(|item| {
            let values = if item.conflict {
                let all = self.looked_up(object, Prop::Map(item.key.to_string())).into_iter();
                all.map(|(value, id)| (value.into_owned(), id)).collect()
            } else {
                vec![(item.value.clone().into_value(), item.id())]
            };
            (item.key.into_owned(), values)
        });
        let values = Rc::new(read.collect::<Values>());
        maps.borrow_mut().insert(object.clone(), Rc::clone(&values));
        values
    }

    /// Every single value at a key that says something; the last one stands.
    pub fn scalars(&self, object: &ObjId, key: &str) -> Vec<ScalarValue> {
        let scalar = |(value, _): (Value<'a>, _)| match value {
            Value::Scalar(scalar) if *scalar != ScalarValue::Null => Some(scalar.into_owned()),
            Value::Scalar(_) | Value::Object(_) => None,
        };
        self.all(object, key).into_iter().filter_map(scalar).collect()
    }

    /// Every object of a type at a key; the last one stands.
    fn objects(&self, object: &ObjId, key: &str, wanted: ObjType) -> Vec<ObjId> {
        let all = self.all(object, key).into_iter();
        all.filter(|(value, _)| *value == Value::Object(wanted)).map(|(_, id)| id).collect()
    }

    /// Every object of a type at a key of these maps.
    pub fn objects_in(&self, maps: &[ObjId], key: &str, wanted: ObjType) -> Vec<ObjId> {
        maps.iter().flat_map(|map| self.objects(map, key, wanted)).collect()
    }

    /// Every object at a key; none if anything there is not an object of this type.
    pub fn only(&self, object: &ObjId, key: &str, wanted: ObjType) -> Option<Vec<ObjId>> {
        let is_wanted =
            |(value, id): (Value<'a>, _)| (value == Value::Object(wanted)).then_some(id);
        self.all(object, key).into_iter().map(is_wanted).collect()
    }

    /// The names of the characters of a text, in their order.
    pub fn characters(&self, text: &ObjId) -> Vec<ObjId> {
        match &self.heads {
            Some(heads) => self.doc.list_range_at(text, .., heads).map(|one| one.id()).collect(),
            None => self.doc.list_range(text, ..).map(|one| one.id()).collect(),
        }
    }

    /// How many things are in a list, or characters in a text.
    pub fn length(&self, list: &ObjId) -> usize {
        match &self.heads {
            Some(heads) => self.doc.length_at(list, heads),
            None => self.doc.length(list),
        }
    }

    /// What is written in these text objects, which are at one place.
    pub fn united(&self, texts: &[ObjId]) -> String {
        let texts: Vec<String> = texts.iter().map(|id| self.text_of(id)).collect();
        if !twins(&texts).is_empty() {
            self.has_twins.set(true);
        }
        unite(&texts)
    }

    /// Whether the same words were read at one place twice.
    pub const fn has_twins(&self) -> bool {
        self.has_twins.get()
    }

    /// What is written in one text object.
    pub fn text_of(&self, id: &ObjId) -> String {
        if let Some(texts) = self.texts {
            return texts.read(self.doc, id);
        }
        let text = match &self.heads {
            _ if !self.with_texts => return String::new(),
            Some(heads) => self.doc.text_at(id, heads),
            None => self.doc.text(id),
        };
        text.unwrap_or_default()
    }

    /// The device on which an operation was made; none only in documents that no gate has seen.
    pub fn author(&self, id: &ObjId) -> Option<DeviceId> {
        let ObjId::Id(_, actor, _) = id else { return None };
        device_of(self.doc, actor)
    }

    /// The keys of a map, in their order.
    pub fn keys(&self, object: &ObjId) -> Vec<String> {
        match (&self.maps, &self.heads) {
            (Some(maps), _) => self.map(maps, object).keys().cloned().collect(),
            (None, Some(heads)) => self.doc.keys_at(object, heads).collect(),
            (None, None) => self.doc.keys(object).collect(),
        }
    }
}
