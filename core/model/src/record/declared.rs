//! The macro that makes a record of its declaration: `records!`, and a line of each for every kind
//! of field in Rust, in an edit, in a table, and how it is read, written and typed.

/// A type for each kind of field.
macro_rules! field_type {
    (text) => { String };
    (string) => { String };
    (passage) => { String };
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
    (passage, $key:expr) => {
        Field::passage($key).optional()
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
    ($from:ident, passage, $key:expr) => {
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
    ($value:ident, passage) => {
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
    ($text:ident, passage, $key:expr) => {
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
    ($edits:ident, $value:expr, passage, $edit:path) => {
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
    ($texts:ident, $value:expr, passage) => {
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
