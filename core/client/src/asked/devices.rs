//! A person's devices: which there are, what they are called, and ending one.

use enhance_model::{
    DeviceId, Timestamp,
    person::{self, NoName},
};
use enhance_protocol::{DeviceInfo, DeviceResponse, DeviceStep, device::DEVICE_NAME_CHARS};
use serde::Serialize;

use crate::{
    cancellation::Cancellation,
    error::{Error, InputField},
    state::{State, lock::StateLock},
    sync::identity,
};

/// A device of the person whose device this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnDevice {
    pub id: DeviceId,
    pub name: String,
    /// When it was enrolled, by the server's clock.
    pub joined_at: Timestamp,
    /// When it last asked the server for something, to a few minutes.
    pub last_seen: Timestamp,
    /// Whether it is the one on which this is asked.
    pub is_this: bool,
}

/// The devices of this person that are not signed out, in the order in which they joined.
pub(crate) async fn list(lock: &StateLock, cancel: &Cancellation) -> Result<Vec<OwnDevice>, Error> {
    ask(lock, DeviceStep::List, cancel).await
}

/// Gives a device of this person another name.
pub(crate) async fn rename(
    lock: &StateLock,
    device: DeviceId,
    name: &str,
    cancel: &Cancellation,
) -> Result<Vec<OwnDevice>, Error> {
    let name = person::line(name, DEVICE_NAME_CHARS).map_err(|why| match why {
        NoName::Empty => {
            Error::invalid(InputField::Title, "a device needs a name of letters on one line")
        }
        why => Error::invalid(InputField::Title, why),
    })?;
    ask(lock, DeviceStep::Rename { device, name }, cancel).await
}

/// Ends another device of this person: it gets nothing more and can store nothing more. What is on
/// it stays on it.
pub(crate) async fn sign_out(
    lock: &StateLock,
    device: DeviceId,
    cancel: &Cancellation,
) -> Result<Vec<OwnDevice>, Error> {
    if lock.with(State::facts)?.device == device {
        return Err(Error::not_allowed("this is the device you are holding: sign out on it"));
    }
    ask(lock, DeviceStep::SignOut { device }, cancel).await
}

async fn ask(
    lock: &StateLock,
    step: DeviceStep,
    cancel: &Cancellation,
) -> Result<Vec<OwnDevice>, Error> {
    let DeviceResponse { devices, .. } = identity::step(lock, None, step, cancel).await?;
    let this = lock.with(State::facts)?.device;
    let own = |info: DeviceInfo| {
        let DeviceInfo { device, name, joined_at, used_at } = info;
        OwnDevice { id: device, name, joined_at, last_seen: used_at, is_this: device == this }
    };
    Ok(devices.into_iter().map(own).collect())
}
