//! The things in a plan as such: what an edit says of which of them, whatever it is.

use serde::Serialize;

use super::{
    Action, Annotation, ChangeIdea, ChangeProject, CycleEdit, CycleText, Driver, Impact, Measure,
    Observation, Output, PdsaCycle, Phase, ProjectEdit, Stakeholder, StatusMove, Tally, Target,
    TeamMember,
};
use crate::{
    ItemId, Noun,
    field::{Shape, find},
    record::{FieldFault, FieldWrite, Record, held},
};

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
    ($($record:ident as $edit:ident in $map:ident,)+) => {
        $(impl Item for $record {
            fn edit(id: ItemId, edit: Self::Edit) -> ProjectEdit {
                ProjectEdit::$edit { id, edit }
            }
        })+

        impl ChangeProject {
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

            /// The things of a kind with everything in them that was written in words.
            pub fn texts_of(&self, noun: Noun) -> Vec<(ItemId, Vec<&str>)> {
                match noun {
                    $(<$record>::NOUN => {
                        self.$map.iter().map(|(id, record)| (*id, record.texts())).collect()
                    })+
                    _ => Vec::new(),
                }
            }

            /// The edits that add each thing in the plan under its own id, but moves of its status.
            pub(super) fn adding_items(&self) -> Vec<ProjectEdit> {
                let mut edits = Vec::new();
                $(if <$record>::NOUN != Noun::StatusMove {
                    edits.extend(self.$map.iter().flat_map(|(id, one)| one.adding(*id)));
                })+
                edits
            }
        }

        held! {
            ChangeProject, edited by ProjectEdit, labelled by first_words {
                $($record as $edit in $map,)+
            }
        }
    };
}

items! {
    Driver as Driver in drivers,
    ChangeIdea as ChangeIdea in ideas,
    Stakeholder as Stakeholder in stakeholders,
    TeamMember as TeamMember in team,
    Measure as Measure in measures,
    Target as Target in targets,
    Observation as Observation in observations,
    Tally as Tally in tallies,
    Phase as Phase in phases,
    Annotation as Annotation in annotations,
    PdsaCycle as Cycle in cycles,
    Action as Action in actions,
    Impact as Impact in impacts,
    Output as Output in outputs,
    StatusMove as StatusMove in moves,
}

impl ChangeProject {
    /// Whether there is a thing with this id, of whatever kind.
    pub fn has_item(&self, id: ItemId) -> bool {
        self.noun_of(id).is_some()
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

/// The first words of a thing in the plan.
fn first_words(record: &impl Record) -> String {
    let mut texts = record.texts().into_iter();
    texts.find(|text| !text.is_empty()).unwrap_or_default().to_owned()
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
