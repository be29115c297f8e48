//! What people do with their own devices: list, name and sign them out, replace their tokens, and
//! make a device of its own of a folder that was copied.

use enhance_model::{DeviceId, RefusalCode, Timestamp, person};
use enhance_protocol::{DeviceInfo, DeviceStep, Parted, device::DEVICE_NAME_CHARS};
use rusqlite::Connection;

use crate::{
    certify,
    devices::token_hash,
    enrol::TOO_MANY_DEVICES,
    error::{RequestError, StepError},
    state::ServerState,
    storage::{
        Write, audit,
        audit::{Action, Event},
        people::{self, DEVICES_AT_MOST, Device, Sender},
        revocations, tokens,
    },
};

/// Does one step, and says which devices there are then.
pub async fn step(
    state: &ServerState,
    sender: Sender,
    step: DeviceStep,
) -> Result<(Vec<DeviceInfo>, Option<Parted>), RequestError> {
    let mut parted = None;
    match step {
        DeviceStep::List => {}
        DeviceStep::Rename { device, name } => rename(state, sender, device, name).await?,
        DeviceStep::SignOut { device } => sign_out(state, sender, device).await?,
        DeviceStep::Renew { token } => renew(state, sender, token_hash(&token)).await?,
        DeviceStep::Part { device, token, signing_key } => {
            let own = Sender { device, person: sender.person };
            let joined_at = part(state, sender, own, token_hash(&token)).await?;
            let read = move |db: &Connection| people::person(db, own.person);
            let person = state.storage.read(read).await?.ok_or(RefusalCode::Unavailable)?;
            let certificate = certify::certificate(state, &person, own, (signing_key, joined_at));
            parted = Some(Parted { person, certificate });
        }
    }
    let devices = state.storage.read(move |db| people::devices_of(db, sender.person)).await?;
    Ok((devices.into_iter().map(info).collect(), parted))
}

fn info(device: Device) -> DeviceInfo {
    let Device { sender, name, joined_at, used_at, .. } = device;
    DeviceInfo { device: sender.device, name, joined_at, used_at }
}

/// Refuses what is not a device of this person. One that is signed out is none of theirs any more.
fn check_own(db: &Connection, sender: Sender, device: DeviceId) -> Result<(), StepError> {
    match people::device(db, device)? {
        Some(found) if found.sender.person == sender.person && !found.is_signed_out => Ok(()),
        _ => Err(StepError::Code(RefusalCode::NotFound)),
    }
}

async fn rename(
    state: &ServerState,
    sender: Sender,
    device: DeviceId,
    name: String,
) -> Result<(), RequestError> {
    let name = person::line(&name, DEVICE_NAME_CHARS)
        .map_err(|_| RequestError::new(RefusalCode::MalformedRequest))?;
    let renaming = move |write: &mut Write<'_>| {
        check_own(write.db, sender, device)?;
        Ok::<(), StepError>(people::rename_device(write.db, device, &name)?)
    };
    Ok(state.storage.write(renaming).await?)
}

async fn sign_out(
    state: &ServerState,
    sender: Sender,
    device: DeviceId,
) -> Result<(), RequestError> {
    let now = state.now();
    let signing_out = move |write: &mut Write<'_>| {
        check_own(write.db, sender, device)?;
        people::sign_out(write.db, device, now)?;
        let event = Event {
            by: Some(sender),
            subject: Some(sender.person),
            ..Event::of_server(Action::SignOut, device.to_string())
        };
        Ok::<(), StepError>(audit::add(write.db, event, now)?)
    };
    state.storage.write(signing_out).await?;
    state.devices.sign_out(device);
    state.doorbell.send_away(device);
    Ok(())
}

