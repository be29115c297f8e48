//! Charts against cases with known answers, against what must hold of any chart, and as pictures.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod pictures;
mod properties;
mod vectors;
mod vocabulary;
mod worked;
