//! The key by which the server recognises what it once stored, and what it makes of it.

use enhance_model::{DocumentId, EntryHash, EntryKind};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::storage::{StorageError, people::Sender};

/// Begins what is authenticated, so that nothing else that is ever made with the key can be taken
/// for a receipt. Not the version of the protocol, which receipts outlive.
const DOMAIN: &[u8] = b"enhance receipt 1";

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
        let whole = self.over(subject).finalize().into_bytes();
        let mut first = [0; 16];
        first.iter_mut().zip(whole).for_each(|(to, from)| *to = from);
        enhance_protocol::Mac::new(first)
    }

    /// Whether this server gave this receipt for this. It takes as long whatever is wrong with it.
    pub fn gave(&self, receipt: &enhance_protocol::Mac, subject: &Subject) -> bool {
        self.over(subject).verify_truncated_left(receipt.as_slice()).is_ok()
    }

    fn over(&self, subject: &Subject) -> Hmac<Sha256> {
        let Subject { kind, document, hash, sender } = subject;
        let kind = kind.as_str().as_bytes();
        let mut over = self.0.clone();
        over.update(DOMAIN);
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
    fn a_receipt_never_changes() {
        let receipt = ReceiptKey::new(&[7; 32]).unwrap().receipt(&subject());
        let expected = "076ed55c75aacc16d30410979ece3cc0";
        assert_eq!(data_encoding::HEXLOWER.encode(receipt.as_slice()), expected);
    }
}
