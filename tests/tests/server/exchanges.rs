//! One round trip: verdicts, one sequence, pages, epochs and heads.

use std::collections::BTreeSet;

use enhance_model::{EntryHash, Epoch, Role};
use enhance_protocol::{Cursor, DocumentHeads, ExchangeRequest, Item, Outcome};

use crate::world::{Device, Plan, World, delete, entries, envelope, hashes, names, reflection};

fn stored(outcome: &Outcome) -> u64 {
    match outcome {
        Outcome::Stored { sequence, .. } => *sequence,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_are_numbered_in_order_and_repeating_them_is_harmless() {
    let mut world = World::new().await;
    let device = world.join("Asha", Role::Trainee).await;
    let mut plan = device.plan("Fewer falls");
    let mut offers = plan.offers();
    offers.push(plan.write("Patients fall at night."));
    let numbers: Vec<u64> = device.offer(&world, offers.clone()).await.iter().map(stored).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b));
    assert_eq!(device.offer(&world, offers).await, vec![Outcome::Duplicate; 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_is_not_sent_what_it_sent_itself_but_its_sister_is() {
    let mut world = World::new().await;
    let mut phone = world.join("Asha", Role::Trainee).await;
    let mut tablet = world.second_device(&phone).await;
    assert_eq!(names(&phone.pull(&world).await), ["Asha"]);
    let plan = phone.plan("Fewer falls");
    let request = phone.request(plan.offers());
    let response = phone.exchange(&world, &request).await;
    assert!(response.items.is_empty());
    assert!(phone.pull(&world).await.is_empty());
    let pulled = tablet.pull(&world).await;
    assert_eq!(hashes(&pulled), [plan.create.hash, plan.first.hash]);
    assert!(entries(&pulled).iter().all(|entry| entry.device == phone.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_offer_harms_no_other() {
    let mut world = World::new().await;
    let device = world.join("Asha", Role::Trainee).await;
    let mut plan = device.plan("Fewer falls");
    let good = plan.write("Patients fall at night.");
    let mut bad = good.clone();
    bad.body.truncate(20);
    let (_, sealed) = reflection(50);
    let offers = vec![plan.create.clone(), plan.first.clone(), bad, sealed, good];
    let outcomes = device.offer(&world, offers).await;
    for (place, outcome) in outcomes.iter().enumerate() {
        assert_eq!(matches!(outcome, Outcome::Stored { .. }), place != 2, "{outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_needed_first_is_named_and_later_taken() {
    let mut world = World::new().await;
    let device = world.join("Asha", Role::Trainee).await;
    let mut plan = device.plan("Fewer falls");
    device.store(&world, plan.offers()).await;
    let first = plan.write("Patients fall.");
    let second = plan.write("Patients fall at night.");
    let outcomes = device.offer(&world, vec![second.clone()]).await;
    assert_eq!(outcomes, [Outcome::MissingDependencies(vec![first.hash])]);
    device.store(&world, vec![first, second]).await;

    let (id, create) = reflection(50);
    let one = envelope(id, device.id, 1, None, 200);
    let two = envelope(id, device.id, 2, Some(&one), 200);
    let outcomes = device.offer(&world, vec![create, two.clone()]).await;
    assert_eq!(outcomes[1], Outcome::MissingDependencies(vec![one.hash]));
    device.store(&world, vec![one, two]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_bounded_and_together_are_everything_once() {
    let mut world = World::new().await;
    let phone = world.join("Asha", Role::Trainee).await;
    let (id, create) = reflection(50);
    let mut offers = vec![create];
    for counter in 1..=30 {
        let previous = (counter > 1).then(|| offers.last().unwrap().clone());
        offers.push(envelope(id, phone.id, counter, previous.as_ref(), 1_000));
    }
    phone.store(&world, offers.clone()).await;
    let mut tablet = world.second_device(&phone).await;
    let pages = tablet.pull_pages(&world, 5_000).await;
    assert!(pages.len() > 5);
    assert!(pages.iter().all(|page| !page.is_empty() && page.len() <= 5));
    let wanted: Vec<EntryHash> = offers.iter().map(|offer| offer.hash).collect();
    assert_eq!(hashes(&pages.concat()), wanted);

    tablet.cursor = Cursor::default();
    let single = tablet.pull_pages(&world, 1).await;
    assert!(single.iter().all(|page| page.len() == 1), "one item always fits");
    assert_eq!(hashes(&single.concat()), wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_devices_at_once_lose_nothing_and_share_one_sequence() {
    let mut world = World::new().await;
    let mut devices = Vec::new();
    for number in 0..8 {
        devices.push(world.join(&format!("Trainee {number}"), Role::Trainee).await);
    }
    let owner = devices[0].clone();
    let plan = owner.plan("Fewer falls");
    owner.store(&world, plan.offers()).await;
    for (number, device) in (1..).zip(&devices[1..]) {
        let right = enhance_model::Right::Edit;
        owner
            .store(&world, vec![crate::world::grant(plan.id, device.person.id, right, number)])
            .await;
    }
    let before = world.state.storage.batches().jobs();
    let edits = devices.iter().map(|device| edit_five_times(&world, device, &plan));
    let numbers = join_all(edits).await.concat();
    assert_eq!(numbers.len(), 40);
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), 40);
    assert!(world.state.storage.batches().jobs() > before);

    let mut reader = world.second_device(&owner).await;
    let pulled = reader.pull(&world).await;
    let changes: Vec<&[u8]> = entries(&pulled)
        .iter()
        .filter(|entry| entry.offer.kind.is_content())
        .map(|entry| entry.offer.body.as_slice())
        .collect();
    assert_eq!(changes.len(), 41);
    enhance_documents::Document::open(&changes, reader.id).unwrap();
}

async fn edit_five_times(world: &World, device: &Device, plan: &Plan) -> Vec<u64> {
    let mut mine = plan.on(device, &[&plan.first]);
    let mut numbers = Vec::new();
    for round in 0..5 {
        let offer = mine.write(&format!("{} {round}", device.person.name));
        numbers.push(stored(&device.offer(world, vec![offer]).await[0]));
    }
    numbers
}

async fn join_all<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut pending: Vec<_> = futures.map(Box::pin).collect();
    let mut done: Vec<Option<T>> = pending.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, done) in pending.iter_mut().zip(&mut done) {
            if done.is_none()
                && let std::task::Poll::Ready(value) = future.as_mut().poll(context)
            {
                *done = Some(value);
            }
        }
        if done.iter().all(Option::is_some) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    done.into_iter().flatten().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_new_is_answered_from_memory_with_the_same_cursor() {
    let mut world = World::new().await;
    let mut device = world.join("Asha", Role::Trainee).await;
    device.pull(&world).await;
    let settings = device.exchange(&world, &device.request(Vec::new())).await.settings.unwrap();
    let request = ExchangeRequest { settings: settings.id, ..device.request(Vec::new()) };
    let response = device.exchange(&world, &request).await;
    assert_eq!((response.cursor, response.settings), (request.cursor, None));
    assert!(response.items.is_empty() && !response.more);
    assert_eq!(response.next_allowed_in_ms, 0);
    let metrics = world.get("/metrics", &device, None).await.text().await.unwrap();
    assert!(metrics.contains("\nenhance_exchanges_quiet_total 2\n"), "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_from_nowhere_starts_from_the_beginning() {
    let mut world = World::new().await;
    let mut device = world.join("Asha", Role::Trainee).await;
    for (epoch, sequence) in
        [(Some(Epoch::from_bytes([9; 16])), 1), (None, 1), (Some(device.epoch), 1_000_000)]
    {
        let cursor = Cursor { sequence, within: 0 };
        let request = ExchangeRequest { epoch, cursor, ..device.request(Vec::new()) };
        let response = device.exchange(&world, &request).await;
        assert_eq!(names(&response.items), ["Asha"]);
        assert_eq!(response.epoch, device.enrolled.epoch);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_are_answered_where_they_differ() {
    let mut world = World::new().await;
    let mut owner = world.join("Asha", Role::Trainee).await;
    let mut stranger = world.join("Ben", Role::Trainee).await;
    let mut plan = owner.plan("Fewer falls");
    let edit = plan.write("Patients fall at night.");
    let (sealed, create) = reflection(50);
    let mut offers = plan.offers();
    offers.extend([edit.clone(), create.clone()]);
    owner.store(&world, offers).await;

    let at = |document, heads| DocumentHeads { document, heads };
    let unknown = reflection(51).0;
    let asked = vec![
        at(plan.id, vec![plan.first.hash]),
        at(sealed, vec![create.hash]),
        at(unknown, vec![]),
    ];
    let heads = owner.heads(&world, asked).await;
    assert_eq!(heads, [at(plan.id, vec![edit.hash]), at(unknown, vec![])]);
    let heads = stranger.heads(&world, vec![at(plan.id, vec![edit.hash])]).await;
    assert_eq!(heads, [at(plan.id, vec![])]);
    owner.store(&world, vec![delete(plan.id)]).await;
    let gone = delete(plan.id).hash;
    assert!(owner.heads(&world, vec![at(plan.id, vec![gone])]).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_there_after_a_stop() {
    let mut world = World::new().await;
    let mut device = world.join("Asha", Role::Trainee).await;
    let plan = device.plan("Fewer falls");
    device.store(&world, plan.offers()).await;
    world.stop().await;
    world.start().await;
    let pulled = device.pull(&world).await;
    assert_eq!(hashes(&pulled), [plan.create.hash, plan.first.hash]);
    assert!(matches!(pulled[0], Item::Person(_)));
}
