//! What is hashed of a text: UTF-8 of its NFC with line ends as LF, and nothing else folded.
//!
//! A paste from another system may carry other line ends, and a letter with an accent may be one
//! character or two. Neither is an edit that anybody made or sees; everything else is one.

use icu_normalizer::ComposingNormalizerBorrowed;
use sha2::Digest;

use crate::{Sha256, printed::plain_line_ends};

/// The hash by which a sign-off knows the text that was signed.
pub fn text_hash(text: &str) -> Sha256 {
    let lines = plain_line_ends(text);
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&lines);
    Sha256::from_bytes(sha2::Sha256::digest(composed.as_bytes()).into())
}
