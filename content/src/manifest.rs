//! Reading a TOML manifest field by field.
//!
//! Deriving `Deserialize` would stop at the first thing that is wrong. Here reading goes on with an
//! empty value once a fault is reported, so that an author hears of everything at once; nothing is
//! compiled from a folder with faults.

use std::ops::Range;

use serde::de::{DeserializeOwned, IntoDeserializer, value};
use toml::de::{DeTable, DeValue};

use crate::fault::{Faults, Place};

/// A value and where it was written.
#[derive(Debug, Clone)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) place: Place,
}

/// The fields of one table that were not read yet.
pub(crate) struct Fields<'t> {
    table: DeTable<'t>,
    asked: Vec<&'static str>,
    place: Place,
    text: &'t str,
    faults: &'t Faults,
}

impl<'t> Fields<'t> {
    /// The fields at the top of a manifest. Nothing if it could not be read or is not TOML.
    pub(crate) fn of_manifest(
        file: &str,
        text: Option<&'t str>,
        faults: &'t Faults,
    ) -> Option<Self> {
        let (text, place) = (text?, Place::file(file));
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let line = error.span().map(|span| line_of(text, &span));
            let what = format!("this is not TOML: {}", error.message().replace('\n', ", "));
            faults.add(&Place { line, ..place.clone() }, what);
        }
        let fields = Self { table: table.into_inner(), asked: Vec::new(), place, text, faults };
        errors.is_empty().then_some(fields)
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// A text that must be there and say something.
    pub(crate) fn text(&mut self, name: &'static str) -> At<String> {
        self.require(name);
        let nothing = At { value: String::new(), place: self.place.clone() };
        self.optional_text(name).unwrap_or(nothing)
    }

    /// A text that may be left out, but not be left blank.
    pub(crate) fn optional_text(&mut self, name: &'static str) -> Option<At<String>> {
        let (value, place) = self.take(name)?;
        Some(self.string(name, value, place))
    }

    /// A whole number of at least one.
    pub(crate) fn number<T: TryFrom<u64> + Default>(&mut self, name: &'static str) -> T {
        self.require(name);
        self.optional_number(name).unwrap_or_default()
    }

    /// A whole number of at least one that may be left out.
    pub(crate) fn optional_number<T: TryFrom<u64>>(&mut self, name: &'static str) -> Option<T> {
        let (value, place) = self.take(name)?;
        let number = value
            .as_integer()
            .and_then(|digits| u64::from_str_radix(digits.as_str(), digits.radix()).ok())
            .filter(|number| *number >= 1)
            .and_then(|number| T::try_from(number).ok());
        if number.is_none() {
            self.faults.add(&place, format!("`{name}` must be a whole number from 1"));
        }
        number
    }

    /// Yes or no; no if left out.
    pub(crate) fn flag(&mut self, name: &'static str) -> bool {
        let Some((value, place)) = self.take(name) else { return false };
        value.as_bool().unwrap_or_else(|| {
            self.faults.add(&place, format!("`{name}` must be true or false"));
            false
        })
    }

    /// One word of a fixed set. `stand_in` is returned for one that is wrong or missing.
    pub(crate) fn word<T: DeserializeOwned>(&mut self, name: &'static str, stand_in: T) -> T {
        self.require(name);
        self.word_or(name, stand_in)
    }

    /// One word of a fixed set, or `otherwise`.
    pub(crate) fn word_or<T: DeserializeOwned>(&mut self, name: &'static str, otherwise: T) -> T {
        let Some((value, place)) = self.take(name) else { return otherwise };
        let text = self.string(name, value, place);
        if text.value.is_empty() {
            return otherwise;
        }
        let word: Result<T, value::Error> = T::deserialize(text.value.into_deserializer());
        word.unwrap_or_else(|error| {
            self.faults.add(&text.place, format!("`{name}`: {error}"));
            otherwise
        })
    }

