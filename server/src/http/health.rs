//! `GET /health`, `/ready` and `/metrics`: for the operator and for monitoring.

use std::time::Duration;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};

use tokio::time::timeout;

use crate::{
    space::Space,
    state::ServerState,
    storage::{StorageError, epochs},
    wholeness::Wholeness,
};

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Below so many free bytes a page in the log says nothing about what a request brings.
const TIGHT_BYTES: u64 = 8 << 20;

/// Says that the process is alive.
pub(super) async fn health() -> &'static str {
    "alive\n"
}

/// Says whether the database can be read and written, and what is known of its being whole.
pub(super) async fn ready(State(state): State<ServerState>) -> (StatusCode, String) {
    const NOT: StatusCode = StatusCode::SERVICE_UNAVAILABLE;
    let look = async {
        // First: it knows best what became of the database.
        state.storage.check_writing(is_tight(&state).await).await?;
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

/// Whether so little is free that it has to be tried whether something finds its place.
async fn is_tight(state: &ServerState) -> bool {
    let folder = state.folder.clone();
    let looked = tokio::task::spawn_blocking(move || Space::of(&folder)).await;
    looked.is_ok_and(|space| space.is_ok_and(|space| space.free < TIGHT_BYTES))
}

/// Prints what was counted since the start.
pub(super) async fn metrics(State(state): State<ServerState>) -> impl IntoResponse {
    let text = state.metrics.render(state.storage.batches(), state.doorbell.listeners());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}
