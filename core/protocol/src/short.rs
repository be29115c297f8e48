//! The answer of an exchange as it travels: without what its request has said.

use std::fmt;

use enhance_model::{DocumentId, EntryHash, Epoch, RefusalCode, Timestamp};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        Error, MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, SeqAccessDeserializer},
    },
};

use crate::{
    archive::{Archived, PulledArchive},
    array::array,
    codec::CodecError,
    exchange::{
        Asked, Cursor, DocumentHeads, ExchangeResponse, Item, Nonce, Outcome, Settings, Verdict,
    },
};

/// The answer of an exchange without what its request has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortResponse {
    pub nonce: Nonce,
    /// What became of each offer, in their order.
    pub outcomes: Vec<ShortOutcome>,
    /// When the request came, if something of it was stored.
    pub received_at: Option<Timestamp>,
    /// How far the device has read; none if that is up to the newest of its own entries that were
    /// stored, or as far as it had.
    pub cursor: Option<Cursor>,
    pub items: Vec<Item>,
    pub more: bool,
    pub next_allowed_in_ms: u32,
    /// The server's epoch, if it is not the request's.
    pub epoch: Option<Epoch>,
    pub settings: Option<Settings>,
    pub heads: Vec<DocumentHeads>,
    pub archives: Vec<PulledArchive>,
    pub archived: Option<Archived>,
    pub renew: Vec<DocumentId>,
}

array!(ShortResponse {
    nonce; outcomes, received_at, cursor, items, more, next_allowed_in_ms, epoch, settings, heads,
    archives, archived, renew
});

/// What became of an offer, counted from the request's cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShortOutcome {
    /// So far after the cursor of the request.
    Stored(i64),
    Duplicate,
    MissingDependencies(Vec<EntryHash>),
    Rejected {
        code: RefusalCode,
        message: String,
    },
}

impl ExchangeResponse {
    /// The answer as it travels to who asked this.
    pub fn shorten(self, asked: &Asked) -> ShortResponse {
        let cursor = Some(self.cursor).filter(|cursor| *cursor != expected(asked, &self.verdicts));
        let mut received = None;
        let outcomes = self.verdicts.into_iter().map(|verdict| match verdict.outcome {
            Outcome::Stored { sequence, received_at } => {
                received = Some(received_at);
                ShortOutcome::Stored(sequence.wrapping_sub(asked.cursor.sequence).cast_signed())
            }
            Outcome::Duplicate => ShortOutcome::Duplicate,
            Outcome::MissingDependencies(hashes) => ShortOutcome::MissingDependencies(hashes),
            Outcome::Rejected { code, message } => ShortOutcome::Rejected { code, message },
        });
        ShortResponse {
            nonce: self.nonce,
            outcomes: outcomes.collect(),
            received_at: received,
            cursor,
            items: self.items,
            more: self.more,
            next_allowed_in_ms: self.next_allowed_in_ms,
            epoch: Some(self.epoch).filter(|epoch| asked.epoch != Some(epoch.tag().into())),
            settings: self.settings,
            heads: self.heads,
            archives: self.archives,
            archived: self.archived,
            renew: self.renew,
        }
    }
}

impl ShortResponse {
    /// The whole answer to who asked this and knew this epoch. An error if it answers something
    /// else.
    pub fn complete(
        self,
        asked: &Asked,
        known: Option<Epoch>,
    ) -> Result<ExchangeResponse, CodecError> {
        let wrong = |reason: &str| CodecError::Malformed { reason: reason.to_owned() };
        if self.outcomes.len() != asked.offers.len() {
            return Err(wrong("there is not one verdict for each offer"));
        }
        let epoch = self.epoch.or(known).ok_or_else(|| wrong("there is no epoch"))?;
        let received_at = self.received_at;
        let verdicts = self.outcomes.into_iter().zip(&asked.offers).map(|(outcome, hash)| {
            let outcome = match outcome {
                ShortOutcome::Stored(after) => Outcome::Stored {
                    sequence: asked.cursor.sequence.wrapping_add(after.cast_unsigned()),
                    received_at: received_at.ok_or_else(|| wrong("it says not when it came"))?,
                },
                ShortOutcome::Duplicate => Outcome::Duplicate,
                ShortOutcome::MissingDependencies(hashes) => Outcome::MissingDependencies(hashes),
                ShortOutcome::Rejected { code, message } => Outcome::Rejected { code, message },
            };
            Ok(Verdict { hash: *hash, outcome })
        });
        let verdicts = verdicts.collect::<Result<Vec<_>, CodecError>>()?;
        Ok(ExchangeResponse {
            nonce: self.nonce,
            epoch,
            cursor: self.cursor.unwrap_or_else(|| expected(asked, &verdicts)),
            verdicts,
            items: self.items,
            heads: self.heads,
            more: self.more,
            next_allowed_in_ms: self.next_allowed_in_ms,
            settings: self.settings,
            archives: self.archives,
            archived: self.archived,
            renew: self.renew,
        })
    }
}

