//! The key by which the server recognises what it once stored, and what it makes of it.

use enhance_model::{DocumentId, EntryHash, EntryKind, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::storage::{StorageError, people::Sender};

/// Begins what is authenticated, so that nothing else that is ever made with the key can be taken
/// for a receipt. Not the version of the protocol, which receipts outlive.
const DOMAIN: &[u8] = b"enhance receipt 1";
/// The same of what says when it was stored.
const DATED: &[u8] = b"enhance receipt 2";
/// Bytes of the milliseconds that such a receipt begins with, which last for nine thousand years.
const DATE_BYTES: usize = 6;

/// What a receipt is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    pub kind: EntryKind,
    pub document: DocumentId,
    pub hash: EntryHash,
    /// Whose device offered it in the first place.
    pub sender: Sender,
}

/// The key of receipts. Backups keep it: what was stored before a restore is recognised after it.
pub struct ReceiptKey(Hmac<Sha256>);

impl ReceiptKey {
    /// The key with these bytes.
    pub fn new(bytes: &[u8; 32]) -> Result<Self, StorageError> {
        let key = Hmac::new_from_slice(bytes);
        key.map(Self).map_err(|error| StorageError::Broken(format!("the key of receipts: {error}")))
    }

    /// The receipt for an entry that is stored.
    pub fn receipt(&self, subject: &Subject) -> enhance_protocol::Mac {
        let whole = self.over(DOMAIN, subject).finalize().into_bytes();
        let mut first = [0; 16];
        first.iter_mut().zip(whole).for_each(|(to, from)| *to = from);
        enhance_protocol::Mac::new(first)
    }

    /// The receipt for a creation that was stored at this moment. Of two creations of one document
    /// the earlier counts: who makes it known once more, after a restore lost that, owns nothing.
    pub fn dated(&self, subject: &Subject, at: Timestamp) -> enhance_protocol::Mac {
        let [_, _, date @ ..] = at.as_millis().to_be_bytes();
        let mac = self.over_dated(subject, date).finalize().into_bytes();
        let mut receipt = [0; 16];
        receipt.iter_mut().zip(date.into_iter().chain(mac)).for_each(|(to, from)| *to = from);
        enhance_protocol::Mac::new(receipt)
    }

    /// When this server stored the creation for which it gave this receipt, if it did.
    pub fn given_at(
        &self,
        receipt: &enhance_protocol::Mac,
        subject: &Subject,
    ) -> Option<Timestamp> {
        let (date, mac) = receipt.split_first_chunk::<DATE_BYTES>()?;
        self.over_dated(subject, *date).verify_truncated_left(mac).ok()?;
        let millis = date.iter().fold(0, |millis, byte| millis << 8 | i64::from(*byte));
        Some(Timestamp::from_unix_millis(millis))
    }

    fn over_dated(&self, subject: &Subject, date: [u8; DATE_BYTES]) -> Hmac<Sha256> {
        let mut over = self.over(DATED, subject);
        over.update(&date);
        over
    }

    /// Whether this server gave this receipt for this. It takes as long whatever is wrong with it.
    pub fn gave(&self, receipt: &enhance_protocol::Mac, subject: &Subject) -> bool {
        self.over(DOMAIN, subject).verify_truncated_left(receipt.as_slice()).is_ok()
    }

    fn over(&self, domain: &[u8], subject: &Subject) -> Hmac<Sha256> {
        let Subject { kind, document, hash, sender } = subject;
        let kind = kind.as_str().as_bytes();
        let mut over = self.0.clone();
        over.update(domain);
        // All but the kind are of one length each.
        over.update(&[u8::try_from(kind.len()).unwrap_or(u8::MAX)]);
        over.update(kind);
        over.update(document.as_bytes());
        over.update(hash.as_bytes());
        over.update(sender.person.as_bytes());
        over.update(sender.device.as_bytes());
        over
    }
}

#[cfg(test)]
mod tests {
    use enhance_model::{DeviceId, PersonId};

    use super::*;

    fn subject() -> Subject {
        let sender =
            Sender { device: DeviceId::from_bytes([3; 16]), person: PersonId::from_bytes([4; 16]) };
        let (document, hash) = (DocumentId::from_bytes([1; 16]), EntryHash::from_bytes([2; 32]));
        Subject { kind: EntryKind::Change, document, hash, sender }
    }

    #[test]
    fn a_receipt_is_for_one_entry_of_one_device_and_of_no_other_server() {
        let key = ReceiptKey::new(&[7; 32]).unwrap();
        let receipt = key.receipt(&subject());
        assert!(key.gave(&receipt, &subject()));
        assert!(ReceiptKey::new(&[7; 32]).unwrap().gave(&receipt, &subject()), "the key came back");
        assert!(!ReceiptKey::new(&[8; 32]).unwrap().gave(&receipt, &subject()));
        let Subject { sender, .. } = subject();
        for other in [
            Subject { kind: EntryKind::Create, ..subject() },
            Subject { document: DocumentId::from_bytes([9; 16]), ..subject() },
            Subject { hash: EntryHash::from_bytes([9; 32]), ..subject() },
            Subject {
                sender: Sender { person: PersonId::from_bytes([9; 16]), ..sender },
                ..subject()
            },
            Subject {
                sender: Sender { device: DeviceId::from_bytes([9; 16]), ..sender },
                ..subject()
            },
        ] {
            assert!(!key.gave(&receipt, &other), "{other:?}");
        }
        for bit in 0..128 {
            let mut bent = receipt;
            bent[bit / 8] ^= 1 << (bit % 8);
            assert!(!key.gave(&bent, &subject()), "bit {bit}");
        }
    }

    #[test]
    fn a_receipt_for_a_creation_says_when_and_nobody_changes_that() {
        let key = ReceiptKey::new(&[7; 32]).unwrap();
        let (at, subject) = (Timestamp::from_unix_millis(1_795_419_000_123), subject());
        let receipt = key.dated(&subject, at);
        assert_eq!(key.given_at(&receipt, &subject), Some(at));
        let expected = "01a2074fcd3b5284d3aa8c59adc2fe11";
        assert_eq!(data_encoding::HEXLOWER.encode(receipt.as_slice()), expected);
        assert!(!key.gave(&receipt, &subject));
        assert_eq!(key.given_at(&key.receipt(&subject), &subject), None);
        for bit in 0..128 {
            let mut bent = receipt;
            bent[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(key.given_at(&bent, &subject), None, "bit {bit}");
        }
        let other = Subject { document: DocumentId::from_bytes([9; 16]), ..subject };
        assert_eq!(key.given_at(&receipt, &other), None);
    }

    #[test]
    fn a_receipt_never_changes() {
        let receipt = ReceiptKey::new(&[7; 32]).unwrap().receipt(&subject());
        let expected = "076ed55c75aacc16d30410979ece3cc0";
        assert_eq!(data_encoding::HEXLOWER.encode(receipt.as_slice()), expected);
    }
}
