//! On whose word entries are stored.

use std::sync::Arc;

use enhance_model::Timestamp;

use crate::storage::people::Sender;

/// What receipts show of an entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Proven {
    /// Whose device offered it before.
    pub(super) sender: Sender,
    /// When it was stored, of a creation whose receipt says so.
    pub(super) stored_at: Option<Timestamp>,
}

/// On whose word the entries of one request are stored.
#[derive(Debug, Clone)]
pub(super) enum Warrant {
    /// Of the device that asks, whose rights as they are now decide.
    Sender(Sender),
    /// Of receipts, which show this of each entry: the rights of whose it is were looked at then.
    Receipts(Arc<Vec<Proven>>),
}

impl Warrant {
    /// Whether receipts show that the rights were looked at before.
    pub(super) const fn is_proven(&self) -> bool {
        matches!(self, Self::Receipts(_))
    }

    /// The same for so many entries of the request, from this place on.
    pub(super) fn part(&self, from: usize, count: usize) -> Self {
        match self {
            Self::Sender(sender) => Self::Sender(*sender),
            Self::Receipts(shown) => {
                let part = shown.iter().skip(from).take(count).copied();
                Self::Receipts(Arc::new(part.collect()))
            }
        }
    }

    /// Whose entry stands at this place of the request.
    pub(super) fn sender(&self, place: usize) -> Option<Sender> {
        match self {
            Self::Sender(sender) => Some(*sender),
            Self::Receipts(shown) => shown.get(place).map(|shown| shown.sender),
        }
    }

    /// When the entry at this place of the request was stored before, if a receipt says so.
    pub(super) fn stored_at(&self, place: usize) -> Option<Timestamp> {
        match self {
            Self::Sender(_) => None,
            Self::Receipts(shown) => shown.get(place).and_then(|shown| shown.stored_at),
        }
    }

    /// The device that asks, if it is on its word.
    pub(super) const fn asking(&self) -> Option<Sender> {
        match self {
            Self::Sender(sender) => Some(*sender),
            Self::Receipts(_) => None,
        }
    }
}
