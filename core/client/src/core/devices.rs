//! The devices of this person, and signing out.

use enhance_model::DeviceId;

use super::LearningCore;
use crate::{
    asked::{
        devices::{self, OwnDevice},
        leaving::{self, SignOutReport},
    },
    cancellation::Cancellation,
    error::{Error, Unsent},
};

impl LearningCore {
    /// The devices of this person that are not signed out, in the order in which they joined.
    pub async fn devices(&self, cancel: &Cancellation) -> Result<Vec<OwnDevice>, Error> {
        devices::list(&self.state, cancel).await
    }

    /// Gives a device of this person another name, and says which devices there are then.
    pub async fn rename_device(
        &self,
        device: DeviceId,
        name: &str,
        cancel: &Cancellation,
    ) -> Result<Vec<OwnDevice>, Error> {
        devices::rename(&self.state, device, name, cancel).await
    }

    /// Ends another device of this person, and says which devices there are then. It gets nothing
    /// more and can store nothing more; what is on it stays on it.
    pub async fn sign_out_device(
        &self,
        device: DeviceId,
        cancel: &Cancellation,
    ) -> Result<Vec<OwnDevice>, Error> {
        devices::sign_out(&self.state, device, cancel).await
    }

    /// What is on this device alone and would be lost with it.
    pub fn unsent(&self) -> Result<Unsent, Error> {
        self.state.with(|state| leaving::unsent(state))
    }

    /// Signs this device out: tells the server, as far as it can be reached, and wipes everything
    /// here. What is on this device alone has to be confirmed with the word that
    /// [`LearningCore::unsent`] gives; otherwise nothing is done and [`Error::Unsent`] says what it
    /// is.
    ///
    /// It works while others hold this core: all they ask is answered with [`Error::SignedOut`] from
    /// then on, and what watches ends at once. The key of the database is the host's to forget.
    pub async fn sign_out(
        &self,
        confirmation: Option<&str>,
        cancel: &Cancellation,
    ) -> Result<SignOutReport, Error> {
        leaving::sign_out(&self.state, confirmation, cancel).await
    }
}
