//! `POST /v1/certificates`.

use axum::{body::Body, extract::State, http::HeaderMap, response::Response};
use enhance_model::RefusalCode;
use enhance_protocol::{CertificateRequest, CertificateResponse};

use super::request::{answer, read_body, read_request, sender};
use crate::{certify, error::RequestError, state::ServerState};

pub(super) async fn certify(
    State(state): State<ServerState>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, RequestError> {
    let body = read_body(&state, body).await?;
    let mut known = None;
    let CertificateRequest { nonce, key, .. } = read_request(&state, &body, || {
        let sender = sender(&state, &headers)?;
        known = Some(sender);
        state.admit_request(sender)
    })?;
    let sender = known.ok_or_else(|| RequestError::new(RefusalCode::SignInNeeded))?;
    let given = certify::certify_anew(&state, sender, key).await;
    let certificate = given.map_err(|error| error.answering(nonce))?;
    Ok(answer(&CertificateResponse { nonce, certificate }))
}
