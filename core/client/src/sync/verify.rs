//! After the server was restored from a backup: finding out what it lost, and offering it again.
//!
//! What the server acknowledged before says nothing about what it has now. So this device tells
//! the heads of each of its documents, a page at a time, and the server answers with its own where
//! they differ. What is not among those heads and their ancestors, the server lacks.
//!
//! The server takes a change only from the device that made it, so each device offers its own. Work
//! of a device that is gone, and that the server lost, stays readable wherever it is; no device
//! can offer it again.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{DocumentId, EntryHash};
use enhance_protocol::DocumentHeads;
use enhance_store::{DocumentRow, DocumentState, EntryKind, EntryLink, Store, SyncState};

use crate::{
    error::Error,
    state::{State, facts::Facts},
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
        let heads = heads_of(&state.store().links(row.id)?);
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
    store: &Store,
    facts: &Facts,
    page: &HeadsPage,
    differing: &[DocumentHeads],
) -> Result<Findings, Error> {
    let differing: BTreeMap<_, _> =
        differing.iter().map(|theirs| (theirs.document, theirs.heads.as_slice())).collect();
    let mut findings = Findings::default();
    for ours in &page.heads {
        let Some((row, document_state)) = store.document(ours.document)? else { continue };
        let links = store.links(row.id)?;
        let deleted = document_state == DocumentState::Deleted;
        match differing.get(&row.id) {
            None => findings.all_stored(&links),
            Some([]) if !deleted && findings.wait_for_another(store, &row, facts)? => {}
            Some(theirs) => findings.compare(&links, theirs, facts),
        }
        findings.offer_last_seen(&links, facts);
    }
    Ok(findings)
}

impl Findings {
    /// Whether another person's device has to make a document known to the server again before this
    /// one's work in it can be taken. Offered earlier, that work would be refused for good.
    fn wait_for_another(
        &self,
        store: &Store,
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

    fn all_stored(&mut self, links: &[EntryLink]) {
        self.stored.extend(links.iter().filter(|link| counts(link)).map(|link| link.hash));
    }

    fn compare(&mut self, links: &[EntryLink], theirs: &[EntryHash], facts: &Facts) {
        let known = with_ancestors(links, theirs);
        for link in links.iter().filter(|link| counts(link)) {
            if known.contains(&link.hash) {
                self.stored.push(link.hash);
            } else if link.device == Some(facts.device) {
                self.lost.push(link.hash);
            }
        }
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

/// The entries on which no other depends, sorted.
fn heads_of(links: &[EntryLink]) -> Vec<EntryHash> {
    let counted = || links.iter().filter(|link| counts(link));
    let needed: BTreeSet<EntryHash> =
        counted().flat_map(|link| link.deps.iter().copied()).collect();
    let heads: BTreeSet<EntryHash> =
        counted().map(|link| link.hash).filter(|hash| !needed.contains(hash)).collect();
    heads.into_iter().collect()
}

/// The entries with these hashes and all they depend on, as far as they are here.
fn with_ancestors(links: &[EntryLink], heads: &[EntryHash]) -> BTreeSet<EntryHash> {
    let deps: BTreeMap<_, _> = links.iter().map(|link| (link.hash, &link.deps)).collect();
    let mut known = BTreeSet::new();
    let mut next: Vec<EntryHash> = heads.to_vec();
    while let Some(hash) = next.pop() {
        if let Some(deps) = deps.get(&hash)
            && known.insert(hash)
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
        assert_eq!(heads_of(&story()), [hash(3), hash(4), hash(5)]);
        assert_eq!(heads_of(&story()[..1]), [hash(1)]);
        assert_eq!(heads_of(&[]), []);
    }

    #[test]
    fn ancestors_end_where_this_device_knows_no_more() {
        let known = with_ancestors(&story(), &[hash(3), hash(99)]);
        assert_eq!(known.into_iter().collect::<Vec<_>>(), [hash(1), hash(2), hash(3)]);
    }
}
