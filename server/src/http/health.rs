//! `GET /health`, `/ready` and `/metrics`: for the operator and for monitoring.

use std::time::Duration;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};

use tokio::time::timeout;

use crate::{
    state::ServerState,
    storage::{StorageError, epochs},
    wholeness::Wholeness,
};

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
        // First: it knows best what became of the database.
        state.storage.check_writing().await?;
        let is_there = state.storage.read(epochs::any).await?;
        if is_there { Ok(()) } else { Err(StorageError::NoEpoch) }
    };
    match timeout(PATIENCE, look).await {
        Ok(Ok(())) => match state.wholeness.now() {
            Wholeness::Whole => (StatusCode::OK, "ready\n".to_owned()),
            Wholeness::Checking => (StatusCode::OK, "ready, checking\n".to_owned()),
            Wholeness::Damaged(fault) => (NOT, format!("{fault}\n")),
        },
        Ok(Err(error)) => (NOT, format!("{}\n", error.in_short())),
        Err(_) => {
            let seconds = PATIENCE.as_secs();
            (NOT, format!("the database did not answer within {seconds} seconds\n"))
        }
    }
}

/// Prints what was counted since the start.
pub(super) async fn metrics(State(state): State<ServerState>) -> impl IntoResponse {
    let text = state.metrics.render(state.storage.batches(), state.doorbell.listeners());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}
