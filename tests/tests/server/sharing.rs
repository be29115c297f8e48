//! Who gets to read what: grants, revocations, comments, deletions, what was seen.

use enhance_documents::{Edit, NewDocument};
use enhance_model::{
    DocumentKind, RefusalCode, Right, Role, Timestamp,
    anchor::Place,
    comments::{Comment, CommentEdit},
    reflection::SharedReflection,
};
use enhance_protocol::{Cursor, EntryBody, EntryKind, Offer, Outcome, Seen};

use enhance_tests::{
    bare::{
        BareDevice, BareDocument,
        offers::{AT, create, delete, grant, hashes, item, kinds, revoke},
    },
    world::World,
};

fn refused(outcome: &Outcome) -> RefusalCode {
    match outcome {
        Outcome::Rejected { code, .. } => *code,
        other => panic!("{other:?}"),
    }
}

fn say(comments: &mut BareDocument, number: u8, body: &str) -> Offer {
    let comment = Comment {
        body: body.to_owned(),
        anchor: Place::Whole,
        span: None,
        answers: None,
        at: AT,
        edited_at: None,
        resolved_at: None,
    };
    let edit = Edit::Comments(CommentEdit::Add { id: item(number), comment });
    comments.edit(&edit)
}

fn seen(project: &mut BareDocument, at: i64) -> Offer {
    let at = Timestamp::from_unix_millis(at);
    Seen { version: project.document.version(), at }.offer(project.id).unwrap()
}

struct Trio {
    world: World,
    owner: BareDevice,
    supervisor: BareDevice,
    fellow: BareDevice,
    project: BareDocument,
}

/// An owner's plan, and two people who have read everything there is so far.
fn trio() -> Trio {
    let world = World::new();
    let mut owner = world.bare_device(Role::Trainee, "Asha");
    let mut supervisor = world.bare_device(Role::Supervisor, "Dr Birch");
    let mut fellow = world.bare_device(Role::Fellow, "Chidi");
    let project = owner.project("Fewer falls");
    owner.store(project.offers());
    for device in [&mut owner, &mut supervisor, &mut fellow] {
        device.pull();
    }
    Trio { world, owner, supervisor, fellow, project }
}

#[test]
fn a_document_granted_late_comes_whole_in_pages_of_any_size() {
    let Trio { world: _world, owner, supervisor, fellow, mut project } = trio();
    let mut wanted = vec![project.create.hash, project.first.hash];
    for round in 0..12 {
        let edit = project.write(&format!("Patients fall at night, {round} times a week."));
        wanted.push(edit.hash);
        owner.store(vec![edit]);
    }
    let to_fellow = owner.lets_in(&fellow, project.id, Right::Comment, 1);
    let mut comments = fellow.comments(project.id);
    let said = say(&mut comments, 1, "Which ward?");
    let mut offers = comments.offers();
    offers.push(said);
    // Who invited whom comes with what was accepted.
    wanted.push(grant(project.id, fellow.person.id, Right::Comment, 1).hash);
    wanted.push(to_fellow);
    wanted.extend(offers.iter().map(|offer| offer.hash));
    fellow.store(offers);
    wanted.push(grant(project.id, supervisor.person.id, Right::Edit, 2).hash);
    wanted.push(owner.lets_in(&supervisor, project.id, Right::Edit, 2));
    let later = project.write("Patients fall at night and in the morning.");
    wanted.push(later.hash);
    owner.store(vec![later]);

    for max_bytes in [1, 700, 3_000, 1 << 20] {
        let mut reader = supervisor.clone();
        let pages = reader.pull_pages(max_bytes);
        assert_eq!(hashes(&pages.concat()), wanted, "pages of {max_bytes}");
        assert!(reader.pull().is_empty());
    }
}

#[test]
fn both_sides_edit_and_both_get_the_others_work() {
    let Trio { world: _world, mut owner, mut supervisor, project, .. } = trio();
    owner.lets_in(&supervisor, project.id, Right::Edit, 1);
    owner.pull();
    supervisor.pull();
    let (mut mine, mut theirs) =
        (project.on(&owner, &[&project.first]), project.on(&supervisor, &[&project.first]));
    let (a, b) = (mine.write("Patients fall."), theirs.write("Nurses are few."));
    owner.store(vec![a.clone()]);
    let answer = supervisor.exchange(&supervisor.request(vec![b.clone()]));
    assert_eq!(hashes(&answer.items), [a.hash]);
    assert_eq!(hashes(&owner.pull()), [a.hash, b.hash]);
}

