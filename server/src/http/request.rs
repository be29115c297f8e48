//! What every handler needs: whose token it is, bounded bodies, requests and answers as frames.

use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64URL_NOPAD;
use enhance_model::RefusalCode;
use enhance_protocol::{Beginning, PROTOCOL, codec};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;

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
fn bearer(headers: &HeaderMap) -> Option<[u8; 20]> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = BASE64URL_NOPAD.decode(token.trim().as_bytes()).ok()?;
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

/// The request in a body, which is unpacked once. Its nonce is found even if the rest is of another
/// version. `admit` hears who asks before the rest is read.
pub(super) fn read_request<T: DeserializeOwned>(
    state: &ServerState,
    body: &[u8],
    admit: impl FnOnce() -> Result<(), RequestError>,
) -> Result<T, RequestError> {
    let cbor = codec::unframe(body, request_limit(state))?;
    let Beginning { protocol, nonce } = Beginning::read(&cbor)?;
    let read = || {
        if protocol != PROTOCOL {
            return Err(RequestError::new(RefusalCode::UnsupportedProtocol));
        }
        admit()?;
        Ok(codec::from_cbor(&cbor)?)
    };
    read().map_err(|error: RequestError| error.answering(nonce))
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

    fn token_in(authorization: &str) -> Option<[u8; 20]> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_str(authorization).unwrap());
        bearer(&headers)
    }

    #[test]
    fn a_token_is_twenty_bytes_in_base64_of_the_scheme_bearer() {
        let token = BASE64URL_NOPAD.encode(&[0xfb; 20]);
        assert!(token.contains('-') && !token.contains('='));
        for scheme in ["Bearer", "bearer", "BEARER"] {
            assert_eq!(token_in(&format!("{scheme} {token}")), Some([0xfb; 20]), "{scheme}");
        }
        for wrong in [
            token.clone(),
            format!("Basic {token}"),
            format!("Bearer{token}"),
            format!("Bearer {token}a5"),
            format!("Bearer {token}="),
            format!("Bearer {}", token.replace('-', "+")),
            "Bearer ".to_owned(),
        ] {
            assert_eq!(token_in(&wrong), None, "{wrong}");
        }
    }
}
