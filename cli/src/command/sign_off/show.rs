//! Reading a request with its answers.

use enhance_client::{ChangedSince, SignOffRequestView, SignOffStanding, SignOffView};
use enhance_model::sign_off::{Decision, SignOff, Signer};
use serde::Serialize;

use super::{find::request, kept};
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
struct ShowAnswer {
    #[serde(flatten)]
    view: SignOffRequestView,
    changed: ChangedSince,
}

/// How far a request has come, in a word.
pub const fn standing(standing: SignOffStanding) -> &'static str {
    match standing {
        SignOffStanding::Asked => "asked",
        SignOffStanding::Signed => "signed",
        SignOffStanding::Returned => "returned",
    }
}

/// Since when something is compared: what was answered is evidence of how it was then.
pub fn since(view: &SignOffRequestView) -> &'static str {
    if view.answers.iter().any(SignOffView::counts) { "sign-off" } else { "it was asked" }
}

/// Shows a request with its answers; who asked is told that it was seen.
pub fn show(context: &Context, arguments: &ShowArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    if let Some(kept) = kept::find(&core, &arguments.id)? {
        context.output.answer(&kept, |sheet| kept::write(sheet, &kept))?;
        return Ok(Exit::Done);
    }
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
    write_changed(sheet, changed, since(view));
    sheet.heading("Text");
    sheet.prose(&view.request.text);
}

fn write_answer(sheet: &mut Sheet, answer: &SignOffView) {
    sheet.heading(format!("{}  [{}]", headline(&answer.sign_off), short(answer.id)));
    sheet.field("As", answer.signer_role.in_words());
    match &answer.fault {
        Some(fault) => sheet.field("Does not count", fault.to_string()),
        None if answer.superseded => sheet.field("Superseded", "the signer answered anew"),
        None => sheet.field("Counts", "yes"),
    };
    sheet.prose(&answer.sign_off.statement);
}

/// Who decided what, when and how that is known.
pub fn headline(sign_off: &SignOff) -> String {
    let SignOff { decision, at, signer: Signer { name, witnessed, .. }, .. } = sign_off;
    let decided = match decision {
        Decision::Signed => "Signed",
        Decision::Returned => "Returned",
    };
    let how = witnessed.as_ref().map_or_else(String::new, |known_by| {
        format!(", witnessed by {}, who knew them by: {known_by}", sign_off.trainee_name)
    });
    format!("{decided} by {name} on {}{how}", when(*at))
}

/// Writes what became of what was signed.
pub fn write_changed(sheet: &mut Sheet, changed: &ChangedSince, since: &str) {
    let ChangedSince::Changed { difference, sentences } = changed else {
        if *changed == ChangedSince::Deleted {
            sheet.heading(format!("Deleted since {since}"));
            sheet
                .line("What it was about is gone. What was signed of it is below, as it was then.");
        }
        return;
    };
    sheet.heading(format!("Changed since {since}"));
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
