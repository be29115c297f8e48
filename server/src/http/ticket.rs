//! `POST /v1/tickets`, and with the bearer of a ticket and no account `POST /v1/tickets/open` and
//! `POST /v1/tickets/answer`.

use axum::{Extension, body::Body, extract::State, http::HeaderMap, response::Response};
use enhance_protocol::{
    AnswerTicketRequest, OpenTicketRequest, TicketRequest, codec,
    ticket::{NOTE_BYTES, SNAPSHOT_BYTES},
};
use serde::de::DeserializeOwned;

use super::request::{
    SMALL_BYTES, admit, answer, bearer, read_body, read_request, read_work, refuse,
};
use crate::{door::Caller, error::RequestError, state::ServerState, tickets};

/// Bytes of a request that makes a ticket.
const MAKING_BYTES: usize = SNAPSHOT_BYTES + NOTE_BYTES + SMALL_BYTES;
/// Bytes of a request of a holder: a comment of the longest letters, sealed.
const HOLDER_BYTES: usize = 32 << 10;

pub(super) async fn step(
    State(state): State<ServerState>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, RequestError> {
    let (sender, visit, body) = admit(&state, &headers, body).await?;
    let held = read_body(&state, body, MAKING_BYTES).await?;
    let (_held, request) = read_work(codec::from_cbor, &state, held, MAKING_BYTES).await?;
    let TicketRequest { nonce, step, .. } = request;
    let _turn = visit.turn().await;
    let done = tickets::step(&state, sender, nonce, step).await;
    Ok(answer(&done.map_err(|error| error.answering(nonce))?))
}

pub(super) async fn open(
    State(state): State<ServerState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, RequestError> {
    let request: OpenTicketRequest = of_holder(&state, caller, body).await?;
    let nonce = request.nonce;
    let opened = tickets::open(&state, bearer(&headers), request).await;
    Ok(answer(&opened.map_err(|error| error.answering(nonce))?))
}

pub(super) async fn say(
    State(state): State<ServerState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, RequestError> {
    let request: AnswerTicketRequest = of_holder(&state, caller, body).await?;
    let nonce = request.nonce;
    let said = tickets::answer(&state, bearer(&headers), request).await;
    Ok(answer(&said.map_err(|error| error.answering(nonce))?))
}

/// The request of somebody who needs no account, counted by their address as an attempt to enrol.
async fn of_holder<T: DeserializeOwned>(
    state: &ServerState,
    caller: Caller,
    body: Body,
) -> Result<T, RequestError> {
    if let Err(error) = state.admit_attempt(caller) {
        return Err(refuse(state, body, error).await);
    }
    let mut held = read_body(state, body, HOLDER_BYTES).await?;
    read_request(&mut held, HOLDER_BYTES)
}
