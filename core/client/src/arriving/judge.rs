//! What arrives from the network: unsealed, judged by the admission gate, and only then kept.
//!
//! The server is trusted to pass on and never to be right. Bytes that are not what they claim to
//! be stay out of the document; if they are this person's own, they are kept in the quarantine.

use std::collections::BTreeMap;

use enhance_documents::{AdmissionRules, Document, Ruling, gate};
use enhance_model::{
    ChangeHash, DocumentId, DocumentKind, EntryHash, RefusalCode, Timestamp, Version,
};
use enhance_protocol::{Create, EntryBody, EnvelopeHeader, Offer, Pulled, entry};
use enhance_store::{
    DocumentRow, DocumentState, Entry, EntryKind, NewQuarantine, Origin, Store, Write,
};

use crate::{
    error::Error,
    keys::DocumentKey,
    state::{State, facts::Facts, projection::DocumentProjection, sealing},
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
    /// What the document's operations made, and of how many changes that is, where it is worth
    /// being kept.
    pub(super) catalogue: Option<(u64, Vec<u8>)>,
    /// Own work that could not be read.
    pub(super) quarantined: Vec<(NewQuarantine, Entry)>,
    /// Entries that are in the fold: the server has them.
    pub(super) folded: Vec<EntryHash>,
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

    /// Whether something new of a plan is in it.
    pub(super) fn changes_project(&self) -> bool {
        self.row.kind == DocumentKind::ChangeProject && self.shown.is_some()
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
        write.confirm_folded(self.row.id, &self.folded)?;
        if let Some((changes, catalogue)) = &self.catalogue {
            write.put_catalogue(self.row.id, *changes, catalogue)?;
        }
        self.shown.iter().try_for_each(|shown| shown.write(write))
    }
}

/// The key of a private document, if it can be had.
pub(super) fn arriving_key(
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
        None => Document::admit_new(row.kind, row.creator, &changes, facts.device, &rules),
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
pub(super) fn received(pulled: &Pulled, create: Option<EntryHash>) -> Entry {
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
