//! Putting the question together: what is offered, how far this device has read, and after a
//! restore of the server what it has.

use enhance_model::EntryHash;
use enhance_protocol::{
    Asked, Cursor, ExchangeRequest, ExchangeResponse, Nonce, Offer, PROTOCOL, path,
};
use enhance_store::{Entry, OutboxPage};

use super::{
    archive::Offered,
    bring::{self, Batch, Room},
    budget::Allowance,
    verify::{self, HeadsPage},
};
use crate::{
    environment::transport::Request,
    error::Error,
    network::answer::post,
    state::{State, copied},
    writing::entries::requeue,
};

/// Bytes of entries offered at once. Small enough that a bad line loses little.
const OFFER_BYTES: u64 = 512 << 10;
/// The same where the disk is full: what is noted of them fits into what is kept in reserve.
const OFFER_BYTES_FULL: u64 = 16 << 10;
/// The same where the server had no room, and it is seen first whether it has some.
const OFFER_BYTES_TRIAL: u64 = 4 << 10;
/// The share of the largest request that entries may take; what is around them needs room too.
const SHARE_OF_REQUEST: u64 = 4;
/// The share of it that what belongs together may take.
const SHARE_OF_SEGMENT: u64 = 2;

/// Bytes of an answer, which are those that a server gives at once if it is not told otherwise.
const ANSWER_BYTES: u32 = 1 << 20;
/// The same where every byte costs money: what is cut off in the middle was paid for.
const ANSWER_BYTES_METERED: u32 = 256 << 10;

/// The same where the disk is full: a name or two find their place.
pub(super) const ANSWER_BYTES_FULL: u32 = 4 << 10;

/// What the next question is to hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offering {
    /// The first question of a sync is asked even if nothing waits here: something may wait there.
    pub(super) first: bool,
    /// The server said that there is more.
    pub(super) more: bool,
    /// The place in the outbox up to which entries were offered in this pass.
    pub(super) after: Option<u64>,
    /// Nothing is offered, to see whether anything gets through.
    pub(super) fetches_only: bool,
    offer_bytes: u64,
    answer_bytes: u32,
}

impl Offering {
    /// What a sync begins with.
    pub(super) const fn begin() -> Self {
        Self {
            first: true,
            more: false,
            after: None,
            fetches_only: false,
            offer_bytes: OFFER_BYTES,
            answer_bytes: ANSWER_BYTES,
        }
    }

    /// The same as far as the budget allows.
    pub(super) fn within(mut self, allowance: &Allowance) -> Self {
        self.offer_bytes = allowance.at_most(self.offer_bytes);
        let most = if allowance.metered { ANSWER_BYTES_METERED } else { ANSWER_BYTES };
        let most = most.min(self.answer_bytes);
        self.answer_bytes = u32::try_from(allowance.at_most(u64::from(most))).unwrap_or(most);
        self
    }

    /// Offers at most so many bytes at once from now on.
    pub(super) fn at_most(&mut self, bytes: u64) {
        self.offer_bytes = self.offer_bytes.min(bytes);
    }

    /// Offers little at first. Returns what is offered at once after that.
    pub(super) fn begins_with_little(&mut self) -> u64 {
        let usual = self.offer_bytes;
        self.at_most(OFFER_BYTES_TRIAL);
        usual
    }

    /// Offers so many bytes at once from now on.
    pub(super) const fn offers(&mut self, bytes: u64) {
        self.offer_bytes = bytes;
    }

    /// Offers little at once, so that little has to be noted of it, and asks for next to nothing.
    pub(super) fn only_sends(&mut self) {
        self.at_most(OFFER_BYTES_FULL);
        self.answer_bytes = ANSWER_BYTES_FULL;
    }

    /// How many bytes are offered at once.
    pub(super) const fn most_bytes(&self) -> u64 {
        self.offer_bytes
    }

    /// Offers a single entry at a time from now on.
    pub(super) const fn one_by_one(&mut self) {
        self.offer_bytes = 0;
    }

    /// Whether a single entry is offered at a time.
    pub(super) const fn is_one_by_one(&self) -> bool {
        self.offer_bytes == 0
    }
}

