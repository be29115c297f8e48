//! Identifiers against cases with known answers, and against what must hold of any text.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod as_typed;
mod cases;
mod neighbours;
mod properties;
mod vectors;
