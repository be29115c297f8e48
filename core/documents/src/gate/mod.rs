//! The admission gate: the only way into a document for bytes from the network.
//!
//! The engine panics, loops, allocates gigabytes or spoils a document for everybody on crafted
//! changes of a hundred bytes. So each change is first looked through without the engine
//! ([`scan`]), then checked for who wrote it, and then judged operation by operation against a
//! [`Catalogue`] of what the document's operations made. No document is needed for that, and it
//! costs as much as the change is long. What passes may be applied; everything else is answered
//! with the reason.
//!
//! Phone and server use the same gate. The server also says which device is sending, and takes
//! changes only from the device that wrote them.
//!
//! ```
//! use enhance_documents::{AdmissionRules, Document, DocumentError, NewDocument, Ruling, gate};
//! use enhance_model::{DeviceId, Limits, PersonId, RefusalCode, Timestamp};
//!
//! let (phone, stranger) = (DeviceId::from_bytes([1; 16]), DeviceId::from_bytes([2; 16]));
//! let now = Timestamp::from_unix_millis(1_795_000_000_000);
//! let new = NewDocument::PersonalRecord { owner: PersonId::from_bytes([9; 16]) };
//! let (mut record, created) = Document::create(&new, phone, now)?;
//!
//! let limits = Limits::default();
//! let rules = AdmissionRules::from_device(stranger, &limits, 0);
//! let page = b"<html>Please accept our terms</html>".to_vec();
//! let rulings: Vec<_> = record
//!     .admit(&[page, created.bytes.clone()], &rules)
//!     .findings
//!     .into_iter()
//!     .map(|finding| finding.ruling)
//!     .collect();
//! assert_eq!(rulings, [Ruling::Rejected(RefusalCode::Malformed), Ruling::Duplicate]);
//!
//! // The first look alone tells what a change says about itself.
//! let header = gate::scan(&created.bytes, gate::MAX_CHANGE_BYTES).unwrap();
//! assert_eq!((header.hash, header.author), (created.hash, Some(phone)));
//! # Ok::<(), DocumentError>(())
//! ```

mod bytes;
mod canonical;
mod catalogue;
mod columns;
mod operations;
mod prescan;
#[cfg(test)]
mod trial;
mod tripwire;
mod whole;

use std::collections::BTreeSet;

use enhance_model::{
    ChangeHash, DeviceId, DocumentKind, Limits, PersonId, RefusalCode, programme::Published,
};

pub use self::catalogue::{Bounds, Catalogue, Journal};
pub use prescan::{ActorBytes, ChangeHeader, MAX_CHANGE_BYTES, scan};
pub use tripwire::{Piece, try_whole};

use self::{
    catalogue::{Refusal, Sender},
    operations::Operations,
    prescan::Chunk,
};
use crate::schema::Identity;

/// What no server allows.
static CEILING: Limits = Limits {
    request_bytes: u64::MAX,
    change_bytes: MAX_CHANGE_BYTES,
    text_chars: u64::MAX,
    document_bytes: u64::MAX,
    document_changes: u64::MAX,
    person_bytes: u64::MAX,
    requests_per_minute: u32::MAX,
};

/// By what rules changes are admitted.
#[derive(Clone, Copy)]
pub struct AdmissionRules<'a> {
    /// The device that is sending, on the server. Elsewhere the sender is the server, which hands
    /// on the work of many devices.
    pub device: Option<DeviceId>,
    /// To whom an actor belongs that the document itself does not know, if it was seen elsewhere.
    pub actor_owner: &'a dyn Fn(&ActorBytes) -> Option<DeviceId>,
    /// How much is too much.
    pub limits: &'a Limits,
    /// Bytes of all changes of the document that are stored already.
    pub stored_bytes: u64,
    /// Whether a device is of the person who sends.
    pub is_of_same_person: &'a dyn Fn(DeviceId) -> bool,
    /// What one document may come to; only a server asks.
    pub bounds: Option<Bounds>,
    /// What changes may name of the programme; only a server asks.
    pub published: Option<&'a Published>,
}

impl<'a> AdmissionRules<'a> {
    /// The rules of a server for what `device` sends; none if the device that wrote it does not send
    /// it, and something else has shown whose it is.
    pub fn from_device(
        device: impl Into<Option<DeviceId>>,
        limits: &'a Limits,
        stored_bytes: u64,
    ) -> Self {
        let bounds = Some(Bounds { text_chars: limits.text_chars, ..Bounds::default() });
        let (actor_owner, is_of_same_person): (
            &'static dyn Fn(&ActorBytes) -> _,
            &'static dyn Fn(_) -> _,
        ) = (&|_| None, &|_| false);
        let device = device.into();
        let published = None;
        Self { device, actor_owner, limits, stored_bytes, is_of_same_person, bounds, published }
    }

