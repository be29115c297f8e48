//! What SQLite stands on in a browser: a disk of our own, and the few things that a C library
//! would bring along.

pub mod disk;
mod memory;
mod sharing;
mod vfs;
