//! Crockford's base32: the digits of what people write down, read aloud and type again.
//!
//! It has no I, L, O or U, so that no digit is taken for another. Recovery keys and invitations are
//! written in it, and ids, whose hexadecimal digits it has as well, are read as it is read.

use std::fmt;

use data_encoding::Encoding;
use data_encoding_macro::new_encoding;
use icu_normalizer::ComposingNormalizerBorrowed;

use crate::folding;

/// The digits, from the smallest to the largest.
pub const DIGITS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const CROCKFORD: Encoding = new_encoding! { symbols: "0123456789ABCDEFGHJKMNPQRSTVWXYZ", };

/// Digits between two dashes.
const GROUP: usize = 4;

/// The digits of some bytes. The last digit is filled up with zero bits.
pub fn encode(bytes: &[u8]) -> String {
    CROCKFORD.encode(bytes)
}

/// The bytes of digits as [`read`] gives them; none if no bytes have these digits.
pub fn decode(digits: &str) -> Option<Vec<u8>> {
    CROCKFORD.decode(digits.as_bytes()).ok()
}

/// The digits in what a person typed.
///
/// Capitals do not matter, nor O for 0 and I or L for 1, nor anything that is neither a letter nor a
/// digit: spaces, dashes and quotation marks of every kind, a full stop at the end, and what cannot
/// be seen, such as a byte order mark. Full width and digits of other scripts are read as the plain
/// ones. Any other letter is the error.
pub fn read(typed: &str) -> Result<String, char> {
    let mut digits = String::with_capacity(typed.len());
    // Nothing of a secret is copied to where it stays.
    let plain = ComposingNormalizerBorrowed::new_nfkc().normalize_iter(typed.chars());
    for letter in plain.filter_map(folding::letter_or_digit) {
        digits.push(match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            digit if DIGITS.contains(digit) => digit,
            _ => return Err(letter),
        });
    }
    Ok(digits)
}

/// Whether two texts are the same digits, each typed in its own way.
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || matches!((read(one), read(other)), (Ok(one), Ok(other)) if one == other)
}

/// Digits as they are shown: in groups of four with dashes between them.
#[derive(Debug, Clone, Copy)]
pub struct Groups<'a>(pub &'a str);

impl fmt::Display for Groups<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, digit) in self.0.chars().enumerate() {
            let joint = if place > 0 && place % GROUP == 0 { "-" } else { "" };
            write!(f, "{joint}{digit}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_back_from_their_digits() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&bytes)), Some(bytes));
        assert_eq!(encode(b"0123456789"), "60RK4CSM6MV3EE1S");
        assert_eq!(decode("U"), None);
    }

    #[test]
    fn digits_are_shown_in_groups_of_four() {
        let shown = |digits| Groups(digits).to_string();
        assert_eq!(shown("60RK4CSM6"), "60RK-4CSM-6");
        assert_eq!(shown("60RK"), "60RK");
        assert_eq!(shown(""), "");
    }

    #[test]
    fn dashes_of_every_kind_a_full_stop_and_a_byte_order_mark_do_not_matter() {
        for typed in [
            "60RK-4CSM",
            "60rk 4csm",
            "60RK\u{2011}4CSM",
            "60RK\u{2010}4CSM",
            "60RK\u{2013}4CSM",
            "60RK\u{2014}4CSM",
            "60RK\u{2212}4CSM",
            "60RK\u{ad}4CSM",
            "60RK_4CSM.",
            "\u{feff}60RK-4CSM\r\n",
            "\u{200b}60RK\u{a0}4CSM\u{202c}",
            "\"60RK-4CSM\"",
            "6ORK/4CSM",
            "６０ＲＫ－４ＣＳＭ",
            "“60RK’4CSM”",
            "60RK\u{2bc}4CSM\u{3164}",
            "٦٠RK-٤CSM",
        ] {
            assert_eq!(read(typed).as_deref(), Ok("60RK4CSM"), "{typed:?}");
        }
        assert_eq!(read("iIlL oO").as_deref(), Ok("111100"));
    }

    #[test]
    fn a_letter_that_is_no_digit_is_named() {
        assert_eq!(read("60RU"), Err('U'));
        assert_eq!(read("60Ré"), Err('é'));
        assert_eq!(read("6\u{41e}RK"), Err('\u{41e}'));
    }

    #[test]
    fn what_is_typed_in_two_ways_is_the_same() {
        assert!(is_same("60RK-4CSM", "6ork 4csm."));
        assert!(is_same("not a code: \u{fc}", "not a code: \u{fc}"));
        assert!(!is_same("60RK-4CSM", "60RK-4CSN"));
        assert!(!is_same("U", "\u{fc}"));
    }
}
