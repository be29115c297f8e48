//! Plain changes on their way through the admission gate.
//!
//! The gate judges changes by a catalogue of the document. That of a document that was written to
//! lately is kept; any other is made from its changes, on a blocking thread, before the writing
//! thread decides. What the gate saw may be out of date by then; the writing thread compares the
//! number of changes and has everything looked at again if it is.

mod stored;

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::AssertUnwindSafe,
    sync::Arc,
};

use enhance_documents::{AdmissionRules, Bounds, Catalogue, Finding, Journal, Ruling};
use enhance_model::{ChangeHash, DocumentId, EntryHash, PersonId, RefusalCode, Timestamp};
use enhance_protocol::{Create, EntryBody, EntryKind, Offer, Outcome, Verdict};
use rusqlite::Connection;

use self::stored::Stored;
use super::{report::Report, rights::may_change, warrant::Warrant};
use crate::{
    catalogues::Kept,
    state::ServerState,
    storage::{
        StorageError,
        documents::{self, DocumentRow},
        folds, journals,
        people::Sender,
    },
};

/// Bytes of changes that are judged where they are: going to another thread would take longer.
const QUICK_BYTES: usize = 4 << 10;

/// A document after the gate has judged what is offered of it.
pub(super) struct Inspection {
    row: DocumentRow,
    /// With what was admitted; none if nothing may be concluded from it.
    catalogue: Option<Catalogue>,
    /// Where in the request the changes are that were admitted.
    admitted: Vec<usize>,
    /// What they added to the catalogue.
    journal: Option<Journal>,
    /// Bytes of the changes that were admitted.
    bytes: u64,
    writers: BTreeSet<PersonId>,
}

/// What is to be written down of a catalogue once all that was admitted is stored.
pub(super) struct Noted {
    document: DocumentId,
    admitted: Vec<usize>,
    journal: Journal,
}

/// What is to be written down of these catalogues.
pub(super) fn noted(inspections: &mut [Inspection]) -> Vec<Noted> {
    let noted = inspections.iter_mut().filter_map(|inspection| {
        let journal = inspection.journal.take().filter(|journal| journal.changes > 0)?;
        let (document, admitted) = (inspection.row.id, inspection.admitted.clone());
        Some(Noted { document, admitted, journal })
    });
    noted.collect()
}

impl Noted {
    /// Writes it down, if all that the gate admitted was stored. If not, the changes that were are
    /// looked at once more when the document is next written to.
    pub(super) fn write(&self, db: &Connection, verdicts: &[Verdict]) -> Result<(), StorageError> {
        if self.admitted.iter().all(|place| is_stored(verdicts, *place)) {
            journals::append(db, self.document, &self.journal)?;
        }
        Ok(())
    }
}

fn is_stored(verdicts: &[Verdict], place: usize) -> bool {
    let outcome = verdicts.get(place).map(|verdict| &verdict.outcome);
    matches!(outcome, Some(Outcome::Stored { .. }))
}

/// Takes the plain changes among the offers to the gate, document by document. Those that their
/// sender may not make anyway are left out.
pub(super) async fn inspect(
    state: &ServerState,
    warrant: &Warrant,
    offers: &Arc<Vec<Offer>>,
    damaged: &mut BTreeSet<DocumentId>,
) -> Result<(BTreeMap<DocumentId, Report>, Vec<Inspection>), StorageError> {
    let plain = offers.iter().filter(|offer| offer.kind == EntryKind::Change);
    let touched: BTreeSet<DocumentId> = plain.map(|offer| offer.document).collect();
    let (mut reports, mut inspections) = (BTreeMap::new(), Vec::new());
    for document in touched.difference(&damaged.clone()).copied() {
        let known = match Known::of(state, warrant, document, offers).await {
            Ok(Some(known)) => known,
            Ok(None) => continue,
            Err(error) if error.is_of_damage() => {
                tracing::error!(%document, %error, "nothing is judged of what is damaged");
                damaged.insert(document);
                continue;
            }
            Err(error) => return Err(error),
        };
        let (changes, identity) = (known.row.changes, known.row.identity());
        let (mut findings, mut inspection) = judge(state, warrant, known, offers).await?;
        if let Some(known) = Known::told(state, warrant, document, offers, &findings).await? {
            (findings, inspection) = judge(state, warrant, known, offers).await?;
        }
        let places = places(offers, document).map(|(place, _)| place);
        let findings = places.zip(findings).collect();
        reports.insert(document, Report { identity, changes, findings });
        inspections.extend(inspection);
    }
    Ok((reports, inspections))
}

