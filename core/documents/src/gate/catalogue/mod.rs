//! What a document's operations made, so that the next change can be judged without the document.
//!
//! The engine panics, loses what was written or opens nothing any more when a change speaks of
//! what is not there, or not in its past (automerge 0.12). So everything a change speaks of is
//! looked up here first: which operation made which object, which elements are in which text,
//! what stands at which key. A rule asks the change and its causal past alone, which are the same
//! on every device, so that every device answers alike. It costs a few look-ups for each operation,
//! however large the document is.
//!
//! The rules have numbers (R1 to R21). Those about bytes and single operations are kept where
//! operations are read ([`super::operations`]); those about what is there, here.

mod bounds;
mod history;
mod ids;
mod journal;
mod judge;
mod records;
mod replay;
#[cfg(test)]
mod tests;
mod texts;
mod whole;

use std::collections::{BTreeSet, HashMap};

use enhance_model::{ChangeHash, DeviceId, DocumentKind, RefusalCode, programme::Published};

pub use self::{bounds::Bounds, journal::Journal};
use self::{
    history::{Entering, Past},
    ids::{ObjectId, OperationId, Slot},
    journal::Step,
    judge::{Judge, number, refuse_unless},
    records::{Additions, Records},
};
use super::{
    operations::{Key, Object, Operations, Scalar},
    prescan::{ActorBytes, ChangeHeader},
};
use crate::schema::{self, Identity, law::Creation};

/// Seconds since 1970 that a change may name, and none before (rule R7): the engine adds up the
/// differences of neighbours.
const TIMES: std::ops::Range<i64> = 0..1 << 40;

/// What is known of one document.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Known from the change that created the document.
    identity: Option<Identity>,
    /// What comments are about, as their creation says.
    about: Option<String>,
    records: Records,
    /// Where changes are noted as they are entered, if somebody keeps that.
    journal: Option<Journal>,
    /// Whether that is without hashes.
    leaves_out_hashes: bool,
}

/// Who sends a change, and how much the document takes.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    /// The device that the change is taken to be of.
    pub device: DeviceId,
    /// Whether another device is of the same person.
    pub is_of_same_person: &'a dyn Fn(DeviceId) -> bool,
    /// None where the server hands on what it admitted.
    pub bounds: Option<&'a Bounds>,
    /// What the change may name; none where nobody asks.
    pub published: Option<&'a Published>,
}

/// Why a change is not entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Missing(Vec<ChangeHash>),
    Rejected(RefusalCode),
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self::Rejected(code)
    }
}

impl Catalogue {
    /// The catalogue of a document that has no change yet and is to be the expected one.
    pub(crate) fn new(expected: Option<Identity>) -> Self {
        Self { identity: expected, ..Self::default() }
    }

    /// What comments are about, in the words of the change that created them.
    pub fn about(&self) -> Option<&str> {
        self.about.as_deref()
    }

    /// The device that an actor belongs to.
    pub(crate) fn owner(&self, actor: &ActorBytes) -> Option<DeviceId> {
        let actor = self.records.history.actors.get(self.records.history.actor(actor)? as usize)?;
        Some(actor.owner)
    }

    /// How many changes it has.
    pub fn changes(&self) -> usize {
        self.records.history.changes.len()
    }

    /// How many operations its changes have, deletions included.
    pub const fn operations(&self) -> u64 {
        self.records.operations
    }

    /// Those of the changes that are not in it.
    pub(crate) fn missing(&self, changes: &[ChangeHash]) -> Vec<ChangeHash> {
        changes.iter().filter(|hash| !self.contains(hash)).copied().collect()
    }

    /// The changes on which no other depends.
    pub(crate) fn heads(&self) -> Vec<ChangeHash> {
        let rows = self.records.history.heads.iter();
        let rows = rows.filter_map(|place| self.records.history.changes.get(*place as usize));
        rows.filter_map(|row| row.hash).collect()
    }

    /// Whether a change is in it.
    pub fn contains(&self, change: &ChangeHash) -> bool {
        self.records.history.change(change).is_some()
    }

    /// Judges a change and enters it. Names the texts it writes into, by what made each of them.
    pub fn enter(
        &mut self,
        change: &ChangeHeader,
        operations: &Operations<'_>,
        sender: Sender<'_>,
    ) -> Result<Vec<(u32, ActorBytes)>, Refusal> {
        let past = self.records.history.past(&change.deps).map_err(Refusal::Missing)?;
        self.check_creation(change)?;
        let additions = self.judge(change, operations, &past)?;
        if sender.published.is_some_and(|published| !additions.named.is_in(published)) {
            return Err(RefusalCode::NotPublished.into());
        }
        let standing = match sender.bounds {
            Some(bounds) => self.check_bounds(change, &past, &additions, (sender, bounds))?,
            None => HashMap::new(),
        };
        let (start, last) = (number(change.start_op)?, number(change.last_op())?);
        let (hash, owner) = (Some(change.hash), sender.device);
        let entering = Entering { hash, actor: &change.actor, owner, start, last };
        self.identity = self.identity.or(additions.identity);
        if let Some(journal) = &mut self.journal {
            let step = Step { entering: &entering, past: &past, additions: &additions };
            journal.note(&step, &self.records.history, !self.leaves_out_hashes);
        }
        Ok(self.record(&entering, &past, additions, standing))
    }

