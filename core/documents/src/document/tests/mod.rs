//! Documents as one device writes them; what the files below share.

mod parts;
mod replaying;
mod together;

use super::*;
use crate::Edit;
use enhance_model::{
    DocumentId, ItemId, Tag, Version,
    change_project::{
        Aim, AimEdit, ChangeProject, CycleEdit, Item, Observation, PdsaCycle, ProjectEdit, Section,
        Status, Value,
    },
    comments::{Comment, CommentEdit},
    personal_record::{GoalEdit, LearningSession, PdpGoal, RecordEdit, RecordItem, SessionKind},
    record::Record,
    reflection::{Reflection, ReflectionEdit},
};

const NOW: Timestamp = Timestamp::from_unix_millis(1_795_000_000_000);

fn device(number: u8) -> DeviceId {
    DeviceId::from_bytes([number; 16])
}

fn person() -> PersonId {
    PersonId::from_bytes([9; 16])
}

fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

fn new_project(number: u8) -> Document {
    let new = NewDocument::ChangeProject {
        owner: person(),
        title: "Falls".into(),
        topic: "quality".into(),
        setting: "Ward 7".into(),
    };
    Document::create(&new, device(number), NOW).unwrap().0
}

fn reopened(document: &mut Document, number: u8) -> Document {
    Document::open(&[document.snapshot().unwrap()], device(number)).unwrap()
}

fn project(document: &Document) -> ChangeProject {
    match document.content().unwrap() {
        Content::ChangeProject(project) => *project,
        other => panic!("{other:?}"),
    }
}

fn problem(text: &str) -> Edit {
    Edit::ChangeProject(ProjectEdit::Section { section: Section::Problem, text: text.into() })
}

fn write(document: &mut Document, edit: Edit) -> Change {
    document.edit(None, &[edit], NOW).unwrap().unwrap()
}

/// Brings what each has to the other, as two phones do through the server.
fn exchange(one: &mut Document, other: &mut Document) {
    let rules = crate::AdmissionRules::from_server();
    for turn in 0..2 {
        let (from, into) =
            if turn == 0 { (&mut *one, &mut *other) } else { (&mut *other, &mut *one) };
        let mut changes = from.changes_not_in(&into.version());
        changes.retain(|change| !into.contains(change.hash));
        let bytes: Vec<_> = changes.into_iter().map(|change| change.bytes).collect();
        for finding in into.admit(&bytes, &rules).findings {
            assert_eq!(finding.ruling, crate::Ruling::Admitted);
        }
    }
}

fn aim_edits(aim: &Aim) -> Vec<Edit> {
    let edits = aim.edits().into_iter();
    edits.map(|edit| Edit::ChangeProject(ProjectEdit::Aim { edit })).collect()
}

fn plan_of_cycle(number: u8, text: &str) -> Edit {
    let edit = CycleEdit::Plan(text.into());
    Edit::ChangeProject(ProjectEdit::Cycle { id: item(number), edit })
}

#[test]
fn what_was_written_reads_back_after_a_snapshot() {
    let mut document = new_project(1);
    let aim = Aim { sentence: "Fewer falls".into(), from: "12".into(), ..Aim::default() };
    let value = Value::Ratio { numerator: 4, denominator: 10 };
    let observation = Observation::new(item(1), "2026-11-22".parse().unwrap(), value);
    let moved = ProjectEdit::Move { id: item(4), to: Status::Testing, at: NOW, note: "Go".into() };
    let mut edits = vec![problem("Falls at night")];
    edits.extend(aim_edits(&aim));
    edits.extend(observation.adding(item(2)).into_iter().map(Edit::ChangeProject));
    edits.extend(PdsaCycle::default().adding(item(3)).into_iter().map(Edit::ChangeProject));
    edits.extend([
        Edit::ChangeProject(moved),
        plan_of_cycle(3, "One bed"),
        Edit::ChangeProject(ProjectEdit::AddTag { tag: Tag::Theme("teams".into()) }),
    ]);
    document.edit(None, &edits, NOW).unwrap().unwrap();
    let read = project(&reopened(&mut document, 2));
    assert_eq!(read, project(&document));
    assert_eq!(read.sections[&Section::Problem], "Falls at night");
    assert_eq!((read.aim, read.status), (aim, Status::Testing));
    assert_eq!(read.observations[&item(2)], observation);
    assert_eq!(read.cycles[&item(3)].plan, "One bed");
    assert!(read.tags.contains(&Tag::Theme("teams".into())));
    assert_eq!(read.created_at, NOW);
}

