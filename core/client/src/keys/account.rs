//! The account key: one for each person, on each of their devices.

use enhance_model::{DocumentId, ItemId, Sha256};
use zeroize::Zeroizing;

use super::{
    document::DocumentKey,
    padding::{pad, unpad},
    secret::secret,
    wrapping::{derive, opened, unwrap, wrap},
};
use crate::{environment::Randomness, error::Error};

secret!(
    /// The key that keeps the keys of a person's private documents.
    AccountKey, 32
);

impl AccountKey {
    /// The key of a document as its `create` entry carries it.
    pub(crate) fn wrap(
        &self,
        key: &DocumentKey,
        document: DocumentId,
        randomness: &dyn Randomness,
    ) -> Result<Vec<u8>, Error> {
        wrap(&self.wrapping_key(), randomness.bytes(), key.as_bytes(), document.as_bytes())
    }

    /// The key in a `create` entry, if it was wrapped by this key for this document.
    pub(crate) fn unwrap(&self, wrapped: &[u8], document: DocumentId) -> Option<DocumentKey> {
        unwrap(&self.wrapping_key(), wrapped, document.as_bytes()).map(DocumentKey::from_bytes)
    }

    /// The key of the personal record, with its wrapped form. Both follow from the account key
    /// alone, so that two devices that have never met make the same `create` entry.
    pub(crate) fn record_key(&self, record: DocumentId) -> Result<(DocumentKey, Vec<u8>), Error> {
        let key = derive(self.as_bytes(), &[b"enhance record key 1", record.as_bytes()]);
        let nonce = derive(self.as_bytes(), &[b"enhance record nonce 1", record.as_bytes()]);
        self.wrapped(key, *nonce, record)
    }

    /// The key of a document that is read back from an export, with its wrapped form. Both follow
    /// from the account key and from what the document says in the export, so that two devices that
    /// read it back before they meet open what the other writes. Once it is destroyed, nobody makes
    /// it anew who does not know what was sealed with it.
    pub(crate) fn imported_key(
        &self,
        document: DocumentId,
        said: &Sha256,
    ) -> Result<(DocumentKey, Vec<u8>), Error> {
        let follow = |what: &[u8]| [what, document.as_bytes(), said.as_bytes()].concat();
        let key = derive(self.as_bytes(), &[&follow(b"enhance imported key 1")]);
        let nonce = derive(self.as_bytes(), &[&follow(b"enhance imported nonce 1")]);
        self.wrapped(key, *nonce, document)
    }

    fn wrapped(
        &self,
        key: Zeroizing<[u8; 32]>,
        nonce: [u8; 24],
        document: DocumentId,
    ) -> Result<(DocumentKey, Vec<u8>), Error> {
        let wrapped = wrap(&self.wrapping_key(), nonce, key.as_slice(), document.as_bytes())?;
        Ok((DocumentKey::from_bytes(key), wrapped))
    }

    /// The key archives are sealed with.
    pub(crate) fn archive_key(&self) -> Zeroizing<[u8; 32]> {
        derive(self.as_bytes(), &[b"enhance archive key 1"])
    }

    /// What goes with the deletion of a private document: nobody without the account key knows it.
    pub(crate) fn deletion_proof(&self, document: DocumentId) -> Zeroizing<[u8; 32]> {
        derive(self.as_bytes(), &[b"enhance deletion 1", document.as_bytes()])
    }

    /// What the other devices of this person need to know a ticket by, sealed for them.
    pub(crate) fn seal_note(
        &self,
        ticket: ItemId,
        randomness: &dyn Randomness,
        note: &[u8],
    ) -> Result<Vec<u8>, Error> {
        wrap(&self.note_key(), randomness.bytes(), &pad(note), ticket.as_bytes())
    }

    /// What [`AccountKey::seal_note`] sealed for this ticket.
    pub(crate) fn open_note(&self, ticket: ItemId, sealed: &[u8]) -> Option<Vec<u8>> {
        let padded = opened(&self.note_key(), sealed, ticket.as_bytes())?;
        unpad(padded.to_vec())
    }

    fn note_key(&self) -> Zeroizing<[u8; 32]> {
        derive(self.as_bytes(), &[b"enhance ticket note key 1"])
    }

    fn wrapping_key(&self) -> Zeroizing<[u8; 32]> {
        derive(self.as_bytes(), &[b"enhance document key 1"])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::SystemRandomness;

    const ONE: DocumentId = DocumentId::from_bytes([1; 16]);
    const OTHER: DocumentId = DocumentId::from_bytes([2; 16]);

    #[test]
    fn a_document_key_comes_back_for_its_document_and_its_person_alone() {
        let account = AccountKey::new(&SystemRandomness);
        let key = DocumentKey::new(&SystemRandomness);
        let wrapped = account.wrap(&key, ONE, &SystemRandomness).unwrap();
        assert_eq!(account.unwrap(&wrapped, ONE), Some(key));
        assert_eq!(account.unwrap(&wrapped, OTHER), None);
        assert_eq!(AccountKey::new(&SystemRandomness).unwrap(&wrapped, ONE), None);
    }

    #[test]
    fn every_flipped_bit_of_a_wrapped_key_is_noticed() {
        let account = AccountKey::new(&SystemRandomness);
        let wrapped =
            account.wrap(&DocumentKey::new(&SystemRandomness), ONE, &SystemRandomness).unwrap();
        for bit in 0..wrapped.len() * 8 {
            let mut flipped = wrapped.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(account.unwrap(&flipped, ONE), None, "bit {bit}");
        }
        for end in 0..wrapped.len() {
            assert_eq!(account.unwrap(&wrapped[..end], ONE), None, "cut at {end}");
        }
    }

    #[test]
    fn two_devices_make_the_same_key_for_the_record() {
        let account = AccountKey::from_bytes(Zeroizing::new([7; 32]));
        let again = AccountKey::from_bytes(Zeroizing::new([7; 32]));
        let (key, wrapped) = account.record_key(ONE).unwrap();
        assert_eq!((key.clone(), wrapped.clone()), again.record_key(ONE).unwrap());
        assert_eq!(account.unwrap(&wrapped, ONE), Some(key.clone()));
        assert_ne!(account.record_key(OTHER).unwrap().0, key);
    }

    #[test]
    fn two_devices_make_the_same_key_for_what_they_read_back_and_another_for_other_words() {
        let account = AccountKey::from_bytes(Zeroizing::new([7; 32]));
        let again = AccountKey::from_bytes(Zeroizing::new([7; 32]));
        let [said, other] = [1, 2].map(|byte| Sha256::from_bytes([byte; 32]));
        let (key, wrapped) = account.imported_key(ONE, &said).unwrap();
        assert_eq!((key.clone(), wrapped.clone()), again.imported_key(ONE, &said).unwrap());
        assert_eq!(account.unwrap(&wrapped, ONE), Some(key.clone()));
        for (document, said) in [(ONE, other), (OTHER, said)] {
            assert_ne!(account.imported_key(document, &said).unwrap().0, key);
        }
    }
}
