//! What is said about something is looked through before others can read it.

use enhance_model::{
    Noun, Right, comments::CommentEdit, identifiers::Severity, sign_off::Decision,
};

use super::{
    sign_offs::{answer, lee, project},
    *,
};
use crate::{
    CommentPlace, Error, PlacedFinding, SignOffSubject, TextPlace,
    testing::{Phone, sam},
};

const TELLING: &str = "Mrs Okafor (NHS 943 476 5919) fell here.";

fn is_asked<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Unacknowledged { .. }))
}

/// Says that what is in these words was seen.
fn see(core: &LearningCore, about: DocumentId, words: &[&str]) {
    let check = core.check_before_saying(about, words).unwrap();
    assert_eq!(check.document, Some(about));
    core.acknowledge(check.acknowledgement).unwrap();
}

/// A plan that somebody else is invited to.
fn shared(core: &LearningCore) -> DocumentId {
    let id = project(core);
    core.add_member(id, sam().person.id, Right::Comment).unwrap();
    id
}

#[test]
fn a_comment_that_nobody_else_reads_is_asked_about_when_somebody_is_let_in() {
    let (_phone, core) = Phone::of(&asha());
    let id = project(&core);
    let check = core.check_before_saying(id, &[TELLING]).unwrap();
    assert!(check.findings.is_empty() && check.probable.is_empty());
    let comment = core.comment(id, "", TELLING).unwrap();
    let place = CommentPlace { part: "problem".to_owned(), range: Some(4..8), version: None };
    let suggestion = core.suggest(id, &place, "dim", "Mr Smith says so.").unwrap();

    let sam = sam().person.id;
    assert!(is_asked(&core.add_member(id, sam, Right::Comment)));
    let check = core.check_before_sharing(id).unwrap();
    let probable = |one: &&PlacedFinding| one.finding.severity == Severity::ProbableIdentifier;
    let probable = check.findings.iter().filter(probable);
    let places: Vec<_> = probable.map(|one| one.place.clone()).collect();
    let said = |id| TextPlace::Item { what: Noun::Comment, id };
    assert_eq!(places, [said(comment), said(comment), said(suggestion)]);
    core.add_member_acknowledged(id, sam, Right::Comment, check.acknowledgement).unwrap();

    assert!(is_asked(&core.comment(id, "", TELLING)), "they would read it at once");
    assert!(core.check_before_sharing(id).unwrap().probable.is_empty(), "it was seen");
    core.remove_member(id, sam).unwrap();
    core.comment(id, "", TELLING).unwrap();
}

#[test]
fn a_comment_an_answer_and_other_words_are_asked_about_first() {
    let (_phone, core) = Phone::of(&asha());
    let id = shared(&core);
    assert!(is_asked(&core.comment(id, "", TELLING)));
    assert!(core.threads(id).unwrap().is_empty(), "nothing was said");
    see(&core, id, &["Mrs Smith fell."]);
    assert!(is_asked(&core.comment(id, "", TELLING)), "other words were seen");
    see(&core, id, &[TELLING]);
    let comment = core.comment(id, "", TELLING).unwrap();

    let place = core.threads(id).unwrap().remove(0).place;
    assert!(is_asked(&core.answer_comment(id, place, "Dr Patel saw it.")));
    core.answer_comment(id, place, "The doctor saw it.").unwrap();
    assert!(is_asked(&core.rewrite_comment(id, comment, "Mr Smith fell.")));
    core.rewrite_comment(id, comment, "A patient fell.").unwrap();
    core.delete_comment(id, comment).unwrap();
    let at = core.with(|state| Ok(state.now())).unwrap();
    let edits = [CommentEdit::Rewrite { id: comment, body: "Dr Patel fell.".to_owned(), at }];
    assert!(is_asked(&core.edit_comments(id, &edits)), "by whatever way");

    let both = ["Mr Smith fell.", "Mrs Jones fell."];
    let edits = both.map(|body| CommentEdit::Rewrite { id: comment, body: body.to_owned(), at });
    assert!(is_asked(&core.edit_comments(id, &edits)));
    see(&core, id, &both);
    core.edit_comments(id, &edits).unwrap();
}

#[test]
fn a_suggestion_is_asked_about_for_its_words_and_for_why() {
    let (_phone, core) = Phone::of(&asha());
    let id = shared(&core);
    let range = Some(4..8);
    let place = CommentPlace { part: "problem".to_owned(), range, version: None };
    assert!(is_asked(&core.suggest(id, &place, "dark for Mrs Okafor", "")));
    assert!(is_asked(&core.suggest(id, &place, "dim", "Mrs Okafor says so.")));
    see(&core, id, &["dim", "Mrs Okafor says so."]);
    core.suggest(id, &place, "dim", "Mrs Okafor says so.").unwrap();
}

#[test]
fn a_statement_is_asked_about_before_it_is_signed() {
    let (_phone, core) = Phone::of(&asha());
    let subject = SignOffSubject::Project(project(&core));
    let request = core.request_sign_off(&subject, None, "").unwrap();
    let signed = answer(Decision::Signed, TELLING);
    assert!(is_asked(&core.sign_witnessed(request, &lee(), &signed)));
    assert!(core.sign_off_request(request).unwrap().answers.is_empty(), "nothing was signed");
    see(&core, request, &[TELLING]);
    core.sign_witnessed(request, &lee(), &signed).unwrap();
}
