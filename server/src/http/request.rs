//! What every handler needs: whose token it is, bounded bodies, requests and answers as frames.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, BodyDataStream, HttpBody},
    extract::{FromRequest, Path, Request, rejection::PathRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64URL_NOPAD;
use enhance_model::RefusalCode;
use enhance_protocol::{Beginning, CodecError, Nonce, PROTOCOL, codec};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep, sleep_until, timeout, timeout_at};

use crate::{
    door::Share,
    error::{RequestError, framed},
    state::ServerState,
    storage::people::Sender,
    turns::Visit,
};

/// Bytes of a request that brings no work along.
pub(super) const SMALL_BYTES: usize = 16 << 10;
/// Bytes of a request, unpacked, that are read where they are.
const QUICK_BYTES: usize = 64 << 10;
/// A pause after each piece of a large body that is let go of: some megabytes a second.
const LETTING_GO: Duration = Duration::from_millis(4);
/// How long the beginning of a body is waited for that is refused: it says whose request it is.
const BEGINNING: Duration = Duration::from_secs(1);
/// How long nothing more may come of a body that is let go of.
const NOTHING_MORE: Duration = Duration::from_secs(2);
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

/// A small request of a device that is known. It counts as under way, and its body as held, until
/// this is dropped.
pub(super) struct SmallRequest<T> {
    pub(super) sender: Sender,
    pub(super) request: T,
    /// Whose turn it is, of the requests of this person.
    pub(super) visit: Visit,
    _held: Held,
}

impl<T: DeserializeOwned> FromRequest<ServerState> for SmallRequest<T> {
    type Rejection = RequestError;

    async fn from_request(request: Request, state: &ServerState) -> Result<Self, RequestError> {
        let (parts, body) = request.into_parts();
        let (sender, visit, body) = admit(state, &parts.headers, body).await?;
        let mut held = read_body(state, body, SMALL_BYTES).await?;
        let request = read_request(&mut held, SMALL_BYTES)?;
        Ok(Self { sender, request, visit, _held: held })
    }
}

/// Says no after a pause, and lets go of the body of the request.
pub(super) async fn refuse(state: &ServerState, body: Body, error: RequestError) -> RequestError {
    let begun_at = Instant::now();
    let error = refuse_rest(state, body.into_data_stream(), Vec::new(), error).await;
    sleep_until(begun_at + state.config.door.refusal_pause()).await;
    error
}

/// Refuses a request of which so much has come. Of what follows only the nonce is looked at, so
/// that the phone knows the refusal as the answer to its request; the rest goes by while that is
/// said already.
async fn refuse_rest(
    state: &ServerState,
    mut chunks: BodyDataStream,
    mut begun: Vec<u8>,
    error: RequestError,
) -> RequestError {
    let until = Instant::now() + BEGINNING;
    while begun.len() < codec::UP_TO_FRONT {
        let Ok(Some(Ok(chunk))) = timeout_at(until, chunks.next()).await else { break };
        keep_front(&mut begun, &chunk);
    }
    let state = state.clone();
    tokio::spawn(async move { let_go(&state, chunks).await });
    error.answering(nonce_in(&begun))
}

/// Lets go of what else comes of a body, so that the answer is heard: a connection that is closed
/// while something comes in takes the answer with it.
async fn let_go(state: &ServerState, mut chunks: BodyDataStream) {
    let most = request_limit(state).saturating_mul(2);
    let letting_go = async {
        let (mut bytes, mut turn) = (0, None);
        while let Ok(Some(Ok(chunk))) = timeout(NOTHING_MORE, chunks.next()).await {
            bytes += chunk.len();
            if bytes > most {
                break;
            }
            // Few at a time, and at a pace: what nobody reads is to take no processor from others.
            if bytes > SMALL_BYTES {
                if turn.is_none() {
                    turn = state.letting_go.acquire().await.ok();
                }
                sleep(LETTING_GO).await;
            }
        }
    };
    // Whoever takes longer may not hear it.
    let _ = timeout(state.config.door.pause(), letting_go).await;
}

/// Adds as much of what came as tells whose request it is.
fn keep_front(begun: &mut Vec<u8>, chunk: &[u8]) {
    let lacking = codec::UP_TO_FRONT.saturating_sub(begun.len());
    begun.extend(chunk.iter().take(lacking));
}

/// The device that asks for something without bringing anything.
pub(super) async fn reader(
    state: &ServerState,
    headers: &HeaderMap,
) -> Result<Sender, RequestError> {
    slowly(state, sender(state, headers).await).await
}

/// The device that asks for a file, which counts as on its way to its person until what is returned
/// with it is dropped.
pub(super) async fn fetcher(
    state: &ServerState,
    headers: &HeaderMap,
) -> Result<(Sender, Visit), RequestError> {
    let sender = reader(state, headers).await?;
    let admitted = state.admit_file(sender.person).and_then(|()| {
        let visit = state.fetches.come(sender.person);
        visit.ok_or_else(|| RequestError::too_often(CROWDED_MS))
    });
    slowly(state, admitted.map(|visit| (sender, visit))).await
}

