//! A partner outside the NHS and an assessor in a corridor have no account and make none: a link
//! shows them one text as it stands, and brings back what they say about it.

use std::{sync::Arc, time::Duration};

use enhance_client::{
    Cancellation, Environment, Error, HttpTransport, InboxPage, NewTicket, OpenTicket,
};
use enhance_model::{
    DocumentId, RefusalCode,
    change_project::Section::Problem,
    inbox::InboxKind,
    ticket::{TicketDeed, TicketRight, TicketSnapshot, TicketStanding},
};
use enhance_tests::{device::Device, traces, world::World};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const PURPOSE: &str = "Does this fit what your carers see?";

fn cancel() -> Cancellation {
    Cancellation::new()
}

fn wanted(document: DocumentId, right: TicketRight, uses: u32) -> NewTicket {
    NewTicket { document, purpose: PURPOSE.to_owned(), right, days: 14, uses }
}

async fn made(owner: &Device, document: DocumentId, right: TicketRight, uses: u32) -> String {
    let ticket = owner.make_ticket(wanted(document, right, uses), None, &cancel()).await;
    ticket.expect("a ticket").link
}

/// A page on a computer that nobody is enrolled on.
fn elsewhere(world: &World) -> Environment {
    Environment {
        clock: Arc::new(world.clock.clone()),
        randomness: Arc::new(world.chance.clone()),
        transport: Arc::new(HttpTransport::new()),
    }
}

async fn open(world: &World, link: &str, name: &str) -> Result<OpenTicket, Error> {
    OpenTicket::open(link, name, None, elsewhere(world), &cancel()).await
}

fn refused(outcome: Result<OpenTicket, Error>) -> RefusalCode {
    match outcome {
        Err(Error::Refused { code, .. }) => code,
        other => panic!("{other:?}"),
    }
}

fn words(snapshot: &TicketSnapshot) -> String {
    let parts = snapshot.parts.iter().map(|part| format!("{}: {}", part.heading, part.text));
    parts.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_partner_reads_a_project_as_it_stands_and_what_they_say_comes_back() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.write(project, Problem, "We blamed the night staff.");
    ana.write(project, Problem, "Too many fall at night.");
    let link = made(&ana, project, TicketRight::Comment, 2).await;

    let sam = open(&world, &link, "Sam Reed, Age UK").await.unwrap();
    let shown = sam.snapshot();
    assert_eq!((&*shown.from, &*shown.purpose), ("Dr Ana Ruiz", PURPOSE));
    assert_eq!(shown.title, "Falls on ward 7");
    let text = words(shown);
    assert!(text.contains("Too many fall at night."), "{text}");
    assert!(!text.contains("blamed"), "no history: {text}");
    assert!(!text.contains("Okoro"), "nobody whom the text does not name: {text}");
    assert_eq!(sam.uses_left(), 1);
    sam.comment("The carers come at six.", &cancel()).await.unwrap();
    sam.comment("The carers come at six.", &cancel()).await.unwrap();
    let endorsed = sam.endorse("I stand behind it.", &cancel()).await;
    assert!(matches!(endorsed, Err(Error::NotAllowed { .. })), "the ticket is to comment");

    ana.write(project, Problem, "Written after the ticket was made.");
    ana.sync().await;
    let tickets = ana.tickets_of(project).unwrap();
    let [ticket] = &*tickets else { panic!("one ticket: {tickets:?}") };
    assert_eq!(ticket.standing, TicketStanding::Open);
    let visits: Vec<&str> = ticket.ticket.visits.iter().map(|one| &*one.name).collect();
    assert_eq!(visits, ["Sam Reed, Age UK"]);
    let [answer] = &*ticket.ticket.answers else { panic!("said once: {ticket:?}") };
    assert_eq!((answer.deed, &*answer.text), (TicketDeed::Comment, "The carers come at six."));

    let export = ana.export().unwrap();
    assert_eq!(export.tickets.len(), 1, "what was given, and what came of it");
    let json = export.to_json().unwrap();
    for said in [PURPOSE, "Sam Reed, Age UK", "The carers come at six."] {
        assert!(json.contains(said), "{said} is not in the export");
    }
    let (_, secret) = link.split_once('#').expect("a link with a secret");
    let secret = secret.rsplit('=').next().unwrap_or(secret);
    assert!(!json.contains(secret), "nobody opens it with an export");

    let inbox = ana.inbox(InboxPage::default()).unwrap();
    let waiting = inbox.items.iter().find(|one| one.item.kind == InboxKind::TicketAnswered);
    let waiting = waiting.expect("it waits for her");
    assert_eq!(waiting.item.document, project);
    assert!(waiting.item.words.contains("Sam Reed"), "{}", waiting.item.words);
    ana.mark_inbox_seen(waiting.item.id).unwrap();
    assert!(!ana.inbox_counts().unwrap().by_kind.contains_key(&InboxKind::TicketAnswered));
    assert_eq!(ben.tickets().unwrap(), [], "a member of the plan has no part in it");
    let theirs = ben.make_ticket(wanted(project, TicketRight::Read, 1), None, &cancel()).await;
    assert!(matches!(theirs, Err(Error::NotAllowed { .. })), "it is the owner's to show");
}

