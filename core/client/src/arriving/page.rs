//! What an answer brings: people, documents, changes and rights.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{DocumentId, EntryHash, Person, PersonId, Timestamp, Version};
use enhance_protocol::{
    Create, EntryBody, EntryKind, Grant, Item, Offer, Pulled, PulledFold, Revoke, Seen, entry,
};
use enhance_store::{
    Bringing, DocumentRow, DocumentState, Entry, EntryLink, Origin, SeenRow, Store, SyncState,
    Write,
};

use super::{
    authority,
    departures::{self, Departures},
    invitations,
    judge::Arrival,
};
use crate::{
    error::Error,
    state::{
        State,
        facts::{self, Facts},
    },
    writing::{
        entries::{own_unstored, requeue},
        rights,
    },
};

/// A part of what arrived, by what is to be done with it.
pub(crate) struct Page<'a> {
    facts: &'a Facts,
    people: Vec<&'a Person>,
    created: Vec<(DocumentRow, &'a Pulled)>,
    /// Documents that come as one piece, to be taken in before the rest.
    pub(crate) folds: Vec<&'a PulledFold>,
    /// Changes and envelopes, by their document.
    pub(super) content: BTreeMap<DocumentId, Vec<&'a Pulled>>,
    /// Rights, readings and ends of documents, in their order.
    rest: Vec<&'a Pulled>,
    /// What takes a document away from this device.
    end: Option<&'a Pulled>,
}

/// Splits what arrived so that each part but the last ends where a document leaves this device: it
/// may come back in the next.
pub(crate) fn pages<'a>(items: &'a [Item], facts: &Facts) -> Vec<&'a [Item]> {
    items.split_inclusive(|item| takes_away(item, facts)).collect()
}

fn takes_away(item: &Item, facts: &Facts) -> bool {
    match item {
        Item::Person(_) | Item::Fold(_) => false,
        Item::Entry(pulled) => match pulled.offer.kind {
            EntryKind::Delete => true,
            EntryKind::Revoke => revoked(pulled).is_some_and(|person| facts.is_me(person)),
            _ => false,
        },
    }
}

fn revoked(pulled: &Pulled) -> Option<PersonId> {
    Revoke::read(&pulled.offer.body).ok().map(|revoke| revoke.from)
}

/// Sorts a part of what arrived.
pub(crate) fn sort<'a>(items: &'a [Item], facts: &'a Facts) -> Page<'a> {
    let mut page = Page {
        facts,
        people: Vec::new(),
        created: Vec::new(),
        folds: Vec::new(),
        content: BTreeMap::new(),
        rest: Vec::new(),
        end: None,
    };
    for item in items {
        match item {
            Item::Person(person) => page.people.push(person),
            Item::Fold(fold) => page.folds.push(fold),
            Item::Entry(pulled) => match pulled.offer.kind {
                EntryKind::Create => {
                    // What is private is on its owner's devices alone.
                    let is_strange =
                        |row: &DocumentRow| row.kind.is_sealed() && !facts.is_me(pulled.person);
                    let row = row_of(pulled).filter(|row| !is_strange(row));
                    page.created.extend(row.map(|row| (row, pulled)));
                }
                EntryKind::Change | EntryKind::Envelope => {
                    page.content.entry(pulled.offer.document).or_default().push(pulled);
                }
                _ if is_intact(&pulled.offer) => page.rest.push(pulled),
                _ => {}
            },
        }
    }
    if let Some(Item::Entry(pulled)) = items.last().filter(|item| takes_away(item, facts)) {
        page.end = Some(pulled);
    }
    page
}

/// Whether the bytes of an entry that is no change are those its hash names.
fn is_intact(offer: &Offer) -> bool {
    let intact = entry::hash(offer.kind, offer.document, &offer.body) == offer.hash;
    if !intact {
        tracing::warn!(document = %offer.document, hash = %offer.hash, "an entry came damaged");
    }
    intact
}

