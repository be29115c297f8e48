//! An entry as a device offers it.
//!
//! On the wire it is an array of its kind, document, hash and body. What follows from the rest is
//! left out: the hash of every entry but a plain change, and the document that an envelope names.

use std::fmt;

use enhance_model::{DocumentId, EntryHash, EntryKind};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, SeqAccess, Visitor},
    ser::SerializeSeq,
};
use serde_bytes::{ByteBuf, Bytes};

use crate::{envelope::EnvelopeHeader, hash};

/// An entry as a device offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub kind: EntryKind,
    /// The document it belongs to.
    pub document: DocumentId,
    /// The hash the device knows it by.
    pub hash: EntryHash,
    /// Its bytes: a change, an envelope, or the CBOR of one of the types in [`crate::entry`].
    pub body: Vec<u8>,
}

/// The numbers of the kinds on the wire, which never change.
const fn number(kind: EntryKind) -> u8 {
    match kind {
        EntryKind::Create => 0,
        EntryKind::Change => 1,
        EntryKind::Envelope => 2,
        EntryKind::Grant => 3,
        EntryKind::Revoke => 4,
        EntryKind::Delete => 5,
        EntryKind::Seen => 6,
    }
}

/// The document that an envelope names.
fn named(envelope: &[u8]) -> Option<DocumentId> {
    EnvelopeHeader::split(envelope).ok().map(|(header, _)| header.document)
}

impl Serialize for Offer {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self { kind, document, hash, body } = self;
        let says_hash = *kind == EntryKind::Change || hash::hash(*kind, *document, body) != *hash;
        let says_document =
            says_hash || *kind != EntryKind::Envelope || named(body) != Some(*document);
        let length = 2 + usize::from(says_document) + usize::from(says_hash);
        let mut array = to.serialize_seq(Some(length))?;
        array.serialize_element(&number(*kind))?;
        if says_document {
            array.serialize_element(document)?;
        }
        if says_hash {
            array.serialize_element(hash)?;
        }
        array.serialize_element(Bytes::new(body))?;
        array.end()
    }
}

impl<'de> Deserialize<'de> for Offer {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Offer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an entry")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Offer, A::Error> {
        let missing = |field| move || A::Error::missing_field(field);
        let kind: u8 = array.next_element()?.ok_or_else(missing("kind"))?;
        let kind = EntryKind::ALL.into_iter().find(|known| number(*known) == kind);
        let kind = kind.ok_or_else(|| A::Error::custom("no such kind of entry"))?;
        let first: ByteBuf = array.next_element()?.ok_or_else(missing("body"))?;
        let second: Option<ByteBuf> = array.next_element()?;
        let third: Option<ByteBuf> = array.next_element()?;
        let id = |bytes: &[u8]| DocumentId::from_slice(bytes).map_err(A::Error::custom);
        let (document, hash, body) = match (second, third) {
            (None, _) if kind == EntryKind::Envelope => {
                (named(&first).ok_or_else(missing("document"))?, None, first)
            }
            (None, _) => return Err(missing("document")()),
            (Some(body), None) => (id(&first)?, None, body),
            (Some(hash), Some(body)) => {
                let hash = EntryHash::from_slice(&hash).map_err(A::Error::custom)?;
                (id(&first)?, Some(hash), body)
            }
        };
        let body = body.into_vec();
        let hash = match hash {
            Some(hash) => hash,
            None if kind == EntryKind::Change => return Err(missing("hash")()),
            None => hash::hash(kind, document, &body),
        };
        Ok(Offer { kind, document, hash, body })
    }
}

#[cfg(test)]
mod tests {
    use enhance_model::DeviceId;

    use super::*;
    use crate::codec::{from_cbor, to_cbor};

    const PROJECT: DocumentId = DocumentId::from_bytes([1; 16]);

    fn envelope() -> Vec<u8> {
        let header = EnvelopeHeader {
            document: PROJECT,
            device: DeviceId::from_bytes([2; 16]),
            counter: 1,
            previous: None,
            nonce: [3; 24],
            commitment: [4; 32],
        };
        [header.to_bytes(), vec![5; 272]].concat()
    }

    fn offer(kind: EntryKind, document: DocumentId, body: Vec<u8>) -> Offer {
        Offer { kind, document, hash: hash::hash(kind, document, &body), body }
    }

    #[test]
    fn what_follows_from_the_rest_is_left_out_and_what_does_not_is_said() {
        let other = DocumentId::from_bytes([9; 16]);
        let mut lying = offer(EntryKind::Envelope, PROJECT, envelope());
        lying.hash = EntryHash::from_bytes([7; 32]);
        for (offer, beside) in [
            (offer(EntryKind::Envelope, PROJECT, envelope()), 2 + 3),
            (offer(EntryKind::Envelope, other, envelope()), 2 + 17 + 3),
            (offer(EntryKind::Envelope, PROJECT, vec![5; 10]), 2 + 17 + 1),
            (offer(EntryKind::Delete, PROJECT, vec![5; 10]), 2 + 17 + 1),
            (offer(EntryKind::Change, PROJECT, vec![5; 10]), 2 + 17 + 34 + 1),
            (lying, 2 + 17 + 34 + 3),
        ] {
            let bytes = to_cbor(&offer).unwrap();
            assert_eq!(bytes.len(), offer.body.len() + beside, "{offer:?}");
            assert_eq!(from_cbor::<Offer>(&bytes).unwrap(), offer);
        }
    }

    #[test]
    fn every_kind_has_a_number_of_its_own() {
        let numbers: std::collections::BTreeSet<_> = EntryKind::ALL.map(number).into();
        assert_eq!(numbers.len(), EntryKind::ALL.len());
    }

    #[test]
    fn a_change_without_its_hash_and_a_broken_envelope_without_its_document_are_refused() {
        for broken in [
            to_cbor(&(1_u8, PROJECT, Bytes::new(&[5; 10]))).unwrap(),
            to_cbor(&(2_u8, Bytes::new(&[5; 10]))).unwrap(),
            to_cbor(&(3_u8, Bytes::new(&[5; 10]))).unwrap(),
            to_cbor(&(200_u8, PROJECT, Bytes::new(&[5; 10]))).unwrap(),
        ] {
            assert!(from_cbor::<Offer>(&broken).is_err());
        }
    }
}
