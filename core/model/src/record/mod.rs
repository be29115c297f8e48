//! Records: the things of a document that are edited field by field, each declared once.
//!
//! Of a declaration `records!` makes the type, the edit of one of its fields, the table by which
//! documents read and write it, and what a command takes for each field. What one person writes
//! into one field takes nothing else of the record with it.

mod declared;
mod held;
pub mod kinds;
pub(crate) mod value;
mod values;
mod written;

use std::collections::BTreeMap;

use self::written::WrittenFields;
pub(crate) use self::{
    declared::{
        declared, edit_type, edits_of, field_type, field_value, parsed, read_field, records,
        texts_of,
    },
    held::held,
    values::{IdOf, Written},
};
pub use self::{
    held::{Disagreement, RecordRef, SetValue, TakenBack},
    values::{Count, FieldFault, FieldValue, FieldWrite, Fields, Whole},
};
use crate::{Noun, field::Field};

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
