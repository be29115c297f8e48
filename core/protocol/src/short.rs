//! The answer of an exchange as it travels: without what its request has said.

use std::{collections::BTreeMap, fmt};

use enhance_model::{DocumentId, EntryHash, Epoch, RefusalCode, Sha256, Timestamp};
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
    cursor::Cursor,
    exchange::{Asked, DocumentHeads, ExchangeResponse, Item, Nonce, Outcome, Settings, Verdict},
    receipt::{Mac, Receipt},
};

/// The answer of an exchange without what its request has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortResponse {
    pub nonce: Nonce,
    /// How much further the server's data have come than what the request said.
    pub further: i64,
    /// What became of each offer, in their order.
    pub outcomes: Vec<ShortOutcome>,
    /// When the request came, if something of it was stored.
    pub received_at: Option<Timestamp>,
    /// How far the device has read; none if that is up to the newest of its own entries that were
    /// stored, or as far as it had.
    pub cursor: Option<Cursor>,
    pub items: Vec<Item>,
    /// Receipts, each with the place of its entry among the offers and the items after them.
    pub receipts: Vec<(u32, Mac)>,
    pub more: bool,
    pub next_allowed_in_ms: u32,
    /// The server's epoch, if it is not the request's.
    pub epoch: Option<Epoch>,
    pub settings: Option<Settings>,
    pub heads: Vec<DocumentHeads>,
    pub archives: Vec<PulledArchive>,
    pub archived: Option<Archived>,
    pub renew: Vec<DocumentId>,
    /// What became of each entry that was brought, in their order.
    pub brought: Vec<ShortOutcome>,
    /// Files that a device which has them sends again.
    pub send_again: Vec<Sha256>,
    pub begins_anew: bool,
}