    /// Enters what a change adds, of which nothing is judged any more. Names the texts it writes
    /// into, as [`Catalogue::enter`] does.
    fn record(
        &mut self,
        entering: &Entering<'_>,
        past: &Past,
        additions: Additions,
        standing: HashMap<Slot, Vec<OperationId>>,
    ) -> Vec<(u32, ActorBytes)> {
        let records = &mut self.records;
        *records.gaps.entry(entering.owner).or_default() += records.gap(entering.start);
        records.history.enter(entering, past);
        let actor = records.history.actor(entering.actor).unwrap_or_default();
        if additions.about.is_some() {
            self.about.clone_from(&additions.about);
        }
        let written = Self::written(records, &additions);
        records.add(actor, additions);
        records.standing.extend(standing);
        records.operations += u64::from(entering.last - entering.start) + 1;
        written
    }

    /// The texts into which something is written or in which something is deleted.
    fn written(records: &Records, additions: &Additions) -> Vec<(u32, ActorBytes)> {
        let deleted = additions.deleted.iter().map(|(text, _)| text);
        let texts: BTreeSet<_> = additions.inserted.keys().chain(deleted).collect();
        let name = |text: &ObjectId| {
            let ObjectId::Made(OperationId { counter, actor }) = *text else { return None };
            Some((counter, records.history.actors.get(actor as usize)?.bytes))
        };
        texts.into_iter().filter_map(name).collect()
    }

    /// Notes from now on what changes add.
    #[must_use]
    pub fn journaling(mut self) -> Self {
        let first = self.changes();
        self.journal = Some(Journal { first, ..Journal::default() });
        self
    }

    /// As [`Catalogue::journaling`], but leaves the hashes out.
    fn journaling_without_hashes(self) -> Self {
        Self { leaves_out_hashes: true, ..self.journaling() }
    }

    /// What was added since this was last asked, or since noting began.
    pub fn take_journal(&mut self) -> Option<Journal> {
        let first = self.changes();
        let journal = self.journal.as_mut()?;
        let fresh = Journal { first, ..Journal::default() };
        Some(std::mem::replace(journal, fresh))
    }

