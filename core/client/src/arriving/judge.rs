//! What arrives from the network: unsealed, judged by the admission gate, and only then kept.
//!
//! The server is trusted to pass on and never to be right. Bytes that are not what they claim to
//! be stay out of the document; if they are this person's own, they are kept in the quarantine.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};

use enhance_documents::{AdmissionRules, Document, Ruling, gate};
use enhance_model::{ChangeHash, DocumentId, EntryHash, RefusalCode, Timestamp, Version};
use enhance_protocol::{Create, EntryBody, EnvelopeHeader, Offer, Pulled, entry};
use enhance_store::{
    DocumentRow, DocumentSize, DocumentState, Entry, EntryKind, NewQuarantine, Origin, Store, Write,
};

use crate::{
    error::Error,
    keys::DocumentKey,
    state::{
        State,
        documents::has_content,
        facts::Facts,
        open_document::{OpenDocument, StoredDocument, size_of},
        projection::DocumentProjection,
        sealing,
    },
};

/// Changes or envelopes of one document, as one page of an answer brought them.
#[derive(Clone)]
pub(crate) struct Arrival<'a> {
    /// The document, as the page or the database knows it.
    pub(crate) row: DocumentRow,
    /// Its Create, if that is in the same page.
    pub(crate) create: Option<&'a Offer>,
    /// Content entries only, in the order of the server's sequence.
    pub(crate) pulled: Vec<&'a Pulled>,
}

/// What is to be written of an [`Arrival`], in the transaction that also moves the cursor.
pub(crate) struct Intake {
    pub(super) row: DocumentRow,
    pub(super) key: Option<DocumentKey>,
    pub(super) accepted: Vec<(Entry, Origin)>,
    /// None if the document cannot be read here yet, or nothing of it was new.
    pub(super) shown: Option<DocumentProjection>,
    /// Own work that could not be read.
    pub(super) quarantined: Vec<(NewQuarantine, Entry)>,
}

/// Entries of one document after the gate.
pub(super) struct Judgement {
    /// The document with what was accepted; none if it is not there yet.
    pub(super) document: Option<Document>,
    pub(super) accepted: Vec<Entry>,
    /// The changes in them.
    pub(super) changes: BTreeMap<EntryHash, ChangeHash>,
    pub(super) refused: Vec<(Entry, RefusalCode)>,
}

impl Intake {
    /// The document it is of.
    pub(super) const fn document(&self) -> DocumentId {
        self.row.id
    }

    /// Writes all of it. The document and its Create must have been written before.
    pub(crate) fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        match write.state(self.row.id)? {
            Some(DocumentState::Active) => {}
            // It was deleted here meanwhile; the server will hear of it.
            Some(DocumentState::Deleted) => return Ok(()),
            Some(DocumentState::Revoked) | None => write.put_document(&self.row)?,
        }
        if let Some(key) = &self.key {
            write.put_document_key(self.row.id, key.as_bytes())?;
        }
        for (entry, origin) in &self.accepted {
            write.put_entry(entry, *origin)?;
        }
        for (about, entry) in &self.quarantined {
            write.quarantine_entries(about, std::slice::from_ref(entry))?;
        }
        self.shown.iter().try_for_each(|shown| shown.write(write))
    }
}

/// What arrived of one document, with all that it takes to judge it away from the lock.
pub(crate) struct Case<'a> {
    arrival: Arrival<'a>,
    key: Option<DocumentKey>,
    create: Option<EntryHash>,
    present: Present,
    /// The version that the document has while the case is open.
    version: Version,
}

/// What is here of a document.
enum Present {
    Nothing,
    /// A copy of the one in memory.
    Lent(Document),
    /// What has to be opened first.
    Stored(StoredDocument),
}

/// What a case came to, ready to be written.
pub(crate) struct Decision<'a> {
    arrival: Arrival<'a>,
    pub(super) intake: Intake,
    /// The document with what was admitted.
    document: Changed,
    /// By how much its history is longer.
    growth: DocumentSize,
    /// The changes in the entries that are new.
    changes: BTreeMap<EntryHash, ChangeHash>,
    /// The version that the document in memory must still have, and its row.
    version: Version,
    row_version: Version,
    /// Whether a part of it is written.
    is_begun: bool,
}

enum Changed {
    /// To be read from the database at its next use.
    Unknown,
    Lent(Document),
    Opened(OpenDocument),
}

