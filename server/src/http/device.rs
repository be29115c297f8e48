//! `POST /v1/devices`.

use axum::{body::Body, extract::State, http::HeaderMap, response::Response};
use enhance_model::RefusalCode;
use enhance_protocol::{DeviceRequest, DeviceResponse, DeviceStep};

use super::request::{
    SMALL_BYTES, admit_as, answer, former_sender, read_body, read_request, sender,
};
use crate::{error::RequestError, own_devices, state::ServerState};

pub(super) async fn step(
    State(state): State<ServerState>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, RequestError> {
    let mut found = sender(&state, &headers).await;
    let is_former = matches!(&found, Err(error) if error.code == RefusalCode::SignInNeeded);
    if is_former {
        found = former_sender(&state, &headers).await;
    }
    let (sender, visit, body) = admit_as(&state, found, body).await?;
    let mut held = read_body(&state, body, SMALL_BYTES).await?;
    let DeviceRequest { nonce, step, .. } = read_request(&mut held, SMALL_BYTES)?;
    if is_former && !matches!(step, DeviceStep::Part { .. }) {
        return Err(RequestError::new(RefusalCode::SignInNeeded).answering(nonce));
    }
    let _turn = visit.turn().await;
    let done = own_devices::step(&state, sender, step).await;
    let (devices, parted) = done.map_err(|error| error.answering(nonce))?;
    Ok(answer(&DeviceResponse { nonce, devices, parted }))
}
