//! Starting and editing a project.

use enhance_client::{LearningCore, RecipeSource};
use enhance_model::{
    CalendarDate, DocumentId, Tag,
    change_project::{AimEdit, Direction, ProgressScore, ProjectEdit, Section, Status, Unit},
};

use super::{
    answer::{EditAnswer, answer, edit_and_answer},
    item::{labelled, new_item},
    version,
};
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids, programme,
    text::{NamedText, TextSource, read_named},
    words::{day, one_of},
};

const SECTION_HELP: &str = "A section's text: NAME=TEXT, NAME=@FILE, or NAME=- for standard input; \
    NAME is problem, why_here, team, plan, handover, governance, equity, co_produced_with, \
    sustained or outcome";

/// What `enhance project new` takes.
#[derive(Debug, clap::Args)]
pub struct NewArguments {
    /// What the plan is called [with --from the default is what the recipe is called].
    #[arg(long, required_unless_present = "from")]
    title: Option<String>,
    /// The domain it belongs to: pcp, cmm, sys, pop, sje or env.
    #[arg(long, value_name = "KEY", value_parser = crate::words::key)]
    #[arg(default_value = "", conflicts_with = "from")]
    topic: String,
    /// Begin from a recipe: its key in the pack, @FILE, or - for standard input.
    #[arg(long, value_name = "RECIPE")]
    from: Option<TextSource>,
    /// Where it takes place: a ward, a practice, a community.
    #[arg(long, default_value = "")]
    setting: String,
}

/// What `enhance project edit` takes.
#[derive(Debug, clap::Args)]
pub struct EditArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// The version your texts were typed against; they are merged with what came since.
    #[arg(long, value_name = "VERSION")]
    base: Option<String>,
    /// A new title instead of the old one.
    #[arg(long)]
    title: Option<String>,
    /// The domain it belongs to.
    #[arg(long, value_name = "KEY", value_parser = crate::words::key)]
    topic: Option<String>,
    /// Where it takes place.
    #[arg(long)]
    setting: Option<String>,
    /// How far it has come.
    #[arg(long, value_parser = one_of!(Status))]
    status: Option<Status>,
    /// With --status: why, or what came of it. A plan that is completed needs one.
    #[arg(long, requires = "status")]
    note: Option<String>,
    /// How far the team sees itself, from 0.5 to 5.0.
    #[arg(long, value_name = "SCORE", allow_negative_numbers = true)]
    progress: Option<ProgressScore>,
    /// When it began, as 2026-09-01.
    #[arg(long, value_name = "DATE", value_parser = day)]
    start: Option<CalendarDate>,
    /// When it ended, or is to end.
    #[arg(long, value_name = "DATE", value_parser = day)]
    end: Option<CalendarDate>,
    #[arg(long = "section", value_name = "NAME=TEXT", help = SECTION_HELP)]
    sections: Vec<NamedText>,
    /// What it wants to achieve, in a sentence.
    #[arg(long, value_name = "SENTENCE")]
    aim: Option<TextSource>,
    /// Where the measure is meant to go.
    #[arg(long, value_name = "DIRECTION", value_parser = one_of!(Direction))]
    aim_direction: Option<Direction>,
    /// The value at the start.
    #[arg(long, value_name = "VALUE")]
    aim_from: Option<String>,
    /// The value that is wanted at the end.
    #[arg(long, value_name = "VALUE")]
    aim_to: Option<String>,
    /// Until when, as 2027-03-31.
    #[arg(long, value_name = "DATE", value_parser = day)]
    aim_by: Option<CalendarDate>,
    /// The measure that tells whether it is reached: its id, or enough of it.
    #[arg(long, value_name = "MEASURE")]
    aim_measure: Option<String>,
    /// What the two values are.
    #[arg(long, value_name = "UNIT", value_parser = one_of!(Unit))]
    aim_unit: Option<Unit>,
    /// The people it is for.
    #[arg(long, value_name = "POPULATION")]
    aim_for: Option<String>,
    /// The ward, practice or area it is for.
    #[arg(long, value_name = "PLACE")]
    aim_place: Option<String>,
    /// Add what it gives evidence for: domain:KEY, theme:KEY or capability:KEY.
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<Tag>,
    /// Take away what it gives no evidence for.
    #[arg(long = "untag", value_name = "TAG")]
    untags: Vec<Tag>,
}

