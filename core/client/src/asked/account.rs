//! The account: whose device this is, and whether their private documents can be opened here.

use enhance_model::{DeviceId, Person};
use serde::{Deserialize, Serialize};

use crate::{
    arriving::unlock,
    error::{Error, InputField},
    keys::RecoveryKey,
    state::{State, facts::Facts},
};

/// Whose device this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    pub person: Person,
    pub device: DeviceId,
    /// The server they are enrolled at.
    pub server: String,
    /// Whether private documents can be read and written.
    #[serde(rename = "private")]
    pub private_access: PrivateAccess,
}

/// Whether private documents can be read and written on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrivateAccess {
    Open,
    /// The recovery key of the person's first device has to be typed first.
    RecoveryKeyNeeded,
}

impl Account {
    pub(super) fn of(facts: &Facts) -> Self {
        let private_access = match facts.account_key {
            Some(_) => PrivateAccess::Open,
            None => PrivateAccess::RecoveryKeyNeeded,
        };
        Self {
            person: facts.person.clone(),
            device: facts.device,
            server: facts.server.clone(),
            private_access,
        }
    }
}

/// Whose device this is; none before enrolment.
pub(crate) fn of_device(state: &mut State) -> Result<Option<Account>, Error> {
    match state.facts() {
        Ok(facts) => Ok(Some(Account::of(&facts))),
        Err(Error::NotEnrolled) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whose device this is, with the account key that the recovery key opens.
pub(crate) fn facts_with(state: &mut State, key: &RecoveryKey) -> Result<Facts, Error> {
    let facts = state.facts()?;
    let account_key = key.unwrap(&facts.wrapped_account_key).ok_or_else(|| {
        Error::invalid(InputField::RecoveryKey, "it is not the one of this person")
    })?;
    Ok(Facts { account_key: Some(account_key), ..(*facts).clone() })
}

/// Opens this person's private documents with the account key, and keeps that.
pub(crate) fn open_private_documents(state: &mut State, facts: &Facts) -> Result<(), Error> {
    unlock::private_documents(state, facts, facts.account_key()?)
}
