//! What an answer brings: people, documents, changes, rights, and documents that are gone.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{DocumentId, Person, PersonId, RefusalCode, Timestamp, Version};
use enhance_protocol::{
    Create, EntryBody, EntryKind, Grant, Item, Offer, Pulled, Revoke, Seen, entry,
};
use enhance_store::{DocumentRow, DocumentState, Entry, GrantRow, Origin, SeenRow, Store, Write};

use super::{
    judge::{self, Arrival, Intake},
    rescue::{self, Reason, Rescue},
};
use crate::{
    error::Error,
    state::{
        State,
        facts::{self, Facts},
    },
    writing::entries::{own_grant, requeue},
};

/// A part of what arrived, judged and ready to be written.
pub(crate) struct PageIntake<'a> {
    facts: &'a Facts,
    people: Vec<&'a Person>,
    created: Vec<(DocumentRow, &'a Pulled)>,
    content: Vec<Intake>,
    /// Rights, readings and ends of documents, in their order.
    rest: Vec<&'a Pulled>,
    gone: Vec<Departure>,
}

/// A document that is to leave this device.
struct Departure {
    document: DocumentId,
    for_ever: bool,
    /// What must outlive it.
    rescued: Vec<Rescue>,
}

/// Splits what arrived so that each part but the last ends where a document leaves this device: it
/// may come back in the next.
pub(crate) fn pages<'a>(items: &'a [Item], facts: &Facts) -> Vec<&'a [Item]> {
    items.split_inclusive(|item| takes_away(item, facts)).collect()
}

fn takes_away(item: &Item, facts: &Facts) -> bool {
    match item {
        Item::Person(_) => false,
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

/// Judges a part of what arrived.
pub(crate) fn judge<'a>(
    state: &mut State,
    items: &'a [Item],
    facts: &'a Facts,
) -> Result<PageIntake<'a>, Error> {
    let mut arrived = PageIntake {
        facts,
        people: Vec::new(),
        created: Vec::new(),
        content: Vec::new(),
        rest: Vec::new(),
        gone: Vec::new(),
    };
    let mut content: BTreeMap<DocumentId, Vec<&Pulled>> = BTreeMap::new();
    for item in items {
        match item {
            Item::Person(person) => arrived.people.push(person),
            Item::Entry(pulled) => match pulled.offer.kind {
                EntryKind::Create => {
                    arrived.created.extend(row_of(pulled).map(|row| (row, pulled)));
                }
                EntryKind::Change | EntryKind::Envelope => {
                    content.entry(pulled.offer.document).or_default().push(pulled);
                }
                _ if is_intact(&pulled.offer) => arrived.rest.push(pulled),
                _ => {}
            },
        }
    }
    for (document, pulled) in content {
        if let Some(arrival) = arrival(state.store(), &arrived.created, document, pulled)? {
            arrived.content.push(judge::take_in(state, facts, arrival)?);
        }
    }
    if let Some(Item::Entry(pulled)) = items.last().filter(|item| takes_away(item, facts)) {
        arrived.gone = going(state, pulled, facts)?;
    }
    Ok(arrived)
}

/// Whether the bytes of an entry that is no change are those its hash names.
fn is_intact(offer: &Offer) -> bool {
    let intact = entry::hash(offer.kind, offer.document, &offer.body) == offer.hash;
    if !intact {
        tracing::warn!(document = %offer.document, hash = %offer.hash, "an entry came damaged");
    }
    intact
}

fn row_of(pulled: &Pulled) -> Option<DocumentRow> {
    let create =
        is_intact(&pulled.offer).then(|| Create::read(&pulled.offer.body).ok()).flatten()?;
    Some(DocumentRow {
        id: pulled.offer.document,
        kind: create.kind,
        owner: pulled.person,
        about: create.about,
        created_at: create.created_at,
        version: Version::default(),
    })
}

/// The content of one document, unless the document is not, or no more, to be here.
fn arrival<'a>(
    store: &Store,
    created: &[(DocumentRow, &'a Pulled)],
    document: DocumentId,
    pulled: Vec<&'a Pulled>,
) -> Result<Option<Arrival<'a>>, Error> {
    let create = created.iter().find(|(row, _)| row.id == document);
    let row = match (store.document(document)?, create) {
        (Some((row, DocumentState::Active)), _) => row,
        (None | Some((_, DocumentState::Revoked)), Some((row, _))) => row.clone(),
        (found, _) => {
            let gone = found.is_some();
            tracing::warn!(%document, gone, "content came for a document that is not here");
            return Ok(None);
        }
    };
    Ok(Some(Arrival { row, create: create.map(|(_, pulled)| &pulled.offer), pulled }))
}