/// Keeps the catalogues of documents of which everything that the gate admitted was stored. What
/// another rule kept out is in the catalogue and not in the document, so that one goes.
pub(super) fn keep(state: &ServerState, inspections: Vec<Inspection>, verdicts: &[Verdict]) {
    for Inspection { row, catalogue, admitted, bytes, mut writers, .. } in inspections {
        let all = admitted.iter().all(|place| is_stored(verdicts, *place));
        let changes = row.changes + admitted.len() as u64;
        // Of one that stored nothing it is not known whether they may write.
        if admitted.is_empty() {
            writers.clear();
        }
        let tried = if all { ask_for_background(state, &row, changes) } else { row.tried };
        if let Some(catalogue) = catalogue.filter(|_| all) {
            let bytes = row.bytes + bytes;
            state.catalogues.keep(Kept {
                row: DocumentRow { bytes, changes, tried, ..row },
                catalogue,
                writers,
            });
        }
    }
}

/// Asks for a fold or a trial of a document that has so many changes now, if one is due. Both read
/// all of it, so that the longest are read the least often; a fold is a trial as well. Says of how
/// many changes a trial need not be asked for again.
fn ask_for_background(state: &ServerState, row: &DocumentRow, changes: u64) -> u64 {
    let is_due = |done: u64, every: u64| changes.saturating_sub(done) >= every.max(done / 2);
    if is_due(row.folded, state.config.fold_every) {
        state.folds.ask(row.id);
    } else if is_due(row.tried, state.config.trial_every) {
        state.trials.ask(row.id);
    } else {
        return row.tried;
    }
    changes
}

/// What the gate says to each plain change of the document among the offers.
async fn judge(
    state: &ServerState,
    warrant: &Warrant,
    known: Known,
    offers: &Arc<Vec<Offer>>,
) -> Result<(Vec<Finding>, Option<Inspection>), StorageError> {
    let document = known.row.id;
    let (offered, limits) = (Arc::clone(offers), state.config.limits.clone());
    let asking = warrant.asking();
    let devices = asking.map(|it| state.devices_of(it.person)).unwrap_or_default();
    // What is brought was stored once, whatever the server that is there now was told of.
    let published = asking.map(|_| state.published());
    let count = places(offers, document).count();
    let bytes: usize = places(offers, document).map(|(_, offer)| offer.body.len()).sum();
    let is_quick = bytes <= QUICK_BYTES && known.stored.is_none();
    let bounds = Bounds { text_chars: limits.text_chars, ..Bounds::default() };
    let bounds = bounds.of_operations(state.config.document_operations);
    let judging = move || {
        let rules = AdmissionRules {
            bounds: Some(bounds),
            is_of_same_person: &|device| devices.contains(&device),
            published: published.as_deref(),
            // Of what is brought a receipt has said whose it is.
            ..AdmissionRules::from_device(asking.map(|sender| sender.device), &limits, 0)
        };
        known.admit(asking, &offered, &rules)
    };
    let judged = if is_quick {
        std::panic::catch_unwind(AssertUnwindSafe(judging)).ok()
    } else {
        let permit = Arc::clone(&state.gates).acquire_owned().await;
        let judging = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            judging()
        });
        judging.await.ok()
    };
    Ok(match judged {
        Some(Ok((findings, inspection))) => (findings, Some(inspection)),
        Some(Err(code)) => {
            tracing::error!(%document, %code, "a stored document cannot be read");
            (refuse_all(count, RefusalCode::DamagedOnServer), None)
        }
        None => {
            // If the gate itself goes wrong, that must not keep the phone from ever sending
            // anything else.
            tracing::error!(%document, "the gate failed");
            (refuse_all(count, RefusalCode::Unloadable), None)
        }
    })
}

