//! Change projects.

use enhance_model::{
    ItemId, Noun,
    change_project::{
        Action, Aim, ChangeProject, CycleText, Decision, Direction, Measure, MeasureKind,
        Observation, PdsaCycle, ProjectEdit, Scale, Section, Status,
    },
};

use super::{
    field::Field,
    reader::Reader,
    root::{CREATED_AT, KIND, OWNER, SCHEMA_FIELD},
    scalar::{of_amount, of_moment},
    writer::Writer,
};
use crate::DocumentError;

/// What is declared of a change project.
pub const FIELDS: &[Field] = &[
    SCHEMA_FIELD,
    KIND,
    OWNER,
    CREATED_AT.fixed(),
    Field::string("title"),
    Field::string("topic"),
    Field::string("setting"),
    Field::word("status", Status::WORDS),
    Field::map("sections", SECTIONS),
    Field::map("aim", AIM),
    Field::items("measures", Noun::Measure, MEASURE),
    Field::items("observations", Noun::Observation, OBSERVATION),
    Field::items("cycles", Noun::Cycle, CYCLE),
    Field::items("actions", Noun::Action, ACTION),
    Field::tags("tags"),
];

const SECTIONS: &[Field] = &[
    Field::text("problem"),
    Field::text("why_here"),
    Field::text("team"),
    Field::text("plan"),
    Field::text("handover"),
];

const AIM: &[Field] = &[
    Field::text("sentence"),
    Field::word("direction", Direction::WORDS).optional(),
    Field::string("from").optional(),
    Field::string("to").optional(),
    Field::date("by_date").optional(),
];

const MEASURE: &[Field] = &[
    Field::string("name"),
    Field::word("kind", MeasureKind::WORDS),
    Field::string("definition"),
    Field::string("unit"),
];

const OBSERVATION: &[Field] =
    &[Field::id("measure").needed(), Field::date("at").needed(), Field::amount("value").needed()];

const CYCLE: &[Field] = &[
    Field::text("change_idea"),
    Field::text("prediction"),
    Field::text("plan"),
    Field::text("done"),
    Field::text("studied"),
    Field::text("learned"),
    Field::word("scale", Scale::WORDS),
    Field::word("decision", Decision::WORDS),
];

const ACTION: &[Field] = &[
    Field::string("text"),
    Field::id("owner").optional(),
    Field::date("due").optional(),
    Field::moment("done_at").optional(),
];

/// Writes a new project.
pub fn create(
    root: &mut Writer<'_, '_>,
    title: &str,
    topic: &str,
    setting: &str,
) -> Result<(), DocumentError> {
    root.put("title", title)?;
    root.put("topic", topic)?;
    root.put("setting", setting)?;
    root.put("status", Status::default().as_str())
}

/// Writes an edit of a project.
pub fn write(mut root: Writer<'_, '_>, edit: &ProjectEdit) -> Result<(), DocumentError> {
    match edit {
        ProjectEdit::Title { title } => root.put("title", title.as_str()),
        ProjectEdit::Topic { topic } => root.put("topic", topic.as_str()),
        ProjectEdit::Setting { setting } => root.put("setting", setting.as_str()),
        ProjectEdit::Status { status } => root.put("status", status.as_str()),
        ProjectEdit::Section { section, text } => {
            root.map("sections")?.text(section.as_str(), text)
        }
        ProjectEdit::Aim { aim } => write_aim(&mut root.map("aim")?, aim),
        ProjectEdit::Measure { id, measure } => {
            write_measure(&mut root.item_or_new("measures", id)?, measure)
        }
        ProjectEdit::Observe { id, observation } => write_observation(&mut root, *id, observation),
        ProjectEdit::StartCycle { id } => start_cycle(&mut root, *id),
        ProjectEdit::CycleText { id, which, text } => {
            root.item("cycles", id)?.text(which.as_str(), text)
        }
        ProjectEdit::CycleScale { id, scale } => {
            root.item("cycles", id)?.put("scale", scale.as_str())
        }
        ProjectEdit::Decide { id, decision } => {
            root.item("cycles", id)?.put("decision", decision.as_str())
        }
        ProjectEdit::Action { id, action } => {
            write_action(&mut root.item_or_new("actions", id)?, action)
        }
        ProjectEdit::AddTag { tag } => root.add_tag("tags", tag),
        ProjectEdit::RemoveTag { tag } => root.remove_tag("tags", tag),
    }
}

