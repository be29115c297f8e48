//! Plain documents as one piece, with who sent which change and when.
//!
//! A device that gets a document whole takes in one piece instead of every change ever made. The
//! changes in it, and with them who wrote what, can be made again from it; who sent them, when, and
//! under which numbers they were stored is beside it, column by column.

use enhance_model::{DeviceId, DocumentId, EntryHash, PersonId, Timestamp};
use serde_bytes::ByteBuf;

use crate::{
    array::array,
    codec::{CodecError, compress, from_cbor, inflate, to_cbor},
    offer::Offer,
    receipt::Mac,
};

/// A plain document as one piece, as the server passes it on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PulledFold {
    /// The entry that made the document known.
    pub create: Offer,
    /// When and from whom the server had that.
    pub created: Sent,
    /// How many changes are in it.
    pub changes: u64,
    /// Bytes of these changes, as they were offered.
    pub bytes: u64,
    /// The changes in it on which no other of it depends.
    pub heads: Vec<EntryHash>,
    /// What is in it, compressed: [`FoldBody::unpack`] reads it.
    pub body: ByteBuf,
    /// Who sent which change: [`Sent::unpack`] reads it.
    pub sent: ByteBuf,
    /// Receipts for its creation, its heads and its milestones.
    pub receipts: Vec<FoldReceipt>,
}

array!(PulledFold { create, created, changes, bytes, heads, body, sent; receipts });

/// A receipt for an entry in a fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoldReceipt {
    pub hash: EntryHash,
    /// Whose device offered the entry.
    pub person: PersonId,
    /// The device that offered it.
    pub device: DeviceId,
    pub mac: Mac,
}

array!(FoldReceipt { hash, person, device, mac });

impl FoldReceipt {
    /// Receipts as bytes.
    pub fn pack(receipts: &[Self]) -> Result<Vec<u8>, CodecError> {
        to_cbor(&receipts)
    }

    /// The receipts in these bytes.
    pub fn unpack(bytes: &[u8]) -> Result<Vec<Self>, CodecError> {
        from_cbor(bytes)
    }
}

impl PulledFold {
    /// The document it is.
    pub const fn document(&self) -> DocumentId {
        self.create.document
    }
}

/// What is in a fold. Both say the same words, so that they are compressed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldBody {
    /// What the document says, as JSON: screens show it before the document is opened.
    pub content: ByteBuf,
    /// The document as the engine saves it.
    pub snapshot: ByteBuf,
}

array!(FoldBody { content, snapshot });

impl FoldBody {
    /// Both parts in one compressed stream.
    pub fn pack(&self) -> Result<Vec<u8>, CodecError> {
        compress(&to_cbor(self)?, LEVEL)
    }

    /// What is in these bytes, of which at most `limit` are unpacked.
    pub fn unpack(bytes: &[u8], limit: usize) -> Result<Self, CodecError> {
        from_cbor(&inflate(bytes, limit)?)
    }
}

/// How an entry came to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Its number in the server's sequence.
    pub sequence: u64,
    /// Whose device offered it.
    pub person: PersonId,
    /// The device that offered it.
    pub device: DeviceId,
    /// The server's clock when it came.
    pub received_at: Timestamp,
}

array!(Sent { sequence, person, device, received_at });

/// The columns of what was sent. Neighbours mostly differ by the same, so that they compress to
/// little.
struct Columns {
    /// Everybody whose devices sent something.
    senders: Vec<(PersonId, DeviceId)>,
    /// For each change, who of them.
    who: Vec<u32>,
    /// How far each number is from the one before.
    numbers: Vec<i64>,
    /// Milliseconds after the one before.
    times: Vec<i64>,
}

array!(Columns { senders, who, numbers, times });

/// How hard they are compressed.
const LEVEL: i32 = 9;
/// Bytes that a change takes at most in all columns, uncompressed.
const BYTES_OF_ONE: usize = 32;
/// Bytes of the columns beside that, with some hundreds of senders.
const BYTES_BESIDE: usize = 64 << 10;

