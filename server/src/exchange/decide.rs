//! The way of entries from the gate to the writing thread, which decides.

use std::sync::Arc;

use enhance_protocol::{Offer, Receipt, Verdict};

use super::{gate, judge::Judge, objection::Objection, receipts::Receipts, warrant::Warrant};
use crate::{
    error::RequestError,
    state::ServerState,
    storage::{StorageError, Write},
};

/// How often rights may change between the gate and the writing thread before the phone is asked to
/// come again. Changes of a document wait for one another.
const ATTEMPTS: usize = 4;

/// A verdict for each of these entries, and receipts for what a device offered of its own.
pub(super) async fn decide(
    state: &ServerState,
    warrant: Warrant,
    offers: Vec<Offer>,
) -> Result<(Vec<Verdict>, Vec<Receipt>), RequestError> {
    if offers.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let _turn = state.turns.take(&offers).await;
    let offers = Arc::new(offers);
    for _ in 0..ATTEMPTS {
        let (reports, mut inspections) = gate::inspect(state, &warrant, &offers).await?;
        let judge = Judge {
            warrant: warrant.clone(),
            limits: state.config.limits.clone(),
            publisher_key: state.publisher_key(),
            now: state.now(),
            offers: Arc::clone(&offers),
            reports,
            noted: gate::noted(&mut inspections),
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
                return Ok((verdicts, receipts));
            }
            Err(Objection::Stale) => {}
            Err(Objection::Storage(error)) => return Err(error.into()),
            Err(_) => return Err(StorageError::Broken("a verdict escaped".into()).into()),
        }
    }
    Err(StorageError::Busy.into())
}