#[tokio::test]
async fn an_assessor_stands_behind_a_copy_and_her_other_device_hears_of_it() {
    let world = World::new();
    let phone = world.trainee().await;
    let reflection = phone.reflect("Handover at night");
    phone.answer(reflection, "I forgot to ask the nurse.");
    let link = made(&phone, reflection, TicketRight::Endorse, 1).await;
    let assessor = open(&world, &link, "Dr Lee").await.unwrap();
    assert!(words(assessor.snapshot()).contains("I forgot to ask the nurse."));
    assessor.endorse("Well seen.", &cancel()).await.unwrap();

    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    tablet.sync().await;
    assert_eq!(tablet.tickets().unwrap(), [], "nobody has asked yet");
    let tickets = tablet.refresh_tickets(&cancel()).await.unwrap();
    let of_phone = phone.refresh_tickets(&cancel()).await.unwrap();
    assert_eq!(tickets[0].ticket, of_phone[0].ticket);
    assert_eq!(tickets[0].link, link.replace(&phone.server(), &tablet.server()));
    assert_eq!(tickets[0].ticket.answers[0].deed, TicketDeed::Endorse);
    tablet.network.down();
    assert_eq!(tablet.tickets().unwrap(), tickets, "they are listed without a network");
    tablet.network.up();
    assert_eq!(tablet.sign_offs_asked_by_me().unwrap().items, []);

    let inbox = tablet.inbox(InboxPage::default()).unwrap();
    let said = &inbox.items.iter().find(|one| one.item.kind == InboxKind::TicketAnswered);
    assert!(said.unwrap().item.words.contains("no sign-off"), "an endorsement says what it is not");
}

#[tokio::test]
async fn it_opens_as_often_and_as_long_as_was_said() {
    let world = World::new();
    let ana = world.trainee().await;
    let reflection = ana.reflect("Handover");
    ana.answer(reflection, "It went well.");
    let link = made(&ana, reflection, TicketRight::Comment, 1).await;
    let first = open(&world, &link, "Sam").await.unwrap();
    assert_eq!(refused(open(&world, &link, "Kim").await), RefusalCode::TicketUsedUp);
    let visit = Some(first.visit());
    let again = OpenTicket::open(&link, "Sam", visit, elsewhere(&world), &cancel()).await;
    assert_eq!(again.unwrap().snapshot(), first.snapshot(), "a page that was loaded anew");
    first.comment("And a last word.", &cancel()).await.unwrap();
    ana.sync().await;
    let tickets = ana.tickets().unwrap();
    let [ticket] = &*tickets else { panic!("one ticket: {tickets:?}") };
    assert_eq!(ticket.standing, TicketStanding::UsedUp);
    assert_eq!((ticket.ticket.visits.len(), ticket.ticket.answers.len()), (1, 1));

    let ended = made(&ana, reflection, TicketRight::Comment, 5).await;
    let holder = open(&world, &ended, "Sam").await.unwrap();
    let id = ana.tickets().unwrap()[0].ticket.id;
    assert_eq!(ana.end_ticket(id, &cancel()).await.unwrap().standing, TicketStanding::Ended);
    assert_eq!(refused(open(&world, &ended, "Sam").await), RefusalCode::TicketEnded);
    let late = holder.comment("Too late?", &cancel()).await;
    assert!(matches!(late, Err(Error::Refused { code: RefusalCode::TicketEnded, .. })), "{late:?}");

    let short = made(&ana, reflection, TicketRight::Read, 5).await;
    world.clock.jump(DAY * 15);
    assert_eq!(refused(open(&world, &short, "Sam").await), RefusalCode::TicketExpired);
    assert_eq!(ana.tickets().unwrap()[0].standing, TicketStanding::Expired);
    let stranger = format!("{}/#ticket={}", world.server.url(), "A".repeat(22));
    assert_eq!(refused(open(&world, &stranger, "Eve").await), RefusalCode::TicketUnknown);
}

