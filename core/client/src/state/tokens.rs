//! The tokens of this device: when the present one is to be replaced, the next, those before it, and
//! what a copy brings along to become a device of its own.
//!
//! All of it is durable before it is asked for: an answer that is lost is asked for again in the same
//! words.

use enhance_model::{DeviceId, Timestamp, time::DAY_MS};
use enhance_protocol::{SecretKey, codec};
use enhance_store::Write;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_bytes::ByteArray;
use zeroize::Zeroizing;

use super::{State, facts::Facts};
use crate::{environment::Randomness, error::Error};

const RENEWAL: &str = "renewal of the token";
const PARTING: &str = "parting from a copy";

/// Milliseconds after which a token is replaced.
const RENEWED_AFTER_MS: u64 = 30 * DAY_MS.unsigned_abs();
/// Tokens before the present one that are kept: a server that was restored knows one of them.
const FORMER: usize = 3;

/// A token, as it is kept.
pub(crate) type Secret = ByteArray<20>;

/// What is known of this device's tokens beside the present one.
#[derive(Serialize, Deserialize)]
struct Renewal {
    /// The token that this is about. With another one it says nothing.
    of: Secret,
    given_at: Timestamp,
    /// What was offered, or is about to be, in its place.
    next: Option<Secret>,
    /// Those before it, newest first.
    former: Vec<Secret>,
}

impl Renewal {
    fn read(state: &State, facts: &Facts) -> Result<Self, Error> {
        let kept: Option<Self> = read(state, RENEWAL)?;
        let known = kept.filter(|kept| *kept.of == *facts.token);
        let (next, former) = (None, Vec::new());
        Ok(known.unwrap_or(Self { of: (*facts.token).into(), given_at: state.now(), next, former }))
    }

    fn keep(&self, state: &mut State) -> Result<(), Error> {
        let bytes = Zeroizing::new(in_cbor(self)?);
        state.write(|write| Ok(write.set_meta(RENEWAL, &bytes)?))
    }

    /// A clock that was years ahead is right again: whenever it was given, it is replaced once.
    fn is_due(&self, now: Timestamp) -> bool {
        now < self.given_at || now.millis_since(self.given_at) >= RENEWED_AFTER_MS
    }
}

/// What a folder brings along to become a device of its own.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Parting {
    /// The device whose name it has until then.
    of: DeviceId,
    pub(crate) device: DeviceId,
    pub(crate) token: Secret,
    signing_key: ByteArray<32>,
}

impl Parting {
    /// The key that the new device signs with.
    pub(crate) fn key(&self) -> SecretKey {
        SecretKey::from_bytes(&self.signing_key)
    }
}

/// The token that is to take the place of the present one, if that is due.
pub(crate) fn due(state: &mut State) -> Result<Option<Secret>, Error> {
    let facts = state.facts()?;
    let kept: Option<Renewal> = read(state, RENEWAL)?;
    let is_known = kept.is_some_and(|kept| *kept.of == *facts.token);
    let mut renewal = Renewal::read(state, &facts)?;
    if !renewal.is_due(state.now()) {
        if !is_known {
            renewal.keep(state)?;
        }
        return Ok(None);
    }
    if renewal.next.is_none() {
        renewal.next = Some(fresh(&*state.environment().randomness));
        renewal.keep(state)?;
    }
    Ok(renewal.next)
}

/// The server knows the next token: it is the present one from now on.
pub(crate) fn replace(state: &mut State, next: Secret) -> Result<(), Error> {
    let facts = state.facts()?;
    let Renewal { of, mut former, .. } = Renewal::read(state, &facts)?;
    former.insert(0, of);
    former.truncate(FORMER);
    let renewal = Renewal { of: next, given_at: state.now(), next: None, former };
    let bytes = Zeroizing::new(in_cbor(&renewal)?);
    let facts = Facts { token: Zeroizing::new(*next), ..(*facts).clone() };
    state.write(|write| {
        facts.write(write)?;
        Ok(write.set_meta(RENEWAL, &bytes)?)
    })
}

/// The server does not take the next token: another is made when it is asked again.
pub(crate) fn forget_next(state: &mut State) -> Result<(), Error> {
    let facts = state.facts()?;
    Renewal { next: None, ..Renewal::read(state, &facts)? }.keep(state)
}

/// The tokens before the present one, newest first.
pub(crate) fn former(state: &mut State) -> Result<Vec<Secret>, Error> {
    let facts = state.facts()?;
    Ok(Renewal::read(state, &facts)?.former)
}

/// What this folder brings along to become a device of its own: the same however often it asks.
pub(crate) fn parting(state: &mut State) -> Result<Parting, Error> {
    let facts = state.facts()?;
    let kept: Option<Parting> = read(state, PARTING)?;
    if let Some(kept) = kept.filter(|kept| kept.of == facts.device) {
        return Ok(kept);
    }
    let randomness = &*state.environment().randomness;
    let parting = Parting {
        of: facts.device,
        device: DeviceId::new(state.now(), randomness.bytes()),
        token: fresh(randomness),
        signing_key: randomness.bytes().into(),
    };
    let bytes = Zeroizing::new(in_cbor(&parting)?);
    state.write(|write| Ok(write.set_meta(PARTING, &bytes)?))?;
    Ok(parting)
}

/// Forgets what was to be brought along.
pub(crate) fn forget_parting(write: &mut Write<'_>) -> Result<(), Error> {
    Ok(write.remove_meta(PARTING)?)
}

fn fresh(randomness: &dyn Randomness) -> Secret {
    randomness.bytes().into()
}

/// What is kept under this name; nothing if it cannot be read, since another is made then.
fn read<T: DeserializeOwned>(state: &State, name: &str) -> Result<Option<T>, Error> {
    let kept = state.store().meta(name)?.map(Zeroizing::new);
    Ok(kept.and_then(|bytes| codec::from_cbor(&bytes).ok()))
}

fn in_cbor<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    codec::to_cbor(value).map_err(|error| Error::internal("keeping a token").because(error))
}
