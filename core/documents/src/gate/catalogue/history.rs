//! The changes of a document, who made them and which come before which.

use std::collections::{BTreeSet, HashMap};

use enhance_model::{ChangeHash, DeviceId};

use crate::gate::prescan::ActorBytes;

/// One opening of the document on one device.
#[derive(Debug, Clone)]
pub struct Actor {
    pub bytes: ActorBytes,
    pub owner: DeviceId,
    /// The places of its changes, in their order.
    pub changes: Vec<u32>,
}

/// One change with its place among the others.
#[derive(Debug, Clone)]
pub struct ChangeRow {
    /// None where a catalogue came from bytes that leave it out; see [`History::learn`].
    pub hash: Option<ChangeHash>,
    pub actor: u32,
    /// The numbers of its first and its last operation.
    pub start: u32,
    pub last: u32,
    /// All changes before this place are in its past.
    pub base: u32,
    pub deps: Vec<u32>,
}

/// All changes by their places, in an order in which each comes after those it depends on.
#[derive(Debug, Clone, Default)]
pub struct History {
    pub actors: Vec<Actor>,
    pub changes: Vec<ChangeRow>,
    /// Changes on which no other depends.
    pub heads: BTreeSet<u32>,
    /// The highest number of an operation.
    pub last_op: u32,
    by_actor: HashMap<ActorBytes, u32>,
    by_hash: HashMap<ChangeHash, u32>,
}

/// What comes before a change that is about to be entered.
#[derive(Debug)]
pub struct Past {
    /// All changes before this place belong to it.
    base: u32,
    /// Those at or after it that do.
    beyond: BTreeSet<u32>,
    /// The highest number of an operation in it.
    pub last_op: u32,
    pub deps: Vec<u32>,
}

impl Past {
    /// A past that was found before.
    pub const fn known(base: u32, beyond: BTreeSet<u32>, deps: Vec<u32>) -> Self {
        Self { base, beyond, last_op: 0, deps }
    }

    /// All changes before this place belong to it.
    pub const fn base(&self) -> u32 {
        self.base
    }

    /// Whether the change at a place is in it.
    pub fn contains(&self, change: u32) -> bool {
        change < self.base || self.beyond.contains(&change)
    }
}

impl History {
    /// The place of an actor.
    pub fn actor(&self, bytes: &ActorBytes) -> Option<u32> {
        self.by_actor.get(bytes).copied()
    }

    /// The place of a change.
    pub fn change(&self, hash: &ChangeHash) -> Option<u32> {
        self.by_hash.get(hash).copied()
    }

    /// The device that made the change at a place.
    pub fn owner(&self, place: u32) -> Option<DeviceId> {
        let actor = self.row(place)?.actor;
        self.actors.get(actor as usize).map(|actor| actor.owner)
    }

    /// Operations of all changes that these devices made.
    pub fn operations_of(&self, devices: impl Fn(DeviceId) -> bool) -> u64 {
        let is_theirs = |row: &&ChangeRow| {
            self.actors.get(row.actor as usize).is_some_and(|actor| devices(actor.owner))
        };
        let rows = self.changes.iter().filter(is_theirs);
        rows.map(|row| u64::from(row.last.saturating_sub(row.start)) + 1).sum()
    }

    /// The place of the change in which an actor made an operation.
    pub fn change_of(&self, actor: u32, counter: u32) -> Option<u32> {
        let changes = &self.actors.get(actor as usize)?.changes;
        let after =
            changes.partition_point(|at| self.row(*at).is_some_and(|row| row.start <= counter));
        let place = *changes.get(after.checked_sub(1)?)?;
        self.row(place).filter(|row| counter <= row.last).map(|_| place)
    }

    /// Whether it has the hash of every change.
    pub fn knows_all_hashes(&self) -> bool {
        self.by_hash.len() == self.changes.len()
    }

    /// Notes the hash of the change at a place, if there is one without.
    pub fn learn(&mut self, place: u32, hash: ChangeHash) {
        if let Some(row) = self.changes.get_mut(place as usize)
            && row.hash.is_none()
        {
            row.hash = Some(hash);
            self.by_hash.insert(hash, place);
        }
    }

    fn row(&self, place: u32) -> Option<&ChangeRow> {
        self.changes.get(place as usize)
    }

    /// What comes before a change with these dependencies, or those of them that are missing.
    ///
    /// Costs nothing where they are the heads, and else as many steps as there are changes since
    /// the last one that all of them have in common.
    pub fn past(&self, deps: &[ChangeHash]) -> Result<Past, Vec<ChangeHash>> {
        let known: Vec<Option<u32>> = deps.iter().map(|hash| self.change(hash)).collect();
        if known.contains(&None) {
            let missing = deps.iter().zip(&known).filter(|(_, place)| place.is_none());
            return Err(missing.map(|(hash, _)| *hash).collect());
        }
        let deps: Vec<u32> = known.into_iter().flatten().collect();
        let rows = || deps.iter().filter_map(|place| self.row(*place));
        let is_all =
            deps.len() == self.heads.len() && deps.iter().all(|at| self.heads.contains(at));
        let (mut base, mut beyond) = (0, BTreeSet::new());
        if is_all {
            base = u32::try_from(self.changes.len()).unwrap_or(u32::MAX);
        } else {
            // What all of a dependency's past lies before, lies before this too.
            base = rows().map(|row| row.base).max().unwrap_or(base);
            let mut next = deps.clone();
            while let Some(place) = next.pop() {
                if place >= base && beyond.insert(place) {
                    next.extend(self.row(place).into_iter().flat_map(|row| &row.deps));
                }
            }
            while beyond.remove(&base) {
                base += 1;
            }
        }
        // An operation has a higher number than all that its change depends on.
        let last_op = rows().map(|row| row.last).max().unwrap_or_default();
        Ok(Past { base, beyond, last_op, deps })
    }

    /// Enters a change that was judged to follow.
    pub fn enter(&mut self, change: &Entering<'_>, past: &Past) {
        let place = u32::try_from(self.changes.len()).unwrap_or(u32::MAX);
        let next_actor = u32::try_from(self.actors.len()).unwrap_or(u32::MAX);
        let actor = *self.by_actor.entry(*change.actor).or_insert(next_actor);
        if actor == next_actor {
            let (bytes, owner) = (*change.actor, change.owner);
            self.actors.push(Actor { bytes, owner, changes: Vec::new() });
        }
        if let Some(actor) = self.actors.get_mut(actor as usize) {
            actor.changes.push(place);
        }
        self.by_hash.extend(change.hash.map(|hash| (hash, place)));
        for dep in &past.deps {
            self.heads.remove(dep);
        }
        self.heads.insert(place);
        self.last_op = self.last_op.max(change.last);
        let base = if past.base == place { place } else { past.base };
        self.changes.push(ChangeRow {
            hash: change.hash,
            actor,
            start: change.start,
            last: change.last,
            base,
            deps: past.deps.clone(),
        });
    }
}

/// What is entered of a change.
pub struct Entering<'a> {
    pub hash: Option<ChangeHash>,
    pub actor: &'a ActorBytes,
    pub owner: DeviceId,
    pub start: u32,
    pub last: u32,
}
