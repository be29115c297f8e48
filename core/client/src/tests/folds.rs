//! Documents that come as one piece: what is sound is kept as it came, and what is not changes
//! nothing and harms no other.

use enhance_documents::{Content, Document, Edit, NewDocument, fold};
use enhance_model::{DocumentKind, Timestamp};
use enhance_protocol::{
    Create, EntryBody, EntryKind, FoldBody, Item, Offer, Pulled, PulledFold, Sent, codec,
};

use super::*;
use crate::{
    arriving,
    testing::{Phone, asha, sam},
};

const AT: Timestamp = Timestamp::from_unix_millis(1_795_000_000_000);

/// A project of somebody else's, as one piece.
struct Folded {
    pulled: PulledFold,
    document: Document,
    /// Its creation and its changes, as they were stored.
    entries: Vec<Pulled>,
}

fn folded(number: u8, edits: usize) -> Folded {
    let id = DocumentId::from_bytes([number; 16]);
    let owner = asha().person.id;
    let [title, topic, setting] = ["Falls", "", ""].map(str::to_owned);
    let new = NewDocument::ChangeProject { owner, title, topic, setting };
    let (mut document, created) = Document::create(&new, asha().device, AT).unwrap();
    let mut changes = vec![created];
    for night in 0..edits {
        let edit = Edit::ChangeProject(section(Section::Problem, &format!("Night {night}.")));
        changes.push(document.edit(None, &[edit], AT).unwrap().unwrap());
    }
    let kind = DocumentKind::ChangeProject;
    let create = Create { kind, about: None, created_at: AT, wrapped_key: None };
    let mut offers = vec![create.offer(id).unwrap()];
    offers.extend(changes.into_iter().map(|change| {
        let (kind, hash) = (EntryKind::Change, change.hash.into());
        Offer { kind, document: id, hash, body: change.bytes }
    }));
    let (person, device) = (owner, asha().device);
    let entries: Vec<Pulled> = offers
        .into_iter()
        .zip(1..)
        .map(|(offer, sequence)| Pulled { offer, sequence, person, device, received_at: AT })
        .collect();
    let numbered: Vec<_> =
        entries[1..].iter().map(|entry| (entry.sequence, &entry.offer.body)).collect();
    let made = fold((kind, owner), None, &numbered).unwrap();
    let sent = |(sequence, _): &(u64, _)| {
        let sequence = *sequence;
        Sent { sequence, person, device, received_at: AT }
    };
    let sent: Vec<_> = made.changes.iter().map(sent).collect();
    let bytes = entries[1..].iter().map(|entry| entry.offer.body.len() as u64).sum();
    let pulled = PulledFold {
        create: entries[0].offer.clone(),
        created: Sent { sequence: 1, person, device, received_at: AT },
        changes: sent.len() as u64,
        bytes,
        heads: made.heads.heads().iter().map(|head| (*head).into()).collect(),
        body: body(&made.content, made.snapshot),
        sent: Sent::pack(&sent).unwrap().into(),
        receipts: Vec::new(),
    };
    Folded { pulled, document, entries }
}

fn body(content: &Content, snapshot: Vec<u8>) -> serde_bytes::ByteBuf {
    let Content::ChangeProject(project) = content else { panic!("{content:?}") };
    let content = serde_json::to_vec(project).unwrap().into();
    FoldBody { content, snapshot: snapshot.into() }.pack().unwrap().into()
}

fn take_in(core: &LearningCore, pulled: &PulledFold) -> u64 {
    let facts = core.with(crate::state::State::facts).unwrap();
    arriving::fold::take_in(core.lock(), &facts, pulled).unwrap()
}

fn changes_kept(core: &LearningCore, id: DocumentId) -> usize {
    let links = core.with(|state| Ok(state.store().links(id)?)).unwrap();
    links.iter().filter(|link| link.kind == EntryKind::Change).count()
}

#[test]
fn a_document_that_comes_as_one_piece_is_kept_as_one_and_read_at_once() {
    let Folded { pulled, mut document, .. } = folded(7, 40);
    let phone = Phone::new();
    let core = phone.enrolled(&sam());
    for _ in 0..2 {
        assert_eq!(take_in(&core, &pulled), 0);
        assert_eq!(problem(&core, pulled.document()), "Night 39.");
        assert_eq!(version(&core, pulled.document()), document.version());
    }
    drop(core);
    let core = phone.open();
    assert_eq!(core.history(pulled.document()).unwrap().len(), 41);
}

