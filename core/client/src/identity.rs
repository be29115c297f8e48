//! Whose device this is: what enrolment left behind, and the account key that may still be missing.

use std::sync::Arc;

use enhance_model::{DeviceId, Limits, Person, PersonId};
use enhance_protocol::{Settings, codec};
use enhance_store::{Store, Write};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{Error, InputField, LearningCore, RecoveryKey, core::State, keys::AccountKey};

const PERSON: &str = "person";
const DEVICE: &str = "device";
const SERVER: &str = "server";
const TOKEN: &str = "token";
const ACCOUNT_KEY: &str = "account key";
const WRAPPED_ACCOUNT_KEY: &str = "wrapped account key";
const PUBLISHER_KEY: &str = "publisher key";
const SETTINGS: &str = "settings";

/// Whose device this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    pub person: Person,
    pub device: DeviceId,
    /// The server they are enrolled at.
    pub server: String,
    /// Whether private entries can be read and written.
    #[serde(rename = "private")]
    pub private_access: PrivateAccess,
}

/// Whether private entries can be read and written on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrivateAccess {
    Open,
    /// The recovery key of the person's first device has to be typed first.
    RecoveryKeyNeeded,
}

/// Everything enrolment left behind, as it is kept in the database.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) person: Person,
    pub(crate) device: DeviceId,
    pub(crate) server: String,
    /// The secret by which the server knows this device.
    pub(crate) token: Zeroizing<[u8; 32]>,
    /// None on a second device before the recovery key was typed.
    pub(crate) account_key: Option<AccountKey>,
    pub(crate) wrapped_account_key: Vec<u8>,
    pub(crate) publisher_key: [u8; 32],
    pub(crate) settings: Settings,
}

impl Facts {
    /// Reads what enrolment left behind; none before it.
    pub(crate) fn read(store: &Store) -> Result<Option<Self>, Error> {
        let Some(person) = store.meta(PERSON)? else { return Ok(None) };
        let fact = |name: &str| store.meta(name)?.ok_or_else(|| damaged(name));
        let account_key = match store.meta(ACCOUNT_KEY)? {
            None => None,
            Some(bytes) => {
                let bytes = Zeroizing::new(bytes);
                let key = bytes.as_slice().try_into().map_err(|_| damaged(ACCOUNT_KEY))?;
                Some(AccountKey::from_bytes(Zeroizing::new(key)))
            }
        };
        let token = Zeroizing::new(fact(TOKEN)?);
        Ok(Some(Self {
            person: codec::from_cbor(&person).map_err(|_| damaged(PERSON))?,
            device: DeviceId::from_slice(&fact(DEVICE)?).map_err(|_| damaged(DEVICE))?,
            server: String::from_utf8(fact(SERVER)?).map_err(|_| damaged(SERVER))?,
            token: Zeroizing::new(token.as_slice().try_into().map_err(|_| damaged(TOKEN))?),
            account_key,
            wrapped_account_key: fact(WRAPPED_ACCOUNT_KEY)?,
            publisher_key: fact(PUBLISHER_KEY)?.try_into().map_err(|_| damaged(PUBLISHER_KEY))?,
            settings: codec::from_cbor(&fact(SETTINGS)?).map_err(|_| damaged(SETTINGS))?,
        }))
    }

    /// Writes all of it; what enrolment does once it has its answer.
    pub(crate) fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        write.put_person(&self.person)?;
        write.set_meta(PERSON, &cbor(&self.person)?)?;
        write.set_meta(DEVICE, self.device.as_bytes())?;
        write.set_meta(SERVER, self.server.as_bytes())?;
        write.set_meta(TOKEN, self.token.as_slice())?;
        if let Some(key) = &self.account_key {
            write.set_meta(ACCOUNT_KEY, key.as_bytes())?;
        }
        write.set_meta(WRAPPED_ACCOUNT_KEY, &self.wrapped_account_key)?;
        write.set_meta(PUBLISHER_KEY, &self.publisher_key)?;
        write_settings(write, &self.settings)
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.settings.limits
    }

    /// The account key, or the news that it is missing.
    pub(crate) fn account_key(&self) -> Result<&AccountKey, Error> {
        self.account_key.as_ref().ok_or(Error::RecoveryKeyNeeded)
    }

    pub(crate) fn is_me(&self, person: PersonId) -> bool {
        self.person.id == person
    }

    pub(crate) fn account(&self) -> Account {
        let private_access = match self.account_key {
            Some(_) => PrivateAccess::Open,
            None => PrivateAccess::RecoveryKeyNeeded,
        };
        Account {
            person: self.person.clone(),
            device: self.device,
            server: self.server.clone(),
            private_access,
        }
    }
}

/// Keeps the account key, once it is known.
pub(crate) fn write_account_key(write: &mut Write<'_>, key: &AccountKey) -> Result<(), Error> {
    Ok(write.set_meta(ACCOUNT_KEY, key.as_bytes())?)
}

/// Keeps what the server has set.
pub(crate) fn write_settings(write: &mut Write<'_>, settings: &Settings) -> Result<(), Error> {
    Ok(write.set_meta(SETTINGS, &cbor(settings)?)?)
}

/// Keeps the newest the server says about the person whose device this is.
pub(crate) fn write_own_person(write: &mut Write<'_>, person: &Person) -> Result<(), Error> {
    Ok(write.set_meta(PERSON, &cbor(person)?)?)
}

fn cbor<T: Serialize>(fact: &T) -> Result<Vec<u8>, Error> {
    codec::to_cbor(fact)
        .map_err(|error| Error::internal("keeping a fact about the account").because(error))
}

fn damaged(fact: &str) -> Error {
    Error::damaged(format_args!("the {fact} of this account"))
}

impl State {
    /// What enrolment left behind, or the news that nobody is enrolled.
    pub(crate) fn facts(&mut self) -> Result<Arc<Facts>, Error> {
        if let Some(facts) = &self.facts {
            return Ok(Arc::clone(facts));
        }
        let facts = Arc::new(Facts::read(&self.store)?.ok_or(Error::NotEnrolled)?);
        self.facts = Some(Arc::clone(&facts));
        Ok(facts)
    }
}

impl LearningCore {
    /// Whose device this is; none before enrolment.
    pub fn account(&self) -> Result<Option<Account>, Error> {
        self.with(|state| match state.facts() {
            Ok(facts) => Ok(Some(facts.account())),
            Err(Error::NotEnrolled) => Ok(None),
            Err(error) => Err(error),
        })
    }

    /// Everybody on the programme this device has heard of.
    pub fn people(&self) -> Result<Vec<Person>, Error> {
        self.with(|state| Ok(state.store.people()?))
    }

    /// Opens the private entries of this person with the recovery key of their first device.
    ///
    /// Needs no network. Capitals, spaces and dashes do not matter, nor do O for 0 and I for 1.
    pub fn use_recovery_key(&self, typed: &str) -> Result<(), Error> {
        let key: RecoveryKey = typed.parse()?;
        self.with(|state| {
            let facts = state.facts()?;
            let account_key = key.unwrap(&facts.wrapped_account_key).ok_or_else(|| {
                Error::invalid(InputField::RecoveryKey, "it is not the one of this person")
            })?;
            state.open_private_documents(&account_key)
        })
    }
}
