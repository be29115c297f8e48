//! The things in a personal record as such: what an edit says of which of them, whatever it is.

use std::collections::BTreeMap;

use super::{
    Absence, ActivityCompletion, CareerBreak, Certificate, Debrief, EvidenceDeadline, EvidenceLink,
    Experience, JourneyStep, KeptSignOff, LearningSession, ModuleCompletion, PatientJourney,
    PdpGoal, PersonalRecord, Placement, RecordEdit, Supervisor, WteChange,
};
use crate::{
    ItemId, Items, Noun, Timestamp,
    change_project::{RecordRef, TakenBack},
    field::Field,
    record::{FieldFault, FieldWrite, Fields, Record},
};

/// A record of which a personal record has several, each under its id.
pub trait RecordItem: Record {
    /// The edit of one of its fields as an edit of the personal record.
    fn edit(id: ItemId, edit: Self::Edit) -> RecordEdit;

    /// All of them, by their ids.
    fn all(record: &PersonalRecord) -> &Items<Self>;

    /// The edits that add it with all it says.
    ///
    /// ```
    /// use enhance_model::{
    ///     ItemId, Noun,
    ///     personal_record::{Certificate, RecordEdit, RecordItem},
    /// };
    ///
    /// let id = ItemId::from_bytes([7; 16]);
    /// let title = "Advanced life support".to_owned();
    /// let edits = Certificate { title, ..Certificate::default() }.adding(id);
    /// assert_eq!(edits[0], RecordEdit::Add { noun: Noun::Certificate, id });
    /// assert_eq!(edits.len(), 2);
    /// ```
    fn adding(&self, id: ItemId) -> Vec<RecordEdit> {
        let written = self.edits().into_iter().map(|edit| Self::edit(id, edit));
        [RecordEdit::Add { noun: Self::NOUN, id }].into_iter().chain(written).collect()
    }
}

/// What is the same for everything in a personal record, written once for each of them.
macro_rules! items {
    ($($record:ident, $map:ident;)+) => {
        $(impl RecordItem for $record {
            fn edit(id: ItemId, edit: Self::Edit) -> RecordEdit {
                RecordEdit::$record { id, edit }
            }

            fn all(record: &PersonalRecord) -> &Items<Self> {
                &record.$map
            }
        })+

        impl RecordEdit {
            /// What it writes into a field of a thing; none if it does something else.
            pub fn record(&self) -> Option<RecordRef<'_>> {
                match self {
                    $(Self::$record { id, edit } => Some(RecordRef {
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
            ///
            /// ```
            /// use enhance_model::{ItemId, Noun, personal_record::RecordEdit};
            ///
            /// let id = ItemId::from_bytes([7; 16]);
            /// let error = RecordEdit::parse(Noun::Placement, id, "split", "1/3").unwrap_err();
            /// let words = "split takes shares that add up to 1, as acute 2/3, community 1/3";
            /// assert_eq!(error.to_string(), format!("{words}, not \"1/3\""));
            /// ```
            pub fn parse(
                noun: Noun,
                id: ItemId,
                field: &str,
                text: &str,
            ) -> Result<Self, FieldFault> {
                match noun {
                    $(<$record>::NOUN => {
                        FieldWrite::parse(field, text).map(|edit| Self::$record { id, edit })
                    })+
                    noun => Err(FieldFault::unknown(noun, field, &[])),
                }
            }
        }

        impl PersonalRecord {
            /// What a personal record has several of, in the order of its parts.
            pub const ITEMS: &'static [Noun] = &[$(<$record>::NOUN),+];

            /// The key of the things of a kind.
            pub const fn key_of(noun: Noun) -> Option<&'static str> {
                match noun {
                    $(<$record>::NOUN => Some(<$record>::KEY),)+
                    _ => None,
                }
            }

            /// What is declared of the things of a kind; nothing if there are none of it.
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

            /// What a thing says first, so that a person knows it again. May be empty.
            pub fn label(&self, noun: Noun, id: ItemId) -> String {
                match noun {
                    $(<$record>::NOUN => self.$map.get(&id).map(label_of).unwrap_or_default(),)+
                    _ => String::new(),
                }
            }

            /// Reads one thing anew from its fields, of which it may have lost what it needs. False
            /// if nothing of this kind is in a record.
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
                        let label = label_of(&record);
                        let noun = <$record>::NOUN;
                        self.taken_back.insert(*id, TakenBack { noun, label, at: *at });
                    })+
                }
            }

            /// Writes what edits say of things.
            fn write_items(&mut self, edits: &[RecordEdit]) {
                $({
                    let mut by_id: Items<Vec<&<$record as Record>::Edit>> =
                        Items::new();
                    for edit in edits {
                        if let RecordEdit::$record { id, edit } = edit {
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
    };
}

items! {
    Placement, placements;
    Supervisor, supervisors;
    WteChange, wte_changes;
    CareerBreak, breaks;
    Absence, absences;
    LearningSession, sessions;
    Experience, experiences;
    PatientJourney, journeys;
    JourneyStep, steps;
    PdpGoal, goals;
    Certificate, certificates;
    EvidenceLink, evidence;
    EvidenceDeadline, deadlines;
    ModuleCompletion, modules_completed;
    ActivityCompletion, activities_completed;
    Debrief, debriefs;
    KeptSignOff, kept_sign_offs;
}

impl PersonalRecord {
    /// The record as it would be with some edits: what a rule is asked about before anything is
    /// written.
    #[must_use]
    pub fn with(&self, edits: &[RecordEdit]) -> Self {
        let mut record = self.clone();
        record.write_items(edits);
        for edit in edits {
            match edit {
                RecordEdit::Start { activity, at } => {
                    let progress = record.activities.entry(activity.clone()).or_default();
                    progress.started_at.get_or_insert(*at);
                }
                RecordEdit::TakeBack { id, at, .. } => record.take_back(&[(*id, *at)].into()),
                _ => {}
            }
        }
        record
    }
}

/// What it says first: its first words, or else its first value. What is of a module or an activity
/// is known by that.
fn label_of<R: Record>(record: &R) -> String {
    let is_known_by_key =
        matches!(R::NOUN, Noun::ModuleCompletion | Noun::ActivityCompletion | Noun::Debrief);
    let said = |text: &&str| !text.trim().is_empty();
    match record.texts().into_iter().find(said) {
        Some(words) if !is_known_by_key => words.to_owned(),
        _ => record.edits().first().map(|edit| edit.value().in_words()).unwrap_or_default(),
    }
}
