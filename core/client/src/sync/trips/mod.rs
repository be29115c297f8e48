//! The loop of round trips that a sync consists of.

mod full;
mod less;

use std::{collections::BTreeSet, mem, time::Duration};

use enhance_model::EntryHash;
use enhance_protocol::{ExchangeResponse, ShortResponse};

use super::{
    apply, archive,
    attachments::upload::{LARGEST_PIECE, Uploads},
    budget::{Allowance, Asked, Budget},
    identity::{self, Parted},
    offer::{self, Offering, Question},
    report::SyncReport,
    tickets,
    traffic::Traffic,
    verify,
    way::{self, Beginning, Headway},
};
use crate::{
    arriving::{again, torn},
    cancellation::Cancellation,
    error::{Error, Obstacle},
    network::answer::{NoAnswer, Reply, ask},
    platform::task,
    progress::{OnProgress, Progress},
    state::{State, lock::StateLock},
    writing::fold::{self, Among},
};

/// Bytes an answer may have when it is unpacked. A page is far smaller; one entry may be larger.
const ANSWER_BYTES: usize = 16 << 20;

/// Archives offered in one sync. Each holds up to some hundred documents.
const ARCHIVES_AT_ONCE: usize = 8;
/// Documents folded at the end of one sync.
const FOLDS_AT_ONCE: usize = 64;

/// More passes through the outbox than any honest server asks for.
const PASSES_AT_MOST: u32 = 8;

/// One sync under way.
#[allow(clippy::struct_excessive_bools, reason = "each says whether one thing has happened yet")]
pub(super) struct Trips<'a> {
    lock: &'a StateLock,
    traffic: &'a Traffic,
    progress: OnProgress<'a>,
    asked: Asked,
    allowance: Allowance,
    pub(super) report: SyncReport,
    /// How long the server asks to wait before the next sync.
    pub(super) wait: Duration,
    pub(super) offering: Offering,
    /// Why the server did not take yet what it may take later.
    pub(super) postponed: Option<Error>,
    passes: u32,
    /// Archives offered so far.
    archives: usize,
    /// Whether the pass through the outbox under way met entries that need others first.
    held_up: bool,
    /// Whether it came closer to the end.
    moved: bool,
    /// Whether work that was refused for what stood beside it was written anew.
    has_joined: bool,
    /// The entry that did not get through by itself just now.
    suspect: Option<EntryHash>,
    /// Entries that did not get through by themselves before: one attempt is enough.
    once_more: BTreeSet<EntryHash>,
    /// Whether less was offered because more did not get through.
    is_narrow: bool,
    headway: Headway,
    /// Whether it was looked whether this is a copy.
    has_parted: bool,
    /// Whether it only sends, since the disk is full.
    only_sends: bool,
    /// Whether it leaves even what is little for later.
    leaves_all: bool,
    /// Whether something came that the disk had no room for.
    left_out: bool,
}

impl<'a> Trips<'a> {
    pub(super) fn new(
        lock: &'a StateLock,
        traffic: &'a Traffic,
        (budget, asked): (&Budget, Asked),
        progress: OnProgress<'a>,
    ) -> Self {
        Self {
            lock,
            traffic,
            progress,
            asked,
            allowance: Allowance::new(budget),
            report: SyncReport::default(),
            wait: Duration::ZERO,
            offering: Offering::begin(),
            postponed: None,
            passes: 0,
            archives: 0,
            held_up: false,
            moved: false,
            has_joined: false,
            suspect: None,
            once_more: BTreeSet::new(),
            is_narrow: false,
            headway: Headway::default(),
            has_parted: false,
            only_sends: false,
            leaves_all: false,
            left_out: false,
        }
    }

    /// Sends what the server lacks of attachments, now that the words are there. Whatever comes of
    /// it, the exchange is done.
    pub(super) async fn upload(&mut self, cancel: &Cancellation) {
        let lock = self.lock;
        let (allowance, progress) = (&mut self.allowance, self.progress);
        let piece_bytes = LARGEST_PIECE.min(self.offering.most_bytes());
        let mut uploads = Uploads { lock, allowance, cancel, progress, sent: 0, piece_bytes };
        let done = lock.while_awake(uploads.go()).await;
        self.report.uploaded = uploads.sent;
        if let Err(error) = done {
            tracing::info!(%error, "attachments wait for the next exchange");
        }
    }

