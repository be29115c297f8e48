//! The macro that makes a record of its declaration: `records!`. What it writes for a field goes by
//! the field's kind, and each kind has a line in every macro of the files below.

mod reading;
mod types;
mod writing;

pub(crate) use self::{
    reading::{parsed, read_field},
    types::{declared, edit_type, field_type},
    writing::{edits_of, field_value, texts_of},
};

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

pub(crate) use records;
