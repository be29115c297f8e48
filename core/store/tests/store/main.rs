//! What the database promises, seen from outside.

#![expect(clippy::unwrap_used, reason = "in a test that is the failure")]

mod erasing;
mod lists;
mod opening;
mod outbox;
mod people_and_packs;
mod receipts;
mod refused;
mod salvaging;
mod searching;
mod shelf;
mod writing;
