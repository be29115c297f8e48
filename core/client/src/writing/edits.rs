//! The one write path: how what a person did becomes entries, all of them or none.
//!
//! Everything is prepared first, outside the transaction: limits are checked, private changes are
//! sealed, and what screens will read is made. Then one transaction writes the entries, their
//! places in the outbox, the projection and the text to be searched. `Ok` comes after the commit.

use std::slice;

use enhance_documents::{Change, Document, Edit, NewDocument};
use enhance_model::{DocumentId, DocumentKind, EntryHash, Timestamp, Version};
use enhance_protocol::{Create, EntryBody, Offer, entry};
use enhance_store::{DocumentRow, DocumentSize, Entry, EntryKind, GrantRow, Origin, Write};

use crate::{
    Error,
    core::State,
    keys::DocumentKey,
    state::documents::{Chain, OpenDocument},
    state::facts::Facts,
    state::projection::DocumentProjection,
    state::sealing,
    writing::drafts::{self, DraftField},
};

/// Changes of one document, ready to be written.
pub(crate) struct PendingWrite {
    /// Of a document that is new here.
    new: Option<NewRow>,
    entries: Vec<Entry>,
    shown: DocumentProjection,
    at: Timestamp,
}

struct NewRow {
    row: DocumentRow,
    key: Option<DocumentKey>,
    /// The entry that makes the document known.
    create: Entry,
}

/// Edits of what a screen showed.
pub(crate) struct EditsOf<'a> {
    /// The version the screen showed; none for the document as it stands.
    pub(crate) base: Option<&'a Version>,
    pub(crate) edits: &'a [Edit],
}

impl PendingWrite {
    /// Writes all of it; to be called in one transaction with whatever belongs to it.
    pub(crate) fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        let origin = Origin::Here { at: self.at };
        if let Some(NewRow { row, key, create }) = &self.new {
            write.put_document(row)?;
            if let Some(key) = key {
                write.put_document_key(row.id, key.as_bytes())?;
            }
            write.put_entry(create, origin)?;
        }
        for entry in &self.entries {
            write.put_entry(entry, origin)?;
        }
        self.shown.write(write)
    }

    pub(crate) fn version(&self) -> &Version {
        self.shown.version()
    }
}

impl State {
    /// Edits a document and writes it. Without any change nothing is written.
    ///
    /// A draft of a field that is written here gives way to it. What is returned is the version of a
    /// screen that goes on showing what was typed into it; one that reads the entry again shows
    /// that and everything that arrived.
    pub(crate) fn edit(
        &mut self,
        document: DocumentId,
        base: Option<&Version>,
        edits: &[Edit],
    ) -> Result<Version, Error> {
        let change = self.prepare_edits(document, &[EditsOf { base, edits }])?;
        let (version, prepared) = match (change, base) {
            (Some((version, prepared)), _) => (version, Some(prepared)),
            (None, Some(base)) => (base.clone(), None),
            (None, None) => (self.document(document)?.version(), None),
        };
        let written: Vec<DraftField> = edits.iter().filter_map(DraftField::of).collect();
        let mut gone = self.drafts(document)?;
        gone.retain(|draft| written.contains(&draft.field));
        if prepared.is_none() && gone.is_empty() {
            return Ok(version);
        }
        self.write(|write| {
            prepared.iter().try_for_each(|prepared| prepared.write(write))?;
            gone.iter()
                .try_for_each(|draft| Ok(write.remove_draft(document, &draft.field.to_string())?))
        })?;
        self.fold_if_long(document);
        Ok(version)
    }

