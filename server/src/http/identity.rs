//! `POST /v1/identity`: which server this is, proven to whoever asks.

use axum::{Extension, body::Body, extract::State, response::Response};
use enhance_protocol::{IdentityRequest, IdentityResponse};

use super::request::{SMALL_BYTES, answer, read_body, read_request, refuse};
use crate::{door::Caller, error::RequestError, state::ServerState};

pub(super) async fn identity(
    State(state): State<ServerState>,
    Extension(caller): Extension<Caller>,
    body: Body,
) -> Result<Response, RequestError> {
    if let Err(error) = state.admit_question(caller) {
        return Err(refuse(&state, body, error).await);
    }
    let mut held = read_body(&state, body, SMALL_BYTES).await?;
    let IdentityRequest { nonce, .. } = read_request(&mut held, SMALL_BYTES)?;
    Ok(answer(&IdentityResponse::new(nonce, &state.publisher)))
}
