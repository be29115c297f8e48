//! Taking back what was asked.

use enhance_client::LearningCore;
use enhance_model::DocumentId;
use serde::Serialize;

use super::find::request;
use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids::{self, short},
};

/// What `enhance sign-off take-back` takes.
#[derive(Debug, clap::Args)]
pub struct TakeBackArguments {
    /// The request's id, or enough of it.
    id: String,
    /// Also if it was answered: the answer goes with it and counts no more; it is kept in your
    /// record, where you alone can read it.
    #[arg(long)]
    with_answers: bool,
}

#[derive(Serialize)]
struct TakeBackAnswer {
    request: DocumentId,
    taken_back: bool,
    /// Whether it was taken back before.
    before: bool,
}

/// Takes a request back, whatever became of what it is about.
pub fn take_back(context: &Context, arguments: &TakeBackArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let request = standing_or_gone(&core, &arguments.id)?;
    if !arguments.with_answers
        && let Ok(view) = core.sign_off_request(request)
        && view.mine
        && !view.answers.is_empty()
    {
        let id = short(request);
        return Err(Failure::Usage(format!(
            "it was answered, and the answer would go with it; if that is meant: \
             enhance sign-off take-back {id} --with-answers"
        )));
    }
    let is_new = core.take_back_sign_off(request, arguments.with_answers)?;
    let answer = TakeBackAnswer { request, taken_back: true, before: !is_new };
    context.output.answer(&answer, |sheet| {
        if is_new {
            sheet.line(format!("The request {} is taken back.", short(request)));
            if arguments.with_answers {
                sheet.next("enhance sign-off list", "read what was answered, which is kept");
            }
            sheet.next("enhance sync", "take it off the device of who was asked");
        } else {
            sheet.line(format!("The request {} was taken back before.", short(request)));
        }
    })?;
    Ok(Exit::Done)
}

/// The request that was typed; one that was taken back before is still known by its id.
fn standing_or_gone(core: &LearningCore, typed: &str) -> Result<DocumentId, Failure> {
    match request(core, typed) {
        Err(Failure::NotFound { what, typed }) => {
            let gone = core.sign_offs_taken_back()?.into_iter();
            let gone: Vec<_> = gone.map(|id| (id, String::new())).collect();
            ids::resolve(what, &typed, &gone)
        }
        found => found,
    }
}
