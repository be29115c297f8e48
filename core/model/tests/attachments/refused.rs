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

#[test]
fn a_picture_of_more_pixels_than_a_phone_shows_is_refused_however_few_its_bytes() {
    let mut jpeg = original("photograph.jpg");
    let at = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[at + 5..at + 9].fill(0xff);
    let words = "this picture is 65535 by 65535 pixels, and an attachment has at most 250 million; \
        make it smaller";
    assert_eq!(refused(&jpeg), words);
    jpeg[at + 5..at + 7].fill(0);
    assert_eq!(refused(&jpeg), "this JPEG is damaged: it has no size");
}

#[test]
fn pictures_of_other_kinds_are_refused_with_words_whatever_they_are_called() {
    let neither = "only photographs (JPEG, PNG) and PDFs can be attached, and this is neither";
    for other in [
        &b"RIFF\x24\0\0\0WEBPVP8X"[..],
        b"II*\0\x08\0\0\0",
        b"MM\0*\0\0\0\x08",
        b"MM\0+\0\x08\0\0",
        b"BM\x36\0\0\0",
        b"\0\0\0\x0cjP  \r\n\x87\n",
        b"\xff\x4f\xff\x51",
        b"\0\0\0\x18ftypmp42\0\0\0\0",
        b"\0\0\0\x1cftypavif\0\0\0\0",
        b"\0\0\0\x18ftypcrx \0\0\0\0",
        b"\0\0\x01\0\x01\0",
        b"PK\x03\x04",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8",
        b"\x89PNG",
        b"%PDF",
        &[0; 64],
    ] {
        assert_eq!(refused(other), neither, "{}", String::from_utf8_lossy(other));
    }
    for brand in ["heic", "heix", "mif1", "msf1", "hevc", "miaf"] {
        let heif = [b"\0\0\0\x18ftyp", brand.as_bytes(), b"\0\0\0\0meta"].concat();
        assert!(refused(&heif).contains("send it as JPEG"), "{brand}");
    }
}