    /// Edits a document in memory and prepares what is to be written; nothing if nothing changed.
    pub(crate) fn prepare_edits(
        &mut self,
        document: DocumentId,
        groups: &[EditsOf<'_>],
    ) -> Result<Option<(Version, PendingWrite)>, Error> {
        let now = self.now();
        let limits = self.facts()?.limits().clone();
        let mut texts = groups.iter().flat_map(|group| group.edits).flat_map(drafts::texts);
        texts.try_for_each(|text| limits.check_text(text))?;
        let prepared = self.apply(document, groups, now);
        if prepared.is_err() {
            // The document in memory may have some of the edits, and the database never will.
            self.forget(document);
        }
        prepared
    }

    fn apply(
        &mut self,
        document: DocumentId,
        groups: &[EditsOf<'_>],
        now: Timestamp,
    ) -> Result<Option<(Version, PendingWrite)>, Error> {
        let opened = self.document(document)?;
        let mut changes = Vec::new();
        for group in groups {
            changes.extend(opened.edit(group.base, group.edits, now)?);
        }
        if changes.is_empty() {
            return Ok(None);
        }
        // What the screen showed and what was typed into it, and nothing that arrived meanwhile:
        // what is typed next must not take away what was never shown.
        let version = Version::new(changes.iter().map(|change| change.hash).collect());
        let prepared = self.prepare(document, changes, now)?;
        Ok(Some((version, prepared)))
    }

    /// Prepares changes that are in the document in memory already.
    pub(crate) fn prepare(
        &mut self,
        document: DocumentId,
        changes: Vec<Change>,
        now: Timestamp,
    ) -> Result<PendingWrite, Error> {
        let (facts, row) = (self.facts()?, self.row(document)?);
        let key = if row.kind.is_sealed() { Some(self.document_key(document)?) } else { None };
        let mut chain = self.opened(document)?.chain;
        let mut entries = Vec::new();
        for change in changes {
            entries.push(self.entry_of(&row, change, &mut chain, key.as_ref())?);
        }
        let opened = self.opened(document)?;
        opened.chain = chain;
        opened.grow(&entries);
        let size = opened.size;
        facts.limits().check_document(size.changes, size.bytes)?;
        let version = opened.document.version();
        let shown =
            DocumentProjection::new(&row, &opened.document.content()?, version, now, &facts)?;
        Ok(PendingWrite { new: None, entries, shown, at: now })
    }

    /// A change as an entry: sealed if its document is private, and not too large to be sent.
    fn entry_of(
        &mut self,
        row: &DocumentRow,
        change: Change,
        chain: &mut Chain,
        key: Option<&DocumentKey>,
    ) -> Result<Entry, Error> {
        let facts = self.facts()?;
        let (kind, hash, body, named) = match key {
            None => {
                let deps = change.deps.into_iter().map(EntryHash::from).collect();
                (EntryKind::Change, EntryHash::from(change.hash), change.bytes, deps)
            }
            Some(key) => {
                let nonce = self.environment.randomness.bytes();
                let body = sealing::seal(key, chain.next(row.id, &facts), nonce, &change.bytes)?;
                let hash = entry::hash(EntryKind::Envelope, row.id, &body);
                let named = chain.previous.into_iter().collect();
                (chain.counter, chain.previous) = (chain.counter + 1, Some(hash));
                (EntryKind::Envelope, hash, body, named)
            }
        };
        facts.limits().check_change(body.len() as u64)?;
        let (device, by) = (Some(facts.device), Some(facts.person.id));
        Ok(Entry { hash, document: row.id, kind, body, deps: chain.deps(named), device, by })
    }

    /// Makes a new document and prepares it.
    pub(crate) fn prepare_new(
        &mut self,
        new: &NewDocument,
    ) -> Result<(DocumentId, PendingWrite), Error> {
        let id = self.environment.document_id();
        let key = match kind_of(new) {
            kind if kind.is_sealed() => {
                let facts = self.facts()?;
                let randomness = &*self.environment.randomness;
                let key = DocumentKey::new(randomness);
                let wrapped = facts.account_key()?.wrap(&key, id, randomness)?;
                Some((key, wrapped))
            }
            _ => None,
        };
        let now = self.now();
        Ok((id, self.prepare_as(id, new, key, now)?))
    }

    /// Prepares a new document under an id and a key that are given.
    pub(crate) fn prepare_as(
        &mut self,
        id: DocumentId,
        new: &NewDocument,
        key: Option<(DocumentKey, Vec<u8>)>,
        created_at: Timestamp,
    ) -> Result<PendingWrite, Error> {
        let (facts, now) = (self.facts()?, self.now());
        let (document, change) = Document::create(new, facts.device, now)?;
        let (key, wrapped_key) = key.unzip();
        let about = match new {
            NewDocument::Comments { about, .. } => Some(*about),
            _ => None,
        };
        let kind = document.kind();
        let offer = Create { kind, about, created_at, wrapped_key }.offer(id);
        let create = own_entry(offer, Vec::new(), &facts)?;
        let row = DocumentRow {
            id,
            kind,
            owner: facts.person.id,
            about,
            created_at,
            version: Version::default(),
        };
        let mut chain = Chain { create: create.hash, counter: 0, previous: None };
        let entry = self.entry_of(&row, change, &mut chain, key.as_ref())?;
        let mut opened = OpenDocument { document, size: DocumentSize::default(), tail: 0, chain };
        opened.grow(slice::from_ref(&entry));
        let version = opened.document.version();
        let shown =
            DocumentProjection::new(&row, &opened.document.content()?, version, now, &facts)?;
        self.open.put(id, opened);
        Ok(PendingWrite {
            new: Some(NewRow { row, key, create }),
            entries: vec![entry],
            shown,
            at: now,
        })
    }

    /// An entry by which this person says something about a document: a grant, a revocation, a
    /// deletion, that they have seen it.
    pub(crate) fn control(
        &mut self,
        document: DocumentId,
        body: &impl EntryBody,
    ) -> Result<Entry, Error> {
        let facts = self.facts()?;
        let create = self.create_of(document)?;
        own_entry(body.offer(document), vec![create], &facts)
    }

    /// The entry that made a document known.
    pub(crate) fn create_of(&self, document: DocumentId) -> Result<EntryHash, Error> {
        if let Some(open) = self.open.peek(&document) {
            return Ok(open.chain.create);
        }
        let links = self.store.links(document)?;
        let create = links.iter().find(|link| link.kind == EntryKind::Create);
        create.map(|link| link.hash).ok_or_else(|| Error::damaged(format_args!("entry {document}")))
    }
}

/// A grant of this person's own making, which the server has not heard of yet.
pub(crate) fn own_grant(document: DocumentId, grant: &enhance_protocol::Grant) -> GrantRow {
    GrantRow { document, person: grant.to, right: grant.right, since: grant.at, confirmed: false }
}

/// An entry by which this person says something about a document.
pub(crate) fn own_entry(
    offer: Result<Offer, enhance_protocol::EntryError>,
    deps: Vec<EntryHash>,
    facts: &Facts,
) -> Result<Entry, Error> {
    let offer = offer.map_err(|error| Error::internal("making an entry").because(error))?;
    Ok(Entry {
        hash: offer.hash,
        document: offer.document,
        kind: offer.kind,
        body: offer.body,
        deps,
        device: Some(facts.device),
        by: Some(facts.person.id),
    })
}

const fn kind_of(new: &NewDocument) -> DocumentKind {
    match new {
        NewDocument::Reflection { .. } => DocumentKind::Reflection,
        NewDocument::PersonalRecord { .. } => DocumentKind::PersonalRecord,
        NewDocument::SharedReflection { .. } => DocumentKind::SharedReflection,
        NewDocument::ChangeProject { .. } => DocumentKind::ChangeProject,
        NewDocument::Comments { .. } => DocumentKind::Comments,
    }
}
