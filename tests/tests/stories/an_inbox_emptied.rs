//! A supervisor finds what waits for him, does each thing, and has an empty inbox on both his
//! devices; a fellow sees who shared what, and reminds a trainee once.

use enhance_client::{
    Clock, Error, InboxPage, InboxView, SignOffAnswer, SignOffSubject, Supervision,
    model::{
        DocumentId, ItemId, Role, Timestamp,
        change_project::{Action, ActionEdit, Item, ProjectEdit, Section},
        comments::CommentEdit,
        inbox::InboxKind,
        personal_record::{EvidenceDeadline, Placement, RecordItem, Supervisor},
        sign_off::{Decision, SupervisorRole},
    },
};
use enhance_tests::{device::Device, world::World};

#[track_caller]
fn waiting(device: &Device) -> Vec<InboxKind> {
    let inbox = device.inbox(InboxPage::default()).unwrap();
    assert_eq!(inbox.counts.total(), inbox.items.len() as u64);
    assert_eq!(device.inbox_counts().unwrap(), inbox.counts);
    let mut kinds: Vec<InboxKind> = inbox.items.into_iter().map(|one| one.item.kind).collect();
    kinds.sort_unstable();
    kinds
}

#[track_caller]
fn see(device: &Device, kind: InboxKind) {
    let inbox = device.inbox(InboxPage::default()).unwrap();
    let one = inbox.items.iter().find(|one| one.item.kind == kind).unwrap();
    device.mark_inbox_seen(one.item.id).unwrap();
}

fn signed() -> SignOffAnswer {
    let (decision, role) = (Decision::Signed, SupervisorRole::Clinical);
    SignOffAnswer { decision, role, statement: "Well thought through.".to_owned() }
}

fn now(world: &World) -> Timestamp {
    world.clock.now()
}

/// An action that was due two days ago.
fn overdue_action(world: &World, device: &Device, project: DocumentId) -> ItemId {
    let id = device.new_item_id();
    let due = Some(now(world).plus_millis(-2 * 24 * 60 * 60 * 1000).date());
    let action = Action { text: "Order the lamps".to_owned(), due, ..Action::default() };
    device.edit_project(project, None, &action.adding(id)).unwrap();
    id
}

#[tokio::test]
async fn an_inbox_is_emptied_by_doing_what_waits_on_both_devices() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let tablet = world.trusted_device(&ben, "Ben's tablet").await;
    let project = world.shared_project(&ana, &[&ben]).await;
    let action = overdue_action(&world, &ana, project);
    let asked = ana.comment(project, "problem", "Is this enough?").unwrap();
    let subject = SignOffSubject::Project(project);
    let request = ana.request_sign_off(&subject, Some(ben.person()), "Before Friday.").unwrap();
    let reflection = ana.reflect("A night on call");
    ana.answer(reflection, "It was busy.");
    let copy = ana.share_reflection(reflection, ben.person()).unwrap();
    world.settle(&[&ana, &ben, &tablet]).await;

    let all = [
        InboxKind::SignOffAsked,
        InboxKind::CopyShared,
        InboxKind::CommentUnanswered,
        InboxKind::ActionOverdue,
    ];
    assert_eq!(waiting(&ben), all);
    assert_eq!(waiting(&tablet), all, "and on his second device");
    let inbox = ben.inbox(InboxPage::default()).unwrap();
    let of = |kind| inbox.items.iter().find(|one| one.item.kind == kind).unwrap();
    assert_eq!(of(InboxKind::CopyShared).item.document, copy);
    assert_eq!(of(InboxKind::SignOffAsked).item.document, request);
    assert_eq!(of(InboxKind::CommentUnanswered).item.place, "problem");
    assert_eq!(of(InboxKind::ActionOverdue).item.place, action.to_string());
    assert_eq!(of(InboxKind::SignOffAsked).people[0].id, ana.person());
    let overdue = of(InboxKind::ActionOverdue).item.id;
    assert!(matches!(ben.mark_inbox_seen(overdue), Err(Error::NotAllowed { .. })));

    see(&ben, InboxKind::SignOffAsked);
    assert_eq!(waiting(&ben), all, "that is to be done");
    ben.network.down();
    ben.sign(request, &signed()).unwrap();
    see(&ben, InboxKind::CopyShared);
    let thread = ben.threads(project).unwrap().remove(0);
    ben.answer_comment(project, thread.place, "It is. Say who was asked.").unwrap();
    let done_at = Some(now(&world));
    let edit = ActionEdit::DoneAt(done_at);
    let done = ProjectEdit::Action { id: action, edit };
    ben.edit_project(project, None, &[done]).unwrap();
    assert_eq!(waiting(&ben), [], "at once, and without signal");
    ben.network.up();
    world.settle(&[&ben, &tablet, &ana]).await;
    assert_eq!(waiting(&tablet), []);

    // She is answered, is signed for, and sees who has seen what she shared.
    // The plan was written in after it was signed.
    let hers = [InboxKind::CommentAnswered, InboxKind::SignOffAnswered, InboxKind::SignOffEnded];
    assert_eq!(waiting(&ana), hers);
    let status = ana.sign_off_request(request).unwrap().status;
    assert_eq!(status.seen_by[0].person.id, ben.person());
    assert_eq!(ana.reflection(reflection).unwrap().status.seen_by[0].person.id, ben.person());
    for kind in hers {
        see(&ana, kind);
    }
    assert_eq!(waiting(&ana), []);
    ana.edit_comments(project, &[CommentEdit::Resolve { id: asked, at: now(&world) }]).unwrap();
    world.settle(&[&ana, &ben]).await;
    assert_eq!(waiting(&ben), []);
}

