//! Tickets: what their owner's devices and their holders say to the server.
//!
//! Everything in a ticket is sealed under a key that follows from the secret in its link. The
//! server keeps the hash of a bearer that follows from it too, so that it knows who has the link
//! and can read nothing of what that is for.

use enhance_model::{
    Epoch, ItemId, Timestamp,
    ticket::{TicketDeed, TicketRight},
};
use serde::{Deserialize, Serialize};

use crate::exchange::Nonce;

/// Bytes of what a ticket shows at most, sealed.
pub const SNAPSHOT_BYTES: usize = 1 << 20;

/// Bytes of what a ticket is for, sealed for its owner, at most.
pub const NOTE_BYTES: usize = 4 << 10;

/// Bytes of what a holder says at once at most, sealed: a comment of the longest letters.
pub const DEED_BYTES: usize = 20 << 10;

/// Tickets of one person that can be opened at the same time.
pub const OPEN_AT_MOST: u32 = 16;

/// Tickets of one person that the server keeps, ended ones included.
pub const KEPT_AT_MOST: u32 = 200;

/// Comments and endorsements that one ticket takes.
pub const ANSWERS_AT_MOST: u32 = 40;

/// Those of them that come of one visit: a few comments and an endorsement. Whoever has more to say
/// opens the ticket once more, which counts as a use, so that one holder leaves room to the others.
pub const ANSWERS_OF_VISIT: u32 = 5;

/// Deeds in one answer at most.
pub const DEEDS_AT_ONCE: u32 = 100;

/// One step of a person with their own tickets.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketRequest {
    pub protocol: u16,
    /// Repeated in the answer.
    pub nonce: Nonce,
    pub step: TicketStep,
}

/// What a person wants with their tickets. Those of others are as if they were not there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TicketStep {
    /// Makes one. Asking it again is harmless.
    Make(Box<OfferedTicket>),
    /// Asks for all of them, and for what was done with them after a number.
    List { after: u64 },
    /// Ends one: what it shows is destroyed.
    End { ticket: ItemId },
}

/// A ticket that is to be made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedTicket {
    pub id: ItemId,
    /// SHA-256 of what its holder will show.
    pub bearer_hash: serde_bytes::ByteArray<32>,
    pub right: TicketRight,
    /// Days for which it is good, by the server's clock.
    pub days: u32,
    pub uses: u32,
    /// What the devices of its owner need to know it by, sealed under the account key.
    #[serde(with = "serde_bytes")]
    pub note: Vec<u8>,
    /// What it shows, sealed under the key of the ticket.
    #[serde(with = "serde_bytes")]
    pub snapshot: Vec<u8>,
}

/// How things stand with a person's tickets after a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketResponse {
    pub nonce: Nonce,
    /// In which life of its data the server counted what was done.
    pub epoch: Epoch,
    /// All that the server keeps of this person, the newest first.
    pub tickets: Vec<KeptTicket>,
    /// What was done with them after the number that was asked for; nothing in other steps.
    pub done: Vec<Done>,
    /// Whether there is more after the last of these.
    pub more: bool,
}

/// A ticket as the server keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTicket {
    pub id: ItemId,
    pub right: TicketRight,
    pub made_at: Timestamp,
    pub expires_at: Timestamp,
    pub uses: u32,
    pub uses_left: u32,
    /// When its owner ended it.
    pub ended_at: Option<Timestamp>,
    /// As it was handed over.
    #[serde(with = "serde_bytes")]
    pub note: Vec<u8>,
}

/// What somebody did with a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Its place among all that was done with tickets.
    pub number: u64,
    pub ticket: ItemId,
    /// By which the same is known when it is done again.
    pub id: ItemId,
    pub deed: TicketDeed,
    pub at: Timestamp,
    /// Who it was and what they said, sealed under the key of the ticket.
    #[serde(with = "serde_bytes")]
    pub sealed: Vec<u8>,
}

/// Opens a ticket, with its bearer in the place of a token. Of the same visit it counts once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTicketRequest {
    pub protocol: u16,
    /// Repeated in the answer.
    pub nonce: Nonce,
    /// By which the holder is known while they have it open.
    pub visit: ItemId,
    /// Who they are, sealed under the key of the ticket.
    #[serde(with = "serde_bytes")]
    pub sealed: Vec<u8>,
}

/// What a ticket shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTicketResponse {
    pub nonce: Nonce,
    pub right: TicketRight,
    pub expires_at: Timestamp,
    pub uses_left: u32,
    /// As its owner's device sealed it.
    #[serde(with = "serde_bytes")]
    pub snapshot: Vec<u8>,
}

/// Says something about what a ticket shows, with its bearer in the place of a token. Under the same
/// id it counts once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerTicketRequest {
    pub protocol: u16,
    /// Repeated in the answer.
    pub nonce: Nonce,
    /// The visit in which it is said.
    pub visit: ItemId,
    pub id: ItemId,
    /// A comment or an endorsement.
    pub deed: TicketDeed,
    /// What is said and by whom, sealed under the key of the ticket.
    #[serde(with = "serde_bytes")]
    pub sealed: Vec<u8>,
}

/// What was said is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerTicketResponse {
    pub nonce: Nonce,
    pub at: Timestamp,
}
