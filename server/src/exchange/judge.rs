//! What all verdicts have in common.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use enhance_model::{
    DocumentId, EntryHash, LimitExceeded, Limits, PersonId, RefusalCode, Timestamp,
};
use enhance_protocol::{EntryBody, EntryError, EntryKind, Offer, Outcome, Verdict, entry};

use super::{change, create, delete, envelope, gate::Report, grant, seen};
use crate::{
    error::words,
    storage::{
        StorageError, Write, audit,
        audit::{Action, Event},
        documents::{self, DocumentRow, NewEntry},
        people::{self, Sender},
    },
};

/// Why an offer was not stored.
#[derive(Debug)]
pub(super) enum No {
    /// It was stored before.
    Duplicate,
    /// These must come first.
    Missing(Vec<EntryHash>),
    /// The server will never take it.
    Never(RefusalCode, String),
    /// The document is not the one the gate saw; everything has to be looked at again.
    Again,
    /// It could not be stored now.
    Storage(StorageError),
}

impl From<RefusalCode> for No {
    fn from(code: RefusalCode) -> Self {
        Self::Never(code, words(code).to_owned())
    }
}

impl From<LimitExceeded> for No {
    fn from(limit: LimitExceeded) -> Self {
        Self::Never(limit.code(), limit.to_string())
    }
}

impl From<EntryError> for No {
    fn from(_: EntryError) -> Self {
        RefusalCode::Malformed.into()
    }
}

impl From<StorageError> for No {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

/// Decides about the offers of one request.
pub(super) struct Judge {
    /// Whose offers they are.
    pub(super) sender: Sender,
    /// How much is too much.
    pub(super) limits: Limits,
    pub(super) now: Timestamp,
    pub(super) offers: Arc<Vec<Offer>>,
    /// What the gate found about each document with plain changes among the offers.
    pub(super) reports: BTreeMap<DocumentId, Report>,
}

impl Judge {
    /// A verdict for each offer, in their order.
    pub(super) fn all(&self, write: &mut Write<'_>) -> Result<Vec<Verdict>, No> {
        let mut moved = BTreeSet::new();
        self.offers
            .iter()
            .enumerate()
            .map(|(place, offer)| {
                let outcome = match self.one(write, place, offer, &mut moved) {
                    Ok(sequence) => Outcome::Stored { sequence, received_at: self.now },
                    Err(No::Duplicate) => Outcome::Duplicate,
                    Err(No::Missing(hashes)) => Outcome::MissingDependencies(hashes),
                    Err(No::Never(code, message)) => {
                        self.note_refusal(write, offer, code)?;
                        Outcome::Rejected { code, message }
                    }
                    Err(no @ (No::Again | No::Storage(_))) => return Err(no),
                };
                Ok(Verdict { hash: offer.hash, outcome })
            })
            .collect()
    }

    /// The number of an offer that was stored. `moved` are the documents of which plain changes
    /// were stored in this request, and which the gate therefore knows as they are now.
    fn one(
        &self,
        write: &mut Write<'_>,
        place: usize,
        offer: &Offer,
        moved: &mut BTreeSet<DocumentId>,
    ) -> Result<u64, No> {
        self.limits.check_change(offer.body.len() as u64)?;
        let hashed_here = offer.kind != EntryKind::Change;
        if hashed_here && entry::hash(offer.kind, offer.document, &offer.body) != offer.hash {
            return Err(RefusalCode::WrongHash.into());
        }
        let document = documents::find(write.db, offer.document)?;
        if offer.kind == EntryKind::Create {
            return create::store(self, write, offer, document);
        }
        let document = document.ok_or(RefusalCode::UnknownDocument)?;
        if document.deleted {
            let again = offer.kind == EntryKind::Delete && document.owner == self.sender.person;
            return Err(if again { No::Duplicate } else { RefusalCode::DocumentDeleted.into() });
        }
        if documents::sequence_of(write.db, offer.document, offer.hash)?.is_some() {
            return Err(No::Duplicate);
        }
        match offer.kind {
            EntryKind::Change => {
                let sequence = change::store(self, write, place, &document, moved)?;
                moved.insert(document.id);
                Ok(sequence)
            }
            EntryKind::Envelope => envelope::store(self, write, offer, &document),
            EntryKind::Grant => grant::grant(self, write, offer, &document),
            EntryKind::Revoke => grant::revoke(self, write, offer, &document),
            EntryKind::Delete => delete::store(self, write, offer, &document),
            EntryKind::Seen => seen::store(self, write, offer, &document),
            EntryKind::Create => Err(RefusalCode::DocumentExists.into()),
        }
    }

    fn note_refusal(
        &self,
        write: &Write<'_>,
        offer: &Offer,
        code: RefusalCode,
    ) -> Result<(), StorageError> {
        let detail = format!("{} {code}", offer.kind);
        let event = Event::of_document(Action::Refuse, self.sender, offer.document);
        audit::add(write.db, Event { detail, ..event }, self.now)
    }

    /// The body of an offer.
    pub(super) fn read<T: EntryBody>(offer: &Offer) -> Result<T, No> {
        Ok(T::read(&offer.body)?)
    }

    /// Refuses what only the owner may do.
    pub(super) fn owner_only(&self, document: &DocumentRow) -> Result<(), No> {
        if document.owner == self.sender.person {
            Ok(())
        } else {
            Err(RefusalCode::NotGranted.into())
        }
    }

    /// Refuses what would make a document or its owner's space too full.
    pub(super) fn check_room(
        &self,
        write: &Write<'_>,
        document: &DocumentRow,
        offer: &Offer,
    ) -> Result<(), No> {
        let more = offer.body.len() as u64;
        let changes = document.changes + u64::from(offer.kind.is_content());
        self.limits.check_document(changes, document.bytes.saturating_add(more))?;
        let owned = people::bytes(write.db, document.owner)?;
        self.limits.check_person(owned.saturating_add(more))?;
        Ok(())
    }

    /// An entry of the sender.
    pub(super) fn entry<'a>(
        &self,
        offer: &'a Offer,
        deps: &'a [EntryHash],
        subject: Option<PersonId>,
    ) -> NewEntry<'a> {
        NewEntry { offer, deps, subject, sender: self.sender, at: self.now }
    }
}
