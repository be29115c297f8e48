//! What is in an archive, and how it is sealed: under a key of the account, since it is of many
//! documents.
//!
//! The documents follow one another in one compressed stream, so that what they have in common is
//! there once. Outside stands which documents they are and how far; that is authenticated with them.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use enhance_model::{Timestamp, Version};
use enhance_protocol::{Archive, codec};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::{error::Error, keys::AccountKey};

const NONCE_BYTES: usize = 24;
/// How hard archives are compressed: they are made once, and read by every device to come.
const LEVEL: i32 = 9;
/// Bytes of the largest archive, opened.
const OPENED_BYTES: usize = 256 << 20;

/// One document in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ArchivedDocument {
    /// The body of the entry that made it known.
    #[serde(rename = "c")]
    pub(crate) create: ByteBuf,
    /// The document as one piece, uncompressed.
    #[serde(rename = "s")]
    pub(crate) snapshot: ByteBuf,
    /// What screens read, as JSON.
    #[serde(rename = "d")]
    pub(crate) detail: String,
    #[serde(rename = "u")]
    pub(crate) updated_at: Timestamp,
    /// The version both are of.
    #[serde(rename = "v")]
    pub(crate) version: Version,
    /// How many changes led to it, and the bytes they had as entries.
    #[serde(rename = "n")]
    pub(crate) changes: u64,
    #[serde(rename = "b")]
    pub(crate) bytes: u64,
}

/// Why an archive does not open.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ArchiveError {
    #[error("it was sealed with another key or has been altered")]
    Closed,
    #[error("what is in it cannot be read")]
    Codec(#[from] codec::CodecError),
    #[error("it holds {found} documents and says {said}")]
    Count { found: usize, said: usize },
}

/// Seals documents in the order in which the archive names them.
pub(crate) fn seal(
    key: &AccountKey,
    nonce: [u8; NONCE_BYTES],
    archive: &mut Archive,
    documents: &[ArchivedDocument],
) -> Result<(), Error> {
    let failed = |error| Error::internal("making an archive").because(error);
    let packed = codec::to_cbor(&documents).and_then(|bytes| codec::compress(&bytes, LEVEL));
    let packed = packed.map_err(failed)?;
    let about = archive.about().map_err(failed)?;
    let payload = Payload { msg: &packed, aad: &about };
    let sealed = XChaCha20Poly1305::new((&*key.archive_key()).into())
        .encrypt(&nonce.into(), payload)
        .map_err(|error| Error::internal("making an archive").because(error))?;
    archive.sealed = ByteBuf::from([nonce.as_slice(), &sealed].concat());
    Ok(())
}

/// The documents in an archive, in the order in which it names them.
pub(crate) fn open(
    key: &AccountKey,
    archive: &Archive,
) -> Result<Vec<ArchivedDocument>, ArchiveError> {
    let (nonce, sealed) =
        archive.sealed.split_first_chunk::<NONCE_BYTES>().ok_or(ArchiveError::Closed)?;
    let about = archive.about()?;
    let packed = XChaCha20Poly1305::new((&*key.archive_key()).into())
        .decrypt(&(*nonce).into(), Payload { msg: sealed, aad: &about })
        .map_err(|_| ArchiveError::Closed)?;
    let documents: Vec<ArchivedDocument> =
        codec::from_cbor(&codec::inflate(&packed, OPENED_BYTES)?)?;
    let (found, said) = (documents.len(), archive.held.len());
    if found == said { Ok(documents) } else { Err(ArchiveError::Count { found, said }) }
}

#[cfg(test)]
mod tests {
    use enhance_model::{DeviceId, DocumentId, EntryHash};
    use enhance_protocol::{ChainEnd, Held};
    use zeroize::Zeroizing;

    use super::*;

    fn key(byte: u8) -> AccountKey {
        AccountKey::from_bytes(Zeroizing::new([byte; 32]))
    }

    fn sealed() -> (Archive, Vec<ArchivedDocument>) {
        let end = ChainEnd { device: 0, counter: 3, hash: EntryHash::from_bytes([4; 32]) };
        let mut archive = Archive {
            devices: vec![DeviceId::from_bytes([1; 16])],
            held: vec![Held { document: DocumentId::from_bytes([2; 16]), ends: vec![end] }],
            sealed: ByteBuf::new(),
        };
        let documents = vec![ArchivedDocument {
            create: ByteBuf::from(b"create".to_vec()),
            snapshot: ByteBuf::from(b"snapshot".to_vec()),
            detail: "{\"title\":\"A night on call\"}".to_owned(),
            updated_at: Timestamp::from_unix_millis(7),
            version: Version::default(),
            changes: 3,
            bytes: 900,
        }];
        seal(&key(7), [9; 24], &mut archive, &documents).unwrap();
        (archive, documents)
    }

    #[test]
    fn what_was_sealed_opens_with_its_key_alone() {
        let (archive, documents) = sealed();
        assert_eq!(open(&key(7), &archive).unwrap(), documents);
        assert!(matches!(open(&key(8), &archive), Err(ArchiveError::Closed)));
    }

    #[test]
    fn what_stands_outside_cannot_be_changed() {
        let (mut archive, _) = sealed();
        archive.held[0].ends[0].counter += 1;
        assert!(matches!(open(&key(7), &archive), Err(ArchiveError::Closed)));
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let (archive, _) = sealed();
        for bit in 0..archive.sealed.len() * 8 {
            let mut flipped = archive.clone();
            flipped.sealed[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&key(7), &flipped).is_err(), "bit {bit}");
        }
    }
}
