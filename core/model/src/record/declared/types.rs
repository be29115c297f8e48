//! What each kind of field is in Rust: in its record, in an edit of it, and in the table.

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
    (amount) => { Option<$crate::record::value::Value> };
    (needed_amount) => { $crate::record::value::Value };
    (ids) => { std::collections::BTreeSet<$crate::ItemId> };
    (counts) => { std::collections::BTreeMap<$crate::DeviceId, $crate::record::value::Value> };
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

pub(crate) use {declared, edit_type, field_type};
