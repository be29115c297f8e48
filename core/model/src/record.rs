//! Records: the things of a document that are edited field by field, each declared once.
//!
//! Of a declaration `records!` makes the type, the edit of one of its fields, the table by which
//! documents read and write it, and what a command takes for each field. What one person writes
//! into one field takes nothing else of the record with it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use crate::{
    DeviceId, ItemId, Noun, PersonId, Tag, Timestamp, change_project::Value, field::Field,
};

/// A thing that is edited field by field.
pub trait Record: Sized {
    /// What it is in a sentence.
    const NOUN: Noun;
    /// The key of the map that holds them, each under its id; or of the one there is.
    const KEY: &'static str;
    /// What is declared of it.
    const FIELDS: &'static [Field];
    /// An edit of one of its fields.
    type Edit: FieldWrite;

    /// The record that these fields make; none if they lack what it needs.
    fn read(fields: &impl Fields) -> Option<Self>;

    /// The edits that write all it says into an empty one.
    fn edits(&self) -> Vec<Self::Edit>;

    /// Everything in it that was written in words.
    fn texts(&self) -> Vec<&str>;

    /// What each of its fields says, as people write it; those that say nothing are left out.
    fn fields_in_words(&self) -> BTreeMap<&'static str, String> {
        let mut fields: BTreeMap<&'static str, String> = BTreeMap::new();
        for edit in self.edits() {
            let said = edit.value().in_words();
            let field = fields.entry(edit.field()).or_default();
            let between = if field.is_empty() { "" } else { ", " };
            field.extend([between, &said]);
        }
        fields
    }

    /// The record with some edits; none if it lacks what it needs.
    fn with<'e>(
        before: Option<&Self>,
        edits: impl IntoIterator<Item = &'e Self::Edit>,
    ) -> Option<Self>
    where
        Self::Edit: 'e,
    {
        let mut written = WrittenFields::default();
        for edit in before.map(Self::edits).unwrap_or_default() {
            written.write(&edit);
        }
        edits.into_iter().for_each(|edit| written.write(edit));
        Self::read(&written)
    }
}

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
    /// A string, a word, an id or a day. None takes it away, as below.
    String(Option<Cow<'a, str>>),
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
    #[error("a {noun} has no field {field:?}; it has {known}")]
    Unknown {
        noun: Noun,
        field: String,
        /// The fields it has, in a row.
        known: String,
    },
    /// The field takes something else.
    #[error("{field} takes {wanted}, not {text:?}")]
    Value { field: &'static str, wanted: Cow<'static, str>, text: String },
}

impl FieldFault {
    /// No field of a record has this key.
    pub fn unknown(noun: Noun, field: &str, fields: &[Field]) -> Self {
        let known: Vec<_> = fields.iter().map(|field| field.key).collect();
        let field = field.chars().take(80).collect();
        Self::Unknown { noun, field, known: known.join(", ") }
    }

    fn value(field: &'static str, wanted: impl Into<Cow<'static, str>>, text: &str) -> Self {
        Self::Value { field, wanted: wanted.into(), text: text.chars().take(80).collect() }
    }
}

/// Fields that were written one by one.
#[derive(Debug, Default)]
struct WrittenFields {
    strings: BTreeMap<&'static str, String>,
    numbers: BTreeMap<&'static str, Whole>,
    moments: BTreeMap<&'static str, Timestamp>,
    amounts: BTreeMap<&'static str, Value>,
    ids: BTreeMap<&'static str, BTreeSet<ItemId>>,
    tags: BTreeMap<&'static str, BTreeSet<Tag>>,
    counts: BTreeMap<&'static str, BTreeMap<DeviceId, Value>>,
}

