//! Writing what is declared.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
    ops::Range,
};

use automerge::{ObjId, ObjType, ROOT, ScalarValue};
use enhance_model::{
    Noun, Tag,
    change_project::Value,
    field::{Field, Rule, Shape, find},
    record::FieldValue,
};

use super::{
    pen::Pen,
    places,
    reader::Reader,
    scalar::{Scalars, of_amount, of_moment},
};
use crate::DocumentError;

/// A map of a document with the declaration of what may be written into it.
pub struct Writer<'p, 'd> {
    pen: &'p mut Pen<'d>,
    fields: &'static [Field],
    /// More than one only where two devices made the map at once; the last one stands. Single
    /// values go into that one, texts where they are.
    maps: Vec<ObjId>,
    standing: ObjId,
    /// What the keys of its fields begin with, for a thing without a map of its own.
    prefix: String,
    /// Whether this change made the map, so that it makes the maps in it too.
    is_new: bool,
}

/// Where an item of a field is, or would be.
struct Item {
    noun: Noun,
    fields: &'static [Field],
    /// The map of the item; none if there is no such item.
    maps: Vec<ObjId>,
    /// The maps that the item is or would be in, and its key in them.
    containers: Vec<ObjId>,
    place: String,
}

impl<'p, 'd> Writer<'p, 'd> {
    /// The root of a document of the kind with these fields.
    pub fn root(pen: &'p mut Pen<'d>, fields: &'static [Field]) -> Self {
        let (maps, prefix) = (vec![ROOT], String::new());
        Self { pen, fields, maps, standing: ROOT, prefix, is_new: false }
    }

    /// The root of a document that this change creates. See [`Writer::complete`].
    pub fn new_document(pen: &'p mut Pen<'d>, fields: &'static [Field]) -> Self {
        Self { is_new: true, ..Self::root(pen, fields) }
    }

    /// Puts a single value; under [`Rule::Once`] only where there is none.
    pub fn put(&mut self, key: &str, value: impl Into<ScalarValue>) -> Result<(), DocumentError> {
        let (field, value) = (self.field(key)?, value.into());
        if !field.shape.is_scalar() || !field.shape.reads(&value) {
            return Err(undeclared(key));
        }
        match field.rule {
            Rule::Once => self.pen.put_once(&self.standing, &self.place(key), value),
            _ => self.pen.put(&self.standing, &self.place(key), value),
        }
    }

    /// Puts a single value, or takes it away when there is none.
    pub fn put_or_clear(
        &mut self,
        key: &str,
        value: Option<impl Into<ScalarValue>>,
    ) -> Result<(), DocumentError> {
        match value {
            Some(value) => self.put(key, value),
            None if self.field(key)?.rule == Rule::Optional => {
                self.pen.clear(&self.standing, &self.place(key))
            }
            None => Err(undeclared(key)),
        }
    }

    /// Writes what an edit says into a field of a record.
    pub fn write(&mut self, field: &str, value: &FieldValue<'_>) -> Result<(), DocumentError> {
        match value {
            FieldValue::Text(text) => self.text(field, text),
            FieldValue::String(string) => self.put_or_clear(field, string.as_deref()),
            FieldValue::Day(day) => {
                let written = day.map(|day| day.to_string());
                self.put_or_clear(field, written.as_deref())
            }
            FieldValue::Number(number) => {
                self.put_or_clear(field, number.map(|number| u64::from(number.0)))
            }
            FieldValue::Moment(moment) => self.put_or_clear(field, moment.map(of_moment)),
            FieldValue::Amount(amount) => {
                amount.map_or(Ok(()), check_amount)?;
                self.put_or_clear(field, amount.map(of_amount))
            }
            FieldValue::Ids(ids) => {
                let ids = ids.iter().map(ToString::to_string).collect();
                self.set_flags(field, Shape::Ids, &ids)
            }
            FieldValue::Tags(tags) => {
                let tags = tags.iter().map(ToString::to_string).collect();
                self.set_flags(field, Shape::Tags, &tags)
            }
            FieldValue::Count(count) => {
                check_amount(&count.value)?;
                let device = count.device.to_string();
                self.put_at(field, Shape::Counts, &device, of_amount(&count.value))
            }
        }
    }

    /// Makes a map of ids or of tags hold these and no other.
    fn set_flags(
        &mut self,
        key: &str,
        shape: Shape,
        flags: &BTreeSet<String>,
    ) -> Result<(), DocumentError> {
        let maps = self.found(self.container(key, shape)?)?;
        for map in &maps {
            let there = self.pen.view().keys(map).into_iter();
            let gone = there.filter(|flag| !flags.contains(flag));
            gone.collect::<Vec<_>>().iter().try_for_each(|flag| self.pen.clear(map, flag))?;
        }
        for flag in flags {
            if !maps.iter().any(|map| self.pen.has(map, flag)) {
                self.put_at(key, shape, flag, true)?;
            }
        }
        Ok(())
    }

