//! What rows hold, compared with the hashes by which it is known.

use std::collections::BTreeSet;

use enhance_documents::{changes_in, gate};
use enhance_model::{DocumentId, EntryHash, EntryKind, pack::PackManifest};
use enhance_protocol::{Archive, FoldReceipt, SignedManifest, codec, decode, entry};
use rusqlite::{Connection, Row};

use super::faults::Faults;
use crate::storage::{
    error::StorageError,
    folds::{self, WholeFold},
    packs::{self, MANIFEST_BYTES},
    row,
    unreadable::Named,
};

/// Looks at what the rows of a table hold, all of which can be read.
pub(super) fn check(db: &Connection, table: &str) -> Result<Faults, StorageError> {
    match table {
        "entry" => each(db, Named::new("entry", &["sequence"]), is_entry),
        // What was set aside need not be what its hash says: that may be why it is there.
        "archive" => each(db, Named::new("archive", &["sequence"]), is_archive),
        "pack" => each(db, Named::new("pack", &["key", "version"]), is_pack),
        _ => Ok(Faults::default()),
    }
}

/// A column that does not hold what it should, and why.
type Fault = (&'static str, String);

/// Looks at each row of a table.
fn each(
    db: &Connection,
    named: Named,
    fault_of: fn(&Connection, &Row<'_>) -> rusqlite::Result<Option<Fault>>,
) -> Result<Faults, StorageError> {
    let mut faults = Faults::default();
    let mut statement = db.prepare(&format!("SELECT * FROM {}", named.table))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some((column, why)) = fault_of(db, row)? {
            faults.add(named.fault(row, column.to_owned(), why));
        }
    }
    Ok(faults)
}

fn is_entry(_: &Connection, row: &Row<'_>) -> rusqlite::Result<Option<Fault>> {
    let kind: EntryKind = row::word(row, "kind")?;
    let document = row::id(row, "document", DocumentId::from_bytes)?;
    let hash = row::hash(row, "hash", EntryHash::from_bytes)?;
    let body = row.get_ref("body")?.as_blob()?;
    let found = match kind {
        EntryKind::Change => {
            let scanned = gate::scan(body, gate::MAX_CHANGE_BYTES);
            scanned.ok().map(|header| EntryHash::from(header.hash))
        }
        _ => Some(entry::hash(kind, document, body)),
    };
    let fault = || ("body", "not what its hash says".to_owned());
    Ok((found != Some(hash)).then(fault))
}

/// The number of the first entry that cannot be passed on as it was stored: whoever read past it
/// lacks it.
pub fn first_lost(db: &Connection) -> Result<Option<u64>, StorageError> {
    let mut statement = db.prepare("SELECT * FROM entry ORDER BY sequence")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let sender = row::id(row, "person", |_| ()).and(row::id(row, "device", |_| ()));
        if !matches!(sender.and_then(|()| is_entry(db, row)), Ok(None)) {
            return Ok(Some(row::count(row, "sequence")?));
        }
    }
    Ok(None)
}

fn is_archive(_: &Connection, row: &Row<'_>) -> rusqlite::Result<Option<Fault>> {
    let archive: Result<Archive, _> = codec::from_cbor(row.get_ref("body")?.as_blob()?);
    let is_good = archive.is_ok_and(|archive| archive.check().is_ok());
    Ok((!is_good).then(|| ("body", "no archive".to_owned())))
}

fn is_pack(db: &Connection, row: &Row<'_>) -> rusqlite::Result<Option<Fault>> {
    let (key, version): (String, u64) = (row.get("key")?, row::count(row, "version")?);
    let signed: Result<SignedManifest, _> =
        decode(row.get_ref("signed")?.as_blob()?, MANIFEST_BYTES);
    let manifest: Option<PackManifest> =
        signed.ok().and_then(|signed| codec::from_cbor(&signed.manifest).ok());
    let manifest = manifest.filter(|found| found.key == key && found.version == version);
    let Some(manifest) = manifest else {
        return Ok(Some(("signed", "no manifest of this pack".to_owned())));
    };
    let files = manifest.files.iter().map(|file| file.sha256).chain([manifest.structure]);
    for sha256 in files {
        if packs::file(db, sha256).ok().flatten().is_none() {
            let why = format!("it names the file {sha256}, which pack_file has not");
            return Ok(Some(("signed", why)));
        }
    }
    Ok(None)
}

/// The documents that have a fold.
pub(super) fn folded(db: &Connection) -> Result<Vec<DocumentId>, StorageError> {
    if !db.table_exists(None, "fold")? {
        return Ok(Vec::new());
    }
    // What has no such id is told with its row.
    let mut statement = db.prepare("SELECT document FROM fold WHERE length(document) = 16")?;
    let documents =
        statement.query_map([], |each| row::id(each, "document", DocumentId::from_bytes))?;
    Ok(documents.collect::<Result<_, _>>()?)
}

/// Opens a fold, as it is opened for a device that lacks single changes of it.
pub(super) fn fold(db: &Connection, document: DocumentId) -> Result<Faults, StorageError> {
    let mut faults = Faults::default();
    let Some(fold) = folds::whole(db, document)? else { return Ok(faults) };
    let mut add = |column: &str, why: &str| {
        faults.add(format!("fold, row {document}, column {column}: {why}"));
    };
    match hashes(&fold) {
        Err(_) => add("body", "no piece of a document"),
        Ok(hashes) => {
            let beginnings = folds::Beginnings::of(db, document)?;
            let is_known = |hash: &EntryHash| beginnings.contain(*hash);
            if hashes.len() as u64 != fold.row.changes || !hashes.iter().all(is_known) {
                add("hashes", "not those of the changes in it");
            }
            if fold.row.heads.is_empty() || !fold.row.heads.iter().all(|it| hashes.contains(it)) {
                add("heads", "not those of the changes in it");
            }
        }
    }
    if fold.row.sent().is_err() {
        add("sent", "nothing that this server knows");
    }
    if FoldReceipt::unpack(&fold.receipts).is_err() {
        add("receipts", "nothing that this server knows");
    }
    match folds::catalogue(db, document) {
        Ok(_) => {}
        Err(StorageError::Broken(_)) => add("catalogue", "nothing that this server knows"),
        Err(error) => return Err(error),
    }
    Ok(faults)
}

fn hashes(fold: &WholeFold) -> Result<BTreeSet<EntryHash>, StorageError> {
    let broken = |error: enhance_documents::DocumentError| StorageError::Broken(error.to_string());
    let changes = changes_in(&fold.snapshot()?).map_err(broken)?;
    Ok(changes.into_iter().map(|change| EntryHash::from(change.hash)).collect())
}
