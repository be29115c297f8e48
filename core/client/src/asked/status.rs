//! How far a document has come: saved here, sent, stored by the server, seen by others.

use std::cmp::Reverse;

use enhance_model::{
    DocumentId, DocumentKind, Person, Right, Timestamp, Version,
    reflection::{Reflection, SharedReflection},
};
use enhance_protocol::Seen;
use enhance_store::{DocumentRow, Origin, SeenRow, Stage, Status, StoreReader};
use serde::Serialize;

use super::members::{self, Member};
use crate::{
    error::{Error, Obstacle},
    state::{State, documents, rows},
    writing::{entries, target::Target},
};

/// How far a document has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentStatus {
    /// How far the newest of it has come.
    pub stage: Stage,
    /// Who has seen it; of a reflection, who has seen a copy.
    pub seen_by: Vec<ReadReceipt>,
    /// Whether the server refused something of it that the person has not dealt with.
    pub quarantined: bool,
    /// Whether something of it is too large for the way to the server by itself. It is tried
    /// again hours later.
    pub held: bool,
}

/// That a person has seen a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadReceipt {
    pub person: Person,
    /// When, by their clock.
    pub at: Timestamp,
    /// Whether it still says what they saw.
    pub current: bool,
}

/// A person who can read a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reader {
    pub person: Person,
    pub right: Right,
    /// The document they read: this one, or a copy of it.
    pub via: DocumentId,
    /// When they saw it, by their clock.
    pub seen: Option<Timestamp>,
}

/// How far a document has come.
pub(crate) fn of(store: &StoreReader, row: &DocumentRow) -> Result<DocumentStatus, Error> {
    match reflection(store, row)? {
        Some(reflection) => of_reflection(store, row, &reflection),
        None => with_seen(store, row, Vec::new()),
    }
}

/// How far a reflection has come, of which the row for screens is given.
pub(super) fn of_reflection(
    store: &StoreReader,
    row: &DocumentRow,
    reflection: &Reflection,
) -> Result<DocumentStatus, Error> {
    let mut seen_by = Vec::new();
    for copy in reflection.copies.keys() {
        if documents::active(store, *copy)?.is_some() {
            let (_, shared) = rows::shown::<SharedReflection>(store, *copy)?;
            let is_current = reflection.to_shared(shared.shared_at) == shared;
            seen_by.extend(seen_of(store, *copy, |_| is_current)?);
        }
    }
    with_seen(store, row, seen_by)
}

fn reflection(store: &StoreReader, row: &DocumentRow) -> Result<Option<Reflection>, Error> {
    if row.kind != DocumentKind::Reflection {
        return Ok(None);
    }
    Ok(Some(rows::shown(store, row.id)?.1))
}

/// What is in the way of something of a document that does not get through by itself.
pub(crate) fn held_by(
    store: &StoreReader,
    document: DocumentId,
) -> Result<Option<Obstacle>, Error> {
    Ok(store.held(document)?.and_then(|obstacle| serde_json::from_slice(obstacle.as_bytes()).ok()))
}

/// The status of a document, of which copies were seen already.
fn with_seen(
    store: &StoreReader,
    row: &DocumentRow,
    copies_seen_by: Vec<ReadReceipt>,
) -> Result<DocumentStatus, Error> {
    let Status { stage, quarantined } = store.status(row.id)?;
    let mut seen_by = seen_of(store, row.id, |seen| seen.version == row.version)?;
    seen_by.extend(copies_seen_by);
    seen_by.sort_by_key(|seen| Reverse(seen.at));
    let held = store.held(row.id)?.is_some();
    Ok(DocumentStatus { stage, seen_by, quarantined, held })
}

fn seen_of(
    store: &StoreReader,
    document: DocumentId,
    is_current: impl Fn(&SeenRow) -> bool,
) -> Result<Vec<ReadReceipt>, Error> {
    let mut seen_by = Vec::new();
    for seen in store.seen(document)? {
        if let Some(person) = store.person(seen.person)? {
            seen_by.push(ReadReceipt { person, at: seen.at, current: is_current(&seen) });
        }
    }
    Ok(seen_by)
}

/// Everybody who can read a document, its copies included.
pub(crate) fn readers(store: &StoreReader, row: &DocumentRow) -> Result<Vec<Reader>, Error> {
    match (reflection(store, row)?, row.about) {
        (Some(reflection), _) => readers_of_reflection(store, row, &reflection),
        (None, Some(about)) => members_as_readers(store, &documents::row(store, about)?),
        _ => members_as_readers(store, row),
    }
}

/// Everybody who can read a reflection or a copy of it, of which the row for screens is given.
pub(super) fn readers_of_reflection(
    store: &StoreReader,
    row: &DocumentRow,
    reflection: &Reflection,
) -> Result<Vec<Reader>, Error> {
    let mut readers = members_as_readers(store, row)?;
    for copy in reflection.copies.keys() {
        if let Some(copy) = documents::active(store, *copy)? {
            let of_copy = members_as_readers(store, &copy)?;
            readers.extend(of_copy.into_iter().filter(|one| one.right != Right::Own));
        }
    }
    Ok(readers)
}

fn members_as_readers(store: &StoreReader, row: &DocumentRow) -> Result<Vec<Reader>, Error> {
    let seen = store.seen(row.id)?;
    let reader = |member: Member| Reader {
        seen: seen.iter().find(|seen| seen.person == member.person.id).map(|seen| seen.at),
        person: member.person,
        right: member.right,
        via: row.id,
    };
    let members = members::of(store, row)?.into_iter().filter(Member::takes_part);
    Ok(members.map(reader).collect())
}

/// Says that this person has seen a document of another's, once for each version.
pub(crate) fn mark_seen(state: &mut State, document: DocumentId) -> Result<(), Error> {
    let target = Target::of(state, document)?;
    let Target { facts, row } = &target;
    let before = state.store().seen(document)?.into_iter().find(|seen| facts.is_me(seen.person));
    let seen_already = before.as_ref().is_some_and(|before| before.version == row.version);
    if facts.is_me(row.owner) || seen_already || row.version == Version::default() {
        return Ok(());
    }
    // Of two the later one counts, and a clock that was years ahead is right again.
    let after = before.map_or_else(Timestamp::default, |before| before.at.plus_millis(1));
    let (at, version) = (state.now().max(after), row.version.clone());
    let entry = entries::control(state, &target, &Seen { version: version.clone(), at })?;
    let seen = SeenRow { document, person: facts.person.id, at, version };
    state.write(|write| {
        write.put_entry(&entry, Origin::Here { at })?;
        Ok(write.put_seen(&seen)?)
    })
}
