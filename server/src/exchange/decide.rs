//! The way of entries from the gate to the writing thread, which decides.
//!
//! Many entries go in slices, so that others get their turn in between, and so that a request for
//! whose answer nobody waits any more ends with the slice it is at.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use enhance_model::{DocumentId, EntryKind, RefusalCode};
use enhance_protocol::{Offer, Outcome, Receipt, Verdict};
use tokio::time::Instant;

use super::{gate, judge::Judge, objection::Objection, receipts::Receipts, warrant::Warrant};
use crate::{
    error::RequestError,
    refusals::{self, Refused},
    state::ServerState,
    storage::{StorageError, Write},
};

/// How often rights may change between the gate and the writing thread before the phone is asked to
/// come again. Changes of a document wait for one another.
const ATTEMPTS: usize = 4;
/// Entries, and bytes of them, that are decided about in one go. The writing thread takes some
/// milliseconds for so many, and whoever comes meanwhile waits for no more than that.
const SLICE: usize = 128;
const SLICE_BYTES: usize = 256 << 10;

/// A verdict for each of these entries, and receipts for what a device offered of its own.
pub(super) async fn decide(
    state: &ServerState,
    warrant: Warrant,
    offers: Vec<Offer>,
) -> Result<(Vec<Verdict>, Vec<Receipt>), RequestError> {
    let (mut verdicts, mut receipts) = (Vec::with_capacity(offers.len()), Vec::new());
    let mut rest = offers.into_iter().peekable();
    while rest.peek().is_some() {
        let (begun, begun_at) = (verdicts.len(), Instant::now());
        let slice = slice(&mut rest);
        let warrant = warrant.part(begun, slice.len());
        let (some, given) = some(state, warrant, slice).await?;
        verdicts.extend(some);
        receipts.extend(given);
        if rest.peek().is_some() && state.people.are_several() {
            // Somebody else is there, who has the processors for twice as long as this one had them.
            tokio::time::sleep(begun_at.elapsed() * 2).await;
        }
    }
    Ok((verdicts, receipts))
}

/// The next entries that are decided about in one go; at least one, if there is one.
fn slice(rest: &mut std::iter::Peekable<std::vec::IntoIter<Offer>>) -> Vec<Offer> {
    let (mut slice, mut bytes) = (Vec::new(), 0);
    while let Some(offer) = rest.next_if(|offer| {
        slice.is_empty() || slice.len() < SLICE && bytes + offer.body.len() <= SLICE_BYTES
    }) {
        bytes += offer.body.len();
        slice.push(offer);
    }
    slice
}

async fn some(
    state: &ServerState,
    warrant: Warrant,
    offers: Vec<Offer>,
) -> Result<(Vec<Verdict>, Vec<Receipt>), RequestError> {
    let _turn = state.turns.take(&offers).await;
    let offers = Arc::new(offers);
    let (mut attempts, mut damaged) = (0, BTreeSet::new());
    while attempts < ATTEMPTS {
        let (reports, mut inspections) =
            gate::inspect(state, &warrant, &offers, &mut damaged).await?;
        let judge = Judge {
            warrant: warrant.clone(),
            limits: state.config.limits.clone(),
            operations: state.config.document_operations,
            publisher_key: state.publisher_key(),
            now: state.now(),
            offers: Arc::clone(&offers),
            reports,
            noted: gate::noted(&mut inspections),
            damaged: damaged.clone(),
        };
        let key = Arc::clone(&state.receipt_key);
        let work = move |write: &mut Write<'_>| {
            let verdicts = judge.all(write)?;
            // Who brings something has its receipts.
            let receipts = match judge.warrant.asking() {
                Some(sender) => {
                    Receipts::new(write.db, &key).for_offers(&judge.offers, sender, &verdicts)?
                }
                None => Vec::new(),
            };
            Ok((verdicts, receipts))
        };
        match state.storage.write(work).await {
            Ok((verdicts, receipts)) => {
                gate::keep(state, inspections, &verdicts);
                forget_deleted(state, &offers, &verdicts);
                // What is brought is noted in one row, however much it is.
                if let Some(sender) = warrant.asking() {
                    refusals::note(state, Some(sender), refused(&offers, &verdicts)).await?;
                }
                return Ok((verdicts, receipts));
            }
            Err(Objection::Stale) => attempts += 1,
            // All of it was undone. Once more, without that document.
            Err(Objection::Damaged(document, error)) if damaged.insert(document) => {
                tracing::error!(%document, %error, "nothing is decided about what is damaged");
            }
            Err(Objection::Storage(error)) => return Err(error.into()),
            Err(_) => return Err(StorageError::Broken("a verdict escaped".into()).into()),
        }
    }
    Err(StorageError::Busy.into())
}

/// Nothing of what was destroyed stays in memory on purpose.
fn forget_deleted(state: &ServerState, offers: &[Offer], verdicts: &[Verdict]) {
    let stored = |verdict: &Verdict| matches!(verdict.outcome, Outcome::Stored { .. });
    let deleted = offers
        .iter()
        .zip(verdicts)
        .filter(|(offer, verdict)| offer.kind == EntryKind::Delete && stored(verdict));
    let mut is_any = false;
    for (offer, _) in deleted {
        state.catalogues.forget(offer.document);
        is_any = true;
    }
    if is_any {
        state.storage.forget_read();
    }
}

/// What was refused, equal refusals together.
fn refused(offers: &[Offer], verdicts: &[Verdict]) -> Vec<Refused> {
    let mut found: BTreeMap<(EntryKind, RefusalCode), (DocumentId, bool, u64)> = BTreeMap::new();
    for (offer, verdict) in offers.iter().zip(verdicts) {
        let Outcome::Rejected { code, .. } = verdict.outcome else { continue };
        let (document, is_only, count) =
            found.entry((offer.kind, code)).or_insert((offer.document, true, 0));
        *is_only &= *document == offer.document;
        *count += 1;
    }
    let refused = found.into_iter().map(|((kind, code), (document, is_only, count))| Refused {
        what: format!("{kind} {code}"),
        document: is_only.then_some(document),
        count,
    });
    refused.collect()
}
