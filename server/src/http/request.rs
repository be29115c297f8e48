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
    let sender = bearer(headers).and_then(|token| state.sender(&token));
    sender.ok_or_else(|| RequestError::new(RefusalCode::SignInNeeded))
}

/// The token of `Authorization: Bearer TOKEN`. The name of a scheme has no case (RFC 9110, 11.1).
fn bearer(headers: &HeaderMap) -> Option<[u8; 32]> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = HEXLOWER_PERMISSIVE.decode(token.trim().as_bytes()).ok()?;
    scheme.eq_ignore_ascii_case("Bearer").then_some(token)?.try_into().ok()
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

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn token_in(authorization: &str) -> Option<[u8; 32]> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_str(authorization).unwrap());
        bearer(&headers)
    }

    #[test]
    fn a_token_is_sixty_four_hexadecimal_digits_of_the_scheme_bearer() {
        let digits = "a5".repeat(32);
        for scheme in ["Bearer", "bearer", "BEARER"] {
            assert_eq!(token_in(&format!("{scheme} {digits}")), Some([0xa5; 32]), "{scheme}");
        }
        assert_eq!(token_in(&format!("Bearer {}", digits.to_uppercase())), Some([0xa5; 32]));
        for wrong in [
            digits.clone(),
            format!("Basic {digits}"),
            format!("Bearer{digits}"),
            format!("Bearer {digits}a5"),
            format!("Bearer +5{}", "a5".repeat(31)),
            "Bearer ".to_owned(),
        ] {
            assert_eq!(token_in(&wrong), None, "{wrong}");
        }
    }
}
