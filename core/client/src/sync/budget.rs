//! How far a sync may go.
//!
//! A sync is a sequence of steps, each durable by itself. Between two steps nothing is held, so it
//! can end there at any time and be taken up again later.

use std::time::Duration;

use crate::platform::time::{Instant, timeout_at};

/// What the host allows one sync.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Budget {
    /// How long it may take; an operating system gives half a minute in the background. Without
    /// one a person asks, and what was held since it is too large for the network is tried once more.
    pub deadline: Option<Duration>,
    /// Every byte costs money: answers are asked for in smaller pages.
    pub metered: bool,
    /// Bytes it may send and receive. The page under way is finished, so it may be a little more.
    pub max_bytes: Option<u64>,
}

/// Who wants a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A person who waits for it.
    ByPerson,
    /// Nobody: it is done now and then, or in time that an operating system gives.
    ByNobody,
}

impl Budget {
    /// Who a host asks for: what has to end by a moment is work in the background.
    pub(crate) const fn asked(&self) -> Asked {
        if self.deadline.is_none() { Asked::ByPerson } else { Asked::ByNobody }
    }
}

/// A budget being spent.
#[derive(Debug)]
pub(super) struct Allowance {
    ends_at: Option<Instant>,
    bytes_left: Option<u64>,
    /// Whether answers should be small.
    pub(super) metered: bool,
}

/// The budget is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BudgetSpent;

impl Allowance {
    /// Begins to spend a budget.
    pub(super) fn new(budget: &Budget) -> Self {
        Self {
            ends_at: budget.deadline.and_then(|deadline| Instant::now().checked_add(deadline)),
            bytes_left: budget.max_bytes,
            metered: budget.metered,
        }
    }

    /// Whether another step may begin.
    pub(super) fn allows_a_step(&self) -> bool {
        let in_time = self.ends_at.is_none_or(|end| Instant::now() < end);
        in_time && self.bytes_left != Some(0)
    }

    /// Whether bytes may go for what only saves room: not where they are counted.
    pub(super) fn allows_an_archive(&self) -> bool {
        self.bytes_left.is_none() && self.allows_a_step()
    }

    /// Notes bytes that went over the network.
    pub(super) fn spend(&mut self, bytes: u64) {
        self.bytes_left = self.bytes_left.map(|left| left.saturating_sub(bytes));
    }

    /// At most so many of `bytes` may still be used.
    pub(super) fn at_most(&self, bytes: u64) -> u64 {
        self.bytes_left.map_or(bytes, |left| left.min(bytes))
    }

    /// The outcome of `work`, unless the time is over before.
    pub(super) async fn in_time<T>(&self, work: impl Future<Output = T>) -> Result<T, BudgetSpent> {
        match self.ends_at {
            Some(end) => timeout_at(end, work).await.map_err(|_| BudgetSpent),
            None => Ok(work.await),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spending(deadline: Option<u64>, max_bytes: Option<u64>) -> Allowance {
        let deadline = deadline.map(Duration::from_secs);
        Allowance::new(&Budget { deadline, metered: false, max_bytes })
    }

    #[tokio::test(start_paused = true)]
    async fn time_ends_a_budget_between_steps_and_within_one() {
        let allowance = spending(Some(20), None);
        assert!(allowance.allows_a_step());
        assert_eq!(allowance.in_time(std::future::ready(7)).await, Ok(7));
        assert_eq!(allowance.in_time(std::future::pending::<()>()).await, Err(BudgetSpent));
        assert!(!allowance.allows_a_step());
    }

    #[tokio::test]
    async fn bytes_end_a_budget() {
        let mut allowance = spending(None, Some(100));
        assert_eq!(allowance.at_most(1_000), 100);
        allowance.spend(60);
        assert!(allowance.allows_a_step());
        assert_eq!(allowance.at_most(1_000), 40);
        allowance.spend(60);
        assert!(!allowance.allows_a_step());
    }

    #[tokio::test]
    async fn an_absurd_deadline_is_none() {
        let allowance =
            Allowance::new(&Budget { deadline: Some(Duration::MAX), ..Budget::default() });
        assert!(allowance.allows_a_step());
    }
}
