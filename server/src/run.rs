//! Serving: from a listener and a state to the last answer.

use std::{future::Future, io, time::Duration};

use tokio::{net::TcpListener, sync::watch};

use crate::{blobs, folds, http, state::ServerState, trials};

/// How long requests under way may take once the server was told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// Serves until `shutdown`, then takes no more connections, lets requests under way finish, and
/// returns when everything acknowledged is on disk.
pub async fn run(
    listener: TcpListener,
    state: ServerState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stop, mut stopped) = watch::channel(false);
    let signal = async move {
        shutdown.await;
        // The other end is gone only if serving has ended already.
        let _ = stop.send(true);
    };
    let trying = tokio::spawn(trials::work::run(state.clone()));
    let folding = tokio::spawn(folds::work::run(state.clone()));
    let sweeping = tokio::spawn(blobs::work::run(state.clone()));
    let serving = axum::serve(listener, http::router(state.clone())).with_graceful_shutdown(signal);
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
    trying.abort();
    folding.abort();
    sweeping.abort();
    tokio::task::spawn_blocking(move || state.storage.close()).await.map_err(io::Error::other)?;
    result
}
