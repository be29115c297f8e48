//! The loop of round trips that a sync consists of.

use std::{mem, time::Duration};

use enhance_model::RefusalCode;
use enhance_protocol::{ExchangeResponse, ShortResponse};

use super::{
    apply, archive,
    attachments::upload::Uploads,
    bring,
    budget::{Allowance, Budget},
    identity::{self, Parted},
    offer::{self, Offering, Question},
    report::SyncReport,
    traffic::Traffic,
    verify,
};
use crate::{
    arriving::{again, reject},
    cancellation::Cancellation,
    error::Error,
    network::answer::{NoAnswer, Reply, ask},
    observe::Topic,
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

/// How one sync ended, with what the scheduler needs to know.
pub(crate) struct SyncEnd {
    pub(crate) result: Result<SyncReport, Error>,
    /// How long the server asks to wait.
    pub(super) wait: Duration,
    /// The place in the outbox up to which entries were offered.
    pub(super) offered_to: Option<u64>,
}

/// Exchanges with the server until nothing waits on either side, or the budget is spent, and notes
/// how it went.
pub(crate) async fn sync(
    lock: &StateLock,
    traffic: &Traffic,
    budget: Budget,
    cancel: &Cancellation,
    progress: OnProgress<'_>,
) -> SyncEnd {
    let mut trips = Trips::new(lock, traffic, &budget, progress);
    let mut done = lock.while_awake(trips.go(cancel)).await;
    if matches!(done, Err(Error::SignInNeeded)) {
        match identity::recover(lock, cancel).await {
            Ok(true) => done = lock.while_awake(trips.go(cancel)).await,
            Ok(false) => {}
            Err(error) => done = Err(error),
        }
    }
    if done.is_ok() && !trips.report.more {
        trips.upload(cancel).await;
    }
    let result = done.and_then(|()| {
        let (waiting, files) = lock.read(|screen| {
            let store = screen.store();
            Ok((store.waiting()?, store.attachment_counts()?))
        })?;
        let uploads_waiting = files.all - files.stored;
        Ok(SyncReport { waiting, uploads_waiting, ..trips.report.clone() })
    });
    if !matches!(&result, Err(error) if *error == Error::Cancelled || error.is_absence()) {
        traffic.outlook().last_error = result.as_ref().err().cloned();
        lock.tell(Topic::Sync);
    }
    SyncEnd { result, wait: trips.wait, offered_to: trips.offering.after }
}

/// One sync under way.
struct Trips<'a> {
    lock: &'a StateLock,
    traffic: &'a Traffic,
    progress: OnProgress<'a>,
    allowance: Allowance,
    report: SyncReport,
    /// How long the server asks to wait before the next sync.
    wait: Duration,
    offering: Offering,
    passes: u32,
    /// Archives offered so far.
    archives: usize,
    /// Whether the pass through the outbox under way met entries that need others first.
    held_up: bool,
    /// Whether it came closer to the end.
    moved: bool,
    /// Whether work that was refused for what stood beside it was written anew.
    has_joined: bool,
    /// Whether it was looked whether this is a copy.
    has_parted: bool,
}

impl<'a> Trips<'a> {
    fn new(
        lock: &'a StateLock,
        traffic: &'a Traffic,
        budget: &Budget,
        progress: OnProgress<'a>,
    ) -> Self {
        Self {
            lock,
            traffic,
            progress,
            allowance: Allowance::new(budget),
            report: SyncReport::default(),
            wait: Duration::ZERO,
            offering: Offering::begin(),
            passes: 0,
            archives: 0,
            held_up: false,
            moved: false,
            has_joined: false,
            has_parted: false,
        }
    }

    /// Sends what the server lacks of attachments, now that the words are there. Whatever comes of
    /// it, the exchange is done.
    async fn upload(&mut self, cancel: &Cancellation) {
        let lock = self.lock;
        let (allowance, progress) = (&mut self.allowance, self.progress);
        let mut uploads = Uploads { lock, allowance, cancel, progress, stored: 0 };
        let done = lock.while_awake(uploads.go()).await;
        self.report.uploaded = uploads.stored;
        if let Err(error) = done {
            tracing::info!(%error, "attachments wait for the next exchange");
        }
    }

