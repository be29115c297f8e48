//! The frame around every body: magic, a flag, a check sum, then CBOR, compressed where that pays,
//! all but its first bytes. What a request begins with is read there before anything is unpacked.

use std::{borrow::Cow, cell::RefCell, io::Cursor};

use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use zstd::bulk::{Compressor, Decompressor};

const MAGIC: &[u8; 3] = b"ENH";
/// `1` to `3`, which had no check sum, were never released.
const PLAIN: u8 = b'4';
/// Its first bytes as they are, the rest packed.
const PACKED: u8 = b'5';
/// The first bytes of the SHA-256 of the flag and of what follows the check sum. Over plain HTTP a
/// bit that changed on the way would make another edit of an edit. It keeps out accidents; who
/// changes bytes on purpose is kept out by TLS.
type CheckSum = [u8; 4];
/// Bytes of a frame that are none of its body.
const HEAD: usize = MAGIC.len() + 1 + size_of::<CheckSum>();
/// Bytes of a packed body that stand in front as they are: longer than any [`Beginning`].
///
/// [`Beginning`]: crate::Beginning
const FRONT: usize = 32;

/// Bytes from the beginning of a frame in which its front is, if it is that long.
pub const UP_TO_FRONT: usize = HEAD + FRONT;

/// Bodies below this many bytes are sent as they are.
const COMPRESS_FROM: usize = 512;
const LEVEL: i32 = 3;

/// Why bytes are not a body of this protocol.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// The bytes do not begin as ours do: another machine than the server answered.
    #[error("these bytes are not of this protocol")]
    Foreign,
    /// It begins as ours do, but not all of it is as it was sent.
    #[error("the body was damaged on its way: its check sum does not fit")]
    Damaged,
    /// The body is larger than the reader takes.
    #[error("the body is larger than {limit} bytes")]
    TooLarge {
        /// What the reader takes.
        limit: usize,
    },
    /// It begins as ours do, but what follows cannot be read.
    #[error("the body cannot be read: {reason}")]
    Malformed {
        /// What is wrong with it.
        reason: String,
    },
}

impl CodecError {
    pub(crate) fn malformed(reason: impl std::fmt::Display) -> Self {
        Self::Malformed { reason: reason.to_string() }
    }
}

/// A value as a frame.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, CodecError> {
    let body = to_cbor(value)?;
    let packed = if body.len() >= COMPRESS_FROM { Some(pack(&body)?) } else { None };
    // What is sealed only grows by being packed.
    let (flag, body) = match packed.filter(|packed| packed.len() < body.len()) {
        Some(packed) => (PACKED, packed),
        None => (PLAIN, body),
    };
    Ok([&MAGIC[..], &[flag], &check_sum(flag, &body), &body].concat())
}

/// What a frame that comes with this flag and this body says of them.
fn check_sum(flag: u8, body: &[u8]) -> CheckSum {
    let whole = Sha256::new().chain_update([flag]).chain_update(body).finalize();
    let [a, b, c, d, ..] = <[u8; 32]>::from(whole);
    [a, b, c, d]
}

/// The flag of a frame, what it says of itself and its body, of which some may not have come yet.
/// None if they are not ours.
fn parts(frame: &[u8]) -> Option<(u8, CheckSum, &[u8])> {
    let (flag, rest) = frame.strip_prefix(MAGIC)?.split_first()?;
    let (said, body) = rest.split_first_chunk()?;
    Some((*flag, *said, body))
}

/// The value in a frame. At most `limit` bytes are unpacked, even if the frame claims more.
pub fn decode<T: DeserializeOwned>(frame: &[u8], limit: usize) -> Result<T, CodecError> {
    from_cbor(&unframe(frame, limit)?)
}

/// The CBOR in a frame, of which at most `limit` bytes are unpacked.
pub fn unframe(frame: &[u8], limit: usize) -> Result<Cow<'_, [u8]>, CodecError> {
    let (flag, said, body) = parts(frame).ok_or(CodecError::Foreign)?;
    if body.len() > limit {
        return Err(CodecError::TooLarge { limit });
    }
    if check_sum(flag, body) != said {
        return Err(CodecError::Damaged);
    }
    match flag {
        PLAIN => Ok(Cow::Borrowed(body)),
        PACKED => unpack(body, limit).map(Cow::Owned),
        other => Err(CodecError::malformed(format_args!("no such flag: {other}"))),
    }
}