impl Sent {
    /// What was sent as bytes, in the order of the piece.
    pub fn pack(sent: &[Self]) -> Result<Vec<u8>, CodecError> {
        let (mut who, mut senders) = (Vec::with_capacity(sent.len()), Vec::new());
        let (mut numbers, mut times) = (Vec::new(), Vec::new());
        let (mut number, mut time) = (0_u64, 0_i64);
        for Self { sequence, person, device, received_at } in sent {
            let sender = (*person, *device);
            let known = senders.iter().position(|known| *known == sender);
            let place = known.unwrap_or(senders.len());
            if known.is_none() {
                senders.push(sender);
            }
            who.push(u32::try_from(place).unwrap_or(u32::MAX));
            numbers.push(sequence.wrapping_sub(number).cast_signed());
            times.push(received_at.as_millis().wrapping_sub(time));
            (number, time) = (*sequence, received_at.as_millis());
        }
        compress(&to_cbor(&Columns { senders, who, numbers, times })?, LEVEL)
    }

    /// What was sent of so many changes.
    pub fn unpack(bytes: &[u8], changes: u64) -> Result<Vec<Self>, CodecError> {
        let changes = usize::try_from(changes).map_err(CodecError::malformed)?;
        let limit = changes.saturating_mul(BYTES_OF_ONE).saturating_add(BYTES_BESIDE);
        let Columns { senders, who, numbers, times } = from_cbor(&inflate(bytes, limit)?)?;
        let wrong = || CodecError::malformed("a fold says not of each change who sent it");
        if [who.len(), numbers.len(), times.len()] != [changes; 3] {
            return Err(wrong());
        }
        let (mut number, mut time) = (0_u64, 0_i64);
        let rows = who.into_iter().zip(numbers).zip(times).map(|((sender, after), later)| {
            number = number.wrapping_add(after.cast_unsigned());
            time = time.wrapping_add(later);
            let (person, device) = *senders.get(sender as usize).ok_or_else(wrong)?;
            let received_at = Timestamp::from_unix_millis(time);
            Ok(Self { sequence: number, person, device, received_at })
        });
        rows.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(count: u64) -> Vec<Sent> {
        let row = |place: u64| Sent {
            sequence: 50 + place * 2,
            person: PersonId::from_bytes([1; 16]),
            device: DeviceId::from_bytes([u8::try_from(place / 500).unwrap(); 16]),
            received_at: Timestamp::from_unix_millis(
                1_795_000_000_000 + i64::try_from(place / 20).unwrap() * 9_000,
            ),
        };
        let mut rows: Vec<_> = (0..count).map(row).collect();
        rows.swap(3, 4);
        rows
    }

    #[test]
    fn who_sent_what_comes_back_and_takes_little() {
        let rows = sent(2_000);
        let bytes = Sent::pack(&rows).unwrap();
        assert_eq!(Sent::unpack(&bytes, 2_000).unwrap(), rows);
        assert!(bytes.len() < 1_000, "{} bytes", bytes.len());
        assert_eq!(Sent::unpack(&Sent::pack(&[]).unwrap(), 0).unwrap(), []);
    }

    #[test]
    fn columns_that_contradict_each_other_are_an_error() {
        let bytes = Sent::pack(&sent(20)).unwrap();
        assert!(Sent::unpack(&bytes, 19).is_err());
        assert!(Sent::unpack(&bytes, u64::MAX).is_err());
        assert!(Sent::unpack(&bytes[..bytes.len() - 1], 20).is_err());
        assert!(Sent::unpack(b"", 0).is_err());
        let (senders, numbers, times) = (Vec::new(), vec![1], vec![1]);
        let nobody = Columns { senders, who: vec![0], numbers, times };
        let bytes = compress(&to_cbor(&nobody).unwrap(), 3).unwrap();
        assert!(Sent::unpack(&bytes, 1).is_err());
    }
}
