//! The server: stores, orders and returns what devices exchange.
//!
//! ```
//! use clap::Parser;
//! use enhance_server::{Config, Machine, ServerState, command::CommandLine};
//! use tokio::{net::TcpListener, sync::oneshot};
//!
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! # let temporary = tempfile::tempdir()?;
//! # let folder = temporary.path().join("data");
//! let state = ServerState::open(&folder, Config::default(), Box::new(Machine))?;
//! let listener = TcpListener::bind("127.0.0.1:0").await?;
//! let (stop, stopped) = oneshot::channel::<()>();
//! let serving = tokio::spawn(enhance_server::run(listener, state, async { drop(stopped.await) }));
//!
//! // Commands work on the folder while the server runs.
//! let data = folder.to_string_lossy();
//! let invite = ["enhance-server", "invite", "--data", &data, "--role", "trainee", "--name", "Dr A"];
//! let mut said = Vec::new();
//! CommandLine::try_parse_from(invite)?.run(&mut said)?;
//! assert!(String::from_utf8(said)?.contains("enhance enrol --server URL"));
//!
//! drop(stop);
//! serving.await??;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A request is one round trip. It is read and authenticated in [`http`], decided in [`exchange`],
//! and written by the one writing thread of [`storage`], which answers after the commit. Plain
//! changes pass the admission gate before that, on a thread of its own; sealed ones are checked from
//! outside only, since the server cannot open them. No document stays in memory; what is needed to
//! judge the next change of those written to lately does (`catalogues`).
//!
//! [`run`] serves until it is told to stop; everything the command line offers is in [`command`].

mod backlog;
pub mod blobs;
mod catalogues;
mod certify;
pub mod command;
pub mod config;
mod devices;
pub mod door;
mod doorbell;
pub mod enrol;
pub mod error;
pub mod exchange;
pub mod folds;
pub mod http;
pub mod log;
pub mod metrics;
mod own_devices;
mod receipts;
mod refusals;
mod run;
mod settings;
pub mod space;
pub mod state;
pub mod storage;
pub mod surroundings;
pub mod tickets;
mod trials;
mod turns;
mod waiting;
mod web;
pub mod wholeness;

pub use config::Config;
pub use run::run;
pub use state::ServerState;
pub use surroundings::{Machine, Surroundings};