impl<'a> Case<'a> {
    /// Collects what it takes to judge an arrival.
    pub(crate) fn open(
        state: &mut State,
        facts: &Facts,
        arrival: Arrival<'a>,
    ) -> Result<Self, Error> {
        let row = &arrival.row;
        let key = arriving_key(state, facts, row, arrival.create)?;
        let create = match arrival.create {
            Some(create) => Some(create.hash),
            None => state.create_of(row.id).ok(),
        };
        let mut version = row.version.clone();
        let present = if !has_content(row) {
            Present::Nothing
        } else if let Some(opened) = state.if_open(row.id) {
            version = opened.document.version();
            Present::Lent(opened.document.lend())
        } else {
            Present::Stored(state.stored(row)?)
        };
        Ok(Self { arrival, key, create, present, version })
    }

    /// Judges all of it at once. Entries that are known are kept as they are.
    pub(crate) fn judge(
        self,
        facts: &Facts,
        known: &BTreeSet<EntryHash>,
        now: Timestamp,
    ) -> Result<Decision<'a>, Error> {
        let Self { arrival, key, create, present, version } = self;
        let row = arrival.row.clone();
        let newest = arrival.pulled.iter().map(|pulled| pulled.received_at).max();
        let (mut accepted, mut fresh, mut origins) = (Vec::new(), Vec::new(), BTreeMap::new());
        for pulled in &arrival.pulled {
            let entry = received(pulled, create);
            let (sequence, received_at) = (pulled.sequence, pulled.received_at);
            let origin = Origin::Server { sequence, received_at };
            if known.contains(&entry.hash) {
                accepted.push((entry, origin));
            } else {
                origins.insert(entry.hash, origin);
                fresh.push(entry);
            }
        }
        let row_version = row.version.clone();
        let intake = Intake { row, key, accepted, shown: None, quarantined: Vec::new() };
        let mut decision = Decision {
            arrival,
            intake,
            document: Changed::Unknown,
            growth: size_of(&[]),
            changes: BTreeMap::new(),
            version,
            row_version,
            is_begun: false,
        };
        let sealed_for_now = decision.intake.row.kind.is_sealed() && decision.intake.key.is_none();
        // To be opened when the recovery key is typed; until then it is kept as it came.
        let kept = if fresh.is_empty() || sealed_for_now {
            decision.document = present.unchanged()?;
            fresh
        } else {
            decision.admit(facts, present, fresh, (newest.unwrap_or_default(), now))?
        };
        decision.growth = size_of(&kept);
        let origin = |entry: Entry| origins.get(&entry.hash).map(|origin| (entry, *origin));
        decision.intake.accepted.extend(kept.into_iter().filter_map(origin));
        Ok(decision)
    }
}

impl Present {
    fn unchanged(self) -> Result<Changed, Error> {
        Ok(match self {
            Self::Lent(document) => Changed::Lent(document),
            Self::Nothing | Self::Stored(_) => Changed::Unknown,
        })
    }
}

impl<'a> Decision<'a> {
    /// Those of the entries that the gate lets in; notes what there is to show of them.
    fn admit(
        &mut self,
        facts: &Facts,
        present: Present,
        fresh: Vec<Entry>,
        (newest, now): (Timestamp, Timestamp),
    ) -> Result<Vec<Entry>, Error> {
        let mut opened = None;
        let present = match present {
            Present::Nothing => None,
            Present::Lent(document) => Some(document),
            Present::Stored(stored) => {
                let OpenDocument { document, key, size, tail, chain } = stored.open()?;
                opened = Some(move |document| OpenDocument { document, key, size, tail, chain });
                Some(document)
            }
        };
        let intake = &mut self.intake;
        let row = &intake.row;
        let was_here = present.is_some();
        let judgement = judge(facts, row, intake.key.as_ref(), fresh, present);
        self.changes = judgement.changes;
        for (entry, code) in judgement.refused {
            let hash = entry.hash;
            tracing::warn!(document = %row.id, %hash, %code, "refused from the server");
            if entry.by == Some(facts.person.id) {
                intake.quarantined.push((unreadable(row, code, now), entry));
            }
        }
        let Some(mut document) = judgement.document else { return Ok(judgement.accepted) };
        if !judgement.accepted.is_empty() {
            let (version, content) = (document.version(), document.content()?);
            intake.shown = Some(DocumentProjection::new(row, &content, version, newest, facts)?);
        }
        // This device's own envelopes move the chain; it is read again from what was written.
        let is_own = |entry: &Entry| entry.device == Some(facts.device);
        if was_here && !judgement.accepted.iter().any(is_own) {
            self.document = match opened {
                Some(opened) => Changed::Opened(opened(document)),
                None => Changed::Lent(document),
            };
        }
        Ok(judgement.accepted)
    }