pub(super) fn row_of(pulled: &Pulled) -> Option<DocumentRow> {
    let create =
        is_intact(&pulled.offer).then(|| Create::read(&pulled.offer.body).ok()).flatten()?;
    Some(DocumentRow {
        id: pulled.offer.document,
        kind: create.kind,
        creator: pulled.person,
        owner: pulled.person,
        about: create.about,
        created_at: create.created_at,
        version: Version::default(),
    })
}

impl<'a> Page<'a> {
    /// People and new documents in it.
    pub(super) fn beginnings(&self) -> usize {
        self.people.len() + self.created.len()
    }

    /// Writes so many people and new documents after the first few.
    pub(super) fn write_beginnings(
        &self,
        write: &mut Write<'_>,
        (skip, take): (usize, usize),
        now: Timestamp,
    ) -> Result<(), Error> {
        for person in self.people.iter().skip(skip).take(take) {
            let person = person.with_clean_name();
            write.put_person(&person)?;
            if self.facts.is_me(person.id) {
                facts::write_own_person(write, &person)?;
                if self.facts.person.roles != person.roles {
                    write.forget_inbox()?;
                }
            }
        }
        let written = self.people.len().saturating_sub(skip).min(take);
        let created = self.created.iter().skip(skip.saturating_sub(self.people.len()));
        for (row, pulled) in created.take(take - written) {
            self.write_create(write, row, pulled, now)?;
        }
        Ok(())
    }

    /// The content of one document, unless the document is not, or no more, to be here.
    pub(super) fn arrival(
        &self,
        store: &Store,
        document: DocumentId,
        pulled: &[&'a Pulled],
    ) -> Result<Option<Arrival<'a>>, Error> {
        let create = self.created.iter().find(|(row, _)| row.id == document);
        let row = match (store.document(document)?, create) {
            (Some((row, DocumentState::Active)), _) => row,
            (None | Some((_, DocumentState::Revoked)), Some((row, _))) => row.clone(),
            (found, _) => {
                let gone = found.is_some();
                tracing::warn!(%document, gone, "content came for a document that is not here");
                return Ok(None);
            }
        };
        let create = create.map(|(_, pulled)| &pulled.offer);
        Ok(Some(Arrival { row, create, pulled: pulled.to_vec() }))
    }

    /// The documents that go with the last entry, and what only this device has of each of them.
    pub(crate) fn departures(&self, state: &mut State) -> Result<Departures, Error> {
        self.end.map_or_else(
            || Ok(Departures::default()),
            |end| departures::with(state, end, self.facts),
        )
    }

    /// Writes what is not content.
    pub(crate) fn write_rest(
        &self,
        write: &mut Write<'_>,
        departures: &Departures,
        now: Timestamp,
    ) -> Result<(), Error> {
        for pulled in &self.rest {
            self.write_control(write, pulled)?;
        }
        departures.write(write)?;
        self.offer_what_waited(write, now)
    }

    fn write_create(
        &self,
        write: &mut Write<'_>,
        row: &DocumentRow,
        pulled: &Pulled,
        now: Timestamp,
    ) -> Result<(), Error> {
        match write.state(row.id)? {
            Some(DocumentState::Active) if !authority::counts(write, self.facts, pulled)? => {
                return Ok(());
            }
            Some(DocumentState::Active) => {}
            Some(DocumentState::Deleted) => return self.delete_again(write, row.id, now),
            Some(DocumentState::Revoked) | None => write.put_document(row)?,
        }
        write.put_entry(&control(pulled, Vec::new()), origin(pulled))?;
        Ok(())
    }

    /// A server that was restored may know a document again that was deleted.
    fn delete_again(
        &self,
        write: &mut Write<'_>,
        document: DocumentId,
        now: Timestamp,
    ) -> Result<(), Error> {
        let links = write.links(document)?;
        let own = links.iter().filter(|link| {
            link.kind == EntryKind::Delete && link.device == Some(self.facts.device)
        });
        requeue(write, own.map(|link| link.hash).collect::<Vec<_>>(), now)?;
        // Whoever deleted it: a receipt may be here for that.
        if !write.receipts(document)?.is_empty() {
            write.bring(&Bringing { document, known: Vec::new() })?;
        }
        Ok(())
    }