#[tokio::test]
async fn what_was_seen_is_known_to_ones_other_devices_and_comes_again_when_it_is_nearer() {
    let world = World::new();
    let phone = world.trainee().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    let at = now(&world).plus_millis(20 * 24 * 60 * 60 * 1000).date();
    let deadline = EvidenceDeadline { name: "ARCP".into(), at, ..EvidenceDeadline::default() };
    phone.edit_record(&deadline.adding(phone.new_item_id())).unwrap();
    world.settle(&[&phone, &tablet]).await;
    assert_eq!(waiting(&tablet), [InboxKind::Deadline]);
    see(&phone, InboxKind::Deadline);
    world.settle(&[&phone, &tablet]).await;
    assert_eq!((waiting(&phone), waiting(&tablet)), (vec![], vec![]));
    world.clock.jump_days(7);
    assert_eq!(waiting(&tablet), [InboxKind::Deadline], "fourteen days are left");
}

#[tokio::test]
async fn a_cohort_shows_what_was_shared_and_nothing_else() {
    let world = World::new();
    let cara = world.fellow().await;
    let (ana, ben, dan) = (
        world.person(Role::Trainee, "Ana").await,
        world.person(Role::Trainee, "Ben").await,
        world.person(Role::Trainee, "Dan").await,
    );
    let project = world.shared_project(&ana, &[&cara]).await;
    overdue_action(&world, &ana, project);
    ben.sync().await;
    ben.create_project("Mine alone", "sys", "Ward 3").unwrap();
    let reflection = ben.reflect("A night on call");
    ben.answer(reflection, "It was busy.");
    ben.share_reflection(reflection, cara.person()).unwrap();
    dan.create_project("Private plan", "sys", "Ward 1").unwrap();
    dan.note_session("Journal club");
    world.settle(&[&ana, &ben, &dan, &cara]).await;
    world.clock.jump_days(31);

    let cohort = cara.cohort().unwrap();
    let names: Vec<&str> = cohort.trainees.iter().map(|one| &*one.name).collect();
    assert_eq!(names, ["Ana", "Ben"], "Dan shared nothing");
    let [of_ana, of_ben] = cohort.trainees.as_slice() else { panic!("{cohort:?}") };
    assert_eq!((of_ana.projects.len(), of_ana.copies.len()), (1, 0));
    assert_eq!((of_ana.projects[0].silent_days, of_ana.projects[0].overdue_actions), (31, 1));
    assert_eq!((of_ben.projects.len(), of_ben.copies.len()), (0, 1));
    let csv = cohort.csv();
    assert!(csv.contains("Falls on ward 7") && !csv.contains("Mine alone"), "{csv}");
    assert!(!csv.contains("Private plan") && !csv.contains("It was busy"), "{csv}");
    let silent = waiting(&cara);
    assert!(silent.contains(&InboxKind::ProjectSilent), "{silent:?}");
}

