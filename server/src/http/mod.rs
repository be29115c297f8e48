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
mod ticket;

use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::{get, post},
};
use enhance_model::RefusalCode;
use enhance_protocol::path;

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
        .layer(from_fn_with_state(state.clone(), count_refusals))
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

async fn count_refusals(
    State(state): State<ServerState>,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    if let Some(code) = response.extensions().get::<RefusalCode>() {
        state.metrics.count_refusal(code.as_str());
    }
    response
}
