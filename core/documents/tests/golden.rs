//! Documents written by every schema are opened for ever, and what a newer app wrote is kept.
//!
//! The files are snapshots of `written::example`, made by the version that introduced the schema and
//! never again.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod written;

use automerge::{
    AutoCommit, ObjType, ROOT, ReadDoc, ScalarValue,
    transaction::{CommitOptions, Transactable},
};
use enhance_documents::{AdmissionRules, Catalogue, Content, Document, Edit, Ruling};
use enhance_model::{
    DocumentKind, Noun, Version,
    change_project::{Decision, Driver, Item, ProjectEdit, Section, Status, Unit},
    comments::CommentEdit,
    personal_record::{
        ActivityProgress, PdpGoal, PersonalRecord, RecordEdit, RecordItem, SessionKind, Subject,
    },
    record::Record,
};
use written::{
    NOW, device, example, item, new_project, open, owner, project, section, session, write,
};

macro_rules! saved {
    ($schema:literal) => {
        [
            (DocumentKind::Reflection, saved!($schema, "reflection")),
            (DocumentKind::PersonalRecord, saved!($schema, "personal_record")),
            (DocumentKind::SharedReflection, saved!($schema, "shared_reflection")),
            (DocumentKind::ChangeProject, saved!($schema, "change_project")),
            (DocumentKind::Comments, saved!($schema, "comments")),
        ]
    };
    ($schema:literal, $kind:literal) => {
        include_bytes!(concat!("golden/", $schema, "/", $kind, ".automerge")).as_slice()
    };
}

const SCHEMA_1: [(DocumentKind, &[u8]); 5] = saved!("schema_1");
const SCHEMA_2: [(DocumentKind, &[u8]); 5] = saved!("schema_2");
/// Personal records and comments say more than before, and sign-offs are new.
const SCHEMA_3: [(DocumentKind, &[u8]); 4] = [
    (DocumentKind::PersonalRecord, saved!("schema_3", "personal_record")),
    (DocumentKind::SignOffRequest, saved!("schema_3", "sign_off_request")),
    (DocumentKind::SignOff, saved!("schema_3", "sign_off")),
    (DocumentKind::Comments, saved!("schema_3", "comments")),
];

#[test]
fn a_document_saved_by_schema_1_reads_as_it_was_written() {
    for (kind, bytes) in SCHEMA_1 {
        let mut saved = Document::open(&[bytes], device(3)).unwrap();
        assert_eq!((saved.kind(), saved.owner(), saved.schema()), (kind, owner(), 1));
        // These say more in the example since schema 2 or 3.
        let says_more =
            [DocumentKind::ChangeProject, DocumentKind::Comments, DocumentKind::PersonalRecord];
        if !says_more.contains(&kind) {
            assert_eq!(saved.content(), example(kind).content(), "{kind}");
        }
        reads_the_same_again(&mut saved);
    }
}

#[test]
fn a_document_saved_by_schema_2_reads_as_it_was_written() {
    for (kind, bytes) in SCHEMA_2 {
        let mut saved = Document::open(&[bytes], device(3)).unwrap();
        assert_eq!((saved.kind(), saved.owner(), saved.schema()), (kind, owner(), 2));
        // It says more in the example since schema 3.
        if ![DocumentKind::PersonalRecord, DocumentKind::Comments].contains(&kind) {
            assert_eq!(saved.content(), example(kind).content(), "{kind}");
        }
        reads_the_same_again(&mut saved);
    }
}

#[test]
fn a_document_saved_by_schema_3_reads_as_it_was_written() {
    for (kind, bytes) in SCHEMA_3 {
        let mut saved = Document::open(&[bytes], device(3)).unwrap();
        assert_eq!((saved.kind(), saved.owner(), saved.schema()), (kind, owner(), 3));
        assert_eq!(saved.content(), example(kind).content(), "{kind}");
        reads_the_same_again(&mut saved);
    }
}

