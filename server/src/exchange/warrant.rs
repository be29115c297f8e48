//! On whose word entries are stored.

use std::sync::Arc;

use crate::storage::people::Sender;

/// On whose word the entries of one request are stored.
#[derive(Debug, Clone)]
pub(super) enum Warrant {
    /// Of the device that asks, whose rights as they are now decide.
    Sender(Sender),
    /// Of receipts: these devices, one for each entry, offered them before, and their rights were
    /// looked at then.
    Receipts(Arc<Vec<Sender>>),
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
            Self::Receipts(senders) => {
                let part = senders.iter().skip(from).take(count).copied();
                Self::Receipts(Arc::new(part.collect()))
            }
        }
    }

    /// Whose entry stands at this place of the request.
    pub(super) fn sender(&self, place: usize) -> Option<Sender> {
        match self {
            Self::Sender(sender) => Some(*sender),
            Self::Receipts(senders) => senders.get(place).copied(),
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
