//! Sign-offs that were read back from an export.

use enhance_client::{KeptSignOffView, LearningCore};

use super::said::{changes, claim, headline, write_changed};
use crate::{
    exit::Failure,
    ids::{self, short},
    output::Sheet,
    when::{when, with_moments},
};

/// The one with the id that was typed, if there is one.
pub fn find(core: &LearningCore, typed: &str) -> Result<Option<KeptSignOffView>, Failure> {
    let mut all = core.kept_sign_offs()?;
    let choices: Vec<_> = all.iter().map(|one| (one.id, one.title.clone())).collect();
    match ids::resolve("sign-off", typed, &choices) {
        Ok(id) => Ok(all.iter().position(|one| one.id == id).map(|at| all.swap_remove(at))),
        Err(Failure::NotFound { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Lists them with whether they count, whose they were and what changed since.
pub fn write_list(sheet: &mut Sheet, all: &[KeptSignOffView]) {
    let row = |one: &KeptSignOffView| {
        vec![
            short(one.id),
            one.title.clone(),
            one.paper.sign_off.signer.name.clone(),
            one.in_words.clone(),
            when(one.paper.sign_off.at),
        ]
    };
    let header = ["id", "title", "who", "state", "signed"];
    sheet.table(&header, all.iter().map(row).collect(), "");
    for one in all {
        for said in about(one).into_iter().chain(changes(&one.changed)) {
            sheet.item(0, format!("{}: {said}", short(one.id)));
        }
    }
}

/// What has to be known of one beside how it stands, a sentence each.
fn about(one: &KeptSignOffView) -> Vec<String> {
    let mut said = Vec::new();
    if !one.publisher_known {
        said.push(format!("the key of that organisation is {}", one.paper.publisher_key));
    }
    if !one.signer_role.agrees() {
        said.push(claim(&one.paper.sign_off.signer, &one.signer_role));
    }
    said
}

/// Shows one with its text.
pub fn write(sheet: &mut Sheet, one: &KeptSignOffView) {
    sheet.line(format!("{}  [{}]", one.title, short(one.id)));
    sheet.field("Read back", "from an export");
    sheet.heading(headline(&one.paper.sign_off));
    sheet.field("As", one.signer_role.in_words());
    sheet.field("For", &one.paper.sign_off.trainee_name);
    sheet.field("State", &one.in_words);
    for said in about(one) {
        sheet.item(0, said);
    }
    sheet.prose(&one.paper.sign_off.statement);
    write_changed(sheet, &one.changed, "sign-off");
    sheet.heading("Text");
    sheet.prose(&with_moments(&one.paper.text));
}
