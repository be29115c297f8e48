//! What the server once stored and lost with a restore, brought by anybody who holds it.
//!
//! A receipt shows that this server stored an entry, and whose it was; the hash of a change shows
//! the same of all that it was made after. So neither who brings it nor what rights anybody has now
//! decides. What protects others still does: the gate and its bounds, that deleted is deleted, that
//! a frozen document takes nothing, how large a document may be, and the rounds of rights.
//!
//! How much space its owner has left does not: it was within that space once, and it counts there.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use enhance_documents::gate;
use enhance_model::{DeviceId, DocumentId, EntryHash, PersonId, RefusalCode, Timestamp, counted};
use enhance_protocol::{Brought, EntryKind, Offer, Outcome, Verdict};

use super::{
    decide::decide,
    warrant::{Proven, Warrant},
};
use crate::{
    error::{RequestError, words},
    receipts::{ReceiptKey, Subject},
    refusals::{self, Refused},
    state::ServerState,
    storage::{
        StorageError, audit,
        audit::{Action, Event},
        people::Sender,
    },
};

/// A verdict for each entry that is brought, in their order.
pub(super) async fn take(
    state: &ServerState,
    bringer: Sender,
    brought: Vec<Brought>,
) -> Result<Vec<Verdict>, RequestError> {
    if brought.is_empty() {
        return Ok(Vec::new());
    }
    let mut verdicts: Vec<Verdict> = brought.iter().map(|each| refused(each.offer.hash)).collect();
    let Covered { places, offers, entries } = recognised(state, brought).await?;
    let (found, _) = decide(state, Warrant::Receipts(Arc::new(entries)), offers).await?;
    for (place, verdict) in places.into_iter().zip(found) {
        if let Some(refused) = verdicts.get_mut(place) {
            *refused = verdict;
        }
    }
    note(state, bringer, &verdicts).await?;
    Ok(verdicts)
}

fn refused(hash: EntryHash) -> Verdict {
    let code = RefusalCode::NoReceipt;
    Verdict { hash, outcome: Outcome::Rejected { code, message: words(code).to_owned() } }
}

/// What is shown to have been stored, with its places in the request and whose it was.
#[derive(Default)]
struct Covered {
    places: Vec<usize>,
    offers: Vec<Offer>,
    entries: Vec<Proven>,
}

/// Looks through what is brought, on a thread that may block: it is up to a whole request.
async fn recognised(state: &ServerState, brought: Vec<Brought>) -> Result<Covered, StorageError> {
    let (key, longest) = (Arc::clone(&state.receipt_key), state.config.limits.change_bytes);
    let looking = tokio::task::spawn_blocking(move || covered(&key, longest, brought));
    looking.await.map_err(|error| StorageError::Broken(format!("receipts: {error}")))
}

fn covered(key: &ReceiptKey, longest: u64, brought: Vec<Brought>) -> Covered {
    let proven: Vec<bool> = brought.iter().map(|each| is_proven(key, each)).collect();
    let shown = shown(&brought, &proven, longest);
    let named = brought.iter().zip(&proven).filter(|(_, proven)| **proven);
    let named: BTreeMap<DeviceId, PersonId> =
        named.map(|(each, _)| (each.device, each.person)).collect();
    let mut covered = Covered::default();
    for (place, (one, proven)) in brought.into_iter().zip(proven).enumerate() {
        let stored_at = stored_at(key, &one);
        let Brought { offer, person, device, .. } = one;
        if !shown.contains(&(offer.document, offer.hash)) {
            continue;
        }
        // Of one without a receipt of its own, who brings it says whose it was, unless another
        // receipt does.
        let known = named.get(&device).filter(|_| !proven);
        covered.places.push(place);
        let sender = Sender { device, person: known.copied().unwrap_or(person) };
        covered.entries.push(Proven { sender, stored_at });
        covered.offers.push(offer);
    }
    covered
}

fn is_proven(key: &ReceiptKey, brought: &Brought) -> bool {
    let gave = |receipt| key.gave(receipt, &subject(brought));
    brought.receipt.as_ref().is_some_and(gave) || stored_at(key, brought).is_some()
}

/// When a creation was stored, if its receipt says so: those given before receipts did do not.
fn stored_at(key: &ReceiptKey, brought: &Brought) -> Option<Timestamp> {
    let receipt = brought.receipt.as_ref().filter(|_| brought.offer.kind == EntryKind::Create)?;
    key.given_at(receipt, &subject(brought))
}

const fn subject(brought: &Brought) -> Subject {
    let Brought { offer: Offer { kind, document, hash, .. }, person, device, .. } = *brought;
    Subject { kind, document, hash, sender: Sender { device, person } }
}

/// What is shown to have been stored: by a receipt of its own, or of a change made after it.
fn shown(brought: &[Brought], proven: &[bool], longest: u64) -> BTreeSet<(DocumentId, EntryHash)> {
    let mut shown = BTreeSet::new();
    let mut changes: BTreeMap<(DocumentId, EntryHash), Vec<EntryHash>> = BTreeMap::new();
    let mut next = Vec::new();
    for (Brought { offer, .. }, proven) in brought.iter().zip(proven) {
        let name = (offer.document, offer.hash);
        if offer.kind != EntryKind::Change {
            shown.extend(proven.then_some(name));
            continue;
        }
        // A hash that is not that of the bytes shows nothing about them.
        let scanned = gate::scan(&offer.body, longest).ok();
        let scanned = scanned.filter(|scanned| EntryHash::from(scanned.hash) == offer.hash);
        if let Some(scanned) = scanned {
            changes.insert(name, scanned.deps.into_iter().map(EntryHash::from).collect());
            next.extend(proven.then_some(name));
        }
    }
    while let Some(name) = next.pop() {
        if let Some(deps) = changes.get(&name)
            && shown.insert(name)
        {
            next.extend(deps.iter().map(|dep| (name.0, *dep)));
        }
    }
    shown
}

/// Remembers who brought how much, in one row however much it was, and counts what was refused.
async fn note(
    state: &ServerState,
    bringer: Sender,
    verdicts: &[Verdict],
) -> Result<(), StorageError> {
    let count = |is: fn(&Outcome) -> bool| verdicts.iter().filter(|one| is(&one.outcome)).count();
    let stored = count(|outcome| matches!(outcome, Outcome::Stored { .. }));
    let refused = count(|outcome| matches!(outcome, Outcome::Rejected { .. }));
    let first = verdicts.iter().find_map(|verdict| match &verdict.outcome {
        Outcome::Rejected { code, .. } => Some(*code),
        _ => None,
    });
    if let Some(code) = first {
        let what = format!("brought {code}");
        let refused = Refused { what, document: None, count: refused as u64 };
        refusals::note(state, Some(bringer), vec![refused]).await?;
    }
    if stored == 0 {
        return Ok(());
    }
    let now = state.now();
    let event = Event::of_server(Action::Bring, counted(stored, "entry"));
    let event = Event { by: Some(bringer), ..event };
    state.storage.write(move |write| audit::add(write.db, event, now)).await
}
