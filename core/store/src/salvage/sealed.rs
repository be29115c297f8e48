//! One encrypted page of a database, opened without SQLite: with its first page gone, SQLite opens
//! no other.
//!
//! The form is that of SQLite3 Multiple Ciphers for `chacha20`: the content, then 16 bytes drawn for
//! this writing of the page, then the tag. The last four of the 16 are, together with the page's
//! number, where the stream of key bytes begins. The first block of it is a key for the tag and one
//! for the content.

use chacha20::{
    ChaCha20,
    cipher::{KeyIvInit, StreamCipher, StreamCipherSeek},
};
use poly1305::{Poly1305, universal_hash::KeyInit};
use zeroize::{Zeroize, Zeroizing};

use crate::DatabaseKey;

/// Bytes of a page; databases are made of no others.
pub(super) const PAGE_BYTES: usize = 4_096;
/// Bytes at the end of a page that are not its content.
pub(super) const RESERVED: usize = 32;
const TAG: usize = 16;
const BLOCK: usize = 64;
/// The first bytes of the first page are in the clear: the mark of the key, and then the size
/// of a page and what else SQLite must know before it can decrypt.
const CLEAR: usize = 24;

/// Opens a page in its place, if it was written with this key as the page of this number and is as
/// it was written.
pub(super) fn open(page: &mut [u8; PAGE_BYTES], number: u32, key: &DatabaseKey) -> Option<()> {
    let content = PAGE_BYTES - RESERVED;
    let nonce: [u8; 12] = page.get(content..content + 12)?.try_into().ok()?;
    let drawn: [u8; 4] = page.get(content + 12..content + 16)?.try_into().ok()?;
    let begin = u32::from_le_bytes(drawn) ^ number;
    let mut keys = Zeroizing::new([0; BLOCK]);
    apply(&mut *keys, key.as_bytes(), &nonce, begin)?;
    let (for_tag, for_content) = keys.split_at(32);
    let for_tag: &[u8; 32] = for_tag.try_into().ok()?;
    let tag = Poly1305::new(for_tag.into()).compute_unpadded(page.get(..PAGE_BYTES - TAG)?);
    if tag.as_slice() != page.get(PAGE_BYTES - TAG..)? {
        return None;
    }
    let mut key: [u8; 32] = for_content.try_into().ok()?;
    let clear = if number == 1 { CLEAR } else { 0 };
    let opened = apply(page.get_mut(clear..content)?, &key, &nonce, begin.wrapping_add(1));
    key.zeroize();
    opened
}

/// Adds the stream to what is there, block by block: the number of a block begins again at 0 after
/// the last.
fn apply(bytes: &mut [u8], key: &[u8; 32], nonce: &[u8; 12], begin: u32) -> Option<()> {
    let mut stream = ChaCha20::new(key.into(), nonce.into());
    let mut number = begin;
    for block in bytes.chunks_mut(BLOCK) {
        stream.try_seek(u64::from(number) * BLOCK as u64).ok()?;
        stream.try_apply_keystream(block).ok()?;
        number = number.wrapping_add(1);
    }
    Some(())
}
