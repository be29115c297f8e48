//! How a slot begins: with a page that says which file is in it.

use sha2::{Digest, Sha256};

/// Bytes before what is in a file.
pub(super) const HEADER: usize = 4_096;
/// How the header of a file begins: what it is, and in which form.
const MARK: [u8; 8] = *b"enhfile\x01";
/// Bytes of the sum at the end of a header's text.
const SUM: usize = 16;

/// The page of a slot. None if the name is too long for one.
pub(super) fn header_of(number: u64, name: &str) -> Option<[u8; HEADER]> {
    let mut header = [0; HEADER];
    let length = u16::try_from(name.len()).ok()?;
    let text = [&MARK[..], &number.to_be_bytes(), &length.to_be_bytes(), name.as_bytes()].concat();
    let whole = [&text[..], &Sha256::digest(&text)[..SUM]].concat();
    header.get_mut(..whole.len())?.copy_from_slice(&whole);
    Some(header)
}

/// The number and the name in the page of a slot, if it was written whole.
pub(super) fn named_by(header: &[u8; HEADER]) -> Option<(u64, String)> {
    let (number, rest) = header.strip_prefix(&MARK)?.split_first_chunk::<8>()?;
    let (length, rest) = rest.split_first_chunk::<2>()?;
    let name = rest.get(..usize::from(u16::from_be_bytes(*length)))?;
    let number = u64::from_be_bytes(*number);
    let name = String::from_utf8(name.to_vec()).ok()?;
    (header_of(number, &name)?[..] == header[..]).then_some((number, name))
}
