//! A server on threads of this process, under the clock and the chance of the story.

use std::{
    fmt, io,
    net::{SocketAddr, TcpListener},
    path::Path,
    thread::{self, JoinHandle},
};

use enhance_client::{Clock, Randomness};
use enhance_model::Timestamp;
use enhance_server::{Config, ServerState, storage::StorageError};
use tokio::{runtime::Builder, sync::oneshot};

use crate::{chance::Chance, clock::StoryClock, wait};

/// What the server asks for the time and for chance.
#[derive(Clone)]
pub(super) struct Surroundings {
    clock: StoryClock,
    chance: Chance,
}

impl Surroundings {
    pub(super) const fn new(clock: StoryClock, chance: Chance) -> Self {
        Self { clock, chance }
    }
}

impl enhance_server::Surroundings for Surroundings {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.chance.fill(bytes);
    }
}

/// The server. It stops when it is dropped.
pub(super) struct ServerThread {
    state: Option<ServerState>,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<io::Result<()>>>,
}

impl ServerThread {
    /// Starts it. None if the address is taken.
    #[track_caller]
    pub(super) fn start(
        data: &Path,
        config: &Config,
        surroundings: &Surroundings,
        listen: SocketAddr,
    ) -> Option<(Self, SocketAddr)> {
        let listener = TcpListener::bind(listen).ok()?;
        let address = listener.local_addr().ok()?;
        let state = open(data, config, surroundings);
        let (stop, stopped) = oneshot::channel();
        let served = state.clone();
        let serving = thread::spawn(move || {
            let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
            listener.set_nonblocking(true)?;
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener)?;
                enhance_server::run(listener, served, async { drop(stopped.await) }).await
            })
        });
        let started = Self { state: Some(state), stop: Some(stop), serving: Some(serving) };
        Some((started, address))
    }

    pub(super) fn state(&self) -> &ServerState {
        self.state.as_ref().expect("a server that runs")
    }

    /// Lets it finish what is under way.
    #[track_caller]
    pub(super) fn stop(mut self) {
        let ended = self.end().expect("a server that runs");
        ended.expect("the server panicked").expect("the server stopped with an error");
    }

    fn end(&mut self) -> Option<thread::Result<io::Result<()>>> {
        // The data folder is held for as long as the state lives.
        drop((self.stop.take(), self.state.take()));
        self.serving.take().map(JoinHandle::join)
    }
}

impl Drop for ServerThread {
    fn drop(&mut self) {
        // An error there has failed the story already.
        drop(self.end());
    }
}

impl fmt::Debug for ServerThread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerThread").finish_non_exhaustive()
    }
}

/// Opens the data folder. A program that is just being started from this process holds, for a moment,
/// every file that is open here, the lock of a server that has just stopped among them.
#[track_caller]
fn open(data: &Path, config: &Config, surroundings: &Surroundings) -> ServerState {
    let opened = wait::until("the server's folder to be free", || {
        match ServerState::open(data, config.clone(), Box::new(surroundings.clone())) {
            Err(StorageError::InUse(_)) => None,
            opened => Some(opened),
        }
    });
    opened.unwrap_or_else(|error| panic!("the server does not open: {error}"))
}
