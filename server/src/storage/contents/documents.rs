//! Documents one by one: what is known of each, told again from its entries.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{DocumentId, EntryKind, PersonId, Right, Round};
use enhance_protocol::{Create, EntryBody, Grant, Revoke};
use rusqlite::Connection;

use super::{faults::Faults, plain, sealed};
use crate::storage::{
    access, claims,
    documents::{self, DocumentRow},
    error::StorageError,
    rounds, row, waiting_shares,
};

/// Every document that was not deleted.
pub(super) fn all(db: &Connection) -> Result<Vec<DocumentId>, StorageError> {
    // What has no such id is told with its row.
    let sql = "SELECT id FROM document WHERE deleted_at = 0 AND length(id) = 16";
    let mut statement = db.prepare(sql)?;
    let documents = statement.query_map([], |each| row::id(each, "id", DocumentId::from_bytes))?;
    Ok(documents.collect::<Result<_, _>>()?)
}

/// Compares a document with its entries.
pub(super) fn check(db: &Connection, id: DocumentId) -> Result<Faults, StorageError> {
    let mut faults = Faults::default();
    let Some(document) = documents::find(db, id)?.filter(|row| !row.deleted) else {
        return Ok(faults);
    };
    creation(db, &document, &mut faults)?;
    rights(db, &document, &mut faults)?;
    if document.kind.is_sealed() {
        sealed::check(db, &document, &mut faults)?;
    } else {
        plain::check(db, &document, &mut faults)?;
    }
    Ok(faults)
}

/// What made it known says what it is, whose and about what.
fn creation(
    db: &Connection,
    document: &DocumentRow,
    faults: &mut Faults,
) -> Result<(), StorageError> {
    let Some(entry) = documents::creation(db, document.id)? else { return Ok(()) };
    let mut add = |column: &str| {
        let id = document.id;
        faults.add(format!("document, row {id}, column {column}: not what its creation says"));
    };
    let Ok(create) = Create::read(&entry.offer.body) else {
        add("creation");
        return Ok(());
    };
    for (column, is_same) in [
        ("kind", create.kind == document.kind),
        ("about", create.about == document.about),
        ("creator", entry.person == document.creator),
    ] {
        if !is_same {
            add(column);
        }
    }
    Ok(())
}

/// A grant or a revocation as it is stored.
struct Said {
    sequence: u64,
    place: Round,
    /// The right it gives; none of a revocation.
    right: Option<Right>,
}

/// What the grants and revocations of a document say, person by person, and who claimed it.
#[derive(Default)]
struct Rights {
    said: BTreeMap<PersonId, Vec<Said>>,
    /// Those of whom a claim speaks: what they may do follows from more than one entry.
    claimants: BTreeSet<PersonId>,
    claims: BTreeSet<u64>,
}

fn rights(
    db: &Connection,
    document: &DocumentRow,
    faults: &mut Faults,
) -> Result<(), StorageError> {
    let id = document.id;
    let mut told = told(db, id, faults)?;
    let sql = "SELECT entry FROM claim WHERE document = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let known = statement.query_map([id.as_bytes()], |each| row::count(each, "entry"))?;
    let known = known.collect::<Result<BTreeSet<u64>, _>>()?;
    for entry in known.symmetric_difference(&told.claims) {
        faults.add(format!("claim, row {id} {entry}, column entry: not as that entry says"));
    }
    let ownership = claims::ownership(db, document)?;
    if ownership.owner != document.owner {
        faults.add(format!("document, row {id}, column owner: not as its entries say"));
    }
    told.claimants.extend(ownership.handovers.iter().map(|handover| handover.from));
    let readers = access::readers(db, id)?;
    let people: BTreeSet<PersonId> = told.said.keys().chain(&readers).copied().collect();
    for person in people {
        if person != document.owner && !told.claimants.contains(&person) {
            let said = told.said.get(&person).map(Vec::as_slice).unwrap_or_default();
            right_of(db, document, (person, said), faults)?;
        }
    }
    Ok(())
}

/// Reads all grants and revocations of a document.
fn told(db: &Connection, id: DocumentId, faults: &mut Faults) -> Result<Rights, StorageError> {
    let sql = "SELECT sequence, kind, body, person, subject FROM entry
               WHERE document = ?1 AND kind IN ('grant', 'revoke') ORDER BY sequence";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([id.as_bytes()])?;
    let mut told = Rights::default();
    while let Some(each) = rows.next()? {
        let sequence = row::count(each, "sequence")?;
        let by = row::id(each, "person", PersonId::from_bytes)?;
        let body: Vec<u8> = each.get("body")?;
        let is_grant = row::word::<EntryKind>(each, "kind")? == EntryKind::Grant;
        let read = if is_grant {
            Grant::read(&body).ok().map(|it| (it.to, it.place(), Some(it.right)))
        } else {
            Revoke::read(&body).ok().map(|it| (it.from, it.place(), None))
        };
        let subject = row::optional_id(each, "subject", PersonId::from_bytes)?;
        let Some((person, place, right)) = read.filter(|(person, ..)| subject == Some(*person))
        else {
            faults.add(format!("entry, row {sequence}, column subject: not whom it is about"));
            continue;
        };
        if right == Some(Right::Own) {
            told.claimants.extend([person, by]);
            told.claims.insert(sequence);
        } else {
            told.said.entry(person).or_default().push(Said { sequence, place, right });
        }
    }
    Ok(told)
}

/// Compares the right that a person has with what was last said of it.
fn right_of(
    db: &Connection,
    document: &DocumentRow,
    (person, said): (PersonId, &[Said]),
    faults: &mut Faults,
) -> Result<(), StorageError> {
    let id = document.id;
    let greatest = said.iter().map(|said| said.place).max();
    if rounds::known(db, id, person)? != greatest {
        let what = "not the greatest of the entries for this person";
        faults.add(format!("grant_round, row {id} {person}, column rank: {what}"));
        return Ok(());
    }
    let counts = |said: &&Said| Some(said.place) == greatest;
    let found = access::find(db, id, person)?;
    let entry = access::entry(db, id, person)?;
    let last = said.iter().filter(counts).find(|said| entry.is_none_or(|it| it == said.sequence));
    let mut add = |column: &str, why: &str| {
        faults.add(format!("grant_row, row {id} {person}, column {column}: {why}"));
    };
    match (found, last.map(|last| last.right)) {
        (None, Some(Some(_))) => {
            if waiting_shares::find(db, id, person)?.is_none() {
                add("person", "it is not here, and this person was given a right");
            }
        }
        (Some(_), None) => add("entry", "not the entry that counts for this person"),
        (Some(_), Some(None)) => add("person", "it is here, and their right was taken"),
        (Some(access), Some(right)) if right != Some(access.right) => {
            add("right", "not what its entry gives");
        }
        (None, None | Some(None)) | (Some(_), Some(Some(_))) => {}
    }
    Ok(())
}