    /// How many entries are to be written.
    pub(crate) fn entries(&self) -> usize {
        self.intake.accepted.len()
    }

    /// Whether it keeps a document in memory until it is written.
    pub(super) const fn holds_document(&self) -> bool {
        !matches!(self.document, Changed::Unknown)
    }

    /// Takes out so many entries, to be written before the rest under this version: none if the
    /// document is not here any more.
    ///
    /// What screens read is written with the last of them; until then the document's version is
    /// past that of its row, so that should it end here, the row is made again.
    pub(super) fn part(
        &mut self,
        state: &State,
        count: usize,
    ) -> Result<Option<(Intake, Version)>, Error> {
        let later = self.intake.accepted.split_off(count.min(self.intake.accepted.len()));
        let accepted = mem::replace(&mut self.intake.accepted, later);
        let Some(row) = state.active(self.intake.row.id)? else { return Ok(None) };
        let mut hashes = accepted.iter().filter_map(|(entry, _)| self.changes.get(&entry.hash));
        let heads = row.version.heads().iter().chain(hashes.next_back());
        let version = Version::new(heads.copied().collect());
        if row.version == self.row_version {
            self.row_version = version.clone();
        }
        self.is_begun = true;
        let key = self.intake.key.clone();
        let part = Intake { row, key, accepted, shown: None, quarantined: Vec::new() };
        Ok(Some((part, version)))
    }

    /// What is to be written, now that the lock is held again, if the document is as it was when
    /// its case was opened. If not, the arrival is judged once more, on what it is now.
    ///
    /// What is returned must be written before anything else is done with the document.
    pub(crate) fn settle(self, state: &mut State, facts: &Facts) -> Result<Option<Intake>, Error> {
        let id = self.intake.row.id;
        let found = state.active(id)?;
        if found.is_none() && has_content(&self.intake.row) {
            // It was deleted here or taken away meanwhile.
            return Ok(None);
        }
        let row_version = found.map(|row| row.version).unwrap_or_default();
        let is_as_it_was = match state.if_open(id) {
            Some(opened) => opened.document.version() == self.version,
            None => row_version == self.row_version,
        };
        if !is_as_it_was {
            return self.again(state, facts);
        }
        match (self.document, state.if_open(id)) {
            (Changed::Lent(document), Some(opened)) => {
                opened.document = document;
                opened.grow(self.growth);
            }
            (Changed::Opened(mut opened), None) => {
                opened.grow(self.growth);
                state.keep_open(id, opened);
            }
            _ => state.forget(id),
        }
        Ok(Some(self.intake))
    }

    fn again(self, state: &mut State, facts: &Facts) -> Result<Option<Intake>, Error> {
        let id = self.intake.row.id;
        // What was written of it already is in the database and not in the document in memory.
        if self.is_begun {
            state.forget(id);
        }
        let arrival = match state.active(id)? {
            Some(row) => Arrival { row, ..self.arrival },
            None => self.arrival,
        };
        take_in(state, facts, arrival)
    }
}

/// Judges what arrived of one document at once, under the lock.
///
/// What is returned must be written before anything else is done with the document.
pub(crate) fn take_in(
    state: &mut State,
    facts: &Facts,
    arrival: Arrival<'_>,
) -> Result<Option<Intake>, Error> {
    let known = known(state, &arrival.pulled)?;
    let now = state.now();
    Case::open(state, facts, arrival)?.judge(facts, &known, now)?.settle(state, facts)
}

/// Those of what arrived that are here.
pub(crate) fn known(state: &State, pulled: &[&Pulled]) -> Result<BTreeSet<EntryHash>, Error> {
    let mut known = BTreeSet::new();
    for pulled in pulled {
        if state.store().has(pulled.offer.hash)? {
            known.insert(pulled.offer.hash);
        }
    }
    Ok(known)
}

/// The key of a private document, if it can be had.
fn arriving_key(
    state: &State,
    facts: &Facts,
    row: &DocumentRow,
    create: Option<&Offer>,
) -> Result<Option<DocumentKey>, Error> {
    if !row.kind.is_sealed() {
        return Ok(None);
    }
    if let Some(key) = state.stored_key(row.id)? {
        return Ok(Some(key));
    }
    let Some(account_key) = &facts.account_key else { return Ok(None) };
    let wrapped = match create {
        Some(create) => Create::read(&create.body).ok().and_then(|create| create.wrapped_key),
        None => wrapped_key(state.store(), row.id)?,
    };
    Ok(wrapped.and_then(|wrapped| account_key.unwrap(&wrapped, row.id)))
}