    /// The rules of a phone for what the server sends. How large documents may be is for the server
    /// to say: a phone that has not heard of its newest limits must not refuse what it hands on.
    pub fn from_server() -> Self {
        Self {
            device: None,
            actor_owner: &|_| None,
            limits: &CEILING,
            stored_bytes: 0,
            is_of_same_person: &|_| false,
            bounds: None,
            published: None,
        }
    }
}

/// What the gate says about one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// It is part of the document now.
    Admitted,
    /// It was part of the document already.
    Duplicate,
    /// Changes that it depends on are missing; it can come again after them.
    MissingDependencies(Vec<ChangeHash>),
    /// It will never be admitted.
    Rejected(RefusalCode),
}

/// What the gate found about one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub ruling: Ruling,
    /// What it says about itself, if it could be read at all.
    pub change: Option<ChangeHeader>,
}

/// What the gate found about changes, in the order they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    pub findings: Vec<Finding>,
    /// The texts that were written into, by the operations that made them.
    pub(crate) written: BTreeSet<(u32, ActorBytes)>,
}

impl Admission {
    /// The answer to so many changes, all of which are refused.
    pub(crate) fn refused(count: usize, code: RefusalCode) -> Self {
        let refused = Finding { ruling: Ruling::Rejected(code), change: None };
        Self { findings: vec![refused; count], written: BTreeSet::new() }
    }

    /// Whether all was admitted, or was there already.
    pub(crate) fn admitted_all(&self) -> bool {
        let is_in = |ruling: &Ruling| matches!(ruling, Ruling::Admitted | Ruling::Duplicate);
        self.findings.iter().all(|finding| is_in(&finding.ruling))
    }

    /// Whether anything was admitted.
    pub fn admitted_any(&self) -> bool {
        self.findings.iter().any(|finding| finding.ruling == Ruling::Admitted)
    }
}

impl Catalogue {
    /// The catalogue of a document that is to be of this kind and owner, from the changes of it
    /// that were admitted before, each after those it depends on.
    pub fn of(
        kind: DocumentKind,
        owner: PersonId,
        changes: &[impl AsRef<[u8]>],
    ) -> Result<Self, RefusalCode> {
        let mut catalogue = Self::new(Some(Identity { kind, owner }));
        for bytes in changes {
            catalogue.take(bytes.as_ref())?;
        }
        Ok(catalogue)
    }

    /// The catalogue of a document without changes that is to be of this kind and owner.
    pub fn empty((kind, owner): (DocumentKind, PersonId)) -> Self {
        Self::new(Some(Identity { kind, owner }))
    }

    /// Goes on from the journals of the next changes and from the changes that came after those, as
    /// [`Catalogue::of`] does from all changes, and notes from now on what changes add.
    pub fn resume(
        mut self,
        journals: &[impl AsRef<[u8]>],
        later: &[impl AsRef<[u8]>],
    ) -> Result<Self, RefusalCode> {
        for journal in journals {
            self.replay(journal.as_ref())?;
        }
        let mut catalogue = self.journaling();
        for bytes in later {
            catalogue.take(bytes.as_ref())?;
        }
        Ok(catalogue)
    }

    /// Enters a change that was admitted before, or is this device's own.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> Result<(), RefusalCode> {
        let chunk = Chunk::new(bytes, MAX_CHANGE_BYTES)?;
        let (header, operations) = chunk.read()?;
        let device = header.author.or_else(|| self.owner(&header.actor));
        let device = device.ok_or(RefusalCode::WrongAuthor)?;
        let bounds = Some(&Bounds::NONE);
        let sender = Sender { device, is_of_same_person: &|_| false, bounds, published: None };
        self.enter(&header, &operations, sender).map(drop).map_err(|refusal| match refusal {
            Refusal::Missing(_) => RefusalCode::Malformed,
            Refusal::Rejected(code) => code,
        })
    }

    /// Judges changes from the network and enters those that are admitted. One that is refused
    /// takes no other with it but those that depend on it.
    pub fn admit(&mut self, changes: &[impl AsRef<[u8]>], rules: &AdmissionRules<'_>) -> Admission {
        let written = BTreeSet::new();
        let mut gate = Gate { rules, catalogue: self, bytes: rules.stored_bytes, written };
        let mut findings: Vec<Finding> = Vec::new();
        let mut waiting = Vec::new();
        let mut seen = BTreeSet::new();
        let chunks: Vec<_> = changes
            .iter()
            .map(|bytes| Chunk::new(bytes.as_ref(), rules.limits.change_bytes))
            .collect();
        for (place, chunk) in chunks.iter().enumerate() {
            let read = chunk.as_ref().map_err(|code| *code).and_then(Chunk::read);
            let (ruling, change) = match read {
                Err(code) => (Ruling::Rejected(code), None),
                Ok((header, operations)) => {
                    let is_known = gate.catalogue.contains(&header.hash);
                    if is_known || !seen.insert(header.hash) {
                        (Ruling::Duplicate, Some(header))
                    } else {
                        let bytes = changes.get(place).map_or(0, |bytes| bytes.as_ref().len());
                        let bytes = bytes as u64;
                        waiting.push(Candidate {
                            place,
                            bytes,
                            header: header.clone(),
                            operations,
                        });
                        // A change that is not settled below waits for another.
                        (Ruling::MissingDependencies(Vec::new()), Some(header))
                    }
                }
            };
            findings.push(Finding { ruling, change });
        }
        for candidate in in_causal_order(waiting) {
            let ruling = gate.judge(&candidate);
            if let Some(finding) = findings.get_mut(candidate.place) {
                finding.ruling = ruling;
            }
        }
        Admission { findings, written: gate.written }
    }
}

