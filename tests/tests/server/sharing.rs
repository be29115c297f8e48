//! Who gets to read what: grants, revocations, comments, deletions, what was seen.

use enhance_documents::{Edit, NewDocument};
use enhance_model::{
    DocumentKind, RefusalCode, Right, Role, Timestamp,
    comments::{Comment, CommentEdit},
    reflection::SharedReflection,
};
use enhance_protocol::{Cursor, EntryBody, EntryKind, Offer, Outcome, Seen};

use crate::world::{
    Device, Plan, World, change, delete, entries, grant, hashes, item, now, revoke,
};

fn kinds(items: &[enhance_protocol::Item]) -> Vec<EntryKind> {
    entries(items).iter().map(|entry| entry.offer.kind).collect()
}

fn refused(outcome: &Outcome) -> RefusalCode {
    match outcome {
        Outcome::Rejected { code, .. } => *code,
        other => panic!("{other:?}"),
    }
}

fn say(comments: &mut Plan, number: u8, body: &str) -> Offer {
    let comment =
        Comment { body: body.to_owned(), anchor: String::new(), at: now(), resolved_at: None };
    let edit = Edit::Comments(CommentEdit::Add { id: item(number), comment });
    change(comments.id, &comments.document.edit(None, &[edit], now()).unwrap().unwrap())
}

fn seen(plan: &mut Plan, at: i64) -> Offer {
    let at = Timestamp::from_unix_millis(at);
    Seen { version: plan.document.version(), at }.offer(plan.id).unwrap()
}

struct Trio {
    world: World,
    owner: Device,
    supervisor: Device,
    fellow: Device,
    plan: Plan,
}

