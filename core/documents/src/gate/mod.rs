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
mod canonical;
mod catalogue;
mod columns;
mod ledger;
mod operations;
mod prescan;
mod trial;

use std::collections::BTreeSet;

use automerge::AutoCommit;
use enhance_model::{ChangeHash, DeviceId, Limits, RefusalCode};

pub use prescan::{ActorBytes, ChangeHeader, MAX_CHANGE_BYTES, scan};

use crate::{engine::contains, schema::Identity};
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
}

impl Admission {
    /// Whether anything was admitted.
    pub fn admitted_any(&self) -> bool {
        self.findings.iter().any(|finding| finding.ruling == Ruling::Admitted)
    }
}

/// Judges changes as those of a document, or of the expected one if it is not here yet. Returns
/// the document with those that were admitted.
pub(crate) fn judge(
    doc: &AutoCommit,
    changes: &[impl AsRef<[u8]>],
    rules: &AdmissionRules<'_>,
    expected: Option<Identity>,
) -> (AutoCommit, Admission) {
    let mut gate = Gate::before(doc, changes, rules, expected);
    gate.judge();
    gate.open()
}

/// A change that passed the first look and waits.
struct Candidate<'a> {
    place: usize,
    bytes: &'a [u8],
    header: ChangeHeader,
}

struct Gate<'a> {
    rules: &'a AdmissionRules<'a>,
    expected: Option<Identity>,
    doc: AutoCommit,
    bytes: u64,
    rulings: Vec<Option<Ruling>>,
    headers: Vec<Option<ChangeHeader>>,
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
            rulings: Vec::new(),
            headers: Vec::new(),
            waiting: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        for (place, bytes) in changes.iter().map(AsRef::as_ref).enumerate() {
            let header = scan(bytes, rules.limits.change_bytes);
            let ruling = match &header {
                Err(code) => Some(Ruling::Rejected(*code)),
                Ok(header) if contains(doc, header.hash) => Some(Ruling::Duplicate),
                Ok(header) if !seen.insert(header.hash) => Some(Ruling::Duplicate),
                Ok(_) => None,
            };
            let header = header.ok();
            if let (None, Some(header)) = (&ruling, &header) {
                gate.waiting.push(Candidate { place, bytes, header: header.clone() });
            }
            gate.rulings.push(ruling);
            gate.headers.push(header);
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
                    self.settle(candidate.place, Ruling::Admitted);
                }
            }
            Err(code) => {
                if let [only] = candidates.as_slice() {
                    self.settle(only.place, Ruling::Rejected(code));
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
            match ledger.enter(&candidate.header, candidate.bytes.len() as u64, self.rules) {
                Ok(()) => following.push(candidate),
                Err(ruling) => self.settle(candidate.place, ruling),
            }
        }
        following
    }

    fn settle(&mut self, place: usize, ruling: Ruling) {
        if let Some(slot) = self.rulings.get_mut(place) {
            *slot = Some(ruling);
        }
    }

    fn open(self) -> (AutoCommit, Admission) {
        let findings = self.rulings.into_iter().zip(self.headers).map(|(ruling, change)| Finding {
            // A change that was not settled waits for another.
            ruling: ruling.unwrap_or(Ruling::MissingDependencies(Vec::new())),
            change,
        });
        (self.doc, Admission { findings: findings.collect() })
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
