//! What photographs say beside the picture, in all the places where they do.

use enhance_model::attachment::{Removed, strip};

use super::{made::photograph, original, says};

fn segment(marker: u8, inside: &[u8]) -> Vec<u8> {
    let length = u16::try_from(inside.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], inside].concat()
}

fn chunk(name: [u8; 4], inside: &[u8]) -> Vec<u8> {
    let mut sum = u32::MAX;
    for byte in name.iter().chain(inside) {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
        }
    }
    let length = u32::try_from(inside.len()).unwrap().to_be_bytes();
    [&length[..], &name, inside, &(!sum).to_be_bytes()].concat()
}

#[test]
fn a_photograph_loses_its_notes_wherever_they_stand_and_its_second_pictures() {
    let plain = strip(&photograph()).unwrap().bytes;
    let scan = plain.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    let end = plain.len() - 2;
    let notes = [
        (segment(0xe2, b"MPF\0Smith"), Removed::Preview),
        (segment(0xe1, b"Exif\0\0II*\0\x08\0\0\0\0\0Smith"), Removed::Camera),
        (segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0Smith"), Removed::Notes),
        (segment(0xe1, b"http://ns.adobe.com/xmp/extension/\0Smith"), Removed::Notes),
        (segment(0xed, b"Photoshop 3.0\0Smith"), Removed::Notes),
        (segment(0xeb, b"JP\0\x01Smith"), Removed::Notes),
        (segment(0xe0, b"JFXX\0\x10Smith"), Removed::Preview),
        (segment(0xfe, b"Smith"), Removed::Comments),
    ];
    for (note, what) in &notes {
        for at in [2, scan, end] {
            let bytes = [&plain[..at], note, &plain[at..]].concat();
            let stripped = strip(&bytes).unwrap();
            assert_eq!(stripped.bytes, plain, "{what:?} at {at}");
            assert!(stripped.removed.contains(what), "{what:?} at {at}");
        }
    }
    let all: Vec<u8> = notes.iter().flat_map(|(note, _)| note.clone()).collect();
    let second = [&plain[..2], &all, &plain[2..], &plain, b"ftypmp42 Smith"].concat();
    let stripped = strip(&second).unwrap();
    assert_eq!(stripped.bytes, plain);
    assert!(stripped.removed.contains(&Removed::Rest));
}

#[test]
fn a_picture_loses_texts_times_and_what_comes_after_its_end() {
    let plain = strip(&original("picture.png")).unwrap().bytes;
    let after_header = 8 + 25;
    let end = plain.len() - 12;
    for (name, what) in [
        (b"tEXt", Removed::Comments),
        (b"zTXt", Removed::Comments),
        (b"iTXt", Removed::Comments),
        (b"eXIf", Removed::Camera),
        (b"tIME", Removed::Camera),
        (b"caBX", Removed::Notes),
        (b"iDOT", Removed::Notes),
    ] {
        for at in [after_header, end] {
            let bytes = [&plain[..at], &chunk(*name, b"Author\0Smith"), &plain[at..]].concat();
            let stripped = strip(&[&bytes[..], b"Smith"].concat()).unwrap();
            assert_eq!(stripped.bytes, plain, "{what:?} at {at}");
            assert!(stripped.removed.contains(&what) && stripped.removed.contains(&Removed::Rest));
            assert!(!says(&stripped.bytes, b"Smith"));
        }
    }
}
