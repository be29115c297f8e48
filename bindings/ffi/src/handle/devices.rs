//! The devices of this person, and signing out.

use std::sync::Arc;

use enhance_client::{OwnDevice, SignOutReport};

use crate::{
    Cancellation, Unsent,
    handle::{CoreHandle, Result},
    ids::DeviceId,
    runtime::run,
};

#[uniffi::export]
impl CoreHandle {
    /// The devices of this person that are not signed out, in the order in which they joined.
    pub async fn devices(&self, cancellation: Arc<Cancellation>) -> Result<Vec<OwnDevice>> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move { core.devices(&cancel).await }).await
    }

    /// Gives a device of this person another name, and says which devices there are then.
    pub async fn rename_device(
        &self,
        device: DeviceId,
        name: String,
        cancellation: Arc<Cancellation>,
    ) -> Result<Vec<OwnDevice>> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move { core.rename_device(device, &name, &cancel).await }).await
    }

    /// Ends another device of this person, and says which devices there are then. What is on the
    /// device stays on it.
    pub async fn sign_out_device(
        &self,
        device: DeviceId,
        cancellation: Arc<Cancellation>,
    ) -> Result<Vec<OwnDevice>> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move { core.sign_out_device(device, &cancel).await }).await
    }

    /// What is on this device alone and would be lost with it.
    pub fn unsent(&self) -> Result<Unsent> {
        Ok(self.core.unsent()?.into())
    }

    /// Signs this device out: tells the server, as far as it can be reached, and wipes everything
    /// here. What is on this device alone has to be confirmed with the word that `unsent` gives;
    /// otherwise nothing is done. Everything asked of this core afterwards is answered with
    /// `SignedOut`. The key in the key store and the background work are the host's to take away.
    pub async fn sign_out(
        &self,
        confirmation: Option<String>,
        cancellation: Arc<Cancellation>,
    ) -> Result<SignOutReport> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move { core.sign_out(confirmation.as_deref(), &cancel).await })
            .await
    }

    /// Lets go of the folder for good, and ends what watches and what is under way on the network.
    /// Everything asked of this core afterwards, by whoever still holds it, is answered with
    /// `Suspended` of the code `closed`.
    pub fn leave(&self) {
        self.core.leave();
    }
}
