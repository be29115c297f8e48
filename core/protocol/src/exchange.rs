//! One round trip: what the phone asks and what the server answers.

use enhance_model::{
    DeviceId, DocumentId, EntryHash, Epoch, Limits, Person, PersonId, RefusalCode, Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::entry::Offer;

/// Sixteen random bytes that the answer repeats, so that it is known to be the answer.
pub type Nonce = serde_bytes::ByteArray<16>;

/// How far a device has read.
///
/// A shortcut and never the truth: with another epoch the heads of documents are compared.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Cursor {
    /// Everything up to this number of the server's one sequence has been read.
    #[serde(rename = "s")]
    pub sequence: u64,
    /// Of the document granted at the number after it, everything up to this number as well.
    /// A document granted late comes whole, and may need more than one page.
    #[serde(rename = "w")]
    pub within: u64,
}

/// What a device asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRequest {
    #[serde(rename = "p")]
    pub protocol: u16,
    /// Repeated in the answer.
    #[serde(rename = "n")]
    pub nonce: Nonce,
    /// The asking device; must be the one its token belongs to.
    #[serde(rename = "d")]
    pub device: DeviceId,
    /// The epoch the cursor belongs to; none before the first answer.
    #[serde(rename = "e")]
    pub epoch: Option<Epoch>,
    /// How far the device has read.
    #[serde(rename = "c")]
    pub cursor: Cursor,
    /// The settings it knows; see [`Settings::id`].
    #[serde(rename = "s")]
    pub settings: u32,
    /// New entries, those needed first coming first.
    #[serde(rename = "o", default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Offer>,
    /// After a new epoch: the heads of the device's documents, a page of them at a time.
    #[serde(rename = "h", default, skip_serializing_if = "Vec::is_empty")]
    pub heads: Vec<DocumentHeads>,
    /// Bytes of answer the device is willing to take.
    #[serde(rename = "b")]
    pub max_bytes: u32,
}

/// What the server answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeResponse {
    #[serde(rename = "p")]
    pub protocol: u16,
    #[serde(rename = "n")]
    pub nonce: Nonce,
    /// The server's epoch. If it is not the request's, heads are to be compared.
    #[serde(rename = "e")]
    pub epoch: Epoch,
    /// How far the device has read once it has taken in this answer.
    #[serde(rename = "c")]
    pub cursor: Cursor,
    /// One verdict for each offer, in their order.
    #[serde(rename = "v", default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Verdict>,
    /// What happened after the request's cursor and may be read, in order.
    #[serde(rename = "i", default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// The server's heads of those documents asked about where they differ from the device's. No
    /// heads at all: the server does not know the document.
    #[serde(rename = "h", default, skip_serializing_if = "Vec::is_empty")]
    pub heads: Vec<DocumentHeads>,
    /// Whether there is more to read.
    #[serde(rename = "m")]
    pub more: bool,
    /// Milliseconds to wait before the next exchange; counted, since clocks differ.
    #[serde(rename = "w")]
    pub next_allowed_in_ms: u32,
    /// The settings, if the device knows others.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Settings>,
}

/// What became of one offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    #[serde(rename = "h")]
    pub hash: EntryHash,
    /// What became of it.
    #[serde(rename = "o")]
    pub outcome: Outcome,
}

/// What became of an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is on the server's disk.
    Stored {
        /// Its number in the server's sequence.
        #[serde(rename = "s")]
        sequence: u64,
        /// The server's clock when it came.
        #[serde(rename = "t")]
        received_at: Timestamp,
    },
    /// It was on the server's disk already.
    Duplicate,
    /// These must come first; then it may be offered again.
    MissingDependencies(Vec<EntryHash>),
    /// The server will never take it.
    Rejected {
        #[serde(rename = "c")]
        code: RefusalCode,
        /// The reason in words for a person.
        #[serde(rename = "m")]
        message: String,
    },
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// An entry was stored.
    Entry(Pulled),
    /// A person joined the programme, or has another name, role or device.
    Person(Person),
}

/// An entry as the server passes it on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pulled {
    /// The entry as it was offered.
    #[serde(rename = "o")]
    pub offer: Offer,
    /// Its number in the server's sequence.
    #[serde(rename = "s")]
    pub sequence: u64,
    /// Whose device offered it.
    #[serde(rename = "p")]
    pub person: PersonId,
    /// The device that offered it.
    #[serde(rename = "v")]
    pub device: DeviceId,
    /// The server's clock when it came.
    #[serde(rename = "t")]
    pub received_at: Timestamp,
}

/// The entries of a document on which no other depends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentHeads {
    #[serde(rename = "d")]
    pub document: DocumentId,
    #[serde(rename = "h")]
    pub heads: Vec<EntryHash>,
}

/// What the organisation that runs the server has set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Changes when anything below does; zero is never one.
    pub id: u32,
    /// How much is too much.
    pub limits: Limits,
    /// The packs that can be fetched.
    pub packs: Vec<PackVersion>,
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
