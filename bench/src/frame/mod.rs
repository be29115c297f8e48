//! What every row is measured with: cost, spread, goal, report and its pictures.

pub mod case;
pub mod cost;
pub mod goal;
pub mod page;
pub mod picture;
pub mod report;
pub mod samples;
