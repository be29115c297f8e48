//! Decides about offers, one after the other.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    sync::Arc,
};

use enhance_documents::Finding;
use enhance_model::{DocumentId, Limits, RefusalCode, Timestamp};
use enhance_protocol::{EntryKind, Offer, Outcome, Verdict, entry};

use super::{
    change, create, delete, envelope, gate::Noted, grant, objection::Objection, report::Report,
    seen, terms::Terms, warrant::Warrant,
};
use crate::storage::{
    StorageError, Write, archives,
    documents::{self, DocumentRow},
    folds::Beginnings,
    outsiders,
};

/// Bytes of an entry that says who may do what, or what became of a document. The longest honest
/// one names the heads that its maker has seen.
const CONTROL_BYTES: usize = 4 << 10;

/// What is known of documents in the course of one request.
#[derive(Default)]
struct Course {
    /// Those of which plain changes were stored in it, and which the gate therefore knows as they
    /// are now.
    moved: BTreeSet<DocumentId>,
    /// Those that it made known.
    created: BTreeSet<DocumentId>,
    /// Those that it was refused to make known.
    not_created: BTreeSet<DocumentId>,
    /// What is folded of those that it asked about.
    folded: BTreeMap<DocumentId, Beginnings>,
}

/// Decides about the offers of one request.
pub(super) struct Judge {
    pub(super) warrant: Warrant,
    pub(super) limits: Limits,
    pub(super) operations: u64,
    pub(super) publisher_key: [u8; 32],
    pub(super) now: Timestamp,
    pub(super) offers: Arc<Vec<Offer>>,
    /// What the gate found about each document with plain changes among the offers.
    pub(super) reports: BTreeMap<DocumentId, Report>,
    /// What the gate wants written down of what it admitted.
    pub(super) noted: Vec<Noted>,
    /// Documents of which something cannot be read: nothing is decided about them.
    pub(super) damaged: BTreeSet<DocumentId>,
}

impl Judge {
    /// A verdict for each offer, in their order.
    pub(super) fn all(&self, write: &mut Write<'_>) -> Result<Vec<Verdict>, Objection> {
        let mut course = Course::default();
        let verdicts = self
            .offers
            .iter()
            .enumerate()
            .map(|(place, offer)| {
                let outcome = match self.one(write, place, offer, &mut course) {
                    Ok(sequence) => Outcome::Stored { sequence, received_at: self.now },
                    Err(Objection::Duplicate) => Outcome::Duplicate,
                    Err(Objection::Missing(hashes)) => Outcome::MissingDependencies(hashes),
                    Err(Objection::Rejection(code, message)) => Outcome::Rejected { code, message },
                    Err(Objection::Storage(error)) if error.is_of_damage() => {
                        return Err(Objection::Damaged(offer.document, error));
                    }
                    Err(other) => return Err(other),
                };
                Ok(Verdict { hash: offer.hash, outcome })
            })
            .collect::<Result<Vec<_>, Objection>>()?;
        for noted in &self.noted {
            noted.write(write.db, &verdicts)?;
        }
        Ok(verdicts)
    }

