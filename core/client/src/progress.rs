//! How long work tells how far it has come.

use serde::Serialize;

/// How far long work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// A round trip of a sync was taken in.
    Exchanged {
        /// Entries stored by the server so far.
        pushed: u64,
        /// Entries and people that came so far.
        pulled: u64,
        /// Whether more will follow.
        more: bool,
    },
    /// A part of an attachment was sent.
    Uploaded {
        /// Bytes of it that the server has.
        bytes: u64,
        total: u64,
    },
    /// A part of a download arrived.
    Downloaded {
        /// Bytes that are here.
        bytes: u64,
        total: u64,
    },
    /// A file of an export was written or read back.
    Copied {
        /// Bytes of files that are done.
        bytes: u64,
        total: u64,
    },
}

/// What hears of progress.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Send + Sync);