    fn write_control(&self, write: &mut Write<'_>, pulled: &Pulled) -> Result<(), Error> {
        let Offer { kind, document, body, .. } = &pulled.offer;
        if write.state(*document)? != Some(DocumentState::Active) {
            return invitations::write(write, pulled, self.facts);
        }
        if !authority::counts(write, self.facts, pulled)? {
            return Ok(());
        }
        // What others have seen is a fact of the moment; only this device's own is offered again.
        if *kind != EntryKind::Seen || pulled.device == self.facts.device {
            let create = write.links(*document)?.into_iter().find(|l| l.kind == EntryKind::Create);
            let deps = create.map(|link| link.hash).into_iter().collect();
            write.put_entry(&control(pulled, deps), origin(pulled))?;
        }
        match kind {
            EntryKind::Grant => {
                let Ok(grant) = Grant::read(body) else { return Ok(()) };
                rights::give(write, *document, (&grant, pulled.person), true)?;
                if self.facts.is_me(grant.to) {
                    write.remove_invitation(*document)?;
                }
            }
            EntryKind::Revoke => {
                let Ok(revoke) = Revoke::read(body) else { return Ok(()) };
                rights::take(write, *document, (&revoke, pulled.person))?;
            }
            EntryKind::Seen => {
                let Ok(Seen { version, at }) = Seen::read(body) else { return Ok(()) };
                let (document, person) = (*document, pulled.person);
                write.put_seen(&SeenRow { document, person, at, version })?;
            }
            _ => {}
        }
        Ok(())
    }

    /// After the server was restored, work in another person's document waits until the document is
    /// known there again. Now it is.
    fn offer_what_waited(&self, write: &mut Write<'_>, now: Timestamp) -> Result<(), Error> {
        let created = self.created.iter().map(|(row, _)| row.id);
        let granted = self.rest.iter().filter(|pulled| pulled.offer.kind == EntryKind::Grant);
        let known: BTreeSet<DocumentId> =
            created.chain(granted.map(|pulled| pulled.offer.document)).collect();
        for document in known {
            let about = write.documents_about(document)?.into_iter().map(|row| row.id);
            for document in about.chain([document]).collect::<Vec<_>>() {
                for hash in own_unstored(write, document, self.facts)? {
                    let entry = write.entry(hash)?;
                    match entry.map(|entry| rights::is_past(write, &entry)).transpose()? {
                        Some(true) => write.confirm_stored(&[hash])?,
                        _ => requeue(write, [hash], now)?,
                    }
                }
                self.compare_again_if_lacking(write, document)?;
            }
        }
        Ok(())
    }

    /// What is folded, came from others, or was stored once, is brought again as far as the server
    /// lacks it, which it has to be asked for.
    fn compare_again_if_lacking(
        &self,
        write: &mut Write<'_>,
        document: DocumentId,
    ) -> Result<(), Error> {
        let is_folded = write.fold(document)?.is_some_and(|fold| !fold.stored);
        let receipts = write.receipts(document)?.into_iter();
        let receipts: BTreeSet<EntryHash> = receipts.map(|receipt| receipt.hash).collect();
        let is_lacking = |link: &EntryLink| {
            let was_there = link.device != Some(self.facts.device) || receipts.contains(&link.hash);
            !link.stored && link.kind != EntryKind::Seen && was_there
        };
        if is_folded || write.links(document)?.iter().any(is_lacking) {
            let state = write.sync_state()?;
            write.set_sync_state(&SyncState { verifying: true, verified_to: None, ..state })?;
        }
        Ok(())
    }
}

pub(super) fn origin(pulled: &Pulled) -> Origin {
    Origin::Server { sequence: pulled.sequence, received_at: pulled.received_at }
}

/// An entry that carries no words, as the server passed it on.
pub(super) fn control(pulled: &Pulled, deps: Vec<EntryHash>) -> Entry {
    let Offer { kind, document, hash, body } = pulled.offer.clone();
    let (device, by) = (Some(pulled.device), Some(pulled.person));
    Entry { hash, document, kind, body, deps, device, by }
}
