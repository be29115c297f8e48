//! A document as a plain tree: to compare two documents, to list what an edit changed, and to do
//! to one document what was done to another.

use std::collections::BTreeMap;

use automerge::{
    AutoCommit, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value, transaction::Transactable,
};

use crate::{
    DocumentError,
    schema::{pen::Pen, scalar, view::View},
};

/// Deeper than anything we make and shallow enough to walk without fear.
pub const MAX_DEPTH: usize = 8;

/// What is found at one place of a document.
#[derive(Debug)]
pub struct Leaf {
    /// The keys on the way, joined by `/`.
    pub path: String,
    /// What it holds, as text; empty for a map.
    pub text: String,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "the trial that tests hold against asks for it")
    )]
    pub kind: LeafKind,
    /// The operation that put it there.
    pub id: ObjId,
}

/// What is at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeafKind {
    /// A value that is replaced as a whole.
    Scalar,
    /// A text that merges by character.
    Text,
    /// Something that holds other things, which have places of their own.
    Container,
}

/// A tree is deeper than [`MAX_DEPTH`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DepthError;

/// Every place of the document with all the values that conflict there, the standing one last.
pub fn leaves(view: &View<'_>) -> Result<Vec<Leaf>, DepthError> {
    let mut found = Vec::new();
    collect(view, (&ROOT, ObjType::Map), "", MAX_DEPTH, &mut found)?;
    Ok(found)
}

fn collect(
    view: &View<'_>,
    (object, kind): (&ObjId, ObjType),
    path: &str,
    depth: usize,
    found: &mut Vec<Leaf>,
) -> Result<(), DepthError> {
    let depth = depth.checked_sub(1).ok_or(DepthError)?;
    for (key, values) in slots(view, object, kind) {
        let path = if path.is_empty() { key } else { format!("{path}/{key}") };
        for (value, id) in values {
            let (text, kind) = match value {
                Value::Object(ObjType::Text) => (view.text_of(&id), LeafKind::Text),
                Value::Object(kind) => {
                    collect(view, (&id, kind), &path, depth, found)?;
                    (String::new(), LeafKind::Container)
                }
                Value::Scalar(scalar) => (shown(&scalar), LeafKind::Scalar),
            };
            found.push(Leaf { path: path.clone(), text, kind, id });
        }
    }
    Ok(())
}

/// A key of a map or a place of a list, with every value that stands there.
type Slot<'a> = (String, Vec<(Value<'a>, ObjId)>);

/// What is in a map or, in documents of a newer schema, in a list.
fn slots<'a>(view: &View<'a>, object: &ObjId, kind: ObjType) -> Vec<Slot<'a>> {
    if kind == ObjType::List {
        let places = 0..view.length(object);
        places.map(|index| (index.to_string(), view.all(object, index))).collect()
    } else {
        let of = |key: String| {
            let values = view.all(object, key.as_str());
            (key, values)
        };
        view.keys(object).into_iter().map(of).collect()
    }
}

fn shown(scalar: &ScalarValue) -> String {
    match scalar {
        ScalarValue::Null => String::new(),
        ScalarValue::Str(text) => text.to_string(),
        other => scalar::in_words(other).unwrap_or_else(|| other.to_string()),
    }
}

/// What two documents must share to be the same to every reader: each place with all its values.
pub fn fingerprint(doc: &AutoCommit) -> Result<Vec<(String, String, String)>, DepthError> {
    let leaves = leaves(&View::now(doc))?;
    Ok(leaves.into_iter().map(|leaf| (leaf.path, leaf.text, leaf.id.to_string())).collect())
}

/// What a person reads at each place; of conflicting values the one that stands.
pub fn readable(doc: &AutoCommit) -> Result<BTreeMap<String, String>, DepthError> {
    let leaves = leaves(&View::now(doc))?.into_iter();
    Ok(leaves.filter(|leaf| !leaf.text.is_empty()).map(|leaf| (leaf.path, leaf.text)).collect())
}

/// Writes with `pen` what turned `before` into `after`; texts by character.
///
/// Its document must have every object of `before`.
pub fn imitate(
    pen: &mut Pen<'_>,
    before: &AutoCommit,
    after: &AutoCommit,
) -> Result<(), DocumentError> {
    Imitation { pen, before, after }.map(&ROOT, MAX_DEPTH)
}

struct Imitation<'a, 'd> {
    pen: &'a mut Pen<'d>,
    before: &'a AutoCommit,
    after: &'a AutoCommit,
}

impl Imitation<'_, '_> {
    /// Does to a map that all three have what was done to it.
    fn map(&mut self, map: &ObjId, depth: usize) -> Result<(), DocumentError> {
        let depth = depth.checked_sub(1).ok_or(DepthError)?;
        for key in self.before.keys(map) {
            if self.after.get(map, key.as_str())?.is_none() {
                self.pen.clear(map, &key)?;
            }
        }
        for key in self.after.keys(map) {
            let known = self.before.get_all(map, key.as_str())?;
            for (value, id) in self.after.get_all(map, key.as_str())? {
                if known.iter().any(|(_, old)| *old == id) {
                    self.old(&value, &id, depth)?;
                } else {
                    self.new_value((map, &key), &value, &id, depth)?;
                }
            }
        }
        Ok(())
    }

    fn old(&mut self, value: &Value<'_>, id: &ObjId, depth: usize) -> Result<(), DocumentError> {
        match value {
            Value::Object(ObjType::Map) => self.map(id, depth),
            Value::Object(ObjType::Text) => self.pen.write_text(id, &self.after.text(id)?),
            Value::Object(_) | Value::Scalar(_) => Ok(()),
        }
    }

    fn new_value(
        &mut self,
        (into, key): (&ObjId, &str),
        value: &Value<'_>,
        id: &ObjId,
        depth: usize,
    ) -> Result<(), DocumentError> {
        let depth = depth.checked_sub(1).ok_or(DepthError)?;
        match value {
            Value::Scalar(scalar) => {
                self.pen.engine().put(into, key, scalar.as_ref().clone())?;
            }
            Value::Object(kind) => {
                let made = self.pen.engine().put_object(into, key, *kind)?;
                if *kind == ObjType::Text {
                    self.pen.write_text(&made, &self.after.text(id)?)?;
                } else {
                    for key in self.after.keys(id) {
                        for (value, id) in self.after.get_all(id, key.as_str())? {
                            self.new_value((&made, &key), &value, &id, depth)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}
