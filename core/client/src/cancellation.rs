//! How long work is stopped from outside.

use tokio_util::sync::CancellationToken;

use crate::error::Error;

/// Stops long work from outside. Clones stop the same work; what is done by then stays done.
#[derive(Debug, Clone, Default)]
pub struct Cancellation(CancellationToken);

impl Cancellation {
    /// One that has not been used.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the work at its next step.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// Whether it was stopped.
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }

    /// Returns once it was stopped.
    pub(crate) async fn cancelled(&self) {
        self.0.cancelled().await;
    }

    /// The outcome of `work`, unless it is stopped before.
    pub(crate) async fn race<T>(&self, work: impl Future<Output = T>) -> Result<T, Error> {
        self.0.run_until_cancelled(work).await.ok_or(Error::Cancelled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_cancelled_race_is_lost_at_once() {
        let cancellation = Cancellation::new();
        assert_eq!(cancellation.race(std::future::ready(7)).await.unwrap(), 7);
        cancellation.clone().cancel();
        assert!(cancellation.is_cancelled());
        let outcome = cancellation.race(std::future::pending::<()>()).await;
        assert!(matches!(outcome, Err(Error::Cancelled)));
    }
}
