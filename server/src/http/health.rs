//! `GET /health`, `/ready` and `/metrics`: for the operator and for monitoring.

use std::time::Duration;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};

use tokio::time::timeout;

use crate::{state::ServerState, storage::epochs, wholeness::Wholeness};

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Says that the process is alive.
pub(super) async fn health() -> &'static str {
    "alive\n"
}

/// Says whether the database can be read and written, and what is known of its being whole.
pub(super) async fn ready(State(state): State<ServerState>) -> (StatusCode, String) {
    const NOT: StatusCode = StatusCode::SERVICE_UNAVAILABLE;
    let look = async {
        let is_there = state.storage.read(epochs::any).await.unwrap_or(false);
        is_there && state.storage.check_writing().await.is_ok()
    };
    match timeout(PATIENCE, look).await {
        Ok(true) => match state.wholeness.now() {
            Wholeness::Whole => (StatusCode::OK, "ready\n".to_owned()),
            Wholeness::Checking => (StatusCode::OK, "ready, checking\n".to_owned()),
            Wholeness::Damaged(fault) => (NOT, format!("{fault}\n")),
        },
        Ok(false) | Err(_) => (NOT, "the database cannot be read and written\n".to_owned()),
    }
}

/// Prints what was counted since the start.
pub(super) async fn metrics(State(state): State<ServerState>) -> impl IntoResponse {
    let text = state.metrics.render(state.storage.batches(), state.doorbell.listeners());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}
