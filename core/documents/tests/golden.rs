//! Documents written by schema 1 are opened for ever, and what a newer app wrote is kept.
//!
//! The files are snapshots of `common::example`, made by the version that introduced the schema and
//! never again.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;

use automerge::{
    AutoCommit, ObjType, ROOT, ReadDoc, ScalarValue,
    transaction::{CommitOptions, Transactable},
};
use common::{device, example, new_project, open, owner, project, section, write};
use enhance_documents::{AdmissionRules, Catalogue, Document, Ruling};
use enhance_model::{
    DocumentKind, Version,
    change_project::{Section, Status},
};

const SAVED: [(DocumentKind, &[u8]); 5] = [
    (DocumentKind::Reflection, include_bytes!("golden/reflection.automerge")),
    (DocumentKind::PersonalRecord, include_bytes!("golden/personal_record.automerge")),
    (DocumentKind::SharedReflection, include_bytes!("golden/shared_reflection.automerge")),
    (DocumentKind::ChangeProject, include_bytes!("golden/change_project.automerge")),
    (DocumentKind::Comments, include_bytes!("golden/comments.automerge")),
];

#[test]
fn a_document_saved_by_schema_1_reads_as_it_was_written() {
    for (kind, bytes) in SAVED {
        let mut saved = Document::open(&[bytes], device(3)).unwrap();
        assert_eq!((saved.kind(), saved.owner(), saved.schema()), (kind, owner(), 1));
        assert_eq!(saved.content(), example(kind).content(), "{kind}");
        let authors: Vec<_> =
            saved.history().into_iter().filter_map(|entry| entry.author).collect();
        assert_eq!(authors.first(), Some(&device(1)), "{kind}");
        let again = Document::open(&[saved.snapshot().unwrap()], device(4)).unwrap();
        assert_eq!(again.content(), saved.content(), "{kind}");
    }
}

#[test]
fn the_history_of_a_saved_document_passes_the_gate_change_by_change() {
    let rules = AdmissionRules::from_server();
    for (kind, bytes) in SAVED {
        let mut saved = Document::open(&[bytes], device(3)).unwrap();
        let changes: Vec<_> =
            saved.changes_not_in(&Version::default()).into_iter().map(|one| one.bytes).collect();
        let (admitted, admission) = Document::admit_new(kind, owner(), &changes, device(3), &rules);
        assert!(admission.findings.iter().all(|one| one.ruling == Ruling::Admitted), "{kind}");
        assert_eq!(admitted.unwrap().content(), saved.content(), "{kind}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a file of a test is written when it is asked for")]
fn a_catalogue_is_written_as_it_always_was() {
    let golden: &[u8] = include_bytes!("golden/change_project.catalogue");
    let mut saved = Document::open(&[SAVED[3].1], device(3)).unwrap();
    let changes: Vec<_> =
        saved.changes_not_in(&Version::default()).into_iter().map(|one| one.bytes).collect();
    let kind = (DocumentKind::ChangeProject, owner());
    let bytes = Catalogue::bytes_of(kind, &changes).unwrap();
    if std::env::var_os("ENHANCE_BLESS").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/change_project.catalogue");
        std::fs::write(file, &bytes).unwrap();
    }
    assert_eq!(bytes, golden);
    assert_eq!(Catalogue::from_bytes(kind, golden).unwrap().changes(), changes.len());
}

#[test]
fn what_a_newer_app_wrote_is_kept_through_edits_and_passes_the_gate() {
    let (mut document, create) = new_project(1);
    let mut newer = AutoCommit::load(&create.bytes).unwrap();
    newer.set_author(Some(automerge::Author::from(device(2).as_bytes().to_vec())));
    newer.put(ROOT, "schema", 2_u64).unwrap();
    newer.put(ROOT, "status", "paused").unwrap();
    let budget = newer.put_object(ROOT, "budget", ObjType::Map).unwrap();
    newer.put(&budget, "pounds", 250).unwrap();
    let sections = newer.get(ROOT, "sections").unwrap().unwrap().1;
    let extra = newer.put_object(&sections, "evidence", ObjType::Text).unwrap();
    newer.splice_text(&extra, 0, 0, "Two trials").unwrap();
    newer.commit_with(CommitOptions::default());
    let change = newer.get_last_local_change().unwrap().bytes().into_owned();

    let admission = document.admit(&[change], &AdmissionRules::from_server());
    assert_eq!(admission.findings[0].ruling, Ruling::Admitted);
    assert_eq!(document.schema(), 2);
    assert_eq!(project(&document).status, Status::Idea, "an unknown word reads as the default");

    write(&mut document, &[section(Section::Problem, "Dark")]);
    let kept = AutoCommit::load(&document.snapshot().unwrap()).unwrap();
    let string = |text: &str| Some(automerge::Value::from(ScalarValue::Str(text.into())));
    assert_eq!(kept.get(ROOT, "status").unwrap().map(|(value, _)| value), string("paused"));
    let budget = kept.get(ROOT, "budget").unwrap().unwrap().1;
    assert_eq!(kept.get(&budget, "pounds").unwrap().unwrap().0.as_i64(), Some(250));
    let sections = kept.get(ROOT, "sections").unwrap().unwrap().1;
    let extra = kept.get(&sections, "evidence").unwrap().unwrap().1;
    assert_eq!(kept.text(&extra).unwrap(), "Two trials");
}

#[test]
fn a_document_of_a_kind_from_the_future_says_so() {
    let mut doc = AutoCommit::new();
    doc.put(ROOT, "kind", "debate").unwrap();
    let error = Document::open(&[doc.save()], device(1)).unwrap_err();
    assert_eq!(error.to_string(), "\"debate\" is no kind of document this version knows");
}

#[test]
fn a_snapshot_and_the_changes_since_open_as_one() {
    let (_, create) = new_project(1);
    let mut document = open(&create, 2);
    let snapshot = document.snapshot().unwrap();
    let one = write(&mut document, &[section(Section::Plan, "One")]);
    let two = write(&mut document, &[section(Section::Plan, "One, two")]);
    let mut opened = Document::open(&[&snapshot, &one.bytes, &two.bytes], device(3)).unwrap();
    assert_eq!((opened.content(), opened.version()), (document.content(), document.version()));
}
