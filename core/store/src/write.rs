//! The one door through which everything is written.

use std::{cell::Cell, ops::Deref};

use enhance_model::{DocumentId, Timestamp};
use rusqlite::{Connection, Params, Transaction, TransactionBehavior, params};

use crate::{
    Changes, DocumentState, Store, StoreError, Topic,
    error::During,
    file::{files::PAGE_BYTES, upgrade_copy},
    sql,
};

/// Pages by which the database may grow for what is noted of words that are sent.
const NOTES: i64 = 8;
/// Free pages in the file that are room for words: 128 KiB. Fewer are there without a deletion.
const FREED: i64 = 32;
/// As many pages as a database may have.
const MOST_PAGES: i64 = 4_294_967_294;

/// A write in progress. It reads like the store, and sees what it has written itself.
pub struct Write<'store> {
    store: &'store Store,
    pub(crate) changes: Changes,
    pub(crate) shredded: bool,
    /// The document that was found active last: most writes are about one alone.
    pub(crate) active: Cell<Option<DocumentId>>,
}

impl Deref for Write<'_> {
    type Target = Store;

    fn deref(&self) -> &Store {
        self.store
    }
}

impl Store {
    /// Does all of `work` or none of it, and says what changed.
    ///
    /// `Ok` comes after the commit is durable and never before.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, E>,
    ) -> Result<(T, Changes), E> {
        self.require_writable()?;
        let is_allowed = self.reserve.allows_writing();
        if (!is_allowed || self.reserve.is_all_there_is()) && self.has_freed_room()? {
            // Whoever deleted something to write this has no other room for it.
            self.lend_reserve(0)?;
            let done = self.commit(work);
            // Whatever comes of that, what was written is.
            let _ = self.take_reserve_back();
            return done;
        }
        if !is_allowed {
            return Err(StoreError::Full { during: "beginning a write" }.into());
        }
        self.commit(work)
    }

    /// Lets a full disk take what is noted of words that go to the server: in the room that is kept
    /// in reserve, until that is taken back, the database grows by a few pages at most.
    pub fn lend_reserve_to_send(&mut self) -> Result<(), StoreError> {
        self.require_writable()?;
        self.lend_reserve(NOTES)
    }

    fn lend_reserve(&mut self, pages: i64) -> Result<(), StoreError> {
        let used = self.pragma("page_count")?;
        self.reserve.lend();
        let spare = i64::try_from(self.reserve.spare() / PAGE_BYTES).unwrap_or(i64::MAX);
        self.let_grow_to(used.saturating_add(spare.min(pages)))
    }

    /// Keeps a reserve again after it was lent.
    pub fn take_reserve_back(&mut self) -> Result<(), StoreError> {
        self.let_grow_to(MOST_PAGES)?;
        self.log_to_scrub = true;
        self.scrub_log();
        self.reserve.take_back();
        Ok(())
    }

    /// Whether what was deleted left room in the file for a person's words.
    fn has_freed_room(&self) -> Result<bool, StoreError> {
        Ok(self.pragma("freelist_count")? >= FREED)
    }

    fn pragma(&self, name: &str) -> Result<i64, StoreError> {
        let read = self.reader.connection.pragma_query_value(None, name, |row| row.get(name));
        read.during("looking for room")
    }

    fn let_grow_to(&self, pages: i64) -> Result<(), StoreError> {
        let sql = format!("PRAGMA max_page_count = {pages}");
        self.reader.connection.query_row(&sql, [], |_| Ok(())).during("looking for room")
    }

    /// The same for what makes room: it may have what is kept in reserve for that on a disk
    /// that is full.
    pub fn write_to_make_room<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, E>,
    ) -> Result<(T, Changes), E> {
        self.require_writable()?;
        self.reserve.make_room();
        let done = self.commit(work);
        // The log may have taken what was given up.
        self.log_to_scrub = true;
        self.scrub_log();
        self.reserve.keep();
        done
    }

    fn require_writable(&self) -> Result<(), StoreError> {
        if self.is_read_only {
            return Err(StoreError::ReadOnly { path: self.path().to_owned() });
        }
        // A file that nobody can open any more takes words as any other, and loses them.
        if self.mark.is_some() && self.file_mark() != self.mark {
            let what = "its file was moved or deleted while it was open; open it once more";
            return Err(StoreError::Damaged { what: what.to_owned() });
        }
        Ok(())
    }

    fn commit<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, E>,
    ) -> Result<(T, Changes), E> {
        let transaction = self.begin()?;
        let (changes, active) = (Changes::default(), Cell::new(None));
        let mut write = Write { store: self, changes, shredded: false, active };
        let done = work(&mut write)?;
        let Write { changes, shredded, .. } = write;
        end(transaction)?;
        self.written(shredded);
        Ok((done, changes))
    }

    fn begin(&self) -> Result<Transaction<'_>, StoreError> {
        let behaviour = TransactionBehavior::Immediate;
        Transaction::new_unchecked(&self.reader.connection, behaviour).during("beginning a write")
    }

    fn written(&mut self, shredded: bool) {
        if shredded {
            upgrade_copy::forget(self.path());
        }
        // What is lent holds the log of one write.
        self.log_to_scrub |= shredded || self.reserve.is_lent();
        self.scrub_log();
    }
}

