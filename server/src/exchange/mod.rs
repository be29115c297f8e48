//! One exchange: a verdict for everything offered, then everything new that may be read.
//!
//! Offers are decided one after the other by the writing thread, each in the file named after what
//! it does; one that is refused never harms the others. Plain changes were through the admission
//! gate by then (`gate`). What may be read is in `pull`.

mod archive;
mod bring;
mod change;
mod create;
mod decide;
mod delete;
mod envelope;
mod folded;
mod gate;
mod grant;
mod handover;
mod harm;
mod heads;
mod illegible;
mod joining;
mod judge;
mod objection;
mod page;
mod part;
mod pull;
mod reading;
mod receipts;
mod report;
mod rights;
mod seen;
mod signing;
mod terms;
mod warrant;

use std::{collections::BTreeSet, sync::Arc};

use enhance_model::RefusalCode;
use enhance_protocol::{
    BROUGHT_AT_ONCE, COMPARED_AT_ONCE, Cursor, ExchangeRequest, ExchangeResponse, LegibleRequest,
    OFFERED_AT_ONCE, Outcome, Receipt, Verdict,
};

use rusqlite::Connection;

use crate::{
    blobs,
    error::RequestError,
    state::ServerState,
    storage::{archives, epochs::Place, people::Sender},
};
use decide::decide;
pub use handover::offer_for_organisation;
use receipts::Receipts;
use warrant::Warrant;

/// Heads of all documents together that are compared in one request.
const HEADS: usize = 10_000;
/// Milliseconds a phone is asked to wait when the queue of the writing thread is full; less in
/// proportion.
const WAIT_WHEN_FULL_MS: usize = 10_000;
/// Below this the queue is no reason to wait.
const CALM_PERCENT: usize = 10;

/// Answers one exchange of a device that is known. What of it is illegible is refused in its place,
/// and harms nothing else.
pub async fn exchange(
    state: &ServerState,
    sender: Sender,
    legible: LegibleRequest,
) -> Result<ExchangeResponse, RequestError> {
    count(&legible)?;
    let LegibleRequest { request, illegible } = legible;
    let mut response = answer(state, sender, request).await?;
    illegible::refuse(state, sender, &illegible, &mut response).await?;
    Ok(response)
}

/// Answers what of an exchange could be read.
async fn answer(
    state: &ServerState,
    sender: Sender,
    request: ExchangeRequest,
) -> Result<ExchangeResponse, RequestError> {
    let mut response = beginning(state, sender, &request).await?;
    archive::let_go(state, sender, response.cursor.sequence).await?;
    let nothing_new = response.cursor.sequence >= state.storage.tips().of(sender.person);
    if request.is_only_asking() && nothing_new && !response.begins_anew {
        response.cursor.within = 0;
        state.metrics.count_quiet();
        return Ok(response);
    }
    let mut response = fill(state, sender, request, response).await?;
    // Everything that it speaks of is there by now.
    response.reached = state.storage.tips().last();
    Ok(response)
}

/// Adds what an answer has to say to its beginning.
async fn fill(
    state: &ServerState,
    sender: Sender,
    request: ExchangeRequest,
    mut response: ExchangeResponse,
) -> Result<ExchangeResponse, RequestError> {
    let puts_in_order = puts_in_order(&request, &response);
    response.brought = bring::take(state, sender, request.brought).await?;
    let before = state.storage.tips().fed(sender.person);
    let brings_archive = request.archive.is_some();
    let only_content =
        !brings_archive && request.offers.iter().all(|offer| offer.kind.makes_content());
    (response.verdicts, response.receipts) =
        decide(state, Warrant::Sender(sender), request.offers).await?;
    state.metrics.count_verdicts(&response.verdicts);
    let mut own: BTreeSet<u64> = response.verdicts.iter().filter_map(stored).collect();
    if let Some(archive) = request.archive {
        let archived = archive::store(state, sender, archive).await?;
        own.insert(archived.sequence);
        response.archived = Some(archived);
    }
    if puts_in_order {
        let (person, asked) = (sender.person, request.heads);
        let compare = move |db: &Connection| heads::differing(db, person, &asked);
        response.heads = state.storage.read(compare).await?;
        response.more = true;
        return Ok(response);
    }
    let after = state.storage.tips().fed(sender.person);
    let newest = own.last().copied().unwrap_or(response.cursor.sequence);
    if only_content
        && before.newest <= response.cursor.sequence
        && after.only(before, own.len() as u64)
        && after.newest <= newest
    {
        // Nothing but what it brought itself, so that nothing has to be looked up.
        response.cursor = Cursor { sequence: newest, within: 0 };
        return Ok(response);
    }
    let page_request = pull::PageRequest {
        person: sender.person,
        from: response.cursor,
        except: own,
        budget: request.max_bytes.unwrap_or(u32::MAX).min(state.config.page_bytes) as usize,
    };
    add_news(state, sender, page_request, &mut response).await?;
    Ok(response)
}

