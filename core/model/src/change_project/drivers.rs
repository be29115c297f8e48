//! The driver diagram: aim, primary drivers, and secondary drivers under these.

use std::collections::BTreeSet;

use super::ChangeProject;
use crate::{ItemId, Items, record::Whole};

/// A primary driver with what is under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The primary driver at the head of it.
    pub id: ItemId,
    /// Its secondary drivers, in their order.
    pub secondary: Vec<ItemId>,
}

impl ChangeProject {
    /// The drivers as a tree of two levels, the same on every device: whatever two people did at
    /// once, every driver is in it once.
    ///
    /// Where moves that met make a circle, the driver of it with the smallest id is a primary one.
    /// Where they make a third level, its drivers hang under the primary driver above. A driver
    /// whose parent was taken back is a primary one.
    pub fn driver_tree(&self) -> Vec<Branch> {
        let mut under: Items<Vec<ItemId>> = Items::new();
        let mut primary = Vec::new();
        for id in self.drivers.keys() {
            match self.primary_above(*id) {
                above if above == *id => primary.push(*id),
                above => under.get_or_insert_with(above, Vec::new).push(*id),
            }
        }
        // Drivers without a place come last.
        let last = Whole(u32::MAX);
        let place = |id: &ItemId| {
            (self.drivers.get(id).and_then(|driver| driver.place).unwrap_or(last), *id)
        };
        primary.sort_by_key(place);
        let branch = |id| {
            let mut secondary = under.remove(&id).unwrap_or_default();
            secondary.sort_by_key(place);
            Branch { id, secondary }
        };
        primary.into_iter().map(branch).collect()
    }

    /// Whether a driver is a secondary one.
    pub fn is_secondary(&self, driver: ItemId) -> bool {
        self.drivers.contains_key(&driver) && self.primary_above(driver) != driver
    }

    /// The primary driver above a driver, or the driver itself.
    fn primary_above(&self, driver: ItemId) -> ItemId {
        let mut path = BTreeSet::from([driver]);
        let mut at = driver;
        loop {
            let parent = self.drivers.get(&at).and_then(|driver| driver.parent);
            let Some(parent) = parent.filter(|parent| self.drivers.contains_key(parent)) else {
                return at;
            };
            if !path.insert(parent) {
                return self.smallest_in_circle(parent);
            }
            at = parent;
        }
    }

    fn smallest_in_circle(&self, of: ItemId) -> ItemId {
        let (mut smallest, mut at) = (of, of);
        while let Some(parent) = self.drivers.get(&at).and_then(|driver| driver.parent) {
            if parent == of {
                break;
            }
            smallest = smallest.min(parent);
            at = parent;
        }
        smallest
    }
}
