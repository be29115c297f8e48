//! Signing out: what is on this device alone is said first, then the server is told, and all of it
//! is wiped.

use std::time::Duration;

use data_encoding::HEXLOWER;
use enhance_model::RefusalCode;
use enhance_protocol::DeviceStep;
use enhance_store::{HeldFolder, UnsentCounts};
use serde::Serialize;

use crate::{
    cancellation::Cancellation,
    error::{Error, Unsent},
    platform::time::timeout,
    state::{State, lock::StateLock},
    sync::identity,
};

/// How long the server is waited for: who hands a phone back does not stand beside it.
const TELLING: Duration = Duration::from_secs(10);

/// What signing a device out came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SignOutReport {
    /// Whether the server knows. If it could not be told, the device should be signed out from
    /// another one of the person.
    pub server_told: bool,
}

/// What is on this device alone.
pub(crate) fn unsent(state: &State) -> Result<Unsent, Error> {
    let counts = state.store().unsent()?;
    let UnsentCounts { documents, drafts, files, refused, fingerprint } = counts;
    let confirmation = (!counts.is_nothing()).then(|| HEXLOWER.encode(&fingerprint));
    Ok(Unsent { documents, drafts, files, refused, confirmation })
}

/// Signs this device out and wipes everything on it. What is on it alone has to be confirmed with
/// the word that [`unsent`] gives.
pub(crate) async fn sign_out(
    lock: &StateLock,
    confirmation: Option<&str>,
    cancel: &Cancellation,
) -> Result<SignOutReport, Error> {
    lock.with(|state| check(state, confirmation))?;
    let server_told = tell(lock, cancel).await?;
    // Something may have been typed while the server was told.
    lock.leave(Error::SignedOut, |state| check(state, confirmation))?;
    HeldFolder::new(lock.folder().to_owned())?.wipe()?;
    Ok(SignOutReport { server_told })
}

fn check(state: &State, confirmation: Option<&str>) -> Result<(), Error> {
    let unsent = unsent(state)?;
    let is_confirmed =
        unsent.confirmation.is_none() || unsent.confirmation.as_deref() == confirmation;
    if is_confirmed { Ok(()) } else { Err(Error::Unsent { unsent }) }
}

/// Has the server end this device, and says whether it has.
async fn tell(lock: &StateLock, cancel: &Cancellation) -> Result<bool, Error> {
    let device = match lock.with(State::facts) {
        Ok(facts) => facts.device,
        // Nobody is enrolled, or what would say who is damaged: then there is nothing to be told.
        Err(Error::NotEnrolled) => return Ok(true),
        Err(error @ Error::Damaged { .. }) => {
            tracing::warn!(%error, "the server cannot be told");
            return Ok(false);
        }
        Err(error) => return Err(error),
    };
    let told = identity::step(lock, None, DeviceStep::SignOut { device }, cancel);
    match timeout(TELLING, told).await {
        Ok(
            Ok(_) | Err(Error::SignInNeeded | Error::Refused { code: RefusalCode::HasLeft, .. }),
        ) => Ok(true),
        Ok(Err(error)) if error == Error::Cancelled || error.is_absence() => Err(error),
        Ok(Err(error)) => {
            tracing::info!(%error, "the server could not be told");
            Ok(false)
        }
        Err(_late) => Ok(false),
    }
}
