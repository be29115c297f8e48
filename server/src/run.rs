//! Serving: from a listener and a state to the last answer.

use std::{future::Future, io, time::Duration};

use tokio::{net::TcpListener, sync::watch};

use crate::{
    blobs, door, folds, http, refusals, space, state::ServerState, tickets, trials, wholeness,
};

/// How long requests under way may take once the server was told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// Serves until `shutdown`, then takes no more connections, lets requests under way finish, and
/// returns when everything acknowledged is on disk.
pub async fn run(
    listener: TcpListener,
    state: ServerState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let watch = match state.config.watch {
        Some(address) => Some(TcpListener::bind(address).await?),
        None => None,
    };
    run_watched(listener, watch, state, shutdown).await
}

/// The same where monitoring is answered by a listener that is there already, or not at all.
pub(crate) async fn run_watched(
    listener: TcpListener,
    watch: Option<TcpListener>,
    state: ServerState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    if let Some(watch) = &watch {
        let address = watch.local_addr()?;
        // It is served once in the life of a state.
        let _ = state.watched_at.set(address);
        tracing::info!(%address, "/ready and /metrics are answered here");
    }
    let (stop, mut stopped) = watch::channel(false);
    let background = [
        tokio::spawn(async move {
            shutdown.await;
            // The other end is gone only if serving has ended already.
            let _ = stop.send(true);
            std::future::pending::<()>().await;
        }),
        tokio::spawn(trials::work::run(state.clone())),
        tokio::spawn(folds::work::run(state.clone())),
        tokio::spawn(blobs::work::run(state.clone())),
        tokio::spawn(tickets::work::run(state.clone())),
        tokio::spawn(refusals::run(state.clone())),
        tokio::spawn(wholeness::work::run(state.clone())),
        tokio::spawn(space::work::run(state.clone())),
        tokio::spawn(answer_monitoring(watch, state.clone())),
        tokio::spawn(close_doorbell(stopped.clone(), state.clone())),
    ];
    let router = http::router(state.clone());
    let serving = door::serve(listener, router, &state.config.door, stopped.clone());
    let too_long = async move {
        if stopped.wait_for(|stopped| *stopped).await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    let result = tokio::select! {
        result = serving => result,
        () = too_long => {
            tracing::warn!("requests were cut off; nothing of them was acknowledged");
            Ok(())
        }
    };
    for work in background {
        work.abort();
    }
    refusals::settle(&state, None).await;
    tokio::task::spawn_blocking(move || state.storage.close()).await.map_err(io::Error::other)?;
    result
}

/// Ends the answers that would never end, once the server is told to stop.
async fn close_doorbell(mut stopped: watch::Receiver<bool>, state: ServerState) {
    // If nobody can tell it any more it stops as well.
    let _ = stopped.wait_for(|stopped| *stopped).await;
    state.doorbell.close();
}

async fn answer_monitoring(listener: Option<TcpListener>, state: ServerState) {
    let Some(listener) = listener else { return };
    if let Err(error) = axum::serve(listener, http::watch_router(state)).await {
        tracing::error!(%error, "monitoring is not answered any more");
    }
}
