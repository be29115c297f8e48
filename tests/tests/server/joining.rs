//! Joining a plan, as a hostile or careless device meets it.

use enhance_documents::NewDocument;
use enhance_model::{
    DocumentId, DocumentKind, PersonId, Preview, RefusalCode, Right, Role,
    joining::{MOST_FROM_ONE, MOST_FROM_ONE_FOR_ONE},
    reflection::SharedReflection,
};
use enhance_protocol::{EntryBody, EntryKind, Grant, Offer, Outcome, Revoke};
use enhance_tests::{
    bare::{
        BareDevice, BareDocument,
        offers::{AT, acceptance, delete, entries, grant, hashes, item, kinds, revoke},
    },
    world::World,
};

/// Declines an invitation of this number for good.
pub fn for_good(document: DocumentId, from: PersonId, number: u8) -> Offer {
    let (id, round) = (item(number | 0x40), u32::from(number));
    Revoke { id, from, round, at: AT, for_good: true }.offer(document).unwrap()
}

/// Invites somebody to so many projects, and says why the last was refused.
pub fn invitations(owner: &BareDevice, other: &BareDevice, projects: u8) -> RefusalCode {
    code(&invite(owner, other, projects).pop().unwrap())
}

fn invite(owner: &BareDevice, other: &BareDevice, projects: u8) -> Vec<Outcome> {
    let projects = (0..projects).map(|n| owner.project(&format!("Plan {n}"))).collect::<Vec<_>>();
    owner.store(projects.iter().flat_map(BareDocument::offers).collect());
    let person = other.person.id;
    owner.offer(projects.iter().map(|project| grant(project.id, person, Right::Read, 1)).collect())
}

fn code(outcome: &Outcome) -> RefusalCode {
    match outcome {
        Outcome::Rejected { code, .. } => *code,
        other => panic!("{other:?}"),
    }
}

struct Pair {
    world: World,
    owner: BareDevice,
    other: BareDevice,
}

fn pair() -> Pair {
    let world = World::new();
    let owner = world.bare_device(Role::Trainee, "Asha");
    let mut other = world.bare_device(Role::Supervisor, "Dr Birch");
    other.pull();
    Pair { world, owner, other }
}

#[test]
fn g13_who_is_invited_gets_what_there_is_to_decide_and_the_project_once_they_accept() {
    let Pair { world, owner, mut other } = pair();
    let mut project = owner.project("Fewer falls");
    owner.store(project.offers());
    let me = other.person.id;
    let (id, preview) = (item(1), Some(Preview::new("Fewer falls", 400)));
    let invitation = Grant { preview, ..Grant::new(id, me, Right::Edit, 1, AT) };
    owner.store(vec![invitation.offer(project.id).unwrap()]);
    let heard = other.pull();
    assert_eq!(kinds(&heard), [EntryKind::Grant], "and nothing of the plan");
    assert_eq!(Grant::read(&entries(&heard)[0].offer.body).unwrap(), invitation);
    let edit = project.on(&other, &[&project.first]).write("Uninvited.");
    assert_eq!(code(&other.offer(vec![edit])[0]), RefusalCode::NotGranted);
    owner.store(vec![project.write("A secret of the ward.")]);
    assert!(other.pull().is_empty(), "nor what is written meanwhile");
    assert!(!world.server.command(&["audit"]).unwrap().contains("  read  "));

    let accepted = invitation.accepted(item(2), entries(&heard)[0].offer.hash, AT);
    let accepted = accepted.offer(project.id).unwrap();
    let answer = other.exchange(&other.request(vec![accepted.clone()]));
    let came = kinds(&answer.items);
    let (change, grant) = (EntryKind::Change, EntryKind::Grant);
    let expected = [EntryKind::Create, change, grant, change, grant];
    assert_eq!(came, expected, "with the same exchange");
    // Reading is noted whole, also with the exchange by which they joined.
    assert_eq!(world.server.command(&["audit"]).unwrap().matches("  read  ").count(), 1);
    assert_eq!(other.offer(vec![accepted.clone()]), [Outcome::Duplicate]);
    let mut tablet = world.another_bare_device(&other);
    assert_eq!(hashes(&tablet.pull()).last(), Some(&accepted.hash));
}

