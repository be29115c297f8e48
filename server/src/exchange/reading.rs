//! Who read what of others: remembered once, with the first thing that is read.

use std::collections::BTreeSet;

use enhance_model::{DocumentId, PersonId, Right};
use enhance_protocol::Item;
use rusqlite::Connection;

use super::{
    harm::{Whose, spare},
    joining,
};
use crate::{
    error::RequestError,
    state::ServerState,
    storage::{
        StorageError, access, audit,
        audit::{Action, Event},
        documents,
        people::Sender,
    },
};

/// The documents of others of which a person reads something for the first time with these items,
/// however little it is.
pub(super) fn first_read(
    db: &Connection,
    person: PersonId,
    items: &[Item],
) -> Result<Vec<DocumentId>, StorageError> {
    let (mut known, mut scopes, mut first) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for item in items {
        let document = match item {
            Item::Entry(pulled) if pulled.person != person => pulled.offer.document,
            Item::Fold(fold) => fold.document(),
            Item::Entry(_) | Item::Person(_) => continue,
        };
        if !known.insert(document) {
            continue;
        }
        let found = documents::find(db, document);
        let found = spare(db, person, Whose::Document(document), found)?;
        let Some(Some(row)) = found else { continue };
        if scopes.insert(row.scope())
            && let Some(access) = access::find(db, row.scope(), person)?
            && access.right != Right::Own
            && !access.read
        {
            first.push(row.scope());
        }
    }
    Ok(first)
}

/// Remembers who read a document they do not own for the first time, before the answer goes out.
pub(super) async fn note(
    state: &ServerState,
    sender: Sender,
    read: Vec<DocumentId>,
) -> Result<(), RequestError> {
    if read.is_empty() {
        return Ok(());
    }
    let now = state.now();
    let noted: Result<(), StorageError> = state
        .storage
        .write(move |write| {
            for document in read {
                if access::note_read(write.db, document, sender.person, now)? {
                    joining::read(write, document, sender.person)?;
                    let event = Event::of_document(Action::Read, sender, document);
                    audit::add(write.db, event, now)?;
                }
            }
            Ok(())
        })
        .await;
    Ok(noted?)
}