/// A question, and what has to be known to understand the answer.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) request: Request,
    pub(super) nonce: Nonce,
    /// What the answer will not repeat.
    pub(super) asked: Asked,
    /// What the question says about this device's place in the server's sequence.
    pub(super) state: enhance_store::SyncState,
    /// The entries it offers.
    pub(super) sent: Vec<Entry>,
    /// The place of the last of them in the outbox.
    pub(super) last_position: Option<u64>,
    /// The documents whose heads it tells.
    pub(super) heads: HeadsPage,
    /// The archive it offers.
    pub(super) archive: Option<Offered>,
    /// What it brings back.
    pub(super) batch: Batch,
}

impl Question {
    /// Whether it is about putting things in order after a restore. Then this answer brings nothing
    /// that is new here.
    pub(super) fn puts_in_order(&self, answer: &ExchangeResponse) -> bool {
        answer.begins_anew || !self.heads.heads.is_empty() || !self.batch.is_empty()
    }
}

/// The next question, if there is anything to ask. What it offers counts as sent.
pub(super) fn prepare(
    state: &mut State,
    offering: Offering,
    nonce: Nonce,
    archive: Option<Offered>,
) -> Result<Option<Question>, Error> {
    let facts = state.facts()?;
    let request_bytes = facts.limits().request_bytes;
    let usual = offering.offer_bytes.min(request_bytes / SHARE_OF_REQUEST);
    let heads = verify::next_page(state)?;
    let sync_state = state.store().sync_state()?;
    // First it is found out what the server lacks, then that is brought, and then what is new is
    // offered, which may need it: the rights by which it is taken, and what it was made after.
    let waits = sync_state.verifying || offering.fetches_only;
    let batch = if waits || archive.is_some() {
        Batch::default()
    } else {
        bring::next_batch(state, Room { usual, most: request_bytes / SHARE_OF_SEGMENT })?
    };
    let page = if waits || !batch.is_empty() {
        OutboxPage::default()
    } else {
        waiting(state, offering.after, usual)?
    };
    let asks = offering.first || offering.more || waits || !batch.is_empty();
    if !asks && page.entries.is_empty() && archive.is_none() {
        return Ok(None);
    }
    let last_position = page.entries.last().map(|waiting| waiting.position);
    let sent: Vec<Entry> = page.entries.into_iter().map(|waiting| waiting.entry).collect();
    let cursor = sync_state.cursor;
    let question = ExchangeRequest {
        protocol: PROTOCOL,
        nonce,
        epoch: sync_state.epoch.map(|epoch| epoch.tag().into()),
        reached: sync_state.reached,
        cursor: Cursor { sequence: cursor.sequence, within: cursor.within },
        settings: facts.settings.id,
        offers: sent.iter().map(offer).collect(),
        heads: heads.heads.clone(),
        max_bytes: Some(offering.answer_bytes).filter(|bytes| *bytes != ANSWER_BYTES),
        archive: archive.as_ref().map(|offered| offered.archive.clone()),
        brought: batch.brought.clone(),
    };
    let request = post(&facts.server, path::EXCHANGE, Some(facts.token()), &question)?;
    let hashes: Vec<EntryHash> = sent.iter().map(|entry| entry.hash).collect();
    let now = state.now();
    if !hashes.is_empty() {
        state.write(|write| Ok(write.mark_sent(&hashes, now)?))?;
    }
    let asked = question.asked();
    let state = sync_state;
    Ok(Some(Question { request, nonce, asked, state, sent, last_position, heads, archive, batch }))
}

/// What is offered next. In the name of another device nothing sealed is.
fn waiting(state: &State, after: Option<u64>, bytes: u64) -> Result<OutboxPage, Error> {
    let store = state.store();
    if copied::is_suspected(store)? {
        return Ok(store.outbox_page_of_plain(after, bytes)?);
    }
    Ok(store.outbox_page(after, bytes)?)
}

/// Takes back that a question's entries were sent.
pub(super) fn unsend(state: &mut State, sent: Vec<EntryHash>) -> Result<(), Error> {
    let now = state.now();
    state.write(|write| requeue(write, sent, now))
}

fn offer(entry: &Entry) -> Offer {
    let Entry { hash, document, kind, body, .. } = entry;
    Offer { kind: *kind, document: *document, hash: *hash, body: body.clone() }
}
