//! The outside of a sealed change: what the server must see to keep envelopes in order.
//!
//! Layout, all integers big-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `ENV1` |
//! | 16 | document |
//! | 16 | device that sealed it |
//! | 8 | counter of that device in that document, from 1 |
//! | 32 | hash of that device's envelope before this one; zeros for the first |
//! | 24 | nonce |
//! | 32 | commitment to the key |
//! | rest | ciphertext: XChaCha20-Poly1305 over the padded change |
//!
//! Everything before the ciphertext is authenticated with it.

use enhance_model::{DeviceId, DocumentId, EntryHash};

const MAGIC: &[u8; 4] = b"ENV1";

/// Bytes of the header: everything before the ciphertext.
pub const HEADER_BYTES: usize = 4 + 16 + 16 + 8 + 32 + 24 + 32;

/// Bytes of the ciphertext's authentication tag; no ciphertext is shorter.
const TAG_BYTES: usize = 16;

/// The header of an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvelopeHeader {
    /// The document it belongs to.
    pub document: DocumentId,
    /// The device that sealed it.
    pub device: DeviceId,
    /// Its place among that device's envelopes of that document, from 1.
    pub counter: u64,
    /// That device's envelope before it. What comes after a lost one is noticed.
    pub previous: Option<EntryHash>,
    /// The nonce; never used twice with a key.
    pub nonce: [u8; 24],
    /// Commits to the key: an envelope opens with one key only.
    pub commitment: [u8; 32],
}

/// Why bytes are not an envelope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// It does not begin as an envelope does, or is too short to be one.
    #[error("these {0} bytes are not an envelope")]
    NotOne(usize),
    /// The counter and the envelope before it contradict each other.
    #[error("envelope {counter} of a device must {} one before it", if *.counter == 1 { "not name" } else { "name the" })]
    Chain { counter: u64 },
}

impl EnvelopeHeader {
    /// The header's bytes: what is authenticated with the ciphertext and sent before it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_BYTES);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(self.document.as_bytes());
        bytes.extend_from_slice(self.device.as_bytes());
        bytes.extend_from_slice(&self.counter.to_be_bytes());
        bytes.extend_from_slice(&self.previous.map_or([0; 32], |hash| *hash.as_bytes()));
        bytes.extend_from_slice(&self.nonce);
        bytes.extend_from_slice(&self.commitment);
        bytes
    }

    /// Splits an envelope into its header and its ciphertext.
    pub fn split(envelope: &[u8]) -> Result<(Self, &[u8]), EnvelopeError> {
        let not_one = || EnvelopeError::NotOne(envelope.len());
        let mut rest = envelope.strip_prefix(MAGIC).ok_or_else(not_one)?;
        let header = Self {
            document: DocumentId::from_bytes(take(&mut rest).ok_or_else(not_one)?),
            device: DeviceId::from_bytes(take(&mut rest).ok_or_else(not_one)?),
            counter: u64::from_be_bytes(take(&mut rest).ok_or_else(not_one)?),
            previous: Some(take(&mut rest).ok_or_else(not_one)?)
                .filter(|hash| *hash != [0; 32])
                .map(EntryHash::from_bytes),
            nonce: take(&mut rest).ok_or_else(not_one)?,
            commitment: take(&mut rest).ok_or_else(not_one)?,
        };
        if rest.len() < TAG_BYTES {
            return Err(not_one());
        }
        if header.counter == 0 || (header.counter == 1) != header.previous.is_none() {
            return Err(EnvelopeError::Chain { counter: header.counter });
        }
        Ok((header, rest))
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(counter: u64, previous: Option<EntryHash>) -> EnvelopeHeader {
        EnvelopeHeader {
            document: DocumentId::from_bytes([1; 16]),
            device: DeviceId::from_bytes([2; 16]),
            counter,
            previous,
            nonce: [3; 24],
            commitment: [4; 32],
        }
    }

    #[test]
    fn a_header_reads_what_it_writes() {
        for header in [header(1, None), header(9, Some(EntryHash::from_bytes([8; 32])))] {
            let mut envelope = header.to_bytes();
            assert_eq!(envelope.len(), HEADER_BYTES);
            envelope.extend_from_slice(&[5; 272]);
            let (read, ciphertext) = EnvelopeHeader::split(&envelope).unwrap();
            assert_eq!(read, header);
            assert_eq!(ciphertext, [5; 272]);
        }
    }

    #[test]
    fn cut_envelopes_and_broken_chains_are_refused() {
        let mut envelope = header(1, None).to_bytes();
        envelope.extend_from_slice(&[5; TAG_BYTES]);
        for end in 0..envelope.len() {
            assert_eq!(EnvelopeHeader::split(&envelope[..end]), Err(EnvelopeError::NotOne(end)));
        }
        for broken in
            [header(0, None), header(2, None), header(1, Some(EntryHash::from_bytes([8; 32])))]
        {
            let mut envelope = broken.to_bytes();
            envelope.extend_from_slice(&[5; TAG_BYTES]);
            let counter = broken.counter;
            assert_eq!(EnvelopeHeader::split(&envelope), Err(EnvelopeError::Chain { counter }));
        }
    }
}
