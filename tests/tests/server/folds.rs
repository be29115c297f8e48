//! Folds of plain documents: nothing that a device asks or offers is answered otherwise because of
//! them, and a keystroke takes a few bytes.

use std::collections::BTreeSet;

use enhance_documents::changes_in;
use enhance_model::{EntryHash, RefusalCode, Right, Role};
use enhance_protocol::{
    Cursor, DocumentHeads, EntryKind, FoldBody, Item, Offer, Outcome, PulledFold,
};
use enhance_tests::{
    bare::{BareDevice, BareDocument, offers},
    world::World,
};
use rusqlite::Connection;

fn database(world: &World) -> Connection {
    Connection::open(world.server.database()).unwrap()
}

fn number(db: &Connection, sql: &str) -> i64 {
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Has everything folded that is worth it.
#[track_caller]
fn fold(world: &World, documents: usize) {
    world.clock.jump_days(1);
    assert_eq!(world.server.fold(), documents);
    assert_eq!(world.server.fold(), 0, "what was folded is folded");
}

/// The hashes of the changes in a fold.
fn hashes_in(fold: &PulledFold) -> Vec<EntryHash> {
    let body = FoldBody::unpack(&fold.body, 1 << 24).unwrap();
    changes_in(&body.snapshot).unwrap().into_iter().map(|change| change.hash.into()).collect()
}

/// Everything that items bring, folds taken apart.
fn brought(items: &[Item]) -> Vec<EntryHash> {
    let hashes = items.iter().flat_map(|item| match item {
        Item::Entry(pulled) => vec![pulled.offer.hash],
        Item::Fold(fold) => [vec![fold.create.hash], hashes_in(fold)].concat(),
        Item::Person(_) => Vec::new(),
    });
    hashes.collect()
}

fn folds(items: &[Item]) -> usize {
    items.iter().filter(|item| matches!(item, Item::Fold(_))).count()
}

fn from(device: &BareDevice, cursor: Cursor, page: u32) -> Vec<Item> {
    let mut device = device.clone();
    device.cursor = cursor;
    device.pull_pages(page).concat()
}

const fn at(sequence: u64) -> Cursor {
    Cursor { sequence, within: 0 }
}

/// A project of Asha's in which Ben writes as well, with comments of his and other people's
/// projects in between.
struct Busy {
    asha: BareDevice,
    ben: BareDevice,
    project: BareDocument,
    /// Every change of the project, in the order in which they were stored.
    changes: Vec<Offer>,
    last: u64,
}

fn busy(world: &World) -> Busy {
    let asha = world.bare_device(Role::Trainee, "Asha");
    let mut ben = world.bare_device(Role::Supervisor, "Ben");
    let mut project = asha.project("Fewer falls");
    asha.store(project.offers());
    let mut other = ben.project("Fewer errors");
    ben.store(other.offers());
    let mut changes = vec![project.first.clone()];
    for night in 0..30 {
        changes.push(project.write(&format!("Night {night}.")));
        asha.store(changes[changes.len() - 1..].to_vec());
    }
    asha.lets_in(&ben, project.id, Right::Edit, 1);
    let all: Vec<&Offer> = changes.iter().collect();
    let mut his = project.on(&ben, &all);
    let mut comments = ben.comments(project.id);
    ben.store(comments.offers());
    for night in 30..60_u8 {
        let text = enhance_model::comments::Comment {
            anchor: enhance_model::anchor::Place::Whole,
            span: None,
            answers: None,
            edited_at: None,
            resolved_at: None,
            body: format!("Really, night {night}?"),
            at: offers::AT,
        };
        let edit =
            enhance_model::comments::CommentEdit::Add { id: offers::item(night), comment: text };
        ben.store(vec![comments.edit(&enhance_documents::Edit::Comments(edit))]);
        ben.store(vec![other.write(&format!("Dose {night}."))]);
        // Each on what they have: the two never read each other.
        changes.push(his.write(&format!("Night {night} was dark.")));
        ben.store(changes[changes.len() - 1..].to_vec());
        changes.push(project.write(&format!("Night {night}.")));
        let answer = asha.offer(changes[changes.len() - 1..].to_vec());
        assert!(matches!(answer[..], [Outcome::Stored { .. }]), "{answer:?}");
    }
    ben.pull();
    let last = ben.cursor.sequence;
    Busy { asha, ben, project, changes, last }
}

#[test]
fn from_every_cursor_a_device_reads_what_it_would_have_read() {
    let world = World::new();
    let Busy { asha, ben, last, .. } = busy(&world);
    let mut late = world.bare_device(Role::Fellow, "Cara");
    let cursors: Vec<u64> = (1..=last).step_by(9).chain([last]).collect();
    let read = |device: &BareDevice, page| -> Vec<Vec<EntryHash>> {
        cursors.iter().map(|cursor| brought(&from(device, at(*cursor), page))).collect()
    };
    let whole = |device: &BareDevice, page| {
        let all = from(device, Cursor::default(), page);
        (brought(&all).into_iter().collect::<BTreeSet<_>>(), folds(&all))
    };
    let before = (read(&asha, 1 << 20), read(&ben, 1 << 20));
    let (all_of_asha, none) = whole(&asha, 1 << 20);
    let (all_of_ben, _) = whole(&ben, 1 << 20);
    assert_eq!(none, 0);

    fold(&world, 3);
    let db = database(&world);
    assert_eq!(number(&db, "SELECT count(*) FROM entry WHERE kind = 'change'"), 0);
    assert_eq!(number(&db, "SELECT count(*) FROM journal"), 0);
    let sql = "SELECT count(*) FROM feed JOIN entry USING (sequence) WHERE kind = 'change'";
    assert_eq!(number(&db, sql), 0);
    for page in [1 << 20, 4_000] {
        let sets = |all: Vec<Vec<EntryHash>>| -> Vec<BTreeSet<EntryHash>> {
            all.into_iter().map(|hashes| hashes.into_iter().collect()).collect()
        };
        let now = (read(&asha, page), read(&ben, page));
        if page > 4_000 {
            assert_eq!(now.0, before.0, "in the same order, for who was never let in");
        }
        assert_eq!(sets(now.0), sets(before.0.clone()), "pages of {page}");
        assert_eq!(sets(now.1), sets(before.1.clone()), "pages of {page}");
        assert_eq!(whole(&asha, page), (all_of_asha.clone(), 2), "her project and his comments");
        assert_eq!(whole(&ben, page).0, all_of_ben, "pages of {page}");
    }
    assert_eq!(whole(&ben, 1 << 20).1, 2, "what came after he was let in comes one by one");

    // Who is let in late gets the folds as they are.
    let project = number(&db, "SELECT count(*) FROM fold_feed");
    assert_eq!(project, 5, "each of two who read two documents, and one who reads his own");
    asha.lets_in(&late, busy_id(&db), Right::Read, 2);
    for page in [1 << 20, 4_000] {
        let items = from(&late, Cursor::default(), page);
        assert_eq!(folds(&items), 2, "pages of {page}");
        let mut read: BTreeSet<_> = brought(&items).into_iter().collect();
        // Of who is in, that they accepted is heard, and not how they were invited.
        read.insert(offers::grant(busy_id(&db), ben.person.id, Right::Edit, 1).hash);
        assert!(all_of_asha.is_subset(&read));
    }
    assert_eq!(folds(&late.pull()), 2);
    assert_eq!(late.pull(), []);
}

/// The project with comments on it.
fn busy_id(db: &Connection) -> enhance_model::DocumentId {
    let sql = "SELECT about FROM document WHERE about IS NOT NULL";
    let id: [u8; 16] = db.query_row(sql, [], |row| row.get(0)).unwrap();
    enhance_model::DocumentId::from_bytes(id)
}

#[test]
fn what_is_folded_is_a_duplicate_and_work_on_any_of_it_goes_on() {
    let mut world = World::new();
    let Busy { asha, ben, mut project, changes, .. } = busy(&world);
    fold(&world, 3);
    for is_cold in [false, true] {
        if is_cold {
            world.server.stop();
            world.server.start_again();
        }
        let again = [project.offers(), changes.clone()].concat();
        let by_ben: Vec<Offer> = changes.iter().skip(31).step_by(2).cloned().collect();
        assert!(asha.offer(again).iter().all(|outcome| *outcome == Outcome::Duplicate));
        assert!(ben.offer(by_ben).iter().all(|outcome| *outcome == Outcome::Duplicate));
        // On the newest, and on what is long folded and no head: her first nights alone.
        asha.store(vec![project.write(&format!("In the morning ({is_cold})."))]);
        let old: Vec<&Offer> = changes[..10].iter().collect();
        let mut stale = project.on(&ben, &old);
        ben.store(vec![stale.write(&format!("Long ago ({is_cold})."))]);
    }
    // What lacks something that nobody knows still waits for that.
    let mut elsewhere = project.on(&ben, &changes.iter().collect::<Vec<_>>());
    let unknown = elsewhere.write("Unknown.");
    let follows = elsewhere.write("Unknown. And on.");
    let answer = ben.offer(vec![follows]);
    assert_eq!(answer, [Outcome::MissingDependencies(vec![unknown.hash])]);
    let mut asha = asha;
    let asked = vec![DocumentHeads { document: project.id, heads: Vec::new() }];
    let heads = asha.heads(asked).remove(0).heads;
    assert!(heads.len() >= 4, "two hands, each with a new end, and two from long ago");
}

#[test]
fn a_keystroke_takes_twelve_bytes_at_most_once_it_is_folded() {
    let world = World::builder().settings("fold_every = 1000000\n").begin();
    let asha = world.bare_device(Role::Trainee, "Asha");
    let mut project = asha.project("Fewer falls");
    asha.store(project.offers());
    let before = taken(&database(&world));
    let (mut text, mut rest) = (String::new(), 2_000);
    while rest > 0 {
        // A sitting: a few dozen keystrokes arrive together.
        let some = 40.min(rest);
        let sitting = (0..some).map(|key| {
            text.push(char::from(b'a' + u8::try_from((key * 7 + rest) % 26).unwrap()));
            project.write(&text)
        });
        asha.store(sitting.collect());
        world.clock.jump(std::time::Duration::from_secs(37));
        rest -= some;
    }
    world.clock.jump_days(1);
    assert_eq!(world.server.fold(), 1);
    let db = database(&world);
    assert_eq!(number(&db, "SELECT changes FROM fold"), 2_001);
    let more = taken(&db) - before;
    assert!(more <= 12 * 2_000, "{more} bytes for 2,000 keystrokes");
}

/// The bytes of the whole database, catalogues, feeds and indexes included.
fn taken(db: &Connection) -> i64 {
    db.execute_batch("VACUUM").unwrap();
    number(db, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
}

#[test]
fn a_deleted_document_leaves_no_word_in_the_servers_file() {
    let world = World::new();
    let Busy { asha, mut ben, project, changes, .. } = busy(&world);
    fold(&world, 3);
    let db = database(&world);
    let sql = "SELECT body FROM fold WHERE document = ?1";
    let body: Vec<u8> = db.query_row(sql, [project.id.as_bytes()], |row| row.get(0)).unwrap();
    let words = &body[body.len() / 2..][..40];
    let is_there = || {
        let files = ["", "-wal"].map(|end| {
            std::fs::read(format!("{}{end}", world.server.database().display())).unwrap_or_default()
        });
        files.concat().windows(words.len()).any(|window| window == words)
    };
    assert!(is_there());
    drop(db);
    asha.store(vec![offers::delete(project.id)]);
    assert!(!is_there());
    let db = database(&world);
    assert_eq!(number(&db, "SELECT count(*) FROM fold"), 1, "the project of Ben alone");
    assert_eq!(number(&db, "SELECT count(*) FROM fold_feed"), 1);
    let again = changes[3..4].to_vec();
    let answer = asha.offer(again);
    assert!(matches!(&answer[..], [Outcome::Rejected { code: RefusalCode::DocumentDeleted, .. }]));
    let kinds = offers::kinds(&ben.pull());
    assert_eq!(kinds, [EntryKind::Delete]);
    let sql = "SELECT count(*) FROM document WHERE deleted_at > 0 AND folded + changes > 0";
    assert_eq!(number(&db, sql), 0);
}

#[test]
fn who_is_shut_out_reads_nothing_of_a_fold_and_whoever_is_let_in_again_all_of_it() {
    let world = World::new();
    let Busy { asha, ben, project, changes, .. } = busy(&world);
    fold(&world, 3);
    asha.store(vec![offers::revoke(project.id, ben.person.id, 3)]);
    let of_project: BTreeSet<_> = changes.iter().map(|change| change.hash).collect();
    let read = |cursor| brought(&from(&ben, cursor, 1 << 20));
    for cursor in [at(0), at(1), at(40)] {
        assert!(read(cursor).iter().all(|hash| !of_project.contains(hash)), "from {cursor:?}");
    }
    asha.lets_in(&ben, project.id, Right::Edit, 4);
    for cursor in [at(0), at(1), at(40)] {
        let found: BTreeSet<_> = read(cursor).into_iter().collect();
        assert!(of_project.is_subset(&found), "from {cursor:?}");
    }
}

#[test]
fn a_fold_that_is_not_good_is_not_made_and_the_document_is_frozen() {
    let world = World::new();
    let Busy { asha, project, changes, .. } = busy(&world);
    let db = database(&world);
    let spoil = "UPDATE entry SET body = x'00' WHERE hash = ?1";
    db.execute(spoil, [changes[20].hash.as_bytes()]).unwrap();
    world.clock.jump_days(1);
    world.server.fold();
    assert_eq!(number(&db, "SELECT count(*) FROM fold"), 2, "the two others");
    for _ in 0..600 {
        if number(&db, "SELECT count(*) FROM document WHERE frozen_at > 0") == 1 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let mut project = project;
    let answer = asha.offer(vec![project.write("On.")]);
    assert!(matches!(&answer[..], [Outcome::Rejected { code: RefusalCode::DocumentFrozen, .. }]));
}

#[test]
fn what_is_spoilt_after_a_fold_freezes_the_document_after_its_last_good_change() {
    let world = World::builder().settings("trial_every = 25\n").begin();
    let asha = world.bare_device(Role::Trainee, "Asha");
    let mut project = asha.project("Fewer falls");
    asha.store(project.offers());
    asha.store((0..18).map(|night| project.write(&format!("Night {night}."))).collect());
    fold(&world, 1);
    let later: Vec<Offer> = (0..6).map(|night| project.write(&format!("Later {night}."))).collect();
    asha.store(later[..5].to_vec());
    let db = database(&world);
    let spoil = "UPDATE entry SET body = x'00' WHERE hash = ?1";
    db.execute(spoil, [later[2].hash.as_bytes()]).unwrap();
    asha.store(later[5..].to_vec());
    let mut frozen = 0;
    for _ in 0..100 {
        frozen = number(&db, "SELECT count(*) FROM document WHERE frozen_at > 0");
        if frozen == 1 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(frozen, 1);
    let trail = world.server.command(&["audit"]).unwrap();
    assert!(trail.contains("after 21 of 25 changes"), "{trail}");
    let read = brought(&from(&asha, Cursor::default(), 1 << 20));
    assert!(read.contains(&later[1].hash) && !read.contains(&later[2].hash));
}
