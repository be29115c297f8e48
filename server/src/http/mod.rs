//! The addresses of the server and what answers at each.

mod blob;
mod certificate;
mod device;
mod doorbell;
mod exchange;
mod health;
mod identity;
mod invitation;
mod pack;
mod page;
mod person;
mod range;
mod request;
mod single;
mod ticket;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::header,
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::{get, post},
};
use enhance_model::RefusalCode;
use enhance_protocol::{NONCE_HEADER, Nonce, nonce_of_header, path};

use crate::{error::RequestError, state::ServerState};

/// Everything the server answers to.
pub fn router(state: ServerState) -> Router {
    let not_found = || async { RequestError::new(RefusalCode::NotFound) };
    Router::new()
        .route(path::EXCHANGE, post(exchange::exchange))
        .route(path::IDENTITY, post(identity::identity))
        .route(path::ENROL, post(invitation::enrol))
        .route(path::INVITATIONS, post(invitation::invite))
        .route(path::PEOPLE, post(person::person))
        .route(path::CERTIFICATES, post(certificate::certify))
        .route(path::DEVICES, post(device::step))
        .route(path::DOORBELL, get(doorbell::listen))
        .route(path::PRESENCE, post(doorbell::presence))
        .route(path::TICKETS, post(ticket::step))
        .route(path::OPEN_TICKET, post(ticket::open))
        .route(path::ANSWER_TICKET, post(ticket::say))
        .route(&format!("{}/{{key}}", path::PACKS), get(pack::manifest))
        .route(&format!("{}/{{sha256}}", path::FILES), get(pack::file))
        .route(path::BLOBS, post(blob::step))
        .route(&format!("{}/{{sha256}}", path::BLOBS), get(blob::file))
        .route("/health", get(health::health))
        .fallback(page::page)
        .method_not_allowed_fallback(not_found)
        .layer(from_fn_with_state(state.clone(), single::refuse_doubles))
        .layer(from_fn_with_state(state.clone(), finish_refusals))
        .with_state(state)
}

/// What monitoring is answered, on a listener of its own.
pub fn watch_router(state: ServerState) -> Router {
    Router::new()
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .with_state(state)
}

/// Counts refusals, and has those repeat the nonce that know of none but that in the head.
async fn finish_refusals(
    State(state): State<ServerState>,
    request: Request,
    next: Next,
) -> Response {
    let mut said = request.headers().get_all(NONCE_HEADER).iter();
    // Of two nobody knows which is meant.
    let asked = said.next().filter(|_| said.next().is_none());
    let asked = asked.and_then(|value| value.to_str().ok()).and_then(nonce_of_header);
    let mut response = next.run(request).await;
    let Some(error) = response.extensions_mut().remove::<RequestError>() else { return response };
    state.metrics.count_refusal(error.code.as_str());
    if error.code == RefusalCode::ServerFull {
        state.storage.note_full();
    }
    if let Some(nonce) = asked.filter(|_| error.nonce == Nonce::default()) {
        response.headers_mut().remove(header::CONTENT_LENGTH);
        *response.body_mut() = Body::from(error.answering(nonce).frame());
    }
    response
}
