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

/// A colour profile that says whose screen it is for.
pub fn profile() -> Vec<u8> {
    let named = |words: &[u8]| [b"desc\0\0\0\0\0\0\0\x40", words, &[0; 20]].concat();
    let tags: [(&[u8; 4], Vec<u8>); 4] = [
        (b"desc", named(b"Screen of Mr Smith")),
        (b"rXYZ", b"XYZ \0\0\0\0red".to_vec()),
        (b"mmod", b"mmod\0\0\0\0Smith".to_vec()),
        (b"cprt", b"text\0\0\0\0Dr Smith".to_vec()),
    ];
    let mut profile = vec![0; 132 + tags.len() * 12];
    profile[36..40].copy_from_slice(b"acsp");
    profile[48..53].copy_from_slice(b"Smith");
    profile[12..20].copy_from_slice(b"mntrRGB ");
    profile[131] = u8::try_from(tags.len()).unwrap();
    for (at, (name, inside)) in tags.iter().enumerate() {
        let place = 132 + at * 12;
        let start = u32::try_from(profile.len()).unwrap().to_be_bytes();
        let length = u32::try_from(inside.len()).unwrap().to_be_bytes();
        let tag = [&name[..], &start, &length].concat();
        profile[place..place + 12].copy_from_slice(&tag);
        profile.extend(inside);
    }
    let length = u32::try_from(profile.len()).unwrap().to_be_bytes();
    profile[..4].copy_from_slice(&length);
    profile
}

/// An Exif that says how to turn the picture, and more.
fn exif(turn: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x06\0\0\0&\0\0\0".to_vec();
    exif.extend([0x12, 1, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0]);
    exif.extend(b"\0\0\0\0Smith\0 MakerNote GPS");
    exif
}

#[test]
fn a_picture_is_turned_as_it_was_whatever_else_its_exif_said() {
    let photograph = strip(&photograph()).unwrap().bytes;
    let at = photograph.windows(4).position(|window| window == b"Exif").unwrap() - 4;
    let photograph = [&photograph[..at], &photograph[at + 36..]].concat();
    let picture = strip(&original("picture.png")).unwrap().bytes;
    let at = picture.windows(4).position(|name| name == b"eXIf").unwrap() - 4;
    let picture = [&picture[..at], &picture[at + 38..]].concat();
    for turn in 0..=9 {
        let note = segment(0xe1, &[b"Exif\0\0", &exif(turn)[..]].concat());
        let turned = [&photograph[..2], &note, &photograph[2..]].concat();
        let after_header = 8 + 25;
        let (head, rest) = picture.split_at(after_header);
        let end = picture.len() - 12;
        let early = [head, &chunk(*b"eXIf", &exif(turn)), rest].concat();
        let late = [&picture[..end], &chunk(*b"eXIf", &exif(turn)), &picture[end..]].concat();
        for bytes in [turned, early, late] {
            let stripped = strip(&bytes).unwrap();
            let kept = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";
            let kept = [&kept[..], &[turn]].concat();
            assert_eq!(says(&stripped.bytes, &kept), (2..=8).contains(&turn), "{turn}");
            assert!(!says(&stripped.bytes, b"Smith") && !says(&stripped.bytes, b"GPS"));
            assert!(stripped.removed.contains(&Removed::Camera));
            assert_eq!(strip(&stripped.bytes).unwrap().bytes, stripped.bytes);
        }
    }
}

#[test]
fn the_colours_of_a_picture_stay_and_say_whose_screen_it_was_no_more() {
    let profile = profile();
    let plain = strip(&photograph()).unwrap().bytes;
    let (first, second) = profile.split_at(140);
    let part = |number: u8, of: u8, inside: &[u8]| {
        segment(0xe2, &[b"ICC_PROFILE\0", &[number, of][..], inside].concat())
    };
    let at = plain.windows(4).position(|window| window == b"ICC_").unwrap() - 4;
    let length = usize::from(u16::from_be_bytes([plain[at + 2], plain[at + 3]])) + 2;
    let bare = [&plain[..at], &plain[at + length..]].concat();
    for parts in [part(1, 1, &profile), [part(1, 2, first), part(2, 2, second)].concat()] {
        let bytes = [&bare[..2], &parts, &bare[2..]].concat();
        let stripped = strip(&bytes).unwrap();
        assert!(!says(&stripped.bytes, b"Smith") && says(&stripped.bytes, b"acsp"));
        assert!(says(&stripped.bytes, b"XYZ \0\0\0\0red"));
        assert_eq!(stripped.bytes.len(), bytes.len());
    }
    let twice = [&bare[..2], &part(1, 1, &profile), &part(1, 1, &profile), &bare[2..]].concat();
    assert!(strip(&twice).is_err());
    let no_profile = [&bare[..2], &part(1, 1, b"Smith was here"), &bare[2..]].concat();
    assert!(!says(&strip(&no_profile).unwrap().bytes, b"Smith"));

    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&profile, 6);
    let inside = [b"Screen of Smith\0\0", &packed[..]].concat();
    let plain = strip(&original("picture.png")).unwrap().bytes;
    let bytes = [&plain[..33], &chunk(*b"iCCP", &inside), &plain[33..]].concat();
    let stripped = strip(&bytes).unwrap().bytes;
    let at = stripped.windows(4).position(|name| name == b"iCCP").unwrap() + 4;
    assert_eq!(&stripped[at..at + 5], b"ICC\0\0");
    let left = miniz_oxide::inflate::decompress_to_vec_zlib(&stripped[at + 5..]).unwrap();
    assert!(!says(&left, b"Smith") && says(&left, b"XYZ \0\0\0\0red"));
    for broken in [&b"Smith"[..], b"Smith\0\0Smith", b"Smith\0\x01"] {
        let bytes = [&plain[..33], &chunk(*b"iCCP", broken), &plain[33..]].concat();
        assert_eq!(strip(&bytes).unwrap().bytes, plain);
    }
}