/// The documents that go with this entry, with what only this device has of them.
fn going(state: &mut State, pulled: &Pulled, facts: &Facts) -> Result<Vec<Departure>, Error> {
    let document = pulled.offer.document;
    let for_ever = pulled.offer.kind == EntryKind::Delete;
    if !matches!(state.store().state(document)?, Some(DocumentState::Active)) {
        return Ok(Vec::new());
    }
    let reason = if for_ever {
        reason(RefusalCode::DocumentDeleted, "this was deleted for ever by its owner")
    } else {
        reason(RefusalCode::NotGranted, "this is no longer shared with you")
    };
    let about = state.store().documents_about(document)?.into_iter().map(|row| row.id);
    let mut gone = Vec::new();
    for document in about.chain([document]).collect::<Vec<_>>() {
        let mut rescued = Vec::new();
        // Who deletes a document of their own means what they wrote in it on every device.
        if !(for_ever && facts.is_me(pulled.person)) {
            if for_ever {
                rescued = rescue::refused_before(state.store(), document)?;
            }
            rescued.extend(rescue::own_words(state, document, &reason)?);
        }
        gone.push(Departure { document, for_ever, rescued });
    }
    Ok(gone)
}

fn reason(code: RefusalCode, explanation: &str) -> Reason {
    Reason { code, explanation: explanation.to_owned() }
}

impl PageIntake<'_> {
    /// Entries that go into the quarantine with this.
    pub(crate) fn rescued(&self) -> u64 {
        self.gone.iter().flat_map(|gone| &gone.rescued).map(Rescue::count).sum()
    }

    /// The documents that are not here any more once this is written.
    pub(crate) fn gone(&self) -> impl Iterator<Item = DocumentId> {
        self.gone.iter().map(|gone| gone.document)
    }

    /// Writes all of it.
    pub(crate) fn write(&self, write: &mut Write<'_>, now: Timestamp) -> Result<(), Error> {
        for person in &self.people {
            write.put_person(person)?;
            if self.facts.is_me(person.id) {
                facts::write_own_person(write, person)?;
            }
        }
        for (row, pulled) in &self.created {
            self.write_create(write, row, pulled, now)?;
        }
        self.content.iter().try_for_each(|taken| taken.write(write))?;
        for pulled in &self.rest {
            self.write_rest(write, pulled)?;
        }
        for gone in &self.gone {
            gone.write(write)?;
        }
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
            Some(DocumentState::Active) => {}
            Some(DocumentState::Deleted) => return self.delete_again(write, row.id, now),
            Some(DocumentState::Revoked) | None => write.put_document(row)?,
        }
        write.put_entry(&control(pulled, Vec::new()), origin(pulled))?;
        Ok(())
    }

    /// A server that was restored may know a document again that this device deleted.
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
        requeue(write, own.map(|link| link.hash).collect::<Vec<_>>(), now)
    }

    fn write_rest(&self, write: &mut Write<'_>, pulled: &Pulled) -> Result<(), Error> {
        let Offer { kind, document, body, .. } = &pulled.offer;
        if write.state(*document)? != Some(DocumentState::Active) {
            return Ok(());
        }
        match kind {
            EntryKind::Grant => {
                let Ok(grant) = Grant::read(body) else { return Ok(()) };
                let right = own_grant(*document, &grant);
                write.put_grant(&GrantRow { confirmed: true, ..right })?;
            }
            EntryKind::Revoke => {
                let Ok(revoke) = Revoke::read(body) else { return Ok(()) };
                write.remove_grant(*document, revoke.from)?;
            }
            EntryKind::Seen => {
                let Ok(Seen { version, at }) = Seen::read(body) else { return Ok(()) };
                let (document, person) = (*document, pulled.person);
                write.put_seen(&SeenRow { document, person, at, version })?;
            }
            _ => {}
        }
        // What others have seen is a fact of the moment; only this device's own is offered again.
        if *kind != EntryKind::Seen || pulled.device == self.facts.device {
            let create = write.links(*document)?.into_iter().find(|l| l.kind == EntryKind::Create);
            let deps = create.map(|link| link.hash).into_iter().collect();
            write.put_entry(&control(pulled, deps), origin(pulled))?;
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
                let links = write.links(document)?.into_iter();
                let waited =
                    links.filter(|link| !link.stored && link.device == Some(self.facts.device));
                requeue(write, waited.map(|link| link.hash).collect::<Vec<_>>(), now)?;
            }
        }
        Ok(())
    }
}

impl Departure {
    fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        if self.for_ever {
            write.delete_document(self.document)?;
        } else {
            write.purge_document(self.document)?;
        }
        self.rescued.iter().try_for_each(|rescued| rescued.write(write))
    }
}

fn origin(pulled: &Pulled) -> Origin {
    Origin::Server { sequence: pulled.sequence, received_at: pulled.received_at }
}

/// An entry that carries no words, as the server passed it on.
fn control(pulled: &Pulled, deps: Vec<enhance_model::EntryHash>) -> Entry {
    let Offer { kind, document, hash, body } = pulled.offer.clone();
    let (device, by) = (Some(pulled.device), Some(pulled.person));
    Entry { hash, document, kind, body, deps, device, by }
}
