//! `enhance activity`: start or complete one of the programme's activities.

use clap::Subcommand;
use enhance_client::{CompletionProof, DebriefAnswer, DebriefView, LearningCore};
use enhance_model::{
    Noun,
    personal_record::EvidenceSource,
    programme::{Activity, ActivityKind, DebriefGuide},
    record::Whole,
};
use serde::Serialize;

use super::record;
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
    when::when,
    words::whole_number,
};

const EXAMPLES: &str = "\
Examples:
  enhance module population-health          # lists the keys of its activities
  enhance activity start pop-read-causes
  enhance activity complete pop-read-causes
  enhance activity complete pop-write-profile --evidence 9f3c21ab
  enhance activity debrief cmm-discharge --before 4
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
        #[arg(value_parser = crate::words::key)]
        key: String,
    },
    /// Note that you are done. The first completion stands.
    #[command(after_help = "Example:\n  enhance activity complete pop-read-causes")]
    Complete {
        /// The key of the activity; its module lists it.
        #[arg(value_parser = crate::words::key)]
        key: String,
        /// What shows it: the id of a document, or enough of it.
        #[arg(long, value_name = "ID")]
        evidence: Option<String>,
        /// Why there is nothing to show, where something is asked for.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Say how a simulation or an immersive film was talked over.
    #[command(after_help = DEBRIEF_EXAMPLES)]
    Debrief {
        /// The key of the activity; its module lists it.
        #[arg(value_parser = crate::words::key)]
        key: String,
        /// How sure you are before it, from 0 to 10.
        #[arg(long, value_name = "0-10", value_parser = whole_number::<u32>(0..=10))]
        #[arg(allow_negative_numbers = true)]
        before: Option<u32>,
        /// How sure you are after it, from 0 to 10.
        #[arg(long, value_name = "0-10", value_parser = whole_number::<u32>(0..=10))]
        #[arg(allow_negative_numbers = true)]
        after: Option<u32>,
        /// The reflection in which you answered its prompts, by its id or enough of it.
        #[arg(long, value_name = "ID")]
        reflection: Option<String>,
    },
}

const DEBRIEF_EXAMPLES: &str = "\
Examples:
  enhance activity debrief cmm-discharge               # what is asked
  enhance activity debrief cmm-discharge --before 4
  enhance activity debrief cmm-discharge --after 6 --reflection 9f3c21ab";

/// How one says what shows a completion, or why there is nothing.
const SHOWN_BY: &str = "--evidence ID or --reason TEXT";

#[derive(Serialize)]
struct ActivityAnswer<'a> {
    activity: &'a str,
    state: &'static str,
}

/// Notes the start or the completion of an activity.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let mut before = None;
    let (activity, state) = match &arguments.verb {
        Verb::Debrief { key, before, after, reflection } => {
            let reflection = reflection.as_ref();
            let reflection =
                reflection.map(|typed| documents::reflection(&core, typed)).transpose()?;
            let (before, after) = (before.map(Whole), after.map(Whole));
            let answer = DebriefAnswer { before, after, reflection };
            if answer != DebriefAnswer::default() {
                core.answer_debrief(key, answer)?;
            }
            return show_debrief(context, &core, key);
        }
        Verb::Start { key } => {
            core.start_activity(key)?;
            (key, "started")
        }
        Verb::Complete { key, evidence, reason } => {
            let evidence = evidence.as_ref().map(|typed| record::evidence(&core, typed));
            let evidence = evidence.transpose()?;
            let reason = reason.clone().unwrap_or_default();
            before = core.record()?.progress(key).completed_at;
            let completed = core.complete_activity_with(key, CompletionProof { evidence, reason });
            completed.map_err(|error| record::asking(error, SHOWN_BY))?;
            (key, "completed")
        }
    };
    let programme = core.programme()?;
    let known = programme.as_ref().and_then(|programme| programme.activity(activity));
    let known = known.map(|(_, one)| one);
    context.output.answer(&ActivityAnswer { activity, state }, |sheet| {
        if let Some(at) = before {
            sheet.line(format!("{activity} was completed already, on {}, which stands.", when(at)));
            return;
        }
        sheet.line(format!("Noted: {activity} {state}. Saved here."));
        match known {
            Some(known) if state == "completed" => hint_log(sheet, known),
            Some(known) if known.debrief.is_some() => {
                let before = format!("enhance activity debrief {activity} --before 0-10");
                sheet.next(&before, "say how sure you are before it");
            }
            _ => {}
        }
    })?;
    Ok(Exit::Done)
}