/// Refuses more than is worked on in one request, before anything of it is.
fn count(LegibleRequest { request, illegible }: &LegibleRequest) -> Result<(), RequestError> {
    let heads = request.heads.iter().map(|document| document.heads.len()).sum::<usize>();
    let is_much = request.offers.len() + illegible.offers.len() > OFFERED_AT_ONCE
        || request.brought.len() + illegible.brought.len() > BROUGHT_AT_ONCE
        || request.heads.len() > COMPARED_AT_ONCE
        || heads > HEADS;
    if is_much { Err(RefusalCode::RequestTooLarge.into()) } else { Ok(()) }
}

/// The number under which an entry was stored, if it was.
const fn stored(verdict: &Verdict) -> Option<u64> {
    match verdict.outcome {
        Outcome::Stored { sequence, .. } => Some(sequence),
        _ => None,
    }
}

/// An answer that says nothing yet but where the server stands.
async fn beginning(
    state: &ServerState,
    sender: Sender,
    request: &ExchangeRequest,
) -> Result<ExchangeResponse, RequestError> {
    let settings = state.settings().await?;
    let ExchangeRequest { epoch, reached, cursor, .. } = *request;
    let place = Place { epoch, reached, cursor };
    let start = state.epochs.start(place, state.storage.tips().last());
    Ok(ExchangeResponse {
        nonce: request.nonce,
        epoch: state.epochs.present(),
        begins_anew: start.begins_anew,
        reached,
        cursor: start.cursor,
        verdicts: Vec::new(),
        items: Vec::new(),
        heads: Vec::new(),
        more: false,
        next_allowed_in_ms: next_allowed(state.storage.batches().load_percent()),
        settings: (settings.id != request.settings).then(|| (*settings).clone()),
        archives: Vec::new(),
        archived: None,
        renew: Vec::new(),
        brought: Vec::new(),
        receipts: Vec::new(),
        send_again: blobs::asked_again(state, sender.person).await?,
    })
}

/// Whether a request is about putting things in order after a restore: it says so itself, or does
/// not know of it yet. Its answer brings nothing new. That could take a document away from the
/// device before it brought back what it alone holds of it.
fn puts_in_order(request: &ExchangeRequest, response: &ExchangeResponse) -> bool {
    response.begins_anew || !request.heads.is_empty() || !request.brought.is_empty()
}

/// Adds what is new for a person to an answer.
async fn add_news(
    state: &ServerState,
    sender: Sender,
    request: pull::PageRequest,
    response: &mut ExchangeResponse,
) -> Result<(), RequestError> {
    let key = Arc::clone(&state.receipt_key);
    let news = state
        .storage
        .read(move |db| {
            let person = request.person;
            let page = pull::page(db, &request)?;
            let receipts = Receipts::new(db, &key).for_items(&page.items)?;
            let read = reading::first_read(db, person, &page.items)?;
            Ok((page, archives::to_renew(db, person)?, receipts, read))
        })
        .await;
    let (page, renew, receipts, read) = match news {
        // What became of their own work they hear all the same. With the next request they are told.
        Err(error) if error.is_of_damage() && !response.verdicts.is_empty() => {
            tracing::error!(%error, "an answer says nothing new");
            return Ok(());
        }
        news => news?,
    };
    reading::note(state, sender, read).await?;
    state.metrics.count_items(page.items.len());
    response.archives = page.archives;
    response.renew = renew;
    response.items = page.items;
    response.cursor = page.cursor;
    response.more = page.more;
    let entry = |receipt: &Receipt| (receipt.document, receipt.hash);
    let given: BTreeSet<_> = response.receipts.iter().map(entry).collect();
    response.receipts.extend(receipts.into_iter().filter(|one| !given.contains(&entry(one))));
    Ok(())
}

fn next_allowed(load_percent: usize) -> u32 {
    if load_percent < CALM_PERCENT {
        return 0;
    }
    u32::try_from(WAIT_WHEN_FULL_MS * load_percent / 100).unwrap_or(u32::MAX)
}
