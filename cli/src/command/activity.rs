//! `enhance activity`: start or complete one of the programme's activities.

use clap::Subcommand;
use enhance_client::CompletionProof;
use enhance_model::personal_record::EvidenceSource;
use serde::Serialize;

use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
};

const EXAMPLES: &str = "\
Examples:
  enhance module population-health          # lists the keys of its activities
  enhance activity start pop-read-causes
  enhance activity complete pop-read-causes
  enhance activity complete pop-write-profile --evidence 9f3c21ab
  enhance activity complete pop-teach-number --reason \"Seen by Dr Lee, who signs next week\"";

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
        /// What shows it: the id of a document, or enough of it.
        #[arg(long, value_name = "ID")]
        evidence: Option<String>,
        /// Why there is nothing to show, where something is asked for.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
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
        Verb::Complete { key, evidence, reason } => {
            let evidence =
                evidence.as_ref().map(|typed| documents::any(&core, typed)).transpose()?;
            let evidence = evidence.map(EvidenceSource::Document);
            let reason = reason.clone().unwrap_or_default();
            core.complete_activity_with(key, CompletionProof { evidence, reason })?;
            (key, "completed")
        }
    };
    let programme = core.programme()?;
    let known = programme.as_ref().and_then(|programme| programme.activity(activity));
    let declared = known.map(|(_, one)| (one.minutes, one.kind.session_kind()));
    context.output.answer(&ActivityAnswer { activity, state }, |sheet| {
        sheet.line(format!("Noted: {activity} {state}. Saved here."));
        if let (true, Some((minutes, kind))) = (state == "completed", declared) {
            let log = format!(
                "enhance log add --minutes {} --kind {kind} --title \"...\" --activity {activity}",
                minutes.0
            );
            sheet.next(&log, "add the time it took to your learning log");
        }
    })?;
    Ok(Exit::Done)
}
