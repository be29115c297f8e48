//! What the gate lets through and what it does not.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod by_hand;
mod written;

use by_hand::Raw;
use enhance_documents::{AdmissionRules, Change, Document, Edit, NewDocument, Ruling};
use enhance_model::{
    DocumentId, DocumentKind, Limits, RefusalCode, Version,
    change_project::{ProjectEdit, Section},
};
use written::{NOW, device, example, new_project, open, owner, project, section, write};

/// Something a hostile device writes.
type Attack = fn(&mut automerge::AutoCommit);

fn title(text: &str) -> Edit {
    Edit::ChangeProject(ProjectEdit::Title { title: text.into() })
}

/// What a server answers to a device that sends these changes of a document.
fn sent_by(author: u8, document: &mut Document, changes: &[&Change]) -> Vec<Ruling> {
    sent_under(&Limits::default(), author, document, changes)
}

fn sent_under(
    limits: &Limits,
    author: u8,
    document: &mut Document,
    changes: &[&Change],
) -> Vec<Ruling> {
    let rules = AdmissionRules::from_device(device(author), limits, 0);
    let bytes: Vec<_> = changes.iter().map(|change| &change.bytes).collect();
    let findings = document.admit(&bytes, &rules).findings;
    findings.into_iter().map(|finding| finding.ruling).collect()
}

fn refused(code: RefusalCode) -> Ruling {
    Ruling::Rejected(code)
}

/// A change made with the engine directly, as a hostile device with our format could make it.
fn made_with(base: &Change, author: u8, write: impl FnOnce(&mut automerge::AutoCommit)) -> Change {
    let mut doc = automerge::AutoCommit::load(&base.bytes).unwrap();
    doc.set_author(Some(automerge::Author::from(device(author).as_bytes().to_vec())));
    write(&mut doc);
    doc.commit();
    let mut change = doc.get_last_local_change().unwrap();
    Change {
        hash: enhance_model::ChangeHash::from_bytes(change.hash().0),
        deps: vec![base.hash],
        bytes: change.bytes().into_owned(),
    }
}

#[test]
fn a_new_document_is_admitted_as_what_it_was_announced_and_as_nothing_else() {
    let limits = Limits::default();
    let rules = AdmissionRules::from_device(device(1), &limits, 0);
    for kind in DocumentKind::ALL {
        let changes = example(kind).changes_not_in(&Version::default());
        let create = &changes[..1].iter().map(|change| &change.bytes).collect::<Vec<_>>();
        let (document, _) = Document::admit_new(kind, owner(), create, device(7), &rules);
        assert_eq!(document.map(|document| document.kind()), Some(kind));
        let other = enhance_model::PersonId::from_bytes([8; 16]);
        let (document, admission) = Document::admit_new(kind, other, create, device(7), &rules);
        assert!(document.is_none());
        assert_eq!(admission.findings[0].ruling, refused(RefusalCode::WrongSchema));
    }
}

#[test]
fn changes_come_in_any_order_and_twice() {
    let (mut document, create) = new_project(1);
    let mut server = open(&create, 9);
    let one = write(&mut document, &[title("One")]);
    let two = write(&mut document, &[title("Two")]);
    let rulings = sent_by(1, &mut server, &[&two, &create, &one, &two]);
    let (admitted, duplicate) = (Ruling::Admitted, Ruling::Duplicate);
    assert_eq!(rulings, [admitted.clone(), duplicate.clone(), admitted, duplicate]);
    assert_eq!(server.version(), document.version());
    assert_eq!(sent_by(1, &mut server, &[&one]), [Ruling::Duplicate]);
}

#[test]
fn what_a_change_needs_first_is_named() {
    let (mut document, create) = new_project(1);
    let mut server = open(&create, 9);
    let one = write(&mut document, &[title("One")]);
    let two = write(&mut document, &[title("Two")]);
    let missing = Ruling::MissingDependencies(vec![one.hash]);
    assert_eq!(sent_by(1, &mut server, &[&two]), [missing]);
    assert_eq!(sent_by(1, &mut server, &[&one, &two]), [Ruling::Admitted, Ruling::Admitted]);
}

