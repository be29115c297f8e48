//! `enhance ticket`: links for partners and assessors who have no account, and opening one.

mod holder;

use enhance_client::{Cancellation, LearningCore, NewTicket, TicketView};
use enhance_model::{
    DocumentId, ItemId,
    ticket::{MOST_DAYS, MOST_USES, TicketDeed, TicketRight, TicketStanding},
};
use serde::Serialize;

use crate::{
    command::reflect::check,
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::{self, short},
    output::{Sheet, note},
    when::when,
    words::{one_of, whole_number},
};

const EXAMPLES: &str = "\
Examples:
  enhance ticket make 9f3c21ab --for \"Does this fit what your carers see?\"
  enhance ticket make 9f3c21ab --for \"Your word as assessor\" --right endorse --days 7 --uses 1
  enhance ticket list
  enhance ticket end 4c1d77e0
  enhance ticket open \"https://enhance.example.org/#ticket=...\" --name \"Sam Reed, Age UK\"

A ticket is a link. Whoever has it reads the text as it stood when you made it, without an account
and without its history. What they say comes to you alone. An endorsement is no sign-off.";

/// Tickets: let somebody without an account read one text and say something about it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    step: Step,
}

#[derive(Debug, clap::Subcommand)]
enum Step {
    /// Make a ticket for a reflection, a copy you shared, or a plan of yours.
    #[command(after_help = "Examples:
  enhance ticket make 9f3c21ab --for \"Does this fit what your carers see?\"
  enhance ticket make 9f3c21ab --for \"Your word as assessor\" --right endorse --uses 1")]
    Make(MakeArguments),
    /// List your tickets: who opened them, and what they said.
    #[command(after_help = "Examples:\n  enhance ticket list\n  enhance ticket list --offline")]
    List(ListArguments),
    /// End a ticket: its link opens nothing more.
    #[command(after_help = "Example:\n  enhance ticket end 4c1d77e0")]
    End {
        /// The ticket's id, or enough of it.
        id: String,
    },
    /// Open a ticket that somebody gave you. It needs no account.
    #[command(after_help = holder::EXAMPLES)]
    Open(holder::OpenArguments),
}

#[derive(Debug, clap::Args)]
struct MakeArguments {
    /// The id of the reflection, the copy or the plan, or enough of it.
    id: String,
    /// What you ask its holder for.
    #[arg(long = "for", value_name = "TEXT")]
    purpose: String,
    /// What they may do: read, comment or endorse; each includes those before it.
    #[arg(long, value_name = "RIGHT", default_value = "comment")]
    #[arg(value_parser = one_of!(TicketRight))]
    right: TicketRight,
    /// Days for which it is good, from 1 to 90.
    #[arg(long, value_name = "DAYS", default_value = "14")]
    #[arg(value_parser = whole_number::<u32>(1..=MOST_DAYS.into()), allow_negative_numbers = true)]
    days: u32,
    /// How often it can be opened, from 1 to 50.
    #[arg(long, value_name = "TIMES", default_value = "5")]
    #[arg(value_parser = whole_number::<u32>(1..=MOST_USES.into()), allow_negative_numbers = true)]
    uses: u32,
    /// Yes, also what may tell who somebody is: you have seen what enhance reflect check finds.
    #[arg(long)]
    acknowledge: bool,
}

#[derive(Debug, clap::Args)]
struct ListArguments {
    /// As this device knows them, without asking the server.
    #[arg(long)]
    offline: bool,
}

#[derive(Serialize)]
struct ListAnswer {
    tickets: Vec<TicketView>,
}

/// Makes, lists, ends or opens tickets.
pub async fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    match &arguments.step {
        Step::Make(make) => self::make(context, make).await,
        Step::List(list) => self::list(context, list).await,
        Step::End { id } => end(context, id).await,
        Step::Open(open) => holder::open(context, open).await,
    }
}

