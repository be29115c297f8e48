//! `GET /health`, `/ready` and `/metrics`: for the operator and for monitoring.

use std::time::Duration;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};

use tokio::time::timeout;

use crate::{state::ServerState, storage::epochs::Epochs};

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Says that the process is alive.
pub(super) async fn health() -> &'static str {
    "alive\n"
}

/// Says whether the database can be read and written.
pub(super) async fn ready(State(state): State<ServerState>) -> (StatusCode, &'static str) {
    let look = async {
        let is_there = state.storage.read(Epochs::load).await.is_ok_and(|epochs| epochs.is_some());
        is_there && state.storage.check_writing().await.is_ok()
    };
    match timeout(PATIENCE, look).await {
        Ok(true) => (StatusCode::OK, "ready\n"),
        Ok(false) | Err(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be read and written\n")
        }
    }
}

/// Prints what was counted since the start.
pub(super) async fn metrics(State(state): State<ServerState>) -> impl IntoResponse {
    let text = state.metrics.render(state.storage.batches());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}