/// How far a device has read where nobody else wrote anything.
fn expected(asked: &Asked, verdicts: &[Verdict]) -> Cursor {
    let stored = verdicts.iter().filter_map(|verdict| match verdict.outcome {
        Outcome::Stored { sequence, .. } => Some(Cursor { sequence, within: 0 }),
        _ => None,
    });
    stored.max().unwrap_or(asked.cursor)
}

#[derive(Serialize, Deserialize)]
struct Rejected {
    #[serde(rename = "c")]
    code: RefusalCode,
    #[serde(rename = "m")]
    message: String,
}

impl Serialize for ShortOutcome {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Stored(after) => after.serialize(to),
            Self::Duplicate => to.serialize_none(),
            Self::MissingDependencies(hashes) => hashes.serialize(to),
            Self::Rejected { code, message } => {
                Rejected { code: *code, message: message.clone() }.serialize(to)
            }
        }
    }
}

impl<'de> Deserialize<'de> for ShortOutcome {
    /// A number, nothing, an array or a map.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(OutcomeForms)
    }
}

struct OutcomeForms;

impl<'de> Visitor<'de> for OutcomeForms {
    type Value = ShortOutcome;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what became of an offer")
    }

    fn visit_i64<E: Error>(self, after: i64) -> Result<ShortOutcome, E> {
        Ok(ShortOutcome::Stored(after))
    }

    fn visit_u64<E: Error>(self, after: u64) -> Result<ShortOutcome, E> {
        i64::try_from(after).map(ShortOutcome::Stored).map_err(E::custom)
    }

    fn visit_none<E: Error>(self) -> Result<ShortOutcome, E> {
        Ok(ShortOutcome::Duplicate)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<ShortOutcome, A::Error> {
        let hashes = Vec::deserialize(SeqAccessDeserializer::new(array))?;
        Ok(ShortOutcome::MissingDependencies(hashes))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ShortOutcome, A::Error> {
        let Rejected { code, message } = Rejected::deserialize(MapAccessDeserializer::new(map))?;
        Ok(ShortOutcome::Rejected { code, message })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{decode, encode};

    const NOW: Timestamp = Timestamp::from_unix_millis(1_795_000_000_000);
    const EPOCH: Epoch = Epoch::from_bytes([4; 16]);

    fn asked(sequence: u64, offers: usize) -> Asked {
        Asked {
            epoch: Some(EPOCH.tag().into()),
            cursor: Cursor { sequence, within: 0 },
            offers: vec![EntryHash::from_bytes([6; 32]); offers],
        }
    }

    fn answer(cursor: Cursor, outcomes: Vec<Outcome>) -> ExchangeResponse {
        let hash = EntryHash::from_bytes([6; 32]);
        let verdicts = outcomes.into_iter().map(|outcome| Verdict { hash, outcome });
        ExchangeResponse {
            nonce: [5; 8].into(),
            epoch: EPOCH,
            cursor,
            verdicts: verdicts.collect(),
            items: Vec::new(),
            heads: Vec::new(),
            more: false,
            next_allowed_in_ms: 0,
            settings: None,
            archives: Vec::new(),
            archived: None,
            renew: Vec::new(),
        }
    }

    #[test]
    fn what_the_request_said_is_left_out_and_comes_back() {
        let stored = |sequence| Outcome::Stored { sequence, received_at: NOW };
        let cursor = |sequence, within| Cursor { sequence, within };
        let large = 4_000_000_000;
        for (before, after, outcomes, bytes) in [
            (large, cursor(large, 0), Vec::new(), 14),
            (large, cursor(large + 1, 0), vec![stored(large + 1)], 25),
            (large, cursor(large + 9, 0), vec![stored(large + 1)], 30),
            (large, cursor(3, 0), vec![stored(3)], 29),
            (9, cursor(9, 4), vec![Outcome::Duplicate], 20),
        ] {
            let asked = asked(before, outcomes.len());
            let whole = answer(after, outcomes);
            let frame = encode(&whole.clone().shorten(&asked)).unwrap();
            assert_eq!(frame.len(), bytes, "{whole:?}");
            let short: ShortResponse = decode(&frame, 1 << 10).unwrap();
            assert_eq!(short.complete(&asked, Some(EPOCH)).unwrap(), whole);
        }
    }

    #[test]
    fn an_answer_to_another_request_is_none() {
        let whole = answer(Cursor::default(), vec![Outcome::Duplicate]);
        let short = whole.shorten(&asked(0, 1));
        assert!(short.clone().complete(&asked(0, 2), Some(EPOCH)).is_err());
        assert!(short.complete(&asked(0, 1), None).is_err());
        let untimed = ShortResponse {
            received_at: None,
            ..answer(Cursor::default(), vec![Outcome::Stored { sequence: 3, received_at: NOW }])
                .shorten(&asked(0, 1))
        };
        assert!(untimed.complete(&asked(0, 1), Some(EPOCH)).is_err());
    }
}