/// The minutes and the kind that are declared, for each part.
fn hint_log(sheet: &mut Sheet, activity: &Activity) {
    let key = &activity.key;
    let add = "add the time it took to your learning log";
    for part in &activity.parts {
        let (minutes, kind, part_key) = (part.minutes.0, part.session_kind(), &part.key);
        let log = format!(
            "enhance log add --minutes {minutes} --activity {key} --part {part_key} --title \"...\""
        );
        sheet.next(&log, &format!("{add}: {}, which counts as {}", part.title, kind.in_words()));
    }
    if activity.parts.is_empty() {
        let (minutes, kind) = (activity.minutes.0, activity.kind.session_kind());
        let log = format!(
            "enhance log add --minutes {minutes} --kind {kind} --title \"...\" --activity {key}"
        );
        let what = match activity.kind {
            ActivityKind::Read | ActivityKind::Watch | ActivityKind::Vr => "what you do in the app",
            _ => "it",
        };
        sheet.next(&log, &format!("{add}; {what} counts as {}", kind.in_words()));
    }
}

#[derive(Serialize)]
struct DebriefSheet<'a> {
    activity: &'a str,
    guide: &'a DebriefGuide,
    debriefs: &'a [DebriefView],
}

/// What is asked of an activity that is talked over, and what was answered.
fn show_debrief(context: &Context, core: &LearningCore, key: &str) -> Result<Exit, Failure> {
    let missing = || Failure::NotFound { what: Noun::Activity.as_str(), typed: key.to_owned() };
    let programme = core.programme()?.ok_or_else(missing)?;
    let (module, activity) = programme.activity(key).ok_or_else(missing)?;
    let Some(guide) = &activity.debrief else {
        return Err(Failure::Usage(format!("{key} is nothing that is talked over")));
    };
    let module = core.module(&module.key)?;
    let view = module.activities.iter().find(|view| view.activity.key == key);
    let debriefs = view.map(|view| view.debriefs.as_slice()).unwrap_or_default();
    let answer = DebriefSheet { activity: key, guide, debriefs };
    let prompts = programme.template(&guide.template).map(|template| template.prompts.as_slice());
    context.output.answer(&answer, |sheet| {
        sheet.line(format!(
            "How sure are you, from 0 to 10, that you can {}?",
            guide.confidence.trim_end_matches('.')
        ));
        for prompt in prompts.unwrap_or_default() {
            sheet.item(0, &prompt.label);
        }
        for DebriefView { id, debrief } in debriefs {
            let sure = |sure: Option<Whole>| {
                sure.map_or_else(|| "not said".to_owned(), |sure| sure.0.to_string())
            };
            sheet.heading(format!("Debrief {} of {}", short(*id), when(debrief.at)));
            sheet.field("Sure before", sure(debrief.confidence_before));
            sheet.field("Sure after", sure(debrief.confidence_after));
            let written = debrief.evidence.map(|evidence| match evidence {
                EvidenceSource::Document(id) => format!("reflection {}", short(id)),
                EvidenceSource::Item(id) => short(id),
            });
            sheet.field("Written", written.unwrap_or_else(|| "nothing yet".to_owned()));
        }
        let is_completed = view.is_some_and(|view| view.progress.completed_at.is_some());
        hint_debrief(sheet, key, guide, debriefs.last(), is_completed);
    })?;
    Ok(Exit::Done)
}

fn hint_debrief(
    sheet: &mut Sheet,
    key: &str,
    guide: &DebriefGuide,
    last: Option<&DebriefView>,
    is_completed: bool,
) {
    let debrief = last.map(|view| &view.debrief);
    if debrief.is_none_or(|one| one.confidence_before.is_none()) {
        let before = format!("enhance activity debrief {key} --before 0-10");
        sheet.next(&before, "say it before you begin");
    } else if debrief.is_some_and(|one| one.confidence_after.is_none()) {
        let after = format!("enhance activity debrief {key} --after 0-10");
        sheet.next(&after, "say it again afterwards");
    }
    if debrief.is_none_or(|one| one.evidence.is_none()) {
        let template = &guide.template;
        let write = format!(
            "enhance reflect new --template {template} --prompted-by {key} --title \"...\""
        );
        sheet.next(&write, "answer its prompts; then name it with --reflection");
    } else if !is_completed {
        sheet.next(&format!("enhance activity complete {key}"), "note that you are done");
    }
}