#[test]
fn a_device_sends_its_own_changes_only() {
    let (mut document, create) = new_project(1);
    let mut server = open(&create, 9);
    let first_of_actor = write(&mut open(&create, 2), &[title("Not mine")]);
    let later_of_actor = write(&mut document, &[title("Mine")]);
    let rulings = sent_by(3, &mut server, &[&first_of_actor, &later_of_actor]);
    assert_eq!(rulings, [refused(RefusalCode::WrongAuthor), refused(RefusalCode::ForeignActor)]);
    assert_eq!(sent_by(2, &mut server, &[&first_of_actor]), [Ruling::Admitted]);
}

#[test]
fn an_actor_known_elsewhere_stays_with_its_device() {
    let (_, create) = new_project(1);
    let mut server = open(&create, 9);
    let change = write(&mut open(&create, 2), &[title("Two")]);
    let limits = Limits::default();
    let known = |_: &_| Some(device(5));
    let rules = AdmissionRules {
        actor_owner: &known,
        ..AdmissionRules::from_device(device(2), &limits, 0)
    };
    let admission = server.admit(&[&change.bytes], &rules);
    assert_eq!(admission.findings[0].ruling, refused(RefusalCode::ForeignActor));
}

#[test]
fn two_changes_cannot_take_one_place() {
    let (document, create) = new_project(1);
    let mut server = open(&create, 9);
    let one = write(&mut document.clone(), &[title("One")]);
    let other = write(&mut document.clone(), &[title("Restored from a backup")]);
    let rulings = sent_by(1, &mut server, &[&one, &other]);
    assert_eq!(rulings, [Ruling::Admitted, refused(RefusalCode::WrongSequence)]);
}

#[test]
fn what_is_shared_or_signed_takes_no_second_change() {
    for kind in DocumentKind::ALL.into_iter().filter(|kind| kind.never_changes()) {
        let mut copy = example(kind);
        let create = copy.changes_not_in(&Version::default()).remove(0);
        let edit = made_with(&create, 1, |doc| {
            use automerge::transaction::Transactable;
            doc.put(automerge::ROOT, "title", "Better").unwrap();
        });
        assert_eq!(sent_by(1, &mut copy, &[&edit]), [refused(RefusalCode::Immutable)], "{kind}");
    }
}

#[test]
fn what_is_fixed_stays() {
    use automerge::{ObjType, ROOT, transaction::Transactable};
    let (_, create) = new_project(1);
    let attacks: [Attack; 5] = [
        |doc| doc.put(ROOT, "owner", written::item(6).to_string()).unwrap(),
        |doc| doc.put(ROOT, "kind", "comments").unwrap(),
        |doc| doc.delete(ROOT, "created_at").unwrap(),
        |doc| drop(doc.put_object(ROOT, "sections", ObjType::Map).unwrap()),
        |doc| doc.put(ROOT, "schema", 0_u64).unwrap(),
    ];
    for (number, attack) in attacks.into_iter().enumerate() {
        let change = made_with(&create, 2, attack);
        let mut server = open(&create, 9);
        let ruling = refused(RefusalCode::Immutable);
        assert_eq!(sent_by(2, &mut server, &[&change]), [ruling], "attack {number}");
    }
}