#[test]
fn a_record_of_schema_1_or_2_opens_with_all_that_came_later_empty_and_takes_it_then() {
    for [_, (_, bytes), ..] in [SCHEMA_1, SCHEMA_2] {
        let mut saved = Document::open(&[bytes], device(3)).unwrap();
        let read = record(&saved);
        let ActivityProgress { started_at, completed_at, pack_version } =
            read.progress("read/intro");
        assert_eq!((started_at, completed_at, pack_version), (Some(NOW), Some(NOW), Some(3)));
        assert_eq!(read.sessions.len(), 1);
        let kept = &read.sessions[&item(1)];
        assert_eq!((kept.title.as_str(), kept.minutes.0), ("Grand round", 50));
        assert_eq!((kept.kind, kept.start), (SessionKind::NonCore, NOW));
        assert_eq!((kept.subject, kept.online), (Subject::General, None));
        assert!(kept.themes.is_empty() && kept.part.is_empty());
        let later = PersonalRecord::ITEMS.iter().filter(|noun| **noun != Noun::LearningSession);
        assert!(later.clone().all(|noun| read.ids_of(*noun).is_empty()));
        assert!(read.taken_back.is_empty() && read.disagreements.is_empty());

        let edits = session().edits().into_iter();
        let edits = edits.map(|edit| RecordEdit::LearningSession { id: item(1), edit });
        let goal = PdpGoal { text: "Lead a round".into(), ..PdpGoal::default() };
        let edits = edits.chain(goal.adding(item(7))).map(Edit::PersonalRecord);
        write(&mut saved, &edits.collect::<Vec<_>>());
        let read = record(&saved);
        assert_eq!(read.sessions[&item(1)], session(), "an old session takes what came later");
        assert_eq!(read.goals[&item(7)], goal);
        let back = RecordEdit::TakeBack { noun: Noun::LearningSession, id: item(1), at: NOW };
        write(&mut saved, &[Edit::PersonalRecord(back)]);
        let read = record(&saved);
        assert!(read.sessions.is_empty());
        assert_eq!(read.taken_back[&item(1)].label, "Grand round");
        assert_eq!(saved.schema(), 3, "it is what schema 3 wrote now");
    }
}

fn record(document: &Document) -> PersonalRecord {
    match document.content().unwrap() {
        Content::PersonalRecord(record) => *record,
        other => panic!("not a record: {other:?}"),
    }
}

fn reads_the_same_again(saved: &mut Document) {
    let authors: Vec<_> = saved.history().into_iter().filter_map(|entry| entry.author).collect();
    assert_eq!(authors.first(), Some(&device(1)), "{}", saved.kind());
    let again = Document::open(&[saved.snapshot().unwrap()], device(4)).unwrap();
    assert_eq!(again.content(), saved.content(), "{}", saved.kind());
}

#[test]
fn a_project_of_schema_1_opens_with_all_that_came_later_empty_and_takes_it_then() {
    let [.., (_, bytes), _] = SCHEMA_1;
    let mut saved = Document::open(&[bytes], device(3)).unwrap();
    let read = project(&saved);
    // As schema 1 had it: a unit in free words, ends of the aim as people write them.
    assert_eq!((read.aim.from.as_str(), read.aim.to.as_str()), ("12 a month", "6 a month"));
    assert_eq!(read.measures[&item(1)].unit, Some(Unit::Count));
    assert_eq!((read.observations.len(), read.cycles.len(), read.actions.len()), (2, 1, 1));
    assert_eq!(read.cycles[&item(4)].decision, Decision::Adapt);
    let later = [Noun::Driver, Noun::ChangeIdea, Noun::Tally, Noun::Phase, Noun::StatusMove];
    assert!(later.iter().all(|noun| read.texts_of(*noun).is_empty()));
    assert_eq!((read.progress, read.start, read.end), (None, None, None));
    assert!(read.taken_back.is_empty() && read.disagreements.is_empty());

    let driver = Driver { name: "Light".into(), ..Driver::default() };
    let mut edits = driver.adding(item(7));
    edits.push(ProjectEdit::TakeBack { noun: Noun::Action, id: item(5), at: NOW });
    let edits: Vec<_> = edits.into_iter().map(Edit::ChangeProject).collect();
    write(&mut saved, &edits);
    let read = project(&saved);
    assert_eq!((read.drivers[&item(7)].name.as_str(), read.actions.len()), ("Light", 0));
    assert_eq!(read.taken_back[&item(5)].label, "Ask estates for lights");
    assert_eq!(saved.schema(), 3, "it is what this schema wrote now");
}

#[test]
fn comments_of_schema_1_open_and_can_be_taken_back() {
    let [.., (_, bytes)] = SCHEMA_1;
    let mut saved = Document::open(&[bytes], device(3)).unwrap();
    let said = |saved: &Document| match saved.content().unwrap() {
        Content::Comments(said) => (said.comments.len(), said.taken_back.len()),
        other => panic!("{other:?}"),
    };
    assert_eq!(said(&saved), (2, 0));
    write(&mut saved, &[Edit::Comments(CommentEdit::TakeBack { id: item(1), at: NOW })]);
    assert_eq!(said(&saved), (1, 1));
    write(&mut saved, &[Edit::Comments(CommentEdit::PutBack { id: item(1) })]);
    assert_eq!(said(&saved), (2, 0));
}

#[test]
fn the_history_of_a_saved_document_passes_the_gate_change_by_change() {
    let rules = AdmissionRules::from_server();
    for (kind, bytes) in SCHEMA_1.into_iter().chain(SCHEMA_2).chain(SCHEMA_3) {
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
    let mut saved = Document::open(&[SCHEMA_1[3].1], device(3)).unwrap();
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
    newer.put(ROOT, "schema", 4_u64).unwrap();
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
    assert_eq!(document.schema(), 4);
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
