//! `serve`: the server itself, until it is told to stop.

use std::{io, net::SocketAddr, path::PathBuf};

use clap::Args;
use tokio::net::TcpListener;

use super::{
    arguments::{DataFolder, address},
    error::CommandError,
};
use crate::{
    config::{self, Config},
    run::run_watched,
    state::ServerState,
    storage::StorageError,
    surroundings::Machine,
};

/// Serve until told to stop; what was acknowledged by then is on disk.
#[derive(Debug, Args)]
#[command(after_help = after_help())]
pub struct Serve {
    #[command(flatten)]
    folder: DataFolder,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", value_parser = address)]
    listen: SocketAddr,
    /// Limits other than the defaults.
    #[arg(long, value_name = "FILE.toml")]
    config: Option<PathBuf>,
}

fn after_help() -> String {
    format!(
        "Examples:
  enhance-server serve --data /srv/enhance --listen 127.0.0.1:8080
  enhance-server serve --data /srv/enhance --listen 127.0.0.1:0 --config server.toml

The configuration is TOML. Everything may be left out; these are the defaults, and from what to what
each can be set. What is wrong with a configuration is said before anything begins, as it is by
`check` and `status`:
{}

The server speaks plain HTTP: put a proxy that speaks TLS in front of it, and have it write
X-Forwarded-For. /metrics asks nobody who they are: keep `watch` off the network.",
        config::help()
    )
}

impl Serve {
    pub(super) fn run(self, out: &mut dyn io::Write) -> Result<(), CommandError> {
        let config = self.config.as_deref().map_or_else(|| Ok(Config::default()), Config::read)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(StorageError::file("the threads of the server"))?;
        // Before anything is made or opened: a second server that is started by a slip of the pen
        // leaves nothing behind.
        #[cfg(unix)]
        runtime.block_on(async { outlive_limits() }).map_err(StorageError::file("signals"))?;
        let listeners = runtime.block_on(Listeners::bind(self.listen, config.watch))?;
        let state = ServerState::open(&self.folder.data, config, Box::new(Machine))?;
        runtime.block_on(serve(listeners, state, out))
    }
}

/// Where devices and monitoring are answered.
struct Listeners {
    devices: TcpListener,
    watch: Option<TcpListener>,
}

impl Listeners {
    async fn bind(devices: SocketAddr, watch: Option<SocketAddr>) -> Result<Self, CommandError> {
        let devices = listen("--listen", devices).await?;
        let watch = match watch {
            Some(address) => Some(listen("watch", address).await?),
            None => None,
        };
        Ok(Self { devices, watch })
    }
}

async fn listen(named: &str, address: SocketAddr) -> Result<TcpListener, CommandError> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|source| CommandError::Listen { what: format!("{named} {address}"), source })
}

async fn serve(
    listeners: Listeners,
    state: ServerState,
    out: &mut dyn io::Write,
) -> Result<(), CommandError> {
    let Listeners { devices, watch } = listeners;
    let bound = devices.local_addr().map_err(StorageError::file("the address of the server"))?;
    // Before the server says that it is ready: a script that hears it may stop it at once.
    let stopping = told_to_stop().map_err(StorageError::file("signals"))?;
    writeln!(out, "enhance-server ready at http://{bound}")?;
    out.flush()?;
    let served = run_watched(devices, watch, state, stopping).await;
    Ok(served.map_err(StorageError::file("serving"))?)
}

/// A file that may grow no further is an error to whoever writes it, as a full disk is. Unless
/// somebody listens to its signal, the system ends the server instead.
#[cfg(unix)]
fn outlive_limits() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    /// SIGXFSZ, as Linux and macOS number it.
    const FILE_TOO_LARGE: i32 = 25;
    signal(SignalKind::from_raw(FILE_TOO_LARGE)).map(drop)
}

#[cfg(unix)]
fn told_to_stop() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn told_to_stop() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
