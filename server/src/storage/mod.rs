//! Everything the server keeps: one database, and the files of packs beside it.
//!
//! One thread writes, many jobs in one durable transaction, and answers after the commit. Readers
//! take connections of their own and see a snapshot. What is asked most often - whether there is
//! anything new for a person - is answered from memory by [`Tips`].

pub mod access;
pub mod archives;
pub mod audit;
pub mod blobs;
pub mod claims;
pub mod contents;
pub mod directory;
pub mod documents;
pub mod epochs;
mod error;
pub mod folder;
pub mod folds;
pub mod hashed_file;
pub mod invitations;
pub mod journals;
pub mod keys;
pub mod mend;
pub mod outsiders;
pub mod packs;
pub mod parts;
pub mod people;
mod place;
mod reader;
pub mod revocations;
pub mod rounds;
mod row;
pub mod schema;
pub mod tickets;
mod tips;
pub mod tokens;
mod unreadable;
pub mod waiting_shares;
pub mod whole_file;
mod writer;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use rusqlite::Connection;

pub use error::StorageError;
pub use folder::Folder;
use place::Place;
pub use tips::Tips;
pub use unreadable::Unreadable;
pub use writer::{Batches, Write, write_beside};

/// Bytes for which a place is looked for, to see whether a request can be stored.
const PROBE_BYTES: u32 = 256 << 10;

/// The running server's way to its data.
pub struct Storage {
    writer: writer::Writer,
    readers: reader::Readers,
    tips: Arc<Tips>,
    place: Arc<Place>,
    /// Whether something was refused for want of room, and nothing was found a place since.
    was_full: AtomicBool,
}

impl Storage {
    /// Opens the database of a folder and starts the thread that writes.
    pub fn open(folder: &Folder, readers: usize) -> Result<Self, StorageError> {
        let file = folder.database();
        let db = schema::open(&file)?;
        let tips = Arc::new(Tips::load(&db)?);
        let place = Arc::new(Place::of(&file, schema::marked(&db)?)?);
        let writer = writer::Writer::start((Arc::clone(&place), db), Arc::clone(&tips))?;
        let readers = reader::Readers::new(file, Arc::clone(&place), readers);
        Ok(Self { writer, readers, tips, place, was_full: AtomicBool::new(false) })
    }

    /// What is newest for whom.
    pub fn tips(&self) -> &Tips {
        &self.tips
    }

    /// What the writing thread counts of its work.
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

    /// Whether something can be written now: the writing thread lives, and the disk has room for a
    /// page. Where little is free, or something was refused for want of room, for as much as a
    /// request brings: a page finds its place in the log however full the disk is.
    pub async fn check_writing(&self, is_tight: bool) -> Result<(), StorageError> {
        let was_full = self.was_full.load(Ordering::Relaxed);
        // What is written over with itself is not written at all.
        let another = "UPDATE readiness SET times = times + 1";
        let write = move |write: &mut Write<'_>| {
            write.db.prepare_cached(another)?.execute([])?;
            if is_tight || was_full {
                // A row that nobody sees: it is gone before anything is on disk.
                let sql = "INSERT INTO pack VALUES ('', 0, zeroblob(?1), 0)";
                write.db.execute(sql, [PROBE_BYTES])?;
                write.db.execute("DELETE FROM pack WHERE key = '' AND version = 0", [])?;
            }
            Ok::<_, StorageError>(())
        };
        self.write(write).await?;
        if was_full {
            self.was_full.store(false, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Notes that something was refused for want of room.
    pub fn note_full(&self) {
        self.was_full.store(true, Ordering::Relaxed);
    }

    /// Reads from a snapshot, on a thread that may block.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StorageError> + Send + 'static,
    ) -> Result<T, StorageError> {
        self.readers.read(work).await
    }

    /// Lets go of the pages that connections for reading keep: something was destroyed.
    pub fn forget_read(&self) {
        self.readers.forget();
    }

    /// Hears what commands wrote beside this server.
    pub async fn catch_up(&self) -> Result<(), StorageError> {
        let tips = Arc::clone(&self.tips);
        self.read(move |db| tips.catch_up(db)).await
    }

    /// Takes no more work, finishes what was taken, and ends the writing thread.
    pub fn close(&self) {
        if self.place.check().is_err() {
            self.readers.leave_log();
        }
        self.writer.close();
    }
}
