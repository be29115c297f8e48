//! `POST /v1/exchange`: read, authenticated and counted here, answered by `exchange`.

use axum::{
    body::{Body, HttpBody},
    extract::State,
    http::HeaderMap,
    response::Response,
};
use enhance_model::RefusalCode;
use enhance_protocol::ExchangeRequest;
use tokio::time::Instant;

use super::request::{answer, read_body, read_request, sender};
use crate::{error::RequestError, exchange, state::ServerState};

pub(super) async fn exchange(
    State(state): State<ServerState>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, RequestError> {
    let begun = Instant::now();
    let body = read_body(&state, body).await?;
    let mut known = None;
    let request: ExchangeRequest = read_request(&state, &body, || {
        let sender = sender(&state, &headers)?;
        known = Some(sender);
        state.admit_request(sender)
    })?;
    let sender = known.ok_or_else(|| RequestError::new(RefusalCode::SignInNeeded))?;
    let (nonce, asked) = (request.nonce, request.asked());
    let response = exchange::exchange(&state, sender, request).await;
    let response = response.map_err(|error| error.answering(nonce))?.shorten(&asked);
    let response = answer(&response);
    let bytes_out = response.body().size_hint().exact().unwrap_or(0);
    let bytes_out = usize::try_from(bytes_out).unwrap_or(usize::MAX);
    state.metrics.count_exchange(begun.elapsed(), body.len(), bytes_out);
    Ok(response)
}
