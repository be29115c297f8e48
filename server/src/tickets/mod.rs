//! Tickets: what people do with their own, and what holders of one may do without an account.
//!
//! Whoever has no link learns nothing: an unknown bearer has one answer, after the same look-up as
//! a known one. What became of a ticket is told to who has its link.

mod holders;
mod owners;
mod trail;
pub mod work;

pub use self::{
    holders::{answer, open},
    owners::step,
};
