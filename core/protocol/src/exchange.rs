//! One round trip: what the phone asks and what the server answers.
//!
//! The request travels as an array; the answer as a [`ShortResponse`](crate::ShortResponse), which
//! leaves out what the request has said.

use std::fmt;

use data_encoding::HEXLOWER;
use enhance_model::{
    DeviceId, DocumentId, EntryHash, Epoch, Limits, Person, PersonId, RefusalCode, Timestamp,
};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, SeqAccessDeserializer},
    },
};
use serde_bytes::ByteBuf;

use crate::{
    archive::{Archive, Archived, PulledArchive},
    array::array,
    codec::{CodecError, from_cbor, front, to_cbor},
    cursor::Cursor,
    fold::PulledFold,
    offer::Offer,
    receipt::{Brought, Receipt},
    sign_off::Revocation,
};

/// Eight random bytes that the answer repeats, so that it is known to be the answer: who cannot see
/// the request guesses them in 2^64 attempts, and has one for each request.
pub type Nonce = serde_bytes::ByteArray<8>;

/// The header in which a request without a body says its nonce, so that a refusal can repeat it.
pub const NONCE_HEADER: &str = "enhance-nonce";

/// A nonce as [`NONCE_HEADER`] says it.
pub fn nonce_in_header(nonce: &Nonce) -> String {
    HEXLOWER.encode(&**nonce)
}

/// The nonce that [`NONCE_HEADER`] says. None if that is none of ours.
pub fn nonce_of_header(said: &str) -> Option<Nonce> {
    let bytes: [u8; 8] = HEXLOWER.decode(said.as_bytes()).ok()?.try_into().ok()?;
    Some(Nonce::new(bytes))
}

/// What a request says of its epoch: [`Epoch::tag`].
pub type EpochTag = serde_bytes::ByteArray<4>;

/// Entries that a server decides about in one request.
pub const OFFERED_AT_ONCE: usize = 10_000;
/// Documents whose heads a server compares in one request.
pub const COMPARED_AT_ONCE: usize = 1_000;

/// What a device asks. Which device it is, its token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeRequest {
    pub protocol: u16,
    /// Repeated in the answer.
    pub nonce: Nonce,
    /// The epoch of the answer before this; none before the first one.
    pub epoch: Option<EpochTag>,
    /// The greatest number there was when the server last said what it has. A server that was in
    /// that epoch and never came so far had its data replaced by older ones.
    pub reached: u64,
    /// How far the device has read.
    pub cursor: Cursor,
    /// The settings it knows; see [`Settings::id`].
    pub settings: u32,
    /// New entries, those needed first coming first.
    pub offers: Vec<Offer>,
    /// Once the server began anew: the heads of the device's documents, a page of them at a time.
    pub heads: Vec<DocumentHeads>,
    /// Bytes of answer the device is willing to take; none if it takes what the server gives at
    /// once.
    pub max_bytes: Option<u32>,
    /// Private documents at rest, sealed together.
    pub archive: Option<Archive>,
    /// Once the server began anew: what it once stored and lacks, those needed first coming first.
    /// The server decides about them before it does about the offers.
    pub brought: Vec<Brought>,
}

array!(ExchangeRequest {
    protocol, nonce, epoch, reached, cursor, settings; offers, heads, max_bytes, archive, brought
});

impl ExchangeRequest {
    /// Whether it brings nothing and tells nothing.
    pub fn is_only_asking(&self) -> bool {
        self.offers.is_empty()
            && self.heads.is_empty()
            && self.archive.is_none()
            && self.brought.is_empty()
    }

    /// What the answer will leave out.
    pub fn asked(&self) -> Asked {
        Asked {
            epoch: self.epoch,
            reached: self.reached,
            cursor: self.cursor,
            offers: self.offers.iter().map(|offer| (offer.document, offer.hash)).collect(),
            brought: self.brought.iter().map(|brought| brought.offer.hash).collect(),
        }
    }
}

/// What a request said that its answer does not repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub epoch: Option<EpochTag>,
    pub reached: u64,
    pub cursor: Cursor,
    /// The documents and hashes of what was offered, in order.
    pub offers: Vec<(DocumentId, EntryHash)>,
    /// The hashes of what was brought, in order.
    pub brought: Vec<EntryHash>,
}

/// What every request of every version of the protocol begins with, whether it is an array or a
/// map of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beginning {
    pub protocol: u16,
    /// Zeros if it is not of the length that is usual here.
    pub nonce: Nonce,
}

impl Beginning {
    /// Reads no further than it has to.
    pub fn read(cbor: &[u8]) -> Result<Self, CodecError> {
        let mut from = minicbor_serde::Deserializer::new(cbor);
        from.deserialize_any(BeginningFields).map_err(CodecError::malformed)
    }

    /// That of a frame of which only the beginning came so far, [`UP_TO_FRONT`] bytes of it being
    /// enough. None if it is not ours or too little of it.
    ///
    /// [`UP_TO_FRONT`]: crate::codec::UP_TO_FRONT
    pub fn of_frame(frame: &[u8]) -> Option<Self> {
        front(frame).and_then(|cbor| Self::read(cbor).ok())
    }

    fn of(protocol: u16, nonce: &[u8]) -> Self {
        let nonce = <[u8; 8]>::try_from(nonce).unwrap_or_default();
        Self { protocol, nonce: nonce.into() }
    }
}

struct BeginningFields;