impl WrittenFields {
    fn write(&mut self, edit: &impl FieldWrite) {
        let key = edit.field();
        match edit.value() {
            FieldValue::Text(text) => put(&mut self.strings, key, Some(text.to_owned())),
            FieldValue::String(string) => {
                put(&mut self.strings, key, string.map(Cow::into_owned));
            }
            FieldValue::Number(number) => put(&mut self.numbers, key, number),
            FieldValue::Moment(moment) => put(&mut self.moments, key, moment),
            FieldValue::Amount(amount) => put(&mut self.amounts, key, amount.cloned()),
            FieldValue::Ids(ids) => put(&mut self.ids, key, Some(ids.clone())),
            FieldValue::Tags(tags) => put(&mut self.tags, key, Some(tags.clone())),
            FieldValue::Count(Count { device, value }) => {
                self.counts.entry(key).or_default().insert(*device, value.clone());
            }
        }
    }
}

fn put<T>(values: &mut BTreeMap<&'static str, T>, key: &'static str, value: Option<T>) {
    match value {
        Some(value) => values.insert(key, value),
        None => values.remove(key),
    };
}

impl Fields for WrittenFields {
    fn text(&self, key: &str) -> String {
        self.string(key)
    }

    fn string(&self, key: &str) -> String {
        self.strings.get(key).cloned().unwrap_or_default()
    }

    fn word<T: FromStr>(&self, key: &str) -> Option<T> {
        self.strings.get(key)?.parse().ok()
    }

    fn number(&self, key: &str) -> Option<u64> {
        self.numbers.get(key).map(|number| number.0.into())
    }

    fn moment(&self, key: &str) -> Option<Timestamp> {
        self.moments.get(key).copied()
    }

    fn amount(&self, key: &str) -> Option<Value> {
        self.amounts.get(key).cloned()
    }

    fn ids(&self, key: &str) -> BTreeSet<ItemId> {
        self.ids.get(key).cloned().unwrap_or_default()
    }

    fn tags(&self, key: &str) -> BTreeSet<Tag> {
        self.tags.get(key).cloned().unwrap_or_default()
    }

    fn counts(&self, key: &str) -> BTreeMap<DeviceId, Value> {
        self.counts.get(key).cloned().unwrap_or_default()
    }
}

/// What a field of a kind is in Rust, in an edit, in a table, and how it is read, written and
/// typed. One line of each for every kind of field.
pub mod kinds {
    use super::{BTreeSet, Count, Cow, FieldFault, FromStr, ItemId, Tag};

    /// A value that a person may type.
    pub(crate) fn typed<T: FromStr>(
        field: &'static str,
        wanted: impl Into<Cow<'static, str>>,
        text: &str,
    ) -> Result<Option<T>, FieldFault> {
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| FieldFault::value(field, wanted, text))
    }

    /// The same of a field that its record needs.
    pub(crate) fn needed<T>(field: &'static str, typed: Option<T>) -> Result<T, FieldFault> {
        typed.ok_or_else(|| FieldFault::value(field, "a value; the record needs it", ""))
    }

    /// Reads the ids that stand between commas.
    pub(crate) fn typed_ids(
        field: &'static str,
        text: &str,
    ) -> Result<BTreeSet<ItemId>, FieldFault> {
        let ids = text.split(',').map(str::trim).filter(|id| !id.is_empty());
        ids.map(|id| id.parse().map_err(|_| FieldFault::value(field, "ids", id))).collect()
    }

    /// Reads the tags that stand between commas.
    pub(crate) fn typed_tags(field: &'static str, text: &str) -> Result<BTreeSet<Tag>, FieldFault> {
        let tags = text.split(',').map(str::trim).filter(|tag| !tag.is_empty());
        let wanted = "tags such as theme:digital, between commas";
        tags.map(|tag| tag.parse().map_err(|_| FieldFault::value(field, wanted, tag))).collect()
    }

    /// What one device counted, as `DEVICE=4/10`.
    pub(crate) fn typed_count(field: &'static str, text: &str) -> Result<Count, FieldFault> {
        let wanted = || FieldFault::value(field, "a device and what it counted", text);
        let (device, value) = text.split_once('=').ok_or_else(wanted)?;
        let device = device.parse().map_err(|_| wanted())?;
        Ok(Count { device, value: value.parse().map_err(|_| wanted())? })
    }

    /// Minutes that were counted; more than fit are as many as fit.
    pub(crate) fn minutes(number: u64) -> crate::Minutes {
        crate::Minutes(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// A string that may be empty, which is none.
    pub(crate) fn some(text: &str) -> Option<Cow<'_, str>> {
        (!text.is_empty()).then_some(Cow::Borrowed(text))
    }

    /// A date, an id: what prints as it is written.
    pub(crate) fn printed<T: ToString>(value: Option<&T>) -> Option<Cow<'static, str>> {
        value.map(|value| Cow::Owned(value.to_string()))
    }
}

