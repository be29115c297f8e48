//! `enhance activity`: start or complete one of the programme's activities.

use clap::Subcommand;
use serde::Serialize;

use crate::{
    context::Context,
    exit::{Exit, Failure},
};

const EXAMPLES: &str = "\
Examples:
  enhance module population-health          # lists the keys of its activities
  enhance activity start pop-read-causes
  enhance activity complete pop-read-causes";

/// Start or complete an activity.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Note that you began.
    #[command(after_help = "Example:\n  enhance activity start pop-read-causes")]
    Start {
        /// The key of the activity; its module lists it.
        key: String,
    },
    /// Note that you are done. The first completion stands.
    #[command(after_help = "Example:\n  enhance activity complete pop-read-causes")]
    Complete {
        /// The key of the activity; its module lists it.
        key: String,
    },
}

#[derive(Serialize)]
struct ActivityAnswer<'a> {
    activity: &'a str,
    state: &'static str,
}

/// Notes the start or the completion of an activity.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let (activity, state) = match &arguments.verb {
        Verb::Start { key } => {
            core.start_activity(key)?;
            (key, "started")
        }
        Verb::Complete { key } => {
            core.complete_activity(key)?;
            (key, "completed")
        }
    };
    context.output.answer(&ActivityAnswer { activity, state }, |sheet| {
        sheet.line(format!("Noted: {activity} {state}. Saved here."));
        if state == "completed" {
            let log = format!(
                "enhance log add --minutes 30 --kind core --title \"...\" --activity {activity}"
            );
            sheet.next(&log, "add the time it took to your learning log");
        }
    })?;
    Ok(Exit::Done)
}