#[test]
fn g13_nobody_joins_what_they_are_not_invited_to_or_not_any_more() {
    let Pair { world, owner, other } = pair();
    let (project, me) = (owner.project("Fewer falls"), other.person.id);
    owner.store(project.offers());
    let joins =
        |right, number| code(&other.offer(vec![acceptance(project.id, me, right, number)])[0]);
    assert_eq!(joins(Right::Edit, 1), RefusalCode::UnknownDocument, "to an outsider none is there");
    let invitation = grant(project.id, me, Right::Read, 1);
    owner.store(vec![invitation.clone()]);
    assert_eq!(joins(Right::Edit, 1), RefusalCode::InvitationUnknown, "not for more than that");
    // What names no invitation, or another entry, answers nothing.
    let answer = Grant::new(item(9), me, Right::Read, 1, AT);
    for answers in [None, Some(project.create.hash), Some(project.first.hash)] {
        let answer = Grant { answers, ..answer.clone() }.offer(project.id).unwrap();
        assert_eq!(code(&other.offer(vec![answer])[0]), RefusalCode::InvitationUnknown);
    }
    let third = world.bare_device(Role::Fellow, "Chidi");
    let stolen = Grant { to: third.person.id, answers: Some(invitation.hash), ..answer };
    let stolen = stolen.offer(project.id).unwrap();
    assert_eq!(code(&third.offer(vec![stolen.clone()])[0]), RefusalCode::UnknownDocument);
    code(&other.offer(vec![stolen])[0]);
    assert_eq!(joins(Right::Read, 2), RefusalCode::InvitationUnknown, "nor for another");
    owner.store(vec![grant(project.id, me, Right::Comment, 2)]);
    assert_eq!(joins(Right::Read, 1), RefusalCode::InvitationUnknown, "another took its place");
    owner.store(vec![revoke(project.id, me, 3)]);
    assert_eq!(joins(Right::Comment, 2), RefusalCode::InvitationUnknown, "it was taken back");
    owner.store(vec![grant(project.id, me, Right::Comment, 4)]);
    world.clock.jump_days(31);
    assert_eq!(joins(Right::Comment, 4), RefusalCode::InvitationExpired);
    owner.store(vec![grant(project.id, me, Right::Comment, 5)]);
    other.join(project.id, Right::Comment, 5);
    owner.store(vec![delete(project.id)]);
    assert_eq!(joins(Right::Comment, 6), RefusalCode::DocumentDeleted);
}

#[test]
fn g13_thousands_of_invitations_are_a_refusal_with_words() {
    let Pair { world: _world, owner, other } = pair();
    let outcomes = invite(&owner, &other, 60);
    let taken = outcomes.iter().filter(|one| matches!(one, Outcome::Stored { .. })).count() as u64;
    assert_eq!(taken, MOST_FROM_ONE_FOR_ONE);
    let Some(Outcome::Rejected { code, message }) = outcomes.last() else { panic!("all taken") };
    assert_eq!(*code, RefusalCode::TooManyInvitations);
    assert!(message.contains("waits to be answered"), "{message}");
    assert_eq!(invitations(&owner, &other, 1), RefusalCode::TooManyInvitations);
}

#[test]
fn g13_of_one_sender_so_much_waits_whoever_it_is_for() {
    let Pair { world, owner, other } = pair();
    let others: Vec<BareDevice> = (0..4)
        .map(|number| world.bare_device(Role::Fellow, &format!("Fellow {number}")))
        .chain([other])
        .collect();
    let mut taken = 0;
    for other in &others {
        let outcomes = invite(&owner, other, 30);
        taken += outcomes.iter().filter(|one| matches!(one, Outcome::Stored { .. })).count() as u64;
    }
    assert_eq!(taken, MOST_FROM_ONE);
}