/// A type for each kind of field.
macro_rules! field_type {
    (text) => { String };
    (string) => { String };
    (choice($word:ty)) => { $word };
    (word($word:ty)) => { Option<$word> };
    (id($id:ty)) => { Option<$id> };
    (needed_id($id:ty)) => { $id };
    (date) => { Option<$crate::CalendarDate> };
    (needed_date) => { $crate::CalendarDate };
    (number) => { Option<$crate::record::Whole> };
    (minutes) => { Option<$crate::Minutes> };
    (needed_minutes) => { $crate::Minutes };
    (value($value:ty)) => { Option<$value> };
    (needed_value($value:ty)) => { $value };
    (tags) => { std::collections::BTreeSet<$crate::Tag> };
    (moment) => { Option<$crate::Timestamp> };
    (needed_moment) => { $crate::Timestamp };
    (amount) => { Option<$crate::change_project::Value> };
    (needed_amount) => { $crate::change_project::Value };
    (ids) => { std::collections::BTreeSet<$crate::ItemId> };
    (counts) => { std::collections::BTreeMap<$crate::DeviceId, $crate::change_project::Value> };
}

/// The type in an edit, where it is another one.
macro_rules! edit_type {
    (counts) => { $crate::record::Count };
    ($($kind:tt)+) => { $crate::record::field_type!($($kind)+) };
}

/// The declaration of each kind.
macro_rules! declared {
    (text, $key:expr) => {
        Field::text($key)
    };
    (string, $key:expr) => {
        Field::string($key).optional()
    };
    (choice($word:ty), $key:expr) => {
        Field::word($key, <$word>::WORDS).optional()
    };
    (word($word:ty), $key:expr) => {
        Field::word($key, <$word>::WORDS).optional()
    };
    (id($id:ty), $key:expr) => {
        Field::id($key).optional().naming(<$id as $crate::record::IdOf>::NOUN)
    };
    (needed_id($id:ty), $key:expr) => {
        Field::id($key).needed().naming(<$id as $crate::record::IdOf>::NOUN)
    };
    (date, $key:expr) => {
        Field::date($key).optional()
    };
    (needed_date, $key:expr) => {
        Field::date($key).needed()
    };
    (number, $key:expr) => {
        Field::number($key).optional()
    };
    (moment, $key:expr) => {
        Field::moment($key).optional()
    };
    (needed_moment, $key:expr) => {
        Field::moment($key).needed()
    };
    (minutes, $key:expr) => {
        Field::number($key).optional()
    };
    (needed_minutes, $key:expr) => {
        Field::number($key).needed()
    };
    (value($value:ty), $key:expr) => {
        Field::string($key).optional()
    };
    (needed_value($value:ty), $key:expr) => {
        Field::string($key).needed()
    };
    (tags, $key:expr) => {
        Field::tags($key).late()
    };
    (amount, $key:expr) => {
        Field::amount($key).optional()
    };
    (needed_amount, $key:expr) => {
        Field::amount($key).needed()
    };
    (ids, $key:expr) => {
        Field::ids($key)
    };
    (counts, $key:expr) => {
        Field::counts($key)
    };
}

