//! The admission gate: the only way into a document for bytes from the network.
//!
//! The engine panics, loops, allocates gigabytes or spoils a document for everybody on crafted
//! changes of a hundred bytes. So each change is first looked through without the engine
//! ([`scan`]), then checked for who wrote it and whether it follows from what is there, and then
//! tried on a copy of the document that is thrown away if anything about it is wrong.
//! What passes is applied; everything else is answered with the reason.
//!
//! Phone and server use the same gate. The server also says which device is sending, and takes
//! changes only from the device that wrote them.

mod bytes;
mod columns;
mod ledger;
mod prescan;
mod trial;

use std::collections::BTreeSet;

use automerge::AutoCommit;
use enhance_model::{ChangeHash, DeviceId, DocumentKind, Limits, PersonId, RefusalCode};

#[cfg(test)]
pub(crate) use bytes::write_unsigned;
pub(crate) use prescan::Chunk;
pub use prescan::{ActorBytes, MAX_CHANGE_BYTES, MAX_OPERATIONS, Scanned, scan};
pub(crate) use {
    bytes::Bytes,
    columns::{ColumnName, Columns, MAX_OPERATION_NUMBER},
};

use crate::{Document, document::contains, schema::Identity};
use ledger::Ledger;

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
}

impl<'a> AdmissionRules<'a> {
    /// The rules of a server for what `device` sends.
    pub fn from_device(device: DeviceId, limits: &'a Limits, stored_bytes: u64) -> Self {
        Self { device: Some(device), actor_owner: &|_| None, limits, stored_bytes }
    }

    /// The rules of a phone for what the server sends. How large documents may be is for the server
    /// to say: a phone that has not heard of its newest limits must not refuse what it hands on.
    pub fn from_server() -> Self {
        Self { device: None, actor_owner: &|_| None, limits: &CEILING, stored_bytes: 0 }
    }
}

/// What became of one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is part of the document now.
    Admitted,
    /// It was part of the document already.
    Duplicate,
    /// Changes that it depends on are missing; it can come again after them.
    MissingDependencies(Vec<ChangeHash>),
    /// It will never be admitted.
    Rejected(RefusalCode),
}

/// One change and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// What became of it.
    pub verdict: Verdict,
    /// What it says about itself, if it could be read at all.
    pub change: Option<Scanned>,
}

/// What became of each change, in the order they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// One for each change.
    pub judged: Vec<Judgement>,
}

impl Admission {
    /// Whether anything was admitted.
    pub fn admitted_any(&self) -> bool {
        self.judged.iter().any(|judged| judged.verdict == Verdict::Admitted)
    }
}

impl Document {
    /// Admits changes from the network to this document.
    pub fn admit(&mut self, changes: &[impl AsRef<[u8]>], rules: &AdmissionRules<'_>) -> Admission {
        let mut gate = Gate::before(self.doc(), changes, rules, None);
        gate.judge();
        let (doc, admission) = gate.open();
        if admission.admitted_any() {
            self.replace_doc(doc);
        }
        admission
    }

    /// Admits the changes of a document that is not here yet. There is a document afterwards if the
    /// change that creates one of this kind and owner was among them.
    pub fn admit_new(
        kind: DocumentKind,
        owner: PersonId,
        changes: &[impl AsRef<[u8]>],
        author: DeviceId,
        rules: &AdmissionRules<'_>,
    ) -> (Option<Self>, Admission) {
        let nothing = AutoCommit::new();
        let expected = Identity { kind, owner };
        let mut gate = Gate::before(&nothing, changes, rules, Some(expected));
        gate.judge();
        let (doc, admission) = gate.open();
        let document = admission.admitted_any().then(|| Self::around(doc, author).ok()).flatten();
        (document, admission)
    }
}

/// A change that passed the first look and waits.
struct Candidate<'a> {
    place: usize,
    bytes: &'a [u8],
    scanned: Scanned,
}

struct Gate<'a> {
    rules: &'a AdmissionRules<'a>,
    expected: Option<Identity>,
    doc: AutoCommit,
    bytes: u64,
    verdicts: Vec<Option<Verdict>>,
    scanned: Vec<Option<Scanned>>,
    waiting: Vec<Candidate<'a>>,
}