array!(ShortResponse {
    nonce; further, outcomes, received_at, cursor, items, receipts, more, next_allowed_in_ms,
    epoch, settings, heads, archives, archived, renew, brought, send_again, begins_anew
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
        let receipts = placed(&self.receipts, asked, &self.items);
        let mut received = None;
        let mut shortened = |verdicts: Vec<Verdict>| -> Vec<ShortOutcome> {
            let outcomes = verdicts.into_iter().map(|verdict| match verdict.outcome {
                Outcome::Stored { sequence, received_at } => {
                    received = Some(received_at);
                    ShortOutcome::Stored(sequence.wrapping_sub(asked.cursor.sequence).cast_signed())
                }
                Outcome::Duplicate => ShortOutcome::Duplicate,
                Outcome::MissingDependencies(hashes) => ShortOutcome::MissingDependencies(hashes),
                Outcome::Rejected { code, message } => ShortOutcome::Rejected { code, message },
            });
            outcomes.collect()
        };
        let (outcomes, brought) = (shortened(self.verdicts), shortened(self.brought));
        ShortResponse {
            nonce: self.nonce,
            further: self.reached.wrapping_sub(asked.reached).cast_signed(),
            outcomes,
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
            brought,
            receipts,
            send_again: self.send_again,
            begins_anew: self.begins_anew,
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
        if self.outcomes.len() != asked.offers.len() || self.brought.len() != asked.brought.len() {
            return Err(wrong("there is not one verdict for each entry"));
        }
        let epoch = self.epoch.or(known).ok_or_else(|| wrong("there is no epoch"))?;
        let offered = asked.offers.iter().map(|(_, hash)| *hash);
        let verdicts = whole(self.outcomes, offered, asked, self.received_at)?;
        let brought = asked.brought.iter().copied();
        let brought = whole(self.brought, brought, asked, self.received_at)?;
        let receipts = named(&self.receipts, asked, &self.items)?;
        Ok(ExchangeResponse {
            nonce: self.nonce,
            epoch,
            begins_anew: self.begins_anew,
            reached: asked.reached.wrapping_add(self.further.cast_unsigned()),
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
            brought,
            receipts,
            send_again: self.send_again,
        })
    }
}

fn wrong(reason: &str) -> CodecError {
    CodecError::Malformed { reason: reason.to_owned() }
}

/// The verdicts about these entries, as they were before they were shortened.
fn whole(
    outcomes: Vec<ShortOutcome>,
    hashes: impl Iterator<Item = EntryHash>,
    asked: &Asked,
    received_at: Option<Timestamp>,
) -> Result<Vec<Verdict>, CodecError> {
    let verdicts = outcomes.into_iter().zip(hashes).map(|(outcome, hash)| {
        let outcome = match outcome {
            ShortOutcome::Stored(after) => Outcome::Stored {
                sequence: asked.cursor.sequence.wrapping_add(after.cast_unsigned()),
                received_at: received_at.ok_or_else(|| wrong("it says not when it came"))?,
            },
            ShortOutcome::Duplicate => Outcome::Duplicate,
            ShortOutcome::MissingDependencies(hashes) => Outcome::MissingDependencies(hashes),
            ShortOutcome::Rejected { code, message } => Outcome::Rejected { code, message },
        };
        Ok(Verdict { hash, outcome })
    });
    verdicts.collect()
}

/// An entry: the same bytes in another document are another one.
type Named = (DocumentId, EntryHash);

/// The entries that a receipt may be for, by their places.
fn places<'a>(asked: &'a Asked, items: &'a [Item]) -> impl Iterator<Item = Option<Named>> + 'a {
    let offers = asked.offers.iter().copied().map(Some);
    offers.chain(items.iter().map(|item| match item {
        Item::Entry(pulled) => Some((pulled.offer.document, pulled.offer.hash)),
        // A fold brings its receipts with it.
        Item::Fold(_) | Item::Person(_) => None,
    }))
}

fn placed(receipts: &[Receipt], asked: &Asked, items: &[Item]) -> Vec<(u32, Mac)> {
    if receipts.is_empty() {
        return Vec::new();
    }
    let places = places(asked, items).zip(0_u32..);
    let places: BTreeMap<Named, u32> =
        places.filter_map(|(entry, place)| Some((entry?, place))).collect();
    let found = receipts.iter().filter_map(|Receipt { document, hash, mac }| {
        let place = places.get(&(*document, *hash))?;
        Some((*place, *mac))
    });
    found.collect()
}

fn named(
    receipts: &[(u32, Mac)],
    asked: &Asked,
    items: &[Item],
) -> Result<Vec<Receipt>, CodecError> {
    if receipts.is_empty() {
        return Ok(Vec::new());
    }
    let entries: Vec<Option<Named>> = places(asked, items).collect();
    let named = receipts.iter().map(|(place, mac)| {
        let entry = entries.get(*place as usize).copied().flatten();
        let (document, hash) = entry.ok_or_else(|| wrong("there is a receipt for no entry"))?;
        Ok(Receipt { document, hash, mac: *mac })
    });
    named.collect()
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
    const PROJECT: DocumentId = DocumentId::from_bytes([8; 16]);

    fn asked(sequence: u64, offers: usize) -> Asked {
        Asked {
            epoch: Some(EPOCH.tag().into()),
            reached: sequence,
            cursor: Cursor { sequence, within: 0 },
            offers: vec![(PROJECT, EntryHash::from_bytes([6; 32])); offers],
            brought: Vec::new(),
        }
    }

    fn answer(cursor: Cursor, outcomes: Vec<Outcome>) -> ExchangeResponse {
        let hash = EntryHash::from_bytes([6; 32]);
        let verdicts = outcomes.into_iter().map(|outcome| Verdict { hash, outcome });
        ExchangeResponse {
            nonce: [5; 8].into(),
            epoch: EPOCH,
            begins_anew: false,
            reached: cursor.sequence,
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
            brought: Vec::new(),
            receipts: Vec::new(),
            send_again: Vec::new(),
        }
    }

    #[test]
    fn what_the_request_said_is_left_out_and_comes_back() {
        let stored = |sequence| Outcome::Stored { sequence, received_at: NOW };
        let cursor = |sequence, within| Cursor { sequence, within };
        let large = 4_000_000_000;
        for (before, after, outcomes, bytes) in [
            (large, cursor(large, 0), Vec::new(), 18),
            (large, cursor(large + 1, 0), vec![stored(large + 1)], 30),
            (large, cursor(large + 9, 0), vec![stored(large + 1)], 35),
            (large, cursor(3, 0), vec![stored(3)], 38),
            (9, cursor(9, 4), vec![Outcome::Duplicate], 25),
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
    fn a_receipt_names_its_entry_by_its_place() {
        let mac = Mac::new([9; 16]);
        let mut whole = answer(Cursor::default(), vec![Outcome::Duplicate]);
        let hash = EntryHash::from_bytes([6; 32]);
        whole.receipts = vec![Receipt { document: PROJECT, hash, mac }];
        let asked = asked(0, 1);
        let short = whole.clone().shorten(&asked);
        assert_eq!(short.receipts, [(0, mac)]);
        assert_eq!(short.clone().complete(&asked, Some(EPOCH)).unwrap(), whole);
        let foreign = ShortResponse { receipts: vec![(1, mac)], ..short };
        assert!(foreign.complete(&asked, Some(EPOCH)).is_err());
    }

    #[test]
    fn g7_receipts_for_the_same_bytes_in_two_documents_stay_apart() {
        let hash = EntryHash::from_bytes([6; 32]);
        let other = DocumentId::from_bytes([7; 16]);
        let mut whole = answer(Cursor::default(), vec![Outcome::Duplicate, Outcome::Duplicate]);
        let receipt = |document, mac| Receipt { document, hash, mac: Mac::new([mac; 16]) };
        whole.receipts = vec![receipt(PROJECT, 1), receipt(other, 2)];
        let asked = Asked { offers: vec![(PROJECT, hash), (other, hash)], ..asked(0, 2) };
        let short = whole.clone().shorten(&asked);
        assert_eq!(short.receipts, [(0, Mac::new([1; 16])), (1, Mac::new([2; 16]))]);
        assert_eq!(short.complete(&asked, Some(EPOCH)).unwrap(), whole);
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
