//! Bytes of a fixed length as people see them: hexadecimal digits, read in either case.

use std::fmt;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use icu_normalizer::ComposingNormalizerBorrowed;

use crate::folding;

/// Writes bytes in small digits.
pub(crate) fn write(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt::Display::fmt(&HEXLOWER.encode_display(bytes), f)
}

/// The bytes that a text has the digits of, if it has those of just so many.
pub(crate) fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    // The decoder panics where the lengths do not fit.
    if HEXLOWER_PERMISSIVE.decode_len(text.len()) != Ok(N) {
        return None;
    }
    HEXLOWER_PERMISSIVE.decode_mut(text.as_bytes(), &mut bytes).ok()?;
    Some(bytes)
}

/// The bytes in what a person typed, as [`read`] gives them: spaces, dashes and what cannot be seen
/// between the digits do not matter, nor whether they are of full width.
pub(crate) fn read_typed<const N: usize>(typed: &str) -> Option<[u8; N]> {
    let plain = ComposingNormalizerBorrowed::new_nfkc().normalize_iter(typed.chars());
    read(&plain.filter_map(folding::letter_or_digit).collect::<String>())
}