/// What is known of a document before the gate judges.
struct Known {
    row: DocumentRow,
    catalogue: Option<Catalogue>,
    /// What the catalogue is to be made from, if none was kept.
    stored: Option<Stored>,
    writers: BTreeSet<PersonId>,
}

impl From<Kept> for Known {
    fn from(Kept { row, catalogue, writers }: Kept) -> Self {
        Self { row, catalogue: Some(catalogue), stored: None, writers }
    }
}

impl Known {
    /// What is known of a document; none of one that the sender may not change.
    async fn of(
        state: &ServerState,
        warrant: &Warrant,
        document: DocumentId,
        offers: &Arc<Vec<Offer>>,
    ) -> Result<Option<Self>, StorageError> {
        let asking = warrant.asking();
        let kept = asking.and_then(|it| state.catalogues.take_from(document, it.person));
        if let Some(kept) = kept {
            return Ok(Some(kept.into()));
        }
        let (known, warrant) = (Arc::clone(offers), warrant.clone());
        let row = state.storage.read(move |db| find(db, &warrant, document, &known)).await?;
        let Some(row) = row else { return Ok(None) };
        Self::read(state, row).await.map(Some)
    }

    async fn read(state: &ServerState, row: DocumentRow) -> Result<Self, StorageError> {
        if let Some(kept) = state.catalogues.take(&row) {
            return Ok(Self { row, ..kept.into() });
        }
        let (document, changes) = (row.id, row.changes);
        let stored = if changes > 0 {
            state.storage.read(move |db| Stored::read(db, document, changes)).await?
        } else {
            Stored::default()
        };
        Ok(Self { row, catalogue: None, stored: Some(stored), writers: BTreeSet::new() })
    }

    /// The document with the hashes of all its changes, if a change was said to lack one that is
    /// folded: its catalogue has full hashes of the newest alone.
    async fn told(
        state: &ServerState,
        warrant: &Warrant,
        document: DocumentId,
        offers: &Arc<Vec<Offer>>,
        findings: &[Finding],
    ) -> Result<Option<Self>, StorageError> {
        let missing: BTreeSet<ChangeHash> = findings
            .iter()
            .filter_map(|finding| match &finding.ruling {
                Ruling::MissingDependencies(missing) => Some(missing),
                _ => None,
            })
            .flatten()
            .copied()
            .collect();
        if missing.is_empty() {
            return Ok(None);
        }
        let (known, warrant) = (Arc::clone(offers), warrant.clone());
        let read = move |db: &Connection| {
            let beginnings = folds::Beginnings::of(db, document)?;
            if !missing.iter().any(|hash| beginnings.contain(EntryHash::from(*hash))) {
                return Ok(None);
            }
            let Some(row) = find(db, &warrant, document, &known)? else { return Ok(None) };
            let stored = Stored::read(db, document, row.changes)?;
            Ok(folds::whole(db, document)?.map(|fold| (row, stored, fold)))
        };
        let Some((row, mut stored, fold)) = state.storage.read(read).await? else {
            return Ok(None);
        };
        stored.folded_whole = Some(fold);
        Ok(Some(Self { row, catalogue: None, stored: Some(stored), writers: BTreeSet::new() }))
    }

