//! How long each text is: what was inserted, less what was deleted.

use std::collections::{HashMap, HashSet};

use super::ids::{ObjectId, OperationId};

/// The lengths of the texts of a document, in characters.
#[derive(Debug, Clone, Default)]
pub struct Lengths {
    inserted: HashMap<ObjectId, u64>,
    /// Deleted elements of each text, once each however often they were deleted.
    deleted: HashMap<ObjectId, HashSet<OperationId>>,
}

impl Lengths {
    /// Notes that so many characters were inserted.
    pub fn insert(&mut self, text: ObjectId, count: u64) {
        *self.inserted.entry(text).or_default() += count;
    }

    /// Notes a deleted character, however often it is deleted.
    pub fn delete(&mut self, text: ObjectId, element: OperationId) {
        self.deleted.entry(text).or_default().insert(element);
    }

    /// All that is known, for tests.
    #[cfg(test)]
    pub fn told(&self) -> Vec<String> {
        let deleted = self.deleted.iter().map(|(text, all)| {
            let all: std::collections::BTreeSet<_> = all.iter().collect();
            format!("{text:?} lost {all:?}")
        });
        self.inserted.iter().map(|each| format!("{each:?}")).chain(deleted).collect()
    }

    /// How long a text is, with this many characters more.
    pub fn with(&self, text: ObjectId, more: u64) -> u64 {
        let deleted = self.deleted.get(&text).map_or(0, HashSet::len) as u64;
        let inserted = self.inserted.get(&text).copied().unwrap_or_default();
        (inserted + more).saturating_sub(deleted)
    }
}