#[tokio::test]
async fn the_ticket_of_a_document_that_is_deleted_ends_with_the_next_sync() {
    let world = World::new();
    let ana = world.trainee().await;
    let reflection = ana.reflect("Handover");
    ana.answer(reflection, "It went well.");
    let link = made(&ana, reflection, TicketRight::Read, 5).await;
    ana.delete(reflection).unwrap();
    ana.sync().await;
    assert_eq!(refused(open(&world, &link, "Sam").await), RefusalCode::TicketEnded);
}

#[tokio::test]
async fn what_may_tell_of_a_patient_is_asked_about_before_there_is_a_ticket() {
    let world = World::new();
    let ana = world.trainee().await;
    let reflection = ana.reflect("After the arrest call");
    ana.answer(reflection, "NHS 943 476 5919 died before her son came.");
    let ticket = wanted(reflection, TicketRight::Read, 1);
    let asked = ana.make_ticket(ticket.clone(), None, &cancel()).await;
    assert!(matches!(asked, Err(Error::Unacknowledged { .. })), "{asked:?}");
    assert_eq!(ana.refresh_tickets(&cancel()).await.unwrap(), []);
    let seen = ana.check_before_ticket(reflection, "Ring Mrs Okafor").unwrap();
    assert!(seen.probable.len() > 1, "what is said to the holder is looked through as well");
    let seen = ana.check_before_ticket(reflection, PURPOSE).unwrap().acknowledgement;
    assert!(ana.make_ticket(ticket, Some(seen), &cancel()).await.is_ok());
    for (days, uses, purpose) in [(0, 1, "Why?"), (91, 1, "Why?"), (1, 0, "Why?"), (1, 1, " ")] {
        let wrong = NewTicket {
            days,
            uses,
            purpose: purpose.into(),
            ..wanted(reflection, TicketRight::Read, 1)
        };
        let outcome = ana.make_ticket(wrong, Some(seen), &cancel()).await;
        assert!(matches!(outcome, Err(Error::InvalidInput { .. })), "{outcome:?}");
    }
}

#[tokio::test]
async fn the_server_has_no_word_of_it() {
    let mut world = World::new();
    let ana = world.trainee().await;
    let reflection = ana.reflect("Zwitterion");
    ana.answer(reflection, "Quokka at the bedside.");
    let ticket =
        NewTicket { purpose: "Axolotl?".to_owned(), ..wanted(reflection, TicketRight::Comment, 3) };
    let link = ana.make_ticket(ticket, None, &cancel()).await.unwrap().link;
    let sam = open(&world, &link, "Narwhal Reed").await.unwrap();
    sam.comment("Pangolin, I say.", &cancel()).await.unwrap();
    let backup = world.server.backup();
    world.server.stop();
    let secret = link.rsplit('=').next().unwrap();
    for word in ["Zwitterion", "Quokka", "Axolotl", "Narwhal", "Pangolin", secret] {
        for folder in [&world.server.data(), &backup] {
            let found = traces::files_with(folder, word.as_bytes());
            assert_eq!(found, Vec::<std::path::PathBuf>::new(), "{word}");
        }
        assert!(!ana.network.recording().contains(word.as_bytes()), "{word}");
    }
    world.server.start_again();
    ana.sync().await;
    assert_eq!(ana.tickets().unwrap()[0].ticket.answers[0].text, "Pangolin, I say.");
}

#[tokio::test]
async fn a_ticket_is_in_the_backup_and_one_made_after_it_is_ended() {
    let mut world = World::new();
    let ana = world.trainee().await;
    let reflection = ana.reflect("Handover");
    ana.answer(reflection, "It went well.");
    let kept = made(&ana, reflection, TicketRight::Comment, 5).await;
    open(&world, &kept, "Sam").await.unwrap().comment("Before.", &cancel()).await.unwrap();
    ana.sync().await;
    let backup = world.server.backup();
    open(&world, &kept, "Kim").await.unwrap().comment("Lost.", &cancel()).await.unwrap();
    ana.sync().await;
    let lost = made(&ana, reflection, TicketRight::Comment, 5).await;
    world.server.restore(&backup);

    let lea = open(&world, &kept, "Lea").await.unwrap();
    lea.comment("After.", &cancel()).await.unwrap();
    assert_eq!(refused(open(&world, &lost, "Sam").await), RefusalCode::TicketUnknown);
    ana.sync().await;
    let tickets = ana.refresh_tickets(&cancel()).await.unwrap();
    let standings: Vec<TicketStanding> = tickets.iter().map(|one| one.standing).collect();
    assert_eq!(standings, [TicketStanding::Ended, TicketStanding::Open]);
    let said: Vec<&str> = tickets[1].ticket.answers.iter().map(|one| &*one.text).collect();
    assert_eq!(said, ["Before.", "Lost.", "After."], "what she has heard she keeps");
}
