//! `POST /v1/certificates`.

use axum::{extract::State, response::Response};
use enhance_protocol::{CertificateRequest, CertificateResponse};

use super::request::{SmallRequest, answer};
use crate::{certify, error::RequestError, state::ServerState};

pub(super) async fn certify(
    State(state): State<ServerState>,
    small: SmallRequest<CertificateRequest>,
) -> Result<Response, RequestError> {
    let CertificateRequest { nonce, key, .. } = small.request;
    let _turn = small.visit.turn().await;
    let given = certify::certify_anew(&state, small.sender, key).await;
    let certificate = given.map_err(|error| error.answering(nonce))?;
    Ok(answer(&CertificateResponse { nonce, certificate }))
}
