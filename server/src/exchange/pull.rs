//! What a person gets to read: everything after their cursor, a page at a time.
//!
//! Numbers come from the person's feed and from the people they are told of. At a grant that let
//! the person in, everything that makes up the document comes first, although it is older: `within`
//! of the cursor says how far into that a page came.
//!
//! A device that has read nothing yet, or so little that what it would read next was let go, reads
//! the archives of its person and the folds of their plain documents first, and then nothing that
//! one of them holds. `within` says then up to which of them it came; it is greater than the number
//! read so far, which it never is inside of a document.
//!
//! What is folded keeps its numbers: a device that lacks some of it gets these changes where they
//! would have come, made again from the fold, and one that is let into the document the fold itself.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{DocumentId, PersonId};
use enhance_protocol::{
    Archive, Cursor, EntryBody, EntryKind, Grant, Item, Pulled, PulledArchive, Revoke, codec,
};
use rusqlite::{Connection, params};

use super::{
    folded::FoldedChanges,
    harm::{Whose, spare},
    page::{Fits, Overflow, Page},
};
use crate::storage::{StorageError, access, archives, directory, documents, folds, people};

/// Bytes an archive takes for each document beside what is sealed.
const HELD_BYTES: usize = 64;

/// Which page of whose news is asked for.
#[derive(Debug)]
pub(super) struct PageRequest {
    pub(super) person: PersonId,
    pub(super) from: Cursor,
    /// But not these, which were stored by the same request; unless the page lets the person in
    /// anew, since then a revocation before it took them from the device.
    pub(super) except: BTreeSet<u64>,
    /// Bytes of a page. One item always fits.
    pub(super) budget: usize,
}

/// The next page for a person.
pub(super) fn page(db: &Connection, request: &PageRequest) -> Result<Page, StorageError> {
    let mut page = Page::new(request.from, request.budget);
    match fill(db, request, &mut page) {
        // What comes before it goes out. With the next page its owner is told.
        Err(error) if error.is_of_damage() && !page.is_empty() => {
            tracing::error!(%error, "a page ends before what cannot be read");
            page.more = true;
        }
        filled => page.more = filled?.is_err(),
    }
    Ok(page)
}

fn fill(db: &Connection, request: &PageRequest, page: &mut Page) -> Result<Fits, StorageError> {
    if archives_first(db, request, page)?.is_err() {
        return Ok(Err(Overflow));
    }
    let read = request.from.sequence;
    let mut folded = FoldedChanges::unread(db, request.person, read, page.archived)?;
    let mut statement = db.prepare_cached(
        "SELECT sequence AS number FROM feed WHERE person = ?1 AND sequence > ?2
         UNION ALL SELECT sequence FROM directory WHERE person = ?1 AND sequence > ?2
         ORDER BY number",
    )?;
    let from = i64::try_from(read).unwrap_or(i64::MAX);
    let mut numbers = statement.query(params![request.person.as_bytes(), from])?;
    loop {
        let number = match numbers.next()? {
            Some(row) => Some(u64::try_from(row.get::<_, i64>("number")?).unwrap_or(0)),
            None => None,
        };
        if add_folded(db, request, page, &mut folded, number)?.is_err() {
            return Ok(Err(Overflow));
        }
        let Some(number) = number else { return Ok(Ok(())) };
        let added = add_new(db, request, page, number);
        if let Some(Err(Overflow)) = spare(db, request.person, Whose::Number(number), added)? {
            return Ok(Err(Overflow));
        }
        page.cursor = page.read_up_to(number);
    }
}

/// Adds what has a number, unless the device stored it with the same request.
fn add_new(
    db: &Connection,
    request: &PageRequest,
    page: &mut Page,
    number: u64,
) -> Result<Fits, StorageError> {
    let is_there = request.except.contains(&number)
        && !page.begins_anew(db, number)?
        && !is_of_part(db, request.person, number)?;
    if is_there { Ok(Ok(())) } else { add(db, request, page, number) }
}