fn write_aim(map: &mut Writer<'_, '_>, aim: &Aim) -> Result<(), DocumentError> {
    map.text("sentence", &aim.sentence)?;
    map.put_or_clear("direction", aim.direction.map(Direction::as_str))?;
    map.put_or_clear("from", some_text(&aim.from))?;
    map.put_or_clear("to", some_text(&aim.to))?;
    map.put_or_clear("by_date", aim.by_date.map(|date| date.to_string()))
}

fn some_text(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn write_measure(item: &mut Writer<'_, '_>, measure: &Measure) -> Result<(), DocumentError> {
    item.put("name", measure.name.as_str())?;
    item.put("kind", measure.kind.as_str())?;
    item.put("definition", measure.definition.as_str())?;
    item.put("unit", measure.unit.as_str())
}

fn write_observation(
    root: &mut Writer<'_, '_>,
    id: ItemId,
    observation: &Observation,
) -> Result<(), DocumentError> {
    if let Some(fault) = observation.value.fault() {
        return Err(DocumentError::InvalidValue { fault });
    }
    let mut item = root.item_or_new("observations", id)?;
    item.put("measure", observation.measure.to_string())?;
    item.put("at", observation.at.to_string())?;
    item.put("value", of_amount(&observation.value))
}

fn start_cycle(root: &mut Writer<'_, '_>, id: ItemId) -> Result<(), DocumentError> {
    if root.has_item("cycles", id)? {
        return Ok(());
    }
    let mut cycle = root.item_or_new("cycles", id)?;
    cycle.put("decision", Decision::Undecided.as_str())?;
    cycle.complete()
}

fn write_action(item: &mut Writer<'_, '_>, action: &Action) -> Result<(), DocumentError> {
    item.put("text", action.text.as_str())?;
    item.put_or_clear("owner", action.owner.map(|owner| owner.to_string()))?;
    item.put_or_clear("due", action.due.map(|due| due.to_string()))?;
    item.put_or_clear("done_at", action.done_at.map(of_moment))
}

/// Reads a project as it stands.
pub fn read(root: &Reader<'_>) -> ChangeProject {
    let sections = root.map("sections");
    let written = Section::ALL.iter().map(|section| (*section, sections.text(section.as_str())));
    ChangeProject {
        title: root.string("title"),
        topic: root.string("topic"),
        setting: root.string("setting"),
        status: root.word("status").unwrap_or_default(),
        sections: written.collect(),
        aim: read_aim(&root.map("aim")),
        measures: root.items("measures", |item| Some(read_measure(item))),
        observations: root.items("observations", read_observation),
        cycles: root.items("cycles", |item| Some(read_cycle(item))),
        actions: root.items("actions", |item| Some(read_action(item))),
        tags: root.tags("tags"),
        created_at: root.moment("created_at").unwrap_or_default(),
    }
}

fn read_aim(map: &Reader<'_>) -> Aim {
    Aim {
        sentence: map.text("sentence"),
        direction: map.word("direction"),
        from: map.string("from"),
        to: map.string("to"),
        by_date: map.word("by_date"),
    }
}

fn read_measure(item: &Reader<'_>) -> Measure {
    Measure {
        name: item.string("name"),
        kind: item.word("kind").unwrap_or(MeasureKind::Outcome),
        definition: item.string("definition"),
        unit: item.string("unit"),
    }
}

/// An observation without a readable measure, day or value cannot be drawn; it stays unseen.
fn read_observation(item: &Reader<'_>) -> Option<Observation> {
    Some(Observation {
        measure: item.word("measure")?,
        at: item.word("at")?,
        value: item.amount("value")?,
    })
}

fn read_cycle(item: &Reader<'_>) -> PdsaCycle {
    let text = |which: CycleText| item.text(which.as_str());
    PdsaCycle {
        change_idea: text(CycleText::ChangeIdea),
        prediction: text(CycleText::Prediction),
        scale: item.word("scale"),
        plan: text(CycleText::Plan),
        done: text(CycleText::Done),
        studied: text(CycleText::Studied),
        learned: text(CycleText::Learned),
        decision: item.word("decision").unwrap_or(Decision::Undecided),
    }
}

fn read_action(item: &Reader<'_>) -> Action {
    Action {
        text: item.string("text"),
        owner: item.word("owner"),
        due: item.word("due"),
        done_at: item.moment("done_at"),
    }
}
