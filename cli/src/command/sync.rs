//! `enhance sync`: exchange with the server, once or whenever there is something to exchange.

use std::time::Duration;

use enhance_client::{Budget, Conditions, LearningCore, SyncReport, SyncState, Topic};
use enhance_model::{DocumentId, size};
use serde::Serialize;
use tokio::sync::mpsc;

use super::pack;
use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids::short,
    long_work::{progress, until_interrupted},
    output::{ProgressLine, Sheet},
    when::when,
    words::whole_number,
};

const EXAMPLES: &str = "\
Examples:
  enhance sync
  enhance sync --json | jq .round_trips
  enhance sync --deadline 30 --metered --max-bytes 200000
  enhance sync --watch

Without a network nothing changes and the exit code is 4; try again later. What the server
refused goes to quarantine, other work goes on, and the exit code is 9.
--watch keeps exchanging until Ctrl-C, one line per event (one JSON document per line with
--json). While it runs it holds this home; other commands answer that it is in use.";

/// How often a watch looks how the last exchange ended; nobody is told of one that failed.
const LOOK: Duration = Duration::from_millis(500);

/// Exchange with the server: send what is waiting, fetch what is new.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Keep exchanging until Ctrl-C.
    #[arg(long, conflicts_with_all = ["deadline", "max_bytes"])]
    watch: bool,

    /// Stop after so many seconds; what is done by then stays done.
    #[arg(long, value_name = "SECONDS", value_parser = whole_number::<u64>(1..=u64::MAX))]
    #[arg(allow_negative_numbers = true)]
    deadline: Option<u64>,

    /// Every byte is paid for: ask for small pages.
    #[arg(long)]
    metered: bool,

    /// Stop after about so many bytes up and down.
    #[arg(long, value_name = "N", value_parser = whole_number::<u64>(1..=u64::MAX))]
    #[arg(allow_negative_numbers = true)]
    max_bytes: Option<u64>,
}

/// What a watch tells.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Event {
    Exchanged {
        at: String,
        waiting: u64,
        quarantined: usize,
    },
    Failed {
        message: String,
        waiting: u64,
        next_attempt: Option<String>,
    },
    /// Documents are new or different.
    Changed {
        documents: Vec<DocumentId>,
    },
}

/// What an exchange came to.
#[derive(Serialize)]
struct Exchanged<'r> {
    #[serde(flatten)]
    report: &'r SyncReport,
    /// Why the server did not take yet what waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_taken: Option<String>,
}

/// Syncs once, or watches.
pub async fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    if arguments.watch {
        return watch(context, &core, arguments.metered).await;
    }
    let budget = Budget {
        deadline: arguments.deadline.map(Duration::from_secs),
        metered: arguments.metered,
        max_bytes: arguments.max_bytes,
    };
    let cancel = until_interrupted();
    let line = ProgressLine::new();
    let synced = core.sync(budget, &cancel, &|step| line.say(&progress(step))).await;
    drop(line);
    let report = synced?;
    let pack_is_behind = pack::is_behind(&core.packs()?);
    // The exchange went well, and still something waits for room on the server.
    let not_taken = core.sync_state()?.last_error.map(|error| error.to_string());
    let told = Exchanged { report: &report, not_taken };
    context.output.answer(&told, |sheet| write(sheet, &told, pack_is_behind))?;
    Ok(match report {
        SyncReport { round_trips: 0, .. } => Exit::Offline,
        SyncReport { quarantined: 1.., .. } => Exit::Refused,
        SyncReport { .. } => Exit::Done,
    })
}

async fn watch(context: &Context, core: &LearningCore, metered: bool) -> Result<Exit, Failure> {
    let (tell, mut changes) = mpsc::unbounded_channel();
    let _observation = core.observe(move |changes| {
        let documents: Vec<DocumentId> = changes.documents(Topic::Documents).collect();
        if !documents.is_empty() {
            // Nobody listens any more only when the watch is over.
            let _ = tell.send(documents);
        }
    });
    core.set_conditions(Conditions { online: true, metered, foreground: true });
    let _keeping = core.keep_in_sync();
    let stop = until_interrupted();
    let mut told = SyncState::default();
    while !stop.is_cancelled() {
        if let Ok(Some(documents)) = tokio::time::timeout(LOOK, changes.recv()).await {
            let ids: Vec<String> = documents.iter().map(short).collect();
            let sentence = format!("changed: {}", ids.join(", "));
            context.output.event(&Event::Changed { documents }, &sentence)?;
            continue;
        }
        let state = core.sync_state()?;
        if (state.last_success, state.failed_at) != (told.last_success, told.failed_at) {
            say(context, core, &state)?;
            told = state;
        }
    }
    Ok(Exit::Done)
}

fn say(context: &Context, core: &LearningCore, state: &SyncState) -> Result<(), Failure> {
    let waiting = state.waiting_entries;
    let (event, sentence) = if let Some(error) = &state.last_error {
        let message = error.to_string();
        let next_attempt = state.next_attempt.map(|at| at.to_string());
        let next = state.next_attempt.map(|at| format!("; next attempt {}", when(at)));
        let sentence = format!("{message}; {waiting} waiting{}", next.unwrap_or_default());
        (Event::Failed { message, waiting, next_attempt }, sentence)
    } else {
        let at = state.last_success.unwrap_or_default();
        let quarantined = core.quarantined()?.len();
        let sentence =
            format!("{} exchanged; {waiting} waiting, {quarantined} in quarantine", when(at));
        let at = at.to_string();
        (Event::Exchanged { at, waiting, quarantined }, sentence)
    };
    context.output.event(&event, &sentence)
}

fn write(sheet: &mut Sheet, told: &Exchanged<'_>, pack_is_behind: bool) {
    let Exchanged { report, not_taken } = told;
    let SyncReport { round_trips, bytes_up, bytes_down, .. } = report;
    if *round_trips == 0 {
        sheet.line("The time was up before the server answered. Your work is safe here.");
        sheet.next("enhance sync", "try again with more time");
        return;
    }
    let trips = if *round_trips == 1 { "round trip" } else { "round trips" };
    let done = if report.more || report.waiting > 0 { "Exchanged" } else { "In sync" };
    sheet.line(format!(
        "{done}: {round_trips} {trips}, {} up, {} down.",
        size(*bytes_up),
        size(*bytes_down)
    ));
    sheet.field("Sent", report.pushed.to_string());
    sheet.field("Fetched", report.pulled.to_string());
    if report.brought > 0 {
        sheet.field("Brought back", report.brought.to_string());
    }
    if report.uploaded + report.uploads_waiting > 0 {
        let (done, left) = (report.uploaded, report.uploads_waiting);
        sheet.field("Attachments", format!("{done} sent, {left} not on the server yet"));
    }
    if report.waiting > 0 {
        sheet.field("Waiting", report.waiting.to_string());
    }
    if let Some(why) = not_taken {
        sheet.field("Not taken", why);
    }
    if report.held > 0 {
        let why = report.held_by.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
        let held = report.held;
        sheet.field("Held up", format!("{held} too large for this network{why}"));
        sheet.line("It is tried once more when you sync, and now and then by itself.");
    }
    if report.quarantined > 0 {
        sheet.field("Refused", report.quarantined.to_string());
        sheet.next("enhance quarantine", "read what the server refused; nothing is lost");
    } else if report.more {
        sheet.next("enhance sync", "there is more to exchange");
    } else if pack_is_behind {
        sheet.next("enhance pack update", "fetch the newest of the programme");
    }
}
