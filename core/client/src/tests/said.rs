//! What is said about something is looked through before others can read it.

use enhance_model::{comments::CommentEdit, sign_off::Decision};

use super::{
    sign_offs::{answer, lee, project},
    *,
};
use crate::{CommentPlace, Error, SignOffSubject, testing::Phone};

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

#[test]
fn a_comment_an_answer_and_other_words_are_asked_about_first() {
    let (_phone, core) = Phone::of(&asha());
    let id = project(&core);
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
    let id = project(&core);
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
