//! Threads, files and sockets of an operating system, by way of Tokio.

pub(crate) mod address;
pub(crate) mod beside;
mod fault;
pub(crate) mod http;
pub(crate) mod part;
pub(crate) mod task;
pub(crate) mod time;
