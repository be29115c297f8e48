//! What each kind of field is read from: what a document holds, or what somebody typed.

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

pub(crate) use {parsed, read_field};
