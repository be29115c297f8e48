//! `POST /v1/enrol` and `POST /v1/invitations`.

use axum::{Extension, body::Body, extract::State, response::Response};
use enhance_protocol::{EnrolRequest, InvitationRequest, InvitationResponse};

use super::request::{SMALL_BYTES, SmallRequest, answer, read_body, read_request, refuse};
use crate::{door::Caller, enrol, error::RequestError, state::ServerState};

pub(super) async fn enrol(
    State(state): State<ServerState>,
    Extension(caller): Extension<Caller>,
    body: Body,
) -> Result<Response, RequestError> {
    if let Err(error) = state.admit_attempt(caller) {
        return Err(refuse(&state, body, error).await);
    }
    let mut held = read_body(&state, body, SMALL_BYTES).await?;
    let request: EnrolRequest = read_request(&mut held, SMALL_BYTES)?;
    let nonce = request.nonce;
    let enrolled = enrol::enrol(&state, request).await;
    Ok(answer(&enrolled.map_err(|error| error.answering(nonce))?))
}

pub(super) async fn invite(
    State(state): State<ServerState>,
    small: SmallRequest<InvitationRequest>,
) -> Result<Response, RequestError> {
    let InvitationRequest { nonce, .. } = small.request;
    let _turn = small.visit.turn().await;
    let invitation = enrol::invite(&state, small.sender).await;
    let invitation = invitation.map_err(|error| error.answering(nonce))?;
    Ok(answer(&InvitationResponse { nonce, invitation }))
}
