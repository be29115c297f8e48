//! The account: enrolment, who else is on the programme, the recovery key.

use enhance_model::{Person, PersonId};

use super::LearningCore;
use crate::{
    arriving::archive,
    asked::{
        account::{self, Account},
        enrolment::{self, Enrolment},
        moving,
    },
    cancellation::Cancellation,
    error::Error,
    keys::RecoveryKey,
};

impl LearningCore {
    /// Makes this device one of a person's, with the invitation they were given.
    ///
    /// Asked again with the same invitation it goes on where it stopped, also under another address
    /// of the same server. After it succeeded, the server is asked whether it knows this device, and
    /// nothing changes if it does ([`Enrolment::was_enrolled`]). A device that its server
    /// does not know any more is enrolled again with another invitation for the same person: it
    /// keeps its account, its keys and all that was written, which is offered again.
    ///
    /// ```no_run
    /// use enhance_client::{Cancellation, Error, LearningCore};
    ///
    /// # async fn example(core: &LearningCore) -> Result<(), Error> {
    /// let cancel = Cancellation::new();
    /// let enrolment =
    ///     core.enrol("https://enhance.example.org", "7KQD-0M2P", "Ward phone", &cancel).await?;
    /// if let Some(key) = enrolment.recovery_key {
    ///     println!("write this down: {key}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn enrol(
        &self,
        server: &str,
        invitation: &str,
        device_name: &str,
        cancel: &Cancellation,
    ) -> Result<Enrolment, Error> {
        let enrolment =
            enrolment::enrol(&self.state, server, invitation, device_name, cancel).await?;
        self.traffic.forget_failure();
        self.traffic.unblock();
        Ok(enrolment)
    }

    /// Says that the server is at another address now; it is believed if the same server is there.
    pub async fn set_server(&self, address: &str, cancel: &Cancellation) -> Result<Account, Error> {
        let account = moving::set_server(&self.state, address, cancel).await?;
        self.traffic.forget_failure();
        self.traffic.unblock();
        Ok(account)
    }

    /// Makes an invitation for another device of the same person.
    pub async fn invite_device(&self, cancel: &Cancellation) -> Result<String, Error> {
        enrolment::invite_device(&self.state, cancel).await
    }

    /// Whose device this is; none before enrolment.
    pub fn account(&self) -> Result<Option<Account>, Error> {
        self.state.with(account::of_device)
    }

    /// Everybody on the programme this device has heard of.
    pub fn people(&self) -> Result<Vec<Person>, Error> {
        self.state.with(|state| Ok(state.store().people()?))
    }

    /// Asks the server for somebody who is not among the people known here, by the id of their
    /// account, which they see on their own device. They are among them from then on.
    pub async fn add_person(
        &self,
        person: PersonId,
        cancel: &Cancellation,
    ) -> Result<Person, Error> {
        enrolment::add_person(&self.state, person, cancel).await
    }

    /// The recovery key, on the device that made it: for a person who asks to see it once more.
    pub fn recovery_key(&self) -> Result<Option<RecoveryKey>, Error> {
        self.state.with(enrolment::recovery_key)
    }

    /// Opens the private documents of this person with the recovery key of their first device.
    ///
    /// Needs no network. Capitals, spaces and dashes do not matter, nor do O for 0 and I for 1.
    pub fn use_recovery_key(&self, typed: &str) -> Result<(), Error> {
        let key = typed.parse()?;
        let facts = self.state.with(|state| account::facts_with(state, &key))?;
        // First of all: what came later than an archive cannot be opened without it.
        archive::take_in_sealed(&self.state, &facts)?;
        self.state.with(|state| account::open_private_documents(state, &facts))
    }
}
