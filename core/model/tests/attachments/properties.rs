//! What must hold of any bytes: nothing panics, nothing grows, and no camera's notes pass.

use enhance_model::attachment::strip;
use proptest::prelude::*;

use super::{original, says};

const NAMES: [&str; 3] = ["photograph.jpg", "picture.png", "certificate.pdf"];

const STARTS: &[&[u8]] = &[b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7 "];

/// One of the files with some bytes written over, put in or taken out.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0_u8..4);
    let changes = prop::collection::vec(change, 0..12);
    (prop::sample::select(&NAMES[..]), changes).prop_map(|(name, changes)| {
        let mut bytes = original(name);
        for (at, byte, what) in changes {
            let at = at.index(bytes.len().max(1));
            if at >= bytes.len() {
                continue;
            }
            match what {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at.max(1)),
            }
        }
        bytes
    })
}

proptest! {
    #[test]
    fn whatever_comes_in_nothing_panics_and_nothing_grows(bytes in mutated()) {
        if let Ok(stripped) = strip(&bytes) {
            prop_assert!(stripped.bytes.len() <= bytes.len());
            prop_assert!(!says(&stripped.bytes, b"Exif\0\0II"), "little-endian Exif is never ours");
            let again = strip(&stripped.bytes);
            let again = again.map(|again| again.bytes);
            prop_assert!(
                again.as_ref() == Ok(&stripped.bytes),
                "once is enough: {}, not {}",
                String::from_utf8_lossy(&again.unwrap_or_default()),
                String::from_utf8_lossy(&stripped.bytes),
            );
        }
    }

    #[test]
    fn bytes_of_no_sense_are_refused_or_stripped(
        start in prop::sample::select(STARTS),
        rest in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let bytes = [start, &rest].concat();
        if let Ok(stripped) = strip(&bytes) {
            prop_assert!(stripped.bytes.len() <= bytes.len());
        }
    }
}
