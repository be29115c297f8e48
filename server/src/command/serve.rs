//! `serve`: the server itself, until it is told to stop.

use std::{io, net::SocketAddr, path::PathBuf};

use clap::Args;
use tokio::net::TcpListener;

use super::{arguments::DataFolder, error::CommandError};
use crate::{
    config::Config, run::run, state::ServerState, storage::StorageError, surroundings::Machine,
};

/// Serve until told to stop; what was acknowledged by then is on disk.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server serve --data /srv/enhance --listen 127.0.0.1:8080
  enhance-server serve --data /srv/enhance --listen 127.0.0.1:0 --config server.toml

The configuration is TOML. Everything may be left out; these are the defaults:
  page_bytes = 1048576           # of one page of an answer
  trial_every = 500              # changes after which a document is tried as a whole
  watch = '127.0.0.1:8081'       # answers /ready and /metrics; not set, nothing does
  web = '/usr/share/enhance/web' # the page at /, as built; not set, there is none
  [limits]
  request_bytes = 4194304        # of one request
  change_bytes = 1048576         # of one edit
  text_chars = 262144            # of one text
  document_bytes = 16777216      # of one document with its history
  document_changes = 200000      # of one document
  person_bytes = 536870912       # of everything a person owns
  requests_per_minute = 600      # of one device
  [door]
  connections = 768              # at once, each a file that the process opens
  connections_by_address = 256   # of them, unless the address is a proxy's
  head_seconds = 30              # until a connection has said what it wants next
  pause_seconds = 20             # without a byte of a body; three times that of an answer
  slowest_bytes = 2048           # of a body in a second, on the whole
  held_bytes = 268435456         # of all requests at once, unpacked ones included
  enrolments_by_address = 240    # attempts in a minute, and questions who the server is
  enrolments = 2400              # attempts in a minute in all
  requests_of_person = 8         # under way at once
  files_of_person_per_minute = 6000 # of packs and attachments that somebody asks for
  files_of_person = 16           # of them on their way at once, each a file that is open
  listeners = 512                # at the doorbell at once, each one of the connections
  proxies = ['127.0.0.1', '::1'] # whose X-Forwarded-For is believed
  [space]
  low_bytes = 4294967296         # free on the disk, below which it is getting full
  urgent_bytes = 536870912       # free on the disk, below which soon nothing can be stored
  person_percent = 90            # of their space, from which a person is named by `status`

The server speaks plain HTTP: put a proxy that speaks TLS in front of it, and have it write
X-Forwarded-For. /metrics asks nobody who they are: keep `watch` off the network.")]
pub struct Serve {
    #[command(flatten)]
    folder: DataFolder,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Limits other than the defaults.
    #[arg(long, value_name = "FILE.toml")]
    config: Option<PathBuf>,
}

impl Serve {
    pub(super) fn run(self, out: &mut dyn io::Write) -> Result<(), CommandError> {
        let config = self.config.as_deref().map_or_else(|| Ok(Config::default()), Config::read)?;
        let state = ServerState::open(&self.folder.data, config, Box::new(Machine))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(StorageError::file("the threads of the server"))?;
        runtime.block_on(serve(self.listen, state, out))
    }
}

async fn serve(
    address: SocketAddr,
    state: ServerState,
    out: &mut dyn io::Write,
) -> Result<(), CommandError> {
    let listener =
        TcpListener::bind(address).await.map_err(StorageError::file(address.to_string()))?;
    let bound = listener.local_addr().map_err(StorageError::file(address.to_string()))?;
    // Before the server says that it is ready: a script that hears it may stop it at once.
    let stopping = told_to_stop().map_err(StorageError::file("signals"))?;
    writeln!(out, "enhance-server ready at http://{bound}")?;
    out.flush()?;
    Ok(run(listener, state, stopping).await?)
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
