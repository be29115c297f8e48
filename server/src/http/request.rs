//! What every handler needs: whose token it is, bounded bodies, requests and answers as frames.

use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER_PERMISSIVE;
use enhance_model::RefusalCode;
use enhance_protocol::{Nonce, PROTOCOL, codec};
use futures_util::StreamExt;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    error::{RequestError, framed},
    state::ServerState,
    storage::people::Sender,
};

/// The device whose token the request carries.
pub(super) fn sender(state: &ServerState, headers: &HeaderMap) -> Result<Sender, RequestError> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .and_then(|token| HEXLOWER_PERMISSIVE.decode(token.trim().as_bytes()).ok())
        .and_then(|token| <[u8; 32]>::try_from(token).ok());
    let sender = token.and_then(|token| state.sender(&token));
    sender.ok_or_else(|| RequestError::new(RefusalCode::SignInNeeded))
}

/// The body's bytes, of which no more are taken in than the server reads at once.
pub(super) async fn read_body(state: &ServerState, body: Body) -> Result<Vec<u8>, RequestError> {
    let limit = request_limit(state);
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| RequestError::new(RefusalCode::MalformedRequest))?;
        if bytes.len() + chunk.len() > limit {
            return Err(RequestError::new(RefusalCode::RequestTooLarge));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn request_limit(state: &ServerState) -> usize {
    usize::try_from(state.config.limits.request_bytes).unwrap_or(usize::MAX)
}

/// What every request of every version of the protocol begins with.
#[derive(Deserialize)]
struct Beginning {
    #[serde(alias = "p")]
    protocol: u16,
    #[serde(alias = "n")]
    nonce: Nonce,
}

/// The request in a body. Its nonce is found even if the rest is of another version.
pub(super) fn read_request<T: DeserializeOwned>(
    state: &ServerState,
    body: &[u8],
) -> Result<T, RequestError> {
    let limit = request_limit(state);
    let beginning: Beginning = codec::decode(body, limit)?;
    if beginning.protocol != PROTOCOL {
        return Err(RequestError::new(RefusalCode::UnsupportedProtocol).answering(beginning.nonce));
    }
    codec::decode(body, limit).map_err(|error| RequestError::from(error).answering(beginning.nonce))
}

/// A value as an answer.
pub(super) fn answer<T: serde::Serialize>(value: &T) -> Response {
    match codec::encode(value) {
        Ok(frame) => framed(StatusCode::OK, frame),
        Err(error) => {
            tracing::error!(%error, "an answer could not be encoded");
            RequestError::new(RefusalCode::Unavailable).into_response()
        }
    }
}
