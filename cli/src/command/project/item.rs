//! The parts of a project that are added one by one: measures, observations, cycles, actions.

use clap::Subcommand;
use enhance_client::LearningCore;
use enhance_model::{
    CalendarDate, DocumentId, ItemId, Items,
    change_project::{
        Action, ActionEdit, ChangeProject, CycleEdit, CycleText, Decision, Item, Measure,
        MeasureKind, Observation, PdsaCycle, ProjectEdit, Scale, Unit, Value,
    },
};

use super::{answer::edit_and_answer, version};
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids,
    text::{NamedText, TextSource, read_named},
    words::{day, one_of, value},
};

const TEXT_HELP: &str = "A text of it: NAME=TEXT, NAME=@FILE, or NAME=- for standard input; \
    NAME is change_idea, prediction, plan, done, data, studied or learned";

/// What can be done with measures.
#[derive(Debug, Subcommand)]
pub enum MeasureVerb {
    /// Add a measure to a plan.
    #[command(after_help = "\
Example:
  enhance project measure add 1c9e77d0 --name \"Repeat bloods a week\" --kind outcome --unit count --definition \"Counted by the ward clerk each Friday\"")]
    Add {
        /// The plan's id, or enough of it.
        id: String,
        /// What the measure is called.
        #[arg(long)]
        name: String,
        /// What the measure tells about the change.
        #[arg(long, value_parser = one_of!(MeasureKind))]
        kind: MeasureKind,
        /// What is counted, from where, by whom, how often.
        #[arg(long, default_value = "")]
        definition: TextSource,
        /// What its values are.
        #[arg(long, value_parser = one_of!(Unit))]
        unit: Option<Unit>,
    },
}

/// What `enhance project observe` takes.
#[derive(Debug, clap::Args)]
pub struct ObserveArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// The measure's id, or enough of it.
    measure: String,
    /// The value: a number such as 37 or 12.5, or a share such as 12/40.
    #[arg(long, value_parser = value, allow_negative_numbers = true)]
    value: Value,
    /// The day, or the first day of the period, as 2026-11-20.
    #[arg(long, value_name = "DATE", value_parser = day)]
    at: CalendarDate,
}

/// What can be done with cycles.
#[derive(Debug, Subcommand)]
pub enum CycleVerb {
    /// Start a plan-do-study-act cycle.
    #[command(after_help = "\
Example:
  enhance project cycle start 1c9e77d0 --text change_idea=\"One round a day\" --text prediction=\"Ten fewer\" --scale one_team")]
    Start {
        /// The plan's id, or enough of it.
        id: String,
        #[arg(long = "text", value_name = "NAME=TEXT", help = TEXT_HELP)]
        texts: Vec<NamedText>,
        /// On how much it is tested.
        #[arg(long, value_parser = one_of!(Scale))]
        scale: Option<Scale>,
    },
    /// Write in a cycle of a plan.
    #[command(after_help = "\
Example:
  enhance project cycle write 1c9e77d0 3e6f9021 --text studied=@studied.txt")]
    Write {
        /// The plan's id, or enough of it.
        id: String,
        /// The cycle's id, or enough of it.
        cycle: String,
        #[arg(long = "text", value_name = "NAME=TEXT", help = TEXT_HELP)]
        #[arg(required_unless_present = "scale")]
        texts: Vec<NamedText>,
        /// On how much it is tested.
        #[arg(long, value_parser = one_of!(Scale))]
        scale: Option<Scale>,
        /// The version your texts were typed against.
        #[arg(long, value_name = "VERSION")]
        base: Option<String>,
    },
    /// Say what follows from a cycle.
    #[command(after_help = "Example:\n  enhance project cycle decide 1c9e77d0 3e6f9021 adapt")]
    Decide {
        /// The plan's id, or enough of it.
        id: String,
        /// The cycle's id, or enough of it.
        cycle: String,
        /// What follows from the cycle.
        #[arg(value_parser = one_of!(Decision))]
        decision: Decision,
    },
}

/// What can be done with actions.
#[derive(Debug, Subcommand)]
pub enum ActionVerb {
    /// Add something to be done.
    #[command(after_help = "\
Example:
  enhance project action add 1c9e77d0 \"Ask the lab for figures\" --owner \"Dr Lee\" --due 2026-12-01")]
    Add {
        /// The plan's id, or enough of it.
        id: String,
        /// What has to be done.
        text: String,
        /// Who does it: their name, part of it, or their id.
        #[arg(long, value_name = "PERSON")]
        owner: Option<String>,
        /// Until when, as 2026-12-01.
        #[arg(long, value_name = "DATE", value_parser = day)]
        due: Option<CalendarDate>,
    },
    /// Note that an action was done.
    #[command(after_help = "Example:\n  enhance project action done 1c9e77d0 5a0b7c66")]
    Done {
        /// The plan's id, or enough of it.
        id: String,
        /// The action's id, or enough of it.
        action: String,
    },
}