    fn admit(
        self,
        asking: Option<Sender>,
        offers: &[Offer],
        rules: &AdmissionRules<'_>,
    ) -> Result<(Vec<Finding>, Inspection), RefusalCode> {
        let Self { row, catalogue, stored, mut writers } = self;
        let catalogue = match (catalogue, stored) {
            (Some(catalogue), _) => catalogue,
            (None, stored) => stored.unwrap_or_default().catalogue(&row)?,
        };
        writers.extend(asking.map(|asking| asking.person));
        let rules = AdmissionRules { stored_bytes: row.bytes, ..*rules };
        let (findings, inspection) = admit(row, catalogue, offers, &rules);
        Ok((findings, Inspection { writers, ..inspection }))
    }
}

/// The plain changes of a document among the offers, with their places.
fn places(offers: &[Offer], document: DocumentId) -> impl Iterator<Item = (usize, &Offer)> {
    let of_document =
        move |offer: &Offer| offer.kind == EntryKind::Change && offer.document == document;
    offers.iter().enumerate().filter(move |(_, offer)| of_document(offer))
}

/// The document as it is stored, or as an offer of the same request makes it.
fn find(
    db: &Connection,
    warrant: &Warrant,
    id: DocumentId,
    offers: &[Offer],
) -> Result<Option<DocumentRow>, StorageError> {
    let known = documents::find(db, id)?;
    let made = created_here(warrant, id, offers);
    let gives_way = |row: &DocumentRow| {
        made.as_ref().is_some_and(|(new, stored_at)| row.gives_way_to(new.creator, *stored_at))
    };
    let Some(row) = known.filter(|row| !gives_way(row)) else {
        return Ok(made.map(|(new, _)| new));
    };
    let is_open = !row.deleted
        && row.frozen_at == 0
        && !row.kind.is_sealed()
        && match warrant.asking() {
            Some(sender) => may_change(db, sender.person, &row)?,
            None => true,
        };
    Ok(is_open.then_some(row))
}

/// The document as an offer of the request makes it, and when that was stored before.
fn created_here(
    warrant: &Warrant,
    id: DocumentId,
    offers: &[Offer],
) -> Option<(DocumentRow, Option<Timestamp>)> {
    let creates = |offer: &Offer| offer.kind == EntryKind::Create && offer.document == id;
    let (place, offer) = offers.iter().enumerate().find(|(_, offer)| creates(offer))?;
    let sender = warrant.sender(place)?;
    let create = Create::read(&offer.body).ok()?;
    let stored_at = warrant.stored_at(place);
    let at = stored_at.unwrap_or(create.created_at);
    Some((DocumentRow::created(offer, &create, sender.person, at), stored_at))
}

fn admit(
    row: DocumentRow,
    mut catalogue: Catalogue,
    offers: &[Offer],
    rules: &AdmissionRules<'_>,
) -> (Vec<Finding>, Inspection) {
    let (places, bodies): (Vec<usize>, Vec<&[u8]>) =
        places(offers, row.id).map(|(place, offer)| (place, offer.body.as_slice())).unzip();
    let mut findings = catalogue.admit(&bodies, rules).findings;
    // Comments must be about the project that they were made known for: it decides who reads them.
    let about = row.about.map(|about| about.to_string());
    let is_about = catalogue.about() == about.as_deref();
    if !is_about && row.changes == 0 {
        findings = refuse_all(bodies.len(), RefusalCode::WrongSchema);
    }
    let found = places.into_iter().zip(&findings);
    let admitted = found.filter(|(_, finding)| finding.ruling == Ruling::Admitted);
    let admitted: Vec<usize> = admitted.map(|(place, _)| place).collect();
    let taken = admitted.iter().filter_map(|place| offers.get(*place));
    let bytes = taken.map(|offer| offer.body.len() as u64).sum();
    let journal = if is_about { catalogue.take_journal() } else { None };
    let catalogue = is_about.then_some(catalogue);
    let writers = BTreeSet::new();
    (findings, Inspection { row, catalogue, admitted, journal, bytes, writers })
}

fn refuse_all(count: usize, code: RefusalCode) -> Vec<Finding> {
    vec![Finding { ruling: Ruling::Rejected(code), change: None }; count]
}
