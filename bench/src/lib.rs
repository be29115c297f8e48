//! What the product costs, measured beside the bare limit and beside its peers.
//!
//! It is a program of the workspace, built as it is released and started by `cargo xtask`:
//!
//! ```text
//! cargo xtask bench --list               # which rows there are
//! cargo xtask bench --quick edit-plan    # whether a row works
//! cargo xtask bench edit-plan first-sync # what two rows cost; figures are kept
//! cargo xtask bench attacks:g3           # one attack
//! ```
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