    /// A list of texts, none of them blank; an empty one if left out.
    pub(crate) fn texts(&mut self, name: &'static str) -> Vec<At<String>> {
        let items = self.list(name);
        items.into_iter().map(|(value, place)| self.string(name, value, place)).collect()
    }

    /// A list of texts with at least one in it.
    pub(crate) fn some_texts(&mut self, name: &'static str) -> Vec<At<String>> {
        self.require_some(name);
        self.texts(name)
    }

    /// A list of tables; an empty one if left out.
    pub(crate) fn tables(&mut self, name: &'static str) -> Vec<Self> {
        let items = self.list(name);
        items.into_iter().filter_map(|(value, place)| self.inner(name, value, place)).collect()
    }

    /// A table that may be left out.
    pub(crate) fn optional_table(&mut self, name: &'static str) -> Option<Self> {
        let (value, place) = self.take(name)?;
        self.inner(name, value, place)
    }

    /// A list of tables with at least one in it.
    pub(crate) fn some_tables(&mut self, name: &'static str) -> Vec<Self> {
        self.require_some(name);
        self.tables(name)
    }

    /// Reports the fields that were not asked for.
    pub(crate) fn finish(self) {
        let known = self.asked.join(", ");
        for name in self.table.keys() {
            let place = self.at(&name.span());
            let what = format!("unknown field `{}`; known here: {known}", name.get_ref());
            self.faults.add(&place, what);
        }
    }

    fn require(&self, name: &str) {
        if !self.table.contains_key(name) {
            self.faults.add(&self.place, format!("`{name}` is missing"));
        }
    }

    fn require_some(&self, name: &str) {
        let Some(value) = self.table.get(name) else { return self.require(name) };
        if value.get_ref().as_array().is_some_and(|items| items.is_empty()) {
            self.faults.add(&self.at(&value.span()), format!("`{name}` needs at least one"));
        }
    }

    fn take(&mut self, name: &'static str) -> Option<(DeValue<'t>, Place)> {
        self.asked.push(name);
        let value = self.table.remove(name)?;
        let place = self.at(&value.span());
        Some((value.into_inner(), place))
    }

    fn list(&mut self, name: &'static str) -> Vec<(DeValue<'t>, Place)> {
        match self.take(name) {
            None => Vec::new(),
            Some((DeValue::Array(items), _)) => items
                .into_iter()
                .map(|item| (self.at(&item.span()), item.into_inner()))
                .map(|(place, item)| (item, place))
                .collect(),
            Some((other, place)) => {
                let what =
                    format!("`{name}` must be a list, but has the type {}", other.type_str());
                self.faults.add(&place, what);
                Vec::new()
            }
        }
    }

    fn string(&self, name: &str, value: DeValue<'t>, place: Place) -> At<String> {
        let value = match value {
            DeValue::String(text) => text.trim().to_owned(),
            other => {
                let what =
                    format!("`{name}` must be a text, but has the type {}", other.type_str());
                self.faults.add(&place, what);
                return At { value: String::new(), place };
            }
        };
        if value.is_empty() {
            self.faults.add(&place, format!("`{name}` says nothing"));
        }
        At { value, place }
    }

    fn inner(&self, name: &str, value: DeValue<'t>, place: Place) -> Option<Self> {
        let DeValue::Table(table) = value else {
            let what = format!("`{name}` must hold tables, but has the type {}", value.type_str());
            self.faults.add(&place, what);
            return None;
        };
        Some(Self { table, asked: Vec::new(), place, text: self.text, faults: self.faults })
    }

    fn at(&self, span: &Range<usize>) -> Place {
        Place { file: self.place.file.clone(), line: Some(line_of(self.text, span)) }
    }
}

fn line_of(text: &str, span: &Range<usize>) -> usize {
    let before = text.as_bytes().iter().take(span.start);
    1 + before.filter(|byte| **byte == b'\n').count()
}
