//! What a sync does on a full disk: it sends, and takes in nothing that would need room.

use enhance_protocol::{Cursor, ExchangeResponse};

use super::Trips;
use crate::{
    cancellation::Cancellation,
    error::Error,
    network::answer::Reply,
    state::State,
    sync::offer::{ANSWER_BYTES_FULL, Offering, Question},
};

impl Trips<'_> {
    /// Sends what waits, in the room that is kept in reserve. What comes is left for a sync on a
    /// disk with room, which is an error as it is without anything to send.
    pub(in crate::sync) async fn send(&mut self, cancel: &Cancellation) -> Result<(), Error> {
        self.lock.work(State::lend_reserve).await?;
        self.only_sends = true;
        self.offering = Offering::begin();
        self.offering.only_sends();
        let mut done = self.go(cancel).await;
        if matches!(done, Err(Error::StorageFull)) && !self.leaves_all {
            // Also little may be more than fits; then what was sent is all that is noted.
            self.leaves_all = true;
            self.offering = Offering::begin();
            self.offering.only_sends();
            done = self.go(cancel).await;
        }
        done?;
        if self.left_out { Err(Error::StorageFull) } else { Ok(()) }
    }

    /// Keeps a reserve again, if it was lent.
    pub(in crate::sync) async fn end_sending(&self) {
        if !self.only_sends {
            return;
        }
        if let Err(error) = self.lock.work(State::take_reserve_back).await {
            tracing::warn!(%error, "no reserve is kept");
        }
    }

    /// Takes out of an answer what would need room, so that it comes again.
    pub(super) fn leave_out(
        &mut self,
        question: &Question,
        Reply { answer, bytes }: &mut Reply<ExchangeResponse>,
    ) -> Result<(), Error> {
        if answer.begins_anew {
            // All that is here would be compared, which needs room.
            return Err(Error::StorageFull);
        }
        let is_empty = answer.items.is_empty() && answer.archives.is_empty();
        let is_little = *bytes <= u64::from(ANSWER_BYTES_FULL) && answer.archives.is_empty();
        if !answer.more && (is_empty || (is_little && !self.leaves_all)) {
            return Ok(());
        }
        self.left_out = true;
        answer.items.clear();
        answer.archives.clear();
        answer.more = false;
        let (sequence, within) = (question.state.cursor.sequence, question.state.cursor.within);
        answer.cursor = Cursor { sequence, within };
        Ok(())
    }
}
