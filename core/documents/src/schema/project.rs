//! Change projects. What is in a plan is declared by the records of the model.

use enhance_model::{
    ItemId, Items, Noun,
    change_project::{
        Action, Aim, Annotation, ChangeIdea, ChangeProject, Driver, Impact, Measure, Observation,
        Output, PdsaCycle, Phase, ProgressScore, ProjectEdit, Section, Stakeholder, Status,
        StatusMove, Tally, Target, TeamMember,
    },
    field::{Field, Shape},
    record::{FieldWrite, Fields, Record},
};

use super::{
    decisions, disagreements,
    reader::Reader,
    root::{CREATED_AT, KIND, OWNER, SCHEMA_FIELD},
    scalar::of_moment,
    writer::Writer,
};
use crate::DocumentError;

/// A domain of the programme, or none.
pub const TOPIC: &str = "topic";

/// What is declared of a change project. What is late came with schema 2 or 3.
pub const FIELDS: &[Field] = &[
    SCHEMA_FIELD,
    KIND,
    OWNER,
    CREATED_AT.fixed(),
    Field::string("title"),
    Field::string(TOPIC),
    Field::string("setting"),
    Field::word("status", Status::WORDS),
    Field::number("progress").optional(),
    Field::date("start").optional(),
    Field::date("end").optional(),
    Field::map("sections", SECTIONS),
    Field::map(Aim::KEY, Aim::FIELDS),
    items::<Measure>(),
    items::<Observation>(),
    items::<PdsaCycle>(),
    items::<Action>(),
    items::<Driver>().late(),
    items::<ChangeIdea>().late(),
    items::<Stakeholder>().late(),
    items::<TeamMember>().late(),
    items::<Target>().late(),
    items::<Tally>().late(),
    items::<Phase>().late(),
    items::<Annotation>().late(),
    items::<Impact>().late(),
    items::<Output>().late(),
    items::<StatusMove>().late(),
    Field::moments(TAKEN_BACK).late(),
    decisions::ACCEPTED,
    decisions::REJECTED,
    Field::tags("tags"),
];

const SECTIONS: &[Field] = &[
    Field::text("problem"),
    Field::text("why_here"),
    Field::text("team"),
    Field::text("plan"),
    Field::text("handover"),
    Field::text("governance"),
    Field::text("equity"),
    Field::text("co_produced_with"),
    Field::text("sustained"),
    Field::text("outcome"),
];

/// Since when things in the plan count no more, by their ids.
const TAKEN_BACK: &str = "taken_back";

const fn items<R: Record>() -> Field {
    Field::items(R::KEY, R::NOUN, R::FIELDS)
}

/// Writes a new project.
pub fn create(
    root: &mut Writer<'_, '_>,
    title: &str,
    topic: &str,
    setting: &str,
) -> Result<(), DocumentError> {
    root.put("title", title)?;
    root.put(TOPIC, topic)?;
    root.put("setting", setting)?;
    root.put("status", Status::default().as_str())
}

