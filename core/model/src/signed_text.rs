//! What is hashed when a text is signed off: the same for two people who see the same text.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;
use sha2::Digest as _;

use crate::Sha256;

/// The SHA-256 of a text in UTF-8, with composed signs (NFC) and each end of a line as a line feed.
///
/// Nothing else is made alike: a last line feed, a space and a capital are part of what was signed,
/// and the letter O is no zero.
///
/// ```
/// use enhance_model::signed_text::text_hash;
///
/// assert_eq!(text_hash("Plan\r\nDo"), text_hash("Plan\nDo"));
/// assert_eq!(text_hash("cafe\u{301}"), text_hash("caf\u{e9}"));
/// assert_ne!(text_hash("Plan"), text_hash("Plan\n"));
/// ```
pub fn text_hash(text: &str) -> Sha256 {
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    let digest: [u8; 32] = sha2::Sha256::digest(with_line_feeds(&composed).as_bytes()).into();
    Sha256::from_bytes(digest)
}

fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// `tests/vectors/signatures.json` is of the domain research of 25 November 2026, word for word.
    #[test]
    fn what_is_signed_has_the_hash_it_should_have() {
        let cases = include_str!("../tests/vectors/signatures.json");
        let cases: Vec<Value> = serde_json::from_str(cases).unwrap();
        assert_eq!(cases.len(), 3);
        for case in cases {
            let hash = |side: &str| text_hash(case["input"][side].as_str().unwrap()).to_string();
            let (a, b) = (hash("a"), hash("b"));
            assert_eq!(a, case["want"]["a"], "{}", case["id"]);
            assert_eq!(b, case["want"]["b"], "{}", case["id"]);
            assert_eq!(a == b, case["want"]["same"], "{}", case["id"]);
        }
    }

    #[test]
    fn only_composition_and_line_ends_are_made_alike() {
        assert_eq!(text_hash("a\rb"), text_hash("a\nb"));
        assert_eq!(text_hash("\u{1e0b}\u{323}"), text_hash("d\u{323}\u{307}"));
        for (one, other) in [("\u{fb01}", "fi"), ("\u{a0}", " "), ("a", "A"), ("a\n\nb", "a\nb")] {
            assert_ne!(text_hash(one), text_hash(other), "{one:?} {other:?}");
        }
    }
}