/// Bytes that the CBOR in a frame takes once it is unpacked, as the frame claims: [`unframe`]
/// unpacks no more. Asked before, so that there is room for them.
pub fn unpacked_bytes(frame: &[u8]) -> usize {
    let Some((flag, _, body)) = parts(frame) else { return 0 };
    match (flag, body.split_at_checked(FRONT)) {
        (PACKED, Some((front, packed))) => {
            let claimed = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten();
            let claimed = usize::try_from(claimed.unwrap_or(0)).unwrap_or(usize::MAX);
            claimed.saturating_add(front.len())
        }
        _ => 0,
    }
}

/// The first bytes of the CBOR in a frame, of which no more than [`UP_TO_FRONT`] bytes need be
/// there. None if they are not ours.
pub fn front(frame: &[u8]) -> Option<&[u8]> {
    let (flag, _, body) = parts(frame)?;
    let is_known = [PLAIN, PACKED].contains(&flag);
    is_known.then(|| body.get(..FRONT).unwrap_or(body))
}

fn pack(body: &[u8]) -> Result<Vec<u8>, CodecError> {
    let (front, rest) = body.split_at_checked(FRONT).unwrap_or((body, &[]));
    Ok([front, &deflate(rest)?].concat())
}

fn unpack(body: &[u8], limit: usize) -> Result<Vec<u8>, CodecError> {
    let parts = body.split_at_checked(FRONT);
    let (front, packed) = parts.ok_or_else(|| CodecError::malformed("it has no front"))?;
    inflate_behind(front, packed, limit)
}

/// Bytes that are kept or sealed as a whole, compressed.
pub fn compress(bytes: &[u8], level: i32) -> Result<Vec<u8>, CodecError> {
    zstd::bulk::compress(bytes, level).map_err(CodecError::malformed)
}