/// Adds a measure to a project.
pub fn measure(context: &Context, verb: &MeasureVerb) -> Result<Exit, Failure> {
    let MeasureVerb::Add { id, name, kind, definition, unit } = verb;
    let core = context.core()?;
    let project = documents::project(&core, id)?;
    let item = new_item(context);
    let measure = Measure {
        name: name.clone(),
        kind: *kind,
        definition: definition.read()?,
        unit: *unit,
        ..Measure::default()
    };
    edit_and_answer(context, &core, (project, None), Some(item), &measure.adding(item))
}

/// Notes one value of a measure.
pub fn observe(context: &Context, arguments: &ObserveArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let standing = core.project(project)?.project;
    let measures = labelled(&standing.measures, |measure| measure.name.clone());
    let measure = ids::resolve("measure", &arguments.measure, &measures)?;
    let item = new_item(context);
    let seen = Observation::new(measure, arguments.at, arguments.value.clone());
    edit_and_answer(context, &core, (project, None), Some(item), &seen.adding(item))
}

/// Starts a cycle, writes in one, or says what follows from it.
pub fn cycle(context: &Context, verb: &CycleVerb) -> Result<Exit, Failure> {
    let core = context.core()?;
    match verb {
        CycleVerb::Start { id, texts, scale } => {
            let project = documents::project(&core, id)?;
            let item = new_item(context);
            let mut edits = PdsaCycle::default().adding(item);
            edits.extend(written(item, texts, *scale)?);
            edit_and_answer(context, &core, (project, None), Some(item), &edits)
        }
        CycleVerb::Write { id, cycle, texts, scale, base } => {
            let (project, item) = cycle_of(&core, id, cycle)?;
            let base = match base {
                Some(typed) => Some(version::resolve(&core, project, typed)?),
                None => None,
            };
            let edits = written(item, texts, *scale)?;
            edit_and_answer(context, &core, (project, base.as_ref()), Some(item), &edits)
        }
        CycleVerb::Decide { id, cycle, decision } => {
            let (project, item) = cycle_of(&core, id, cycle)?;
            let edits = [ProjectEdit::Cycle { id: item, edit: CycleEdit::Decision(*decision) }];
            edit_and_answer(context, &core, (project, None), Some(item), &edits)
        }
    }
}

/// Adds an action, or notes that it was done.
pub fn action(context: &Context, verb: &ActionVerb) -> Result<Exit, Failure> {
    let core = context.core()?;
    match verb {
        ActionVerb::Add { id, text, owner, due } => {
            let project = documents::project(&core, id)?;
            let people = core.people()?;
            let owner = match owner {
                Some(typed) => Some(ids::person(typed, &people)?.id),
                None => None,
            };
            let item = new_item(context);
            let action = Action { text: text.clone(), owner, due: *due, done_at: None };
            edit_and_answer(context, &core, (project, None), Some(item), &action.adding(item))
        }
        ActionVerb::Done { id, action } => {
            let project = documents::project(&core, id)?;
            let standing = core.project(project)?.project;
            let actions = labelled(&standing.actions, |action| action.text.clone());
            let item = ids::resolve("action", action, &actions)?;
            let is_done = standing.actions.get(&item).is_some_and(|it| it.done_at.is_some());
            let done = ActionEdit::DoneAt(Some(context.now()));
            let edits = [ProjectEdit::Action { id: item, edit: done }];
            let edits = if is_done { &edits[..0] } else { &edits };
            edit_and_answer(context, &core, (project, None), Some(item), edits)
        }
    }
}

fn cycle_of(core: &LearningCore, id: &str, cycle: &str) -> Result<(DocumentId, ItemId), Failure> {
    let project = documents::project(core, id)?;
    let ChangeProject { cycles, .. } = core.project(project)?.project;
    let cycles = labelled(&cycles, |cycle| cycle.change_idea.clone());
    Ok((project, ids::resolve("cycle", cycle, &cycles)?))
}

fn written(
    cycle: ItemId,
    texts: &[NamedText],
    scale: Option<Scale>,
) -> Result<Vec<ProjectEdit>, Failure> {
    let mut edits = Vec::new();
    for (name, text) in read_named(texts)? {
        let which: CycleText =
            name.parse().map_err(|unknown| Failure::Usage(format!("--text: {unknown}")))?;
        edits.push(ProjectEdit::Cycle { id: cycle, edit: which.edit(text) });
    }
    edits.extend(
        scale.map(|scale| ProjectEdit::Cycle { id: cycle, edit: CycleEdit::Scale(Some(scale)) }),
    );
    Ok(edits)
}

pub(super) fn labelled<T>(items: &Items<T>, label: impl Fn(&T) -> String) -> Vec<(ItemId, String)> {
    items.iter().map(|(id, item)| (*id, label(item))).collect()
}

pub(super) fn new_item(context: &Context) -> ItemId {
    ItemId::new(context.now(), context.environment.randomness.bytes())
}
