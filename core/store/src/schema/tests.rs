use std::{fs, path::Path};

use enhance_model::{DocumentId, DocumentKind};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::*;
use crate::{
    DocumentState, IndexFirst, OpenError, OpenOptions, Projection, Search, SearchOrder, Stage,
    Store, StoreError,
};

fn golden(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn open(folder: &Path) -> Result<Store, OpenError> {
    Store::open(OpenOptions { folder: folder.to_owned(), key: None })
}

fn schema_of(db: &Connection) -> Vec<(String, String)> {
    let mut statement = db
        .prepare("SELECT name, coalesce(sql, '') AS sql FROM sqlite_schema ORDER BY name")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get("name")?, row.get("sql")?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn released_steps_are_as_they_were_released() {
    let released = [
        "f07b1e49d383e16f5d7d9fcbdf3eff99e44919dd3554dbf1984d7b5018ccb99e",
        "293d77a0b76675c251a5d875096b2901aa608f3eb11f024c1006f9aeeb2df0da",
        "29c9db0db7613e17163c65132ab26d610fcfd8b4284a8bf01d86a99ca1f12c72",
        "752b9cc36d663c0b3552b3b623615ac80b91ca76cf10ffdf45213c4e1d214190",
        "d19d1190e1503b9ab79347d054f877d42b1440328f0e76c977f2e4c5133aac6f",
        "58c275d3965d8157040b6dd7f981337def1cdb55bc78f84bef2cd9d738647f74",
        "997f6138ab2bdb63ca2a238790d94e5705cec61ceb8ad2a758be17d5eb91da30",
        "8700906c7bafa9790baa3e5434581f5ab91e99bb9a68751f94e33d7057f65de4",
        "5d0ce9981475fa155ec2093394b0962aa62a160e2655c062f561be5430f21d45",
        "4694fe29da60cc4aad6e3acec68db97eb7a51a45ca01f3ea152b5684cc99997d",
        "287ff2e3c3886c201d71fe829922378b442e5bf8a5482aebd183f1db0b565009",
        "5d1afd62df08ab206c15aa988b89f60ad58268a3a86b5d87018c69305d3617db",
        "8ef8a9f085303d74ed0c8c7cc23d3c4e8f83184a863df170cad8048d5bbf6590",
        "41b8ca5eea1bd3c2c88fd632e18bbaee4a80d95df44227cb3a91713ddb925c96",
        "1763b60c9c5aeadbb757334c0c3d220d1aeb3c5b14931488364132875cd3e067",
        "94241c668bbd73caaf1da92403f1b99c292731cfceb66d5df6518633d5ef8865",
        "fb8b31f47bc851d0563663e701659d2a818fc98db3de0904a53017b5e0133b3f",
        "ca07f3622fd038d12d3bf52dd58a9d668a0d5a55e34299259da2b4d0d6ed79db",
        "75ce71bb97392913aef4f63791cc0a101e9207bd8166440a5ec5a192806b55f5",
    ];
    let sums = STEPS.map(|step| enhance_model::Sha256::from_bytes(Sha256::digest(step).into()));
    assert_eq!(sums.map(|sum| sum.to_string()), released);
}

#[test]
fn the_file_of_version_1_ends_in_the_schema_of_a_new_one_with_its_rows() {
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::copy(golden("v1.db"), old.path().join("enhance.db")).unwrap();
    let mut store = open(old.path()).unwrap();
    assert_eq!(found(&store.connection), Ok(KNOWN));
    assert_eq!(schema_of(&store.connection), schema_of(&open(new.path()).unwrap().connection));

    let reflection = DocumentId::from_bytes([1; 16]);
    let listed = store.list(DocumentKind::Reflection, None, 10).unwrap();
    assert_eq!(listed[0].summary.title, "A night on call");
    assert_eq!(listed[0].summary.document, reflection);
    assert_eq!(store.drafts(reflection).unwrap()[0].text, "It was busy and");
    assert_eq!(store.outbox_page(None, 1_000).unwrap().entries[0].entry.body, [0xca, 0xfe]);
    assert_eq!(store.documents(DocumentKind::Reflection).unwrap().len(), 1);
    let gone = DocumentId::from_bytes([2; 16]);
    assert_eq!(store.state(gone).unwrap(), Some(DocumentState::Deleted));
    let text_of = |shown: &Projection| shown.parts.get("").cloned();
    let night = Search { text: "night".to_owned(), order: SearchOrder::Best, offset: 0, limit: 10 };
    store.write::<_, StoreError>(|write| write.index(IndexFirst::Oldest, 10, text_of)).unwrap();
    assert_eq!(store.search(&night).unwrap().len(), 1);
    assert_eq!(store.seen(reflection).unwrap(), []);
    assert_eq!(store.status(reflection).unwrap().stage, Stage::Saved);
    assert_eq!(store.stale_projections(1, None, 10).unwrap(), [reflection], "of no revision yet");
}

#[test]
fn a_copy_of_before_is_kept_until_the_next_opening_and_ends_with_the_first_deletion() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("enhance.db.before-upgrade");
    fs::copy(golden("v1.db"), folder.path().join("enhance.db")).unwrap();
    drop(open(folder.path()).unwrap());
    let kept = Connection::open(&copy).unwrap();
    assert_eq!(found(&kept), Ok(1));
    let texts: i64 =
        kept.query_row("SELECT count(*) AS texts FROM draft", [], |row| row.get("texts")).unwrap();
    assert_eq!(texts, 1);
    drop(kept);
    drop(open(folder.path()).unwrap());
    assert!(!copy.exists(), "it was opened well since");

    fs::copy(golden("v1.db"), folder.path().join("enhance.db")).unwrap();
    let mut store = open(folder.path()).unwrap();
    assert!(copy.exists());
    let reflection = DocumentId::from_bytes([1; 16]);
    store.write::<_, StoreError>(|write| write.delete_document(reflection)).unwrap();
    assert!(!copy.exists(), "what is deleted is nowhere");
}

#[test]
fn a_step_that_fails_leaves_the_file_at_the_version_it_had() {
    let db = Connection::open_in_memory().unwrap();
    let half = "CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE half (id INTEGER) STRICT;";
    assert!(take_steps(&db, &["CREATE TABLE whole (id INTEGER) STRICT;", half]).is_err());
    assert_eq!(found(&db), Ok(0));
    assert_eq!(schema_of(&db), []);
}

#[test]
fn steps_already_taken_are_not_taken_again() {
    let db = Connection::open_in_memory().unwrap();
    upgrade(&db).unwrap();
    let before = schema_of(&db);
    upgrade(&db).unwrap();
    assert_eq!(schema_of(&db), before);
    assert_eq!(found(&db), Ok(KNOWN));
}

#[test]
fn the_file_of_a_newer_app_is_refused_and_stays_as_it_is_to_the_bit() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("enhance.db");
    let newer = Connection::open(&file).unwrap();
    newer
        .execute_batch(
            "PRAGMA journal_mode = WAL; CREATE TABLE tomorrow (id INTEGER) STRICT;
            INSERT INTO tomorrow VALUES (1); PRAGMA user_version = 99;",
        )
        .unwrap();
    // What a newer app leaves behind when it is ended: a log that is not in the file yet.
    let crashed = tempfile::tempdir().unwrap();
    for name in ["enhance.db", "enhance.db-wal"] {
        fs::copy(folder.path().join(name), crashed.path().join(name)).unwrap();
    }
    let read = |name: &str| fs::read(crashed.path().join(name)).unwrap();
    let before = (read("enhance.db"), read("enhance.db-wal"));
    assert!(!before.1.is_empty());

    match open(crashed.path()) {
        Err(OpenError::NewerSchema { found: 99, known }) => assert_eq!(known, KNOWN),
        other => panic!("{:?}", other.err()),
    }
    assert!((read("enhance.db"), read("enhance.db-wal")) == before);
}
