//! Everything the server keeps: one database, and the files of packs beside it.
//!
//! One thread writes, many jobs in one durable transaction, and answers after the commit. Readers
//! take connections of their own and see a snapshot. What is asked most often - whether there is
//! anything new for a person - is answered from memory by [`Tips`].

pub mod access;
pub mod audit;
pub mod documents;
pub mod epochs;
pub mod folder;
pub mod invitations;
pub mod packs;
pub mod people;
mod reader;
mod row;
pub mod schema;
mod tips;
mod writer;

use std::{io, sync::Arc};

use rusqlite::Connection;

pub use folder::Folder;
pub use tips::Tips;
pub use writer::{Batches, Write};

/// Why something could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database could not do it.
    #[error("the database: {0}")]
    Database(#[from] rusqlite::Error),
    /// A file or folder could not be used.
    #[error("{what}: {source}")]
    File {
        /// Which, and what for.
        what: String,
        /// What the system said.
        source: io::Error,
    },
    /// A newer version of the server has been at work here.
    #[error("this database has version {found}; this server knows {known}. Use a newer server")]
    Newer {
        found: usize,
        /// The newest this server knows.
        known: usize,
    },
    /// A server is using the folder.
    #[error("{0} is in use by a running server")]
    InUse(String),
    /// What is stored is not what can have been stored.
    #[error("what is stored is broken: {0}")]
    Broken(String),
    /// More waits to be written than is sensible.
    #[error("too much is waiting to be written")]
    Busy,
    /// The transaction could not be committed.
    #[error("nothing of the transaction was stored")]
    NotCommitted,
    /// The server is stopping.
    #[error("the server is stopping")]
    Closed,
}

impl StorageError {
    /// An error about a file, saying which and what for.
    pub(crate) fn file(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::File { what, source }
    }
}

/// The running server's way to its data.
pub struct Storage {
    writer: writer::Writer,
    readers: reader::Readers,
    tips: Arc<Tips>,
}

impl Storage {
    /// Opens the database of a folder and starts the thread that writes.
    pub fn open(folder: &Folder, readers: usize) -> Result<Self, StorageError> {
        let db = schema::open(&folder.database())?;
        let tips = Arc::new(Tips::load(&db)?);
        let writer = writer::Writer::start(db, Arc::clone(&tips))?;
        Ok(Self { writer, readers: reader::Readers::new(folder.database(), readers), tips })
    }

    /// What is newest for whom.
    pub fn tips(&self) -> &Tips {
        &self.tips
    }

    /// How the writer fares.
    pub fn batches(&self) -> &Batches {
        self.writer.batches()
    }

    /// Does something in the next transaction; returns once that is on disk. If `work` fails,
    /// nothing of it is kept, and what others do in the same transaction is not touched.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        self.writer.write(work).await
    }

    /// Reads a snapshot.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StorageError> + Send + 'static,
    ) -> Result<T, StorageError> {
        self.readers.read(work).await
    }

    /// Takes no more work, finishes what was taken, and ends the writing thread.
    pub fn close(&self) {
        self.writer.close();
    }
}
