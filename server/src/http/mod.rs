//! The server's addresses, and what every handler needs: bounded bodies and whose token it is.

mod exchange;
mod health;
mod invitation;
mod pack;

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use data_encoding::HEXLOWER_PERMISSIVE;
use enhance_model::RefusalCode;
use enhance_protocol::{Nonce, PROTOCOL, codec, path};
use futures_util::StreamExt;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    ServerState,
    error::{Refused, RefusedWith},
    storage::people::Sender,
};

/// Everything the server answers to.
pub fn router(state: ServerState) -> Router {
    let not_found = || async { Refused::new(RefusalCode::NotFound) };
    Router::new()
        .route(path::EXCHANGE, post(exchange::exchange))
        .route(path::ENROL, post(invitation::enrol))
        .route(path::INVITATIONS, post(invitation::invite))
        .route(&format!("{}/{{key}}", path::PACKS), get(pack::manifest))
        .route(&format!("{}/{{sha256}}", path::FILES), get(pack::file))
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .fallback(not_found)
        .method_not_allowed_fallback(not_found)
        .layer(from_fn_with_state(state.clone(), count_refusals))
        .with_state(state)
}

async fn count_refusals(
    axum::extract::State(state): axum::extract::State<ServerState>,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    if let Some(RefusedWith(code)) = response.extensions().get() {
        state.metrics.count_refusal(code.as_str());
    }
    response
}

/// The device whose token the request carries.
fn sender(state: &ServerState, headers: &HeaderMap) -> Result<Sender, Refused> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .and_then(|token| HEXLOWER_PERMISSIVE.decode(token.trim().as_bytes()).ok())
        .and_then(|token| <[u8; 32]>::try_from(token).ok());
    let sender = token.and_then(|token| state.sender(&token));
    sender.ok_or_else(|| Refused::new(RefusalCode::SignInNeeded))
}

/// The body's bytes, of which no more are taken in than the server reads at once.
async fn read_body(state: &ServerState, body: Body) -> Result<Vec<u8>, Refused> {
    let limit = request_limit(state);
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Refused::new(RefusalCode::MalformedRequest))?;
        if bytes.len() + chunk.len() > limit {
            return Err(Refused::new(RefusalCode::RequestTooLarge));
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
fn read_request<T: DeserializeOwned>(state: &ServerState, body: &[u8]) -> Result<T, Refused> {
    let limit = request_limit(state);
    let beginning: Beginning = codec::decode(body, limit)?;
    if beginning.protocol != PROTOCOL {
        return Err(Refused::new(RefusalCode::UnsupportedProtocol).answering(beginning.nonce));
    }
    codec::decode(body, limit).map_err(|error| Refused::from(error).answering(beginning.nonce))
}

/// A value as an answer.
fn answer<T: serde::Serialize>(value: &T) -> Response {
    match codec::encode(value) {
        Ok(frame) => crate::error::framed(axum::http::StatusCode::OK, frame),
        Err(error) => {
            tracing::error!(%error, "an answer could not be encoded");
            Refused::new(RefusalCode::Unavailable).into_response()
        }
    }
}
