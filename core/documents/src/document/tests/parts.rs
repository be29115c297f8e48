//! Texts that one change has no room for.

use super::*;
use crate::{AdmissionRules, Ruling};

/// Operations of one change in most of what is told here: short texts show the same.
const FEW: u64 = 100;

fn bytes_of(changes: &[Change]) -> Vec<Vec<u8>> {
    changes.iter().map(|change| change.bytes.clone()).collect()
}

/// Writes edits in parts, has another device take them in, and says how many changes they were.
fn written(document: &mut Document, base: Option<&Version>, edits: &[Edit], most: u64) -> usize {
    let mut theirs = reopened(document, 2);
    let changes = document.edit_in_parts(base, edits, (NOW, most)).unwrap();
    let admission = theirs.admit(&bytes_of(&changes), &AdmissionRules::from_server());
    assert!(admission.findings.iter().all(|one| one.ruling == Ruling::Admitted), "{admission:?}");
    assert_eq!(project(&theirs), project(document));
    changes.len()
}

#[test]
fn a_text_of_any_length_is_written_replaced_and_deleted_in_changes_that_the_gate_takes() {
    let mut document = new_project(1);
    let long = "A ward. ".repeat(7_000);
    assert_eq!(written(&mut document, None, &[problem(&long)], MAX_OPERATIONS), 2);
    assert_eq!(project(&document).sections[&Section::Problem], long);
    let other = "Z\u{1f6b6} ".repeat(20_000);
    assert_eq!(written(&mut document, None, &[problem(&other)], MAX_OPERATIONS), 3);
    assert_eq!(project(&document).sections[&Section::Problem], other);
    assert_eq!(written(&mut document, None, &[problem("")], MAX_OPERATIONS), 2);
    assert_eq!(project(&document).sections[&Section::Problem], "");
    assert_eq!(document.version().heads().len(), 1, "each follows the one before");
}

#[test]
fn a_long_text_is_merged_with_what_came_since_it_was_typed() {
    let mut document = new_project(1);
    write(&mut document, problem("The ward is dark."));
    let base = document.version();
    write(&mut document, problem("The whole ward is dark."));
    let typed = format!("The ward is dark.{}", " At night.".repeat(50));
    let changes = written(&mut document, Some(&base), &[problem(&typed)], FEW);
    assert!(changes > 4, "{changes}");
    let expected = typed.replace("The ward", "The whole ward");
    assert_eq!(project(&document).sections[&Section::Problem], expected);
}

#[test]
fn a_few_words_here_and_there_in_a_long_text_are_one_small_change() {
    let mut document = new_project(1);
    let text = |first: &str, last: &str| format!("{first} {} {last}", "word ".repeat(60));
    write(&mut document, problem(&text("Now", "here")));
    let edits = [problem(&text("Then", "there"))];
    assert_eq!(written(&mut document, None, &edits, FEW), 1);
}

#[test]
fn what_belongs_to_a_long_text_is_in_one_change_before_it() {
    let new = NewDocument::Comments { owner: person(), about: DocumentId::from_bytes([5; 16]) };
    let mut document = Document::create(&new, device(1), NOW).unwrap().0;
    let comment = Comment {
        body: "Which ward? ".repeat(40),
        anchor: "problem".parse().unwrap(),
        span: None,
        answers: None,
        at: NOW,
        edited_at: None,
        resolved_at: None,
    };
    let before = document.clone();
    let add = CommentEdit::Add { id: item(1), comment: comment.clone() };
    let changes = document.edit_in_parts(None, &[Edit::Comments(add)], (NOW, FEW)).unwrap();
    assert!(changes.len() > 4);
    let first = [before.clone().snapshot().unwrap(), changes[0].bytes.clone()];
    let Content::Comments(begun) = Document::open(&first, device(2)).unwrap().content().unwrap()
    else {
        panic!("comments")
    };
    let begun = &begun.comments[&item(1)];
    assert_eq!((&begun.anchor, begun.at), (&comment.anchor, NOW));
    assert!(comment.body.starts_with(&begun.body) && begun.body.len() < comment.body.len());
}

#[test]
fn a_new_document_with_long_texts_is_created_by_its_first_change() {
    let answers = [("what".to_owned(), "I was calm. ".repeat(40))].into_iter().collect();
    let reflection = Reflection { title: "One".into(), answers, ..Reflection::default() };
    let new = NewDocument::Reflection { owner: person(), reflection };
    let (made, changes) = Document::create_in_parts(&new, &[], device(1), (NOW, FEW)).unwrap();
    assert!(changes.len() > 4);
    let (admitted, admission) = Document::admit_new(
        new.kind(),
        person(),
        &bytes_of(&changes),
        device(2),
        &AdmissionRules::from_server(),
    );
    assert!(admission.findings.iter().all(|one| one.ruling == Ruling::Admitted), "{admission:?}");
    assert_eq!(admitted.unwrap().content(), made.content());
}

#[test]
fn of_several_long_edits_all_are_made_or_none() {
    let mut document = new_project(1);
    let before = document.version();
    let missing = ProjectEdit::Cycle { id: item(8), edit: CycleEdit::Learned("One bed".into()) };
    let edits = [problem(&"half ".repeat(100)), Edit::ChangeProject(missing)];
    let failed = document.edit_in_parts(None, &edits, (NOW, FEW));
    assert!(matches!(failed, Err(DocumentError::NoSuchItem { .. })), "{failed:?}");
    assert_eq!(document.version(), before);
    assert_eq!(project(&document).sections[&Section::Problem], "");
}

#[test]
fn refused_changes_of_a_long_text_are_done_once_more_in_parts() {
    let mut document = new_project(1);
    let mut refused = document.clone();
    refused.renew_actor();
    let long = "word ".repeat(100);
    let refused = refused.edit_in_parts(None, &[problem(&long)], (NOW, FEW)).unwrap();
    let replayed = document.replay(&bytes_of(&refused), (NOW, FEW)).unwrap();
    assert!(replayed.len() > 4);
    assert_eq!(project(&document).sections[&Section::Problem], long);
}