    /// Puts a single value under a key of a map of such values.
    pub fn put_at(
        &mut self,
        key: &str,
        shape: Shape,
        entry: &str,
        value: impl Into<ScalarValue>,
    ) -> Result<(), DocumentError> {
        let maps = self.made(self.container(key, shape)?)?;
        maps.last().map_or(Ok(()), |map| self.pen.put(map, entry, value))
    }

    /// Takes away what is under a key of a map of single values.
    pub fn clear_at(&mut self, key: &str, shape: Shape, entry: &str) -> Result<(), DocumentError> {
        let maps = self.found(self.container(key, shape)?)?;
        maps.iter().try_for_each(|map| self.pen.clear(map, entry))
    }

    /// Makes a text read `text`, word by word.
    pub fn text(&mut self, key: &str, text: &str) -> Result<(), DocumentError> {
        match self.field(key)?.shape {
            Shape::Text => self.pen.text(&self.maps, key, text),
            _ => Err(undeclared(key)),
        }
    }

    /// Puts a text in the place of all that stands in a field, as a whole.
    pub fn replace_text(&mut self, key: &str, text: &str) -> Result<(), DocumentError> {
        match self.field(key)?.shape {
            Shape::Text => self.pen.replace_text(&self.maps, key, text),
            _ => Err(undeclared(key)),
        }
    }

    /// Makes the text under a key of a map of texts read `text`, by character.
    pub fn text_at(&mut self, key: &str, entry: &str, text: &str) -> Result<(), DocumentError> {
        let maps = self.made(self.container(key, Shape::Texts)?)?;
        self.pen.text(&maps, entry, text)
    }

    /// Makes new texts, empty or not, under the keys of a map of texts.
    pub fn new_texts(
        &mut self,
        key: &str,
        texts: &BTreeMap<String, String>,
    ) -> Result<(), DocumentError> {
        let map = self.new_container(key, Shape::Texts)?;
        texts.iter().try_for_each(|(entry, text)| self.pen.new_text(&map, entry, text))
    }

    /// Puts strings under the keys of a map of strings.
    pub fn new_strings(
        &mut self,
        key: &str,
        strings: &BTreeMap<String, String>,
    ) -> Result<(), DocumentError> {
        let map = self.new_container(key, Shape::Strings)?;
        strings.iter().try_for_each(|(entry, string)| self.pen.put(&map, entry, string.as_str()))
    }

    pub fn new_tags(&mut self, key: &str, tags: &BTreeSet<Tag>) -> Result<(), DocumentError> {
        let map = self.new_container(key, Shape::Tags)?;
        tags.iter().try_for_each(|tag| self.pen.put(&map, &tag.to_string(), true))
    }

    pub fn add_tag(&mut self, key: &str, tag: &Tag) -> Result<(), DocumentError> {
        self.put_at(key, Shape::Tags, &tag.to_string(), true)
    }

    pub fn remove_tag(&mut self, key: &str, tag: &Tag) -> Result<(), DocumentError> {
        self.clear_at(key, Shape::Tags, &tag.to_string())
    }

    /// Replaces characters of a text at a path.
    pub fn splice(
        &mut self,
        path: &[String],
        range: Range<usize>,
        text: &str,
    ) -> Result<(), DocumentError> {
        let view = self.pen.view();
        let here = Reader::of(&view, self.fields, self.maps.clone());
        let texts = places::text_objects(&here, path);
        self.pen.splice_in(&texts, range, text)
    }

    /// What is declared of what it writes into.
    pub const fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// What it writes with.
    pub fn into_pen(self) -> &'p mut Pen<'d> {
        self.pen
    }

    /// A map with fields of its own.
    pub fn map(&mut self, key: &str) -> Result<Writer<'_, 'd>, DocumentError> {
        let field = self.field(key)?;
        let Shape::Map(fields) = field.shape else { return Err(undeclared(key)) };
        let is_new = self.found(field)?.is_empty();
        let maps = self.made(field)?;
        Ok(self.within(maps, fields, is_new))
    }

    /// An item that must be there.
    pub fn item(&mut self, key: &str, id: impl Display) -> Result<Writer<'_, 'd>, DocumentError> {
        let item = self.find_item(key, &id)?;
        if item.maps.is_empty() {
            return Err(DocumentError::NoSuchItem { what: item.noun, id: id.to_string() });
        }
        Ok(self.within(item.maps, item.fields, false))
    }

