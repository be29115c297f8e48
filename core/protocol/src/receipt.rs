//! Receipts: what the server says of an entry that it stored, so that it recognises the entry after
//! a restore, whoever brings it.
//!
//! A receipt says: this server stored this entry, which this device of this person offered. Only the
//! server can make one, and only the server can tell whether one is its own: to everybody else it is
//! sixteen bytes to be kept beside the entry. The hash of a change covers all changes it was made
//! after, so that a receipt for one is a receipt for all of them. So the server gives them sparingly:
//! for the changes on which no other depends, and for [milestones](is_milestone).

use enhance_model::{DeviceId, DocumentId, EntryHash, PersonId};

use crate::{array::array, offer::Offer};

/// Sixteen bytes that only the server with the right key can have made.
pub type Mac = serde_bytes::ByteArray<16>;

/// Entries that one request may bring. More would keep others waiting.
pub const BROUGHT_AT_ONCE: usize = 10_000;

/// A receipt that the server gives for an entry. The same bytes in another document are another
/// entry, with a receipt of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    pub document: DocumentId,
    pub hash: EntryHash,
    pub mac: Mac,
}

/// An entry that the server stored before it was restored, brought by anybody who holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    pub offer: Offer,
    /// Whose device offered it in the first place.
    pub person: PersonId,
    /// The device that offered it in the first place.
    pub device: DeviceId,
    /// None if a change that is brought with it, and was made after it, has one.
    pub receipt: Option<Mac>,
}

array!(Brought { offer, person, device; receipt });

/// Whether a change is one of the 256th part for which a receipt is kept wherever it stands, so that
/// a long document can be brought in parts. Which they are follows from their hashes.
pub const fn is_milestone(hash: &EntryHash) -> bool {
    hash.as_bytes()[0] == 0
}

#[cfg(test)]
mod tests {
    use enhance_model::EntryKind;

    use super::*;
    use crate::codec::{from_cbor, to_cbor};

    #[test]
    fn what_is_brought_without_a_receipt_says_so_by_leaving_it_out() {
        let document = DocumentId::from_bytes([1; 16]);
        let hash = EntryHash::from_bytes([2; 32]);
        let offer = Offer { kind: EntryKind::Change, document, hash, body: vec![3; 10] };
        let (person, device) = (PersonId::from_bytes([4; 16]), DeviceId::from_bytes([5; 16]));
        let mut lengths = Vec::new();
        for receipt in [None, Some(Mac::new([6; 16]))] {
            let brought = Brought { offer: offer.clone(), person, device, receipt };
            let bytes = to_cbor(&brought).unwrap();
            assert_eq!(from_cbor::<Brought>(&bytes).unwrap(), brought);
            lengths.push(bytes.len());
        }
        assert_eq!(lengths[1] - lengths[0], 17);
    }
}