#[test]
fn a_right_lets_do_what_it_says_and_no_more() {
    let Trio { world: _world, owner, supervisor, fellow, project } = trio();
    let mut copy = project.on(&supervisor, &[&project.first]);
    let edit = copy.write("Nurses are few.");
    let comments = supervisor.comments(project.id);
    for (right, may_comment, may_edit) in
        [(Right::Read, false, false), (Right::Comment, true, false), (Right::Edit, true, true)]
    {
        let number = right as u8 + 1;
        owner.store(vec![grant(project.id, supervisor.person.id, right, number)]);
        if right == Right::Read {
            supervisor.join(project.id, right, number);
        }
        let outcome = &supervisor.offer(vec![edit.clone()])[0];
        assert_eq!(matches!(outcome, Outcome::Stored { .. }), may_edit, "{right}: {outcome:?}");
        let outcome = &supervisor.offer(vec![comments.create.clone()])[0];
        let taken = matches!(outcome, Outcome::Stored { .. } | Outcome::Duplicate);
        assert_eq!(taken, may_comment, "{right}: {outcome:?}");
        let passing_on = grant(project.id, fellow.person.id, Right::Read, number + 10);
        let outcome = &supervisor.offer(vec![passing_on])[0];
        assert_eq!(refused(outcome), RefusalCode::NotGranted);
    }
}

#[test]
fn who_lost_their_right_hears_that_and_nothing_more() {
    let Trio { world, owner, mut supervisor, fellow, mut project } = trio();
    for (other, number) in [(&supervisor, 1), (&fellow, 2)] {
        owner.lets_in(other, project.id, Right::Comment, number);
    }
    let mut own = supervisor.comments(project.id);
    let mut offers = own.offers();
    offers.push(say(&mut own, 1, "Which ward?"));
    supervisor.store(offers.clone());
    supervisor.pull();

    let unread = project.write("A secret of the ward.");
    let away = revoke(project.id, supervisor.person.id, 3);
    owner.store(vec![unread, away.clone(), project.write("Another secret.")]);
    let comments = fellow.comments(project.id);
    fellow.store(comments.offers());
    assert_eq!(hashes(&supervisor.pull()), [away.hash]);

    let late = say(&mut own, 2, "And at weekends?");
    let outcome = &supervisor.offer(vec![late])[0];
    assert_eq!(refused(outcome), RefusalCode::NotGranted);
    let mut new_phone = world.another_bare_device(&supervisor);
    let left: Vec<_> = hashes(&new_phone.pull());
    let own_words: Vec<_> = offers.iter().map(|offer| offer.hash).chain([away.hash]).collect();
    assert_eq!(left, own_words, "a new phone gets the person's own words and no more");

    let back = owner.lets_in(&supervisor, project.id, Right::Read, 4);
    let again = supervisor.pull();
    assert_eq!(hashes(&again).first(), Some(&project.create.hash));
    assert_eq!(hashes(&again).last(), Some(&back));
    assert!(kinds(&again).contains(&EntryKind::Change));
    assert!(!kinds(&again).contains(&EntryKind::Revoke));
}

#[test]
fn a_revocation_between_two_pages_stops_the_rest() {
    let Trio { world: _world, owner, mut supervisor, project, .. } = trio();
    owner.lets_in(&supervisor, project.id, Right::Read, 1);
    let small = |device: &BareDevice| enhance_protocol::ExchangeRequest {
        max_bytes: Some(1),
        ..device.request(Vec::new())
    };
    // First comes whose it is.
    let request = small(&supervisor);
    assert!(hashes(&supervisor.exchange(&request).items).is_empty());
    let request = small(&supervisor);
    let page = supervisor.exchange(&request);
    assert_eq!(hashes(&page.items), [project.create.hash]);
    assert!(page.more && page.cursor.within > 0);
    let away = revoke(project.id, supervisor.person.id, 2);
    owner.store(vec![away.clone()]);
    assert_eq!(hashes(&supervisor.pull()), [away.hash]);
}

