//! The limits: Automerge and the encrypted `SQLite` as they are, doing what has to be done and no
//! more.

use automerge::{
    AutoCommit, Change, ObjId, ObjType, ROOT, ReadDoc,
    transaction::{CommitOptions, Transactable},
};
use rusqlite::{Connection, params};
use tempfile::TempDir;

/// A document with one text.
pub struct BareDocument {
    doc: AutoCommit,
    text: ObjId,
}

impl BareDocument {
    pub fn new(text: &str) -> Self {
        let mut doc = AutoCommit::new();
        let object = doc.put_object(ROOT, "text", ObjType::Text).unwrap();
        doc.splice_text(&object, 0, 0, text).unwrap();
        doc.commit();
        Self { doc, text: object }
    }

    /// A project as it was saved, of which one section is written.
    pub fn load(saved: &[u8]) -> Self {
        let doc = AutoCommit::load(saved).unwrap();
        let (_, sections) = doc.get(ROOT, "sections").unwrap().unwrap();
        let (_, text) = doc.get(&sections, "problem").unwrap().unwrap();
        Self { doc, text }
    }

    /// Writes at the end of the text, and returns the change.
    pub fn append(&mut self, text: &str) -> Vec<u8> {
        let end = self.doc.length(&self.text);
        self.doc.splice_text(&self.text, end, 0, text).unwrap();
        let hash = self.doc.commit_with(CommitOptions::default().with_time(1)).unwrap();
        self.doc.get_change_by_hash(&hash).unwrap().raw_bytes().to_vec()
    }

    /// Applies changes at once.
    pub fn apply(&mut self, changes: &[Vec<u8>]) {
        let changes = changes.iter().map(|bytes| Change::try_from(bytes.as_slice()).unwrap());
        self.doc.apply_changes(changes.collect::<Vec<_>>()).unwrap();
    }
}

/// An encrypted database with a change and a row to a transaction.
pub struct BareStore {
    database: Connection,
    _folder: TempDir,
}

impl BareStore {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Connection::open(folder.path().join("bare.db")).unwrap();
        let key = format!("x'{}'", "07".repeat(32));
        database.pragma_update(None, "key", key).unwrap();
        database
            .execute_batch(
                "PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                CREATE TABLE change (position INTEGER PRIMARY KEY, body BLOB NOT NULL);
                CREATE TABLE shown (id INTEGER PRIMARY KEY, text TEXT NOT NULL);",
            )
            .unwrap();
        Self { database, _folder: folder }
    }

    /// Keeps a change and what a screen shows, durably.
    pub fn append(&mut self, change: &[u8], text: &str) {
        let write = self.database.transaction().unwrap();
        write
            .prepare_cached("INSERT INTO change (body) VALUES (?1)")
            .unwrap()
            .execute(params![change])
            .unwrap();
        write
            .prepare_cached("INSERT OR REPLACE INTO shown (id, text) VALUES (1, ?1)")
            .unwrap()
            .execute(params![text])
            .unwrap();
        write.commit().unwrap();
    }
}
