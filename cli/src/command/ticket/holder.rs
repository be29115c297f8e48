//! Opening a ticket that somebody else made, where there is no account.

use enhance_client::{Cancellation, OpenTicket};
use enhance_model::{
    ItemId, Timestamp,
    ticket::{TicketRight, TicketSnapshot},
};
use serde::Serialize;

use crate::{
    context::Context,
    exit::{Exit, Failure},
    output::Sheet,
    text::TextSource,
    when::when,
};

pub(super) const EXAMPLES: &str = "\
Examples:
  enhance ticket open \"https://enhance.example.org/#ticket=...\" --name \"Sam Reed, Age UK\"
  enhance ticket open LINK --name Sam --visit 0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c --comment Yes

Each visit uses the ticket up by one. What it prints as the visit opens it again at no cost, so that
you can read first and answer after. Nothing of it is kept on this machine.";

/// What `enhance ticket open` takes.
#[derive(Debug, clap::Args)]
pub(super) struct OpenArguments {
    /// The link, in quotes: a shell takes what follows a # for a comment.
    link: String,
    /// What you are called, for who made the ticket.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// The visit of before, which is not counted again.
    #[arg(long, value_name = "VISIT")]
    visit: Option<ItemId>,
    /// Say something about it, to who made the ticket: TEXT, @FILE or -.
    #[arg(long, value_name = "TEXT")]
    comment: Option<TextSource>,
    /// Say that you stand behind it, and why; this is no sign-off.
    #[arg(long, value_name = "TEXT", conflicts_with = "comment")]
    endorse: Option<TextSource>,
}

#[derive(Serialize)]
struct OpenAnswer<'a> {
    visit: ItemId,
    right: TicketRight,
    expires_at: Timestamp,
    uses_left: u32,
    snapshot: &'a TicketSnapshot,
    /// When what was said came, if something was.
    said_at: Option<Timestamp>,
}

/// Shows what a ticket shows, and takes back what its holder says.
pub(super) async fn open(context: &Context, arguments: &OpenArguments) -> Result<Exit, Failure> {
    let OpenArguments { link, name, visit, comment, endorse } = arguments;
    let comment = comment.as_ref().map(TextSource::read).transpose()?;
    let endorse = endorse.as_ref().map(TextSource::read).transpose()?;
    let (environment, cancel) = (context.environment.clone(), Cancellation::new());
    let ticket = OpenTicket::open(link, name, *visit, environment, &cancel).await?;
    let said_at = match (&comment, &endorse) {
        (Some(text), _) => Some(ticket.comment(text, &cancel).await?),
        (None, Some(text)) => Some(ticket.endorse(text, &cancel).await?),
        (None, None) => None,
    };
    let answer = OpenAnswer {
        visit: ticket.visit(),
        right: ticket.right(),
        expires_at: ticket.expires_at(),
        uses_left: ticket.uses_left(),
        snapshot: ticket.snapshot(),
        said_at,
    };
    context.output.answer(&answer, |sheet| write(sheet, &answer))?;
    Ok(Exit::Done)
}

fn write(sheet: &mut Sheet, answer: &OpenAnswer<'_>) {
    let TicketSnapshot { title, from, purpose, at, parts, .. } = answer.snapshot;
    if answer.said_at.is_some() {
        sheet.line(format!("{from} gets what you said, and nobody else."));
        return;
    }
    sheet.heading(title);
    sheet.line(format!("From {from}, as it stood on {}.", when(*at)));
    sheet.line(format!("You are asked: {purpose}"));
    for part in parts {
        if !part.heading.is_empty() {
            sheet.heading(&part.heading);
        }
        sheet.prose(&part.text);
    }
    sheet.blank();
    let until = when(answer.expires_at);
    sheet.line(format!("You may {} until {until}. This visit: {}", answer.right, answer.visit));
}