/// How each kind is read.
macro_rules! read_field {
    ($from:ident, text, $key:expr) => {
        $from.text($key)
    };
    ($from:ident, string, $key:expr) => {
        $from.string($key)
    };
    ($from:ident, choice($word:ty), $key:expr) => {
        $from.word($key).unwrap_or_default()
    };
    ($from:ident, number, $key:expr) => {
        $from.number($key).and_then(|number| u32::try_from(number).ok()).map($crate::record::Whole)
    };
    ($from:ident, moment, $key:expr) => {
        $from.moment($key)
    };
    ($from:ident, needed_moment, $key:expr) => {
        $from.moment($key)?
    };
    ($from:ident, minutes, $key:expr) => {
        $from.number($key).map(kinds::minutes)
    };
    ($from:ident, needed_minutes, $key:expr) => {
        kinds::minutes($from.number($key)?)
    };
    ($from:ident, needed_value($value:ty), $key:expr) => {
        $from.word($key)?
    };
    ($from:ident, tags, $key:expr) => {
        $from.tags($key)
    };
    ($from:ident, amount, $key:expr) => {
        $from.amount($key)
    };
    ($from:ident, needed_amount, $key:expr) => {
        $from.amount($key)?
    };
    ($from:ident, needed_date, $key:expr) => {
        $from.word($key)?
    };
    ($from:ident, needed_id($id:ty), $key:expr) => {
        $from.word($key)?
    };
    ($from:ident, ids, $key:expr) => {
        $from.ids($key)
    };
    ($from:ident, counts, $key:expr) => {
        $from.counts($key)
    };
    ($from:ident, $kind:ident $(($of:ty))?, $key:expr) => {
        $from.word($key)
    };
}

/// What is written for each kind.
macro_rules! field_value {
    ($value:ident, text) => {
        FieldValue::Text($value)
    };
    ($value:ident, string) => {
        FieldValue::String(kinds::some($value))
    };
    ($value:ident, choice($word:ty)) => {
        FieldValue::String(Some($value.as_str().into()))
    };
    ($value:ident, word($word:ty)) => {
        FieldValue::String($value.map(|word| word.as_str().into()))
    };
    ($value:ident, number) => {
        FieldValue::Number(*$value)
    };
    ($value:ident, moment) => {
        FieldValue::Moment(*$value)
    };
    ($value:ident, needed_moment) => {
        FieldValue::Moment(Some(*$value))
    };
    ($value:ident, minutes) => {
        FieldValue::Number($value.map(|minutes| $crate::record::Whole(minutes.0)))
    };
    ($value:ident, needed_minutes) => {
        FieldValue::Number(Some($crate::record::Whole($value.0)))
    };
    ($value:ident, needed_value($of:ty)) => {
        FieldValue::String(kinds::printed(Some($value)))
    };
    ($value:ident, tags) => {
        FieldValue::Tags($value)
    };
    ($value:ident, amount) => {
        FieldValue::Amount($value.as_ref())
    };
    ($value:ident, needed_amount) => {
        FieldValue::Amount(Some($value))
    };
    ($value:ident, needed_date) => {
        FieldValue::String(kinds::printed(Some($value)))
    };
    ($value:ident, needed_id($id:ty)) => {
        FieldValue::String(kinds::printed(Some($value)))
    };
    ($value:ident, ids) => {
        FieldValue::Ids($value)
    };
    ($value:ident, counts) => {
        FieldValue::Count($value)
    };
    ($value:ident, $kind:ident $(($of:ty))?) => {
        FieldValue::String(kinds::printed($value.as_ref()))
    };
}