    /// Goes on until nothing waits on either side, or the budget is spent.
    async fn go(&mut self, cancel: &Cancellation) -> Result<(), Error> {
        let _turn = cancel.race(self.traffic.turn()).await?;
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
                }
                None if self.parts(cancel).await? => {}
                None if self.offers_archive(cancel).await? => {}
                None if self.begins_another_pass().await? => {}
                None if self.joins_heads().await? => {}
                None => {
                    self.fold().await?;
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
        match tokio::task::spawn_blocking(work).await {
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
                self.unsend(question).await?;
                self.report.more = true;
                return Ok(false);
            }
            Err(cancelled) => {
                self.unsend(question).await?;
                return Err(cancelled);
            }
        };
        match answered {
            Ok(received) => self.take_in(question, received).await.map(|()| true),
            Err(NoAnswer::Refused(refusal))
                if refusal.code == RefusalCode::RequestTooLarge && question.archive.is_some() =>
            {
                self.archives = ARCHIVES_AT_ONCE;
                self.unsend(question).await.map(|()| true)
            }
            Err(NoAnswer::Refused(refusal))
                if refusal.code == RefusalCode::RequestTooLarge && !question.batch.is_empty() =>
            {
                self.bring_less(question).await.map(|()| true)
            }
            Err(NoAnswer::Refused(refusal))
                if refusal.code == RefusalCode::RequestTooLarge && !question.sent.is_empty() =>
            {
                self.offer_less(question, refusal.message).await.map(|()| true)
            }
            Err(error) => {
                if let NoAnswer::Refused(refusal) = &error {
                    let millis = refusal.retry_in_ms.unwrap_or_default();
                    self.wait = Duration::from_millis(u64::from(millis));
                }
                self.unsend(question).await?;
                Err(error.into())
            }
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
        received: Reply<ExchangeResponse>,
    ) -> Result<(), Error> {
        let bytes_up = question.request.body.len() as u64;
        self.allowance.spend(bytes_up.saturating_add(received.bytes));
        self.offering.after = question.last_position.or(self.offering.after);
        let was_restored = question.is_of_another(received.answer.epoch);
        let take_in = move |lock: &StateLock| apply::take_in(lock, &question, &received.answer);
        let taken = self.lock.work_apart(take_in).await?;
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
        Ok(())
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
            if !self.traffic.compares_first() {
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

    /// The server takes fewer bytes at once than it said: one entry at a time, and one that is too
    /// large alone is too large for ever.
    async fn offer_less(&mut self, question: Question, message: String) -> Result<(), Error> {
        self.offering.first = false;
        if question.sent.len() > 1 {
            self.offering.one_by_one();
            return self.unsend(question).await;
        }
        self.offering.after = question.last_position;
        let work = move |state: &mut State| -> Result<u64, Error> {
            let facts = state.facts()?;
            let hashes = question.sent.iter().map(|entry| entry.hash);
            let code = RefusalCode::ChangeTooLarge;
            hashes.map(|hash| reject::reject(state, &facts, hash, code, &message)).sum()
        };
        self.report.quarantined += self.lock.work(work).await?;
        Ok(())
    }

    /// The server takes fewer bytes at once than it said: what belongs together goes alone, and if
    /// that is too large, nothing more of its document goes.
    async fn bring_less(&mut self, question: Question) -> Result<(), Error> {
        if !self.offering.is_one_by_one() {
            self.offering.one_by_one();
            return Ok(());
        }
        let left = self.lock.work(move |state| bring::give_up(state, &question.batch)).await?;
        self.report.not_brought += left;
        Ok(())
    }

    /// It is not known what became of the entries: they count as not sent and are offered again.
    async fn unsend(&self, question: Question) -> Result<(), Error> {
        self.lock.work(move |state| offer::unsend(state, &question)).await
    }
}
