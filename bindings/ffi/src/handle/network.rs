//! Joining and syncing.

use std::sync::{Arc, Mutex};

use enhance_client::Conditions;

use crate::{
    Budget, Cancellation, KeepInSync, ProgressListener, SyncReport, SyncState,
    handle::{CoreHandle, Result, tell},
    runtime::{run, within},
};

#[uniffi::export]
impl CoreHandle {
    /// Exchanges with the server until nothing waits on either side, or the budget is spent.
    pub async fn sync(
        &self,
        budget: Budget,
        cancellation: Arc<Cancellation>,
        listener: Option<Arc<dyn ProgressListener>>,
    ) -> Result<SyncReport> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        let budget = budget.into();
        run(
            cancel.clone(),
            async move { Ok(core.sync(budget, &cancel, &tell(listener)).await?.into()) },
        )
        .await
    }

    /// Syncs by itself from now on, until what is returned is stopped or let go of.
    pub fn keep_in_sync(&self) -> Result<KeepInSync> {
        let syncing = within(|| self.core.keep_in_sync())?;
        Ok(KeepInSync(Mutex::new(Some(syncing))))
    }

    /// Tells the core what the phone is like at the moment; `keep_in_sync` heeds it.
    pub fn set_conditions(&self, conditions: Conditions) {
        self.core.set_conditions(conditions);
    }

    /// How this device stands with the server.
    pub fn sync_state(&self) -> Result<SyncState> {
        Ok(self.core.sync_state()?.into())
    }
}
