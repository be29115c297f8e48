//! Reading a request with its answers.

use enhance_client::{ChangedSince, OwnNudge, SignOffFault, SignOffRequestView, SignOffView};
use serde::Serialize;

use super::{
    find::request,
    kept,
    said::{headline, since, standing_and_how, write_changed},
};
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
    when::{when, with_moments},
};

/// What `enhance sign-off show` takes.
#[derive(Debug, clap::Args)]
pub struct ShowArguments {
    /// The request's id, or enough of it.
    id: String,
}

#[derive(Serialize)]
struct ShowAnswer {
    #[serde(flatten)]
    view: SignOffRequestView,
    changed: ChangedSince,
    /// What its asker said within the week to who is to sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    nudged: Option<OwnNudge>,
}

/// Shows a request with its answers; who asked is told that it was seen.
pub fn show(context: &Context, arguments: &ShowArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    if let Some(kept) = kept::find(&core, &arguments.id)? {
        context.output.answer(&kept, |sheet| kept::write(sheet, &kept))?;
        return Ok(Exit::Done);
    }
    let id = request(&core, &arguments.id)?;
    let view = core.sign_off_request(id)?;
    let nudged = if view.mine { core.own_nudge(id)? } else { None };
    let answer = ShowAnswer { view, changed: core.changed_since_sign_off(id)?, nudged };
    context.output.answer(&answer, |sheet| write_view(sheet, &answer))?;
    if answer.view.mine {
        documents::answers_seen(&core, &answer.view.answers);
    } else {
        documents::mark_seen(&core, id);
    }
    Ok(Exit::Done)
}

fn write_view(sheet: &mut Sheet, ShowAnswer { view, changed, nudged }: &ShowAnswer) {
    let name = |person: &Option<enhance_model::Person>| {
        person.as_ref().map(|person| person.name.clone()).unwrap_or_default()
    };
    sheet.line(format!("{}  [{}]", view.request.title, short(view.id)));
    sheet.field("What", view.request.subject.kind.to_string().replace('_', " "));
    sheet.field("Asked by", name(&view.trainee));
    sheet.field("Asked", name(&view.asked));
    sheet.field("Message", &view.request.message);
    sheet.field("State", standing_and_how(view));
    sheet.field("Note", view.note);
    documents::write_status(sheet, &view.status);
    if let Some(OwnNudge { nudge, waits, .. }) = nudged {
        let waits = if *waits { ", and goes out with the next sync" } else { "" };
        sheet.field("You nudged", format!("{}: {}{waits}", when(nudge.at), nudge.why));
    }
    for answer in &view.answers {
        write_answer(sheet, answer);
    }
    write_changed(sheet, changed, since(view));
    sheet.heading("Text");
    sheet.prose(&with_moments(&view.request.text));
}

fn write_answer(sheet: &mut Sheet, answer: &SignOffView) {
    sheet.heading(format!("{}  [{}]", headline(&answer.sign_off), short(answer.id)));
    sheet.field("As", answer.signer_role.in_words());
    if let Some(before) = answer.sign_off.supersedes {
        sheet.field(
            "In the place of",
            format!("what the same signer answered in {}", short(before)),
        );
    }
    match &answer.fault {
        Some(SignOffFault::Revoked) => sheet.field("Does not count", &answer.lost),
        Some(fault) => sheet.field("Does not count", fault.to_string()),
        None if answer.superseded => {
            sheet.field("Superseded", "another answer stands in its place")
        }
        None if answer.lost.is_empty() => sheet.field("Counts", "yes"),
        None => sheet.field("Counts", &answer.lost),
    };
    sheet.prose(&answer.sign_off.statement);
}