#[tokio::test]
async fn a_nudge_goes_out_once_from_two_devices_without_signal() {
    let world = World::new();
    let (ana, cara) = (world.trainee().await, world.fellow().await);
    let other = world.person(Role::Fellow, "Eve Stone").await;
    let tablet = world.trusted_device(&cara, "Cara's tablet").await;
    let project = world.shared_project(&ana, &[&cara, &other]).await;
    world.settle(&[&ana, &cara, &tablet, &other]).await;
    world.clock.jump_days(31);
    for device in [&cara, &tablet, &other] {
        device.network.down();
        let first = device.nudge(project, "", "How far are the lamps?").unwrap();
        let again = device.nudge(project, "", "How far are the lamps?").unwrap();
        assert_eq!(again, first, "it is the same");
        let other_words = device.nudge(project, "", "How far are they?");
        assert!(matches!(other_words, Err(Error::NotAllowed { .. })), "said, and not dropped");
        device.network.up();
    }
    world.settle(&[&cara, &tablet, &other, &ana]).await;
    let inbox = ana.inbox(InboxPage::default()).unwrap();
    let [one] = inbox.items.as_slice() else { panic!("{inbox:?}") };
    assert_eq!((one.item.kind, &*one.item.words), (InboxKind::Nudge, "How far are the lamps?"));
    let mut names: Vec<&str> = one.people.iter().map(|person| &*person.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["Cara Lind", "Eve Stone"]);

    world.clock.jump_days(2);
    let refused = tablet.nudge(project, "", "And now?");
    assert!(matches!(refused, Err(Error::NotAllowed { .. })), "{refused:?}");
    assert!(matches!(ana.nudge(project, "", "Me?"), Err(Error::NotAllowed { .. })));
    see(&ana, InboxKind::Nudge);
    assert_eq!(waiting(&ana), []);
    world.clock.jump_days(6);
    cara.nudge(project, "aim", "By when?").unwrap();
    world.settle(&[&cara, &ana]).await;
    assert_eq!(waiting(&ana), [InboxKind::Nudge]);
}

/// What the owner reads of a nudge that somebody gave on two devices at once, in different words.
async fn words_of_two_devices(is_known: bool) {
    let world = World::new();
    let (ana, cara) = (world.trainee().await, world.fellow().await);
    let tablet = world.trusted_device(&cara, "Cara's tablet").await;
    let project = world.shared_project(&ana, &[&cara]).await;
    let all = [&ana, &cara, &tablet];
    if is_known {
        // Both devices write in one document then; otherwise each begins its own.
        cara.comment(project, "", "Clear so far.").unwrap();
    }
    world.settle(&all).await;
    let said = [(&cara, "How far are the lamps?"), (&tablet, "And the night staff?")];
    for (device, words) in said {
        device.network.down();
        device.nudge(project, "", words).unwrap();
    }
    cara.network.up();
    world.settle(&[&cara, &ana]).await;
    see(&ana, InboxKind::Nudge);
    assert_eq!(nudges(&ana).len(), 0);
    tablet.network.up();
    world.settle(&all).await;
    world.settle(&all).await;
    let waiting = nudges(&ana);
    let [one] = waiting.as_slice() else { panic!("a nudge goes out once: {waiting:?}") };
    for (device, words) in said {
        assert!(one.item.words.contains(words), "{}", one.item.words);
        let again = device.nudge(project, "", words);
        assert!(again.is_ok(), "the same words again are the same nudge: {again:?}");
    }
    assert_eq!(one.people.len(), 1, "and she is named once: {:?}", one.people);
    see(&ana, InboxKind::Nudge);
    assert_eq!(nudges(&ana).len(), 0);
}

#[tokio::test]
async fn what_one_says_in_nudges_from_two_devices_at_once_is_read_whole() {
    words_of_two_devices(true).await;
    words_of_two_devices(false).await;
}

fn nudges(device: &Device) -> Vec<InboxView> {
    let items = device.inbox(InboxPage::default()).unwrap().items.into_iter();
    items.filter(|one| one.item.kind == InboxKind::Nudge).collect()
}

fn writes(device: &Device, project: DocumentId, text: &str) {
    let (section, text) = (Section::Problem, text.to_owned());
    device.edit_project(project, None, &[ProjectEdit::Section { section, text }]).unwrap();
}