/// Writes an edit of a project.
pub fn write(mut root: Writer<'_, '_>, edit: &ProjectEdit) -> Result<(), DocumentError> {
    if let Some(record) = edit.record() {
        return root.item(key_of(record.noun)?, record.id)?.write(record.field, &record.value);
    }
    match edit {
        ProjectEdit::Title { title } => root.put("title", title.as_str()),
        ProjectEdit::Topic { topic } => root.put(TOPIC, topic.as_str()),
        ProjectEdit::Setting { setting } => root.put("setting", setting.as_str()),
        ProjectEdit::Progress { score } => {
            root.put_or_clear("progress", score.map(|score| u64::from(score.halves())))
        }
        ProjectEdit::Start { on } => root.put_or_clear("start", on.map(|day| day.to_string())),
        ProjectEdit::End { on } => root.put_or_clear("end", on.map(|day| day.to_string())),
        ProjectEdit::Move { id, to, at, note } => {
            root.put("status", to.as_str())?;
            let logged = StatusMove { to: *to, at: Some(*at), note: note.clone() };
            add(&mut root, StatusMove::NOUN, *id)?;
            let mut item = root.item(StatusMove::KEY, id)?;
            logged.edits().iter().try_for_each(|edit| item.write(edit.field(), &edit.value()))
        }
        ProjectEdit::Section { section, text } => {
            root.map("sections")?.text(section.as_str(), text)
        }
        ProjectEdit::Aim { edit } => root.map(Aim::KEY)?.write(edit.field(), &edit.value()),
        ProjectEdit::Add { noun, id } => add(&mut root, *noun, *id),
        ProjectEdit::TakeBack { noun, id, at } => {
            root.item(key_of(*noun)?, id)?;
            root.put_at(TAKEN_BACK, Shape::Moments, &id.to_string(), of_moment(*at))
        }
        ProjectEdit::PutBack { noun, id } => {
            root.item(key_of(*noun)?, id)?;
            root.clear_at(TAKEN_BACK, Shape::Moments, &id.to_string())
        }
        ProjectEdit::AddTag { tag } => root.add_tag("tags", tag),
        ProjectEdit::RemoveTag { tag } => root.remove_tag("tags", tag),
        // Every other edit is of a record.
        _ => Ok(()),
    }
}

/// Reads anew what an edit wrote, where that is one text or one thing; false where it is something
/// else, or where what people set differently has to be looked at.
pub fn read_written(root: &Reader<'_>, content: &mut ChangeProject, edit: &ProjectEdit) -> bool {
    if let ProjectEdit::Section { section, .. } = edit {
        let text = root.map("sections").text(section.as_str());
        content.sections.insert(*section, text);
        return true;
    }
    let Some((noun, id)) = edit.item() else { return false };
    let Some(key) = ChangeProject::key_of(noun) else { return false };
    let item = disagreements::agreed_item(root, (key, id), &content.disagreements);
    let Some(item) = item else { return false };
    !content.taken_back.contains_key(&id) && content.read_item(noun, id, &item)
}

fn key_of(noun: Noun) -> Result<&'static str, DocumentError> {
    let undeclared = || DocumentError::Undeclared { key: noun.to_string() };
    ChangeProject::key_of(noun).ok_or_else(undeclared)
}

/// Adds an empty item, unless it is there already.
fn add(root: &mut Writer<'_, '_>, noun: Noun, id: ItemId) -> Result<(), DocumentError> {
    let key = key_of(noun)?;
    if root.has_item(key, id)? {
        return Ok(());
    }
    root.item_or_new(key, id)?.complete()
}

/// Reads a project as it stands.
pub fn read(root: &Reader<'_>) -> ChangeProject {
    let sections = root.map("sections");
    let written = Section::ALL.iter().map(|section| (*section, sections.text(section.as_str())));
    let halves = root.number("progress").and_then(|halves| u8::try_from(halves).ok());
    let mut project = ChangeProject {
        title: root.string("title"),
        topic: root.string(TOPIC),
        setting: root.string("setting"),
        status: root.word("status").unwrap_or_default(),
        progress: halves.and_then(|halves| ProgressScore::of_halves(halves).ok()),
        start: root.word("start"),
        end: root.word("end"),
        sections: written.collect(),
        aim: Aim::read(&root.map(Aim::KEY)).unwrap_or_default(),
        drivers: root.records(),
        ideas: root.records(),
        stakeholders: root.records(),
        team: root.records(),
        measures: root.records(),
        targets: root.records(),
        observations: root.records(),
        tallies: root.records(),
        phases: root.records(),
        annotations: root.records(),
        cycles: root.records(),
        actions: root.records(),
        impacts: root.records(),
        outputs: root.records(),
        moves: root.records(),
        tags: root.tags("tags"),
        taken_back: Items::new(),
        disagreements: disagreements::all(root),
        decisions: decisions::read(root),
        created_at: root.moment("created_at").unwrap_or_default(),
    };
    project.take_back(&root.moments(TAKEN_BACK));
    project
}
