//! `POST /v1/certificates`.

use axum::{body::Body, extract::State, http::HeaderMap, response::Response};
use enhance_protocol::{CertificateRequest, CertificateResponse};

use super::request::{SMALL_BYTES, admit, answer, read_body, read_request};
use crate::{certify, error::RequestError, state::ServerState};

pub(super) async fn certify(
    State(state): State<ServerState>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, RequestError> {
    let (sender, visit, body) = admit(&state, &headers, body).await?;
    let mut held = read_body(&state, body, SMALL_BYTES).await?;
    let CertificateRequest { nonce, key, .. } = read_request(&mut held, SMALL_BYTES)?;
    let _turn = visit.turn().await;
    let given = certify::certify_anew(&state, sender, key).await;
    let certificate = given.map_err(|error| error.answering(nonce))?;
    Ok(answer(&CertificateResponse { nonce, certificate }))
}
