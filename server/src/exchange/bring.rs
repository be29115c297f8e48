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
use enhance_model::{DeviceId, DocumentId, EntryHash, PersonId, RefusalCode};
use enhance_protocol::{BROUGHT_AT_ONCE, Brought, EntryKind, Offer, Outcome, Verdict};

use super::{decide::decide, warrant::Warrant};
use crate::{
    error::{RequestError, words},
    receipts::Subject,
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
    if brought.len() > BROUGHT_AT_ONCE {
        return Err(RefusalCode::RequestTooLarge.into());
    }
    let covered = covered(state, &brought);
    let named = named(state, &brought);
    let mut verdicts: Vec<Verdict> = brought.iter().map(|each| refused(each.offer.hash)).collect();
    let (mut places, mut offers, mut senders) = (Vec::new(), Vec::new(), Vec::new());
    for (place, Brought { offer, person, device, receipt }) in brought.into_iter().enumerate() {
        if !covered.contains(&(offer.document, offer.hash)) {
            continue;
        }
        // Of one without a receipt of its own, who brings it says whose it was, unless another
        // receipt does.
        let known = named.get(&device).filter(|_| receipt.is_none());
        places.push(place);
        senders.push(Sender { device, person: known.copied().unwrap_or(person) });
        offers.push(offer);
    }
    let warrant = Warrant::Receipts(Arc::new(senders));
    let (found, _) = decide(state, warrant, offers).await?;
    for (place, verdict) in places.into_iter().zip(found) {
        if let Some(slot) = verdicts.get_mut(place) {
            *slot = verdict;
        }
    }
    note(state, bringer, &verdicts).await?;
    Ok(verdicts)
}

fn refused(hash: EntryHash) -> Verdict {
    let code = RefusalCode::NoReceipt;
    Verdict { hash, outcome: Outcome::Rejected { code, message: words(code).to_owned() } }
}

fn is_proven(state: &ServerState, brought: &Brought) -> bool {
    let Brought { offer, person, device, receipt } = brought;
    let Offer { kind, document, hash, .. } = *offer;
    let sender = Sender { device: *device, person: *person };
    let subject = Subject { kind, document, hash, sender };
    receipt.as_ref().is_some_and(|receipt| state.receipt_key.gave(receipt, &subject))
}

/// What is shown to have been stored: by a receipt of its own, or of a change made after it.
fn covered(state: &ServerState, brought: &[Brought]) -> BTreeSet<(DocumentId, EntryHash)> {
    let mut covered = BTreeSet::new();
    let mut changes: BTreeMap<(DocumentId, EntryHash), Vec<EntryHash>> = BTreeMap::new();
    let mut next = Vec::new();
    for each in brought {
        let Offer { kind, document, hash, body } = &each.offer;
        let is_change = *kind == EntryKind::Change;
        if is_change {
            // A hash that is not that of the bytes shows nothing about them.
            let scanned = gate::scan(body, state.config.limits.change_bytes).ok();
            let Some(scanned) = scanned.filter(|one| EntryHash::from(one.hash) == *hash) else {
                continue;
            };
            let deps = scanned.deps.into_iter().map(EntryHash::from).collect();
            changes.insert((*document, *hash), deps);
        }
        match is_proven(state, each) {
            true if is_change => next.push((*document, *hash)),
            true => drop(covered.insert((*document, *hash))),
            false => {}
        }
    }
    while let Some((document, hash)) = next.pop() {
        if let Some(deps) = changes.get(&(document, hash))
            && covered.insert((document, hash))
        {
            next.extend(deps.iter().map(|dep| (document, *dep)));
        }
    }
    covered
}

/// Whose devices are, as receipts say.
fn named(state: &ServerState, brought: &[Brought]) -> BTreeMap<DeviceId, PersonId> {
    let proven = brought.iter().filter(|each| is_proven(state, each));
    proven.map(|each| (each.device, each.person)).collect()
}

/// Remembers who brought how much, in one row however much it was, and what was refused in another.
async fn note(
    state: &ServerState,
    bringer: Sender,
    verdicts: &[Verdict],
) -> Result<(), StorageError> {
    let count = |is: fn(&Outcome) -> bool| verdicts.iter().filter(|one| is(&one.outcome)).count();
    let stored = count(|outcome| matches!(outcome, Outcome::Stored { .. }));
    let refused = count(|outcome| matches!(outcome, Outcome::Rejected { .. }));
    let mut rows = Vec::new();
    if stored > 0 {
        rows.push((Action::Bring, format!("{stored} entries")));
    }
    let first = verdicts.iter().find_map(|verdict| match &verdict.outcome {
        Outcome::Rejected { code, .. } => Some(*code),
        _ => None,
    });
    if let Some(code) = first {
        rows.push((Action::Refuse, format!("brought {refused} {code}")));
    }
    if rows.is_empty() {
        return Ok(());
    }
    let now = state.now();
    state
        .storage
        .write(move |write| {
            for (action, detail) in rows {
                let event = Event { by: Some(bringer), ..Event::of_server(action, detail) };
                audit::add(write.db, event, now)?;
            }
            Ok(())
        })
        .await
}
