//! `enhance inbox`: what waits for you.

use enhance_client::{Inbox, InboxPage, InboxView};
use enhance_model::{
    DocumentKind, ItemId,
    inbox::{InboxCounts, InboxKind, Leaves},
};
use serde::Serialize;

use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids::{self, short},
    output::Sheet,
    when::when,
};

const EXAMPLES: &str = "\
Examples:
  enhance inbox
  enhance inbox --count
  enhance inbox seen 9f3c21ab
  enhance inbox seen --all
  enhance inbox --json | jq -r \".items[].title\"";

/// So many things are shown, and looked for, at once.
const MOST: u32 = 200;

/// What waits for you: copies, sign-offs, comments, actions, nudges, deadlines.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// Only how much waits, by kind.
    #[arg(long)]
    count: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Say that you have seen something. Who shared a copy or signed for you is told.
    #[command(after_help = "Examples:\n  enhance inbox seen 9f3c21ab\n  enhance inbox seen --all")]
    Seen(SeenArguments),
}

#[derive(Debug, clap::Args)]
struct SeenArguments {
    /// The item's id, or enough of it.
    #[arg(required_unless_present = "all")]
    id: Option<String>,
    /// Everything that leaves when it was seen.
    #[arg(long, conflicts_with = "id")]
    all: bool,
}

#[derive(Serialize)]
struct SeenAnswer {
    seen: Vec<ItemId>,
    waiting: InboxCounts,
}

/// Lists what waits, counts it, or notes that something was seen.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    if arguments.count {
        let counts = core.inbox_counts()?;
        context.output.answer(&counts, |sheet| write_counts(sheet, &counts))?;
        return Ok(Exit::Done);
    }
    let inbox = core.inbox(InboxPage { after: None, limit: MOST })?;
    let Some(Command::Seen(seen)) = &arguments.command else {
        context.output.answer(&inbox, |sheet| write(sheet, &inbox))?;
        return Ok(Exit::Done);
    };
    let leaves = |one: &&InboxView| one.leaves == Leaves::WhenSeen;
    let seen: Vec<ItemId> = match &seen.id {
        Some(typed) => {
            let choice = |one: &InboxView| (one.item.id, one.item.title.clone());
            let choices: Vec<(ItemId, String)> = inbox.items.iter().map(choice).collect();
            vec![ids::resolve("item", typed, &choices)?]
        }
        None => inbox.items.iter().filter(leaves).map(|one| one.item.id).collect(),
    };
    seen.iter().try_for_each(|id| core.mark_inbox_seen(*id))?;
    let answer = SeenAnswer { seen, waiting: core.inbox_counts()? };
    context.output.answer(&answer, |sheet| {
        sheet.line(format!("Seen: {}. {} waiting.", answer.seen.len(), answer.waiting.total()));
    })?;
    Ok(Exit::Done)
}

fn write_counts(sheet: &mut Sheet, counts: &InboxCounts) {
    let row = |(kind, count): (&InboxKind, &u64)| vec![spoken(*kind), count.to_string()];
    sheet.line(format!("{} waiting.", counts.total()));
    if !counts.by_kind.is_empty() {
        sheet.table(&["what", "how many"], counts.by_kind.iter().map(row).collect(), "");
    }
}

fn write(sheet: &mut Sheet, inbox: &Inbox) {
    let row = |view: &InboxView| {
        let names: Vec<&str> = view.people.iter().map(|person| &*person.name).collect();
        vec![
            short(view.item.id),
            spoken(view.item.kind),
            names.join(", "),
            view.item.title.clone(),
            view.item.words.clone(),
            when(view.item.since),
            step(view),
        ]
    };
    let rows = inbox.items.iter().map(row).collect();
    let headings = ["id", "what", "from", "about", "words", "since", "next"];
    sheet.table(&headings, rows, "Nothing waits for you.");
    let shown = inbox.items.len() as u64;
    let more = inbox.counts.total().saturating_sub(shown);
    if more > 0 {
        sheet.line(format!("And {more} more."));
    }
    if inbox.items.iter().any(|one| one.leaves == Leaves::WhenSeen) {
        sheet.next("enhance inbox seen ID", "let go of what you have read; --all for all of it");
    }
}

/// The command that leads to the thing itself.
fn step(view: &InboxView) -> String {
    let id = short(view.item.document);
    let is_copy = view.document_kind == Some(DocumentKind::SharedReflection);
    let is_request = view.document_kind == Some(DocumentKind::SignOffRequest);
    match view.item.kind {
        InboxKind::Nudge if is_request => format!("enhance sign-off show {id}"),
        InboxKind::SignOffAsked
        | InboxKind::SignOffAnswered
        | InboxKind::SignOffWitnessed
        | InboxKind::SignOffEnded => format!("enhance sign-off show {id}"),
        InboxKind::ProjectInvited | InboxKind::HandoverOffered => {
            format!("enhance project accept {id}, or enhance project decline {id}")
        }
        InboxKind::HandoverDeclined => format!("enhance project handover {id} PERSON"),
        InboxKind::CopyShared => format!("enhance reflect show {id}"),
        InboxKind::Deadline => "enhance deadline".to_owned(),
        InboxKind::TicketAnswered => "enhance ticket list".to_owned(),
        InboxKind::SuggestionOpen => format!("enhance project suggestions {id}"),
        InboxKind::CommentAnswered | InboxKind::CommentUnanswered if is_copy => {
            format!("enhance reflect threads {id}")
        }
        InboxKind::CommentAnswered | InboxKind::CommentUnanswered => {
            format!("enhance project threads {id}")
        }
        InboxKind::ActionOverdue
        | InboxKind::ProjectSilent
        | InboxKind::MeasureWithoutValue
        | InboxKind::Nudge => format!("enhance project show {id}"),
    }
}

fn spoken(kind: InboxKind) -> String {
    if kind == InboxKind::CommentAnswered {
        // It may be the first one in its thread.
        return "comment for you".to_owned();
    }
    if kind == InboxKind::SignOffEnded {
        return "sign-off no longer counts".to_owned();
    }
    kind.as_str().replace("project", "plan").replace("sign_off", "sign-off").replace('_', " ")
}
