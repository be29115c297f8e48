//! What screens cost, counted in steps of `SQLite`'s machine and not by a clock: the same whether
//! there are a few hundred documents or thousands.

use enhance_model::{
    ChangeHash, DocumentId, DocumentKind, EntryHash, EntryKind, ItemId, PersonId, Timestamp,
    Version,
    inbox::{InboxItem, InboxKind},
};
use rusqlite::{Params, StatementStatus, named_params, params};

use crate::{
    DocumentRow, Entry, IndexFirst, ListPosition, OpenOptions, Origin, Projection, Store,
    StoreError, Summary, inbox, projections, search, status,
};

const KIND: DocumentKind = DocumentKind::Reflection;

fn id(number: u32) -> DocumentId {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    DocumentId::from_bytes(id)
}

fn hash(number: u32) -> EntryHash {
    let mut hash = [0; 32];
    hash[..4].copy_from_slice(&number.to_be_bytes());
    EntryHash::from_bytes(hash)
}

fn at(number: u32) -> Timestamp {
    Timestamp::from_unix_millis(number.into())
}

/// A database of this many documents with as many stored entries each, one more in the first.
fn filled(documents: u32, entries: u32) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let options = OpenOptions { folder: folder.path().to_owned(), key: None };
    let mut store = Store::open(options).unwrap();
    let written = store.write(|write| -> Result<(), StoreError> {
        for number in 0..documents {
            let version = Version::new(vec![ChangeHash::from_bytes([7; 32])]);
            let (owner, created_at) = (PersonId::from_bytes([1; 16]), at(number));
            let id = id(number);
            write.put_document(&DocumentRow {
                id,
                kind: KIND,
                creator: owner,
                owner,
                about: None,
                created_at,
                version: version.clone(),
            })?;
            let text = format!("patient {number} ").repeat(40);
            let summary = Summary {
                document: id,
                kind: KIND,
                title: format!("entry {number}"),
                preview: text.clone(),
                status: String::new(),
                created_at,
                updated_at: at(number),
                tags: [].into(),
                version,
            };
            let parts = [(String::new(), text.repeat(8))].into();
            write.put_projection(&Projection { summary, parts, revision: 1 })?;
            write.mark_unindexed(id)?;
            for entry in 0..entries {
                let entry = Entry {
                    hash: hash(number * entries + entry),
                    document: id,
                    kind: EntryKind::Change,
                    body: vec![0; 300],
                    deps: Vec::new(),
                    device: None,
                    by: None,
                };
                let (sequence, received_at) = (1, at(1));
                write.put_entry(&entry, Origin::Server { sequence, received_at })?;
            }
        }
        let text_of = |shown: &Projection| Some(shown.summary.preview.clone());
        write.index(IndexFirst::Oldest, u32::MAX, text_of).map(drop)
    });
    written.unwrap();
    (folder, store)
}

/// The steps that a question takes.
fn steps(store: &Store, sql: &str, values: impl Params) -> i32 {
    let mut statement = store.connection.prepare(sql).unwrap();
    let mut rows = statement.query(values).unwrap();
    while rows.next().unwrap().is_some() {}
    drop(rows);
    assert_eq!(statement.get_status(StatementStatus::FullscanStep), 0, "{sql}");
    assert_eq!(statement.get_status(StatementStatus::Sort), 0, "{sql}");
    statement.get_status(StatementStatus::VmStep)
}

fn page(store: &Store, after: ListPosition) -> i32 {
    let (updated_at, id) = (after.updated_at.as_millis(), &after.document.as_bytes()[..]);
    steps(store, projections::LIST, params![KIND.as_str(), updated_at, id, 50])
}

#[test]
fn a_page_costs_the_same_at_the_beginning_in_the_middle_and_of_however_many() {
    let [few, many] = [filled(150, 1), filled(1_500, 1)];
    let place = |number| ListPosition { updated_at: at(number), document: id(number) };
    let first = page(&few.1, place(149));
    for number in [1_499, 750, 60] {
        assert_eq!(page(&many.1, place(number)), first, "after {number}");
    }
    assert!(first < 50 * 100, "{first} steps for 50 rows");
}

#[test]
fn the_status_of_a_document_costs_the_same_however_many_entries_it_has() {
    let [short, long] = [filled(2, 3), filled(2, 3_000)];
    let status = |store: &Store| steps(store, status::STATUS, [id(1).as_bytes()]);
    let stored = status(&short.1);
    assert_eq!(status(&long.1), stored);
    assert!(stored < 100, "{stored}");
    let [mut short, mut long] = [short.1, long.1];
    for (store, entries) in [(&mut short, 3), (&mut long, 3_000)] {
        let hashes: Vec<EntryHash> = (entries..2 * entries).map(hash).collect();
        store.write(|write| write.requeue(&hashes, at(5))).unwrap();
    }
    assert_eq!(status(&long), status(&short), "however many of them wait");
}

/// Notes that this much waits at moment 100, and this much from later on.
fn with_waiting(store: &mut Store, waiting: u32, later: u32) {
    let item = |number: u32| InboxItem {
        id: ItemId::from_bytes(*id(number).as_bytes()),
        kind: InboxKind::ActionOverdue,
        document: id(1),
        place: String::new(),
        title: "Falls".to_owned(),
        words: String::new(),
        said: Vec::new(),
        from: Vec::new(),
        since: at(if number < waiting { number } else { 1_000 + number }),
        until: None,
        receipt: None,
    };
    let items: Vec<InboxItem> = (0..waiting + later).map(item).collect();
    store.write(|write| write.put_inbox(id(1), &items)).unwrap();
}

