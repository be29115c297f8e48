//! Change projects.
//!
//! ```text
//! title topic setting status                                    scalars
//! sections/{section}                                            text
//! aim/sentence                                                  text
//! aim/direction, from, to, by_date                              scalars
//! measures/{id}/name, kind, definition, unit                    scalars
//! observations/{id}/measure, at, value                          scalars
//! cycles/{id}/change_idea, prediction, plan, done, studied, learned   text
//! cycles/{id}/scale, decision                                   scalars
//! actions/{id}/text, owner, due, done_at                        scalars
//! tags/{tag}                                                    true
//! ```
//! A value is one scalar, an integer in thousandths or a string `4/10`, so that two devices cannot
//! mix the numerator of one with the denominator of the other.

use std::collections::BTreeMap;

use automerge::{ObjId, ROOT, ScalarValue};
use enhance_model::{
    ItemId, Noun,
    change_project::{
        Action, Aim, ChangeProject, CycleText, Decision, Direction, Measure, MeasureKind,
        Observation, PdsaCycle, ProjectEdit, Section, Value,
    },
};

use super::{CREATED_AT_KEY, pen::Pen, time, view::View};
use crate::DocumentError;

const TITLE: &str = "title";
const TOPIC: &str = "topic";
const SETTING: &str = "setting";
const STATUS: &str = "status";
const SECTIONS: &str = "sections";
const AIM: &str = "aim";
const SENTENCE: &str = "sentence";
const MEASURES: &str = "measures";
const OBSERVATIONS: &str = "observations";
const CYCLES: &str = "cycles";
const ACTIONS: &str = "actions";
const TAGS: &str = "tags";

/// Writes a new plan, with every section and the aim empty.
pub fn create(
    pen: &mut Pen<'_>,
    title: &str,
    topic: &str,
    setting: &str,
) -> Result<(), DocumentError> {
    pen.put(&ROOT, TITLE, title)?;
    pen.put(&ROOT, TOPIC, topic)?;
    pen.put(&ROOT, SETTING, setting)?;
    pen.put(&ROOT, STATUS, enhance_model::change_project::Status::default().as_str())?;
    let sections = pen.new_map(&ROOT, SECTIONS)?;
    for section in Section::ALL {
        pen.new_text(&sections, section.as_str(), "")?;
    }
    let aim = pen.new_map(&ROOT, AIM)?;
    pen.new_text(&aim, SENTENCE, "")?;
    for container in [MEASURES, OBSERVATIONS, CYCLES, ACTIONS, TAGS] {
        pen.new_map(&ROOT, container)?;
    }
    Ok(())
}

/// Writes an edit.
pub fn write(pen: &mut Pen<'_>, edit: &ProjectEdit) -> Result<(), DocumentError> {
    match edit {
        ProjectEdit::Title { title } => pen.put(&ROOT, TITLE, title.as_str()),
        ProjectEdit::Topic { topic } => pen.put(&ROOT, TOPIC, topic.as_str()),
        ProjectEdit::Setting { setting } => pen.put(&ROOT, SETTING, setting.as_str()),
        ProjectEdit::Status { status } => pen.put(&ROOT, STATUS, status.as_str()),
        ProjectEdit::Section { section, text } => {
            let sections = pen.container(SECTIONS)?;
            pen.text(&[sections], section.as_str(), text)
        }
        ProjectEdit::Aim { aim } => write_aim(pen, aim),
        ProjectEdit::Measure { id, measure } => write_measure(pen, *id, measure),
        ProjectEdit::Observe { id, observation } => write_observation(pen, *id, observation),
        ProjectEdit::StartCycle { id } => start_cycle(pen, *id),
        ProjectEdit::CycleText { id, which, text } => {
            let cycles = pen.container(CYCLES)?;
            let cycle = pen.items(&cycles, Noun::Cycle, *id)?;
            pen.text(&cycle, which.as_str(), text)
        }
        ProjectEdit::CycleScale { id, scale } => {
            let cycles = pen.container(CYCLES)?;
            let cycle = pen.item(&cycles, Noun::Cycle, *id)?;
            pen.put(&cycle, "scale", scale.as_str())
        }
        ProjectEdit::Decide { id, decision } => {
            let cycles = pen.container(CYCLES)?;
            let cycle = pen.item(&cycles, Noun::Cycle, *id)?;
            pen.put(&cycle, "decision", decision.as_str())
        }
        ProjectEdit::Action { id, action } => write_action(pen, *id, action),
        ProjectEdit::AddTag { tag } => {
            let tags = pen.container(TAGS)?;
            pen.put(&tags, &tag.to_string(), true)
        }
        ProjectEdit::RemoveTag { tag } => {
            let tags = pen.container(TAGS)?;
            pen.clear(&tags, &tag.to_string())
        }
    }
}

