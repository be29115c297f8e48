//! Giving receipts: for changes of plain documents that are heads or milestones, and for all that
//! makes a plan known, says who may read it, or ends it. What is sealed needs none: its owner's
//! devices may bring one another's work.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{DocumentId, EntryHash, Timestamp};
use enhance_protocol::{EntryKind, Item, Offer, Outcome, Receipt, Verdict, receipt::is_milestone};
use rusqlite::Connection;

use crate::{
    receipts::{ReceiptKey, Subject},
    storage::{StorageError, documents, people::Sender},
};

/// Gives receipts as of one moment.
pub(super) struct Receipts<'a> {
    db: &'a Connection,
    key: &'a ReceiptKey,
    /// The heads of plain documents; none of what is sealed or not known.
    heads: BTreeMap<DocumentId, Option<BTreeSet<EntryHash>>>,
    given: Vec<Receipt>,
}

impl<'a> Receipts<'a> {
    pub(super) const fn new(db: &'a Connection, key: &'a ReceiptKey) -> Self {
        Self { db, key, heads: BTreeMap::new(), given: Vec::new() }
    }

    /// Receipts for what was offered and is stored, be it since an earlier request: the answer to
    /// that may have been lost.
    pub(super) fn for_offers(
        mut self,
        offers: &[Offer],
        sender: Sender,
        verdicts: &[Verdict],
    ) -> Result<Vec<Receipt>, StorageError> {
        for (offer, verdict) in offers.iter().zip(verdicts) {
            let sent = match verdict.outcome {
                Outcome::Stored { received_at, .. } => Some((sender, received_at)),
                Outcome::Duplicate if self.is_due(offer)? => {
                    let sent = documents::sent(self.db, offer.document, offer.hash);
                    sent.or_else(|error| if error.is_of_damage() { Ok(None) } else { Err(error) })?
                }
                _ => None,
            };
            if let Some(sent) = sent {
                self.give(offer, sent)?;
            }
        }
        Ok(self.given)
    }

    /// Receipts for what is passed on.
    pub(super) fn for_items(mut self, items: &[Item]) -> Result<Vec<Receipt>, StorageError> {
        for item in items {
            if let Item::Entry(pulled) = item {
                let sender = Sender { device: pulled.device, person: pulled.person };
                self.give(&pulled.offer, (sender, pulled.received_at))?;
            }
        }
        Ok(self.given)
    }

    fn give(
        &mut self,
        offer: &Offer,
        (sender, at): (Sender, Timestamp),
    ) -> Result<(), StorageError> {
        if self.is_due(offer)? {
            let Offer { kind, document, hash, .. } = *offer;
            let subject = Subject { kind, document, hash, sender };
            let mac = match kind {
                EntryKind::Create => self.key.dated(&subject, at),
                _ => self.key.receipt(&subject),
            };
            self.given.push(Receipt { document, hash, mac });
        }
        Ok(())
    }

    fn is_due(&mut self, offer: &Offer) -> Result<bool, StorageError> {
        match offer.kind {
            EntryKind::Envelope | EntryKind::Seen => Ok(false),
            EntryKind::Change if is_milestone(&offer.hash) => {
                Ok(self.heads(offer.document)?.is_some())
            }
            EntryKind::Change => {
                let heads = self.heads(offer.document)?;
                Ok(heads.as_ref().is_some_and(|heads| heads.contains(&offer.hash)))
            }
            EntryKind::Create | EntryKind::Grant | EntryKind::Revoke | EntryKind::Delete => {
                Ok(self.heads(offer.document)?.is_some())
            }
        }
    }

    fn heads(
        &mut self,
        document: DocumentId,
    ) -> Result<&Option<BTreeSet<EntryHash>>, StorageError> {
        if !self.heads.contains_key(&document) {
            let heads = match plain_heads(self.db, document) {
                // No receipt is given for what cannot be read, which harms nobody.
                Err(error) if error.is_of_damage() => {
                    tracing::error!(%error, "no receipts are given");
                    None
                }
                heads => heads?,
            };
            self.heads.insert(document, heads);
        }
        Ok(self.heads.get(&document).unwrap_or(&None))
    }
}

/// The heads of a plain document; none of what is sealed or not known.
fn plain_heads(
    db: &Connection,
    document: DocumentId,
) -> Result<Option<BTreeSet<EntryHash>>, StorageError> {
    let row = documents::find(db, document)?;
    let plain = row.filter(|row| !row.kind.is_sealed());
    plain.map(|_| documents::all_heads(db, document)).transpose()
}
