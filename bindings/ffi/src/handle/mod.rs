//! [`CoreHandle`]: every method of the core, each handed over in a line. What a method is about says
//! in which file it is.

mod answers;
mod arcp;
mod attachments;
mod devices;
mod documents;
mod export;
mod inbox;
mod joining;
mod network;
mod personal_record;
mod programme;
mod projects;
mod reflections;
mod sign_offs;
mod tickets;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use enhance_client::{
    self as client, Account, Environment, HttpTransport, LearningCore, ListPage, ListPosition,
    Progress,
    model::{Person, PersonId},
};

use crate::{
    Cancellation, ChangeSubscription, Changes, CoreError, Enrolment, KeyStore, ListenerError,
    Observer, ProgressListener,
    host::HostKeys,
    runtime::run,
    values::{Amount, Count},
};

pub use self::{
    sign_offs::{check_sign_off, verify_sign_off},
    tickets::{TicketHandle, open_ticket},
};

pub(crate) type Result<T> = std::result::Result<T, CoreError>;

/// What `LearningCore` of the Kotlin and Swift libraries holds; see there how it is used.
///
/// What is local blocks the thread that asks, for milliseconds, and is durable when it returns.
/// What needs the network is `async` and works on threads of its own.
#[derive(uniffi::Object)]
pub struct CoreHandle {
    pub(crate) core: LearningCore,
}

/// Moves the database in a folder to a dated folder beside it, whole, and says where. For one that
/// is damaged or whose key is lost; after that the folder can be opened anew.
#[uniffi::export]
pub fn set_aside(folder: String) -> Result<String> {
    let moved = LearningCore::set_aside(PathBuf::from(folder), &Environment::real())?;
    Ok(moved.to_string_lossy().into_owned())
}

/// What was taken out of a damaged database.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Salvaged {
    /// Documents that are here again.
    pub documents: Amount,
    /// Texts that were being typed.
    pub drafts: Amount,
    /// Steps of documents, and documents in one piece.
    pub steps: Amount,
    /// Tables of which something could not be read; nothing was lost of others.
    pub unreadable: Vec<String>,
    /// The folder in which the damaged database is now.
    pub aside: String,
}

impl From<client::Salvaged> for Salvaged {
    fn from(salvaged: client::Salvaged) -> Self {
        let client::Salvaged { documents, drafts, steps, unreadable, aside } = salvaged;
        let aside = aside.to_string_lossy().into_owned();
        let [documents, drafts, steps] = [documents, drafts, steps].map(Amount::from);
        Self { documents, drafts, steps, unreadable, aside }
    }
}

/// Takes what can be read out of a database that is damaged into a new one, words first, and moves
/// the damaged one to a dated folder beside it, once the new one is complete. After that the folder
/// can be opened; the next sync fetches what is missing.
#[uniffi::export]
pub fn salvage(folder: String, keys: Arc<dyn KeyStore>) -> Result<Salvaged> {
    let (folder, keys) = (PathBuf::from(folder), HostKeys(keys));
    Ok(LearningCore::salvage_with(folder, &keys, &Environment::real())?.into())
}

#[uniffi::export]
impl CoreHandle {
    /// Opens the account in a folder with the key that the phone keeps, and makes both if there is
    /// no database yet. The folder is this core's alone until it is suspended.
    ///
    /// `authorities` are the certificate authorities to trust, each as DER bytes; without them
    /// those of the operating system, which on Android only the host can read.
    #[uniffi::constructor]
    pub fn open(
        folder: String,
        keys: Arc<dyn KeyStore>,
        authorities: Option<Vec<Vec<u8>>>,
    ) -> Result<Self> {
        let transport = authorities
            .map_or_else(HttpTransport::new, |authorities| HttpTransport::trusting(&authorities));
        let environment = Environment::with(transport);
        Ok(Self { core: LearningCore::open_with(folder.into(), &HostKeys(keys), environment)? })
    }

    /// Lets go of the folder before the operating system freezes the app: what is under way on the
    /// network ends, the database is closed and its lock given back. Everything else is answered
    /// with `Suspended` from now on.
    pub fn suspend(&self) {
        self.core.suspend();
    }

    /// Opens the folder again after `suspend`.
    pub fn resume(&self) -> Result<()> {
        Ok(self.core.resume()?)
    }

    /// Tells `observer` of every change until the subscription is cancelled or let go of.
    pub fn observe(&self, observer: Arc<dyn Observer>) -> ChangeSubscription {
        let observe = self.core.observe(move |changes| {
            note("an observer", observer.changed(Changes::from(changes)));
        });
        ChangeSubscription(Mutex::new(Some(observe)))
    }
}

/// Whose device this is.
#[uniffi::export]
impl CoreHandle {
    /// Whose device this is; none before enrolment.
    pub fn account(&self) -> Result<Option<Account>> {
        Ok(self.core.account()?)
    }

    /// Everybody on the programme this device has heard of.
    pub fn people(&self) -> Result<Vec<Person>> {
        Ok(self.core.people()?)
    }

    /// Asks the server for somebody who is not among the people known here, by the id of their
    /// account, which they see on their own device. They are among them from then on.
    pub async fn add_person(
        &self,
        person: PersonId,
        cancellation: Arc<Cancellation>,
    ) -> Result<Person> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move { core.add_person(person, &cancel).await }).await
    }

    /// The recovery key, on the device that made it: for a person who asks to see it once more.
    pub fn recovery_key(&self) -> Result<Option<String>> {
        Ok(self.core.recovery_key()?.map(|key| key.to_string()))
    }

    /// Opens the private documents of this person with the recovery key of their first device.
    pub fn use_recovery_key(&self, typed: &str) -> Result<()> {
        Ok(self.core.use_recovery_key(typed)?)
    }

    /// Makes this device one of a person's, with the invitation they were given.
    pub async fn enrol(
        &self,
        server: String,
        invitation: String,
        device_name: String,
        cancellation: Arc<Cancellation>,
    ) -> Result<Enrolment> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move {
            core.enrol(&server, &invitation, &device_name, &cancel).await.map(Enrolment::from)
        })
        .await
    }

    /// Says that the server is at another address now; it is believed if the same server is there.
    pub async fn set_server(
        &self,
        address: String,
        cancellation: Arc<Cancellation>,
    ) -> Result<Account> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move { core.set_server(&address, &cancel).await }).await
    }

    /// Makes an invitation for another device of the same person.
    pub async fn invite_device(&self, cancellation: Arc<Cancellation>) -> Result<String> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move { core.invite_device(&cancel).await }).await
    }
}

/// A part of a list that may be long.
pub(crate) fn page(after: Option<ListPosition>, limit: Count) -> ListPage {
    ListPage { after, limit: limit.into() }
}

/// The core's items as a host has them, or a host's as the core has them.
pub(crate) fn all<T, U: From<T>>(items: Vec<T>) -> Vec<U> {
    items.into_iter().map(U::from).collect()
}

/// Passes progress on to a listener, if there is one.
pub(crate) fn tell(listener: Option<Arc<dyn ProgressListener>>) -> impl Fn(Progress) + Send + Sync {
    move |progress| {
        if let Some(listener) = &listener {
            note("a progress listener", listener.progressed(progress.into()));
        }
    }
}

/// What hears of something has no say in it.
fn note(who: &str, heard: std::result::Result<(), ListenerError>) {
    if let Err(error) = heard {
        tracing::warn!(%error, "{who} of the host failed");
    }
}
