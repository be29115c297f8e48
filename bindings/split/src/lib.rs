//! Cuts the module for browsers in two. A page waits for the first part, which can do what people do
//! in their first minutes, and has the rest brought behind it. What is in the first part is known by
//! watching: [`watched`] gives a module that tells of each function as it is called.
//!
//! Both parts work on one memory. A function that is in the rest has a stub in the first part, which
//! has the rest brought, unless it is there, and calls the function through the table:
//!
//! ```text
//! first part                                  rest
//!   export() ──▶ stub: is the rest there? ───▶ export, at its place in the table
//!                      no: ask the page          │
//!   alloc() ◀────────────────────────────────────┘ imports what it uses of the first part
//! ```
//!
//! | what | where |
//! |---|---|
//! | what a module consists of | `module` |
//! | what functions use | `uses` |
//! | which function goes where | `cut` |
//! | how each part is written | `first`, `rest` |
//!
//! ```
//! let module = wat::parse_str(
//!     r#"(module
//!         (import "page" "rest" (func $rest))
//!         (table 1 funcref)
//!         (func $now (export "now") (result i32) (i32.const 1))
//!         (func $later (export "later") (result i32)
//!             (i32.add (i32.mul (call $now) (i32.const 1000)) (i32.const 100000)))
//!         (elem (i32.const 0) func $now))"#,
//! )?;
//! let parts = enhance_split::split(&module, &[0].into(), "rest")?;
//! assert_eq!((parts.at_first, parts.later), (1, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cut;
mod first;
mod module;
mod rest;
mod uses;
mod watch;

use std::{collections::BTreeSet, convert::Infallible};

use thiserror::Error;

pub use self::watch::watched;
use self::{cut::Cut, module::Module};

/// Both parts of a module.
pub struct Parts {
    /// What a page waits for.
    pub first: Vec<u8>,
    /// What is brought behind it. It imports from a module without a name what the first exports.
    pub rest: Vec<u8>,
    /// Functions of the first part, stubs left out.
    pub at_first: usize,
    /// Functions of the rest.
    pub later: usize,
}

/// Why a module cannot be cut.
#[derive(Debug, Error)]
pub enum SplitError {
    /// It is no module, or a broken one.
    #[error("it cannot be read")]
    Unreadable(#[from] wasmparser::BinaryReaderError),
    /// It has something that cannot be written again.
    #[error("it cannot be written")]
    Unwritable(#[from] wasm_encoder::reencode::Error<Infallible>),
    /// It has something that no compiler of ours makes.
    #[error("it has {0}, which was never seen in such a module")]
    Unforeseen(&'static str),
    /// Nothing in it asks for the rest.
    #[error("it imports nothing whose name begins with {0:?}, by which the rest is asked for")]
    NobodyAsks(String),
}

/// Cuts a module. `seen` are the functions that are needed at first, as [`watched`] counts them; the
/// rest is asked for by an imported function without arguments whose name begins with `asks`.
pub fn split(module: &[u8], seen: &BTreeSet<u32>, asks: &str) -> Result<Parts, SplitError> {
    let whole = Module::read(module)?;
    let cut = Cut::of(&whole, seen, asks)?;
    Ok(Parts {
        first: first::first(&whole, &cut)?,
        rest: rest::rest(&whole, &cut)?,
        at_first: cut.at_first.len(),
        later: cut.later.len(),
    })
}
