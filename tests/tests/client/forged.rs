//! A hostile server hands out what nobody said: who may read, and that something is no more.

use enhance_model::{
    DeviceId, DocumentId, ItemId, PersonId, Right, Timestamp, change_project::Section::Problem,
};
use enhance_protocol::{
    Create, Cursor, Delete, EntryBody, Grant, Item, Offer, Pulled, Revoke, Seen, ShortResponse,
};
use enhance_tests::{
    device::Device,
    network::{Impostor, Passage, Weather},
    world::World,
};

use super::narrow::nothing;
use crate::project_of_two;

const AT: Timestamp = Timestamp::from_unix_millis(1_790_000_000_000);

/// The device hears this from who pretends to be its server.
async fn hear(device: &Device, said: Vec<(Offer, PersonId, DeviceId)>) {
    device.network.set(Weather::Answered(Impostor::new(move |request| {
        let from = request.cursor.sequence;
        let items = (1..).zip(said.clone()).map(|(place, (offer, person, device))| {
            let sequence = from + place;
            Item::Entry(Pulled { offer, sequence, person, device, received_at: AT })
        });
        let cursor = Some(Cursor { sequence: from + 50, within: 0 });
        ShortResponse { cursor, items: items.collect(), ..nothing(request.nonce) }
    })));
    device.sync().await;
    device.network.up();
}

fn grant(document: DocumentId, to: PersonId, right: Right) -> Offer {
    let id = ItemId::from_bytes([7; 16]);
    Grant { id, to, right, round: 9, at: AT, preview: None }.offer(document).unwrap()
}

fn revoke(document: DocumentId, from: PersonId) -> Offer {
    Revoke { id: ItemId::from_bytes([8; 16]), from, round: 9, at: AT, for_good: false }
        .offer(document)
        .unwrap()
}

fn delete(document: DocumentId, proof: Option<[u8; 32]>) -> Offer {
    Delete { at: AT, proof: proof.map(Into::into) }.offer(document).unwrap()
}

#[tokio::test]
async fn g10_nobody_but_its_owner_deletes_shares_or_sees_what_is_private() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let reflection = ana.reflect("Private");
    ana.answer(reflection, "Mine alone.");
    world.settle(&[&ana, &ben]).await;
    let version = ana.reflection(reflection).unwrap().version;
    let create = Create {
        kind: enhance_model::DocumentKind::Reflection,
        about: None,
        created_at: AT,
        wrapped_key: None,
    };
    let forged = [
        delete(reflection, None),
        delete(reflection, Some([0; 32])),
        delete(reflection, Some([9; 32])),
        grant(reflection, ben.person(), Right::Read),
        grant(reflection, ben.person(), Right::Own),
        revoke(reflection, ana.person()),
        Seen { version, at: AT }.offer(reflection).unwrap(),
        create.offer(reflection).unwrap(),
    ];
    for (place, offer) in forged.iter().enumerate() {
        for who in [&ana, &ben] {
            if place == 6 && who.person() == ana.person() {
                continue;
            }
            hear(&ana, vec![(offer.clone(), who.person(), who.id())]).await;
            let view = ana.reflection(reflection).unwrap();
            assert_eq!(view.reflection.title, "Private", "{place}");
            assert_eq!(view.status.seen_by, [], "{place}");
            let readers = ana.readers(reflection).unwrap();
            assert_eq!(readers.len(), 1, "{place}: {readers:?}");
            assert_eq!(readers[0].person.id, ana.person());
        }
    }
    assert_eq!(ana.quarantined().unwrap(), []);
    // What the owner says herself, on another device, counts.
    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    tablet.sync().await;
    tablet.delete(reflection).unwrap();
    tablet.network.forget();
    tablet.sync().await;
    let passages = tablet.network.recording().passages;
    let offers = passages.iter().flat_map(Passage::offers);
    let said = offers.map(|offer| (offer, tablet.person(), tablet.id()));
    hear(&ana, said.collect()).await;
    assert!(ana.reflection(reflection).is_err());
}

#[tokio::test]
async fn g10_only_the_owner_of_a_project_says_who_reads_it_and_ends_it() {
    let world = World::new();
    let (ana, ben, project) = project_of_two(&world).await;
    let cara = world.fellow().await;
    ana.write(project, Problem, "Ours.");
    world.settle(&[&ana, &ben, &cara]).await;
    let by = |who: &Device| (who.person(), who.id());
    let from = |offer: Offer, (person, device): (PersonId, DeviceId)| (offer, person, device);

    for (device, liar) in [(&ana, by(&ben)), (&ana, by(&cara)), (&ben, by(&cara))] {
        let readers = |device: &Device| {
            let mut ids: Vec<PersonId> =
                device.readers(project).unwrap().iter().map(|one| one.person.id).collect();
            ids.sort_unstable();
            ids
        };
        let before = readers(device);
        // Who accepts an invitation to a plan is believed: it is told to nobody but them.
        let joined = grant(project, cara.person(), Right::Edit);
        let joined = Some(joined).filter(|_| liar.0 != cara.person());
        for offer in joined.into_iter().chain([
            delete(project, None),
            delete(project, Some([1; 32])),
            grant(project, cara.person(), Right::Own),
            revoke(project, device.person()),
            revoke(project, if liar.0 == ben.person() { cara.person() } else { ben.person() }),
        ]) {
            hear(device, vec![from(offer, liar)]).await;
            assert_eq!(device.section(project, Problem), "Ours.");
            assert_eq!(readers(device), before);
        }
    }
    // The owner's own word counts, and so does that of who leaves.
    hear(&ben, vec![from(grant(project, cara.person(), Right::Read), by(&ana))]).await;
    let invited = ben.project(project).unwrap().members;
    assert!(invited.iter().any(|one| one.person.id == cara.person() && !one.takes_part()));
    hear(&ana, vec![from(revoke(project, ben.person()), by(&ben))]).await;
    assert_eq!(ana.readers(project).unwrap().len(), 1);
    hear(&ben, vec![from(delete(project, None), by(&ana))]).await;
    assert!(ben.project(project).is_err());
}
