//! After the server was restored from a backup: finding out what it lost, and offering it again.
//!
//! What the server acknowledged before says nothing about what it has now. So this device tells
//! the heads of each of its documents, a page at a time, and the server answers with its own where
//! they differ. What is not among those heads and their ancestors, the server lacks.
//!
//! The server takes a change only from the device that made it, so each device offers its own. Work
//! of a device that is gone, and that the server lost, stays readable wherever it is; no device
//! can offer it again.
//!
//! What is folded is not kept entry by entry. Changes of a plain document are made again from the
//! document, byte for byte; envelopes cannot be, so a private document goes into the next archive.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{ChangeHash, DocumentId, EntryHash, Version};
use enhance_protocol::DocumentHeads;
use enhance_store::{
    DocumentRow, DocumentState, Entry, EntryKind, EntryLink, FoldHead, StoreReader, SyncState,
};

use crate::{
    error::Error,
    state::{State, facts::Facts},
    writing::entries,
};

/// Documents whose heads are told in one request.
const DOCUMENTS_AT_ONCE: u32 = 200;

/// The heads of some documents.
#[derive(Debug, Clone, Default)]
pub(super) struct HeadsPage {
    pub(super) heads: Vec<DocumentHeads>,
    /// The last document of the page; none if no heads are being compared.
    to: Option<DocumentId>,
}

/// What a comparison found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Findings {
    /// Entries the server has.
    pub(super) stored: Vec<EntryHash>,
    /// Entries of this device that the server lacks.
    pub(super) lost: Vec<EntryHash>,
    /// The same, made again from a fold.
    pub(super) remade: Vec<Entry>,
    /// Of documents with a fold: whether the server has all of that.
    pub(super) folds: Vec<(DocumentId, bool)>,
}

/// Begins to compare all documents from the first.
pub(super) fn begin(state: &mut State) -> Result<(), Error> {
    let before = state.store().sync_state()?;
    let now = SyncState { verifying: true, verified_to: None, ..before };
    state.write(|write| Ok(write.set_sync_state(&now)?))
}

/// The heads to tell next. When there are no more, the comparison is at its end.
pub(super) fn next_page(state: &mut State) -> Result<HeadsPage, Error> {
    let at = state.store().sync_state()?;
    if !at.verifying {
        return Ok(HeadsPage::default());
    }
    let documents = state.store().documents_after(at.verified_to, DOCUMENTS_AT_ONCE)?;
    if documents.is_empty() {
        let done = SyncState { verifying: false, verified_to: None, ..at };
        state.write(|write| Ok(write.set_sync_state(&done)?))?;
    }
    let mut page = HeadsPage::default();
    for (row, _) in documents {
        page.to = Some(row.id);
        let store = state.store();
        let heads = heads_of(&store.links(row.id)?, &store.fold_heads(row.id)?);
        if !heads.is_empty() {
            page.heads.push(DocumentHeads { document: row.id, heads });
        }
    }
    Ok(page)
}

/// How far the comparison is once the answer to a page is taken in.
pub(super) fn advance(state: &mut SyncState, page: &HeadsPage) {
    if page.to.is_some() {
        state.verified_to = page.to;
    }
}

/// What the answer to a page says.
pub(super) fn compare(
    state: &mut State,
    facts: &Facts,
    page: &HeadsPage,
    differing: &[DocumentHeads],
) -> Result<Findings, Error> {
    let differing: BTreeMap<_, _> =
        differing.iter().map(|theirs| (theirs.document, theirs.heads.as_slice())).collect();
    let mut findings = Findings::default();
    for ours in &page.heads {
        let Some((row, document_state)) = state.store().document(ours.document)? else { continue };
        let links = state.store().links(row.id)?;
        let folded = state.store().fold_heads(row.id)?;
        let deleted = document_state == DocumentState::Deleted;
        match differing.get(&row.id) {
            None => findings.all_stored(&row, &links, &folded),
            Some([]) if !deleted && findings.wait_for_another(state.store(), &row, facts)? => {}
            Some(theirs) => {
                let reached = findings.compare(&links, theirs, facts);
                if !folded.is_empty() {
                    findings.compare_fold(state, &row, (&links, &folded), (theirs, &reached))?;
                }
            }
        }
        findings.offer_last_seen(&links, facts);
    }
    Ok(findings)
}

