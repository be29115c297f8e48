//! What a restored server lacks of a plain document, and for which of it receipts are here.
//!
//! What is folded is not kept entry by entry: changes are made again from the document, byte for
//! byte.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{ChangeHash, DeviceId, EntryHash, PersonId, Version};
use enhance_store::{DocumentRow, Entry, EntryKind, EntryLink, FoldHead, ReceiptRow, StoreReader};

use crate::{
    error::Error,
    state::State,
    writing::{entries, rights},
};

/// What the server lacks of a plain document, each entry after those it depends on.
#[derive(Debug, Default)]
pub(super) struct Lacking {
    pub(super) entries: Vec<LackedEntry>,
    /// Entries that are kept here and that the server has, or needs no more.
    pub(super) stored: Vec<EntryHash>,
}

/// An entry that the server lacks.
#[derive(Debug)]
pub(super) struct LackedEntry {
    pub(super) entry: Entry,
    /// None if it is covered by that of a later change alone, or by none.
    pub(super) receipt: Option<ReceiptRow>,
    /// Whether it has a receipt, or was made before a change that has one.
    pub(super) is_covered: bool,
    /// Whether it is folded here, and was made again.
    pub(super) is_folded: bool,
}

impl Lacking {
    /// What a server with these heads lacks of a document.
    pub(super) fn of(
        state: &mut State,
        row: &DocumentRow,
        theirs: &[EntryHash],
    ) -> Result<Self, Error> {
        let links = state.store().links(row.id)?;
        let folded = state.store().fold_heads(row.id)?;
        let reached = with_ancestors(&links, theirs);
        let mut lacking = Self::default();
        let (mut controls, mut content) = (Vec::new(), Vec::new());
        for link in links.iter().filter(|link| counts(link)) {
            if reached.contains(&link.hash) {
                lacking.stored.push(link.hash);
                continue;
            }
            let Some(entry) = state.store().entry(link.hash)? else { continue };
            if rights::is_past(state.store(), &entry)? {
                lacking.stored.push(link.hash);
            } else if entry.kind.is_content() {
                content.push((entry, false));
            } else {
                controls.push((entry, false));
            }
        }
        let made_again = if folded.is_empty() { Vec::new() } else { remade(state, row, theirs)? };
        let kept: BTreeSet<EntryHash> = links.iter().map(|link| link.hash).collect();
        let made_again = made_again.into_iter().filter(|entry| !kept.contains(&entry.hash));
        // What is kept came after what is folded, and rights say nothing about what is not there.
        let creates = controls.extract_if(.., |(entry, _)| entry.kind == EntryKind::Create);
        let ordered: Vec<(Entry, bool)> = creates
            .collect::<Vec<_>>()
            .into_iter()
            .chain(made_again.map(|entry| (entry, true)))
            .chain(content)
            .chain(controls)
            .collect();
        lacking.entries = with_receipts(state.store(), row, ordered)?;
        Ok(lacking)
    }
}

/// Whether an entry counts among the heads of its document.
pub(super) fn counts(link: &EntryLink) -> bool {
    link.kind != EntryKind::Seen
}

/// The entries on which no other depends, sorted; those in a fold are known by its heads.
pub(super) fn heads_of(links: &[EntryLink], folded: &[FoldHead]) -> Vec<EntryHash> {
    let counted = || links.iter().filter(|link| counts(link));
    let mut needed: BTreeSet<EntryHash> =
        counted().flat_map(|link| link.deps.iter().copied()).collect();
    if !folded.is_empty() {
        // The first of what is folded needed it.
        needed.extend(counted().filter(|l| l.kind == EntryKind::Create).map(|l| l.hash));
    }
    let kept = counted().map(|link| link.hash).chain(folded.iter().map(|head| head.hash));
    let heads: BTreeSet<EntryHash> = kept.filter(|hash| !needed.contains(hash)).collect();
    heads.into_iter().collect()
}

/// The entries with these hashes and all they depend on, as far as that can be told here: what an
/// entry that is kept needed is among them, kept or not.
pub(super) fn with_ancestors(links: &[EntryLink], heads: &[EntryHash]) -> BTreeSet<EntryHash> {
    let deps: BTreeMap<_, _> = links.iter().map(|link| (link.hash, link.deps.as_slice())).collect();
    reach(&deps, heads)
}

fn reach(deps: &BTreeMap<EntryHash, &[EntryHash]>, from: &[EntryHash]) -> BTreeSet<EntryHash> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<EntryHash> = from.to_vec();
    while let Some(hash) = next.pop() {
        if reached.insert(hash)
            && let Some(deps) = deps.get(&hash)
        {
            next.extend(deps.iter().copied());
        }
    }
    reached
}

