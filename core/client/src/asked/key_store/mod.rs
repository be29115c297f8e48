//! The database's key: where it comes from, and when a new one may be made.
//!
//! A phone keeps the key in a place of its own (Keystore, Keychain) that has moods: it cannot be
//! read before the first unlock, it does not come along with a backup, it may be wiped by a change
//! of the screen lock. A core that took any of these for "no key yet" would make a new key, and
//! everything a person wrote would be unreadable. So a key is made in one case only: where there is
//! no database. Where its key is there and the database is gone, that is said and nothing is begun.

use std::path::PathBuf;

use enhance_store::{DatabaseKey, HeldFolder, OpenError};
use zeroize::Zeroizing;

use crate::{environment::Environment, error::Error};

/// What a phone's key store answers when it is asked for the key.
#[derive(Clone)]
pub enum KeyAnswer {
    /// This is the key.
    Key(DatabaseKey),
    /// It cannot be read at the moment: the phone was not unlocked since it was started.
    NotYet,
    Missing,
    /// There was one, and the phone has made it unusable.
    Invalidated,
}

/// The place where a phone keeps the key.
pub trait KeyStore: Send + Sync {
    /// The key, or why there is none.
    fn fetch(&self) -> KeyAnswer;

    /// Keeps a new key, in the place of any other.
    fn keep(&self, key: &DatabaseKey) -> Result<(), KeyNotKept>;
}

/// A key store could not keep a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct KeyNotKept(pub String);

/// The folder, held, and the key that the phone keeps; a new one only where there is no database.
pub(crate) fn unlock(
    folder: PathBuf,
    keys: &dyn KeyStore,
    environment: &Environment,
) -> Result<(HeldFolder, DatabaseKey), Error> {
    match keys.fetch() {
        KeyAnswer::Key(key) => Ok((HeldFolder::new(folder)?, key)),
        // Before the first unlock the files cannot be read either.
        KeyAnswer::NotYet => Err(Error::KeyNotYet),
        KeyAnswer::Missing | KeyAnswer::Invalidated => {
            let held = HeldFolder::new(folder)?;
            let key = found_or_made(&held, keys, environment)?;
            Ok((held, key))
        }
    }
}

/// The key of a database that is there.
pub(crate) fn known(keys: &dyn KeyStore) -> Result<DatabaseKey, Error> {
    match keys.fetch() {
        KeyAnswer::Key(key) => Ok(key),
        KeyAnswer::NotYet => Err(Error::KeyNotYet),
        KeyAnswer::Missing => Err(Error::KeyMissing),
        KeyAnswer::Invalidated => Err(Error::KeyInvalidated),
    }
}

/// The key that another made before the folder was held, or a new one where there is no database.
///
/// Only with the folder held: of two that make a key at the same time, one would begin a database
/// with a key that the other then replaces.
fn found_or_made(
    held: &HeldFolder,
    keys: &dyn KeyStore,
    environment: &Environment,
) -> Result<DatabaseKey, Error> {
    let (has_database, left) = match held.has_database() {
        Err(OpenError::Missing { .. }) => (false, true),
        found => (found?, false),
    };
    match (keys.fetch(), has_database) {
        (KeyAnswer::Key(key), _) => Ok(key),
        (KeyAnswer::NotYet, _) => Err(Error::KeyNotYet),
        (KeyAnswer::Missing, true) => Err(Error::KeyMissing),
        (KeyAnswer::Invalidated, true) => Err(Error::KeyInvalidated),
        (KeyAnswer::Missing | KeyAnswer::Invalidated, false) => {
            if left {
                held.begin_anew()?;
            }
            new_key(keys, environment)
        }
    }
}

/// Makes a key and has it kept. It is used only if the key store hands it out again: one that was
/// not kept would lock the person out at the next start.
fn new_key(keys: &dyn KeyStore, environment: &Environment) -> Result<DatabaseKey, Error> {
    let bytes = Zeroizing::new(environment.randomness.bytes());
    let key = DatabaseKey::from_bytes(*bytes);
    keys.keep(&key).map_err(|KeyNotKept(reason)| Error::KeyNotKept { reason })?;
    match keys.fetch() {
        KeyAnswer::Key(kept) if kept.as_bytes() == key.as_bytes() => Ok(key),
        _ => Err(Error::KeyNotKept { reason: "it could not be read back".to_owned() }),
    }
}

#[cfg(test)]
mod tests;