fn end(transaction: Transaction<'_>) -> Result<(), StoreError> {
    transaction.commit().during("committing a write")
}

impl Write<'_> {
    /// Notes a fact about the account.
    pub fn set_meta(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        let sql = "INSERT INTO meta (key, value) VALUES (?1, ?2)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.run("noting a fact about the account", sql, params![key, value])?;
        self.changes.touch(Topic::Account);
        Ok(())
    }

    /// Forgets a fact about the account.
    pub fn remove_meta(&mut self, key: &str) -> Result<(), StoreError> {
        self.run("forgetting a fact about the account", "DELETE FROM meta WHERE key = ?1", [key])?;
        self.changes.touch(Topic::Account);
        Ok(())
    }

    pub(crate) fn db(&self) -> &Connection {
        &self.store.connection
    }

    pub(crate) fn run(
        &self,
        during: &'static str,
        sql: &str,
        params: impl Params,
    ) -> Result<usize, StoreError> {
        sql::run(self.db(), during, sql, params)
    }

    /// Refuses to add to a document that was deleted, taken away or never here: a late arrival
    /// must not bring back what is gone.
    pub(crate) fn require_active(&self, document: DocumentId) -> Result<(), StoreError> {
        if self.active.get() == Some(document) {
            return Ok(());
        }
        match self.state(document)? {
            Some(DocumentState::Active) => {
                self.active.set(Some(document));
                Ok(())
            }
            Some(state) => Err(StoreError::NotActive { document, state }),
            None => Err(StoreError::UnknownDocument { document }),
        }
    }

    /// Refuses what belongs to a document that was never here or was deleted.
    pub(crate) fn require_not_deleted(&self, document: DocumentId) -> Result<(), StoreError> {
        if self.active.get() == Some(document) {
            return Ok(());
        }
        match self.state(document)? {
            Some(state @ DocumentState::Deleted) => Err(StoreError::NotActive { document, state }),
            Some(_) => Ok(()),
            None => Err(StoreError::UnknownDocument { document }),
        }
    }

    /// Refuses what belongs to a document that was never here.
    pub(crate) fn require_known(&self, document: DocumentId) -> Result<(), StoreError> {
        match self.state(document)? {
            Some(_) => Ok(()),
            None => Err(StoreError::UnknownDocument { document }),
        }
    }
}

/// A moment that may not have come, as `SQLite` keeps it.
pub(crate) fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_millis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OpenOptions;

    fn open(folder: &std::path::Path) -> Store {
        Store::open(OpenOptions { folder: folder.to_owned(), key: None }).unwrap()
    }

    /// Lets the database grow by this many pages and no more, as a full disk would.
    fn leave_room(store: &Store, pages: i64) {
        let used: i64 = pragma(store, "page_count");
        let sql = format!("PRAGMA max_page_count = {}", used + pages);
        store.connection.query_row(&sql, [], |_| Ok(())).unwrap();
    }

    fn pragma(store: &Store, name: &str) -> i64 {
        store.connection.pragma_query_value(None, name, |row| row.get(name)).unwrap()
    }

    #[test]
    fn wherever_a_write_runs_out_of_space_it_leaves_nothing_and_what_was_saved_stays() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open(folder.path());
        store.write(|write| write.set_meta("kept", b"yes")).unwrap();
        let large = vec![0; 4_000];
        let fill = |write: &mut Write<'_>| -> Result<(), StoreError> {
            (0..20).try_for_each(|number| write.set_meta(&format!("large {number}"), &large))
        };
        let mut refused = 0;
        let room = (0..100).find(|room| {
            leave_room(&store, *room);
            match store.write(fill) {
                Ok(_) => true,
                Err(StoreError::Full { .. }) => {
                    refused += 1;
                    assert_eq!(store.meta("large 0").unwrap(), None);
                    assert_eq!(store.meta("kept").unwrap().as_deref(), Some(&b"yes"[..]));
                    false
                }
                Err(other) => panic!("{other}"),
            }
        });
        assert_eq!(room, Some(refused));
        assert!(refused >= 20, "{refused}");
        drop(store);
        assert_eq!(open(folder.path()).meta("large 19").unwrap(), Some(large));
    }

    #[test]
    fn every_commit_waits_for_the_disk_and_deleted_bytes_are_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path());
        assert_eq!(pragma(&store, "synchronous"), 2, "FULL");
        assert_eq!(pragma(&store, "secure_delete"), 1);
        assert_eq!(pragma(&store, "foreign_keys"), 1);
        assert_eq!(pragma(&store, "checkpoint_fullfsync"), 1);
    }
}