/// What an address ends with. One that nobody could have made is of nothing.
pub(super) fn named(path: Result<Path<String>, PathRejection>) -> Result<String, RequestError> {
    path.map(|Path(name)| name).map_err(|_| RefusalCode::NotFound.into())
}

/// What was found, or, after a pause, why there is nothing.
pub(super) async fn slowly<T>(
    state: &ServerState,
    found: Result<T, RequestError>,
) -> Result<T, RequestError> {
    if found.is_err() {
        sleep(state.config.door.refusal_pause()).await;
    }
    found
}

/// The nonce in the beginning of a frame; zeros if there is none, or not yet.
fn nonce_in(begun: &[u8]) -> Nonce {
    Beginning::of_frame(begun).map(|beginning| beginning.nonce).unwrap_or_default()
}

/// The body of a request, which counts as held until this is dropped.
pub(super) struct Held {
    pub(super) bytes: Vec<u8>,
    share: Share,
}

/// The body's bytes, of which no more are taken in than this, as long as they come at a pace and
/// there is room for them. One that is said to be larger is not waited for.
pub(super) async fn read_body(
    state: &ServerState,
    body: Body,
    limit: usize,
) -> Result<Held, RequestError> {
    let is_too_much = body.size_hint().lower() > limit as u64;
    let mut held = Held { bytes: Vec::new(), share: state.held.share() };
    let mut chunks = body.into_data_stream();
    let filled = if is_too_much {
        Err(RefusalCode::RequestTooLarge)
    } else {
        fill(&mut held, state, &mut chunks, limit).await
    };
    match filled {
        Ok(()) => Ok(held),
        Err(code) => Err(refuse_rest(state, chunks, held.bytes, code.into()).await),
    }
}

async fn fill(
    held: &mut Held,
    state: &ServerState,
    chunks: &mut BodyDataStream,
    limit: usize,
) -> Result<(), RefusalCode> {
    let (door, begun) = (&state.config.door, Instant::now());
    loop {
        let until = (Instant::now() + door.pause()).min(begun + door.body_time(held.bytes.len()));
        let next = timeout_at(until, chunks.next()).await;
        let Some(chunk) = next.map_err(|_| RefusalCode::Unavailable)? else { return Ok(()) };
        let chunk = chunk.map_err(|_| RefusalCode::MalformedRequest)?;
        let is_too_much = held.bytes.len() + chunk.len() > limit;
        if !is_too_much && held.share.grow(chunk.len()) {
            held.bytes.extend_from_slice(&chunk);
            continue;
        }
        keep_front(&mut held.bytes, &chunk);
        let (too_large, full) = (RefusalCode::RequestTooLarge, RefusalCode::Unavailable);
        return Err(if is_too_much { too_large } else { full });
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
    read_request_by(codec::from_cbor, held, limit)
}

/// How a request is read from what was unpacked.
pub(super) type Reading<T> = fn(&[u8]) -> Result<T, CodecError>;

fn read_request_by<T>(
    reading: Reading<T>,
    held: &mut Held,
    limit: usize,
) -> Result<T, RequestError> {
    let unread = |error: RequestError| error.answering(nonce_in(&held.bytes));
    let unpacked = codec::unpacked_bytes(&held.bytes);
    if unpacked <= limit && !held.share.grow(unpacked) {
        return Err(unread(RefusalCode::Unavailable.into()));
    }
    let cbor = codec::unframe(&held.bytes, limit).map_err(|error| unread(error.into()))?;
    let Beginning { protocol, nonce } = Beginning::read(&cbor)?;
    let read = || {
        if protocol != PROTOCOL {
            return Err(RequestError::new(RefusalCode::UnsupportedProtocol));
        }
        Ok(reading(&cbor)?)
    };
    read().map_err(|error: RequestError| error.answering(nonce))
}

/// The same for a request that may bring much work along: a large one is unpacked where nobody else
/// waits for the thread.
pub(super) async fn read_work<T: Send + 'static>(
    reading: Reading<T>,
    state: &ServerState,
    mut held: Held,
    limit: usize,
) -> Result<(Held, T), RequestError> {
    if held.bytes.len().max(codec::unpacked_bytes(&held.bytes)) <= QUICK_BYTES {
        let request = read_request_by(reading, &mut held, limit)?;
        return Ok((held, request));
    }
    let permit = Arc::clone(&state.gates).acquire_owned().await;
    let reading = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        read_request_by(reading, &mut held, limit).map(|request| (held, request))
    });
    reading.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a request could not be read");
        Err(RefusalCode::Unavailable.into())
    })
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