#[tokio::test]
async fn a_nudge_stands_until_who_is_waited_for_saw_it_or_wrote_herself() {
    let world = World::new();
    let (ana, cara) = (world.trainee().await, world.fellow().await);
    let eve = world.person(Role::Fellow, "Eve Stone").await;
    let project = world.shared_project(&ana, &[&cara, &eve]).await;
    let all = [&ana, &cara, &eve];
    world.settle(&all).await;
    world.clock.jump_days(1);
    cara.nudge(project, "", "How far are the lamps?").unwrap();
    world.settle(&all).await;
    assert_eq!(nudges(&ana).len(), 1);
    // Whoever nudged writes in the plan, and so does another member.
    world.clock.jump_days(1);
    writes(&cara, project, "Too dark.");
    world.settle(&all).await;
    writes(&eve, project, "Too dark at night.");
    world.settle(&all).await;
    assert_eq!(nudges(&ana).len(), 1, "nobody but her has answered it");
    world.clock.jump_days(1);
    writes(&ana, project, "Too dark at night. Lamps are ordered.");
    assert_eq!(nudges(&ana).len(), 0, "she has");
    world.settle(&all).await;
    world.clock.jump_days(1);
    writes(&cara, project, "Too dark at night. Lamps are here.");
    world.settle(&all).await;
    assert_eq!(nudges(&ana).len(), 0, "and what others write later changes nothing");
}

#[tokio::test]
async fn what_each_of_two_says_is_read_though_the_other_was_seen_before() {
    let world = World::new();
    let (ana, cara) = (world.trainee().await, world.fellow().await);
    let eve = world.person(Role::Fellow, "Eve Stone").await;
    let project = world.shared_project(&ana, &[&cara, &eve]).await;
    let all = [&ana, &cara, &eve];
    world.settle(&all).await;
    world.clock.jump_days(1);
    cara.nudge(project, "", "How far are the lamps?").unwrap();
    world.settle(&all).await;
    see(&ana, InboxKind::Nudge);
    assert_eq!(nudges(&ana).len(), 0);
    eve.nudge(project, "", "Any news of the night staff?").unwrap();
    world.settle(&all).await;
    let waiting = nudges(&ana);
    let [one] = waiting.as_slice() else { panic!("{waiting:?}") };
    for said in ["Cara Lind: How far are the lamps?", "Eve Stone: Any news of the night staff?"] {
        assert!(one.item.words.contains(said), "{}", one.item.words);
    }
    see(&ana, InboxKind::Nudge);
    assert_eq!(nudges(&ana).len(), 0);
}

#[tokio::test]
async fn who_supervises_follows_from_placements_and_a_role_that_is_over_is_said() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    ana.sync().await;
    let day = |days: i64| now(&world).plus_millis(days * 24 * 60 * 60 * 1000).date();
    let mut added = Vec::new();
    for (start, end, role) in
        [(-400, -40, SupervisorRole::Educational), (-30, 300, SupervisorRole::Clinical)]
    {
        let organisation = "Bedford Hospital".to_owned();
        let (start, end) = (day(start), day(end));
        let placement = Placement { organisation, start, end, ..Placement::default() };
        let id = ana.new_item_id();
        ana.edit_record(&placement.adding(id)).unwrap();
        let named = Supervisor::named(id, "", role);
        let supervisor = Supervisor { person: Some(ben.person()), ..named };
        let line = ana.new_item_id();
        ana.edit_record(&supervisor.adding(line)).unwrap();
        added.push(line);
    }
    let supervisors = ana.supervisors().unwrap();
    let [now, before] = supervisors.as_slice() else { panic!("{supervisors:?}") };
    assert_eq!((now.id, now.supervision, &now.note), (added[1], Supervision::Present, &None));
    assert_eq!((before.id, before.supervision), (added[0], Supervision::Past));
    let note = before.note.as_deref().unwrap();
    assert!(note.starts_with("Dr Ben Okoro was your educational supervisor until"), "{note}");
}

#[tokio::test]
async fn a_person_has_several_roles_and_everybody_hears_of_a_change() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    ana.sync().await;
    let ben_id = ben.person().to_string();
    world.server.command(&["role", "give", &ben_id, "fellow at Sussex Training Hub"]).unwrap();
    world.settle(&[&ana, &ben]).await;
    let roles = |device: &Device| {
        let people = device.people().unwrap();
        people.into_iter().find(|one| one.id == ben.person()).unwrap().roles_in_words()
    };
    assert_eq!(roles(&ana), "supervisor, fellow at Sussex Training Hub");
    let own = ben.account().unwrap().unwrap().person;
    assert!(own.has_role(Role::Fellow) && own.has_role(Role::Supervisor));
    world.server.command(&["role", "take", &ben_id, "supervisor"]).unwrap();
    world.settle(&[&ana, &ben]).await;
    assert_eq!(roles(&ana), "fellow at Sussex Training Hub");
}