    /// Goes on until nothing waits on either side, or the budget is spent.
    pub(super) async fn go(&mut self, cancel: &Cancellation) -> Result<(), Error> {
        let _turn = cancel.race(self.traffic.turn()).await?;
        self.report.quarantined += self.lock.work_apart(torn::set_back).await?;
        let asked = self.asked;
        let Beginning { most_bytes, once_more } =
            self.lock.work(move |state| way::begin(state, asked)).await?;
        self.once_more = once_more;
        if let Some(most) = most_bytes {
            self.offering.at_most(most);
            self.is_narrow = true;
        }
        // A server whose disk was full is asked for little first.
        let is_trial = self.traffic.found_server_full();
        let mut usual = is_trial.then(|| self.offering.begins_with_little());
        loop {
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            if !self.allowance.allows_a_step() {
                self.report.more = true;
                return Ok(());
            }
            let offering = self.offering.within(&self.allowance);
            let nonce = self.lock.environment().nonce();
            let prepare = move |state: &mut State| offer::prepare(state, offering, nonce, None);
            match self.lock.work(prepare).await? {
                Some(question) => {
                    if !self.step(question, cancel).await? {
                        return Ok(());
                    }
                    if let Some(bytes) = usual.take() {
                        self.offering.offers(bytes);
                    }
                }
                None if self.parts(cancel).await? => {}
                None if self.only_sends => {
                    if !self.begins_another_pass().await? {
                        return Ok(());
                    }
                }
                None if self.offers_archive(cancel).await? => {}
                None if self.begins_another_pass().await? => {}
                None if self.joins_heads().await? => {}
                None => {
                    self.fold().await?;
                    tickets::refresh_open(self.lock, cancel).await?;
                    return identity::renew(self.lock, cancel).await;
                }
            }
        }
    }

    /// Makes this folder a device of its own if it is a copy, once all is offered that does not
    /// depend on the name.
    async fn parts(&mut self, cancel: &Cancellation) -> Result<bool, Error> {
        if mem::replace(&mut self.has_parted, true) {
            return Ok(false);
        }
        let parted = identity::part_if_copied(self.lock, cancel).await?;
        match parted {
            Parted::NotAsked => {}
            Parted::Done => self.offering.after = None,
            // What waits for that is not to be offered any sooner.
            Parted::Refused => self.offering.after = Some(u64::MAX),
        }
        Ok(parted == Parted::Done)
    }

    /// Offers an archive if one is due, once nothing else waits: a bad line must not lose words for
    /// the sake of room.
    async fn offers_archive(&mut self, cancel: &Cancellation) -> Result<bool, Error> {
        if self.archives >= ARCHIVES_AT_ONCE || !self.allowance.allows_an_archive() {
            return Ok(false);
        }
        let metered = self.allowance.metered;
        let due = self.lock.work_apart(move |lock| archive::due(lock, metered)).await?;
        let Some(offered) = due else { return Ok(false) };
        self.archives += 1;
        let (offering, nonce) =
            (self.offering.within(&self.allowance), self.lock.environment().nonce());
        let prepare =
            move |state: &mut State| offer::prepare(state, offering, nonce, Some(offered));
        let Some(question) = self.lock.work(prepare).await? else { return Ok(false) };
        let is_answered = self.step(question, cancel).await?;
        // What needed it can be taken now.
        self.moved |= is_answered;
        Ok(is_answered)
    }

