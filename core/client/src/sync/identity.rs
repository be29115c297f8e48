//! By what the server knows this device: a token that is replaced each month, and a name of its own
//! for a folder that was copied or put back from a backup.

use enhance_protocol::{DeviceRequest, DeviceResponse, DeviceStep, PROTOCOL, device, path};
use zeroize::Zeroizing;

use crate::{
    cancellation::Cancellation,
    environment::transport::Token,
    error::Error,
    network::answer::{NoAnswer, ask, post},
    state::{
        State, copied,
        facts::{Facts, Signing},
        lock::StateLock,
        tokens::{self, Parting, Secret},
    },
    writing::reseal,
};

/// Bytes of the largest answer; a list of devices is small.
const ANSWER_BYTES: usize = 256 << 10;

/// One step with the devices of the person, asked with the token of this one or with another.
pub(crate) async fn step(
    lock: &StateLock,
    token: Option<Secret>,
    step: DeviceStep,
    cancel: &Cancellation,
) -> Result<DeviceResponse, Error> {
    let facts = lock.with(State::facts)?;
    let environment = lock.environment();
    let nonce = environment.nonce();
    let token = token.map_or_else(|| facts.token(), |token| Token::from_bytes(*token));
    let request = DeviceRequest { protocol: PROTOCOL, nonce, step };
    let question = post(&facts.server, path::DEVICES, Some(token), &request)?;
    let asked = cancel.race(ask(&*environment.transport, question, &nonce, ANSWER_BYTES));
    lock.while_awake(async { Ok(asked.await??.answer) }).await
}

/// Whether a folder became a device of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parted {
    /// It is no copy.
    NotAsked,
    Done,
    /// The server does not make it one.
    Refused,
}

/// Replaces the token of this device if that is due. The sync is done by then, whatever comes of it.
pub(super) async fn renew(lock: &StateLock, cancel: &Cancellation) -> Result<(), Error> {
    match renew_if_due(lock, cancel).await {
        Err(error) if error == Error::Cancelled || error.is_absence() => Err(error),
        Err(error) => {
            tracing::warn!(%error, "the token was not replaced");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

async fn renew_if_due(lock: &StateLock, cancel: &Cancellation) -> Result<(), Error> {
    let Some(next) = lock.work(tokens::due).await? else { return Ok(()) };
    match step(lock, None, DeviceStep::Renew { token: next }, cancel).await {
        Ok(_) => lock.work(move |state| tokens::replace(state, next)).await,
        Err(error @ Error::Refused { .. }) => {
            tracing::warn!(%error, "the next token was not taken");
            lock.work(tokens::forget_next).await
        }
        Err(error) => Err(error),
    }
}

/// Makes this folder a device of its own if it is a copy.
pub(super) async fn part_if_copied(
    lock: &StateLock,
    cancel: &Cancellation,
) -> Result<Parted, Error> {
    if !lock.work(|state| copied::is_suspected(state.store())).await? {
        return Ok(Parted::NotAsked);
    }
    match part(lock, cancel).await {
        Ok(()) => Ok(Parted::Done),
        Err(error @ Error::Refused { .. }) => {
            tracing::warn!(%error, "this copy could not become a device of its own");
            Ok(Parted::Refused)
        }
        Err(error) => Err(error),
    }
}

/// Has the server know this device again that does not know its token: one that was restored may
/// know the token before it, and a folder that was put back may have a token that was replaced.
/// False if none of that is so.
pub(crate) async fn recover(lock: &StateLock, cancel: &Cancellation) -> Result<bool, Error> {
    let present: Secret = (*lock.work(State::facts).await?.token).into();
    for before in lock.work(tokens::former).await? {
        match step(lock, Some(before), DeviceStep::Renew { token: present }, cancel).await {
            Ok(_) => return Ok(true),
            Err(Error::SignInNeeded | Error::Refused { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    match part(lock, cancel).await {
        Ok(()) => Ok(true),
        Err(Error::SignInNeeded | Error::Refused { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Makes this folder a device of its own, and puts what waits here on top.
pub(super) async fn part(lock: &StateLock, cancel: &Cancellation) -> Result<(), Error> {
    let parting = lock.work(tokens::parting).await?;
    let asked = DeviceStep::Part {
        device: parting.device,
        token: parting.token,
        signing_key: parting.key().public(),
    };
    let answer = step(lock, None, asked, cancel).await?;
    let nobody = || NoAnswer::foreign("it does not say which device this is now");
    let parted = answer.parted.ok_or_else(nobody)?;
    lock.work(move |state| become_another(state, &parting, parted)).await
}

/// The device is another one from now on. All of it at once: what waits is offered by the name in
/// which it is sealed.
fn become_another(
    state: &mut State,
    parting: &Parting,
    parted: device::Parted,
) -> Result<(), Error> {
    let before = state.facts()?;
    let device::Parted { person, certificate } = parted;
    let facts = Facts {
        person,
        device: parting.device,
        token: Zeroizing::new(*parting.token),
        signing: Some(Signing { key: parting.key(), certificate }),
        ..(*before).clone()
    };
    let resealed = reseal::waiting(state, before.device, facts.device)?;
    let at = state.now();
    state.write(|write| {
        reseal::put(write, &resealed, at)?;
        write.hand_over_waiting(before.device, facts.device)?;
        facts.write(write)?;
        tokens::forget_parting(write)?;
        copied::settle(write)
    })?;
    tracing::info!(device = %facts.device, before = %before.device, "this is another device now");
    state.forget_all();
    Ok(())
}
