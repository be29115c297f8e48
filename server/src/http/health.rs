//! `GET /health`, `/ready` and `/metrics`: for the operator and for monitoring.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};

use crate::{state::ServerState, storage::epochs::Epochs};

/// Says that the process is alive.
pub(super) async fn health() -> &'static str {
    "alive\n"
}

/// Says whether the database answers.
pub(super) async fn ready(State(state): State<ServerState>) -> (StatusCode, &'static str) {
    match state.storage.read(Epochs::load).await {
        Ok(Some(_)) => (StatusCode::OK, "ready\n"),
        Ok(None) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

/// Prints what was counted since the start.
pub(super) async fn metrics(State(state): State<ServerState>) -> impl IntoResponse {
    let text = state.metrics.render(state.storage.batches());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}
