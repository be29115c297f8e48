//! A hostile server hands out what nobody said: who may read, and that something is no more.

use enhance_model::{
    DeviceId, DocumentId, EntryHash, ItemId, PersonId, Right, Role, Timestamp,
    change_project::Section::Problem,
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
    Grant::new(id, to, right, 9, AT).offer(document).unwrap()
}

fn revoke(document: DocumentId, from: PersonId) -> Offer {
    Revoke { id: ItemId::from_bytes([8; 16]), from, round: 9, at: AT, for_good: false }
        .offer(document)
        .unwrap()
}

fn delete(document: DocumentId, proof: Option<[u8; 32]>) -> Offer {
    Delete { at: AT, proof: proof.map(Into::into), with_copies: false, seen: None }
        .offer(document)
        .unwrap()
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
        for offer in [
            grant(project, cara.person(), Right::Edit),
            delete(project, None),
            delete(project, Some([1; 32])),
            grant(project, cara.person(), Right::Own),
            revoke(project, device.person()),
            revoke(project, if liar.0 == ben.person() { cara.person() } else { ben.person() }),
        ] {
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

/// The invitation of a person to a project, as the device of its owner sent it.
fn invitation_by(owner: &Device, person: PersonId) -> (Grant, EntryHash) {
    let passages = owner.network.recording().passages;
    let offers = passages.iter().flat_map(Passage::offers);
    let mut grants = offers.filter_map(|offer| Some((Grant::read(&offer.body).ok()?, offer.hash)));
    grants.find(|(grant, _)| grant.to == person).expect("an invitation")
}

/// Every acceptance that could be forged of an invitation, as its body says.
fn forged_acceptances(invitation: &Grant, hash: EntryHash, other: EntryHash) -> Vec<Grant> {
    let id = ItemId::from_bytes([6; 16]);
    let accepted = invitation.accepted(id, hash, AT);
    let mut forged = vec![
        Grant { answers: None, ..accepted.clone() },
        Grant { answers: Some(EntryHash::from_bytes([9; 32])), ..accepted.clone() },
        Grant { answers: Some(other), ..accepted.clone() },
        Grant { round: accepted.round + 1, ..accepted.clone() },
        Grant { round: accepted.round + 1, answers: None, ..accepted.clone() },
    ];
    let rights = [Right::Read, Right::Comment, Right::Edit].into_iter();
    let rights = rights.filter(|right| *right != accepted.right);
    forged.extend(rights.map(|right| Grant { right, ..accepted.clone() }));
    forged
}

#[tokio::test]
async fn g10_a_forged_acceptance_makes_nobody_a_member_on_anybodys_phone() {
    let world = World::new();
    let (ana, ben, project) = project_of_two(&world).await;
    let (mut cara, dee) = (world.fellow().await, world.person(Role::Partner, "Dee").await);
    cara.joins = false;
    for invited in [&cara, &dee] {
        ana.know(invited.person()).await;
    }
    // Cara is invited and has not answered; Dee was never invited.
    ana.add_member(project, cara.person(), Right::Comment).unwrap();
    world.settle(&[&ana, &ben, &cara]).await;
    let (said, hash) = invitation_by(&ana, cara.person());
    let takes_part = |device: &Device, who: &Device| {
        let members = device.project(project).unwrap().members;
        members.iter().any(|one| one.person.id == who.person() && one.takes_part())
    };
    for device in [&ana, &ben] {
        // By a hostile server in her own name, and in that of others.
        let create = EntryHash::from_bytes([1; 32]);
        for forged in forged_acceptances(&said, hash, create) {
            for by in [&cara, &dee, &ben] {
                let offer = forged.offer(project).unwrap();
                hear(device, vec![(offer, by.person(), by.id())]).await;
                assert!(!takes_part(device, &cara), "{forged:?}");
            }
        }
        // Dee takes the invitation of another for her own.
        let stolen = Grant { to: dee.person(), ..said.accepted(said.id, hash, AT) };
        hear(device, vec![(stolen.offer(project).unwrap(), dee.person(), dee.id())]).await;
        // An invitation by who may invite nobody, and its acceptance.
        let own = Grant::new(ItemId::from_bytes([5; 16]), dee.person(), Right::Edit, 1, AT);
        let invited = own.offer(project).unwrap();
        let accepted = own.accepted(ItemId::from_bytes([4; 16]), invited.hash, AT);
        let accepted = accepted.offer(project).unwrap();
        for by in [&ben, &cara, &dee] {
            let invited = (invited.clone(), by.person(), by.id());
            hear(device, vec![invited, (accepted.clone(), dee.person(), dee.id())]).await;
            assert!(!takes_part(device, &dee), "{} invites nobody", by.name());
        }
    }

    // What she says herself counts, in whatever order it is heard of, and once.
    let accepted = said.accepted(ItemId::from_bytes([3; 16]), hash, AT).offer(project).unwrap();
    hear(&ben, vec![(accepted, cara.person(), cara.id())]).await;
    assert!(takes_part(&ben, &cara));
    assert!(!takes_part(&ana, &cara));
}

#[tokio::test]
async fn g10_an_acceptance_that_comes_before_its_invitation_counts_with_it() {
    let world = World::new();
    let (ana, ben, project) = project_of_two(&world).await;
    let cara = world.fellow().await;
    world.settle(&[&ana, &ben, &cara]).await;
    let id = ItemId::from_bytes([5; 16]);
    let invitation = Grant::new(id, cara.person(), Right::Edit, 1, AT);
    let invited = invitation.offer(project).unwrap();
    let accepted = invitation.accepted(ItemId::from_bytes([4; 16]), invited.hash, AT);
    let accepted = (accepted.offer(project).unwrap(), cara.person(), cara.id());
    let members = || ben.readers(project).unwrap().len();
    hear(&ben, vec![accepted]).await;
    assert_eq!(members(), 2);
    hear(&ben, vec![(invited, ana.person(), ana.id())]).await;
    assert_eq!(members(), 3);
}
