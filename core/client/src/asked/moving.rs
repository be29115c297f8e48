//! The server at another address: it is asked who it is before anything else is said to it.

use super::account::Account;
use crate::{
    cancellation::Cancellation,
    error::{Errand, Error, InputField, Obstacle},
    network::{address, identity},
    state::{State, facts, lock::StateLock},
};

/// Notes that the server is at another address, if it is this one that is there.
pub(crate) async fn set_server(
    lock: &StateLock,
    address: &str,
    cancel: &Cancellation,
) -> Result<Account, Error> {
    let server = address::typed(address, InputField::Server)?;
    let known = lock.with(State::facts)?;
    let asking = identity::of_server(lock.environment(), &server);
    let found = cancel.race(lock.while_awake(asking)).await?;
    if found.map_err(|error| error.during(Errand::Moving))? != known.publisher_key {
        let (obstacle, errand) = (Obstacle::AnotherServer, Errand::Moving);
        return Err(Error::Offline { obstacle, errand, cause: None });
    }
    lock.work(move |state| {
        state.write(|write| {
            facts::write_server(write, &server)?;
            // What did not get through on the old way may do so on this one.
            write.release_all()?;
            write.narrow(None)?;
            Ok(write.keep_failure(None)?)
        })?;
        Ok(Account::of(&*state.facts()?))
    })
    .await
}