thread_local! {
    // Making one costs more than a small body.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

fn deflate(body: &[u8]) -> Result<Vec<u8>, CodecError> {
    let packed = COMPRESSOR.with_borrow_mut(|kept| {
        let packer = match kept {
            Some(packer) => packer,
            None => kept.insert(Compressor::new(LEVEL)?),
        };
        packer.compress(body)
    });
    packed.map_err(CodecError::malformed)
}

/// The bytes that [`compress`] took. At most `limit` are unpacked, whatever they claim.
pub fn inflate(body: &[u8], limit: usize) -> Result<Vec<u8>, CodecError> {
    inflate_behind(&[], body, limit)
}

/// The same behind bytes that are there already and count as well.
fn inflate_behind(front: &[u8], body: &[u8], limit: usize) -> Result<Vec<u8>, CodecError> {
    let room = limit.checked_sub(front.len()).ok_or(CodecError::TooLarge { limit })?;
    let claimed = zstd::zstd_safe::get_frame_content_size(body)
        .ok()
        .flatten()
        .ok_or_else(|| CodecError::malformed("its compressed part does not say its size"))?;
    if claimed > room as u64 {
        return Err(CodecError::TooLarge { limit });
    }
    let size = usize::try_from(claimed).map_err(CodecError::malformed)?;
    // In one piece with what stands in front: a body may be as large as there is room for.
    let mut whole = Cursor::new(Vec::with_capacity(front.len() + size));
    whole.get_mut().extend_from_slice(front);
    whole.set_position(front.len() as u64);
    let unpacked = DECOMPRESSOR.with_borrow_mut(|kept| {
        let unpacker = match kept {
            Some(unpacker) => unpacker,
            None => kept.insert(Decompressor::new()?),
        };
        unpacker.decompress_to_buffer(body, &mut whole)
    });
    unpacked.map_err(CodecError::malformed)?;
    Ok(whole.into_inner())
}

/// A value as bare CBOR: the bodies of entries, which are hashed as they are.
pub fn to_cbor<T: Serialize>(value: &T) -> Result<Vec<u8>, CodecError> {
    minicbor_serde::to_vec(value).map_err(CodecError::malformed)
}

/// The value in bare CBOR, of which nothing may be left over.
pub fn from_cbor<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, CodecError> {
    let mut from = minicbor_serde::Deserializer::new(bytes);
    let value = T::deserialize(&mut from).map_err(CodecError::malformed)?;
    let read = from.decoder().position();
    if read == bytes.len() {
        Ok(value)
    } else {
        Err(CodecError::malformed(format_args!("{} bytes too many", bytes.len() - read)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_bodies_come_back() {
        for length in [0, 10, 511, 512, 100_000] {
            let text = "ward ".repeat(length);
            let frame = encode(&text).unwrap();
            assert_eq!(decode::<String>(&frame, 1 << 20).unwrap(), text);
        }
    }

    #[test]
    fn what_a_body_begins_with_is_read_before_anything_is_unpacked() {
        for length in [5, 100_000] {
            let text = "ward ".repeat(length);
            let (frame, body) = (encode(&text).unwrap(), to_cbor(&text).unwrap());
            let begun = &frame[..UP_TO_FRONT.min(frame.len())];
            assert_eq!(front(begun).unwrap(), &body[..FRONT.min(body.len())]);
        }
        for foreign in [&b"<html>"[..], b"ENH", b"ENH4sum", b"ENH2 packed whole", b""] {
            assert_eq!(front(foreign), None);
        }
        assert_eq!(front(b"ENH4 sum"), Some(&[][..]), "nothing came yet");
    }

    #[test]
    fn what_stands_in_front_counts_as_what_is_behind_it() {
        let text = "ward ".repeat(1_000);
        let (frame, bytes) = (encode(&text).unwrap(), to_cbor(&text).unwrap().len());
        assert_eq!(unpacked_bytes(&frame), bytes);
        assert_eq!(unframe(&frame, bytes).unwrap().len(), bytes);
        assert!(matches!(unframe(&frame, bytes - 1), Err(CodecError::TooLarge { .. })));
        for end in 0..UP_TO_FRONT {
            assert!(unframe(&frame[..end], bytes).is_err(), "cut at {end}");
            assert_eq!(unpacked_bytes(&frame[..end]), 0);
        }
    }

    #[test]
    fn one_bit_that_changed_on_the_way_is_noticed_wherever_it_is() {
        let lines: Vec<String> = (0..200).map(|line| format!("{line} falls on ward 3")).collect();
        for text in [lines[..2].concat(), lines.concat()] {
            let frame = encode(&text).unwrap();
            for bit in 0..frame.len() * 8 {
                let mut changed = frame.clone();
                changed[bit / 8] ^= 1 << (bit % 8);
                assert!(decode::<String>(&changed, 1 << 20).is_err(), "bit {bit}");
            }
        }
    }

    #[test]
    fn a_login_page_is_foreign() {
        let page = b"<html><body>Please accept our terms to use the hospital Wi-Fi</body></html>";
        assert!(matches!(decode::<String>(page, 1 << 20), Err(CodecError::Foreign)));
        assert!(matches!(decode::<String>(b"", 1 << 20), Err(CodecError::Foreign)));
        assert!(matches!(decode::<String>(b"ENH", 1 << 20), Err(CodecError::Foreign)));
    }

    #[test]
    fn a_bomb_is_refused_by_what_it_claims_and_by_what_it_holds() {
        let bomb = encode(&"0".repeat(1 << 22)).unwrap();
        assert!(bomb.len() < 2_000);
        assert!(matches!(decode::<String>(&bomb, 1 << 20), Err(CodecError::TooLarge { .. })));
        assert!(unpacked_bytes(&bomb) > 1 << 22);
        assert_eq!(unpacked_bytes(&encode(&7_u8).unwrap()), 0, "it is read where it is");
        assert_eq!(unpacked_bytes(b"<html>"), 0);
    }

    #[test]
    fn cut_or_padded_bodies_are_malformed() {
        let frame = encode(&(1_u32, "two")).unwrap();
        for end in 4..frame.len() {
            assert!(decode::<(u32, String)>(&frame[..end], 100).is_err(), "cut at {end}");
        }
        let mut padded = frame;
        padded.push(0);
        assert!(decode::<(u32, String)>(&padded, 100).is_err());
    }
}
