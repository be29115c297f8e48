//! What a host brings to the core and what it holds on to.

use std::sync::{Arc, Mutex};

use enhance_client::{self as client, DatabaseKey};

use crate::{Changes, SyncProgress};

/// What a phone's key store answers when it is asked for the key of the database.
#[derive(Clone, uniffi::Enum)]
pub enum KeyAnswer {
    /// This is the key.
    Key {
        bytes: Vec<u8>,
    },
    /// It cannot be read at the moment: the phone was not unlocked since it was started.
    NotYet,
    Missing,
    /// There was one, and the phone has made it unusable.
    Invalidated,
}

/// The key store could not keep a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum KeyStoreError {
    /// It was not kept.
    #[error("{reason}")]
    NotKept { reason: String },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for KeyStoreError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        // The host's words are left out: they might hold the key.
        Self::NotKept { reason: "the key store failed".to_owned() }
    }
}

/// The place where a phone keeps the key of the database.
#[uniffi::export(foreign)]
pub trait KeyStore: Send + Sync {
    /// The key, or why there is none.
    fn fetch(&self) -> Result<KeyAnswer, KeyStoreError>;

    /// Keeps a new key of 32 bytes, in the place of any other.
    fn keep(&self, key: Vec<u8>) -> Result<(), KeyStoreError>;
}

/// Something the host hears with failed. That changes nothing: it is noted, and the core goes on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum ListenerError {
    #[error("{reason}")]
    Failed {
        /// Why, as far as the host says.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for ListenerError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        // The host's words are left out: they might hold what a person wrote.
        Self::Failed { reason: "it threw an error of its own".to_owned() }
    }
}

/// Hears how far long work has come.
#[uniffi::export(foreign)]
pub trait ProgressListener: Send + Sync {
    /// It has come so far. Called on a thread of the core; it should be quick.
    fn progressed(&self, progress: SyncProgress) -> Result<(), ListenerError>;
}

/// Hears that something changed.
#[uniffi::export(foreign)]
pub trait Observer: Send + Sync {
    /// Something changed, and is durable. Called on the thread that changed it, outside every
    /// lock; it should be quick.
    fn changed(&self, changes: Changes) -> Result<(), ListenerError>;
}

/// Stops long work. What is done by then stays done.
#[derive(Default, uniffi::Object)]
pub struct Cancellation(pub(crate) client::Cancellation);

#[uniffi::export]
impl Cancellation {
    /// One that has not been used.
    #[uniffi::constructor]
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
}

/// Keeps an observer registered until it is cancelled or let go of.
#[derive(uniffi::Object)]
pub struct ChangeSubscription(pub(crate) Mutex<Option<client::Observation>>);

#[uniffi::export]
impl ChangeSubscription {
    /// The observer hears nothing from now on.
    pub fn cancel(&self) {
        drop(self.0.lock().map(|mut observation| observation.take()));
    }
}

/// Syncs by itself until it is stopped or let go of.
#[derive(uniffi::Object)]
pub struct KeepInSync(pub(crate) Mutex<Option<client::KeepInSync>>);

#[uniffi::export]
impl KeepInSync {
    /// Ends it. What is under way ends at its next step.
    pub fn stop(&self) {
        drop(self.0.lock().map(|mut syncing| syncing.take()));
    }
}

/// A host's key store as the core asks for it.
pub(crate) struct HostKeys(pub(crate) Arc<dyn KeyStore>);

impl client::KeyStore for HostKeys {
    fn fetch(&self) -> client::KeyAnswer {
        match self.0.fetch() {
            Ok(KeyAnswer::Key { bytes }) => match <[u8; DatabaseKey::BYTES]>::try_from(bytes) {
                Ok(bytes) => client::KeyAnswer::Key(DatabaseKey::from_bytes(bytes)),
                // What is kept there is no key of ours, so it opens nothing.
                Err(_) => client::KeyAnswer::Invalidated,
            },
            Ok(KeyAnswer::Missing) => client::KeyAnswer::Missing,
            Ok(KeyAnswer::Invalidated) => client::KeyAnswer::Invalidated,
            // A key store that fails may work the next time; taking this for "no key" could not
            // be undone.
            Ok(KeyAnswer::NotYet) | Err(_) => client::KeyAnswer::NotYet,
        }
    }

    fn keep(&self, key: &DatabaseKey) -> Result<(), client::KeyNotKept> {
        self.0
            .keep(key.as_bytes().to_vec())
            .map_err(|KeyStoreError::NotKept { reason }| client::KeyNotKept(reason))
    }
}

#[cfg(test)]
mod tests {
    use client::KeyStore as _;

    use super::*;

    struct Answering(Result<KeyAnswer, KeyStoreError>);

    impl KeyStore for Answering {
        fn fetch(&self) -> Result<KeyAnswer, KeyStoreError> {
            self.0.clone()
        }

        fn keep(&self, _: Vec<u8>) -> Result<(), KeyStoreError> {
            Err(KeyStoreError::NotKept { reason: "locked".to_owned() })
        }
    }

    fn asked(answer: Result<KeyAnswer, KeyStoreError>) -> client::KeyAnswer {
        HostKeys(Arc::new(Answering(answer))).fetch()
    }

    #[test]
    fn a_key_store_that_fails_is_never_taken_for_one_without_a_key() {
        let failed = Err(KeyStoreError::NotKept { reason: String::new() });
        assert!(matches!(asked(failed), client::KeyAnswer::NotYet));
        let short = Ok(KeyAnswer::Key { bytes: vec![1; 31] });
        assert!(matches!(asked(short), client::KeyAnswer::Invalidated));
        assert!(matches!(asked(Ok(KeyAnswer::Missing)), client::KeyAnswer::Missing));
        let whole = Ok(KeyAnswer::Key { bytes: vec![1; 32] });
        assert!(matches!(asked(whole), client::KeyAnswer::Key(key) if *key.as_bytes() == [1; 32]));
    }

    #[test]
    fn why_a_key_was_not_kept_is_passed_on() {
        let keys = HostKeys(Arc::new(Answering(Ok(KeyAnswer::Missing))));
        let error = keys.keep(&DatabaseKey::from_bytes([2; 32])).unwrap_err();
        assert_eq!(error.to_string(), "locked");
    }
}