async fn renew(state: &ServerState, sender: Sender, hash: [u8; 32]) -> Result<(), RequestError> {
    let renewing = move |write: &mut Write<'_>| {
        if tokens::next(write.db, sender.device)? == Some(hash) {
            return Ok(());
        }
        if tokens::is_known(write.db, &hash)? {
            // Somebody's, or one that is good no more.
            return Err(StepError::Code(RefusalCode::MalformedRequest));
        }
        Ok(tokens::offer(write.db, sender.device, &hash)?)
    };
    state.storage.write(renewing).await?;
    state.devices.offer(hash, sender, state.now());
    Ok(())
}

/// Adds the copy of a device as one of its own, and says when that was. A device that was signed out
/// or reported lost has no copies.
async fn part(
    state: &ServerState,
    of: Sender,
    own: Sender,
    hash: [u8; 32],
) -> Result<Timestamp, RequestError> {
    let now = state.now();
    let parting = move |write: &mut Write<'_>| join(write, of, (own, hash), now);
    let joined_at = state.storage.write(parting).await?;
    state.devices.let_in(hash, own, joined_at);
    Ok(joined_at)
}

fn join(
    write: &mut Write<'_>,
    of: Sender,
    (own, hash): (Sender, [u8; 32]),
    now: Timestamp,
) -> Result<Timestamp, StepError> {
    if let Some(known) = people::device(write.db, own.device)? {
        // The answer was lost on the way, and it asks again.
        let is_same = known.sender == own && known.token_hash == hash && !known.is_signed_out;
        let refused = StepError::Code(RefusalCode::MalformedRequest);
        return if is_same { Ok(known.joined_at) } else { Err(refused) };
    }
    let found = people::device(write.db, of.device)?.filter(|device| !device.is_signed_out);
    let Some(copied) = found else {
        return Err(StepError::Code(RefusalCode::SignInNeeded));
    };
    if revocations::has(write.db, of.device)? {
        return Err(StepError::Code(RefusalCode::SignInNeeded));
    }
    if tokens::is_known(write.db, &hash)? {
        return Err(StepError::Code(RefusalCode::MalformedRequest));
    }
    let others = people::devices_of(write.db, of.person)?;
    if others.len() >= DEVICES_AT_MOST {
        return Err(StepError::Because(RefusalCode::QuotaExceeded, TOO_MANY_DEVICES));
    }
    let name = free_name(&copied.name, &others);
    people::put_device(write, &Device::new(own, name, hash, now), now)?;
    let event = Event {
        by: Some(own),
        ..Event::of_server(Action::Enrol, format!("a copy of {}", of.device))
    };
    audit::add(write.db, event, now)?;
    Ok(now)
}

/// The name with the first number behind it that no other device has.
fn free_name(name: &str, others: &[Device]) -> String {
    let base = match name.rsplit_once(' ') {
        Some((base, number)) if number.len() < 3 && number.parse::<u8>().is_ok() => base,
        _ => name,
    };
    let base: String = base.chars().take(DEVICE_NAME_CHARS - 4).collect();
    let is_free = |name: &String| others.iter().all(|one| one.name != *name);
    let mut names = (2..=DEVICES_AT_MOST + 1).map(|number| format!("{base} {number}"));
    names.find(is_free).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use enhance_model::PersonId;

    use super::*;

    fn named(name: &str) -> Device {
        let sender =
            Sender { device: DeviceId::from_bytes([2; 16]), person: PersonId::from_bytes([1; 16]) };
        Device::new(sender, name.to_owned(), [0; 32], Timestamp::from_unix_millis(0))
    }

    #[test]
    fn a_copy_has_a_name_that_no_other_device_has() {
        let others = [named("Ward phone"), named("Ward phone 2"), named("Tablet")];
        assert_eq!(free_name("Ward phone", &others), "Ward phone 3");
        assert_eq!(free_name("Ward phone 2", &others), "Ward phone 3");
        assert_eq!(free_name("Tablet", &others), "Tablet 2");
        let long = "x".repeat(DEVICE_NAME_CHARS);
        assert!(free_name(&long, &others).chars().count() <= DEVICE_NAME_CHARS);
    }
}