#[test]
fn a_deleted_project_is_gone_for_ever_with_its_comments() {
    let Trio { world, owner, mut supervisor, mut project, .. } = trio();
    let canary = "Bed seven by the window";
    let edit = project.write(canary);
    owner.store(vec![edit.clone()]);
    owner.lets_in(&supervisor, project.id, Right::Comment, 1);
    let comments = supervisor.comments(project.id);
    supervisor.store(comments.offers());
    supervisor.pull();
    assert_eq!(refused(&supervisor.offer(vec![delete(project.id)])[0]), RefusalCode::NotGranted);

    assert!(is_in_database(&world, canary));
    let end = delete(project.id);
    owner.store(vec![end.clone()]);
    assert!(!is_in_database(&world, canary), "what was destroyed can still be read");
    assert_eq!(hashes(&supervisor.pull()), [end.hash]);
    for offer in [project.create.clone(), edit, comments.create.clone(), comments.first.clone()] {
        let by = if offer.document == project.id { &owner } else { &supervisor };
        let outcome = &by.offer(vec![offer])[0];
        assert_eq!(refused(outcome), RefusalCode::DocumentDeleted);
    }
    assert_eq!(owner.offer(vec![end.clone()]), [Outcome::Duplicate]);
    let mut new_phone = world.another_bare_device(&supervisor);
    assert_eq!(hashes(&new_phone.pull()), [end.hash]);
    let bytes = |who: &BareDevice| {
        let db = rusqlite::Connection::open(world.server.database()).unwrap();
        let id = *who.person.id.as_bytes();
        db.query_row("SELECT bytes FROM person WHERE id = ?1", [id], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert!(bytes(&owner) < 100 && bytes(&supervisor) == 0, "the space is free again");
}

fn is_in_database(world: &World, text: &str) -> bool {
    ["server.db", "server.db-wal"].iter().any(|name| {
        let bytes = std::fs::read(world.server.data().join(name)).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[test]
fn a_shared_copy_is_read_by_those_it_was_shared_with() {
    let Trio { world, owner, mut supervisor, mut fellow, .. } = trio();
    let copy = SharedReflection { title: "A long night".into(), ..SharedReflection::default() };
    let new = NewDocument::SharedReflection { owner: owner.person.id, copy };
    let shared = owner.document(&new, DocumentKind::SharedReflection, None);
    let mut offers = shared.offers();
    offers.push(grant(shared.id, supervisor.person.id, Right::Read, 1));
    owner.store(offers);
    assert_eq!(kinds(&supervisor.pull()), [EntryKind::Create, EntryKind::Change, EntryKind::Grant]);
    assert!(fellow.pull().is_empty());
    let audit = world.server.command(&["audit"]).unwrap();
    assert_eq!(audit.matches("  read  ").count(), 1, "{audit}");
    supervisor.cursor = Cursor::default();
    supervisor.pull();
    assert_eq!(world.server.command(&["audit"]).unwrap().matches("  read  ").count(), 1);
    assert!(world.server.command(&["audit", "verify"]).unwrap().contains("whole"));
}

#[test]
fn only_the_newest_of_what_a_reader_has_seen_is_kept() {
    let Trio { world, owner, supervisor, mut project, .. } = trio();
    let outcome = &supervisor.offer(vec![seen(&mut project, 1)])[0];
    assert_eq!(refused(outcome), RefusalCode::UnknownDocument);
    owner.lets_in(&supervisor, project.id, Right::Read, 1);
    let (first, second) = (seen(&mut project, 1), seen(&mut project, 2));
    supervisor.store(vec![first.clone(), second.clone()]);
    assert_eq!(supervisor.offer(vec![first.clone()]), [Outcome::Duplicate]);
    let mut tablet = world.another_bare_device(&owner);
    let pulled = hashes(&tablet.pull());
    assert!(pulled.contains(&second.hash) && !pulled.contains(&first.hash));
}

#[test]
fn comments_are_about_the_project_they_were_made_known_for() {
    let Trio { world: _world, owner, project, .. } = trio();
    let other = owner.project("Another plan");
    owner.store(other.offers());
    let comments = owner.comments(other.id);
    let elsewhere = create(comments.id, DocumentKind::Comments, Some(project.id), None);
    let outcomes = owner.offer(vec![elsewhere, comments.first]);
    assert!(matches!(outcomes[0], Outcome::Stored { .. }));
    assert_eq!(refused(&outcomes[1]), RefusalCode::WrongSchema);
}
