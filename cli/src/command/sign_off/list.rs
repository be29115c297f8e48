//! Listing requests with how they stand, what changed since, and what signers say of themselves.

use enhance_client::{
    ChangedSince, EndedSignOff, KeptSignOffView, LearningCore, Portion, SignOffRequestView,
    SignOffView,
};
use serde::Serialize;

use super::{
    kept,
    said::{self, changes, since, standing_and_how},
};
use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
    when::when,
};

#[derive(Serialize)]
struct ListAnswer {
    asked_by_me: Portion<ListedRequest>,
    asked_of_me: Portion<ListedRequest>,
    read_back: Vec<KeptSignOffView>,
}

/// A request, and what became of what it is about.
#[derive(Serialize)]
struct ListedRequest {
    #[serde(flatten)]
    view: SignOffRequestView,
    changed: ChangedSince,
    /// Its answers that count no more, or not for what it says now, with the reason.
    ended: Vec<EndedSignOff>,
}

/// Lists requests, one's own and those of others.
pub fn list(context: &Context) -> Result<Exit, Failure> {
    let core = context.core()?;
    let asked_by_me = listed(&core, core.sign_offs_asked_by_me()?)?;
    let asked_of_me = listed(&core, core.sign_offs_asked_of_me()?)?;
    let answer = ListAnswer { asked_by_me, asked_of_me, read_back: core.kept_sign_offs()? };
    context.output.answer(&answer, |sheet| {
        sheet.heading("You asked");
        write(sheet, &answer.asked_by_me, "You have asked for no sign-off.");
        sheet.heading("You were asked");
        write(sheet, &answer.asked_of_me, "Nobody has asked you for a sign-off.");
        if !answer.read_back.is_empty() {
            sheet.heading("Read back from an export");
            kept::write_list(sheet, &answer.read_back);
        }
    })?;
    Ok(Exit::Done)
}

fn listed(
    core: &LearningCore,
    asked: Portion<SignOffRequestView>,
) -> Result<Portion<ListedRequest>, Failure> {
    let with_change = |view: SignOffRequestView| {
        let changed = core.changed_since_sign_off(view.id)?;
        let ended = core.sign_offs_ended(view.id)?;
        Ok(ListedRequest { view, changed, ended })
    };
    let items: Result<Vec<_>, Failure> = asked.items.into_iter().map(with_change).collect();
    Ok(Portion { items: items?, more: asked.more })
}

fn write(sheet: &mut Sheet, all: &Portion<ListedRequest>, nothing: &str) {
    let row = |ListedRequest { view, changed, .. }: &ListedRequest| {
        let other = if view.mine { &view.asked } else { &view.trainee };
        vec![
            short(view.id),
            view.request.title.clone(),
            view.request.subject.kind.as_str().replace("project", "plan").replace('_', " "),
            other.as_ref().map_or_else(String::new, |person| person.name.clone()),
            state(view, changed),
            when(view.request.at),
        ]
    };
    let header = ["id", "title", "what", "who", "state", "asked"];
    sheet.table(&header, all.items.iter().map(row).collect(), nothing);
    for ListedRequest { view, changed, ended } in &all.items {
        for one in ended {
            sheet.item(0, format!("{}: answered by {}. {}", short(view.id), one.signer, one.words));
        }
        for said in changes(changed) {
            sheet.item(0, format!("{}: {said}", short(view.id)));
        }
        for said in claims(view) {
            sheet.item(0, format!("{}: {said}", short(view.id)));
        }
    }
    if all.more {
        sheet.line("… and more: the newest are shown; enhance export has all of them.");
    }
}

fn state(view: &SignOffRequestView, changed: &ChangedSince) -> String {
    let became = match changed {
        ChangedSince::Changed { .. } => "changed",
        ChangedSince::Deleted => "deleted",
        ChangedSince::Unchanged | ChangedSince::Unknown => return standing_and_how(view),
    };
    format!("{}; {became} since {}", standing_and_how(view), since(view))
}

/// What signers say of themselves that nobody else does, and that it is by the trainee's word alone.
fn claims(view: &SignOffRequestView) -> Vec<String> {
    let counting = view.answers.iter().filter(|answer| answer.counts());
    let claiming = counting.filter(|answer: &&SignOffView| !answer.signer_role.agrees());
    let said = |answer: &SignOffView| said::claim(&answer.sign_off.signer, &answer.signer_role);
    claiming.map(said).collect()
}
