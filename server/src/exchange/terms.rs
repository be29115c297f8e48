//! What holds for an offer.

use enhance_model::{EntryHash, Limits, PersonId, Timestamp};
use enhance_protocol::Offer;

use super::objection::Objection;
use crate::storage::{
    Write,
    documents::{DocumentRow, NewEntry},
    people::{self, Sender},
};

/// Bytes in a full document, and in a full space, that are left for what must be possible then.
const RESERVE_BYTES: u64 = 1 << 20;

/// What is said to whoever writes in a document of somebody who has no space left.
const ANOTHERS_SPACE: &str = "the owner of this has no space left on the server. What you wrote \
                              stays on this device, and is sent once they have made room";

/// Who offers, when, and how much is too much.
#[derive(Clone)]
pub(super) struct Terms {
    pub(super) sender: Sender,
    /// Whether receipts show that their rights were looked at before.
    pub(super) proven: bool,
    pub(super) limits: Limits,
    /// Operations that a document may have.
    pub(super) operations: u64,
    /// By which certificates are known.
    pub(super) publisher_key: [u8; 32],
    pub(super) now: Timestamp,
}

impl Terms {
    /// Refuses what would make a document or its owner's space too full.
    pub(super) fn check_room(
        &self,
        write: &Write<'_>,
        document: &DocumentRow,
        offer: &Offer,
    ) -> Result<(), Objection> {
        let more = offer.body.len() as u64;
        let changes = document.changes + u64::from(offer.kind.is_content());
        self.limits.check_document(changes, document.bytes.saturating_add(more))?;
        if self.proven {
            // It was within that space once, and must not be lost because less of it is left now.
            return Ok(());
        }
        let owned = people::bytes(write.db, document.owner)?;
        self.limits.check_person(owned.saturating_add(more)).map_err(|full| {
            if document.owner == self.sender.person {
                full.into()
            } else {
                Objection::Rejection(full.code(), ANOTHERS_SPACE.to_owned())
            }
        })
    }

    /// The same for what must be possible however full it is, up to an end: that a right is taken
    /// away, and that something was seen.
    pub(super) fn check_reserve(
        &self,
        write: &Write<'_>,
        document: &DocumentRow,
        offer: &Offer,
    ) -> Result<(), Objection> {
        let Limits { document_bytes, person_bytes, .. } = self.limits;
        let limits = Limits {
            document_bytes: document_bytes.saturating_add(RESERVE_BYTES),
            person_bytes: person_bytes.saturating_add(RESERVE_BYTES),
            ..self.limits.clone()
        };
        Self { limits, ..self.clone() }.check_room(write, document, offer)
    }

    /// The same for what another device offered.
    pub(super) fn of(&self, sender: Sender) -> Self {
        Self { sender, ..self.clone() }
    }

    /// The offer as an entry of its sender.
    pub(super) fn entry<'a>(
        &self,
        offer: &'a Offer,
        deps: &'a [EntryHash],
        subject: Option<PersonId>,
    ) -> NewEntry<'a> {
        NewEntry { offer, deps, subject, sender: self.sender, at: self.now }
    }
}
