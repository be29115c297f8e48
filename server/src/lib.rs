//! The server: stores, orders and returns what devices exchange.
//!
//! A request is one round trip. It is read and authenticated in [`http`], decided in [`exchange`],
//! and written by the one writing thread of [`storage`], which answers after the commit. Plain
//! changes pass the admission gate before that, on a thread of its own; sealed ones are checked from
//! outside only, since the server cannot open them. No document stays in memory.
//!
//! [`run`] serves until it is told to stop; everything the command line offers is in [`command`].

pub mod command;
pub mod config;
pub mod enrol;
pub mod error;
pub mod exchange;
pub mod http;
pub mod metrics;
mod settings;
pub mod state;
pub mod storage;
pub mod surroundings;

use std::{future::Future, io, time::Duration};

use tokio::{net::TcpListener, sync::watch};

pub use config::Config;
pub use state::ServerState;
pub use surroundings::{Machine, Surroundings};

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
        // Nobody listens any more only if serving has ended already.
        let _ = stop.send(true);
    };
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
    tokio::task::spawn_blocking(move || state.storage.close()).await.map_err(io::Error::other)?;
    result
}
