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

/// Opens this person's private documents with the recovery key of their first device.
pub(crate) fn use_recovery_key(state: &mut State, key: &RecoveryKey) -> Result<(), Error> {
    let facts = state.facts()?;
    let account_key = key.unwrap(&facts.wrapped_account_key).ok_or_else(|| {
        Error::invalid(InputField::RecoveryKey, "it is not the one of this person")
    })?;
    unlock::private_documents(state, &facts, &account_key)
}
