//! Reading what is declared, as the types of the model.
//!
//! A value of the wrong type counts as absent, so that a person still reads everything else; the
//! gate keeps out the change that would bring it (`check.rs`).

use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

use automerge::{ObjId, ObjType, ROOT, ScalarValue};
use enhance_model::{
    DeviceId, ItemId, Items, Tag, Timestamp,
    change_project::Value,
    field::{Field, Rule, Shape, find},
    record::{Fields, Record},
};

use super::{
    scalar::{self, Scalars},
    view::View,
};

/// A map of a document with the declaration of what is in it.
pub struct Reader<'a> {
    pub view: &'a View<'a>,
    pub fields: &'static [Field],
    /// More than one only where two devices made the map at once; the last one stands. Single
    /// values are read from that one, texts and items from all.
    pub maps: Vec<ObjId>,
    /// What the keys of its fields begin with, for a thing without a map of its own.
    prefix: String,
}

impl<'a> Reader<'a> {
    /// The root of a document of the kind with these fields.
    pub fn root(view: &'a View<'a>, fields: &'static [Field]) -> Self {
        Self::of(view, fields, vec![ROOT])
    }

    /// These maps, with these fields.
    pub const fn of(view: &'a View<'a>, fields: &'static [Field], maps: Vec<ObjId>) -> Self {
        Self { view, fields, maps, prefix: String::new() }
    }

    pub fn optional_string(&self, key: &str) -> Option<String> {
        self.standing(key, scalar::string)
    }

    /// A map with fields of its own.
    pub fn map(&self, key: &str) -> Self {
        if let Some(field) = self.field(key)
            && let Shape::Map(fields) = field.shape
        {
            return Self::of(self.view, fields, self.containers(field));
        }
        Self::of(self.view, &[], Vec::new())
    }

    /// Each record whose key reads as an id and that says what it must.
    pub fn records<R: Record>(&self) -> Items<R> {
        self.items(R::KEY, |item| R::read(item))
    }

    /// Each item whose key reads as an id and that says what it must.
    pub fn items<K: FromStr, T, Found: FromIterator<(K, T)>>(
        &self,
        key: &str,
        read: impl Fn(&Self) -> Option<T>,
    ) -> Found {
        let items = self.field(key).map(|field| self.item_readers(field)).unwrap_or_default();
        let read = |(id, item): (String, Self)| Some((id.parse().ok()?, read(&item)?));
        items.into_iter().filter_map(read).collect()
    }

    /// Each thing without a map of its own, by its key.
    pub fn flat<T>(&self, key: &str, read: impl Fn(&Self) -> T) -> BTreeMap<String, T> {
        let things = self.field(key).map(|field| self.flat_readers(field)).unwrap_or_default();
        things.into_iter().map(|(thing, reader)| (thing, read(&reader))).collect()
    }

    /// The texts of a map, by their keys.
    pub fn texts(&self, key: &str) -> BTreeMap<String, String> {
        let Some(field) = self.field(key) else { return BTreeMap::new() };
        let maps = self.containers(field);
        let read = |key: String| (key.clone(), self.text_in(&maps, &key));
        self.keys(&maps).into_iter().map(read).collect()
    }

    /// The text under a key of a map of texts, if there is one.
    pub fn text_under(&self, key: &str, under: &str) -> Option<String> {
        let maps = self.containers(self.field(key)?);
        self.keys(&maps).contains(under).then(|| self.text_in(&maps, under))
    }

    /// The strings of a map, by their keys.
    pub fn strings(&self, key: &str) -> BTreeMap<String, String> {
        let read = |key: String, values: Vec<ScalarValue>| {
            (key, values.iter().filter_map(scalar::string).next_back().unwrap_or_default())
        };
        self.entries(key).into_iter().map(|(key, values)| read(key, values)).collect()
    }

    /// The moments of a map, by the ids they are under.
    pub fn moments(&self, key: &str) -> Items<Timestamp> {
        let read = |(id, values): (String, Vec<ScalarValue>)| {
            Some((id.parse().ok()?, values.iter().filter_map(scalar::moment).next_back()?))
        };
        self.entries(key).into_iter().filter_map(read).collect()
    }

    /// The keys of a map of single values with what is under each.
    fn entries(&self, key: &str) -> Vec<(String, Vec<ScalarValue>)> {
        let Some(field) = self.field(key) else { return Vec::new() };
        let maps = self.containers(field);
        let values = |key: &str| maps.iter().flat_map(|map| self.view.scalars(map, key)).collect();
        self.keys(&maps).into_iter().map(|key| (key.clone(), values(&key))).collect()
    }

    /// The single values of a declared field, the standing one last.
    fn values(&self, key: &str) -> Vec<ScalarValue> {
        let (Some(map), Some(_)) = (self.maps.last(), self.field(key)) else { return Vec::new() };
        self.view.scalars(map, &self.place(key))
    }

    fn standing<T: Ord>(&self, key: &str, read: fn(&ScalarValue) -> Option<T>) -> Option<T> {
        let values = self.values(key);
        let mut values = values.iter().filter_map(read);
        if self.field(key)?.rule == Rule::Once { values.min() } else { values.next_back() }
    }

    fn text_in(&self, maps: &[ObjId], key: &str) -> String {
        self.view.united(&self.view.objects_in(maps, key, ObjType::Text))
    }

