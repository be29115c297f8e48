//! The server as devices meet it: a real one on a free port, over real sockets.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a test is to end it")]

mod archives;
mod attachments;
mod attacks;
mod backups;
mod commands;
mod contents;
mod door;
mod doorbell;
mod enrolment;
mod exchanges;
mod folds;
mod joining;
mod lately;
mod legible;
mod operator;
mod own_devices;
mod packs;
mod page;
mod people;
mod proxy;
mod published;
mod receipts;
mod refusals;
mod room;
mod sharing;
mod signing;
mod starting;
mod tickets;
mod trials;
mod unreadable;
mod whose_refusal;
