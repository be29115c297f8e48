//! What is said of requests and sign-offs alike, wherever they are listed or shown.

use enhance_client::{ChangedSince, SignOffRequestView, SignOffStanding, SignOffView};
use enhance_model::{
    counted,
    sign_off::{Decision, Difference, SignOff, Signer, SignerRole},
};

use crate::{
    output::Sheet,
    when::{when, with_moments},
};

/// So much of what changed is said in a list; the rest is on the request's own page.
const TOLD: usize = 3;

/// How far a request has come, in a word.
const fn standing(standing: SignOffStanding) -> &'static str {
    match standing {
        SignOffStanding::Asked => "asked",
        SignOffStanding::Signed => "signed",
        SignOffStanding::Returned => "returned",
    }
}

/// How a request stands, and whether that is by the trainee's word alone.
pub fn standing_and_how(view: &SignOffRequestView) -> String {
    let counting = view.answers.iter().rev().find(|answer| answer.counts());
    let how = counting.map_or("", |answer| answer.sign_off.signer.how());
    let comma = if how.is_empty() { "" } else { ", " };
    format!("{}{comma}{how}", standing(view.standing))
}

/// Since when something is compared: what was answered is evidence of how it was then.
pub fn since(view: &SignOffRequestView) -> &'static str {
    if view.answers.iter().any(SignOffView::counts) { "sign-off" } else { "it was asked" }
}

/// Who decided what, when and how that is known.
pub fn headline(sign_off: &SignOff) -> String {
    let SignOff { decision, at, signer: Signer { name, witnessed, .. }, .. } = sign_off;
    let decided = match decision {
        Decision::Signed => "Signed",
        Decision::Returned => "Returned",
    };
    let how = witnessed.as_ref().map_or_else(String::new, |known_by| {
        let trainee = &sign_off.trainee_name;
        format!(
            ", witnessed by {trainee}, not signed with their own key; known to {trainee} by: \
             {known_by}"
        )
    });
    format!("{decided} by {name} on {}{how}", when(*at))
}

/// What a signer says of themselves that nobody else does, and how it is known that they signed.
pub fn claim(signer: &Signer, role: &SignerRole) -> String {
    let (how, joint) = match signer.how() {
        "" => ("", ""),
        how => (how, "; "),
    };
    format!("{} {}{joint}{how}", signer.name, role.in_words())
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
            sheet.line(format!("{mark} {}", with_moments(line)));
        }
    }
    if difference.more > 0 {
        sheet.item(0, format!("and {} more", counted(difference.more, "line")));
    }
}

/// The first of what was done since, in a few words each.
pub fn changes(changed: &ChangedSince) -> Vec<String> {
    let ChangedSince::Changed { difference, sentences } = changed else { return Vec::new() };
    let Difference { gone, new, more } = difference;
    let marked = |mark: &'static str, lines: &[String]| {
        let lines = lines.iter().filter(|line| !line.trim().is_empty());
        lines.map(|line| format!("{mark}: {}", with_moments(line))).collect::<Vec<_>>()
    };
    let mut all = sentences.clone();
    if all.is_empty() {
        all.extend(marked("gone", gone).into_iter().chain(marked("new", new)));
    }
    let hidden = all.len().saturating_sub(TOLD) + more;
    all.truncate(TOLD);
    if hidden > 0 {
        all.push(format!("and {} of what changed", counted(hidden, "more line")));
    }
    all
}
