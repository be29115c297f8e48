//! `enhance log`: the learning log, and what it counts for.

use clap::Subcommand;
use enhance_client::{LearningCore, LearningLog, NewSession};
use enhance_model::{ItemId, Minutes, Timestamp, personal_record::SessionKind};
use serde::Serialize;

use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids,
    output::Sheet,
    programme,
    when::when,
    words::{moment, one_of, whole_number},
};

const EXAMPLES: &str = "\
Examples:
  enhance log
  enhance log add --minutes 90 --kind core --title \"Teaching on frailty\" --module complex-multimorbidity
  enhance log add --minutes 20 --kind elearning --title \"Sepsis update\" --start 2026-11-20T13:00:00Z
  enhance log remove 9f3c21ab

Kinds: core, non_core and elearning count (e-learning up to a cap); statutory, induction,
life_support and other do not.";

/// Your learning log: time spent, and what it counts for.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Add time you spent learning.
    #[command(
        after_help = "Example:\n  enhance log add --minutes 45 --kind non_core --title \"Ward round teaching\""
    )]
    Add(AddArguments),
    /// Take a session out again.
    #[command(after_help = "Example:\n  enhance log remove 9f3c21ab")]
    Remove {
        /// The session's id, or enough of it.
        id: String,
    },
    /// List the log and what it counts for.
    #[command(after_help = "Example:\n  enhance log list --json")]
    List,
}

#[derive(Debug, clap::Args)]
struct AddArguments {
    /// How long it took, in minutes.
    #[arg(long, value_parser = whole_number::<u32>(1..=1440))]
    minutes: u32,
    /// How the session counts.
    #[arg(long, value_parser = one_of!(SessionKind))]
    kind: SessionKind,
    /// What the session was.
    #[arg(long)]
    title: String,
    /// The module it counts towards.
    #[arg(long, value_name = "KEY")]
    module: Option<String>,
    /// The activity it was spent on.
    #[arg(long, value_name = "KEY")]
    activity: Option<String>,
    /// When it began, as 2026-11-22T13:00 by your clock or 2026-11-22T13:00Z in UTC [default: so
    /// long ago that it ends now].
    #[arg(long, value_name = "TIME", value_parser = moment)]
    start: Option<Timestamp>,
}

#[derive(Serialize)]
struct SessionAnswer {
    session: ItemId,
    state: &'static str,
}

/// Lists the log, or adds and removes sessions.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let changed = match &arguments.verb {
        None | Some(Verb::List) => {
            let log = core.learning_log()?;
            context.output.answer(&log, |sheet| write(sheet, &log))?;
            return Ok(Exit::Done);
        }
        Some(Verb::Add(session)) => {
            SessionAnswer { session: add(context, &core, session)?, state: "added" }
        }
        Some(Verb::Remove { id }) => {
            SessionAnswer { session: remove(&core, id)?, state: "removed" }
        }
    };
    context.output.answer(&changed, |sheet| {
        sheet.line(format!(
            "Session {} {}. Saved here.",
            ids::short(changed.session),
            changed.state
        ));
        sheet.next("enhance log", "see what your log counts for");
    })?;
    Ok(Exit::Done)
}

fn add(context: &Context, core: &LearningCore, session: &AddArguments) -> Result<ItemId, Failure> {
    if let Some(module) = &session.module {
        programme::check_module(core, module)?;
    }
    let began = || context.now().plus_millis(-60_000 * i64::from(session.minutes));
    Ok(core.add_session(NewSession {
        title: session.title.clone(),
        activity: session.activity.clone(),
        module: session.module.clone(),
        start: session.start.unwrap_or_else(began),
        minutes: Minutes(session.minutes),
        kind: session.kind,
    })?)
}

fn remove(core: &LearningCore, typed: &str) -> Result<ItemId, Failure> {
    let log = core.learning_log()?;
    let sessions: Vec<_> =
        log.sessions.iter().map(|view| (view.id, view.session.title.clone())).collect();
    let id = ids::resolve("session", typed, &sessions)?;
    core.remove_session(id)?;
    Ok(id)
}

fn write(sheet: &mut Sheet, log: &LearningLog) {
    let rows = log.sessions.iter().map(|view| {
        let session = &view.session;
        vec![
            ids::short(view.id),
            when(session.start),
            session.minutes.to_string(),
            session.kind.to_string(),
            session.title.clone(),
            session.module.clone().unwrap_or_default(),
        ]
    });
    let header = ["id", "start", "time", "kind", "title", "module"];
    sheet.table(&header, rows.collect(), "No learning time noted yet.");
    let (count, rule) = (&log.count, &log.rule);
    let met = |met: bool| if met { "reached" } else { "not yet" };
    sheet.blank();
    sheet.field(
        "Counts",
        format!("{} of {} ({})", count.counted, rule.target, met(count.target_met)),
    );
    sheet.field("Core", format!("{} of {} ({})", count.core, rule.core, met(count.core_met)));
    sheet.field("E-learning", format!("{} (counts up to {})", count.elearning, rule.elearning_cap));
    sheet.field("Does not count", count.excluded.to_string());
    sheet.line("Rule: the foundation programme's learning log for twelve months full time.");
}
