//! What is refused, and with which words.

use enhance_model::attachment::{AttachmentFault, MOST_BYTES, check_size, strip};

use super::original;

fn refused(bytes: &[u8]) -> String {
    strip(bytes).unwrap_err().to_string()
}

#[test]
fn what_is_no_photograph_and_no_pdf_is_refused_with_words() {
    assert_eq!(refused(b""), "the file is empty");
    let neither = "only photographs (JPEG, PNG) and PDFs can be attached, and this is neither";
    assert_eq!(refused(b"GIF89a"), neither);
    assert_eq!(refused(b"<html>"), neither);
    assert!(refused(b"\0\0\0\x18ftypheic\0\0\0\0").starts_with("this is a HEIC photograph"));
    let words = "the file has 20971521 bytes, and an attachment has at most 20971520; make it \
        smaller";
    assert_eq!(check_size(MOST_BYTES + 1).unwrap_err().to_string(), words);
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_refused_or_has_nothing_to_hide() {
    for name in ["photograph.jpg", "picture.png", "certificate.pdf"] {
        let whole = original(name);
        for end in 0..whole.len() {
            if let Ok(stripped) = strip(&whole[..end]) {
                assert!(stripped.bytes.len() <= end, "{name} cut at {end}");
            }
        }
        assert!(strip(&whole[..whole.len() / 2]).is_err(), "{name}");
    }
}

#[test]
fn an_encrypted_pdf_is_refused() {
    let mut pdf = original("certificate.pdf");
    let at = pdf.windows(5).position(|window| window == b"/Root").unwrap();
    pdf.splice(at..at, b"/Encrypt 12 0 R".iter().copied());
    assert_eq!(strip(&pdf).unwrap_err(), AttachmentFault::Encrypted);
}

#[test]
fn a_picture_with_a_wrong_checksum_or_a_part_that_must_not_be_left_out_is_refused() {
    let mut png = original("picture.png");
    let at = png.windows(4).position(|window| window == b"IDAT").unwrap();
    png[at + 6] ^= 1;
    assert_eq!(refused(&png), "this PNG is damaged: a checksum is wrong");
}
