//! `POST /v1/enrol` and `POST /v1/invitations`.

use axum::{body::Body, extract::State, http::HeaderMap, response::Response};
use enhance_model::RefusalCode;
use enhance_protocol::{EnrolRequest, InvitationRequest, InvitationResponse};

use super::request::{answer, read_body, read_request, sender};
use crate::{enrol, error::RequestError, state::ServerState};

pub(super) async fn enrol(
    State(state): State<ServerState>,
    body: Body,
) -> Result<Response, RequestError> {
    let body = read_body(&state, body).await?;
    let request: EnrolRequest = read_request(&state, &body, || Ok(()))?;
    let nonce = request.nonce;
    let enrolled = enrol::enrol(&state, request).await;
    Ok(answer(&enrolled.map_err(|error| error.answering(nonce))?))
}

pub(super) async fn invite(
    State(state): State<ServerState>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, RequestError> {
    let body = read_body(&state, body).await?;
    let mut known = None;
    let InvitationRequest { nonce, .. } = read_request(&state, &body, || {
        let sender = sender(&state, &headers)?;
        known = Some(sender);
        state.admit_request(sender)
    })?;
    let sender = known.ok_or_else(|| RequestError::new(RefusalCode::SignInNeeded))?;
    let invitation = enrol::invite(&state, sender).await;
    let invitation = invitation.map_err(|error| error.answering(nonce))?;
    Ok(answer(&InvitationResponse { nonce, invitation }))
}
