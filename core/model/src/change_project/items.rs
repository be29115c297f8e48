//! The things in a plan as such: what an edit says of which of them, whatever it is.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Action, Annotation, ChangeIdea, ChangeProject, CycleEdit, CycleText, Driver, Impact, Measure,
    Observation, Output, PdsaCycle, Phase, ProjectEdit, Stakeholder, StatusMove, TakenBack, Tally,
    Target, TeamMember,
};
use crate::{
    ItemId, Items, Noun, Timestamp,
    field::{Field, Shape, find},
    record::{FieldFault, FieldValue, FieldWrite, Fields, Record},
};

/// A field of a thing in a plan, and what an edit writes into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRef<'a> {
    pub noun: Noun,
    pub id: ItemId,
    pub field: &'static str,
    pub value: FieldValue<'a>,
}

/// A text of a thing in a plan, which people write together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ItemText {
    noun: Noun,
    id: ItemId,
    field: &'static str,
}

impl ItemText {
    /// The text in this field; none if a thing of this kind has no such text.
    ///
    /// ```
    /// use enhance_model::{ItemId, Noun, change_project::ItemText};
    ///
    /// let id = ItemId::from_bytes([7; 16]);
    /// assert!(ItemText::new(Noun::Driver, id, "name").is_some());
    /// assert!(ItemText::new(Noun::Driver, id, "place").is_none());
    /// ```
    pub fn new(noun: Noun, id: ItemId, field: &str) -> Option<Self> {
        let declared = find(ChangeProject::fields_of(noun), field)?;
        (declared.shape == Shape::Text).then_some(Self { noun, id, field: declared.key })
    }

    /// A text of a cycle.
    pub const fn of_cycle(id: ItemId, which: CycleText) -> Self {
        Self { noun: Noun::Cycle, id, field: which.as_str() }
    }

    /// What kind of thing it is a text of.
    pub const fn noun(self) -> Noun {
        self.noun
    }

    /// The thing it is a text of.
    pub const fn id(self) -> ItemId {
        self.id
    }

    /// The key of the field that it is.
    pub const fn field(self) -> &'static str {
        self.field
    }

    /// Where it is in the document: `cycles/{id}/plan`.
    pub fn path(self) -> [String; 3] {
        let key = ChangeProject::key_of(self.noun).unwrap_or_default();
        [key.to_owned(), self.id.to_string(), self.field.to_owned()]
    }

    /// The text at this place in the document; none if there can be none.
    pub fn at(path: &str) -> Option<Self> {
        let [key, id, field] = path.split('/').collect::<Vec<_>>().try_into().ok()?;
        let of_key = |noun: &&Noun| ChangeProject::key_of(**noun) == Some(key);
        let noun = ChangeProject::ITEMS.iter().find(of_key)?;
        Self::new(*noun, id.parse().ok()?, field)
    }

    /// The edit that makes it read so.
    pub fn edit(self, text: &str) -> Result<ProjectEdit, FieldFault> {
        ProjectEdit::parse(self.noun, self.id, self.field, text)
    }
}

/// A record of which a plan has several, each under its id.
pub trait Item: Record {
    /// The edit of one of its fields as an edit of the plan.
    fn edit(id: ItemId, edit: Self::Edit) -> ProjectEdit;

    /// The edits that add it to a plan with all it says.
    ///
    /// ```
    /// use enhance_model::{
    ///     ItemId, Noun,
    ///     change_project::{Item, ProjectEdit, Target, Value},
    /// };
    ///
    /// let (id, measure) = (ItemId::from_bytes([7; 16]), ItemId::from_bytes([1; 16]));
    /// let from = jiff::civil::date(2026, 11, 1);
    /// let edits = Target { measure, from, value: Value::whole(10) }.adding(id);
    /// assert_eq!(edits[0], ProjectEdit::Add { noun: Noun::Target, id });
    /// assert_eq!(edits.len(), 4);
    /// ```
    fn adding(&self, id: ItemId) -> Vec<ProjectEdit> {
        let written = self.edits().into_iter().map(|edit| Self::edit(id, edit));
        [ProjectEdit::Add { noun: Self::NOUN, id }].into_iter().chain(written).collect()
    }
}

