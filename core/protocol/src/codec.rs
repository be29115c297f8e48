//! The frame around every body: magic, a flag, then CBOR, compressed where that pays.

use std::{borrow::Cow, cell::RefCell};

use serde::{Serialize, de::DeserializeOwned};
use zstd::bulk::{Compressor, Decompressor};

const MAGIC: &[u8; 3] = b"ENH";
const PLAIN: u8 = b'1';
const ZSTD: u8 = b'2';

/// Bodies below this many bytes are sent as they are.
const COMPRESS_FROM: usize = 512;
const LEVEL: i32 = 3;

/// Why bytes are not a body of this protocol.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// The bytes do not begin as ours do: another machine than the server answered.
    #[error("these bytes are not of this protocol")]
    Foreign,
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
    let packed = if body.len() >= COMPRESS_FROM { Some(deflate(&body)?) } else { None };
    // What is sealed only grows by being packed.
    let (flag, body) = match packed.filter(|packed| packed.len() < body.len()) {
        Some(packed) => (ZSTD, packed),
        None => (PLAIN, body),
    };
    let mut frame = Vec::with_capacity(body.len() + MAGIC.len() + 1);
    frame.extend_from_slice(MAGIC);
    frame.push(flag);
    frame.extend_from_slice(&body);
    Ok(frame)
}

/// The value in a frame. At most `limit` bytes are unpacked, even if the frame claims more.
pub fn decode<T: DeserializeOwned>(frame: &[u8], limit: usize) -> Result<T, CodecError> {
    from_cbor(&unframe(frame, limit)?)
}

/// The CBOR in a frame, of which at most `limit` bytes are unpacked.
pub fn unframe(frame: &[u8], limit: usize) -> Result<Cow<'_, [u8]>, CodecError> {
    let rest = frame.strip_prefix(MAGIC).ok_or(CodecError::Foreign)?;
    let (flag, body) = rest.split_first().ok_or(CodecError::Foreign)?;
    if body.len() > limit {
        return Err(CodecError::TooLarge { limit });
    }
    match *flag {
        PLAIN => Ok(Cow::Borrowed(body)),
        ZSTD => inflate(body, limit).map(Cow::Owned),
        other => Err(CodecError::malformed(format_args!("no such flag: {other}"))),
    }
}

/// Bytes that the CBOR in a frame takes once it is unpacked, as the frame claims: [`unframe`]
/// unpacks no more. Asked before, so that there is room for them.
pub fn unpacked_bytes(frame: &[u8]) -> usize {
    let Some((flag, body)) = frame.strip_prefix(MAGIC).and_then(<[u8]>::split_first) else {
        return 0;
    };
    match *flag {
        ZSTD => {
            let claimed = zstd::zstd_safe::get_frame_content_size(body).ok().flatten();
            usize::try_from(claimed.unwrap_or(0)).unwrap_or(usize::MAX)
        }
        _ => 0,
    }
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
    let claimed = zstd::zstd_safe::get_frame_content_size(body)
        .ok()
        .flatten()
        .ok_or_else(|| CodecError::malformed("its compressed part does not say its size"))?;
    if claimed > limit as u64 {
        return Err(CodecError::TooLarge { limit });
    }
    let size = usize::try_from(claimed).map_err(CodecError::malformed)?;
    let unpacked = DECOMPRESSOR.with_borrow_mut(|kept| {
        let unpacker = match kept {
            Some(unpacker) => unpacker,
            None => kept.insert(Decompressor::new()?),
        };
        unpacker.decompress(body, size)
    });
    unpacked.map_err(CodecError::malformed)
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
