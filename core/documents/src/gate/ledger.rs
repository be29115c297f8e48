//! What a document's history holds, as far as the next change must follow from it.

use std::collections::BTreeMap;

use automerge::AutoCommit;
use enhance_model::{ChangeHash, DeviceId, DocumentKind, RefusalCode};

use super::{ActorBytes, AdmissionRules, ChangeHeader, Ruling};
use crate::{engine::outer_hash, schema::Identity};

/// How far ahead of what the document has a change may number its operations. A device numbers
/// past its own work, including work that was refused here; but each change could push the numbers
/// towards their end, where no further edit is possible.
const NUMBERING_SLACK: u64 = 1 << 17;

/// One actor's work so far.
#[derive(Debug, Clone, Copy)]
struct Actor {
    owner: Option<DeviceId>,
    last_seq: u64,
    last_op: u64,
}

/// The history of one document, extended change by change.
pub struct Ledger {
    kind: Option<DocumentKind>,
    /// Every change with the number of its last operation.
    changes: BTreeMap<ChangeHash, u64>,
    actors: BTreeMap<ActorBytes, Actor>,
    last_op: u64,
    bytes: u64,
}

impl Ledger {
    /// The ledger of a document of which `bytes` are stored.
    pub fn of(doc: &mut AutoCommit, bytes: u64, expected: Option<Identity>) -> Self {
        let kind = expected.or_else(|| Identity::of(doc).ok()).map(|identity| identity.kind);
        let mut ledger =
            Self { kind, changes: BTreeMap::new(), actors: BTreeMap::new(), last_op: 0, bytes };
        let changes: Vec<_> = doc
            .get_changes_meta(&[])
            .into_iter()
            .map(|meta| (meta.hash, meta.actor.into_owned(), meta.seq, meta.max_op))
            .collect();
        for (hash, actor, seq, last_op) in changes {
            ledger.changes.insert(outer_hash(hash), last_op);
            ledger.last_op = ledger.last_op.max(last_op);
            let Ok(bytes) = ActorBytes::try_from(actor.to_bytes()) else { continue };
            let author = doc.get_author_for_actor(&actor);
            let owner = author.and_then(|author| DeviceId::from_slice(author.as_bytes()).ok());
            let known = ledger.actors.entry(bytes).or_insert(Actor { owner, last_seq: 0, last_op });
            known.last_seq = known.last_seq.max(seq);
            known.last_op = known.last_op.max(last_op);
        }
        ledger
    }

    /// Enters the next change, or says why it is not the next.
    pub fn enter(
        &mut self,
        change: &ChangeHeader,
        bytes: u64,
        rules: &AdmissionRules<'_>,
    ) -> Result<(), Ruling> {
        let missing: Vec<_> =
            change.deps.iter().copied().filter(|dep| !self.changes.contains_key(dep)).collect();
        if !missing.is_empty() {
            return Err(Ruling::MissingDependencies(missing));
        }
        let owner = self.check_identity(change, rules).map_err(Ruling::Rejected)?;
        self.check_place(change).map_err(Ruling::Rejected)?;
        let (count, bytes) = (self.changes.len() as u64 + 1, self.bytes.saturating_add(bytes));
        let fits = rules.limits.check_document(count, bytes);
        fits.map_err(|exceeded| Ruling::Rejected(exceeded.code()))?;

        let last_op = change.start_op + change.operations - 1;
        self.changes.insert(change.hash, last_op);
        self.actors
            .insert(change.actor, Actor { owner: Some(owner), last_seq: change.seq, last_op });
        self.last_op = self.last_op.max(last_op);
        self.bytes = bytes;
        Ok(())
    }

    /// Whose change it is. An actor belongs for ever to the device that its first change names.
    fn check_identity(
        &self,
        change: &ChangeHeader,
        rules: &AdmissionRules<'_>,
    ) -> Result<DeviceId, RefusalCode> {
        let known = self.actors.get(&change.actor);
        let owner =
            known.and_then(|actor| actor.owner).or_else(|| (rules.actor_owner)(&change.actor));
        if let (Some(owner), Some(device)) = (owner, rules.device)
            && owner != device
        {
            return Err(RefusalCode::ForeignActor);
        }
        match (known, change.author) {
            (Some(_), None) => owner.ok_or(RefusalCode::WrongAuthor),
            // The author is written into an actor's first change and into no other.
            (Some(_), Some(_)) if change.seq == 1 => Err(RefusalCode::WrongSequence),
            (None, _) if change.seq != 1 => Err(RefusalCode::WrongSequence),
            (None, Some(author)) => {
                let is_sender = rules.device.is_none_or(|device| device == author);
                let is_owner = owner.is_none_or(|owner| owner == author);
                if is_sender && is_owner { Ok(author) } else { Err(RefusalCode::WrongAuthor) }
            }
            (Some(_), Some(_)) | (None, None) => Err(RefusalCode::WrongAuthor),
        }
    }

    fn check_place(&self, change: &ChangeHeader) -> Result<(), RefusalCode> {
        if self.kind.is_some_and(DocumentKind::never_changes) && !self.changes.is_empty() {
            return Err(RefusalCode::Immutable);
        }
        // Only a personal record is created by several devices, all of them its owner's.
        let is_record = self.kind == Some(DocumentKind::PersonalRecord);
        if change.deps.is_empty() && !self.changes.is_empty() && !is_record {
            return Err(RefusalCode::WrongSequence);
        }
        let actor = self.actors.get(&change.actor);
        if change.seq != actor.map_or(0, |actor| actor.last_seq) + 1 {
            return Err(RefusalCode::WrongSequence);
        }
        let needed = change.deps.iter().filter_map(|dep| self.changes.get(dep)).copied();
        let before = needed.chain(actor.map(|actor| actor.last_op)).max().unwrap_or_default();
        if change.start_op <= before {
            return Err(RefusalCode::WrongSequence);
        }
        if change.start_op > self.last_op + 1 + NUMBERING_SLACK {
            return Err(RefusalCode::Bomb);
        }
        if change.other_actors.iter().any(|other| !self.actors.contains_key(other)) {
            return Err(RefusalCode::Malformed);
        }
        Ok(())
    }
}