    /// The number of an offer that was stored.
    fn one(
        &self,
        write: &mut Write<'_>,
        place: usize,
        offer: &Offer,
        course: &mut Course,
    ) -> Result<u64, Objection> {
        let sender = self.warrant.sender(place).ok_or(RefusalCode::NoReceipt)?;
        if self.damaged.contains(&offer.document) {
            return Err(RefusalCode::DamagedOnServer.into());
        }
        let (proven, limits) = (self.warrant.is_proven(), self.limits.clone());
        let Self { operations, publisher_key, now, .. } = *self;
        let terms = &Terms { sender, proven, limits, operations, publisher_key, now };
        terms.limits.check_change(offer.body.len() as u64)?;
        if !offer.kind.is_content() && offer.body.len() > CONTROL_BYTES {
            return Err(RefusalCode::Malformed.into());
        }
        let hashed_here = offer.kind != EntryKind::Change;
        if hashed_here && entry::hash(offer.kind, offer.document, &offer.body) != offer.hash {
            return Err(RefusalCode::WrongHash.into());
        }
        let document = documents::find(write.db, offer.document)?;
        if offer.kind == EntryKind::Create {
            let stored_at = self.warrant.stored_at(place);
            let created = create::store(terms, write, offer, document, stored_at);
            match created {
                Ok(_) => course.created.insert(offer.document),
                Err(Objection::Rejection(..)) => course.not_created.insert(offer.document),
                Err(_) => false,
            };
            return created;
        }
        let document = document.ok_or(RefusalCode::UnknownDocument)?;
        if !proven && outsiders::is_outsider(write.db, &document, terms.sender.person)? {
            // The same as of one that is not there, whatever it is and whatever became of it.
            return Err(RefusalCode::UnknownDocument.into());
        }
        if document.deleted {
            return Err(match offer.kind {
                EntryKind::Delete if document.owner == terms.sender.person => Objection::Duplicate,
                _ => RefusalCode::DocumentDeleted.into(),
            });
        }
        if proven && course.not_created.contains(&offer.document) {
            // What is here is another's: nothing that a receipt shows is of it.
            return Err(RefusalCode::DocumentExists.into());
        }
        if documents::sequence_of(write.db, offer.document, offer.hash)?.is_some()
            || archives::was_let_go(write.db, offer.document, offer.hash)?
            || self.is_folded(write, (place, offer), &document, course)?
        {
            return Err(Objection::Duplicate);
        }
        match offer.kind {
            EntryKind::Change => {
                let finding = self.finding(place, &document, course)?;
                let sequence = change::store(terms, write, offer, &document, finding)?;
                course.moved.insert(document.id);
                Ok(sequence)
            }
            EntryKind::Envelope | EntryKind::Seen if proven => Err(RefusalCode::NoReceipt.into()),
            EntryKind::Envelope => envelope::store(terms, write, offer, &document),
            EntryKind::Grant => grant::grant(terms, write, offer, &document),
            EntryKind::Revoke => grant::revoke(terms, write, offer, &document),
            EntryKind::Delete => delete::store(terms, write, offer, &document),
            EntryKind::Seen => seen::store(terms, write, offer, &document),
            EntryKind::Create => Err(RefusalCode::DocumentExists.into()),
        }
    }

    /// Whether an offer is in the fold of its document. A change that goes on where its actor has
    /// come to is in none, so that nothing has to be looked up for it.
    fn is_folded(
        &self,
        write: &Write<'_>,
        (place, offer): (usize, &Offer),
        document: &DocumentRow,
        course: &mut Course,
    ) -> Result<bool, StorageError> {
        if offer.kind != EntryKind::Change || document.folded == 0 {
            return Ok(false);
        }
        let report = self.reports.get(&document.id);
        let finding = report.and_then(|report| report.findings.get(&place));
        if let Some(change) = finding.and_then(|finding| finding.change.as_ref())
            && change.seq > documents::actor_last(write.db, document.id, &change.actor)?
        {
            return Ok(false);
        }
        let folded = match course.folded.entry(document.id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Beginnings::of(write.db, document.id)?),
        };
        Ok(folded.contain(offer.hash))
    }

    /// What the gate said about the change at this place, if the document is still as it saw it.
    ///
    /// What a document is and whose is decided where it is stored. The gate judged by the first
    /// creation in the request, and if another than that was stored, its word counts for nothing.
    fn finding(
        &self,
        place: usize,
        document: &DocumentRow,
        course: &Course,
    ) -> Result<Option<&Finding>, Objection> {
        let Some(report) = self.reports.get(&document.id) else { return Ok(None) };
        if report.identity != document.identity() {
            if course.created.contains(&document.id) {
                return Err(RefusalCode::WrongSchema.into());
            }
            return Ok(None);
        }
        let holds = course.moved.contains(&document.id) || document.changes == report.changes;
        Ok(report.findings.get(&place).filter(|_| holds))
    }
}
