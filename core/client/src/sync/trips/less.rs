//! What a sync does when a question does not get through: it offers less.

use std::mem;

use enhance_model::RefusalCode;

use super::{ARCHIVES_AT_ONCE, Trips};
use crate::{
    arriving::reject,
    cancellation::Cancellation,
    error::Error,
    network::answer::NoAnswer,
    state::State,
    sync::{
        bring,
        offer::{self, Question},
        way::{self, Blame},
    },
};

impl Trips<'_> {
    /// Heeds that a question was not answered. False when the budget ended it.
    pub(super) async fn heed(
        &mut self,
        question: Question,
        error: NoAnswer,
        cancel: &Cancellation,
    ) -> Result<bool, Error> {
        match way::blame(&error, &question) {
            Blame::Size if is_divisible(&question) => {
                self.offer_less(question, error).await.map(|()| true)
            }
            // It is as large as the answer to nothing: if that comes, the size is to blame.
            Blame::Perhaps if is_divisible(&question) && self.gets_through(cancel).await? => {
                self.offer_less(question, error).await.map(|()| true)
            }
            _ => {
                self.unsend(&question).await?;
                let error = Error::from(error);
                if let Error::Offline { obstacle, .. } = &error {
                    self.wait = obstacle.retry_in().unwrap_or_default();
                }
                Err(error)
            }
        }
    }

    /// Whether a question that offers nothing is answered.
    async fn gets_through(&mut self, cancel: &Cancellation) -> Result<bool, Error> {
        let mut offering = self.offering.within(&self.allowance);
        offering.fetches_only = true;
        let nonce = self.lock.environment().nonce();
        let prepare = move |state: &mut State| offer::prepare(state, offering, nonce, None);
        let Some(question) = self.lock.work(prepare).await? else { return Ok(false) };
        let asked = self.allowance.in_time(self.ask(&question));
        match cancel.race(asked).await? {
            Ok(Ok(received)) => self.take_in(question, received).await.map(|()| true),
            Ok(Err(_)) | Err(_) => Ok(false),
        }
    }

    /// Less gets through at once than was offered: half of it next time. What does not get through
    /// by itself is refused for good if the server says so, and held if somebody else does.
    async fn offer_less(&mut self, question: Question, error: NoAnswer) -> Result<(), Error> {
        self.unsend(&question).await?;
        if question.archive.is_some() {
            self.archives = ARCHIVES_AT_ONCE;
            return Ok(());
        }
        if !question.batch.is_empty() {
            return self.bring_less(question).await;
        }
        self.offering.first = false;
        let [entry] = question.sent.as_slice() else {
            return self.narrow(way::half(&question.sent)).await;
        };
        let hash = entry.hash;
        match error {
            NoAnswer::Refused(refusal) => {
                self.offering.after = question.last_position;
                let reject = move |state: &mut State| {
                    let facts = state.facts()?;
                    let code = RefusalCode::ChangeTooLarge;
                    reject::reject(state, &facts, hash, code, &refusal.message)
                };
                self.report.quarantined += self.lock.work(reject).await?;
            }
            // A line may break once for no reason at all.
            NoAnswer::Offline(_)
                if !self.once_more.contains(&hash) && self.suspect.replace(hash) != Some(hash) => {}
            NoAnswer::Offline(reason) => {
                let hold = move |state: &mut State| way::hold(state, hash, &reason.obstacle);
                self.lock.work(hold).await?;
            }
        }
        Ok(())
    }

    /// Offers at most so many bytes at once from now on. If it is not the first time in this sync,
    /// the next one begins with it.
    async fn narrow(&mut self, bytes: u64) -> Result<(), Error> {
        self.offering.at_most(bytes);
        if mem::replace(&mut self.is_narrow, true) {
            self.lock.work(move |state| way::keep(state, bytes)).await?;
        }
        Ok(())
    }

    /// Less gets through at once than was brought: what belongs together goes alone, and if that is
    /// too large, nothing more of its document goes.
    async fn bring_less(&mut self, question: Question) -> Result<(), Error> {
        if !self.offering.is_one_by_one() {
            self.offering.one_by_one();
            return Ok(());
        }
        let left = self.lock.work(move |state| bring::give_up(state, &question.batch)).await?;
        self.report.not_brought += left;
        Ok(())
    }
}

/// Whether a question can be asked in parts.
fn is_divisible(question: &Question) -> bool {
    question.archive.is_some() || !question.batch.is_empty() || !question.sent.is_empty()
}