#[test]
fn values_of_wrong_types_and_trees_without_end_are_refused() {
    use automerge::{ObjType, ROOT, ReadDoc, transaction::Transactable};
    let (_, create) = new_project(1);
    let attacks: [Attack; 5] = [
        |doc| doc.put(ROOT, "title", 7).unwrap(),
        |doc| drop(doc.put_object(ROOT, "status", ObjType::Map).unwrap()),
        |doc| {
            let measures = doc.get(ROOT, "measures").unwrap().unwrap().1;
            doc.put(&measures, "not-an-id", "text").unwrap();
        },
        |doc| {
            let mut map = ROOT;
            for _ in 0..9 {
                map = doc.put_object(&map, "deeper", ObjType::Map).unwrap();
            }
        },
        |doc| (0..65).for_each(|n| doc.put(ROOT, format!("unknown {n}"), true).unwrap()),
    ];
    for (number, attack) in attacks.into_iter().enumerate() {
        let change = made_with(&create, 2, attack);
        let mut server = open(&create, 9);
        let ruling = refused(RefusalCode::WrongSchema);
        assert_eq!(sent_by(2, &mut server, &[&change]), [ruling], "attack {number}");
    }
}

#[test]
fn limits_hold_to_the_character() {
    let (mut document, create) = new_project(1);
    let limits = Limits { text_chars: 40, ..Limits::default() };
    let fits = write(&mut document, &[section(Section::Plan, &"ä".repeat(40))]);
    let too_long = write(&mut document, &[section(Section::Plan, &"ä".repeat(41))]);
    let mut server = open(&create, 9);
    let rulings = sent_under(&limits, 1, &mut server, &[&fits, &too_long]);
    assert_eq!(rulings, [Ruling::Admitted, refused(RefusalCode::TextTooLong)]);

    let few = Limits { document_changes: 2, ..Limits::default() };
    let rulings = sent_under(&few, 1, &mut open(&create, 9), &[&fits, &too_long]);
    assert_eq!(rulings, [Ruling::Admitted, refused(RefusalCode::TooManyChanges)]);

    let bytes = fits.bytes.len() as u64;
    let small = Limits { document_bytes: bytes, ..Limits::default() };
    let rulings = sent_under(&small, 1, &mut open(&create, 9), &[&fits, &too_long]);
    assert_eq!(rulings, [Ruling::Admitted, refused(RefusalCode::DocumentTooLarge)]);

    let tiny = Limits { change_bytes: bytes - 1, ..Limits::default() };
    let rulings = sent_under(&tiny, 1, &mut open(&create, 9), &[&fits]);
    assert_eq!(rulings, [refused(RefusalCode::ChangeTooLarge)]);
}

#[test]
fn one_bad_change_takes_only_its_own_followers_with_it() {
    use automerge::{ROOT, transaction::Transactable};
    let (mut document, create) = new_project(1);
    let good: Vec<Change> =
        (0..20).map(|number| write(&mut document, &[title(&format!("{number}"))])).collect();
    let bad = made_with(&create, 1, |doc| doc.put(ROOT, "title", 7).unwrap());
    let mut hostile = Document::open(&[&create.bytes, &bad.bytes], device(1)).unwrap();
    let follower = write(&mut hostile, &[title("After the bad one")]);
    let mut all: Vec<&Change> = good.iter().collect();
    all.insert(7, &bad);
    all.push(&follower);
    let mut server = open(&create, 9);
    let rulings = sent_by(1, &mut server, &all);
    for (place, ruling) in rulings.iter().enumerate() {
        let expected = match place {
            7 => refused(RefusalCode::WrongSchema),
            21 => Ruling::MissingDependencies(vec![bad.hash]),
            _ => Ruling::Admitted,
        };
        assert_eq!(*ruling, expected, "change {place}");
    }
    assert_eq!(server.version(), document.version());
}

#[test]
fn a_text_written_in_three_hundred_sittings_can_be_deleted_in_one() {
    let (mut document, create) = new_project(1);
    for sitting in 1..=300 {
        document = open_again(&mut document);
        write(&mut document, &[section(Section::Plan, &"a".repeat(sitting))]);
    }
    document = open_again(&mut document);
    write(&mut document, &[section(Section::Plan, "")]);
    let changes = document.changes_not_in(&Version::new(vec![create.hash]));
    let rulings = sent_by(8, &mut open(&create, 9), &changes.iter().collect::<Vec<_>>());
    assert!(rulings.iter().all(|ruling| *ruling == Ruling::Admitted));
}