/// What is the same for everything in a plan, written once for each of them.
macro_rules! items {
    ($($record:ident, $edit:ident, $map:ident;)+) => {
        $(impl Item for $record {
            fn edit(id: ItemId, edit: Self::Edit) -> ProjectEdit {
                ProjectEdit::$edit { id, edit }
            }
        })+

        impl ProjectEdit {
            /// What it writes into a field of a thing in the plan; none if it does something else.
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

            /// The edit of a field of a thing in the plan, as somebody typed it.
            ///
            /// ```
            /// use enhance_model::{ItemId, Noun, change_project::ProjectEdit};
            ///
            /// let id = ItemId::from_bytes([7; 16]);
            /// assert!(ProjectEdit::parse(Noun::Action, id, "due", "2026-12-01").is_ok());
            /// let error = ProjectEdit::parse(Noun::Action, id, "due", "soon").unwrap_err();
            /// assert_eq!(error.to_string(), "due takes a day as 2026-11-20, not \"soon\"");
            /// ```
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

        impl ChangeProject {
            /// What a plan has several of, in the order of its parts.
            pub const ITEMS: &'static [Noun] = &[$(<$record>::NOUN),+];

            /// The key of the map that holds the things of a kind.
            pub const fn key_of(noun: Noun) -> Option<&'static str> {
                match noun {
                    $(<$record>::NOUN => Some(<$record>::KEY),)+
                    _ => None,
                }
            }

            /// What is declared of the things of a kind; nothing if a plan has none of it.
            pub const fn fields_of(noun: Noun) -> &'static [Field] {
                match noun {
                    $(<$record>::NOUN => <$record>::FIELDS,)+
                    _ => &[],
                }
            }

            /// What a text of a thing in the plan says; none if there is no such thing.
            pub fn item_text(&self, text: ItemText) -> Option<String> {
                match text.noun {
                    $(<$record>::NOUN => self.$map.get(&text.id).map(|record| {
                        let edits = record.edits();
                        let edit = edits.iter().find(|edit| edit.field() == text.field);
                        edit.and_then(|edit| edit.value().written()).unwrap_or_default().to_owned()
                    }),)+
                    _ => None,
                }
            }

            /// Whether there is a thing with this id, of whatever kind.
            pub fn has_item(&self, id: ItemId) -> bool {
                [$(self.$map.contains_key(&id)),+].contains(&true)
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

            /// The things of a kind with everything in them that was written in words.
            pub fn texts_of(&self, noun: Noun) -> Vec<(ItemId, Vec<&str>)> {
                match noun {
                    $(<$record>::NOUN => {
                        self.$map.iter().map(|(id, record)| (*id, record.texts())).collect()
                    })+
                    _ => Vec::new(),
                }
            }

            /// Reads one thing anew from its fields, of which it may have lost what it needs. False
            /// if nothing of this kind is in a plan.
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
                        let texts = record.texts().into_iter();
                        let label = texts.filter(|text| !text.is_empty()).next();
                        let label = label.unwrap_or_default().to_owned();
                        let noun = <$record>::NOUN;
                        self.taken_back.insert(*id, TakenBack { noun, label, at: *at });
                    })+
                }
            }

            /// Writes what edits say of things in the plan.
            fn write_items(&mut self, edits: &[ProjectEdit]) {
                $({
                    let mut by_id: Items<Vec<&<$record as Record>::Edit>> =
                        Items::new();
                    for edit in edits {
                        if let ProjectEdit::$edit { id, edit } = edit {
                            by_id.get_or_insert_with(*id, Vec::new).push(edit);
                        }
                    }
                    for (id, edits) in by_id {
                        let written = <$record>::with(self.$map.get(&id), edits);
                        if let Some(record) = written {
                            self.$map.insert(id, record);
                        }
                    }
                })+
            }
        }
    };
}

items! {
    Driver, Driver, drivers;
    ChangeIdea, ChangeIdea, ideas;
    Stakeholder, Stakeholder, stakeholders;
    TeamMember, TeamMember, team;
    Measure, Measure, measures;
    Target, Target, targets;
    Observation, Observation, observations;
    Tally, Tally, tallies;
    Phase, Phase, phases;
    Annotation, Annotation, annotations;
    PdsaCycle, Cycle, cycles;
    Action, Action, actions;
    Impact, Impact, impacts;
    Output, Output, outputs;
    StatusMove, StatusMove, moves;
}

impl ChangeProject {
    /// What a thing in the plan says first, so that a person knows it again. May be empty.
    pub fn label(&self, noun: Noun, id: ItemId) -> String {
        let items = self.texts_of(noun).into_iter();
        let texts = items.filter(|(item, _)| *item == id).flat_map(|(_, texts)| texts);
        texts.filter(|text| !text.is_empty()).map(str::to_owned).next().unwrap_or_default()
    }

    /// The plan as it would be with some edits: what a rule is asked about before anything is
    /// written. Texts are taken as they come.
    #[must_use]
    pub fn with(&self, edits: &[ProjectEdit]) -> Self {
        let mut project = self.clone();
        project.write_items(edits);
        for edit in edits {
            match edit {
                ProjectEdit::Title { title } => project.title.clone_from(title),
                ProjectEdit::Topic { topic } => project.topic.clone_from(topic),
                ProjectEdit::Setting { setting } => project.setting.clone_from(setting),
                ProjectEdit::Move { to, .. } => project.status = *to,
                ProjectEdit::Progress { score } => project.progress = *score,
                ProjectEdit::Start { on } => project.start = *on,
                ProjectEdit::End { on } => project.end = *on,
                ProjectEdit::Section { section, text } => {
                    project.sections.insert(*section, text.clone());
                }
                ProjectEdit::Aim { edit } => {
                    project.aim.extend([edit]);
                }
                _ => {}
            }
        }
        project
    }

    /// The text a person searches in: sections, aim, and the words of everything in it.
    pub fn text(&self) -> String {
        let sections = super::Section::ALL.iter().filter_map(|section| self.sections.get(section));
        let items = Self::ITEMS.iter().flat_map(|noun| self.texts_of(*noun));
        let texts: Vec<&str> = [self.setting.as_str(), self.aim.sentence.as_str()]
            .into_iter()
            .chain(sections.map(String::as_str))
            .chain(items.flat_map(|(_, texts)| texts))
            .filter(|text| !text.is_empty())
            .collect();
        texts.join("\n\n")
    }
}

impl super::Aim {
    /// Writes some edits into the aim.
    fn extend<'e>(&mut self, edits: impl IntoIterator<Item = &'e super::AimEdit>) {
        if let Some(aim) = Self::with(Some(self), edits) {
            *self = aim;
        }
    }
}

impl CycleText {
    /// The edit that writes this text of a cycle: the whole new text.
    pub const fn edit(self, text: String) -> CycleEdit {
        match self {
            Self::ChangeIdea => CycleEdit::ChangeIdea(text),
            Self::Prediction => CycleEdit::Prediction(text),
            Self::Plan => CycleEdit::Plan(text),
            Self::Done => CycleEdit::Done(text),
            Self::Data => CycleEdit::Data(text),
            Self::Studied => CycleEdit::Studied(text),
            Self::Learned => CycleEdit::Learned(text),
        }
    }
}
