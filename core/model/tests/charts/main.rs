//! Charts against cases with known answers, against what must hold of any chart, and as pictures.

mod common;
mod properties;
mod vectors;