impl<'de> Visitor<'de> for BeginningFields {
    type Value = Beginning;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a request")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Beginning, A::Error> {
        let missing = A::Error::missing_field;
        let protocol = array.next_element()?.ok_or_else(|| missing("protocol"))?;
        let nonce: ByteBuf = array.next_element()?.ok_or_else(|| missing("nonce"))?;
        Ok(Beginning::of(protocol, &nonce))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Beginning, A::Error> {
        let missing = A::Error::missing_field;
        let (mut protocol, mut nonce) = (None, None);
        // No further than to both: of what comes after, nothing need be there yet.
        while protocol.is_none() || nonce.is_none() {
            let key: String = map.next_key()?.ok_or_else(|| missing("protocol or nonce"))?;
            match key.as_str() {
                "protocol" | "p" => protocol = Some(map.next_value()?),
                "nonce" | "n" => nonce = Some(map.next_value::<ByteBuf>()?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let protocol = protocol.ok_or_else(|| missing("protocol"))?;
        Ok(Beginning::of(protocol, &nonce.ok_or_else(|| missing("nonce"))?))
    }
}

/// What the server answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeResponse {
    pub nonce: Nonce,
    /// That of all its answers until the server starts again.
    pub epoch: Epoch,
    /// Whether the server may lack what it said it has, since its data are not those of the
    /// request's epoch carried on: heads are to be compared.
    pub begins_anew: bool,
    /// The greatest number there was when it said what it has.
    pub reached: u64,
    /// How far the device has read once it has taken in this answer.
    pub cursor: Cursor,
    /// One verdict for each offer, in their order.
    pub verdicts: Vec<Verdict>,
    /// What happened after the request's cursor and may be read, in order.
    pub items: Vec<Item>,
    /// The server's heads of those documents asked about where they differ from the device's. No
    /// heads at all: the server does not know the document.
    pub heads: Vec<DocumentHeads>,
    /// Whether there is more to read.
    pub more: bool,
    /// Milliseconds to wait before the next exchange; counted, since clocks differ.
    pub next_allowed_in_ms: u32,
    /// The settings, if the device knows others.
    pub settings: Option<Settings>,
    /// Archives of private documents, to be taken in before the items.
    pub archives: Vec<PulledArchive>,
    /// What became of the request's archive.
    pub archived: Option<Archived>,
    /// Documents that the next archive must hold: the one that does holds others that are no more.
    pub renew: Vec<DocumentId>,
    /// One verdict for each entry that was brought, in their order.
    pub brought: Vec<Verdict>,
    /// Receipts for some of what was offered and of the items.
    pub receipts: Vec<Receipt>,
    /// Files of this person that the server had and lost, to be sent again by a device with them.
    pub send_again: Vec<enhance_model::Sha256>,
}

/// What became of one offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub hash: EntryHash,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is on the server's disk.
    Stored {
        /// Its number in the server's sequence.
        sequence: u64,
        /// The server's clock when the request came.
        received_at: Timestamp,
    },
    /// It was on the server's disk already.
    Duplicate,
    /// These must come first; then it may be offered again.
    MissingDependencies(Vec<EntryHash>),
    /// The server will never take it.
    Rejected {
        code: RefusalCode,
        /// The reason in words for a person.
        message: String,
    },
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// An entry was stored.
    Entry(Pulled),
    /// A person joined the programme, or has another name, role or device.
    Person(Person),
    /// A plain document as one piece, in the place of its creation and its first changes.
    Fold(Box<PulledFold>),
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Entry(entry) => entry.serialize(to),
            Self::Person(person) => person.serialize(to),
            Self::Fold(fold) => {
                use serde::ser::Error;
                to.serialize_bytes(&to_cbor(&**fold).map_err(S::Error::custom)?)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Item {
    /// An entry is an array, a person a map, and a fold the bytes of its array.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Item;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an entry, a person or a fold")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<Item, A::Error> {
                Pulled::deserialize(SeqAccessDeserializer::new(array)).map(Item::Entry)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Item, A::Error> {
                Person::deserialize(MapAccessDeserializer::new(map)).map(Item::Person)
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Item, E> {
                from_cbor(bytes).map(|fold| Item::Fold(Box::new(fold))).map_err(E::custom)
            }
        }
        from.deserialize_any(Either)
    }
}

/// An entry as the server passes it on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// The entry as it was offered.
    pub offer: Offer,
    /// Its number in the server's sequence.
    pub sequence: u64,
    /// Whose device offered it.
    pub person: PersonId,
    /// The device that offered it.
    pub device: DeviceId,
    /// The server's clock when it came.
    pub received_at: Timestamp,
}

array!(Pulled { offer, sequence, person, device, received_at });

/// The entries of a document on which no other depends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentHeads {
    pub document: DocumentId,
    pub heads: Vec<EntryHash>,
}

array!(DocumentHeads { document; heads });

/// What the organisation that runs the server has set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Changes when anything below does; zero is never one.
    pub id: u32,
    /// How much is too much.
    pub limits: Limits,
    /// The packs that can be fetched.
    pub packs: Vec<PackVersion>,
    /// Devices whose signatures count no more, from when on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revoked: Vec<Revocation>,
}

/// A pack in its newest version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackVersion {
    pub key: String,
    pub version: u64,
}

/// The body of every answer that is not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The request's nonce; zeros if the request could not be read.
    pub nonce: Nonce,
    pub code: RefusalCode,
    /// The reason in words for a person.
    pub message: String,
    /// Milliseconds to wait before asking again, if waiting helps.
    pub retry_in_ms: Option<u32>,
}