/// Whether by this entry its person joins or leaves a document: what they hear of it brings that to
/// the device that said so as well, or takes it away, once it counts.
fn is_of_part(db: &Connection, person: PersonId, number: u64) -> Result<bool, StorageError> {
    let Some(entry) = documents::pulled(db, number)? else { return Ok(false) };
    let body = &entry.offer.body;
    Ok(match entry.offer.kind {
        EntryKind::Revoke => Revoke::read(body).is_ok_and(|revoke| revoke.from == person),
        EntryKind::Grant => Grant::read(body).is_ok_and(|grant| grant.accepts_invitation(person)),
        _ => false,
    })
}

/// The folded changes that come before a number; all that are left if there is none.
fn add_folded(
    db: &Connection,
    request: &PageRequest,
    page: &mut Page,
    folded: &mut FoldedChanges,
    before: Option<u64>,
) -> Result<Fits, StorageError> {
    while folded.next().is_some_and(|next| before.is_none_or(|before| next < before)) {
        let Some((document, number, place)) = folded.take() else { break };
        if !page.folded.contains(&document)
            && !request.except.contains(&number)
            && let Some(Some(pulled)) = spare(
                db,
                request.person,
                Whose::Document(document),
                folded.pulled(db, document, place),
            )?
            && page.put_entry(pulled).is_err()
        {
            return Ok(Err(Overflow));
        }
        page.cursor = page.read_up_to(number);
    }
    Ok(Ok(()))
}

/// The archives that the device needs before anything else, and with them the folds of what this
/// person owns: of everything else they may have been shut out and let in again.
fn archives_first(
    db: &Connection,
    request: &PageRequest,
    page: &mut Page,
) -> Result<Fits, StorageError> {
    let Cursor { sequence: read, within } = request.from;
    // Inside of a document `within` cannot say which archives the device has: they come again after
    // it, since together with it they might never fit into a page.
    if (1..=read).contains(&within) {
        return Ok(Ok(()));
    }
    let had = if within > read { within } else { 0 };
    page.archived = had;
    page.cursor = page.read_up_to(read);
    for (number, piece) in pieces(db, request, (read, had))? {
        let put = match piece {
            Piece::Fold(document) => page.put_fold(db, document)?,
            Piece::Archive => {
                let Some(item) = archive_item(db, number, true)? else { continue };
                let bytes = item.archive.sealed.len() + item.archive.held.len() * HELD_BYTES;
                page.put_archive(item, bytes)
            }
        };
        if put.is_err() {
            return Ok(Err(Overflow));
        }
        page.archived = number;
        page.cursor = page.read_up_to(read);
    }
    Ok(Ok(()))
}

/// What a device gets before anything else.
enum Piece {
    Archive,
    Fold(DocumentId),
}

/// The archives and folds that a device needs before anything else, by their numbers.
fn pieces(
    db: &Connection,
    request: &PageRequest,
    (read, had): (u64, u64),
) -> Result<BTreeMap<u64, Piece>, StorageError> {
    let archives = archives::of_person(db, request.person, had.max(read))?;
    let theirs = |archive: &&archives::ArchiveRow| !request.except.contains(&archive.sequence);
    let is_needed = |archive: &archives::ArchiveRow| archive.is_needed_from(read);
    if read > 0 && !archives.iter().filter(theirs).any(is_needed) {
        return Ok(BTreeMap::new());
    }
    // All of them where one is needed: what any up to the newest of them holds does not come again.
    let archives = archives.iter().filter(theirs);
    let mut pieces: BTreeMap<u64, Piece> =
        archives.map(|archive| (archive.sequence, Piece::Archive)).collect();
    for (number, document) in folds::own_after(db, request.person, read, had)? {
        pieces.insert(number, Piece::Fold(document));
    }
    Ok(pieces)
}

