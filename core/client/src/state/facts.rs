//! Whose device this is: what enrolment left behind, and the account key that may still be missing.

use enhance_model::{DeviceId, Limits, Person, PersonId, sign_off::Certificate};
use enhance_protocol::{SecretKey, Settings, codec};
use enhance_store::{StoreReader, Write};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::{environment::transport::Token, error::Error, keys::AccountKey};

const PERSON: &str = "person";
const DEVICE: &str = "device";
const SERVER: &str = "server";
const TOKEN: &str = "token";
const ACCOUNT_KEY: &str = "account key";
const WRAPPED_ACCOUNT_KEY: &str = "wrapped account key";
const PUBLISHER_KEY: &str = "publisher key";
const SETTINGS: &str = "settings";
const SIGNING_KEY: &str = "signing key";
const CERTIFICATE: &str = "certificate";

/// Everything enrolment left behind, as it is kept in the database.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) person: Person,
    pub(crate) device: DeviceId,
    pub(crate) server: String,
    /// The secret by which the server knows this device.
    pub(crate) token: Zeroizing<[u8; 20]>,
    /// None on a second device before the recovery key was typed.
    pub(crate) account_key: Option<AccountKey>,
    pub(crate) wrapped_account_key: Vec<u8>,
    pub(crate) publisher_key: [u8; 32],
    pub(crate) settings: Settings,
    /// What this device signs with.
    pub(crate) signing: Option<Signing>,
}

/// What a device signs with: the secret of its key, and whose the key is.
#[derive(Debug, Clone)]
pub(crate) struct Signing {
    pub(crate) key: SecretKey,
    pub(crate) certificate: Certificate,
}

/// Whether a person is enrolled here.
pub(super) fn is_enrolled(store: &StoreReader) -> Result<bool, Error> {
    Ok(store.meta(PERSON)?.is_some())
}

impl Facts {
    /// Reads what enrolment left behind; none before it.
    pub(crate) fn read(store: &StoreReader) -> Result<Option<Self>, Error> {
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
            settings: within_reason(&fact(SETTINGS)?)?,
            signing: Signing::read(store)?,
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
        if let Some(signing) = &self.signing {
            signing.write(write)?;
        }
        write_settings(write, &self.settings)
    }

    /// The secret by which the server knows this device, as a request carries it.
    pub(crate) fn token(&self) -> Token {
        Token::from_bytes(*self.token)
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
}

impl Signing {
    fn read(store: &StoreReader) -> Result<Option<Self>, Error> {
        let (secret, certificate) = (store.meta(SIGNING_KEY)?, store.meta(CERTIFICATE)?);
        let (Some(secret), Some(certificate)) = (secret.map(Zeroizing::new), certificate) else {
            return Ok(None);
        };
        let secret = secret.as_slice().try_into().map(Zeroizing::new);
        let secret: Zeroizing<[u8; 32]> = secret.map_err(|_| damaged(SIGNING_KEY))?;
        let certificate = codec::from_cbor(&certificate).map_err(|_| damaged(CERTIFICATE))?;
        Ok(Some(Self { key: SecretKey::from_bytes(&secret), certificate }))
    }

    /// Keeps what the device signs with from now on.
    pub(crate) fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        write.set_meta(SIGNING_KEY, self.key.secret())?;
        Ok(write.set_meta(CERTIFICATE, &cbor(&self.certificate)?)?)
    }
}

/// What the server has set. Its limits are heeded as far as anybody could work with them.
fn within_reason(settings: &[u8]) -> Result<Settings, Error> {
    let settings: Settings = codec::from_cbor(settings).map_err(|_| damaged(SETTINGS))?;
    let limits = settings.limits.within_reason();
    Ok(Settings { limits, ..settings })
}

/// Keeps the account key, once it is known.
pub(crate) fn write_account_key(write: &mut Write<'_>, key: &AccountKey) -> Result<(), Error> {
    Ok(write.set_meta(ACCOUNT_KEY, key.as_bytes())?)
}

/// Keeps what the server has set. Where other devices are lost than before, each answer to a request
/// may count for something else.
pub(crate) fn write_settings(write: &mut Write<'_>, settings: &Settings) -> Result<(), Error> {
    let before = write.meta(SETTINGS)?.and_then(|before| within_reason(&before).ok());
    if before.is_some_and(|before| before.revoked != settings.revoked) {
        write.forget_inbox_of_sign_offs()?;
    }
    Ok(write.set_meta(SETTINGS, &cbor(settings)?)?)
}

/// Keeps the address at which the server is from now on.
pub(crate) fn write_server(write: &mut Write<'_>, server: &str) -> Result<(), Error> {
    Ok(write.set_meta(SERVER, server.as_bytes())?)
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
