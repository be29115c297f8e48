//! The secret of a ticket. It is in the link and nowhere else; all there is to a ticket follows
//! from it.

use enhance_model::{ItemId, ticket::TicketDeed};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{
    padding::{pad, unpad},
    secret::secret,
    wrapping::{derive, opened, wrap},
};
use crate::{
    environment::{Randomness, transport::Token},
    error::Error,
};

secret!(
    /// The secret in the link of a ticket.
    TicketSecret, 16
);

/// What is sealed under the key of a ticket. What is sealed as one thing opens as no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TicketText {
    Snapshot,
    /// Who did something with it and what they said, by the id of the deed.
    Deed(TicketDeed, ItemId),
}

impl TicketSecret {
    /// Bytes of a secret.
    pub(crate) const BYTES: usize = 16;

    /// By which the ticket is known. It tells nothing of the secret.
    pub(crate) fn id(&self) -> ItemId {
        ItemId::from_bytes(*derive(self.as_bytes(), &[b"enhance ticket id 1"]))
    }

    /// What the holder of the link shows to the server.
    pub(crate) fn bearer(&self) -> Token {
        Token::from_bytes(*self.bearer_bytes())
    }

    /// By what the server knows the bearer.
    pub(crate) fn bearer_hash(&self) -> [u8; 32] {
        Sha256::digest(*self.bearer_bytes()).into()
    }

    /// Seals something for who has the link.
    pub(crate) fn seal(
        &self,
        what: TicketText,
        randomness: &dyn Randomness,
        bytes: &[u8],
    ) -> Result<Vec<u8>, Error> {
        wrap(&self.key(), randomness.bytes(), &pad(bytes), &self.about(what))
    }

    /// Opens what [`TicketSecret::seal`] sealed as the same thing.
    pub(crate) fn open(&self, what: TicketText, sealed: &[u8]) -> Option<Vec<u8>> {
        let padded = opened(&self.key(), sealed, &self.about(what))?;
        unpad(padded.to_vec())
    }

    fn bearer_bytes(&self) -> Zeroizing<[u8; 20]> {
        derive(self.as_bytes(), &[b"enhance ticket bearer 1"])
    }

    fn key(&self) -> Zeroizing<[u8; 32]> {
        derive(self.as_bytes(), &[b"enhance ticket key 1"])
    }

    fn about(&self, what: TicketText) -> Vec<u8> {
        let id = self.id();
        match what {
            TicketText::Snapshot => [b"snapshot\0".as_slice(), id.as_bytes()].concat(),
            TicketText::Deed(deed, of) => {
                let deed = deed.as_str().as_bytes();
                [b"deed\0".as_slice(), id.as_bytes(), of.as_bytes(), deed].concat()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::SystemRandomness;

    const SECRET: [u8; 16] = [7; 16];

    fn deed(deed: TicketDeed, of: u8) -> TicketText {
        TicketText::Deed(deed, ItemId::from_bytes([of; 16]))
    }

    #[test]
    fn what_was_sealed_as_one_thing_opens_as_no_other() {
        let secret = TicketSecret::from_bytes(SECRET);
        let texts = [
            TicketText::Snapshot,
            deed(TicketDeed::Comment, 1),
            deed(TicketDeed::Endorse, 1),
            deed(TicketDeed::Comment, 2),
        ];
        for what in texts {
            let sealed = secret.seal(what, &SystemRandomness, b"A sentence.").unwrap();
            for other in texts {
                let opened = secret.open(other, &sealed);
                assert_eq!(opened.is_some(), what == other, "{what:?} as {other:?}");
            }
            let stranger = TicketSecret::new(&SystemRandomness);
            assert_eq!(stranger.open(what, &sealed), None);
        }
    }

    #[test]
    fn every_flipped_bit_is_noticed_and_lengths_come_in_steps() {
        let secret = TicketSecret::from_bytes(SECRET);
        let seal = |text: &[u8]| secret.seal(TicketText::Snapshot, &SystemRandomness, text);
        let sealed = seal(b"A sentence.").unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(secret.open(TicketText::Snapshot, &flipped), None, "bit {bit}");
        }
        assert_eq!(sealed.len(), seal(&[b'x'; 200]).unwrap().len());
    }

    #[test]
    fn what_follows_from_a_secret_stays_what_it_is_and_differs() {
        let secret = TicketSecret::from_bytes(SECRET);
        let other = TicketSecret::from_bytes([8; 16]);
        assert_ne!(secret.id(), other.id());
        assert_ne!(secret.bearer_hash(), other.bearer_hash());
        assert_ne!(secret.id().as_bytes(), &SECRET);
        let bearer: [u8; 32] = Sha256::digest(secret.bearer().as_bytes()).into();
        assert_eq!(bearer, secret.bearer_hash());
    }
}
