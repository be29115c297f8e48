//! What stands in the fields of a record: as it is written, read and typed.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use super::value::Value;
use crate::{CalendarDate, DeviceId, ItemId, Noun, PersonId, Quoted, Tag, Timestamp, field::Field};

/// What one field of a record is to say.
pub trait FieldWrite: Sized {
    /// The key of the field.
    fn field(&self) -> &'static str;

    fn value(&self) -> FieldValue<'_>;

    /// The edit that somebody typed as a field's key and a text; an empty text takes the value
    /// away.
    fn parse(field: &str, text: &str) -> Result<Self, FieldFault>;
}

/// What is written into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue<'a> {
    /// The whole new text; it is merged by character.
    Text(&'a str),
    /// A string, a word or an id. None takes it away, as below.
    String(Option<Cow<'a, str>>),
    Day(Option<CalendarDate>),
    Number(Option<Whole>),
    Moment(Option<Timestamp>),
    Amount(Option<&'a Value>),
    /// All items that are to be in it.
    Ids(&'a BTreeSet<ItemId>),
    /// All tags that are to be in it.
    Tags(&'a BTreeSet<Tag>),
    /// What one device counted.
    Count(&'a Count),
}

impl<'a> FieldValue<'a> {
    /// What somebody wrote, if that is what it is.
    pub const fn written(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) | Self::String(Some(Cow::Borrowed(text))) => Some(text),
            _ => None,
        }
    }

    /// The value as people write it; empty if it takes one away.
    pub fn in_words(&self) -> String {
        match self {
            Self::Text(text) => (*text).to_owned(),
            Self::String(string) => string.as_deref().unwrap_or_default().to_owned(),
            Self::Day(day) => shown(day.as_ref()),
            Self::Number(number) => shown(number.as_ref()),
            Self::Moment(moment) => shown(moment.as_ref()),
            Self::Amount(amount) => shown(*amount),
            Self::Ids(ids) => ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            Self::Tags(tags) => tags.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            Self::Count(count) => count.value.to_string(),
        }
    }
}

fn shown(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// An id that a field can hold.
pub(crate) trait IdOf {
    /// What it is the id of, if that is nothing in the same document.
    const NOUN: Option<Noun>;
}

impl IdOf for ItemId {
    const NOUN: Option<Noun> = None;
}

impl IdOf for PersonId {
    const NOUN: Option<Noun> = Some(Noun::Person);
}

/// A value with a text of its own, which is replaced as a whole.
pub(crate) trait Written: fmt::Display + FromStr + Clone {
    /// What a person is asked for.
    const WANTED: &'static str;
}

/// A key of the programme.
impl Written for String {
    const WANTED: &'static str = "a key";
}

/// A whole number that is not negative: a place, a year, a rating.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Whole(pub u32);

impl fmt::Display for Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Whole {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// What one device counted, in all.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Count {
    pub device: DeviceId,
    pub value: Value,
}

/// Fields that can be read.
pub trait Fields {
    fn text(&self, key: &str) -> String;
    /// A string; empty when there is none.
    fn string(&self, key: &str) -> String;
    /// A word, an id or a day. One that this version does not know reads as none.
    fn word<T: FromStr>(&self, key: &str) -> Option<T>;
    fn number(&self, key: &str) -> Option<u64>;
    fn moment(&self, key: &str) -> Option<Timestamp>;
    fn amount(&self, key: &str) -> Option<Value>;
    fn ids(&self, key: &str) -> BTreeSet<ItemId>;
    fn tags(&self, key: &str) -> BTreeSet<Tag>;
    fn counts(&self, key: &str) -> BTreeMap<DeviceId, Value>;
}

/// Why a text is not what a field takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldFault {
    /// The record has no such field.
    #[error("a {noun} has no field {field}; it has {known}", field = Quoted(.field))]
    Unknown {
        noun: Noun,
        field: String,
        /// The fields it has, in a row.
        known: String,
    },
    /// The field takes something else.
    #[error("{field} takes {wanted}, not {text}", text = Quoted(.text))]
    Value { field: &'static str, wanted: Cow<'static, str>, text: String },
}

impl FieldFault {
    /// No field of a record has this key.
    pub fn unknown(noun: Noun, field: &str, fields: &[Field]) -> Self {
        let known: Vec<_> = fields.iter().map(|field| field.key).collect();
        let field = field.chars().take(80).collect();
        Self::Unknown { noun, field, known: known.join(", ") }
    }

    pub(super) fn value(
        field: &'static str,
        wanted: impl Into<Cow<'static, str>>,
        text: &str,
    ) -> Self {
        Self::Value { field, wanted: wanted.into(), text: text.chars().take(80).collect() }
    }
}
