//! The harness in which stories about Enhance are told.
//!
//! A [`World`](world::World) has one [`Server`](server::Server), a real process with a data folder
//! of its own, one clock and one source of chance. Every [`Device`](device::Device) in it is the
//! real core in a folder of its own, and reaches the server through a
//! [`Network`](network::Network) that can do to bytes what real networks do. Whatever is left to
//! chance comes from one seed, which is printed when a story fails.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a harness says no by panicking"
)]

pub mod bare;
pub mod chance;
pub mod clock;
pub mod content;
mod deeds;
pub mod device;
pub mod network;
pub mod newer_app;
mod packs;
pub mod phone;
pub mod server;
pub mod traces;
pub mod wait;
pub mod world;
