//! Entries, as they are offered, stored and passed on.
//!
//! The body of an entry is bytes, and its hash is of these bytes, so storing and sending it any number
//! of times leaves it what it is. Doing anything with the same entry twice is the same as once.

use enhance_model::{
    Claim, DocumentId, DocumentKind, EntryHash, EntryKind, ItemId, PersonId, Preview, Right, Round,
    Timestamp, Version,
};
use serde::{Deserialize, Serialize};

pub use crate::hash::hash;
use crate::{
    codec::{CodecError, from_cbor, to_cbor},
    offer::Offer,
};

/// Why bytes are not an entry.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// The body cannot be read.
    #[error("the body of this entry is broken")]
    Body(#[from] CodecError),
}

/// A body of which this crate knows the shape.
pub trait EntryBody: Serialize + for<'de> Deserialize<'de> {
    /// The kind of entry it is the body of.
    const KIND: EntryKind;

    /// This body as an entry of a document.
    fn offer(&self, document: DocumentId) -> Result<Offer, EntryError> {
        let body = to_cbor(self)?;
        let hash = hash(Self::KIND, document, &body);
        Ok(Offer { kind: Self::KIND, document, hash, body })
    }

    /// The body in these bytes.
    fn read(body: &[u8]) -> Result<Self, EntryError> {
        Ok(from_cbor(body)?)
    }
}

/// Makes a document known. The person whose device offers it owns the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Create {
    /// What the document holds.
    pub kind: DocumentKind,
    /// The project that comments are about; those who can read the project can read them.
    pub about: Option<DocumentId>,
    pub created_at: Timestamp,
    /// For a sealed document, its key, wrapped by the account key. The server cannot unwrap it.
    #[serde(with = "serde_bytes")]
    pub wrapped_key: Option<Vec<u8>>,
}

/// Gives a person a right to a document. Which grant or revocation for a person counts says
/// [`Round`].
///
/// One to a plan for a person who does not take part in it is an invitation. It gives nothing until
/// that person accepts it: by a grant of the same right in the same round to themselves, which
/// names the invitation.
///
/// One of the right to own is a [`Claim`]: an offer of the document, its acceptance if it is of the
/// person it is for, or the end of an offer. It changes no other right of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Makes two equal grants at different times two entries.
    pub id: ItemId,
    /// Who gets the right.
    pub to: PersonId,
    pub right: Right,
    /// One more than the greatest its maker knew for this person and document.
    pub round: u32,
    pub at: Timestamp,
    /// What an invitation says of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Preview>,
    /// Of an acceptance: the entry it answers, by which those who hear of it know who invited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<EntryHash>,
    /// Of a claim: that it ends an offer. Whom that was made to declines it, or who made it takes
    /// it back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ends: bool,
    /// Of an offer: what its owner may do with the document once it is somebody else's, if not only
    /// to read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keeps: Option<Right>,
}

impl Grant {
    /// A grant that says no more than who may do what.
    pub const fn new(id: ItemId, to: PersonId, right: Right, round: u32, at: Timestamp) -> Self {
        Self { id, to, right, round, at, preview: None, answers: None, ends: false, keeps: None }
    }

    /// The acceptance of this invitation, which is the entry with this hash.
    #[must_use]
    pub fn accepted(&self, id: ItemId, invitation: EntryHash, at: Timestamp) -> Self {
        let answers = Some(invitation);
        Self { answers, ..Self::new(id, self.to, self.right, self.round, at) }
    }

    /// Whether by it a person, who makes it, accepts an invitation.
    pub fn accepts_invitation(&self, by: PersonId) -> bool {
        self.right != Right::Own && self.to == by
    }

    /// Its place among the grants and revocations for its person.
    pub const fn place(&self) -> Round {
        Round::granting(self.round, self.right)
    }

    /// The claim it is, if it is one and this person makes it.
    pub fn claim(&self, by: PersonId) -> Option<Claim> {
        let Self { to, right, round: number, ends, .. } = *self;
        let keeps = self.keeps.filter(|keeps| *keeps != Right::Own).unwrap_or(Claim::KEEPS);
        (right == Right::Own).then_some(Claim { number, to, by, ends, keeps })
    }
}

/// Takes every right to a document away from a person. By one of their own a person declines an
/// invitation, leaves a plan, or puts away what was shared with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoke {
    /// Makes two revocations at different times two entries.
    pub id: ItemId,
    /// Who loses their rights.
    pub from: PersonId,
    /// One more than the greatest its maker knew for this person and document; that of the
    /// invitation which it declines.
    pub round: u32,
    pub at: Timestamp,
    /// Of one's own: who shared the document is to send nothing more, until another one of the same
    /// document says otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_good: bool,
}

impl Revoke {
    /// Its place among the grants and revocations for its person.
    pub const fn place(&self) -> Round {
        Round::revoking(self.round)
    }
}

/// Destroys a document. Its key and contents go; that it once was is remembered for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delete {
    pub at: Timestamp,
    /// Of a private document: what only follows from the account key, so that its owner's other
    /// devices know that the owner deletes it and nobody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<serde_bytes::ByteArray<32>>,
    /// Whether its owner wants its copies gone as well. A copy that another device of theirs made
    /// meanwhile is known there alone, and is taken back there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub with_copies: bool,
    /// Of a plain document: what its owner had seen of it and of what is about it. Whoever wrote
    /// something that is not in it keeps that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Version>,
}

/// Says that a reader has seen a document as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub version: Version,
    pub at: Timestamp,
}

macro_rules! bodies {
    ($($name:ident),+) => {
        $(impl EntryBody for $name { const KIND: EntryKind = EntryKind::$name; })+
    };
}

bodies!(Create, Grant, Revoke, Delete, Seen);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_known_by_its_kind_document_and_body_together() {
        let project = DocumentId::from_bytes([1; 16]);
        let other = DocumentId::from_bytes([2; 16]);
        let delete = Delete {
            at: Timestamp::from_unix_millis(7),
            proof: None,
            with_copies: false,
            seen: None,
        };
        let offer = delete.offer(project).unwrap();
        assert_eq!(offer.hash, delete.offer(project).unwrap().hash);
        assert_ne!(offer.hash, delete.offer(other).unwrap().hash);
        assert_ne!(offer.hash, hash(EntryKind::Envelope, project, &offer.body));
        assert_eq!(Delete::read(&offer.body).unwrap(), delete);
    }

    #[test]
    fn a_broken_body_is_an_error() {
        assert!(Grant::read(b"").is_err());
        assert!(Grant::read(&[0xff; 40]).is_err());
        assert!(Create::read(&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).is_err());
    }
}
