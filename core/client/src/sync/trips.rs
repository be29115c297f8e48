//! The loop of round trips that a sync consists of.

use std::{sync::atomic::Ordering, time::Duration};

use enhance_model::RefusalCode;
use enhance_protocol::ExchangeResponse;

use super::{
    Budget, SyncReport,
    apply::{self, StepReport},
    budget::Allowance,
    offer::{self, Offering, Question},
    verify,
};
use crate::{
    Cancellation, Error, LearningCore, OnProgress, Progress,
    arriving::reject,
    core::State,
    network::answer::{NoAnswer, Reply, ask},
};

/// Bytes an answer may have when it is unpacked. A page is far smaller; one entry may be larger.
const ANSWER_BYTES: usize = 16 << 20;

/// More passes through the outbox than any honest server asks for.
const PASSES_AT_MOST: u32 = 8;

/// One sync under way.
pub(super) struct Trips<'a> {
    core: &'a LearningCore,
    progress: OnProgress<'a>,
    allowance: Allowance,
    pub(super) report: SyncReport,
    /// How long the server asks to wait before the next sync.
    pub(super) wait: Duration,
    pub(super) plan: Offering,
    passes: u32,
    /// Whether the pass through the outbox under way met entries that need others first.
    held_up: bool,
    /// Whether it came closer to the end.
    moved: bool,
}

impl<'a> Trips<'a> {
    pub(super) fn new(core: &'a LearningCore, budget: &Budget, progress: OnProgress<'a>) -> Self {
        Self {
            core,
            progress,
            allowance: Allowance::new(budget),
            report: SyncReport::default(),
            wait: Duration::ZERO,
            plan: Offering::begin(),
            passes: 0,
            held_up: false,
            moved: false,
        }
    }

    /// Goes on until nothing waits on either side, or the budget is spent.
    pub(super) async fn go(&mut self, cancel: &Cancellation) -> Result<(), Error> {
        let _turn = cancel.race(self.core.traffic().turn.lock()).await?;
        loop {
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            if !self.allowance.allows_a_step() {
                self.report.more = true;
                return Ok(());
            }
            let plan = self.plan.within(&self.allowance);
            let nonce = self.core.environment().nonce();
            match self.core.work(move |state| offer::prepare(state, plan, nonce)).await? {
                Some(question) => {
                    if !self.step(question, cancel).await? {
                        return Ok(());
                    }
                }
                None if self.begins_another_pass().await? => {}
                None => return Ok(()),
            }
        }
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
        let transport = &*self.core.environment().transport;
        let request = question.request.clone();
        ask(transport, request, &question.nonce, ANSWER_BYTES).await
    }

    async fn take_in(
        &mut self,
        question: Question,
        received: Reply<ExchangeResponse>,
    ) -> Result<(), Error> {
        let bytes_up = question.request.body.len() as u64;
        self.allowance.spend(bytes_up.saturating_add(received.bytes));
        self.plan.after = question.last_position.or(self.plan.after);
        let taken: StepReport =
            self.core.work(move |state| apply::take_in(state, &question, &received.answer)).await?;
        let report = &mut self.report;
        report.round_trips += 1;
        report.bytes_up += bytes_up;
        report.bytes_down += received.bytes;
        report.pushed += taken.pushed;
        report.duplicates += taken.duplicates;
        report.pulled += taken.pulled;
        report.quarantined += taken.quarantined;
        report.next_allowed_in = taken.wait;
        self.wait = taken.wait;
        self.held_up |= taken.held_up;
        self.moved |= taken.moved;
        self.plan.first = false;
        self.plan.more = taken.more;
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
            if self.core.traffic().compared.swap(true, Ordering::Relaxed) {
                return Ok(false);
            }
            self.core.work(verify::begin).await?;
        }
        self.plan.after = None;
        Ok(true)
    }

    /// The server takes fewer bytes at once than it said: one entry at a time, and one that is too
    /// large alone is too large for ever.
    async fn offer_less(&mut self, question: Question, message: String) -> Result<(), Error> {
        self.plan.first = false;
        if question.sent.len() > 1 {
            self.plan.one_by_one();
            return self.unsend(question).await;
        }
        self.plan.after = question.last_position;
        let work = move |state: &mut State| {
            let hashes = question.sent.iter().map(|entry| entry.hash);
            let code = RefusalCode::ChangeTooLarge;
            hashes.map(|hash| reject::reject(state, hash, code, &message)).sum::<Result<u64, _>>()
        };
        self.report.quarantined += self.core.work(work).await?;
        Ok(())
    }

    /// Nobody knows what became of the entries: they count as not sent and are offered again.
    async fn unsend(&self, question: Question) -> Result<(), Error> {
        self.core.work(move |state| offer::unsend(state, &question)).await
    }
}