#[test]
fn what_is_here_already_gets_what_it_lacks_one_by_one() {
    let Folded { pulled, mut document, entries } = folded(7, 40);
    let phone = Phone::new();
    let core = phone.enrolled(&sam());
    let facts = core.with(crate::state::State::facts).unwrap();
    let some: Vec<Item> = entries[..20].iter().cloned().map(Item::Entry).collect();
    let page = arriving::page::sort(&some, &facts);
    let slices = arriving::slices::Slices::of(core.lock(), &facts, &page).unwrap();
    core.with(|state| slices.finish(state, |_, _| Ok(()), |_| Ok(()))).unwrap();
    assert_eq!(problem(&core, pulled.document()), "Night 17.");
    take_in(&core, &pulled);
    assert_eq!(version(&core, pulled.document()), document.version());
    assert_eq!(changes_kept(&core, pulled.document()), 41);
}

#[test]
fn a_piece_that_is_not_what_it_claims_to_be_changes_nothing_and_harms_no_other() {
    type Spoil = fn(&mut PulledFold);
    let phone = Phone::new();
    let core = phone.enrolled(&sam());
    let (sound, other) = (folded(7, 40), folded(8, 20));
    take_in(&core, &other.pulled);
    let spoils: [Spoil; 9] = [
        |fold| fold.body = vec![0; 40].into(),
        |fold| fold.body = codec::compress(&[7; 4_000], 3).unwrap().into(),
        // A body of a few bytes that claims to be a gigabyte, as zstd can.
        |fold| fold.body = vec![0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0x40, 1, 0, 0].into(),
        |fold| fold.heads.clear(),
        |fold| fold.heads = vec![fold.create.hash],
        |fold| fold.changes += 1,
        |fold| fold.sent = Sent::pack(&[]).unwrap().into(),
        |fold| {
            let mut whole = FoldBody::unpack(&fold.body, 1 << 20).unwrap();
            let middle = whole.snapshot.len() / 2;
            whole.snapshot[middle] ^= 1;
            fold.body = whole.pack().unwrap().into();
        },
        |fold| fold.create.body.push(0),
    ];
    for (number, spoil) in spoils.iter().enumerate() {
        let mut pulled = sound.pulled.clone();
        spoil(&mut pulled);
        assert_eq!(take_in(&core, &pulled), 0);
        let found = core.with(|state| Ok(state.store().document(pulled.document())?)).unwrap();
        assert!(found.is_none(), "spoilt in way {number}");
    }
    let mut another = sound.pulled.clone();
    another.body = other.pulled.body.clone();
    take_in(&core, &another);
    take_in(&core, &another);
    assert_eq!(problem(&core, other.pulled.document()), "Night 19.");
    take_in(&core, &sound.pulled);
    assert_eq!(problem(&core, sound.pulled.document()), "Night 39.");
}

#[test]
fn what_a_newer_server_says_in_unknown_words_is_read_from_the_piece_itself() {
    let (_phone, core) = Phone::of(&sam());
    let mut pulled = folded(7, 40).pulled;
    let whole = FoldBody::unpack(&pulled.body, 1 << 20).unwrap();
    let unknown = FoldBody { content: b"{}".to_vec().into(), ..whole };
    pulled.body = unknown.pack().unwrap().into();
    take_in(&core, &pulled);
    assert_eq!(problem(&core, pulled.document()), "Night 39.");
}

#[test]
fn a_piece_of_somebody_elses_document_is_damage_once_it_is_opened_and_harms_no_other() {
    let phone = Phone::new();
    let core = phone.enrolled(&sam());
    let (mut foreign, other) = (folded(7, 40), folded(8, 20));
    // The server says that it is this person's own, which it is not.
    foreign.pulled.created.person = sam().person.id;
    take_in(&core, &foreign.pulled);
    take_in(&core, &other.pulled);
    let id = foreign.pulled.document();
    let edit = [section(Section::Plan, "Lamps.")];
    let refused = core.edit_project(id, None, &edit).unwrap_err();
    assert!(matches!(refused, crate::Error::Damaged { .. }), "{refused}");
    assert_eq!(core.history(other.pulled.document()).unwrap().len(), 21);
}