/// Starts a project that holds only what was typed here.
pub fn new(context: &Context, arguments: &NewArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    programme::check_topic(&core, &arguments.topic)?;
    let NewArguments { title, topic, setting, from } = arguments;
    let title = title.as_deref().unwrap_or_default();
    let project = match from {
        None => core.create_project(title, topic, setting)?,
        Some(from) => {
            let recipe = match from {
                TextSource::Typed(key) => RecipeSource::Pack(key.clone()),
                from => RecipeSource::Text(from.read()?),
            };
            core.create_project_from(&recipe, title, setting)?
        }
    };
    let version = core.project(project)?.version;
    answer(context, &EditAnswer { project, version, item: None, found: Vec::new() })
}

/// Edits a project; texts are merged with what came since the base.
pub fn edit(context: &Context, arguments: &EditArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let base = match &arguments.base {
        Some(typed) => Some(version::resolve(&core, project, typed)?),
        None => None,
    };
    programme::check_topic(&core, arguments.topic.as_deref().unwrap_or_default())?;
    programme::check_tags(&core, &arguments.tags)?;
    let mut edits = fields(context, arguments);
    edits.extend(sections(arguments)?);
    edits.extend(aim(&core, project, arguments)?);
    if edits.is_empty() {
        return Err(Failure::Usage("say what to change; see enhance project edit --help".into()));
    }
    edit_and_answer(context, &core, (project, base.as_ref()), None, &edits)
}

fn fields(context: &Context, arguments: &EditArguments) -> Vec<ProjectEdit> {
    let title = arguments.title.clone().map(|title| ProjectEdit::Title { title });
    let topic = arguments.topic.clone().map(|topic| ProjectEdit::Topic { topic });
    let setting = arguments.setting.clone().map(|setting| ProjectEdit::Setting { setting });
    let status = arguments.status.map(|to| ProjectEdit::Move {
        id: new_item(context),
        to,
        at: context.now(),
        note: arguments.note.clone().unwrap_or_default(),
    });
    let progress = arguments.progress.map(|score| ProjectEdit::Progress { score: Some(score) });
    let start = arguments.start.map(|day| ProjectEdit::Start { on: Some(day) });
    let end = arguments.end.map(|day| ProjectEdit::End { on: Some(day) });
    let tags = arguments.tags.iter().map(|tag| ProjectEdit::AddTag { tag: tag.clone() });
    let untags = arguments.untags.iter().map(|tag| ProjectEdit::RemoveTag { tag: tag.clone() });
    let single = [title, topic, setting, status, progress, start, end].into_iter().flatten();
    single.chain(tags).chain(untags).collect()
}

fn sections(arguments: &EditArguments) -> Result<Vec<ProjectEdit>, Failure> {
    let read = read_named(&arguments.sections)?;
    let edit = |(name, text): (String, String)| {
        let section: Section =
            name.parse().map_err(|unknown| Failure::Usage(format!("--section: {unknown}")))?;
        Ok(ProjectEdit::Section { section, text })
    };
    read.into_iter().map(edit).collect()
}

/// What was typed of the aim, field by field.
fn aim(
    core: &LearningCore,
    project: DocumentId,
    arguments: &EditArguments,
) -> Result<Vec<ProjectEdit>, Failure> {
    let sentence = arguments.aim.as_ref().map(TextSource::read).transpose()?;
    let measure = match &arguments.aim_measure {
        Some(typed) => {
            let measures = core.project(project)?.project.measures;
            let measures = labelled(&measures, |measure| measure.name.clone());
            Some(ids::resolve("measure", typed, &measures)?)
        }
        None => None,
    };
    let edits = [
        sentence.map(AimEdit::Sentence),
        measure.map(|measure| AimEdit::Measure(Some(measure))),
        arguments.aim_direction.map(|direction| AimEdit::Direction(Some(direction))),
        arguments.aim_from.clone().map(AimEdit::From),
        arguments.aim_to.clone().map(AimEdit::To),
        arguments.aim_unit.map(|unit| AimEdit::Unit(Some(unit))),
        arguments.aim_by.map(|day| AimEdit::ByDate(Some(day))),
        arguments.aim_for.clone().map(AimEdit::Population),
        arguments.aim_place.clone().map(AimEdit::Place),
    ];
    Ok(edits.into_iter().flatten().map(|edit| ProjectEdit::Aim { edit }).collect())
}
