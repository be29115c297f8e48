//! What one operation may do at one place, by what is declared there.
//!
//! An object's place never changes, so a change can be judged operation by operation without the
//! document. `check.rs` asks the same of a whole document; a test holds the two together.

use automerge::ScalarValue;
use enhance_model::{
    DocumentKind, ItemId,
    field::{Field, Shape, find},
};

use super::{
    CREATED_AT, Identity, KIND, OWNER, SCHEMA_FIELD, fields,
    scalar::{self, Scalars},
};

/// Where an object stands.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// A map with these fields.
    Fields(&'static [Field]),
    /// A map of things with these fields, each under its id.
    Items(&'static [Field]),
    /// A map of texts.
    Texts,
    /// A map of values such as the tags.
    Values(Shape),
    Text,
    /// Nothing is declared here: a newer version knows what it is.
    Undeclared,
}

/// What an operation does at a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    MakeMap,
    MakeList,
    MakeText,
    Put(ScalarValue),
    Delete,
}

/// What an operation may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breach {
    /// What stands there is of another type.
    Type,
    /// What stands there is never changed.
    Fixed,
}

impl Place {
    /// The root of a document.
    pub const fn root(kind: DocumentKind) -> Self {
        Self::Fields(fields(kind))
    }

    /// Judges an operation at a key of a map here; an object that it makes stands at the place
    /// that is returned. The creating change may make what is fixed.
    pub fn judge(self, key: &str, act: &Act, creates: bool) -> Result<Self, Breach> {
        match self {
            Self::Fields(fields) => judge_field(fields, key, act, creates),
            Self::Items(fields) if key.parse::<ItemId>().is_ok() => {
                made(act, &Act::MakeMap, Self::Fields(fields))
            }
            Self::Texts => made(act, &Act::MakeText, Self::Text),
            Self::Values(shape) => judge_value(shape, act),
            Self::Undeclared => Ok(Self::Undeclared),
            Self::Items(_) | Self::Text => Err(Breach::Type),
        }
    }
}

fn judge_field(
    fields: &'static [Field],
    key: &str,
    act: &Act,
    creates: bool,
) -> Result<Place, Breach> {
    let Some((field, is_item)) = declared(fields, key) else { return Ok(Place::Undeclared) };
    if let (Shape::FlatItems(_, fields), true) = (field.shape, is_item) {
        return made(act, &Act::MakeMap, Place::Fields(fields));
    }
    if field.is_fixed() && !creates {
        return Err(Breach::Fixed);
    }
    // A document that lacks what it needs is none.
    let is_of_root = [SCHEMA_FIELD.key, KIND.key, OWNER.key, CREATED_AT.key].contains(&key);
    if is_of_root && field.is_needed {
        return match act {
            Act::Put(value) if reads(field, value) => Ok(Place::Undeclared),
            _ if creates => Err(Breach::Type),
            _ => Err(Breach::Fixed),
        };
    }
    match field.shape {
        Shape::Text => made(act, &Act::MakeText, Place::Text),
        Shape::Map(fields) => contained(act, Place::Fields(fields)),
        Shape::Items(_, fields) => contained(act, Place::Items(fields)),
        Shape::Texts => contained(act, Place::Texts),
        Shape::Strings | Shape::Tags | Shape::Ids | Shape::Counts | Shape::Moments => {
            contained(act, Place::Values(field.shape))
        }
        // The bare keys of flat things are nobody's.
        Shape::FlatItems(..) | Shape::Flat(_) => Ok(Place::Undeclared),
        shape => judge_value(shape, act),
    }
}

/// The field that is declared for a key, and whether the key is that of a flat item.
fn declared(fields: &'static [Field], key: &str) -> Option<(&'static Field, bool)> {
    if let Some(field) = find(fields, key) {
        return Some((field, false));
    }
    let below = |field: &Field| key.strip_prefix(field.key)?.strip_prefix('/').map(str::to_owned);
    fields.iter().find_map(|field| match field.shape {
        Shape::FlatItems(..) if below(field)?.parse::<ItemId>().is_ok() => Some((field, true)),
        Shape::Flat(fields) => {
            let rest = below(field)?;
            let is_of =
                |one: &&Field| rest.strip_suffix(one.key).is_some_and(|thing| thing.ends_with('/'));
            fields.iter().find(is_of).map(|field| (field, false))
        }
        _ => None,
    })
}

/// What makes or deletes an object of the declared type.
fn made(act: &Act, wanted: &Act, place: Place) -> Result<Place, Breach> {
    if act == wanted || *act == Act::Delete { Ok(place) } else { Err(Breach::Type) }
}

/// A map that holds things is made, and never taken away: what is in it would go with it.
fn contained(act: &Act, place: Place) -> Result<Place, Breach> {
    match act {
        Act::MakeMap => Ok(place),
        Act::Delete => Err(Breach::Fixed),
        _ => Err(Breach::Type),
    }
}

fn judge_value(shape: Shape, act: &Act) -> Result<Place, Breach> {
    match act {
        Act::Put(ScalarValue::Null) | Act::Delete => Ok(Place::Undeclared),
        Act::Put(value) if shape.takes(value) => Ok(Place::Undeclared),
        _ => Err(Breach::Type),
    }
}

fn reads(field: &Field, value: &ScalarValue) -> bool {
    let is_schema = field.key == SCHEMA_FIELD.key;
    field.shape.reads(value) && (!is_schema || schema_of(value).is_some())
}

/// The number of a schema, from 1.
pub fn schema_of(value: &ScalarValue) -> Option<u32> {
    scalar::number(value).and_then(|number| u32::try_from(number).ok()).filter(|number| *number > 0)
}

/// What the change that creates a document does at its root.
#[derive(Debug, Clone, Default)]
pub struct Creation(Vec<(String, Act)>);

impl Creation {
    /// Notes an operation at a key of the root.
    pub fn note(&mut self, key: &str, act: Act) {
        self.0.retain(|(known, _)| known != key);
        self.0.push((key.to_owned(), act));
    }

    /// What is created, if all that it needs is there.
    pub fn identity(&self) -> Option<Identity> {
        let put = |field: &Field| match self.at(field.key) {
            Some(Act::Put(value)) => Some(value),
            _ => None,
        };
        let kind: DocumentKind = scalar::string(put(&KIND)?)?.parse().ok()?;
        let owner = scalar::string(put(&OWNER)?)?.parse().ok()?;
        let is_whole = fields(kind).iter().all(|field| match field.shape {
            shape if shape.is_map() => {
                !field.is_fixed() || self.at(field.key) == Some(&Act::MakeMap)
            }
            _ => !field.is_needed || put(field).is_some_and(|value| reads(field, value)),
        });
        is_whole.then_some(Identity { kind, owner })
    }

    fn at(&self, key: &str) -> Option<&Act> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, act)| act)
    }
}