/// The changes of a document that a server with these heads lacks, as the entries they were.
fn remade(state: &mut State, row: &DocumentRow, theirs: &[EntryHash]) -> Result<Vec<Entry>, Error> {
    let facts = state.facts()?;
    let create = state.create_of(row.id)?;
    let people = state.store().people()?;
    let of_device: BTreeMap<DeviceId, PersonId> = people
        .iter()
        .flat_map(|person| person.devices.iter().map(|device| (*device, person.id)))
        .chain([(facts.device, facts.person.id)])
        .collect();
    let document = state.document(row)?;
    let known =
        Version::new(theirs.iter().map(|hash| ChangeHash::from_bytes(*hash.as_bytes())).collect());
    let missing = document.changes_not_in(&known);
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let authors: BTreeMap<_, _> =
        document.history().into_iter().map(|change| (change.hash, change.author)).collect();
    let entries = missing.into_iter().filter_map(|change| {
        let device = authors.get(&change.hash).copied().flatten()?;
        // Of a device that is not known any more the person is only guessed.
        let person = of_device.get(&device).copied().unwrap_or(row.creator);
        Some(entries::of_known_change(row.id, change, create, (device, person)))
    });
    Ok(entries.collect())
}

/// The entries with their receipts, and whether one covers them.
fn with_receipts(
    store: &StoreReader,
    row: &DocumentRow,
    entries: Vec<(Entry, bool)>,
) -> Result<Vec<LackedEntry>, Error> {
    let receipts: BTreeMap<EntryHash, ReceiptRow> =
        store.receipts(row.id)?.into_iter().map(|receipt| (receipt.hash, receipt)).collect();
    let lacked = || entries.iter().map(|(entry, _)| entry);
    let changes = || lacked().filter(|entry| entry.kind == EntryKind::Change);
    let deps: BTreeMap<_, _> = changes().map(|entry| (entry.hash, entry.deps.as_slice())).collect();
    let proven: Vec<EntryHash> =
        changes().map(|entry| entry.hash).filter(|hash| receipts.contains_key(hash)).collect();
    let mut covered = reach(&deps, &proven);
    // Nothing but a receipt of its own shows what is no change.
    covered.retain(|hash| deps.contains_key(hash));
    let lacked = entries.into_iter().map(|(entry, is_folded)| {
        let receipt = receipts.get(&entry.hash).copied();
        let is_covered = receipt.is_some() || covered.contains(&entry.hash);
        LackedEntry { entry, receipt, is_covered, is_folded }
    });
    Ok(lacked.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn hash(byte: u8) -> EntryHash {
        EntryHash::from_bytes([byte; 32])
    }

    fn link(byte: u8, kind: EntryKind, deps: &[u8]) -> EntryLink {
        EntryLink {
            hash: hash(byte),
            kind,
            deps: deps.iter().map(|dep| hash(*dep)).collect(),
            device: None,
            by: None,
            stored: true,
            sequence: None,
            received_at: None,
        }
    }

    fn story() -> Vec<EntryLink> {
        vec![
            link(1, EntryKind::Create, &[]),
            link(2, EntryKind::Change, &[1]),
            link(3, EntryKind::Change, &[2]),
            link(4, EntryKind::Change, &[2]),
            link(5, EntryKind::Grant, &[1]),
            link(6, EntryKind::Seen, &[1]),
        ]
    }

    #[test]
    fn heads_are_what_nothing_depends_on_but_for_what_was_seen() {
        assert_eq!(heads_of(&story(), &[]), [hash(3), hash(4), hash(5)]);
        assert_eq!(heads_of(&story()[..1], &[]), [hash(1)]);
        assert_eq!(heads_of(&[], &[]), []);
    }

    #[test]
    fn a_fold_stands_for_what_is_folded() {
        let head = FoldHead { hash: hash(2), device: None, counter: 0 };
        let kept = [
            link(1, EntryKind::Create, &[]),
            link(3, EntryKind::Change, &[2]),
            link(5, EntryKind::Grant, &[1]),
        ];
        assert_eq!(heads_of(&kept, &[head]), [hash(3), hash(5)]);
        assert_eq!(heads_of(&kept[..1], &[head]), [hash(2)]);
        assert!(with_ancestors(&kept, &[hash(3)]).contains(&hash(2)));
    }

    #[test]
    fn ancestors_end_where_this_device_knows_no_more() {
        let known = with_ancestors(&story(), &[hash(3), hash(99)]);
        let expected = [hash(1), hash(2), hash(3), hash(99)];
        assert_eq!(known.into_iter().collect::<Vec<_>>(), expected);
    }
}