#[test]
fn the_inbox_costs_what_waits_and_not_what_is_there_or_will_wait() {
    let [mut few, mut many] = [filled(20, 1), filled(400, 1)];
    with_waiting(&mut few.1, 10, 0);
    with_waiting(&mut many.1, 10, 2_000);
    let now = 100_i64;
    for limit in [5, 50] {
        let page = |store: &Store| {
            steps(store, inbox::WAITING, params![now, &[0xff_u8; 17][..], now, limit])
        };
        assert_eq!(page(&many.1), page(&few.1), "a page of {limit}");
        assert!(page(&many.1) < 400, "{}", page(&many.1));
    }
    let count =
        |store: &Store| steps(store, inbox::COUNT, params![InboxKind::ActionOverdue.as_str(), now]);
    // One step is the end of what waits, where more is to come.
    assert!(count(&many.1) <= count(&few.1) + 1);
    let waiting = many.1.inbox(at(100), None, 50).unwrap();
    assert_eq!(waiting.len(), 10);
    let after = crate::InboxPosition { since: waiting[3].since, item: waiting[3].id };
    assert_eq!(many.1.inbox(at(100), Some(after), 50).unwrap(), waiting[4..]);
    assert_eq!(many.1.inbox_counts(at(100)).unwrap().total(), 10);
}

fn version() -> Version {
    Version::new(vec![ChangeHash::from_bytes([7; 32])])
}

fn plain(id: DocumentId, kind: DocumentKind, about: Option<DocumentId>) -> DocumentRow {
    let (owner, version) = (PersonId::from_bytes([1; 16]), version());
    DocumentRow { id, kind, creator: owner, owner, about, created_at: at(1), version }
}

fn shown(document: DocumentId, kind: DocumentKind) -> Projection {
    Projection {
        summary: Summary {
            document,
            kind,
            title: "Falls".to_owned(),
            preview: String::new(),
            status: String::new(),
            created_at: at(1),
            updated_at: at(1),
            tags: [].into(),
            version: version(),
        },
        parts: [(String::new(), "{}".to_owned())].into(),
        revision: 1,
    }
}

#[test]
fn a_write_in_a_document_has_it_looked_at_again_once_and_a_reflection_never() {
    let (_folder, mut store) = filled(3, 1);
    assert_eq!(store.inbox_stale(10).unwrap(), [], "reflections");
    let about = id(9);
    let (project, comments) = (DocumentKind::ChangeProject, DocumentKind::Comments);
    store
        .write(|write| -> Result<(), StoreError> {
            write.put_document(&plain(about, project, None))?;
            write.put_document(&plain(id(10), comments, Some(about)))?;
            write.put_projection(&shown(about, project))?;
            write.put_projection(&shown(id(10), comments))
        })
        .unwrap();
    assert_eq!(store.inbox_stale(10).unwrap(), [about], "what is said about it is part of it");
    store.write(|write| write.put_inbox(about, &[])).unwrap();
    assert_eq!(store.inbox_stale(10).unwrap(), []);
}

#[test]
fn a_write_in_what_was_signed_has_its_request_looked_at_again_and_no_other() {
    let (_folder, mut store) = filled(3, 1);
    let (signed, request, other) = (id(9), id(20), id(21));
    let project = DocumentKind::ChangeProject;
    store
        .write(|write| -> Result<(), StoreError> {
            write.put_document(&plain(signed, project, None))?;
            write.watch_for_inbox(request, Some(signed))?;
            write.watch_for_inbox(other, Some(id(1)))?;
            write.put_projection(&shown(signed, project))
        })
        .unwrap();
    assert_eq!(store.inbox_stale(10).unwrap(), [signed, request]);
    store
        .write(|write| -> Result<(), StoreError> {
            write.put_inbox(signed, &[])?;
            write.put_inbox(request, &[])?;
            write.watch_for_inbox(request, None)?;
            write.put_projection(&shown(signed, project))
        })
        .unwrap();
    assert_eq!(store.inbox_stale(10).unwrap(), [signed], "it is signed no more");
}

#[test]
fn opening_costs_the_same_however_many_documents_there_are() {
    let [few, many] = [filled(150, 1), filled(1_500, 1)];
    let stale = |store: &Store| steps_with_sort(store, projections::STALE);
    assert_eq!(stale(&many.1), stale(&few.1));
}

/// The steps of looking for stale rows, of which nothing is left to be sorted.
fn steps_with_sort(store: &Store, sql: &str) -> i32 {
    let mut statement = store.connection.prepare(sql).unwrap();
    let mut rows = statement.query(params![1, &[][..] as &[u8], 50]).unwrap();
    assert!(rows.next().unwrap().is_none());
    drop(rows);
    statement.get_status(StatementStatus::VmStep)
}

#[test]
fn a_search_makes_rows_and_snippets_of_what_it_shows_and_of_nothing_else() {
    let [few, many] = [filled(150, 1), filled(1_500, 1)];
    for sql in [search::BEST, search::NEWEST] {
        let search = |store: &Store| {
            let values = named_params! {
                ":question": "\"patient\"*", ":limit": 20, ":offset": 0,
            };
            steps(store, sql, values)
        };
        assert_eq!(search(&many.1), search(&few.1), "{sql}");
    }
}