#[test]
fn an_edit_that_changes_nothing_makes_no_change() {
    let mut document = new_project(1);
    write(&mut document, problem("Falls"));
    let before = document.version();
    let edits = [
        problem("Falls"),
        Edit::ChangeProject(ProjectEdit::Title { title: "Falls".into() }),
        Edit::ChangeProject(ProjectEdit::Aim { edit: AimEdit::From(String::new()) }),
        Edit::ChangeProject(ProjectEdit::RemoveTag { tag: Tag::Theme("none".into()) }),
    ];
    assert_eq!(document.edit(None, &edits, NOW), Ok(None));
    assert_eq!(document.edit(Some(&before), &edits, NOW), Ok(None));
    assert_eq!(document.version(), before);
    // A fresh opening has an actor that never wrote; saving must not trip over it.
    let mut again = reopened(&mut document, 2);
    assert_eq!(again.edit(None, &edits, NOW), Ok(None));
    assert_eq!(reopened(&mut again, 3).version(), before);
}

#[test]
fn an_edit_of_an_older_version_can_follow_ones_own_later_work() {
    let mut document = new_project(1);
    let shown = document.version();
    write(&mut document, problem("later"));
    document
        .edit(Some(&shown), &[Edit::ChangeProject(ProjectEdit::Title { title: "T".into() })], NOW)
        .unwrap()
        .unwrap();
    let read = project(&document);
    assert_eq!((read.title.as_str(), read.sections[&Section::Problem].as_str()), ("T", "later"));
    assert_eq!(reopened(&mut document, 2).content(), document.content());
    assert!(document.history().iter().all(|entry| entry.author == Some(device(1))));
}

#[test]
fn a_version_the_document_does_not_have_is_named() {
    let mut document = new_project(1);
    let hash = ChangeHash::from_bytes([7; 32]);
    let unknown = Version::new(vec![hash]);
    let error = DocumentError::UnknownVersion { hash };
    assert_eq!(document.edit(Some(&unknown), &[problem("x")], NOW), Err(error.clone()));
    assert_eq!(document.content_at(&unknown), Err(error));
}

#[test]
fn an_edit_is_all_or_nothing() {
    let mut document = new_project(1);
    let before = document.version();
    let edits = [problem("half"), plan_of_cycle(8, "One bed")];
    let error = document.edit(None, &edits, NOW).unwrap_err();
    assert_eq!(error.to_string(), format!("there is no cycle {} in this document", item(8)));
    assert_eq!(document.version(), before);
    assert_eq!(project(&document).sections[&Section::Problem], "");
    write(&mut document, problem("whole"));
    assert_eq!(project(&reopened(&mut document, 2)).sections[&Section::Problem], "whole");
}

#[test]
fn an_edit_too_large_for_one_change_is_refused_before_anything_is_written() {
    let mut document = new_project(1);
    let before = document.version();
    let error = document.edit(None, &[problem(&"word ".repeat(10_001))], NOW).unwrap_err();
    assert_eq!(error, DocumentError::EditTooLarge { operations: 50_005, limit: 50_000 });
    assert_eq!(document.version(), before);
    write(&mut document, problem(&"word ".repeat(10_000)));
}

#[test]
fn damaged_bytes_are_an_error_and_not_a_panic() {
    let mut document = new_project(1);
    write(&mut document, problem("A text that is long enough to be worth damaging."));
    let bytes = document.snapshot().unwrap();
    for place in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[place] ^= 0x55;
        if let Ok(opened) = Document::open(&[damaged], device(2)) {
            assert_eq!(opened.content(), document.content(), "byte {place}");
        }
    }
    assert!(Document::open(&[&bytes[..bytes.len() / 2]], device(2)).is_err());
    assert!(Document::open(&[b"<html>"], device(2)).is_err());
    assert!(Document::open(&[[0_u8; 0]; 0], device(2)).is_err());
}

#[test]
fn a_text_replaced_as_a_whole_takes_no_time() {
    let mut document = new_project(1);
    write(&mut document, problem(&"abcdefghi ".repeat(1_000)));
    let other = "zyxwvu 12345".repeat(1_000);
    write(&mut document, problem(&other));
    assert_eq!(project(&document).sections[&Section::Problem], other);
}

#[test]
fn what_did_not_go_into_the_document_is_not_read_from_it() {
    let mut document = new_project(1);
    write(&mut document, problem("Falls"));
    project(&document);
    let edits = [problem("Falls at night"), plan_of_cycle(9, "x")];
    let failed = document.edit(None, &edits, NOW);
    assert!(matches!(failed, Err(DocumentError::NoSuchItem { .. })), "{failed:?}");
    assert_eq!(project(&document).sections[&Section::Problem], "Falls");
}
