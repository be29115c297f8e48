//! Words the tests need: a database in a folder of its own, and small things to put into it.

use std::{fs, path::Path};

use enhance_model::{
    ChangeHash, DeviceId, DocumentId, DocumentKind, EntryHash, PersonId, Timestamp, Version,
};
use enhance_store::{
    Changes, DatabaseKey, DocumentRow, DocumentSize, Entry, EntryKind, Fold, FoldHead, Hit,
    IndexFirst, OpenError, OpenOptions, Origin, Projection, Search, SearchOrder, Store, StoreError,
    Summary, Write,
};
use tempfile::TempDir;

pub const KEY: [u8; 32] = [7; 32];

/// A database in a folder of its own.
pub struct Shelf {
    pub store: Store,
    pub folder: TempDir,
}

pub fn shelf() -> Shelf {
    let folder = tempfile::tempdir().unwrap();
    Shelf { store: open(folder.path()).unwrap(), folder }
}

impl Shelf {
    pub fn write<T>(
        &mut self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, StoreError>,
    ) -> (T, Changes) {
        self.store.write(work).unwrap()
    }

    /// What is found once everything that waits is indexed.
    pub fn search(&mut self, search: &Search) -> Result<Vec<Hit>, StoreError> {
        self.write(|write| write.index(IndexFirst::Oldest, u32::MAX, body));
        self.store.search(search)
    }

    /// A shelf with this document on it.
    pub fn with(mut self, row: &DocumentRow) -> Self {
        self.write(|write| write.put_document(row));
        self
    }

    pub fn close(self) -> TempDir {
        self.folder
    }

    /// Everything in the files, the log included.
    pub fn bytes(&self) -> Vec<u8> {
        bytes_of(self.folder.path())
    }
}

/// A search for the first twenty hits.
pub fn looking_for(text: &str) -> Search {
    Search { text: text.to_owned(), order: SearchOrder::Best, offset: 0, limit: 20 }
}

pub fn bytes_of(folder: &Path) -> Vec<u8> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.is_file()).flat_map(|path| fs::read(path).unwrap()).collect()
}

pub fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
}

pub fn open(folder: &Path) -> Result<Store, OpenError> {
    Store::open(OpenOptions { folder: folder.to_owned(), key: None })
}

pub fn open_with_key(folder: &Path, key: [u8; 32]) -> Result<Store, OpenError> {
    let key = Some(DatabaseKey::from_bytes(key));
    Store::open(OpenOptions { folder: folder.to_owned(), key })
}

pub fn at(millis: i64) -> Timestamp {
    Timestamp::from_unix_millis(millis)
}

pub fn document(number: u8) -> DocumentId {
    DocumentId::from_bytes([number; 16])
}

pub fn person(number: u8) -> PersonId {
    PersonId::from_bytes([number; 16])
}

pub fn hash(number: u8) -> EntryHash {
    EntryHash::from_bytes([number; 32])
}

pub fn version(number: u8) -> Version {
    Version::new(vec![ChangeHash::from_bytes([number; 32])])
}

pub fn row(number: u8, kind: DocumentKind) -> DocumentRow {
    DocumentRow {
        id: document(number),
        kind,
        creator: person(1),
        owner: person(1),
        about: None,
        created_at: at(1_000),
        version: version(number),
    }
}

pub fn reflection(number: u8) -> DocumentRow {
    row(number, DocumentKind::Reflection)
}

pub fn project(number: u8) -> DocumentRow {
    row(number, DocumentKind::ChangeProject)
}

pub fn change(number: u8, of: u8, deps: &[u8], body: &str) -> Entry {
    Entry {
        hash: hash(number),
        document: document(of),
        kind: EntryKind::Change,
        body: body.into(),
        deps: deps.iter().copied().map(hash).collect(),
        device: Some(DeviceId::from_bytes([3; 16])),
        by: Some(person(1)),
    }
}

/// A fold of so many changes of five bytes each.
pub fn fold(body: &[u8], changes: u8) -> Fold {
    let head = FoldHead { hash: hash(changes), device: None, counter: 0 };
    Fold {
        body: body.to_vec(),
        heads: vec![head],
        size: DocumentSize { changes: changes.into(), bytes: 5 * u64::from(changes) },
        stored: true,
        archived: false,
    }
}

pub const HERE: Origin = Origin::Here { at: Timestamp::from_unix_millis(5) };

pub fn from_server(sequence: u64) -> Origin {
    Origin::Server { sequence, received_at: at(9) }
}

pub fn projection(row: &DocumentRow, title: &str, updated_at: i64) -> Projection {
    Projection {
        summary: Summary {
            document: row.id,
            kind: row.kind,
            title: title.to_owned(),
            preview: format!("{title} begins"),
            status: "draft".to_owned(),
            created_at: row.created_at,
            updated_at: at(updated_at),
            tags: ["domain:env".parse().unwrap()].into(),
            version: row.version.clone(),
        },
        parts: [(String::new(), format!("{{\"title\":\"{title}\"}}"))].into(),
        revision: 1,
    }
}

/// A row whose state is a text that can be searched.
pub fn text(row: &DocumentRow, title: &str, body: &str, changed_at: i64) -> Projection {
    let parts = [(String::new(), body.to_owned())].into();
    Projection { parts, ..projection(row, title, changed_at) }
}

/// What can be searched in a row that [`text`] made.
pub fn body(shown: &Projection) -> Option<String> {
    shown.parts.get("").cloned()
}

/// Writes a row, and notes that it is to be indexed.
pub fn note(write: &mut Write<'_>, shown: &Projection) -> Result<(), StoreError> {
    write.put_projection(shown)?;
    write.mark_unindexed(shown.summary.document)
}