/// A change that passed the first look and waits.
struct Candidate<'a> {
    place: usize,
    /// As many as came.
    bytes: u64,
    header: ChangeHeader,
    operations: Operations<'a>,
}

struct Gate<'a> {
    rules: &'a AdmissionRules<'a>,
    catalogue: &'a mut Catalogue,
    bytes: u64,
    /// Texts that were written into.
    written: BTreeSet<(u32, ActorBytes)>,
}

impl Gate<'_> {
    fn judge(&mut self, candidate: &Candidate<'_>) -> Ruling {
        match self.enter(candidate) {
            Ok(()) => Ruling::Admitted,
            Err(Refusal::Missing(missing)) => Ruling::MissingDependencies(missing),
            Err(Refusal::Rejected(code)) => Ruling::Rejected(code),
        }
    }

    fn enter(&mut self, candidate: &Candidate<'_>) -> Result<(), Refusal> {
        let header = &candidate.header;
        let missing = self.catalogue.missing(&header.deps);
        if !missing.is_empty() {
            return Err(Refusal::Missing(missing));
        }
        let device = self.author(header)?;
        let (count, bytes) = (self.catalogue.changes() + 1, self.bytes + candidate.bytes);
        let fits = self.rules.limits.check_document(count as u64, bytes);
        fits.map_err(|exceeded| exceeded.code())?;
        let is_of_same_person = self.rules.is_of_same_person;
        let (bounds, published) = (self.rules.bounds.as_ref(), self.rules.published);
        let sender = Sender { device, is_of_same_person, bounds, published };
        let written = self.catalogue.enter(header, &candidate.operations, sender)?;
        self.written.extend(written);
        self.bytes = bytes;
        Ok(())
    }

    /// Whose change it is. An actor belongs for ever to the device that its first change names.
    fn author(&self, change: &ChangeHeader) -> Result<DeviceId, RefusalCode> {
        let known = self.catalogue.owner(&change.actor);
        let owner = known.or_else(|| (self.rules.actor_owner)(&change.actor));
        if let (Some(owner), Some(device)) = (owner, self.rules.device)
            && owner != device
        {
            return Err(RefusalCode::ForeignActor);
        }
        match (known, change.author) {
            (Some(owner), None) => Ok(owner),
            // The author is written into an actor's first change and into no other.
            (Some(_), Some(_)) if change.seq == 1 => Err(RefusalCode::WrongSequence),
            (None, _) if change.seq != 1 => Err(RefusalCode::WrongSequence),
            (None, Some(author)) => {
                let is_sender = self.rules.device.is_none_or(|device| device == author);
                let is_owner = owner.is_none_or(|owner| owner == author);
                if is_sender && is_owner { Ok(author) } else { Err(RefusalCode::WrongAuthor) }
            }
            (Some(_), Some(_)) | (None, None) => Err(RefusalCode::WrongAuthor),
        }
    }
}

/// Each change after those it depends on. Ones that depend on each other in a circle cannot exist:
/// each would have to contain the hash of the other.
fn in_causal_order(mut waiting: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let mut unplaced: BTreeSet<ChangeHash> = waiting.iter().map(|one| one.header.hash).collect();
    let mut ordered = Vec::new();
    while !waiting.is_empty() {
        let mut later = Vec::new();
        let before = ordered.len();
        for candidate in waiting {
            if candidate.header.deps.iter().any(|dep| unplaced.contains(dep)) {
                later.push(candidate);
            } else {
                unplaced.remove(&candidate.header.hash);
                ordered.push(candidate);
            }
        }
        if ordered.len() == before {
            break;
        }
        waiting = later;
    }
    ordered
}
