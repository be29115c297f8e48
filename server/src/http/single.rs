//! Headers that a request can have once. Of two that say different things, a proxy may heed the one
//! and the server the other.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use enhance_model::RefusalCode;
use enhance_protocol::NONCE_HEADER;

use super::request::refuse;
use crate::{error::RequestError, state::ServerState};

/// Those that are read here, or by a proxy in front of it (RFC 9110).
const SINGLE: [HeaderName; 9] = [
    header::AUTHORIZATION,
    header::CONTENT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::HOST,
    header::IF_RANGE,
    header::ORIGIN,
    header::RANGE,
    HeaderName::from_static(NONCE_HEADER),
];

/// Refuses a request that says one thing twice, whatever it says.
pub(super) async fn refuse_doubles(
    State(state): State<ServerState>,
    request: Request,
    next: Next,
) -> Response {
    match doubled(request.headers()) {
        None => next.run(request).await,
        Some(name) => {
            let words = format!("the header {name} stands in this request twice; send it once");
            let error = RequestError::because(RefusalCode::MalformedRequest, words);
            refuse(&state, request.into_body(), error).await.into_response()
        }
    }
}

fn doubled(headers: &HeaderMap) -> Option<HeaderName> {
    SINGLE.into_iter().find(|name| headers.get_all(name).iter().nth(1).is_some())
}