    /// An item, made if there is none.
    pub fn item_or_new(
        &mut self,
        key: &str,
        id: impl Display,
    ) -> Result<Writer<'_, 'd>, DocumentError> {
        let field = self.field(key)?;
        if matches!(field.shape, Shape::Items(..)) {
            self.made(field)?;
        }
        let mut item = self.find_item(key, id)?;
        let is_new = item.maps.is_empty();
        if let (true, Some(container)) = (is_new, item.containers.last()) {
            item.maps.push(self.pen.new_map(container, &item.place)?);
        }
        Ok(self.within(item.maps, item.fields, is_new))
    }

    /// Whether there is anything under the id of an item.
    pub fn has_item(&self, key: &str, id: impl Display) -> Result<bool, DocumentError> {
        let item = self.find_item(key, id)?;
        Ok(item.containers.iter().any(|container| self.pen.has(container, &item.place)))
    }

    pub fn remove_item(&mut self, key: &str, id: impl Display) -> Result<(), DocumentError> {
        let item = self.find_item(key, id)?;
        item.containers.iter().try_for_each(|container| self.pen.clear(container, &item.place))
    }

    /// A thing without a map of its own.
    pub fn flat(&mut self, key: &str, thing: &str) -> Result<Writer<'_, 'd>, DocumentError> {
        let Shape::Flat(fields) = self.field(key)?.shape else { return Err(undeclared(key)) };
        let prefix = format!("{key}/{thing}/");
        let maps = self.maps.clone();
        Ok(Writer { prefix, ..self.within(maps, fields, false) })
    }

    /// Makes every declared map and text of a new document or item that is not there yet, in the
    /// order of the declaration.
    pub fn complete(&mut self) -> Result<(), DocumentError> {
        for field in self.fields {
            match field.shape {
                Shape::Text if !self.pen.has(&self.standing, field.key) => {
                    self.pen.new_text(&self.standing, field.key, "")?;
                }
                Shape::Map(_) => self.map(field.key)?.complete()?,
                shape if shape.is_map() => {
                    self.made(field)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn within(
        &mut self,
        maps: Vec<ObjId>,
        fields: &'static [Field],
        is_new: bool,
    ) -> Writer<'_, 'd> {
        let standing = maps.last().cloned().unwrap_or_else(|| self.standing.clone());
        Writer { pen: self.pen, fields, maps, standing, prefix: String::new(), is_new }
    }

    fn field(&self, key: &str) -> Result<&'static Field, DocumentError> {
        find(self.fields, key).ok_or_else(|| undeclared(key))
    }

    /// The key under which a field stands in its map.
    fn place(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    fn container(&self, key: &str, shape: Shape) -> Result<&'static Field, DocumentError> {
        let field = self.field(key)?;
        if field.shape == shape { Ok(field) } else { Err(undeclared(key)) }
    }

    fn new_container(&mut self, key: &str, shape: Shape) -> Result<ObjId, DocumentError> {
        let field = self.container(key, shape)?;
        self.made(field)?.pop().ok_or_else(|| undeclared(key))
    }

    fn find_item(&self, key: &str, id: impl Display) -> Result<Item, DocumentError> {
        let field = self.field(key)?;
        let (noun, fields, containers, place) = match field.shape {
            Shape::Items(noun, fields) => (noun, fields, self.found(field)?, id.to_string()),
            Shape::FlatItems(noun, fields) => {
                (noun, fields, self.maps.clone(), format!("{key}/{id}"))
            }
            _ => return Err(undeclared(key)),
        };
        let maps = self.pen.view().objects_in(&containers, &place, ObjType::Map);
        Ok(Item { noun, fields, maps, containers, place })
    }

    /// The maps of a field that is one. A fixed one was made with what it belongs to, once.
    fn found(&self, field: &Field) -> Result<Vec<ObjId>, DocumentError> {
        let found = self.pen.view().objects_in(&self.maps, field.key, ObjType::Map);
        match found.last() {
            Some(standing) if field.is_fixed() => Ok(vec![standing.clone()]),
            None if field.is_fixed() && !self.is_new => {
                Err(DocumentError::NotADocument { field: field.key })
            }
            _ => Ok(found),
        }
    }

    /// The maps of a field that is one, made if it may be and there is none.
    fn made(&mut self, field: &'static Field) -> Result<Vec<ObjId>, DocumentError> {
        let found = self.found(field)?;
        if found.is_empty() {
            return Ok(vec![self.pen.new_map(&self.standing, field.key)?]);
        }
        Ok(found)
    }
}

fn check_amount(amount: &Value) -> Result<(), DocumentError> {
    amount.fault().map_or(Ok(()), |fault| Err(DocumentError::InvalidValue { fault }))
}

fn undeclared(key: &str) -> DocumentError {
    DocumentError::Undeclared { key: key.to_owned() }
}