/// An archive as it is passed on; without what is sealed to a device that has all of it.
fn archive_item(
    db: &Connection,
    sequence: u64,
    whole: bool,
) -> Result<Option<PulledArchive>, StorageError> {
    let Some(body) = archives::body(db, sequence)? else { return Ok(None) };
    let mut archive: Archive =
        codec::from_cbor(&body).map_err(|_| StorageError::Broken(format!("archive {sequence}")))?;
    if !whole {
        archive.sealed.clear();
    }
    Ok(Some(PulledArchive { sequence, archive }))
}

fn add(
    db: &Connection,
    request: &PageRequest,
    page: &mut Page,
    number: u64,
) -> Result<Fits, StorageError> {
    if page.archived > 0
        && archives::holding(db, number)?.is_some_and(|archive| archive <= page.archived)
    {
        return Ok(Ok(()));
    }
    let Some(pulled) = documents::pulled(db, number)? else {
        let known = directory::at(db, request.person, number)?;
        if let Some(person) = known.map(|known| people::person(db, known)).transpose()?.flatten() {
            let bytes = person.name.len() + person.devices.len() * 17;
            return Ok(page.put(Item::Person(person), bytes));
        }
        if number <= page.archived {
            return Ok(Ok(()));
        }
        if let Some(archive) = archive_item(db, number, false)? {
            let bytes = archive.archive.held.len() * HELD_BYTES;
            return Ok(page.put_archive(archive, bytes));
        }
        return Ok(Ok(()));
    };
    if !lets_in(db, request.person, &pulled)? {
        return Ok(page.put_entry(pulled));
    }
    let begun = request.from.sequence + 1 == number;
    let is_inside = begun && request.from.within <= request.from.sequence;
    let within = if is_inside { request.from.within } else { 0 };
    page.cursor = Cursor { sequence: number - 1, within };
    let document = pulled.offer.document;
    if add_whole(db, request.person, page, (document, within, number))?.is_err() {
        return Ok(Err(Overflow));
    }
    page.let_in.insert(document);
    Ok(page.put_entry(pulled))
}

/// Everything that makes up a document for who was let in at a number, after `within` of it.
fn add_whole(
    db: &Connection,
    person: PersonId,
    page: &mut Page,
    (document, within, granted): (DocumentId, u64, u64),
) -> Result<Fits, StorageError> {
    let mut whole = BTreeMap::new();
    for number in access::whole(db, document, within, granted)? {
        whole.insert(number, Part::Entry);
    }
    let mut folded = FoldedChanges::default();
    for fold in folds::of_scope(db, document)? {
        if fold.first <= within {
            // The fold came with an earlier page, and may have been another one then.
            folded.add(&fold, within, granted)?;
        } else if fold.first < granted {
            whole.insert(fold.first, Part::Fold(fold.document));
        }
    }
    while let Some((document, number, place)) = folded.take() {
        whole.insert(number, Part::Change(document, place));
    }
    for (number, part) in whole {
        let put = match part {
            Part::Fold(document) => page.put_fold(db, document),
            Part::Entry => documents::pulled(db, number).map(|entry| page.put_found(entry)),
            Part::Change(document, place) => {
                folded.pulled(db, document, place).map(|entry| page.put_found(entry))
            }
        };
        if let Some(Err(Overflow)) = spare(db, person, Whose::Document(document), put)? {
            return Ok(Err(Overflow));
        }
        page.cursor.within = number;
    }
    Ok(Ok(()))
}

/// A part of what makes up a document.
enum Part {
    Entry,
    Fold(DocumentId),
    /// A change in a fold, by its place there.
    Change(DocumentId, usize),
}

/// Whether this entry is the one that the access of a person began with, after something that they
/// may read: a grant, or the creation of what another had made known meanwhile.
fn lets_in(db: &Connection, person: PersonId, pulled: &Pulled) -> Result<bool, StorageError> {
    let begins = match pulled.offer.kind {
        EntryKind::Grant => true,
        EntryKind::Create => {
            documents::is_spoken_of_before(db, pulled.offer.document, pulled.sequence)?
        }
        _ => false,
    };
    if !begins {
        return Ok(false);
    }
    let access = access::find(db, pulled.offer.document, person)?;
    Ok(access.is_some_and(|access| access.since == pulled.sequence))
}