fn write_aim(pen: &mut Pen<'_>, aim: &Aim) -> Result<(), DocumentError> {
    let map = pen.container(AIM)?;
    pen.text(std::slice::from_ref(&map), SENTENCE, &aim.sentence)?;
    pen.put_or_clear(&map, "direction", aim.direction.map(Direction::as_str))?;
    pen.put_or_clear(&map, "from", some_text(&aim.from))?;
    pen.put_or_clear(&map, "to", some_text(&aim.to))?;
    pen.put_or_clear(&map, "by_date", aim.by_date.map(|date| date.to_string()))
}

fn some_text(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn write_measure(pen: &mut Pen<'_>, id: ItemId, measure: &Measure) -> Result<(), DocumentError> {
    let measures = pen.container(MEASURES)?;
    let map = pen.item_or_new(&measures, &id.to_string())?;
    pen.put(&map, "name", measure.name.as_str())?;
    pen.put(&map, "kind", measure.kind.as_str())?;
    pen.put(&map, "definition", measure.definition.as_str())?;
    pen.put(&map, "unit", measure.unit.as_str())
}

fn write_observation(
    pen: &mut Pen<'_>,
    id: ItemId,
    observation: &Observation,
) -> Result<(), DocumentError> {
    if let Some(fault) = observation.value.fault() {
        return Err(DocumentError::InvalidValue { fault });
    }
    let observations = pen.container(OBSERVATIONS)?;
    let map = pen.item_or_new(&observations, &id.to_string())?;
    pen.put(&map, "measure", observation.measure.to_string())?;
    pen.put(&map, "at", observation.at.to_string())?;
    let value: ScalarValue = match &observation.value {
        Value::Number { thousandths } => (*thousandths).into(),
        Value::Ratio { numerator, denominator } => format!("{numerator}/{denominator}").into(),
    };
    pen.put(&map, "value", value)
}

fn start_cycle(pen: &mut Pen<'_>, id: ItemId) -> Result<(), DocumentError> {
    let cycles = pen.container(CYCLES)?;
    if pen.has(&cycles, &id.to_string()) {
        return Ok(());
    }
    let cycle = pen.new_map(&cycles, &id.to_string())?;
    pen.put(&cycle, "decision", Decision::Undecided.as_str())?;
    CycleText::ALL.iter().try_for_each(|which| pen.new_text(&cycle, which.as_str(), ""))
}

fn write_action(pen: &mut Pen<'_>, id: ItemId, action: &Action) -> Result<(), DocumentError> {
    let actions = pen.container(ACTIONS)?;
    let map = pen.item_or_new(&actions, &id.to_string())?;
    pen.put(&map, "text", action.text.as_str())?;
    pen.put_or_clear(&map, "owner", action.owner.map(|owner| owner.to_string()))?;
    pen.put_or_clear(&map, "due", action.due.map(|due| due.to_string()))?;
    pen.put_or_clear(&map, "done_at", action.done_at.map(time))
}

/// Reads a plan.
pub fn read(view: &View<'_>) -> ChangeProject {
    let sections: Vec<ObjId> = view.required_map(SECTIONS).into_iter().collect();
    let written = Section::ALL
        .iter()
        .map(|section| (*section, view.text(&sections, section.as_str())))
        .collect();
    ChangeProject {
        title: view.string_or_empty(&ROOT, TITLE),
        topic: view.string_or_empty(&ROOT, TOPIC),
        setting: view.string_or_empty(&ROOT, SETTING),
        status: view.word(&ROOT, STATUS).unwrap_or_default(),
        sections: written,
        aim: read_aim(view),
        measures: read_items(view, MEASURES, |map| Some(read_measure(view, map.last()?))),
        observations: read_items(view, OBSERVATIONS, |map| read_observation(view, map.last()?)),
        cycles: read_items(view, CYCLES, |maps| read_cycle(view, maps)),
        actions: read_items(view, ACTIONS, |map| Some(read_action(view, map.last()?))),
        tags: view.marked(TAGS),
        created_at: view.moment(&ROOT, CREATED_AT_KEY).unwrap_or_default(),
    }
}

fn read_items<T>(
    view: &View<'_>,
    container: &str,
    read: impl Fn(&[ObjId]) -> Option<T>,
) -> BTreeMap<ItemId, T> {
    let items = view.items(container).into_iter();
    items.filter_map(|(id, maps)| Some((id, read(&maps)?))).collect()
}

fn read_aim(view: &View<'_>) -> Aim {
    let Some(map) = view.required_map(AIM) else { return Aim::default() };
    Aim {
        sentence: view.text(std::slice::from_ref(&map), SENTENCE),
        direction: view.word(&map, "direction"),
        from: view.string_or_empty(&map, "from"),
        to: view.string_or_empty(&map, "to"),
        by_date: view.word(&map, "by_date"),
    }
}

fn read_measure(view: &View<'_>, map: &ObjId) -> Measure {
    Measure {
        name: view.string_or_empty(map, "name"),
        kind: view.word(map, "kind").unwrap_or(MeasureKind::Outcome),
        definition: view.string_or_empty(map, "definition"),
        unit: view.string_or_empty(map, "unit"),
    }
}

/// An observation without a readable measure, day or value cannot be drawn; it stays unseen.
fn read_observation(view: &View<'_>, map: &ObjId) -> Option<Observation> {
    Some(Observation {
        measure: view.word(map, "measure")?,
        at: view.word(map, "at")?,
        value: view.value(map, "value")?,
    })
}

/// Reads a value as it is written in a document.
pub fn value(scalar: &ScalarValue) -> Option<Value> {
    let value = match scalar {
        ScalarValue::Int(thousandths) => Value::Number { thousandths: *thousandths },
        ScalarValue::Str(text) => {
            let (numerator, denominator) = text.split_once('/')?;
            Value::Ratio {
                numerator: numerator.parse().ok()?,
                denominator: denominator.parse().ok()?,
            }
        }
        _ => return None,
    };
    value.fault().is_none().then_some(value)
}

fn read_cycle(view: &View<'_>, maps: &[ObjId]) -> Option<PdsaCycle> {
    let map = maps.last()?;
    let text = |which: CycleText| view.text(maps, which.as_str());
    Some(PdsaCycle {
        change_idea: text(CycleText::ChangeIdea),
        prediction: text(CycleText::Prediction),
        scale: view.word(map, "scale"),
        plan: text(CycleText::Plan),
        done: text(CycleText::Done),
        studied: text(CycleText::Studied),
        learned: text(CycleText::Learned),
        decision: view.word(map, "decision").unwrap_or(Decision::Undecided),
    })
}

fn read_action(view: &View<'_>, map: &ObjId) -> Action {
    Action {
        text: view.string_or_empty(map, "text"),
        owner: view.word(map, "owner"),
        due: view.word(map, "due"),
        done_at: view.moment(map, "done_at"),
    }
}
