//! What holds records of several kinds, each under its id: a plan and a personal record. By the
//! macro `held!` both are edited, read and taken back alike.

use serde::{Deserialize, Serialize};

use super::FieldValue;
use crate::{DeviceId, ItemId, Noun, Timestamp};

/// A field of a thing that is held, and what an edit writes into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRef<'a> {
    pub noun: Noun,
    pub id: ItemId,
    pub field: &'static str,
    pub value: FieldValue<'a>,
}

/// A thing that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    pub noun: Noun,
    /// What it says first, so that a person knows it again. May be empty.
    pub label: String,
    /// Device clock when it was taken back.
    pub at: Timestamp,
}

/// A field that two people set differently at once. Whoever sets it again settles it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// Where it is: `status`, `aim/to`, `measures/{id}/unit`.
    pub path: String,
    /// The values, the one that shows meanwhile last.
    pub values: Vec<SetValue>,
}

impl Disagreement {
    /// The thing in a map of things that it is about, and its field.
    pub fn of_item(&self) -> Option<(ItemId, &str)> {
        let mut parts = self.path.splitn(3, '/').skip(1);
        Some((parts.next()?.parse().ok()?, parts.next()?))
    }
}

/// A value that somebody set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetValue {
    /// As people write it.
    pub text: String,
    /// The device it was set on.
    pub by: Option<DeviceId>,
}

/// What is the same for every kind of thing that something holds: how an edit names one and writes
/// a field of it, and how they are listed, read anew and taken back.
macro_rules! held {
    ($whole:ident, edited by $edits:ident, labelled by $label:path {
        $($record:ident as $edit:ident in $map:ident,)+
    }) => { const _: () = {
        use std::collections::BTreeMap;

        use $crate::{
            ItemId, Items, Noun, Timestamp,
            field::Field,
            record::{FieldFault, FieldWrite, Fields, Record, RecordRef, TakenBack},
        };

        impl $edits {
            /// What it writes into a field of a thing; none if it does something else.
            pub fn record(&self) -> Option<RecordRef<'_>> {
                match self {
                    $(Self::$edit { id, edit } => Some(RecordRef {
                        noun: <$record>::NOUN,
                        id: *id,
                        field: edit.field(),
                        value: edit.value(),
                    }),)+
                    _ => None,
                }
            }

            /// The thing of which it writes a field, or which it adds.
            pub fn item(&self) -> Option<(Noun, ItemId)> {
                match self {
                    Self::Add { noun, id } => Some((*noun, *id)),
                    _ => self.record().map(|record| (record.noun, record.id)),
                }
            }

            /// The edit of a field of a thing, as somebody typed it.
            pub fn parse(
                noun: Noun,
                id: ItemId,
                field: &str,
                text: &str,
            ) -> Result<Self, FieldFault> {
                match noun {
                    $(<$record>::NOUN => {
                        FieldWrite::parse(field, text).map(|edit| Self::$edit { id, edit })
                    })+
                    noun => Err(FieldFault::unknown(noun, field, &[])),
                }
            }
        }

        impl $whole {
            /// The kinds of things that it holds, in the order of its parts.
            pub const ITEMS: &'static [Noun] = &[$(<$record>::NOUN),+];

            /// The key of the map that holds the things of a kind.
            pub const fn key_of(noun: Noun) -> Option<&'static str> {
                match noun {
                    $(<$record>::NOUN => Some(<$record>::KEY),)+
                    _ => None,
                }
            }

            /// What is declared of the things of a kind; nothing if none of it are held.
            pub const fn fields_of(noun: Noun) -> &'static [Field] {
                match noun {
                    $(<$record>::NOUN => <$record>::FIELDS,)+
                    _ => &[],
                }
            }

            /// What kind of thing has this id; none if there is none.
            pub fn noun_of(&self, id: ItemId) -> Option<Noun> {
                $(if self.$map.contains_key(&id) {
                    return Some(<$record>::NOUN);
                })+
                None
            }

            /// The ids of the things of a kind, in their order.
            pub fn ids_of(&self, noun: Noun) -> Vec<ItemId> {
                match noun {
                    $(<$record>::NOUN => self.$map.keys().copied().collect(),)+
                    _ => Vec::new(),
                }
            }

            /// What a thing says first, so that a person knows it again. May be empty.
            pub fn label(&self, noun: Noun, id: ItemId) -> String {
                match noun {
                    $(<$record>::NOUN => self.$map.get(&id).map($label).unwrap_or_default(),)+
                    _ => String::new(),
                }
            }

            /// The things of a kind with what each of their fields says, as people write it.
            pub fn fields_in_words(
                &self,
                noun: Noun,
            ) -> Items<BTreeMap<&'static str, String>> {
                match noun {
                    $(<$record>::NOUN => {
                        let items = self.$map.iter();
                        items.map(|(id, record)| (*id, record.fields_in_words())).collect()
                    })+
                    _ => Items::new(),
                }
            }

            /// Reads one thing anew from its fields, of which it may have lost what it needs. False
            /// if nothing of this kind is held.
            pub fn read_item(&mut self, noun: Noun, id: ItemId, fields: &impl Fields) -> bool {
                match noun {
                    $(<$record>::NOUN => {
                        match <$record>::read(fields) {
                            Some(record) => self.$map.insert(id, record),
                            None => self.$map.remove(&id),
                        };
                    })+
                    _ => return false,
                }
                true
            }

            /// Sets aside what was taken back, at these moments.
            pub fn take_back(&mut self, moments: &Items<Timestamp>) {
                for (id, at) in moments {
                    $(if let Some(record) = self.$map.remove(id) {
                        let (noun, label) = (<$record>::NOUN, $label(&record));
                        self.taken_back.insert(*id, TakenBack { noun, label, at: *at });
                    })+
                }
            }

            /// Writes what edits say of the things.
            fn write_items(&mut self, edits: &[$edits]) {
                $({
                    let mut by_id: Items<Vec<&<$record as Record>::Edit>> = Items::new();
                    for edit in edits {
                        if let $edits::$edit { id, edit } = edit {
                            by_id.get_or_insert_with(*id, Vec::new).push(edit);
                        }
                    }
                    for (id, edits) in by_id {
                        if let Some(record) = <$record>::with(self.$map.get(&id), edits) {
                            self.$map.insert(id, record);
                        }
                    }
                })+
            }
        }
    }; };
}

pub(crate) use held;
