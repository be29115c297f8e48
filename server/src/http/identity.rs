//! `POST /v1/identity`: which server this is, proven to whoever asks.

use axum::{body::Body, extract::State, response::Response};
use enhance_protocol::{IdentityRequest, IdentityResponse};

use super::request::{SMALL_BYTES, answer, read_body, read_request};
use crate::{error::RequestError, state::ServerState};

pub(super) async fn identity(
    State(state): State<ServerState>,
    body: Body,
) -> Result<Response, RequestError> {
    let mut held = read_body(&state, body, SMALL_BYTES).await?;
    let IdentityRequest { nonce, .. } = read_request(&mut held, SMALL_BYTES)?;
    Ok(answer(&IdentityResponse::new(nonce, &state.publisher)))
}
