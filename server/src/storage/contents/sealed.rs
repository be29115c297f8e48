//! Sealed documents, as far as they can be seen from outside.

use std::collections::BTreeMap;

use enhance_model::{DeviceId, PersonId};
use enhance_protocol::EnvelopeHeader;
use rusqlite::Connection;

use super::faults::Faults;
use crate::storage::{
    documents::{self, DocumentRow},
    error::StorageError,
    row,
};

/// Compares how far each device has come with its envelopes, and whose those are.
pub(super) fn check(
    db: &Connection,
    document: &DocumentRow,
    faults: &mut Faults,
) -> Result<(), StorageError> {
    let id = document.id;
    let sql = "SELECT sequence, kind, body, person, device FROM entry
               WHERE document = ?1 AND kind IN ('envelope', 'change')";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([id.as_bytes()])?;
    let mut last: BTreeMap<DeviceId, u64> = BTreeMap::new();
    while let Some(each) = rows.next()? {
        let body: Vec<u8> = each.get("body")?;
        let sequence = row::count(each, "sequence")?;
        let Some((header, _)) =
            EnvelopeHeader::split(&body).ok().filter(|(it, _)| it.document == id)
        else {
            faults.add(format!("entry, row {sequence}, column body: no envelope of its document"));
            continue;
        };
        let sender = row::id(each, "person", PersonId::from_bytes)?;
        if header.device != row::id(each, "device", DeviceId::from_bytes)? {
            faults.add(format!("entry, row {sequence}, column device: not the one that sealed it"));
        }
        if sender != document.owner {
            faults.add(format!("entry, row {sequence}, column person: not its owner"));
        }
        let end = last.entry(header.device).or_default();
        *end = header.counter.max(*end);
    }
    let mut statement = db.prepare_cached("SELECT 1 FROM archived WHERE document = ?1")?;
    // An archive holds more than is here, and says so itself.
    let is_archived = statement.exists([id.as_bytes()])?;
    for (device, end) in &last {
        let known = documents::actor_last(db, id, device.as_bytes())?;
        if known < *end || (known > *end && !is_archived) {
            let what = "not the counter of its last envelope";
            faults.add(format!("actor, row {id} {device}, column last: {what}"));
        }
    }
    Ok(())
}
