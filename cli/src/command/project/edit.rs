//! Starting and editing a project.

use enhance_client::LearningCore;
use enhance_model::{
    CalendarDate, DocumentId, Tag, Version,
    change_project::{Aim, Direction, ProjectEdit, Section, Status},
};

use super::{
    answer::{EditAnswer, answer, edit_and_answer},
    version,
};
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    programme,
    text::{NamedText, TextSource, read_named},
    words::{day, one_of},
};

const SECTION_HELP: &str = "A section's text: NAME=TEXT, NAME=@FILE, or NAME=- for standard input; \
    NAME is problem, why_here, team, plan or handover";

/// What `enhance project new` takes.
#[derive(Debug, clap::Args)]
pub struct NewArguments {
    /// What the plan is called.
    #[arg(long)]
    title: String,
    /// The domain it belongs to: pcp, cmm, sys, pop, sje or env.
    #[arg(long, value_name = "KEY", default_value = "")]
    topic: String,
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
    #[arg(long, value_name = "KEY")]
    topic: Option<String>,
    /// Where it takes place.
    #[arg(long)]
    setting: Option<String>,
    /// How far it has come.
    #[arg(long, value_parser = one_of!(Status))]
    status: Option<Status>,
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
    let NewArguments { title, topic, setting } = arguments;
    let project = core.create_project(title, topic, setting)?;
    let version = core.project(project)?.version;
    answer(context, &EditAnswer { project, version, item: None })
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
    let mut edits = fields(arguments);
    edits.extend(sections(arguments)?);
    if sets_aim(arguments) {
        let aim = aim(&core, (project, base.as_ref()), arguments)?;
        edits.push(ProjectEdit::Aim { aim });
    }
    if edits.is_empty() {
        return Err(Failure::Usage("say what to change; see enhance project edit --help".into()));
    }
    edit_and_answer(context, &core, (project, base.as_ref()), None, &edits)
}

fn fields(arguments: &EditArguments) -> Vec<ProjectEdit> {
    let title = arguments.title.clone().map(|title| ProjectEdit::Title { title });
    let topic = arguments.topic.clone().map(|topic| ProjectEdit::Topic { topic });
    let setting = arguments.setting.clone().map(|setting| ProjectEdit::Setting { setting });
    let status = arguments.status.map(|status| ProjectEdit::Status { status });
    let tags = arguments.tags.iter().map(|tag| ProjectEdit::AddTag { tag: tag.clone() });
    let untags = arguments.untags.iter().map(|tag| ProjectEdit::RemoveTag { tag: tag.clone() });
    let single = [title, topic, setting, status].into_iter().flatten();
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

const fn sets_aim(arguments: &EditArguments) -> bool {
    arguments.aim.is_some()
        || arguments.aim_direction.is_some()
        || arguments.aim_from.is_some()
        || arguments.aim_to.is_some()
        || arguments.aim_by.is_some()
}

/// The whole aim: what was typed, and the rest as it stands, or stood in the base.
fn aim(
    core: &LearningCore,
    (project, base): (DocumentId, Option<&Version>),
    arguments: &EditArguments,
) -> Result<Aim, Failure> {
    let standing = match base {
        Some(base) => core.project_at(project, base)?.aim,
        None => core.project(project)?.project.aim,
    };
    let sentence = arguments.aim.as_ref().map(TextSource::read).transpose()?;
    Ok(Aim {
        sentence: sentence.unwrap_or(standing.sentence),
        direction: arguments.aim_direction.or(standing.direction),
        from: arguments.aim_from.clone().unwrap_or(standing.from),
        to: arguments.aim_to.clone().unwrap_or(standing.to),
        by_date: arguments.aim_by.or(standing.by_date),
    })
}
