//! A file that comes piece by piece, written away from the threads that wait for the network.

use std::{io, path::Path};

use tokio::{
    fs::{File, OpenOptions},
    io::AsyncWriteExt,
};

/// A file that is being written.
pub(crate) struct Part(File);

impl Part {
    /// Opens one to be written from its end on, or anew.
    pub(crate) async fn open(path: &Path, at_end: bool) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.create(true).write(true).append(at_end).truncate(!at_end);
        options.open(path).await.map(Self)
    }

    /// Writes a piece behind what is there.
    pub(crate) async fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.0.write_all(piece).await
    }

    /// Returns once every piece is written.
    pub(crate) async fn flush(&mut self) -> io::Result<()> {
        self.0.flush().await
    }

    /// Returns once it would be there after the power went.
    pub(crate) async fn keep(&self) -> io::Result<()> {
        self.0.sync_all().await
    }
}