impl Findings {
    /// Whether anything is to be offered again because of them.
    pub(super) fn offers_anything(&self) -> bool {
        let is_wanted = |(_, stored): &(DocumentId, bool)| !stored;
        !self.lost.is_empty() || !self.remade.is_empty() || self.folds.iter().any(is_wanted)
    }

    /// Whether another person's device has to make a document known to the server again before this
    /// one's work in it can be taken. Offered earlier, that work would be refused for good.
    fn wait_for_another(
        &self,
        store: &StoreReader,
        row: &DocumentRow,
        facts: &Facts,
    ) -> Result<bool, Error> {
        if !facts.is_me(row.owner) {
            return Ok(true);
        }
        let project = row.about.map(|project| store.document(project)).transpose()?.flatten();
        let Some((project, _)) = project.filter(|(project, _)| !facts.is_me(project.owner)) else {
            return Ok(false);
        };
        // What is about a project can be taken as soon as that is there, which it may be already.
        let is_there = |link: &EntryLink| link.stored || self.stored.contains(&link.hash);
        Ok(!store.links(project.id)?.iter().any(is_there))
    }

    fn all_stored(&mut self, row: &DocumentRow, links: &[EntryLink], folded: &[FoldHead]) {
        self.stored.extend(links.iter().filter(|link| counts(link)).map(|link| link.hash));
        if !folded.is_empty() {
            self.folds.push((row.id, true));
        }
    }

    /// Sorts what is kept entry by entry, and says what the server has of it and what that needed.
    fn compare(
        &mut self,
        links: &[EntryLink],
        theirs: &[EntryHash],
        facts: &Facts,
    ) -> BTreeSet<EntryHash> {
        let reached = with_ancestors(links, theirs);
        for link in links.iter().filter(|link| counts(link)) {
            if reached.contains(&link.hash) {
                self.stored.push(link.hash);
            } else if link.device == Some(facts.device) {
                self.lost.push(link.hash);
            }
        }
        reached
    }

    /// What the server lacks of a fold: changes of this device, or all of a private document.
    fn compare_fold(
        &mut self,
        state: &mut State,
        row: &DocumentRow,
        (links, folded): (&[EntryLink], &[FoldHead]),
        (theirs, reached): (&[EntryHash], &BTreeSet<EntryHash>),
    ) -> Result<(), Error> {
        if row.kind.is_sealed() {
            let has_all = folded.iter().all(|head| reached.contains(&head.hash));
            self.folds.push((row.id, has_all));
            return Ok(());
        }
        let facts = state.facts()?;
        let create = state.create_of(row.id)?;
        let document = state.document(row)?;
        let known = Version::new(
            theirs.iter().map(|hash| ChangeHash::from_bytes(*hash.as_bytes())).collect(),
        );
        let missing = document.changes_not_in(&known);
        let authors: BTreeMap<_, _> =
            document.history().into_iter().map(|change| (change.hash, change.author)).collect();
        let mut has_all = true;
        for change in missing {
            let hash = EntryHash::from(change.hash);
            if links.iter().any(|link| link.hash == hash) {
                continue;
            }
            has_all = false;
            if authors.get(&change.hash) == Some(&Some(facts.device)) {
                self.remade.push(entries::of_known_change(row.id, change, create, &facts));
            }
        }
        self.folds.push((row.id, has_all));
        Ok(())
    }

    /// That this person has seen a document is no part of its heads.
    fn offer_last_seen(&mut self, links: &[EntryLink], facts: &Facts) {
        let own = |link: &&EntryLink| {
            link.kind == EntryKind::Seen && link.device == Some(facts.device) && !link.stored
        };
        self.lost.extend(links.iter().rfind(own).map(|link| link.hash));
    }
}

/// Whether an entry counts among the heads of its document.
fn counts(link: &EntryLink) -> bool {
    link.kind != EntryKind::Seen
}

/// The entries on which no other depends, sorted; those in a fold are known by its heads.
fn heads_of(links: &[EntryLink], folded: &[FoldHead]) -> Vec<EntryHash> {
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
fn with_ancestors(links: &[EntryLink], heads: &[EntryHash]) -> BTreeSet<EntryHash> {
    let deps: BTreeMap<_, _> = links.iter().map(|link| (link.hash, &link.deps)).collect();
    let mut known = BTreeSet::new();
    let mut next: Vec<EntryHash> = heads.to_vec();
    while let Some(hash) = next.pop() {
        if known.insert(hash)
            && let Some(deps) = deps.get(&hash)
        {
            next.extend(deps.iter().copied());
        }
    }
    known
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