async fn make(context: &Context, arguments: &MakeArguments) -> Result<Exit, Failure> {
    let (core, cancel) = (context.core()?, Cancellation::new());
    let document = documents::any(&core, &arguments.id)?;
    let purpose = arguments.purpose.clone();
    let found = core.check_before_ticket(document, &purpose)?;
    let asked = (arguments.acknowledge, "Make a ticket for it");
    let acknowledged = check::may_leave(context, &core, &found, asked)?;
    let acknowledged = acknowledged.then_some(found.acknowledgement);
    let MakeArguments { right, days, uses, .. } = *arguments;
    let wanted = NewTicket { document, purpose, right, days, uses };
    let ticket = core.make_ticket(wanted, acknowledged, &cancel).await?;
    context.output.answer(&ticket, |sheet| {
        sheet.line(format!("Ticket {} made, to {right}:", short(ticket.ticket.id)));
        sheet.command(1, &ticket.link);
        let until = when(ticket.ticket.expires_at);
        let often = if uses == 1 { "once".to_owned() } else { format!("{uses} times") };
        sheet.line(format!("It can be opened {often} until {until}, by whoever has it."));
        sheet.next("enhance ticket list", "who opened it, and what they said");
    })?;
    Ok(Exit::Done)
}

async fn list(context: &Context, arguments: &ListArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    if !arguments.offline
        && let Err(error) = core.refresh_tickets(&Cancellation::new()).await
    {
        note(&format!("this is what the device knew before: {error}"));
    }
    let answer = ListAnswer { tickets: core.tickets()? };
    context.output.answer(&answer, |sheet| write(sheet, &answer.tickets))?;
    Ok(Exit::Done)
}

async fn end(context: &Context, typed: &str) -> Result<Exit, Failure> {
    let (core, cancel) = (context.core()?, Cancellation::new());
    let ticket = match find(&core, typed) {
        Ok(ticket) => ticket,
        // Another device may have made it.
        Err(Failure::NotFound { .. }) => {
            core.refresh_tickets(&cancel).await?;
            find(&core, typed)?
        }
        Err(failure) => return Err(failure),
    };
    let ended = core.end_ticket(ticket, &cancel).await?;
    context.output.answer(&ended, |sheet| {
        sheet.line(format!("Ticket {} is ended; its link opens nothing more.", short(ticket)));
    })?;
    Ok(Exit::Done)
}

fn find(core: &LearningCore, typed: &str) -> Result<ItemId, Failure> {
    let choice = |one: &TicketView| (one.ticket.id, one.ticket.title.clone());
    let choices: Vec<(ItemId, String)> = core.tickets()?.iter().map(choice).collect();
    ids::resolve("ticket", typed, &choices)
}

fn write(sheet: &mut Sheet, tickets: &[TicketView]) {
    if tickets.is_empty() {
        sheet.line("No tickets.");
    }
    for TicketView { ticket, standing, link } in tickets {
        let (id, document): (String, DocumentId) = (short(ticket.id), ticket.document);
        sheet.heading(format!("{id}  {}  (plan or text {})", ticket.title, short(document)));
        sheet.line(format!("For: {}", ticket.purpose));
        let (left, uses) = (ticket.uses_left, ticket.uses);
        let until = when(ticket.expires_at);
        let opens = format!("to {}; {left} of {uses} uses left, until {until}", ticket.right);
        sheet.line(format!("{}: {opens}", spoken(*standing)));
        if *standing == TicketStanding::Open {
            sheet.command(1, link);
        }
        for visit in &ticket.visits {
            sheet.item(0, format!("{} opened it, {}", visit.name, when(visit.at)));
        }
        for answer in &ticket.answers {
            let did = match answer.deed {
                TicketDeed::Endorse => "stands behind it (no sign-off)",
                TicketDeed::Open | TicketDeed::Comment => "says",
            };
            sheet.item(0, format!("{} {did}, {}:", answer.name, when(answer.at)));
            sheet.prose(&answer.text);
        }
    }
}

const fn spoken(standing: TicketStanding) -> &'static str {
    match standing {
        TicketStanding::Open => "Open",
        TicketStanding::UsedUp => "Used up",
        TicketStanding::Expired => "Expired",
        TicketStanding::Ended => "Ended",
    }
}
