//! Listing and reading requests and their answers.

use enhance_client::{ChangedSince, Portion, SignOffRequestView, SignOffStanding, SignOffView};
use enhance_model::sign_off::{Decision, SignOff, Signer};
use serde::Serialize;

use super::find::request;
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
    when::when,
};

/// What `enhance sign-off show` takes.
#[derive(Debug, clap::Args)]
pub struct ShowArguments {
    /// The request's id, or enough of it.
    id: String,
}

#[derive(Serialize)]
struct ListAnswer {
    asked_by_me: Portion<SignOffRequestView>,
    asked_of_me: Portion<SignOffRequestView>,
}

#[derive(Serialize)]
struct ShowAnswer {
    #[serde(flatten)]
    view: SignOffRequestView,
    changed: ChangedSince,
}

/// Lists requests, one's own and those of others.
pub fn list(context: &Context) -> Result<Exit, Failure> {
    let core = context.core()?;
    let asked_by_me = core.sign_offs_asked_by_me()?;
    let answer = ListAnswer { asked_by_me, asked_of_me: core.sign_offs_asked_of_me()? };
    context.output.answer(&answer, |sheet| {
        sheet.heading("You asked");
        write_list(sheet, &answer.asked_by_me, "You have asked for no sign-off.");
        sheet.heading("You were asked");
        write_list(sheet, &answer.asked_of_me, "Nobody has asked you for a sign-off.");
    })?;
    Ok(Exit::Done)
}

fn write_list(sheet: &mut Sheet, views: &Portion<SignOffRequestView>, nothing: &str) {
    let row = |view: &SignOffRequestView| {
        let other = if view.mine { &view.asked } else { &view.trainee };
        vec![
            short(view.id),
            view.request.title.clone(),
            view.request.subject.kind.as_str().replace("project", "plan").replace('_', " "),
            other.as_ref().map_or_else(String::new, |person| person.name.clone()),
            standing(view.standing).to_owned(),
            when(view.request.at),
        ]
    };
    let header = ["id", "title", "what", "who", "state", "asked"];
    sheet.table(&header, views.iter().map(row).collect(), nothing);
    if views.more {
        sheet.line("… and more: the newest are shown; enhance export has all of them.");
    }
}

const fn standing(standing: SignOffStanding) -> &'static str {
    match standing {
        SignOffStanding::Asked => "asked",
        SignOffStanding::Signed => "signed",
        SignOffStanding::Returned => "returned",
    }
}

/// Shows a request with its answers; who asked is told that it was seen.
pub fn show(context: &Context, arguments: &ShowArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let id = request(&core, &arguments.id)?;
    let answer =
        ShowAnswer { view: core.sign_off_request(id)?, changed: core.changed_since_sign_off(id)? };
    context.output.answer(&answer, |sheet| write_view(sheet, &answer))?;
    if !answer.view.mine {
        documents::mark_seen(&core, id);
    }
    Ok(Exit::Done)
}

fn write_view(sheet: &mut Sheet, ShowAnswer { view, changed }: &ShowAnswer) {
    let name = |person: &Option<enhance_model::Person>| {
        person.as_ref().map(|person| person.name.clone()).unwrap_or_default()
    };
    sheet.line(format!("{}  [{}]", view.request.title, short(view.id)));
    sheet.field("What", view.request.subject.kind.to_string().replace('_', " "));
    sheet.field("Asked by", name(&view.trainee));
    sheet.field("Asked", name(&view.asked));
    sheet.field("Message", &view.request.message);
    sheet.field("State", standing(view.standing));
    documents::write_status(sheet, &view.status);
    for answer in &view.answers {
        write_answer(sheet, answer);
    }
    write_changed(sheet, changed);
    sheet.heading("Text");
    sheet.prose(&view.request.text);
}

fn write_answer(sheet: &mut Sheet, answer: &SignOffView) {
    sheet.heading(format!("{}  [{}]", headline(&answer.sign_off), short(answer.id)));
    match &answer.fault {
        Some(fault) => sheet.field("Does not count", fault.to_string()),
        None if answer.superseded => sheet.field("Superseded", "the signer answered anew"),
        None => sheet.field("Counts", "yes"),
    };
    sheet.prose(&answer.sign_off.statement);
}

/// Who decided what, when and how that is known.
pub fn headline(sign_off: &SignOff) -> String {
    let SignOff { decision, role, at, signer: Signer { name, witnessed, .. }, .. } = sign_off;
    let decided = match decision {
        Decision::Signed => "Signed",
        Decision::Returned => "Returned",
    };
    let role = role.as_str().replace('_', " ");
    let how = witnessed.as_ref().map_or_else(String::new, |known_by| {
        format!(", witnessed by {}, who knew them by: {known_by}", sign_off.trainee_name)
    });
    format!("{decided} by {name} ({role}) on {}{how}", when(*at))
}

fn write_changed(sheet: &mut Sheet, changed: &ChangedSince) {
    let ChangedSince::Changed { difference, sentences } = changed else { return };
    sheet.heading("Changed since it was asked");
    for sentence in sentences {
        sheet.item(0, sentence);
    }
    for (mark, lines) in [("-", &difference.gone), ("+", &difference.new)] {
        for line in lines.iter().filter(|line| !line.trim().is_empty()) {
            sheet.item(0, format!("{mark} {line}"));
        }
    }
    if difference.more > 0 {
        sheet.item(0, format!("and {} lines more", difference.more));
    }
}