/// An owner's plan, and two people who have read everything there is so far.
async fn trio() -> Trio {
    let mut world = World::new().await;
    let mut owner = world.join("Asha", Role::Trainee).await;
    let mut supervisor = world.join("Dr Birch", Role::Supervisor).await;
    let mut fellow = world.join("Chidi", Role::Fellow).await;
    let plan = owner.plan("Fewer falls");
    owner.store(&world, plan.offers()).await;
    for device in [&mut owner, &mut supervisor, &mut fellow] {
        device.pull(&world).await;
    }
    Trio { world, owner, supervisor, fellow, plan }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_granted_late_comes_whole_in_pages_of_any_size() {
    let Trio { world, owner, supervisor, fellow, mut plan } = trio().await;
    let mut wanted = vec![plan.create.hash, plan.first.hash];
    for round in 0..12 {
        let edit = plan.write(&format!("Patients fall at night, {round} times a week."));
        wanted.push(edit.hash);
        owner.store(&world, vec![edit]).await;
    }
    let to_fellow = grant(plan.id, fellow.person.id, Right::Comment, 1);
    owner.store(&world, vec![to_fellow.clone()]).await;
    let mut comments = fellow.comments(plan.id);
    let said = say(&mut comments, 1, "Which ward?");
    let mut offers = comments.offers();
    offers.push(said);
    wanted.push(to_fellow.hash);
    wanted.extend(offers.iter().map(|offer| offer.hash));
    fellow.store(&world, offers).await;
    let to_supervisor = grant(plan.id, supervisor.person.id, Right::Edit, 2);
    wanted.push(to_supervisor.hash);
    owner.store(&world, vec![to_supervisor]).await;
    let later = plan.write("Patients fall at night and in the morning.");
    wanted.push(later.hash);
    owner.store(&world, vec![later]).await;

    for max_bytes in [1, 700, 3_000, 1 << 20] {
        let mut reader = supervisor.clone();
        let pages = reader.pull_pages(&world, max_bytes).await;
        assert_eq!(hashes(&pages.concat()), wanted, "pages of {max_bytes}");
        assert!(reader.pull(&world).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_edit_and_both_get_the_others_work() {
    let Trio { world, mut owner, mut supervisor, plan, .. } = trio().await;
    owner.store(&world, vec![grant(plan.id, supervisor.person.id, Right::Edit, 1)]).await;
    owner.pull(&world).await;
    supervisor.pull(&world).await;
    let (mut mine, mut theirs) =
        (plan.on(&owner, &[&plan.first]), plan.on(&supervisor, &[&plan.first]));
    let (a, b) = (mine.write("Patients fall."), theirs.write("Nurses are few."));
    owner.store(&world, vec![a.clone()]).await;
    let answer = supervisor.exchange(&world, &supervisor.request(vec![b.clone()])).await;
    assert_eq!(hashes(&answer.items), [a.hash]);
    assert_eq!(hashes(&owner.pull(&world).await), [a.hash, b.hash]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_lets_do_what_it_says_and_no_more() {
    let Trio { world, owner, supervisor, fellow, plan } = trio().await;
    let mut copy = plan.on(&supervisor, &[&plan.first]);
    let edit = copy.write("Nurses are few.");
    let comments = supervisor.comments(plan.id);
    for (right, may_comment, may_edit) in
        [(Right::Read, false, false), (Right::Comment, true, false), (Right::Edit, true, true)]
    {
        let number = right as u8 + 1;
        owner.store(&world, vec![grant(plan.id, supervisor.person.id, right, number)]).await;
        let outcome = &supervisor.offer(&world, vec![edit.clone()]).await[0];
        assert_eq!(matches!(outcome, Outcome::Stored { .. }), may_edit, "{right}: {outcome:?}");
        let outcome = &supervisor.offer(&world, vec![comments.create.clone()]).await[0];
        let taken = matches!(outcome, Outcome::Stored { .. } | Outcome::Duplicate);
        assert_eq!(taken, may_comment, "{right}: {outcome:?}");
        let passing_on = grant(plan.id, fellow.person.id, Right::Read, number + 10);
        let outcome = &supervisor.offer(&world, vec![passing_on]).await[0];
        assert_eq!(refused(outcome), RefusalCode::NotGranted);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lost_their_right_hears_that_and_nothing_more() {
    let Trio { mut world, owner, mut supervisor, fellow, mut plan } = trio().await;
    let rights = [(supervisor.person.id, 1), (fellow.person.id, 2)];
    for (person, number) in rights {
        owner.store(&world, vec![grant(plan.id, person, Right::Comment, number)]).await;
    }
    let mut own = supervisor.comments(plan.id);
    let mut offers = own.offers();
    offers.push(say(&mut own, 1, "Which ward?"));
    supervisor.store(&world, offers.clone()).await;
    supervisor.pull(&world).await;

    let unread = plan.write("A secret of the ward.");
    let away = revoke(plan.id, supervisor.person.id, 3);
    owner.store(&world, vec![unread, away.clone(), plan.write("Another secret.")]).await;
    let comments = fellow.comments(plan.id);
    fellow.store(&world, comments.offers()).await;
    assert_eq!(hashes(&supervisor.pull(&world).await), [away.hash]);

    let late = say(&mut own, 2, "And at weekends?");
    let outcome = &supervisor.offer(&world, vec![late]).await[0];
    assert_eq!(refused(outcome), RefusalCode::NotGranted);
    let mut new_phone = world.second_device(&supervisor).await;
    let left: Vec<_> = hashes(&new_phone.pull(&world).await);
    let own_words: Vec<_> = offers.iter().map(|offer| offer.hash).chain([away.hash]).collect();
    assert_eq!(left, own_words, "a new phone gets the person's own words and no more");

    let back = grant(plan.id, supervisor.person.id, Right::Read, 4);
    owner.store(&world, vec![back.clone()]).await;
    let again = supervisor.pull(&world).await;
    assert_eq!(hashes(&again).first(), Some(&plan.create.hash));
    assert_eq!(hashes(&again).last(), Some(&back.hash));
    assert!(kinds(&again).contains(&EntryKind::Change));
    assert!(!kinds(&again).contains(&EntryKind::Revoke));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_between_two_pages_stops_the_rest() {
    let Trio { world, owner, mut supervisor, plan, .. } = trio().await;
    owner.store(&world, vec![grant(plan.id, supervisor.person.id, Right::Read, 1)]).await;
    let request =
        enhance_protocol::ExchangeRequest { max_bytes: 1, ..supervisor.request(Vec::new()) };
    let page = supervisor.exchange(&world, &request).await;
    assert_eq!(hashes(&page.items), [plan.create.hash]);
    assert!(page.more && page.cursor.within > 0);
    let away = revoke(plan.id, supervisor.person.id, 2);
    owner.store(&world, vec![away.clone()]).await;
    assert_eq!(hashes(&supervisor.pull(&world).await), [away.hash]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_plan_is_gone_for_ever_with_its_comments() {
    let Trio { mut world, owner, mut supervisor, mut plan, .. } = trio().await;
    let canary = "Bed seven by the window";
    let edit = plan.write(canary);
    owner
        .store(&world, vec![edit.clone(), grant(plan.id, supervisor.person.id, Right::Comment, 1)])
        .await;
    let comments = supervisor.comments(plan.id);
    supervisor.store(&world, comments.offers()).await;
    supervisor.pull(&world).await;
    assert_eq!(
        refused(&supervisor.offer(&world, vec![delete(plan.id)]).await[0]),
        RefusalCode::NotGranted
    );

    assert!(is_in_database(&world, canary));
    let end = delete(plan.id);
    owner.store(&world, vec![end.clone()]).await;
    assert!(!is_in_database(&world, canary), "what was destroyed can still be read");
    assert_eq!(hashes(&supervisor.pull(&world).await), [end.hash]);
    for offer in [plan.create.clone(), edit, comments.create.clone(), comments.first.clone()] {
        let by = if offer.document == plan.id { &owner } else { &supervisor };
        let outcome = &by.offer(&world, vec![offer]).await[0];
        assert_eq!(refused(outcome), RefusalCode::DocumentDeleted);
    }
    assert_eq!(owner.offer(&world, vec![end.clone()]).await, [Outcome::Duplicate]);
    let mut new_phone = world.second_device(&supervisor).await;
    assert_eq!(hashes(&new_phone.pull(&world).await), [end.hash]);
    let bytes = |who: &Device| {
        let db = rusqlite::Connection::open(world.data().join("server.db")).unwrap();
        let id = *who.person.id.as_bytes();
        db.query_row("SELECT bytes FROM person WHERE id = ?1", [id], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert!(bytes(&owner) < 100 && bytes(&supervisor) == 0, "the space is free again");
}

fn is_in_database(world: &World, text: &str) -> bool {
    ["server.db", "server.db-wal"].iter().any(|name| {
        let bytes = std::fs::read(world.data().join(name)).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_copy_is_read_by_those_it_was_shared_with() {
    let Trio { world, owner, mut supervisor, mut fellow, .. } = trio().await;
    let copy = SharedReflection { title: "A long night".into(), ..SharedReflection::default() };
    let new = NewDocument::SharedReflection { owner: owner.person.id, copy };
    let shared = owner.document(&new, DocumentKind::SharedReflection, None);
    let mut offers = shared.offers();
    offers.push(grant(shared.id, supervisor.person.id, Right::Read, 1));
    owner.store(&world, offers).await;
    assert_eq!(
        kinds(&supervisor.pull(&world).await),
        [EntryKind::Create, EntryKind::Change, EntryKind::Grant]
    );
    assert!(fellow.pull(&world).await.is_empty());
    let audit = world.command(&["audit"]).unwrap();
    assert_eq!(audit.matches("  read  ").count(), 1, "{audit}");
    supervisor.cursor = Cursor::default();
    supervisor.pull(&world).await;
    assert_eq!(world.command(&["audit"]).unwrap().matches("  read  ").count(), 1);
    assert!(world.command(&["audit", "verify"]).unwrap().contains("whole"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_newest_of_what_a_reader_has_seen_is_kept() {
    let Trio { mut world, owner, supervisor, mut plan, .. } = trio().await;
    let outcome = &supervisor.offer(&world, vec![seen(&mut plan, 1)]).await[0];
    assert_eq!(refused(outcome), RefusalCode::NotGranted);
    owner.store(&world, vec![grant(plan.id, supervisor.person.id, Right::Read, 1)]).await;
    let (first, second) = (seen(&mut plan, 1), seen(&mut plan, 2));
    supervisor.store(&world, vec![first.clone(), second.clone()]).await;
    assert_eq!(supervisor.offer(&world, vec![first.clone()]).await, [Outcome::Duplicate]);
    let mut tablet = world.second_device(&owner).await;
    let pulled = hashes(&tablet.pull(&world).await);
    assert!(pulled.contains(&second.hash) && !pulled.contains(&first.hash));
}

#[tokio::test(flavor = "multi_thread")]
async fn comments_are_about_the_plan_they_were_made_known_for() {
    let Trio { world, owner, plan, .. } = trio().await;
    let other = owner.plan("Another plan");
    owner.store(&world, other.offers()).await;
    let comments = owner.comments(other.id);
    let create = crate::world::create(comments.id, DocumentKind::Comments, Some(plan.id), None);
    let outcomes = owner.offer(&world, vec![create, comments.first]).await;
    assert!(matches!(outcomes[0], Outcome::Stored { .. }));
    assert_eq!(refused(&outcomes[1]), RefusalCode::WrongSchema);
}