impl<'a> Gate<'a> {
    fn before(
        doc: &AutoCommit,
        changes: &'a [impl AsRef<[u8]>],
        rules: &'a AdmissionRules<'a>,
        expected: Option<Identity>,
    ) -> Self {
        let mut gate = Self {
            rules,
            expected,
            doc: doc.clone(),
            bytes: rules.stored_bytes,
            verdicts: Vec::new(),
            scanned: Vec::new(),
            waiting: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        for (place, bytes) in changes.iter().map(AsRef::as_ref).enumerate() {
            let scanned = scan(bytes, rules.limits.change_bytes);
            let verdict = match &scanned {
                Err(code) => Some(Verdict::Rejected(*code)),
                Ok(scanned) if contains(doc, scanned.hash) => Some(Verdict::Duplicate),
                Ok(scanned) if !seen.insert(scanned.hash) => Some(Verdict::Duplicate),
                Ok(_) => None,
            };
            let scanned = scanned.ok();
            if let (None, Some(scanned)) = (&verdict, &scanned) {
                gate.waiting.push(Candidate { place, bytes, scanned: scanned.clone() });
            }
            gate.verdicts.push(verdict);
            gate.scanned.push(scanned);
        }
        gate
    }

    fn judge(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let ordered = in_causal_order(waiting);
        self.admit_all(ordered);
    }

    /// Tries all together, since a trial costs as much for one as for a hundred; when something is
    /// wrong, tries each half alone, so that one bad change does not take good ones with it.
    fn admit_all(&mut self, candidates: Vec<Candidate<'a>>) {
        let mut candidates = self.those_that_follow(candidates);
        if candidates.is_empty() {
            return;
        }
        let changes: Vec<&[u8]> = candidates.iter().map(|one| one.bytes).collect();
        match trial::run(&self.doc, &changes, self.expected, self.rules.limits) {
            Ok(doc) => {
                self.doc = doc;
                for candidate in &candidates {
                    self.bytes += candidate.bytes.len() as u64;
                    self.settle(candidate.place, Verdict::Admitted);
                }
            }
            Err(code) => {
                if let [only] = candidates.as_slice() {
                    self.settle(only.place, Verdict::Rejected(code));
                } else {
                    let second = candidates.split_off(candidates.len() / 2);
                    self.admit_all(candidates);
                    self.admit_all(second);
                }
            }
        }
    }

    /// Settles what is wrong with each candidate's origin and place in the history; returns the
    /// others.
    fn those_that_follow(&mut self, candidates: Vec<Candidate<'a>>) -> Vec<Candidate<'a>> {
        let mut ledger = Ledger::of(&mut self.doc, self.bytes, self.expected);
        let mut following = Vec::new();
        for candidate in candidates {
            match ledger.enter(&candidate.scanned, candidate.bytes.len() as u64, self.rules) {
                Ok(()) => following.push(candidate),
                Err(verdict) => self.settle(candidate.place, verdict),
            }
        }
        following
    }

    fn settle(&mut self, place: usize, verdict: Verdict) {
        if let Some(slot) = self.verdicts.get_mut(place) {
            *slot = Some(verdict);
        }
    }

    fn open(self) -> (AutoCommit, Admission) {
        let judged =
            self.verdicts.into_iter().zip(self.scanned).map(|(verdict, change)| Judgement {
                // Whatever was not settled waits for something.
                verdict: verdict.unwrap_or(Verdict::MissingDependencies(Vec::new())),
                change,
            });
        (self.doc, Admission { judged: judged.collect() })
    }
}

/// Each change after those it depends on. Ones that depend on each other in a circle cannot exist:
/// each would have to contain the hash of the other.
fn in_causal_order(mut waiting: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let mut unplaced: BTreeSet<ChangeHash> = waiting.iter().map(|one| one.scanned.hash).collect();
    let mut ordered = Vec::new();
    while !waiting.is_empty() {
        let mut later = Vec::new();
        let before = ordered.len();
        for candidate in waiting {
            if candidate.scanned.deps.iter().any(|dep| unplaced.contains(dep)) {
                later.push(candidate);
            } else {
                unplaced.remove(&candidate.scanned.hash);
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
