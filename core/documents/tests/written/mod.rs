//! What people write in these tests, and documents with something of everything in them.

#![allow(dead_code, clippy::expect_used, reason = "each test binary uses a part")]

mod everything;

use enhance_documents::{Change, Content, Document, Edit, NewDocument};
use enhance_model::{
    DeviceId, DocumentId, DocumentKind, ItemId, Minutes, PersonId, Tag, Timestamp,
    change_project::{ChangeProject, ProjectEdit, Section},
    personal_record::{LearningSession, SessionKind},
    reflection::SharedReflection,
};

use everything::{
    comment_edits, project_edits, record_edits, reflection, reflection_edits, request, sign_off,
};

pub const NOW: Timestamp = Timestamp::from_unix_millis(1_795_000_000_000);

pub fn device(number: u8) -> DeviceId {
    DeviceId::from_bytes([number; 16])
}

pub fn owner() -> PersonId {
    PersonId::from_bytes([9; 16])
}

pub fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

pub fn project(document: &Document) -> ChangeProject {
    match document.content().unwrap() {
        Content::ChangeProject(project) => *project,
        other => panic!("not a project: {other:?}"),
    }
}

pub fn new_project(author: u8) -> (Document, Change) {
    let new = NewDocument::ChangeProject {
        owner: owner(),
        title: "Falls at night".into(),
        topic: "quality".into(),
        setting: "Ward 7".into(),
    };
    Document::create(&new, device(author), NOW).unwrap()
}

pub fn section(section: Section, text: &str) -> Edit {
    Edit::ChangeProject(ProjectEdit::Section { section, text: text.into() })
}

/// Makes an edit. What the document remembers of all it says follows, as if it were read anew.
pub fn write(document: &mut Document, edits: &[Edit]) -> Change {
    document.standing().unwrap();
    let change = document.edit(None, edits, NOW).unwrap().expect("the edit changes something");
    assert_eq!(document.standing().as_deref(), document.content().as_ref());
    change
}

pub fn open(change: &Change, author: u8) -> Document {
    Document::open(&[&change.bytes], device(author)).unwrap()
}

/// A document of each kind, written by two devices, with something of everything in it.
pub fn example(kind: DocumentKind) -> Document {
    let (new, edits) = match kind {
        DocumentKind::Reflection => (
            NewDocument::Reflection { owner: owner(), reflection: reflection() },
            reflection_edits(),
        ),
        DocumentKind::PersonalRecord => {
            (NewDocument::PersonalRecord { owner: owner() }, record_edits())
        }
        DocumentKind::SharedReflection => {
            let copy = reflection().to_shared(NOW);
            let copy = SharedReflection { tags: [Tag::Domain("quality".into())].into(), ..copy };
            (NewDocument::SharedReflection { owner: owner(), copy }, Vec::new())
        }
        DocumentKind::ChangeProject => {
            let mut document = new_project(1).0;
            finish(&mut document, &project_edits());
            return document;
        }
        DocumentKind::SignOffRequest => {
            (NewDocument::SignOffRequest { owner: owner(), request: request() }, Vec::new())
        }
        DocumentKind::SignOff => {
            let sign_off = Box::new(sign_off());
            (NewDocument::SignOff { owner: owner(), sign_off }, Vec::new())
        }
        DocumentKind::Comments => (
            NewDocument::Comments { owner: owner(), about: DocumentId::from_bytes([5; 16]) },
            comment_edits(),
        ),
    };
    let mut document = Document::create(&new, device(1), NOW).unwrap().0;
    finish(&mut document, &edits);
    document
}

fn finish(document: &mut Document, edits: &[Edit]) {
    let (first, second) = edits.split_at(edits.len() / 2);
    document.edit(None, first, NOW).unwrap();
    let snapshot = document.snapshot().unwrap();
    *document = Document::open(&[snapshot], device(2)).unwrap();
    document.edit(None, second, NOW.plus_millis(60_000)).unwrap();
}

pub fn session() -> LearningSession {
    LearningSession {
        title: "Grand round".into(),
        activity: Some("attend/round".into()),
        start: NOW,
        minutes: Minutes(50),
        kind: SessionKind::NonCore,
        themes: [Tag::Theme("digital".into())].into(),
        online: Some(Minutes(20)),
        part: "round".into(),
        ..LearningSession::default()
    }
}
