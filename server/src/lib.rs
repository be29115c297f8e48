//! The server: stores, orders and returns what devices exchange.
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
