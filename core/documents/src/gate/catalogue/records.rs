//! What the operations of a document made, as far as a later one may speak of it.

use std::collections::{HashMap, HashSet};

use enhance_model::DeviceId;

use super::{
    history::History,
    ids::{ObjectId, ObjectKind, OperationId, Slot},
    texts::Lengths,
};
use crate::schema::{Identity, law::Place, named::Named};

/// An object with its place in the tree, which never changes.
#[derive(Debug, Clone, Copy)]
pub struct ObjectRow {
    pub kind: ObjectKind,
    pub place: Place,
    pub depth: u8,
}

/// What an operation made, as far as a later one may speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// An element of a list or text.
    Element(ObjectId),
    /// A value at a key of a map.
    AtKey(ObjectId, Box<str>),
    /// A value in the place of an element.
    OnElement(ObjectId, OperationId),
    /// A deletion makes nothing that could be spoken of.
    Nothing,
}

/// Neighbouring operations of an actor that made the same.
#[derive(Debug, Clone)]
struct Run {
    start: u32,
    length: u32,
    made: Made,
}

/// All that is known of the operations of one document.
#[derive(Debug, Clone, Default)]
pub struct Records {
    pub history: History,
    /// For each actor, what it made, by number.
    runs: Vec<Vec<Run>>,
    pub objects: HashMap<OperationId, ObjectRow>,
    /// The values that stand at each place where a bound is asked.
    pub standing: HashMap<Slot, Vec<OperationId>>,
    pub lengths: Lengths,
    /// Keys of the root at which anything was ever put.
    pub root_keys: HashSet<Box<str>>,
    /// Every value that the schema's number was given.
    pub schemas: Vec<(OperationId, u32)>,
    /// All operations, deletions included.
    pub operations: u64,
    /// By how much each device has skipped ahead in the numbering.
    pub gaps: HashMap<DeviceId, u64>,
}

impl Records {
    /// How many numbers a change leaves out whose operations begin with this one.
    pub fn gap(&self, start: u32) -> u64 {
        u64::from(start).saturating_sub(u64::from(self.history.last_op) + 1)
    }

    /// What stands at each place where a change puts something or takes it away; none if at some
    /// moment that is more than `most` side by side. Looking no further keeps the cost of a change
    /// that puts thousands in one place from growing with their square.
    pub fn standing_after(
        &self,
        additions: &Additions,
        most: usize,
    ) -> Option<HashMap<Slot, Vec<OperationId>>> {
        let mut after: HashMap<Slot, Vec<OperationId>> = HashMap::new();
        for (slot, put, replaced) in &additions.slots {
            let before = || self.standing.get(slot).cloned().unwrap_or_default();
            let values = after.entry(slot.clone()).or_insert_with(before);
            if !replaced.is_empty() {
                values.retain(|id| !replaced.contains(id));
            }
            values.extend(*put);
            if values.len() > most {
                return None;
            }
        }
        Some(after)
    }

    /// Enters what an actor added.
    pub fn add(&mut self, actor: u32, additions: Additions) {
        let actor = actor as usize;
        if self.runs.len() <= actor {
            self.runs.resize_with(actor + 1, Vec::new);
        }
        let Some(runs) = self.runs.get_mut(actor) else { return };
        for (made, counter) in additions.made.into_iter().zip(additions.start..) {
            match runs.last_mut() {
                _ if made == Made::Nothing => {}
                Some(run) if run.start + run.length == counter && run.made == made => {
                    run.length += 1;
                }
                _ => runs.push(Run { start: counter, length: 1, made }),
            }
        }
        self.objects.extend(additions.objects);
        for (text, count) in additions.inserted {
            self.lengths.insert(text, count);
        }
        for (text, element) in additions.deleted {
            self.lengths.delete(text, element);
        }
        self.schemas.extend(additions.schemas);
        self.root_keys.extend(additions.root_keys);
    }

    /// What each actor made, for tests.
    #[cfg(test)]
    pub fn runs(&self) -> impl std::fmt::Debug + '_ {
        &self.runs
    }

    /// What an operation of the document made, and the place of its change.
    pub fn made(&self, id: OperationId) -> Option<(&Made, u32)> {
        let runs = self.runs.get(id.actor as usize)?;
        let after = runs.partition_point(|run| run.start <= id.counter);
        let run = runs.get(after.checked_sub(1)?)?;
        let is_in = id.counter < run.start + run.length;
        let change = self.history.change_of(id.actor, id.counter)?;
        is_in.then_some((&run.made, change))
    }
}

/// What a change adds to the catalogue.
#[derive(Default)]
pub struct Additions {
    pub start: u32,
    pub identity: Option<Identity>,
    pub about: Option<String>,
    /// Characters inserted into each text, and those deleted.
    pub inserted: HashMap<ObjectId, u64>,
    pub deleted: Vec<(ObjectId, OperationId)>,
    /// Characters of the longest value that was put.
    pub longest_value: u64,
    pub schemas: Vec<(OperationId, u32)>,
    pub root_keys: HashSet<Box<str>>,
    /// What the change names of the programme.
    pub named: Named,
    /// What each operation made, in their order.
    pub made: Vec<Made>,
    pub objects: Vec<(OperationId, ObjectRow)>,
    /// Places with what is put there and what goes.
    pub slots: Vec<(Slot, Option<OperationId>, Vec<OperationId>)>,
}