    /// What stands where the change puts something, if all of it is within bounds.
    fn check_bounds(
        &self,
        change: &ChangeHeader,
        past: &Past,
        additions: &Additions,
        (sender, bounds): (Sender<'_>, &Bounds),
    ) -> Result<HashMap<Slot, Vec<OperationId>>, RefusalCode> {
        let is_same =
            |device: DeviceId| device == sender.device || (sender.is_of_same_person)(device);
        let is_of_sender = |place: &u32| self.records.history.owner(*place).is_some_and(is_same);
        let before = &self.records.history.heads;
        let (mut heads, mut own) = (1, 1);
        for head in before.iter().filter(|head| !past.deps.contains(head)) {
            heads += 1;
            own += usize::from(is_of_sender(head));
        }
        let own_before = before.iter().filter(|head| is_of_sender(head)).count();
        let too_many =
            heads > bounds.heads.max(before.len()) || own > bounds.heads_of_one.max(own_before);
        let gaps = self.records.gaps.iter().filter(|(device, _)| is_same(**device));
        let gaps =
            gaps.map(|(_, gap)| gap).sum::<u64>() + self.records.gap(number(change.start_op)?);
        let standing = self.records.standing_after(additions, bounds.values);
        let operations = self.records.operations + change.operations;
        let is_too_much = operations > bounds.operations
            || gaps > bounds.gaps_of_one
            // Not counted where even all of them are not too many.
            || operations > bounds.operations_of_one
                && self.records.history.operations_of(is_same) + change.operations
                    > bounds.operations_of_one;
        let kind = additions.identity.map(|identity| identity.kind);
        let most = match kind {
            Some(DocumentKind::PersonalRecord) => bounds.record_keys,
            _ => bounds.root_keys,
        };
        // What is declared can always be begun, however many other keys somebody made.
        let is_declared = |key: &str| kind.is_some_and(|kind| schema::is_root_key(kind, key));
        let known = &self.records.root_keys;
        let new_keys = additions.root_keys.iter().filter(|key| !known.contains(*key));
        let new_keys = new_keys.filter(|key| !is_declared(key)).count();
        if new_keys > 0 && known.len() + new_keys > most {
            return Err(RefusalCode::WrongSchema);
        }
        let lengths = additions.inserted.iter();
        let mut lengths = lengths.map(|(text, more)| self.records.lengths.with(*text, *more));
        if additions.longest_value > bounds.text_chars
            || lengths.any(|length| length > bounds.text_chars)
        {
            return Err(RefusalCode::TextTooLong);
        }
        let standing = standing.filter(|_| !is_too_much).ok_or(RefusalCode::Bomb)?;
        if too_many { Err(RefusalCode::TooManyHeads) } else { Ok(standing) }
    }

    /// What the operations of a change add, if all of them follow from its past.
    fn judge(
        &self,
        change: &ChangeHeader,
        operations: &Operations<'_>,
        past: &Past,
    ) -> Result<Additions, RefusalCode> {
        refuse_unless(TIMES.contains(&change.time))?;
        let actor = self.records.history.actor(&change.actor);
        self.check_sequence(change, actor, past)?;
        let own =
            actor.unwrap_or(u32::try_from(self.records.history.actors.len()).unwrap_or(u32::MAX));
        let others = self.other_actors(&change.other_actors)?;
        let start = number(change.start_op)?;
        let creates = change.deps.is_empty();
        let (identity, about) = if creates { self.created(operations)? } else { (None, None) };
        let identity = self.identity.or(identity).ok_or(RefusalCode::WrongSchema)?;
        let mut judge = Judge {
            kind: identity.kind,
            creates,
            records: &self.records,
            past,
            own,
            own_bytes: change.actor,
            others: &others,
            used: vec![false; others.len()],
            additions: Additions { start, identity: Some(identity), about, ..Additions::default() },
        };
        for operation in &operations.all {
            judge.operation(operation, &operations.replaced[operation.replaces.clone()])?;
        }
        // R6: exactly those that are used, or the engine would write others.
        refuse_unless(judge.used.iter().all(|used| *used))?;
        Ok(judge.additions)
    }

    /// A document is created once, by the change before all others. Only a personal record is
    /// created by several devices, all of them its owner's; what is shared or signed never changes.
    fn check_creation(&self, change: &ChangeHeader) -> Result<(), RefusalCode> {
        let kind = self.identity.map(|identity| identity.kind);
        if self.records.history.changes.is_empty() {
            return Ok(());
        }
        match kind {
            Some(kind) if kind.never_changes() => Err(RefusalCode::Immutable),
            Some(DocumentKind::PersonalRecord) => Ok(()),
            _ if change.deps.is_empty() => Err(RefusalCode::WrongSequence),
            _ => Ok(()),
        }
    }

    /// What the change that creates the document makes of it.
    fn created(
        &self,
        operations: &Operations<'_>,
    ) -> Result<(Option<Identity>, Option<String>), RefusalCode> {
        let mut creation = Creation::default();
        let mut about = None;
        for operation in &operations.all {
            if let (Object::Root, Key::Map(key)) = (operation.object, operation.key) {
                if let ("about", Scalar::Text(text)) = (key, operation.value) {
                    about = Some(text.to_owned());
                }
                creation.note(key, operation.act());
            }
        }
        let identity = creation.identity().ok_or(RefusalCode::WrongSchema)?;
        if self.identity.is_some_and(|expected| expected != identity) {
            return Err(RefusalCode::WrongSchema);
        }
        Ok((Some(identity), about))
    }

    /// R3 to R5 and R8: an actor's changes form a chain, of which the first and no other names the
    /// author, and numbers go up along it.
    fn check_sequence(
        &self,
        change: &ChangeHeader,
        actor: Option<u32>,
        past: &Past,
    ) -> Result<(), RefusalCode> {
        let own = actor.and_then(|actor| self.records.history.actors.get(actor as usize));
        let before = own.and_then(|own| own.changes.last().copied());
        let made = own.map_or(0, |own| own.changes.len() as u64);
        let follows = change.seq == made + 1
            && before.is_none_or(|before| past.contains(before))
            && change.start_op > u64::from(past.last_op);
        if !follows {
            return Err(RefusalCode::WrongSequence);
        }
        let names_author = change.author.is_some();
        if names_author == (change.seq == 1) { Ok(()) } else { Err(RefusalCode::WrongAuthor) }
    }

    /// R6: known, and in the order of their bytes.
    fn other_actors(&self, others: &[ActorBytes]) -> Result<Vec<u32>, RefusalCode> {
        refuse_unless(others.is_sorted_by(|one, next| one < next))?;
        let places = others.iter().map(|bytes| self.records.history.actor(bytes));
        places.map(|place| place.ok_or(RefusalCode::Malformed)).collect()
    }
}
