//! `POST /v1/exchange`: read, authenticated and counted here, answered by `exchange`.

use axum::{
    body::{Body, HttpBody},
    extract::State,
    http::HeaderMap,
    response::Response,
};
use enhance_protocol::LegibleRequest;
use tokio::time::Instant;

use super::request::{admit, answer, read_body, read_work, request_limit};
use crate::{error::RequestError, exchange, state::ServerState};

pub(super) async fn exchange(
    State(state): State<ServerState>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, RequestError> {
    let begun = Instant::now();
    let (sender, visit, body) = admit(&state, &headers, body).await?;
    let limit = request_limit(&state);
    let held = read_body(&state, body, limit).await?;
    let (held, legible) = read_work(LegibleRequest::read, &state, held, limit).await?;
    let (nonce, mut asked) = (legible.request.nonce, legible.request.asked());
    legible.illegible.add_to(&mut asked);
    let _turn = visit.turn().await;
    let response = exchange::exchange(&state, sender, legible).await;
    let response = response.map_err(|error| error.answering(nonce))?.shorten(&asked);
    let response = answer(&response);
    let bytes_out = response.body().size_hint().exact().unwrap_or(0);
    let bytes_out = usize::try_from(bytes_out).unwrap_or(usize::MAX);
    state.metrics.count_exchange(begun.elapsed(), held.bytes.len(), bytes_out);
    Ok(response)
}
