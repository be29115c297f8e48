//! A file that comes piece by piece.
#![allow(clippy::unused_async, reason = "elsewhere it is waited for")]

use std::{
    io::{self, Write as _},
    path::Path,
};

use enhance_store::fs::{File, OpenOptions};

use super::opfs;

/// A file that is being written.
pub(crate) struct Part(File);

impl Part {
    /// Opens one to be written from its end on, or anew.
    pub(crate) async fn open(path: &Path, at_end: bool) -> io::Result<Self> {
        opfs::make_room().await;
        OpenOptions::new().create(true).append(at_end).truncate(!at_end).open(path).map(Self)
    }

    /// Writes a piece behind what is there.
    pub(crate) async fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.0.write_all(piece)
    }

    /// Every piece is written at once.
    pub(crate) async fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    /// Returns once it would be there after the power went.
    pub(crate) async fn keep(&self) -> io::Result<()> {
        self.0.sync_all()
    }
}
