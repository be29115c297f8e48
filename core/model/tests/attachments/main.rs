//! What is taken out of a file before it is attached: golden files, and what must hold of any bytes.
//!
//! `ENHANCE_BLESS=1 cargo test -p enhance-model --test attachments` writes the stripped files anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::disallowed_methods, reason = "golden files are files")]

mod allowed;
mod made;
mod pdfs;
mod pictures;
mod properties;
mod refused;

use std::{collections::BTreeSet, fs, path::PathBuf};

use enhance_model::attachment::{MediaType, Removed, Stripped, strip};

/// What none of the stripped files may say.
const PRIVATE: [&[u8]; 9] = [
    b"Exif\0\0II",
    b"Acme",
    b"Phone 12",
    b"2026:11:20",
    b"Smith",
    b"Bed 12",
    b"GPS",
    b"ward",
    b"D:2026",
];

fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/attachments").join(name)
}

fn original(name: &str) -> Vec<u8> {
    fs::read(golden(name)).unwrap()
}

fn says(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

fn stripped(name: &str) -> Stripped {
    let before = original(name);
    let stripped = strip(&before).unwrap();
    let file = golden(&format!("stripped-{name}"));
    if std::env::var_os("ENHANCE_BLESS").is_some() {
        fs::write(&file, &stripped.bytes).unwrap();
    }
    assert_eq!(stripped.bytes, fs::read(&file).unwrap(), "{name} is stripped differently");
    assert!(stripped.bytes.len() <= before.len());
    for words in PRIVATE {
        assert!(!says(&stripped.bytes, words), "{name}: {}", String::from_utf8_lossy(words));
    }
    let again = strip(&stripped.bytes).unwrap();
    assert_eq!(again.bytes, stripped.bytes, "once is enough");
    stripped
}

#[test]
fn a_photograph_keeps_its_picture_its_colours_and_its_turn_alone() {
    let stripped = stripped("photograph.jpg");
    assert_eq!(stripped.media_type, MediaType::Jpeg);
    let gone = [Removed::Camera, Removed::Notes, Removed::Comments, Removed::Rest];
    assert_eq!(stripped.removed, BTreeSet::from(gone));
    let turn = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06";
    assert!(says(&stripped.bytes, turn), "it is turned as it was");
    assert!(says(&stripped.bytes, b"ICC_PROFILE\0"));
    assert!(stripped.bytes.ends_with(&[0xff, 0xd9]));
}

#[test]
fn a_picture_keeps_its_pixels_and_its_size_on_paper() {
    let stripped = stripped("picture.png");
    assert_eq!(stripped.media_type, MediaType::Png);
    let gone = [Removed::Camera, Removed::Notes, Removed::Comments, Removed::Rest];
    assert_eq!(stripped.removed, BTreeSet::from(gone));
    assert!(says(&stripped.bytes, b"pHYs") && says(&stripped.bytes, b"IDAT"));
}

#[test]
fn a_pdf_keeps_its_pages_its_headings_and_every_place_in_it() {
    let before = original("certificate.pdf");
    let stripped = stripped("certificate.pdf");
    assert_eq!(stripped.bytes.len(), before.len(), "no place in it moves");
    for kept in [&b"(Certificate of Advanced Life Support) Tj"[..], b"/Title(First page)"] {
        assert!(says(&stripped.bytes, kept));
    }
    let gone = [Removed::Camera, Removed::Notes, Removed::Properties, Removed::PagesLeft];
    assert_eq!(stripped.removed, BTreeSet::from(gone));
}