#[test]
fn g13_equal_invitations_are_one_and_one_that_is_answered_makes_room() {
    let Pair { world: _world, owner, mut other } = pair();
    let (project, me) = (owner.project("Fewer falls"), other.person.id);
    owner.store(project.offers());
    owner.store(vec![grant(project.id, me, Right::Read, 1)]);
    for number in 2..20 {
        let again = owner.offer(vec![grant(project.id, me, Right::Read, number)]);
        assert_eq!(again, [Outcome::Duplicate]);
    }
    assert_eq!(kinds(&other.pull()), [EntryKind::Grant]);
    // One for something else takes the place of one that was not read yet.
    owner.store(vec![grant(project.id, me, Right::Comment, 20)]);
    owner.store(vec![grant(project.id, me, Right::Edit, 21)]);
    assert_eq!(other.pull().len(), 1);
    other.store(vec![revoke(project.id, me, 21)]);
    assert_eq!(other.offer(vec![revoke(project.id, me, 21)]), [Outcome::Duplicate]);
    owner.store(vec![grant(project.id, me, Right::Read, 22)]);
    other.join(project.id, Right::Read, 22);
}

#[test]
fn g13_who_declines_for_good_is_not_asked_again_until_they_say_so() {
    let Pair { world, owner, other } = pair();
    let me = other.person.id;
    let (project, second) = (owner.project("Fewer falls"), owner.project("Another"));
    owner.store([project.offers(), second.offers()].concat());
    owner.store(vec![grant(project.id, me, Right::Read, 1)]);
    other.store(vec![for_good(project.id, me, 1)]);
    for (id, number) in [(project.id, 2), (second.id, 1)] {
        let refused = owner.offer(vec![grant(id, me, Right::Read, number)]);
        assert_eq!(code(&refused[0]), RefusalCode::Unwelcome);
    }
    let third = world.bare_device(Role::Fellow, "Chidi");
    let theirs = third.project("Theirs");
    third.store(theirs.offers());
    third.store(vec![grant(theirs.id, me, Right::Read, 1)]);
    other.store(vec![revoke(project.id, me, 2)]);
    owner.store(vec![grant(second.id, me, Right::Read, 1)]);
    other.join(second.id, Right::Read, 1);
}

#[test]
fn g13_copies_that_nobody_has_read_are_bounded_the_same_way_and_can_be_put_away() {
    let Pair { world: _world, owner, mut other } = pair();
    let me = other.person.id;
    let share = |number: u64| {
        let title = format!("Night {number}");
        let copy = SharedReflection { title, ..SharedReflection::default() };
        let new = NewDocument::SharedReflection { owner: owner.person.id, copy };
        let shared = owner.document(&new, DocumentKind::SharedReflection, None);
        owner.store(shared.offers());
        (shared.id, owner.offer(vec![grant(shared.id, me, Right::Comment, 1)]).remove(0))
    };
    let shared: Vec<_> = (0..MOST_FROM_ONE_FOR_ONE).map(share).collect();
    assert!(shared.iter().all(|(_, outcome)| matches!(outcome, Outcome::Stored { .. })));
    assert_eq!(code(&share(99).1), RefusalCode::TooManyInvitations);
    other.pull();
    let (id, outcome) = share(100);
    assert!(matches!(outcome, Outcome::Stored { .. }), "they were read: {outcome:?}");
    other.store(vec![revoke(id, me, 1)]);
    assert!(!kinds(&other.pull()).contains(&EntryKind::Change));
}

#[test]
fn g13_a_title_that_is_no_line_of_words_is_refused() {
    let Pair { world: _world, owner, other } = pair();
    let project = owner.project("Fewer falls");
    owner.store(project.offers());
    let preview = Some(Preview { title: "Falls ".repeat(500), bytes: 1 });
    let (id, to) = (item(1), other.person.id);
    let long = Grant { preview, ..Grant::new(id, to, Right::Read, 1, AT) };
    let refused = owner.offer(vec![long.offer(project.id).unwrap()]);
    assert_eq!(code(&refused[0]), RefusalCode::TextTooLong);
}