/// The wrapped key in a document's `create` entry.
pub(super) fn wrapped_key(store: &Store, document: DocumentId) -> Result<Option<Vec<u8>>, Error> {
    let links = store.links(document)?;
    let Some(link) = links.iter().find(|link| link.kind == EntryKind::Create) else {
        return Ok(None);
    };
    let create = store.entry(link.hash)?.and_then(|entry| Create::read(&entry.body).ok());
    Ok(create.and_then(|create| create.wrapped_key))
}

/// Unseals entries and lets the gate judge them, all at once.
pub(super) fn judge(
    facts: &Facts,
    row: &DocumentRow,
    key: Option<&DocumentKey>,
    entries: Vec<Entry>,
    present: Option<Document>,
) -> Judgement {
    let rules = AdmissionRules::from_server();
    let mut refused = Vec::new();
    let (mut candidates, mut changes) = (Vec::new(), Vec::new());
    for entry in entries {
        match unsealed(row, key, &entry) {
            Ok(change) => {
                candidates.push(entry);
                changes.push(change);
            }
            Err(code) => refused.push((entry, code)),
        }
    }
    let (document, admission) = match present {
        Some(document) => document.taking_in(&changes, &rules),
        None => Document::admit_new(row.kind, row.owner, &changes, facts.device, &rules),
    };
    let (mut accepted, mut changes) = (Vec::new(), BTreeMap::new());
    for (entry, finding) in candidates.into_iter().zip(admission.findings) {
        match finding.ruling {
            Ruling::Admitted | Ruling::Duplicate => {
                changes.extend(finding.change.map(|change| (entry.hash, change.hash)));
                accepted.push(entry);
            }
            Ruling::MissingDependencies(_) => refused.push((entry, RefusalCode::Unloadable)),
            Ruling::Rejected(code) => refused.push((entry, code)),
        }
    }
    Judgement { document, accepted, changes, refused }
}

/// The change in an entry that is what its kind, its document and its hash say.
fn unsealed(
    row: &DocumentRow,
    key: Option<&DocumentKey>,
    entry: &Entry,
) -> Result<Vec<u8>, RefusalCode> {
    match (entry.kind, key) {
        (EntryKind::Change, None) => {
            let scanned = gate::scan(&entry.body, gate::MAX_CHANGE_BYTES)?;
            if EntryHash::from(scanned.hash) == entry.hash {
                Ok(entry.body.clone())
            } else {
                Err(RefusalCode::WrongHash)
            }
        }
        (EntryKind::Envelope, Some(key)) => {
            let (header, _) =
                EnvelopeHeader::split(&entry.body).map_err(|_| RefusalCode::Malformed)?;
            if entry.hash != entry::hash(EntryKind::Envelope, row.id, &entry.body) {
                return Err(RefusalCode::WrongHash);
            }
            if entry.device != Some(header.device) {
                return Err(RefusalCode::WrongAuthor);
            }
            sealing::open(key, row.id, &entry.body).map_err(|_| RefusalCode::Malformed)
        }
        _ => Err(RefusalCode::WrongSealing),
    }
}

/// An entry as the server passed it on.
fn received(pulled: &Pulled, create: Option<EntryHash>) -> Entry {
    let Offer { kind, document, hash, body } = pulled.offer.clone();
    let mut deps = match kind {
        EntryKind::Change => gate::scan(&body, gate::MAX_CHANGE_BYTES)
            .map(|scanned| scanned.deps.into_iter().map(EntryHash::from).collect())
            .unwrap_or_default(),
        EntryKind::Envelope => EnvelopeHeader::split(&body)
            .ok()
            .and_then(|(header, _)| header.previous)
            .into_iter()
            .collect(),
        _ => Vec::new(),
    };
    if deps.is_empty() {
        deps.extend(create);
    }
    let (device, by) = (Some(pulled.device), Some(pulled.person));
    Entry { hash, document, kind, body, deps, device, by }
}

/// A note that an entry of this person came and cannot be read here.
pub(super) fn unreadable(row: &DocumentRow, code: RefusalCode, now: Timestamp) -> NewQuarantine {
    NewQuarantine {
        document: row.id,
        kind: row.kind,
        title: String::new(),
        code: code.to_string(),
        explanation: "what the server passed on of this document cannot be read on this device"
            .to_owned(),
        readable: "[]".to_owned(),
        base: Version::default(),
        at: now,
    }
}
