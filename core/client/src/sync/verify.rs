//! After the server was restored from a backup: finding out what it lost, and offering it again.
//!
//! What the server acknowledged before says nothing about what it has now. So this device tells
//! the heads of each of its documents, a page at a time, and the server answers with its own where
//! they differ. What is not among those heads and their ancestors, the server lacks.
//!
//! What the server once stored of a plain document is brought with receipts, whoever made it
//! ([`super::bring`]). What is left is offered by the device that made it, as when it was new. Of a
//! private document any device of its owner offers all that is lacking.
//!
//! What is folded is not kept entry by entry. Changes of a plain document are made again from the
//! document, byte for byte; envelopes cannot be, so a private document goes into the next archive.

use std::collections::BTreeMap;

use enhance_model::{DocumentId, EntryHash};
use enhance_protocol::DocumentHeads;
use enhance_store::{
    Bringing, DocumentRow, DocumentState, Entry, EntryKind, EntryLink, FoldHead, StoreReader,
    SyncState,
};

use super::lacking::{LackedEntry, Lacking, counts, heads_of, with_ancestors};
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
    /// Entries that the server lacks, and that this device may offer.
    pub(super) lost: Vec<EntryHash>,
    /// The same, made again from a fold.
    pub(super) remade: Vec<Entry>,
    /// Documents of which the server lacks what receipts are here for, and its heads of them.
    pub(super) bringing: Vec<Bringing>,
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
    let mut page = HeadsPage { heads: Vec::new(), to: at.verified_to };
    while at.verifying && page.heads.is_empty() {
        let documents = state.store().documents_after(page.to, DOCUMENTS_AT_ONCE)?;
        if documents.is_empty() {
            let done = SyncState { verifying: false, verified_to: None, ..at };
            state.write(|write| Ok(write.set_sync_state(&done)?))?;
            return Ok(HeadsPage::default());
        }
        for (row, _) in documents {
            page.to = Some(row.id);
            let store = state.store();
            let heads = heads_of(&store.links(row.id)?, &store.fold_heads(row.id)?);
            if !heads.is_empty() {
                page.heads.push(DocumentHeads { document: row.id, heads });
            }
        }
    }
    Ok(if at.verifying { page } else { HeadsPage::default() })
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
            Some(theirs) if row.kind.is_sealed() => {
                findings.sealed(&row, (&links, &folded), theirs);
            }
            Some(theirs) => findings.plain(state, (&row, deleted), &folded, theirs)?,
        }
        findings.offer_last_seen(&links, facts);
    }
    Ok(findings)
}

impl Findings {
    /// Whether anything is to be offered again because of them.
    pub(super) fn offers_anything(&self) -> bool {
        let is_wanted = |(_, stored): &(DocumentId, bool)| !stored;
        !self.lost.is_empty()
            || !self.remade.is_empty()
            || !self.bringing.is_empty()
            || self.folds.iter().any(is_wanted)
    }

    /// Whether another person's device has to make a document known to the server again before this
    /// one's work in it can be taken. Offered earlier, that work would be refused for good.
    fn wait_for_another(
        &self,
        store: &StoreReader,
        row: &DocumentRow,
        facts: &Facts,
    ) -> Result<bool, Error> {
        if !facts.is_me(row.creator) {
            return Ok(true);
        }
        let project = row.about.map(|project| store.document(project)).transpose()?.flatten();
        let Some((project, _)) = project.filter(|(project, _)| !facts.is_me(project.creator))
        else {
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

    /// What the server lacks of a private document. Its owner's devices alone have it, and none can
    /// have made it without the key, so any of them offers all of it.
    fn sealed(
        &mut self,
        row: &DocumentRow,
        (links, folded): (&[EntryLink], &[FoldHead]),
        theirs: &[EntryHash],
    ) {
        let reached = with_ancestors(links, theirs);
        let counted = links.iter().filter(|link| counts(link)).map(|link| link.hash);
        let (stored, lost): (Vec<_>, Vec<_>) = counted.partition(|hash| reached.contains(hash));
        self.stored.extend(stored);
        self.lost.extend(lost);
        if !folded.is_empty() {
            let has_all = folded.iter().all(|head| reached.contains(&head.hash));
            self.folds.push((row.id, has_all));
        }
    }

    /// What the server lacks of a plain document: with receipts by bringing it, or as
    /// this device's own.
    fn plain(
        &mut self,
        state: &mut State,
        (row, deleted): (&DocumentRow, bool),
        folded: &[FoldHead],
        theirs: &[EntryHash],
    ) -> Result<(), Error> {
        let facts = state.facts()?;
        let Lacking { entries, stored } = Lacking::of(state, row, theirs)?;
        let is_covered = entries.iter().any(|lacked| lacked.is_covered);
        if is_covered {
            self.bringing.push(Bringing { document: row.id, known: theirs.to_vec() });
        }
        let is_unknown = theirs.is_empty() && !deleted;
        if is_unknown && self.wait_for_another(state.store(), row, &facts)? {
            return Ok(());
        }
        self.stored.extend(stored);
        let has_all = entries.iter().all(|lacked| !lacked.is_folded);
        for LackedEntry { entry, is_covered, is_folded, .. } in entries {
            if is_covered || entry.device != Some(facts.device) {
                continue;
            }
            if is_folded { self.remade.push(entry) } else { self.lost.push(entry.hash) }
        }
        if !folded.is_empty() {
            self.folds.push((row.id, has_all));
        }
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