    /// Folds what rests, now that the server has it. The sync is done by then, whatever comes of it.
    async fn fold(&self) -> Result<(), Error> {
        let report = &self.report;
        let among = if self.traffic.looks_for_rest(self.lock.environment().clock.now()) {
            Among::All
        } else if report.pushed + report.duplicates + report.pulled > 0 {
            Among::Busy
        } else {
            return Ok(());
        };
        let lock = self.lock.clone();
        let work = move || fold::worthwhile(&lock, among, FOLDS_AT_ONCE);
        match task::blocking(work).await {
            Ok(Ok(folded)) if folded == FOLDS_AT_ONCE => self.traffic.looks_again(),
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "documents could not be folded"),
            Err(error) => tracing::warn!(%error, "folding ended early"),
        }
        Ok(())
    }

    /// One round trip. False when the budget ended it.
    async fn step(&mut self, question: Question, cancel: &Cancellation) -> Result<bool, Error> {
        let asked = self.allowance.in_time(self.ask(&question));
        let answered = match cancel.race(asked).await {
            Ok(Ok(answered)) => answered,
            Ok(Err(_spent)) => {
                self.unsend(&question).await?;
                self.report.more = true;
                return Ok(false);
            }
            Err(cancelled) => {
                self.unsend(&question).await?;
                return Err(cancelled);
            }
        };
        match answered {
            Ok(received) => self.take_in(question, received).await.map(|()| true),
            Err(error) => self.heed(question, error, cancel).await,
        }
    }

    async fn ask(&self, question: &Question) -> Result<Reply<ExchangeResponse>, NoAnswer> {
        let transport = &*self.lock.environment().transport;
        let request = question.request.clone();
        let reply: Reply<ShortResponse> =
            ask(transport, request, &question.nonce, ANSWER_BYTES).await?;
        let answer = reply.answer.complete(&question.asked, question.state.epoch);
        let answer = answer.map_err(NoAnswer::foreign)?;
        Ok(Reply { answer, bytes: reply.bytes })
    }

    async fn take_in(
        &mut self,
        question: Question,
        mut received: Reply<ExchangeResponse>,
    ) -> Result<(), Error> {
        if self.only_sends {
            self.leave_out(&question, &mut received)?;
        }
        let bytes_up = question.request.body.len() as u64;
        self.allowance.spend(bytes_up.saturating_add(received.bytes));
        self.offering.after = question.last_position.or(self.offering.after);
        let was_restored = received.answer.begins_anew;
        let take_in = move |lock: &StateLock| {
            let taken = apply::take_in(lock, &question, &received.answer)?;
            Ok((taken, question, received))
        };
        let (taken, question, received) = self.lock.work_apart(take_in).await?;
        let report = &mut self.report;
        report.round_trips += 1;
        report.bytes_up += bytes_up;
        report.bytes_down += received.bytes;
        report.pushed += taken.pushed;
        report.duplicates += taken.duplicates;
        report.pulled += taken.pulled;
        report.quarantined += taken.quarantined;
        report.brought += taken.brought;
        report.not_brought += taken.left;
        report.next_allowed_in = taken.wait;
        self.wait = taken.wait;
        self.postponed = taken.postponed.clone().or(self.postponed.take());
        self.held_up |= taken.held_up;
        self.moved |= taken.moved;
        if taken.compared_folds > 0 {
            self.traffic.looks_again();
        }
        if was_restored {
            // What it had taken already may be lost, and what it refused may be taken now.
            self.offering.after = None;
        }
        self.offering.first = false;
        self.offering.more = taken.more;
        let (pushed, pulled) = (self.report.pushed, self.report.pulled);
        (self.progress)(Progress::Exchanged { pushed, pulled, more: taken.more });
        if self.headway.is_made(&question, &received.answer, &taken) {
            return Ok(());
        }
        Err(NoAnswer::by(Obstacle::NoProgress, "the same again, or nothing").into())
    }

    /// Goes through the outbox once more if that can help entries that need others first. If
    /// nothing moved, the heads are compared: the server may have lost what it said it had.
    async fn begins_another_pass(&mut self) -> Result<bool, Error> {
        self.passes += 1;
        let (held_up, moved) = (self.held_up, self.moved);
        (self.held_up, self.moved) = (false, false);
        if !held_up || self.passes >= PASSES_AT_MOST {
            return Ok(false);
        }
        if !moved {
            // What is missing is what the server has no room for now.
            if self.postponed.is_some() || !self.traffic.compares_first() {
                return Ok(false);
            }
            self.lock.work(verify::begin).await?;
        }
        self.offering.after = None;
        Ok(true)
    }

    /// Writes anew, once in a sync, what the server refused because too much stood side by side.
    async fn joins_heads(&mut self) -> Result<bool, Error> {
        if mem::replace(&mut self.has_joined, true) {
            return Ok(false);
        }
        let joined = self.lock.work(again::join_heads).await?;
        self.report.quarantined = self.report.quarantined.saturating_sub(joined);
        self.offering.after = None;
        Ok(joined > 0)
    }

    /// It is not known what became of the entries: they count as not sent and are offered again.
    async fn unsend(&self, question: &Question) -> Result<(), Error> {
        let sent: Vec<EntryHash> = question.sent.iter().map(|entry| entry.hash).collect();
        if sent.is_empty() {
            return Ok(());
        }
        self.lock.work(move |state| offer::unsend(state, sent)).await
    }
}
