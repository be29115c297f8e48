//! `POST /v1/people`: a person by the id that they gave.

use axum::{extract::State, response::Response};
use enhance_model::{Person, PersonId, RefusalCode};
use enhance_protocol::{PersonRequest, PersonResponse};

use super::request::{SmallRequest, answer};
use crate::{
    error::RequestError,
    state::ServerState,
    storage::{StorageError, Write, directory, people},
};

pub(super) async fn person(
    State(state): State<ServerState>,
    small: SmallRequest<PersonRequest>,
) -> Result<Response, RequestError> {
    let PersonRequest { nonce, person, .. } = small.request;
    let _turn = small.visit.turn().await;
    let found = told(&state, small.sender.person, person).await;
    let found = found.map_err(|error| RequestError::from(error).answering(nonce))?;
    let unknown = || RequestError::new(RefusalCode::UnknownPerson).answering(nonce);
    Ok(answer(&PersonResponse { nonce, person: found.ok_or_else(unknown)? }))
}

/// The person, of whom all devices of who asks are told from now on. Whoever left is nobody.
async fn told(
    state: &ServerState,
    asking: PersonId,
    wanted: PersonId,
) -> Result<Option<Person>, StorageError> {
    let tell = move |write: &mut Write<'_>| -> Result<_, StorageError> {
        if !people::is_here(write.db, wanted)? {
            return Ok(None);
        }
        directory::introduce(write, asking, wanted)?;
        people::person(write.db, wanted)
    };
    state.storage.write(tell).await
}
