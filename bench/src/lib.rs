//! What the product costs, measured beside the bare limit and beside its peers.
//!
//! A row of the table is a file in [`rows`]; [`frame`] is what each is measured with, [`fixtures`]
//! what it is measured on, [`peers`] who stands beside it. `bench/README.md` says how figures come
//! about.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to people")]

pub mod bench;
pub mod fixtures;
pub mod frame;
mod long_plan;
pub mod peers;
pub mod rows;
pub mod run;
mod servers;
