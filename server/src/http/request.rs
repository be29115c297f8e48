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
use tokio::time::{Instant, timeout, timeout_at};

use crate::{
    door::Share,
    error::{RequestError, framed},
    state::ServerState,
    storage::people::Sender,
    turns::Visit,
};

/// Bytes of a request that brings no work along.
pub(super) const SMALL_BYTES: usize = 16 << 10;
/// How soon to come again when others of one's own requests are under way.
const CROWDED_MS: u32 = 1_000;

/// The device whose token the request carries.
pub(super) async fn sender(
    state: &ServerState,
    headers: &HeaderMap,
) -> Result<Sender, RequestError> {
    let Some(token) = bearer(headers) else { return Err(RefusalCode::SignInNeeded.into()) };
    let sender = state.sender(&token).await?;
    sender.ok_or_else(|| {
        let has_left = state.has_left(&token);
        RequestError::new(if has_left { RefusalCode::HasLeft } else { RefusalCode::SignInNeeded })
    })
}

/// The device whose token the request carries or was, which is enough to become another one.
pub(super) async fn former_sender(
    state: &ServerState,
    headers: &HeaderMap,
) -> Result<Sender, RequestError> {
    let sender = match bearer(headers) {
        Some(token) => state.former(&token).await?,
        None => None,
    };
    sender.ok_or_else(|| RequestError::new(RefusalCode::SignInNeeded))
}

/// The token of `Authorization: Bearer TOKEN`. The name of a scheme has no case (RFC 9110, 11.1).
pub(super) fn bearer(headers: &HeaderMap) -> Option<[u8; 20]> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = BASE64URL_NOPAD.decode(token.trim().as_bytes()).ok()?;
    scheme.eq_ignore_ascii_case("Bearer").then_some(token)?.try_into().ok()
}

/// The device whose token the request carries, counted, before anything of its body is read.
pub(super) async fn admit(
    state: &ServerState,
    headers: &HeaderMap,
    body: Body,
) -> Result<(Sender, Visit, Body), RequestError> {
    admit_as(state, sender(state, headers).await, body).await
}

/// The same for a device that was looked up already.
pub(super) async fn admit_as(
    state: &ServerState,
    found: Result<Sender, RequestError>,
    body: Body,
) -> Result<(Sender, Visit, Body), RequestError> {
    let admitted = found.and_then(|sender| {
        state.admit_request(sender)?;
        let visit = state.people.come(sender.person);
        visit.map(|visit| (sender, visit)).ok_or_else(|| RequestError::too_often(CROWDED_MS))
    });
    match admitted {
        Ok((sender, visit)) => Ok((sender, visit, body)),
        Err(error) => Err(refuse(state, body, error).await),
    }
}

/// Lets go of the body of a request that is refused, so that the answer is heard: a connection that
/// is closed while something comes in takes the answer with it.
pub(super) async fn refuse(state: &ServerState, body: Body, error: RequestError) -> RequestError {
    let most = request_limit(state);
    let letting_go = async {
        let (mut chunks, mut bytes) = (body.into_data_stream(), 0);
        while let Some(Ok(chunk)) = chunks.next().await {
            bytes += chunk.len();
            if bytes > most {
                break;
            }
        }
    };
    // Whoever takes longer hears nothing.
    let _ = timeout(state.config.door.pause(), letting_go).await;
    error
}

/// The body of a request, which counts as held until this is dropped.
pub(super) struct Held {
    pub(super) bytes: Vec<u8>,
    share: Share,
}

/// The body's bytes, of which no more are taken in than this, as long as they come at a pace and
/// there is room for them.
pub(super) async fn read_body(
    state: &ServerState,
    body: Body,
    limit: usize,
) -> Result<Held, RequestError> {
    let (door, begun) = (&state.config.door, Instant::now());
    let mut chunks = body.into_data_stream();
    let mut held = Held { bytes: Vec::new(), share: state.held.share() };
    loop {
        let until = (Instant::now() + door.pause()).min(begun + door.body_time(held.bytes.len()));
        let Ok(next) = timeout_at(until, chunks.next()).await else {
            return Err(RefusalCode::Unavailable.into());
        };
        let Some(chunk) = next else { return Ok(held) };
        let chunk = chunk.map_err(|_| RequestError::new(RefusalCode::MalformedRequest))?;
        if held.bytes.len() + chunk.len() > limit {
            return Err(RefusalCode::RequestTooLarge.into());
        }
        if !held.share.grow(chunk.len()) {
            return Err(RefusalCode::Unavailable.into());
        }
        held.bytes.extend_from_slice(&chunk);
    }
}

/// Bytes of one request at most, packed or not.
pub(super) fn request_limit(state: &ServerState) -> usize {
    usize::try_from(state.config.limits.request_bytes).unwrap_or(usize::MAX)
}

/// The request in a body, which is unpacked once if there is room for that. Its nonce is found even
/// if the rest is of another version.
pub(super) fn read_request<T: DeserializeOwned>(
    held: &mut Held,
    limit: usize,
) -> Result<T, RequestError> {
    let unpacked = codec::unpacked_bytes(&held.bytes);
    if unpacked <= limit && !held.share.grow(unpacked) {
        return Err(RefusalCode::Unavailable.into());
    }
    let cbor = codec::unframe(&held.bytes, limit)?;
    let Beginning { protocol, nonce } = Beginning::read(&cbor)?;
    let read = || {
        if protocol != PROTOCOL {
            return Err(RequestError::new(RefusalCode::UnsupportedProtocol));
        }
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