/// What each kind makes of what somebody typed.
macro_rules! parsed {
    ($text:ident, text, $key:expr) => {
        $text.to_owned()
    };
    ($text:ident, string, $key:expr) => {
        $text.to_owned()
    };
    ($text:ident, choice($word:ty), $key:expr) => {
        kinds::typed($key, <$word>::WORDS.join(", "), $text)?.unwrap_or_default()
    };
    ($text:ident, word($word:ty), $key:expr) => {
        kinds::typed($key, <$word>::WORDS.join(", "), $text)?
    };
    ($text:ident, id($id:ty), $key:expr) => {
        kinds::typed($key, "an id", $text)?
    };
    ($text:ident, needed_id($id:ty), $key:expr) => {
        kinds::needed($key, kinds::typed($key, "an id", $text)?)?
    };
    ($text:ident, date, $key:expr) => {
        kinds::typed($key, "a day as 2026-11-20", $text)?
    };
    ($text:ident, needed_date, $key:expr) => {
        kinds::needed($key, kinds::typed($key, "a day as 2026-11-20", $text)?)?
    };
    ($text:ident, number, $key:expr) => {
        kinds::typed($key, "a whole number", $text)?
    };
    ($text:ident, moment, $key:expr) => {
        kinds::typed($key, "a moment as 2026-11-20T08:30:00Z", $text)?
    };
    ($text:ident, needed_moment, $key:expr) => {
        kinds::needed($key, kinds::typed($key, "a moment as 2026-11-20T08:30:00Z", $text)?)?
    };
    ($text:ident, minutes, $key:expr) => {
        kinds::typed($key, "a whole number of minutes", $text)?.map($crate::Minutes)
    };
    ($text:ident, needed_minutes, $key:expr) => {
        $crate::Minutes(kinds::needed(
            $key,
            kinds::typed($key, "a whole number of minutes", $text)?,
        )?)
    };
    ($text:ident, value($value:ty), $key:expr) => {
        kinds::typed($key, <$value as $crate::record::Written>::WANTED, $text)?
    };
    ($text:ident, needed_value($value:ty), $key:expr) => {
        kinds::needed(
            $key,
            kinds::typed($key, <$value as $crate::record::Written>::WANTED, $text)?,
        )?
    };
    ($text:ident, tags, $key:expr) => {
        kinds::typed_tags($key, $text)?
    };
    ($text:ident, amount, $key:expr) => {
        kinds::typed($key, "a number or a share as 4/10", $text)?
    };
    ($text:ident, needed_amount, $key:expr) => {
        kinds::needed($key, kinds::typed($key, "a number or a share as 4/10", $text)?)?
    };
    ($text:ident, ids, $key:expr) => {
        kinds::typed_ids($key, $text)?
    };
    ($text:ident, counts, $key:expr) => {
        kinds::typed_count($key, $text)?
    };
}

/// The edits that write a field of each kind; none if it says nothing.
macro_rules! edits_of {
    ($edits:ident, $value:expr, counts, $edit:path) => {
        $edits.extend($value.iter().map(|(device, value)| {
            $edit($crate::record::Count { device: *device, value: value.clone() })
        }))
    };
    ($edits:ident, $value:expr, text, $edit:path) => {
        if !$value.is_empty() {
            $edits.push($edit($value.clone()))
        }
    };
    ($edits:ident, $value:expr, string, $edit:path) => {
        if !$value.is_empty() {
            $edits.push($edit($value.clone()))
        }
    };
    ($edits:ident, $value:expr, ids, $edit:path) => {
        if !$value.is_empty() {
            $edits.push($edit($value.clone()))
        }
    };
    ($edits:ident, $value:expr, tags, $edit:path) => {
        if !$value.is_empty() {
            $edits.push($edit($value.clone()))
        }
    };
    ($edits:ident, $value:expr, needed_moment, $edit:path) => {
        $edits.push($edit($value))
    };
    ($edits:ident, $value:expr, needed_minutes, $edit:path) => {
        $edits.push($edit($value))
    };
    ($edits:ident, $value:expr, needed_value($of:ty), $edit:path) => {
        $edits.push($edit($value.clone()))
    };
    ($edits:ident, $value:expr, choice($word:ty), $edit:path) => {
        $edits.push($edit($value))
    };
    ($edits:ident, $value:expr, needed_id($id:ty), $edit:path) => {
        $edits.push($edit($value))
    };
    ($edits:ident, $value:expr, needed_date, $edit:path) => {
        $edits.push($edit($value))
    };
    ($edits:ident, $value:expr, needed_amount, $edit:path) => {
        $edits.push($edit($value.clone()))
    };
    ($edits:ident, $value:expr, $kind:ident $(($of:ty))?, $edit:path) => {
        if $value.is_some() {
            $edits.push($edit($value.clone()))
        }
    };
}