/// Cases G1 and G23: what is admitted must never make the next honest edit inadmissible.
#[test]
fn work_side_by_side_is_bounded_and_the_next_edit_joins_it() {
    let (_, create) = new_project(1);
    let mut server = open(&create, 9);
    let beside: Vec<Change> =
        (0..20).map(|n| write(&mut open(&create, 2), &[title(&format!("{n}"))])).collect();
    let rulings = sent_by(2, &mut server, &beside.iter().collect::<Vec<_>>());
    let admitted = rulings.iter().filter(|ruling| **ruling == Ruling::Admitted).count();
    assert_eq!(admitted, 8, "of one person there may be eight heads");
    assert_eq!(rulings[19], refused(RefusalCode::TooManyHeads));
    // Another device goes on from all of them, and so can the one that was refused.
    for device in [1, 2] {
        let snapshot = server.snapshot().unwrap();
        let mut phone = Document::open(&[snapshot], written::device(device)).unwrap();
        let joining = write(&mut phone, &[title(&format!("All of it, {device}"))]);
        assert_eq!(sent_by(device, &mut server, &[&joining]), [Ruling::Admitted]);
        assert_eq!(server.version().heads().len(), 1);
    }
}

#[test]
fn a_refused_change_leaves_the_document_writable() {
    let (_, create) = new_project(1);
    let mut server = open(&create, 9);
    let far = Raw::after(&[create.hash], 2, 1 << 29).chunk();
    let admission = server.admit(&[far], &AdmissionRules::from_server());
    assert_eq!(admission.findings[0].ruling, refused(RefusalCode::Bomb));
    write(&mut server, &[title("Goes on")]);
    assert_eq!(project(&open_again(&mut server)).title, "Goes on");
}

fn open_again(document: &mut Document) -> Document {
    Document::open(&[document.snapshot().unwrap()], device(8)).unwrap()
}

#[test]
fn a_change_by_hand_that_is_in_order_passes() {
    let (_, create) = new_project(1);
    let raw = Raw::after(&[create.hash], 2, 1_000).chunk();
    let limits = Limits::default();
    let rules = AdmissionRules::from_device(device(2), &limits, 0);
    let admission = open(&create, 9).admit(&[raw], &rules);
    assert_eq!(admission.findings[0].ruling, Ruling::Admitted);
}

#[test]
fn everything_this_crate_writes_passes_its_own_gate() {
    for kind in DocumentKind::ALL {
        let mut document = example(kind);
        let changes = document.changes_not_in(&Version::default());
        let rules = AdmissionRules::from_server();
        let bytes: Vec<_> = changes.iter().map(|change| &change.bytes).collect();
        let (admitted, admission) = Document::admit_new(kind, owner(), &bytes, device(7), &rules);
        for (finding, change) in admission.findings.iter().zip(&changes) {
            assert_eq!(finding.ruling, Ruling::Admitted);
            let header = finding.change.as_ref().unwrap();
            assert_eq!((header.hash, &header.deps), (change.hash, &change.deps));
        }
        assert_eq!(admitted.unwrap().version(), document.version());
    }
}

#[test]
fn comments_stay_about_their_project() {
    use automerge::{ROOT, transaction::Transactable};
    let about = DocumentId::from_bytes([5; 16]);
    let new = NewDocument::Comments { owner: owner(), about };
    let (mut document, create) = Document::create(&new, device(1), NOW).unwrap();
    let other = DocumentId::from_bytes([6; 16]).to_string();
    let moved = made_with(&create, 1, |doc| doc.put(ROOT, "about", other).unwrap());
    assert_eq!(sent_by(1, &mut document, &[&moved]), [refused(RefusalCode::Immutable)]);
}
