//! What each kind of field says: as one value, as edits of an empty record, and in words.

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
    ($value:ident, date) => {
        FieldValue::Day(*$value)
    };
    ($value:ident, needed_date) => {
        FieldValue::Day(Some(*$value))
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

pub(crate) use {edits_of, field_value, texts_of};