    fn field(&self, key: &str) -> Option<&'static Field> {
        find(self.fields, key)
    }

    /// The key under which a field stands in its map.
    pub fn place(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    /// All keys of some maps.
    pub fn keys(&self, maps: &[ObjId]) -> BTreeSet<String> {
        maps.iter().flat_map(|map| self.view.keys(map)).collect()
    }

    /// The maps of a field that is one. A fixed one was made once; only the standing one counts.
    pub fn containers(&self, field: &Field) -> Vec<ObjId> {
        let found = self.view.objects_in(&self.maps, field.key, ObjType::Map);
        if field.is_fixed() { found.last().cloned().into_iter().collect() } else { found }
    }

    /// The maps that the items of a field are in, and each item's id with its key in them.
    pub fn item_keys(&self, field: &Field) -> (Vec<ObjId>, Vec<(String, String)>) {
        if let Shape::FlatItems(..) = field.shape {
            let of = |key: String| {
                let id = key.strip_prefix(field.key)?.strip_prefix('/')?.to_owned();
                Some((id, key))
            };
            return (self.maps.clone(), self.keys(&self.maps).into_iter().filter_map(of).collect());
        }
        let maps = self.containers(field);
        let keys = self.keys(&maps).into_iter().map(|key| (key.clone(), key)).collect();
        (maps, keys)
    }

    /// Each item that is there, by its id.
    pub fn item_readers(&self, field: &Field) -> Vec<(String, Self)> {
        let (maps, keys) = self.item_keys(field);
        let item = |(id, key): (String, String)| Some((id, self.item_at(field, &maps, &key)?));
        keys.into_iter().filter_map(item).collect()
    }

    /// The item of this id, if it is there.
    pub fn item(&self, key: &str, id: &str) -> Option<Self> {
        let field = self.field(key)?;
        match field.shape {
            Shape::FlatItems(..) => self.item_at(field, &self.maps, &format!("{key}/{id}")),
            _ => self.item_at(field, &self.containers(field), id),
        }
    }

    fn item_at(&self, field: &Field, maps: &[ObjId], key: &str) -> Option<Self> {
        let (Shape::Items(_, fields) | Shape::FlatItems(_, fields)) = field.shape else {
            return None;
        };
        let found = self.view.objects_in(maps, key, ObjType::Map);
        (!found.is_empty()).then(|| Self::of(self.view, fields, found))
    }

    /// Each thing without a map of its own, by its key.
    pub fn flat_readers(&self, field: &Field) -> Vec<(String, Self)> {
        let Shape::Flat(fields) = field.shape else { return Vec::new() };
        let thing = |key: &String| {
            let rest = key.strip_prefix(field.key)?.strip_prefix('/')?;
            let of = |one: &Field| rest.strip_suffix(one.key)?.strip_suffix('/');
            fields.iter().find_map(of).map(str::to_owned)
        };
        let things: BTreeSet<String> = self.keys(&self.maps).iter().filter_map(thing).collect();
        let reader = |thing: String| {
            let prefix = format!("{}/{thing}/", field.key);
            (thing, Self { prefix, ..Self::of(self.view, fields, self.maps.clone()) })
        };
        things.into_iter().map(reader).collect()
    }
}

impl Fields for Reader<'_> {
    /// What a person reads of a text: all that devices wrote at its place.
    fn text(&self, key: &str) -> String {
        if self.field(key).is_some() { self.text_in(&self.maps, key) } else { String::new() }
    }

    fn string(&self, key: &str) -> String {
        self.optional_string(key).unwrap_or_default()
    }

    fn word<T: FromStr>(&self, key: &str) -> Option<T> {
        self.optional_string(key)?.parse().ok()
    }

    fn number(&self, key: &str) -> Option<u64> {
        self.standing(key, scalar::number)
    }

    fn moment(&self, key: &str) -> Option<Timestamp> {
        self.standing(key, scalar::moment)
    }

    fn amount(&self, key: &str) -> Option<Value> {
        let standing = self.values(key).into_iter().rfind(|value| Shape::Amount.takes(value))?;
        scalar::amount(&standing)
    }

    fn ids(&self, key: &str) -> BTreeSet<ItemId> {
        let is_set = |values: &[ScalarValue]| values.iter().any(|v| scalar::flag(v) == Some(true));
        let set = self.entries(key).into_iter().filter(|(_, values)| is_set(values));
        set.filter_map(|(id, _)| id.parse().ok()).collect()
    }

    /// The tags under which `true` stands. What is no tag to this version is passed over.
    fn tags(&self, key: &str) -> BTreeSet<Tag> {
        let is_set = |values: &[ScalarValue]| values.iter().any(|v| scalar::flag(v) == Some(true));
        let entries = self.entries(key).into_iter();
        entries
            .filter(|(_, values)| is_set(values))
            .filter_map(|(tag, _)| tag.parse().ok())
            .collect()
    }

    fn counts(&self, key: &str) -> BTreeMap<DeviceId, Value> {
        let read = |(device, values): (String, Vec<ScalarValue>)| {
            Some((device.parse().ok()?, values.iter().filter_map(scalar::amount).next_back()?))
        };
        self.entries(key).into_iter().filter_map(read).collect()
    }
}
