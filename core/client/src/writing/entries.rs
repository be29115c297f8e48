//! Entries of this device: how they are made, and which of them wait.

use enhance_documents::Change;
use enhance_model::{DeviceId, DocumentId, EntryHash, PersonId, Timestamp, Version};
use enhance_protocol::{Delete, EntryBody, EntryError, Offer, entry};
use enhance_store::{Entry, EntryKind, Store, Write};

use super::target::Target;
use crate::{
    environment::Randomness,
    error::Error,
    keys::DocumentKey,
    state::{State, facts::Facts, open_document::Chain, sealing},
};

/// Changes as entries, each after the other.
pub(super) fn of_changes(
    target: &Target,
    changes: Vec<Change>,
    (chain, key): (&mut Chain, Option<&DocumentKey>),
    randomness: &dyn Randomness,
) -> Result<Vec<Entry>, Error> {
    let changes = changes.into_iter();
    changes.map(|change| of_change(target, change, chain, key, randomness)).collect()
}

/// A change as an entry: sealed if its document is private, and not too large to be sent.
fn of_change(
    target: &Target,
    change: Change,
    chain: &mut Chain,
    key: Option<&DocumentKey>,
    randomness: &dyn Randomness,
) -> Result<Entry, Error> {
    let Target { facts, row } = target;
    let (kind, hash, body, named) = match key {
        None => {
            let deps = change.deps.into_iter().map(EntryHash::from).collect();
            (EntryKind::Change, EntryHash::from(change.hash), change.bytes, deps)
        }
        Some(key) => {
            let link = chain.next(row.id, facts.device);
            let body = sealing::seal(key, link, randomness.bytes(), &change.bytes)?;
            let hash = entry::hash(EntryKind::Envelope, row.id, &body);
            chain.advance(hash);
            (EntryKind::Envelope, hash, body, link.previous.into_iter().collect())
        }
    };
    facts.limits().check_change(body.len() as u64)?;
    let (device, by) = (Some(facts.device), Some(facts.person.id));
    Ok(Entry { hash, document: row.id, kind, body, deps: chain.deps(named), device, by })
}

/// The entry of a change that was folded, as it was when this device of this person offered it.
pub(crate) fn of_known_change(
    document: DocumentId,
    change: Change,
    create: EntryHash,
    (device, person): (DeviceId, PersonId),
) -> Entry {
    let Change { hash, bytes, deps } = change;
    let deps = deps.into_iter().map(EntryHash::from).collect();
    let deps = Chain::new(create).deps(deps);
    let (device, by) = (Some(device), Some(person));
    let hash = EntryHash::from(hash);
    Entry { hash, document, kind: EntryKind::Change, body: bytes, deps, device, by }
}

/// An entry by which this person says something about a document: a grant, a revocation, a
/// deletion, that they have seen it.
pub(crate) fn control(
    state: &State,
    target: &Target,
    body: &impl EntryBody,
) -> Result<Entry, Error> {
    let document = target.row.id;
    own(body.offer(document), vec![state.create_of(document)?], &target.facts)
}

/// Heads that a deletion says were seen, for which every server has room. What others wrote beyond
/// these stays on their devices.
const SEEN_AT_MOST: usize = 96;

/// The entry that deletes a document for ever. Of a private one the account key makes the proof.
pub(crate) fn deletion(state: &State, target: &Target, with_copies: bool) -> Result<Entry, Error> {
    let (mut proof, mut seen) = (None, None);
    if target.row.kind.is_sealed() {
        proof = Some((*target.facts.account_key()?.deletion_proof(target.row.id)).into());
    } else {
        let about = state.store().documents_about(target.row.id)?;
        let heads = [&target.row].into_iter().chain(&about).flat_map(|row| row.version.heads());
        seen = Some(Version::new(heads.take(SEEN_AT_MOST).copied().collect()));
    }
    control(state, target, &Delete { at: state.now(), proof, with_copies, seen })
}

/// An entry of this person, made on this device.
pub(crate) fn own(
    offer: Result<Offer, EntryError>,
    deps: Vec<EntryHash>,
    facts: &Facts,
) -> Result<Entry, Error> {
    let offer = offer.map_err(|error| Error::internal("making an entry").because(error))?;
    let Offer { hash, document, kind, body } = offer;
    let (device, by) = (Some(facts.device), Some(facts.person.id));
    Ok(Entry { hash, document, kind, body, deps, device, by })
}

/// This device's entries of a document that the server is not known to have.
pub(crate) fn own_unstored(
    store: &Store,
    document: DocumentId,
    facts: &Facts,
) -> Result<Vec<EntryHash>, Error> {
    let links = store.links(document)?.into_iter();
    let lacking = links.filter(|link| !link.stored && link.device == Some(facts.device));
    Ok(lacking.map(|link| link.hash).collect())
}

/// Queues entries again, as far as they are still here: a document may be deleted at any time.
pub(crate) fn requeue(
    write: &mut Write<'_>,
    hashes: impl IntoIterator<Item = EntryHash>,
    now: Timestamp,
) -> Result<(), Error> {
    for hash in hashes {
        if write.has(hash)? {
            write.requeue(&[hash], now)?;
        }
    }
    Ok(())
}
