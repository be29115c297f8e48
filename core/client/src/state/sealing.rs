//! Sealing: a change of a private document becomes an envelope that only its owner can open.
//!
//! The change is padded, so that its length tells little, and encrypted with XChaCha20-Poly1305
//! under a key of its document. The header is authenticated with it: where the envelope belongs,
//! who sealed it, and which of that device's envelopes came before.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use enhance_model::{DeviceId, DocumentId, EntryHash};
use enhance_protocol::{EnvelopeError, EnvelopeHeader};

use crate::{
    error::Error,
    keys::{DocumentKey, pad, unpad},
};

/// The place of an envelope among those its device made of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) document: DocumentId,
    pub(crate) device: DeviceId,
    pub(crate) counter: u64,
    pub(crate) previous: Option<EntryHash>,
}

/// Why an envelope does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SealError {
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    #[error("the envelope belongs to document {0}")]
    OtherDocument(DocumentId),
    #[error("the envelope was sealed with another key or has been altered")]
    Closed,
}

/// Seals a change at its place in the chain of its device.
pub(crate) fn seal(
    key: &DocumentKey,
    link: Link,
    nonce: [u8; 24],
    change: &[u8],
) -> Result<Vec<u8>, Error> {
    let Link { document, device, counter, previous } = link;
    let commitment = key.commitment();
    let header = EnvelopeHeader { document, device, counter, previous, nonce, commitment };
    let mut envelope = header.to_bytes();
    let padded = pad(change);
    let payload = Payload { msg: &padded, aad: &envelope };
    let cipher_key = key.cipher_key();
    let sealed = XChaCha20Poly1305::new((&*cipher_key).into())
        .encrypt(&nonce.into(), payload)
        .map_err(|error| Error::internal("sealing a change").because(error))?;
    envelope.extend_from_slice(&sealed);
    Ok(envelope)
}

/// Opens an envelope of a document.
pub(crate) fn open(
    key: &DocumentKey,
    document: DocumentId,
    envelope: &[u8],
) -> Result<Vec<u8>, SealError> {
    let (header, ciphertext) = EnvelopeHeader::split(envelope)?;
    if header.document != document {
        return Err(SealError::OtherDocument(header.document));
    }
    if header.commitment != key.commitment() {
        return Err(SealError::Closed);
    }
    let payload = Payload { msg: ciphertext, aad: &header.to_bytes() };
    let cipher_key = key.cipher_key();
    XChaCha20Poly1305::new((&*cipher_key).into())
        .decrypt(&header.nonce.into(), payload)
        .ok()
        .and_then(unpad)
        .ok_or(SealError::Closed)
}

#[cfg(test)]
mod tests {
    use enhance_protocol::envelope::HEADER_BYTES;
    use sha2::{Digest, Sha256};
    use zeroize::Zeroizing;

    use super::*;

    /// What ends a change in its bucket.
    const END: u8 = 0x80;
    const DOCUMENT: DocumentId = DocumentId::from_bytes([1; 16]);

    fn key(byte: u8) -> DocumentKey {
        DocumentKey::from_bytes(Zeroizing::new([byte; 32]))
    }

    fn link() -> Link {
        let device = DeviceId::from_bytes([2; 16]);
        Link {
            document: DOCUMENT,
            device,
            counter: 2,
            previous: Some(EntryHash::from_bytes([3; 32])),
        }
    }

    fn sealed(change: &[u8]) -> Vec<u8> {
        seal(&key(7), link(), [9; 24], change).unwrap()
    }

    #[test]
    fn what_was_sealed_opens_again_whatever_its_length_and_end() {
        for length in [0, 1, 254, 255, 256, 257, 5_000] {
            let change = vec![0; length];
            assert_eq!(open(&key(7), DOCUMENT, &sealed(&change)), Ok(change));
            let change = vec![END; length];
            assert_eq!(open(&key(7), DOCUMENT, &sealed(&change)), Ok(change));
        }
    }

    #[test]
    fn envelopes_come_in_steps_of_a_bucket() {
        let lengths: Vec<usize> =
            [1, 200, 255, 256, 511, 512].map(|n| sealed(&vec![5; n]).len()).into();
        let outside = HEADER_BYTES + 16;
        assert_eq!(lengths, [256, 256, 256, 512, 512, 768].map(|inside| inside + outside));
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let envelope = sealed(b"The night shift was hard.");
        for bit in 0..envelope.len() * 8 {
            let mut flipped = envelope.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&key(7), DOCUMENT, &flipped).is_err(), "bit {bit}");
        }
        for end in 0..envelope.len() {
            assert!(open(&key(7), DOCUMENT, &envelope[..end]).is_err(), "cut at {end}");
        }
    }

    #[test]
    fn another_key_and_another_document_do_not_open_it() {
        let envelope = sealed(b"x");
        assert_eq!(open(&key(8), DOCUMENT, &envelope), Err(SealError::Closed));
        let other = DocumentId::from_bytes([4; 16]);
        assert_eq!(open(&key(7), other, &envelope), Err(SealError::OtherDocument(DOCUMENT)));
    }

    /// The expected value was computed with another implementation.
    #[test]
    fn the_format_stays_what_it_is() {
        let envelope = sealed(b"known answer");
        let digest: [u8; 32] = Sha256::digest(&envelope).into();
        assert_eq!(
            EntryHash::from_bytes(digest).to_string(),
            "481905be092a86853a3d2cb7535c4558ccc6bbac53e43a07535b60c0cc12eba8"
        );
    }
}
