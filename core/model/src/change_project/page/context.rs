//! What a page is made of beside the plan itself.

use std::collections::BTreeMap;

use super::names::PageNames;
use crate::{DeviceId, DocumentId, Version};

/// What a page is made of beside the plan itself.
#[derive(Debug, Clone, Copy)]
pub struct PageContext<'a> {
    pub id: DocumentId,
    /// The version of the plan it shows.
    pub version: &'a Version,
    pub names: &'a PageNames,
    /// How many changes were written on each device.
    pub changes: &'a BTreeMap<Option<DeviceId>, usize>,
}

/// Who wrote, with how many changes each, most first.
pub(super) fn writers(context: &PageContext<'_>) -> impl Iterator<Item = String> {
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    for (device, changes) in context.changes {
        let name = device.and_then(|device| context.names.devices.get(&device));
        *by_name.entry(name.map_or("somebody", String::as_str)).or_default() += changes;
    }
    let mut writers: Vec<(&str, usize)> = by_name.into_iter().collect();
    writers.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
    writers.into_iter().map(|(name, changes)| match changes {
        1 => format!("{name} (1 change)"),
        changes => format!("{name} ({changes} changes)"),
    })
}