/// The words of a field of each kind.
macro_rules! texts_of {
    ($texts:ident, $value:expr, text) => {
        $texts.push($value.as_str())
    };
    ($texts:ident, $value:expr, string) => {
        $texts.push($value.as_str())
    };
    ($texts:ident, $value:expr, $kind:ident $(($of:ty))?) => {};
}

/// Records, each with its noun, the key of its map and its fields; see the module.
macro_rules! records {
    ($(
        $(#[$doc:meta])+
        $record:ident ($noun:ident) in $key:literal, edited by $edit:ident {
            $($(#[$field_doc:meta])+ $variant:ident $field:ident: $kind:ident $(($of:ty))?,)+
        }
    )+) => { $(
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        $(#[$doc])+
        pub struct $record {
            $($(#[$field_doc])+ pub $field: $crate::record::field_type!($kind $(($of))?),)+
        }

        #[doc = concat!("What one field of a [`", stringify!($record), "`] is to say.")]
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "field", content = "value", rename_all = "snake_case")]
        pub enum $edit {
            $($(#[$field_doc])+ $variant($crate::record::edit_type!($kind $(($of))?)),)+
        }

        const _: () = {
            #[allow(unused_imports, reason = "not every record has every kind of field")]
            use $crate::{
                Noun,
                field::Field,
                record::{
                    FieldFault, FieldValue, Fields, Record, FieldWrite, declared, edits_of,
                    field_value, kinds, parsed, read_field, texts_of,
                },
            };

            impl Record for $record {
                const NOUN: Noun = Noun::$noun;
                const KEY: &'static str = $key;
                const FIELDS: &'static [Field] = &[
                    $(declared!($kind $(($of))?, stringify!($field)),)+
                ];
                type Edit = $edit;

                fn read(fields: &impl Fields) -> Option<Self> {
                    Some(Self {
                        $($field: read_field!(fields, $kind $(($of))?, stringify!($field)),)+
                    })
                }

                #[allow(clippy::vec_init_then_push, reason = "a line for each field")]
                fn edits(&self) -> Vec<$edit> {
                    let mut edits = Vec::new();
                    $(edits_of!(edits, self.$field, $kind $(($of))?, $edit::$variant);)+
                    edits
                }

                #[allow(clippy::vec_init_then_push, reason = "a line for each field")]
                fn texts(&self) -> Vec<&str> {
                    #[allow(unused_mut, reason = "not every record has words")]
                    let mut texts = Vec::new();
                    $(texts_of!(texts, self.$field, $kind $(($of))?);)+
                    texts
                }
            }

            impl FieldWrite for $edit {
                fn field(&self) -> &'static str {
                    match self { $(Self::$variant(_) => stringify!($field),)+ }
                }

                fn value(&self) -> FieldValue<'_> {
                    match self {
                        $(Self::$variant(value) => field_value!(value, $kind $(($of))?),)+
                    }
                }

                fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
                    $(
                        if field == stringify!($field) {
                            let value = parsed!(text, $kind $(($of))?, stringify!($field));
                            return Ok(Self::$variant(value));
                        }
                    )+
                    Err(FieldFault::unknown(Noun::$noun, field, $record::FIELDS))
                }
            }
        };
    )+ };
}

pub(crate) use {
    declared, edit_type, edits_of, field_type, field_value, parsed, read_field, records, texts_of,
};
