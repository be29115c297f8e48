//! Exchanges with the server, by hand and by themselves.

use std::sync::Arc;

use super::LearningCore;
use crate::{
    cancellation::Cancellation,
    environment::transport::Pending,
    error::Error,
    packs::mend,
    progress::OnProgress,
    sync::{
        budget::Budget,
        by_itself::{self, KeepInSync},
        once,
        report::SyncReport,
        schedule::Conditions,
        standing::{self, SyncState},
    },
};

impl LearningCore {
    /// Exchanges with the server until nothing waits on either side, or the budget is spent.
    ///
    /// Without a deadline it is a person who asks: what was held because it is too large for the way
    /// is then tried once more, since this may be another network.
    ///
    /// However it ends, everything written on this device stays, and what was taken in stays taken
    /// in. What is lost or damaged of the content in use is fetched again afterwards, where no bytes
    /// are counted for that.
    ///
    /// ```no_run
    /// use enhance_client::{Budget, Cancellation, Error, LearningCore};
    ///
    /// # async fn example(core: &LearningCore) -> Result<(), Error> {
    /// let cancel = Cancellation::new();
    /// let report = core.sync(Budget::default(), &cancel, &|_| ()).await?;
    /// println!("{} went up, {} came down", report.pushed, report.pulled);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn sync(
        &self,
        budget: Budget,
        cancel: &Cancellation,
        progress: OnProgress<'_>,
    ) -> Result<SyncReport, Error> {
        // In a box: whoever waits for it would carry all of it along.
        let asked = (budget, budget.asked());
        let ended = Box::pin(once::sync(&self.state, &self.traffic, asked, cancel, progress)).await;
        if ended.result.is_ok() && budget.max_bytes.is_none() {
            mend::after_sync(&self.state, &self.downloads, cancel).await;
        }
        ended.result
    }

    /// Syncs by itself from now on: soon after something was written, at once when the network or
    /// the person is back, now and then while the app is on the screen, and ever more rarely while
    /// the server cannot be reached. See [`LearningCore::set_conditions`].
    ///
    /// # Panics
    ///
    /// If it is not called within a Tokio runtime.
    pub fn keep_in_sync(&self) -> KeepInSync {
        let (lock, downloads) = (self.state.clone(), Arc::clone(&self.downloads));
        let mend = move |stop: Cancellation| -> Pending<'static, ()> {
            let (lock, downloads) = (lock.clone(), Arc::clone(&downloads));
            Box::pin(async move { mend::after_sync(&lock, &downloads, &stop).await })
        };
        by_itself::keep_in_sync(self.state.clone(), Arc::clone(&self.traffic), mend)
    }

    /// Tells the core what the phone is like at the moment; [`LearningCore::keep_in_sync`] heeds it.
    pub fn set_conditions(&self, conditions: Conditions) {
        self.traffic.set_conditions(conditions);
    }

    /// How this device stands with the server.
    pub fn sync_state(&self) -> Result<SyncState, Error> {
        standing::state(&self.state, &self.traffic)
    }
}
