//! PNG (W3C): a row of chunks, each with its checksum. Those that make the picture and its colours
//! are kept, and of Exif the way it is to be turned; texts, times and what programs added are not.

use std::collections::BTreeSet;

use miniz_oxide::{deflate::compress_to_vec_zlib, inflate::decompress_to_vec_zlib_with_limit};

use super::{
    super::{AttachmentFault, check_pixels},
    colours,
    removed::Removed,
    turned,
};

const SIGNATURE_BYTES: usize = 8;

/// Chunks without which it is no picture, and those that say how its colours are meant.
const KEPT: [&[u8; 4]; 12] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"cICP",
    b"bKGD", b"pHYs",
];

/// What a colour profile is called here, with how it is packed.
const PROFILE: &[u8] = b"ICC\0\0";
/// Bytes of a colour profile, unpacked.
const MOST_PROFILE: usize = 4 << 20;
const EFFORT: u8 = 10;

const fn damaged(why: &'static str) -> AttachmentFault {
    AttachmentFault::Damaged { what: "PNG", why }
}

/// The picture without its notes. What follows its end is left out.
pub(super) fn strip(
    bytes: &[u8],
    removed: &mut BTreeSet<Removed>,
) -> Result<Vec<u8>, AttachmentFault> {
    let (signature, mut left) =
        bytes.split_at_checked(SIGNATURE_BYTES).ok_or(damaged("it is cut off"))?;
    let mut kept = signature.to_vec();
    let mut has_picture = false;
    let mut kept_in_part = BTreeSet::new();
    loop {
        let is_first = kept.len() == SIGNATURE_BYTES;
        let (chunk, rest) = Chunk::read(left)?;
        left = rest;
        if is_first != (chunk.name == b"IHDR") {
            return Err(damaged("its parts are not in their order"));
        }
        if is_first {
            check_pixels(chunk.size().ok_or(damaged("it has no size"))?)?;
        }
        has_picture |= chunk.name == b"IDAT";
        if KEPT.contains(&chunk.name) {
            kept.extend(chunk.whole);
        } else if chunk.is_needed() {
            return Err(damaged("it has a part that no picture has"));
        } else {
            let part = chunk.in_part().filter(|_| kept_in_part.insert(chunk.name));
            if part.as_deref() != Some(chunk.inside) {
                removed.insert(chunk.what());
            }
            if let Some(part) = part {
                write(chunk.name, &part, &mut kept);
            }
        }
        if chunk.name == b"IEND" {
            if !has_picture || !chunk.inside.is_empty() {
                return Err(damaged("there is no picture in it"));
            }
            if !left.is_empty() {
                removed.insert(Removed::Rest);
            }
            return Ok(kept);
        }
    }
}

/// One part of a picture.
struct Chunk<'a> {
    name: &'a [u8; 4],
    inside: &'a [u8],
    /// With its length, name and checksum.
    whole: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// The first chunk, if its checksum is right, and what comes after it.
    fn read(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), AttachmentFault> {
        let cut = || damaged("it is cut off");
        let (length, after) = bytes.split_first_chunk::<4>().ok_or_else(cut)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| cut())?;
        let (name, after) = after.split_first_chunk::<4>().ok_or_else(cut)?;
        let (inside, after) = after.split_at_checked(length).ok_or_else(cut)?;
        let (sum, rest) = after.split_first_chunk::<4>().ok_or_else(cut)?;
        if crc32(&[name, inside]) != u32::from_be_bytes(*sum) {
            return Err(damaged("a checksum is wrong"));
        }
        let whole = bytes.get(..bytes.len() - rest.len()).ok_or_else(cut)?;
        Ok((Self { name, inside, whole }, rest))
    }

    /// Whether no picture can be shown without it: its name begins with a capital.
    fn is_needed(&self) -> bool {
        self.name.first().is_some_and(u8::is_ascii_uppercase)
    }

    /// What is kept of one of which not all is, not longer than it was: the way the picture is to
    /// be turned, and its colours.
    fn in_part(&self) -> Option<Vec<u8>> {
        let inside = match self.name {
            b"eXIf" => turned::exif_of_turn(self.inside)?.to_vec(),
            b"iCCP" => {
                let name = self.inside.iter().position(|byte| *byte == 0)?;
                let packed = self.inside.get(name..)?.strip_prefix(&[0, 0])?;
                let profile = decompress_to_vec_zlib_with_limit(packed, MOST_PROFILE).ok()?;
                let profile = colours::is_profile(&profile).then_some(profile)?;
                let left = colours::stripped(&profile, &mut BTreeSet::new()).unwrap_or(profile);
                [PROFILE, &compress_to_vec_zlib(&left, EFFORT)].concat()
            }
            _ => return None,
        };
        (inside.len() <= self.inside.len()).then_some(inside)
    }

    /// How wide and high the picture is, if this is the header.
    fn size(&self) -> Option<(u32, u32)> {
        let (width, after) = self.inside.split_first_chunk::<4>()?;
        let height = after.first_chunk::<4>()?;
        let size = (u32::from_be_bytes(*width), u32::from_be_bytes(*height));
        (self.inside.len() == 13 && size.0 > 0 && size.1 > 0).then_some(size)
    }

    /// What it is that is left out.
    fn what(&self) -> Removed {
        match self.name {
            b"eXIf" | b"tIME" => Removed::Camera,
            b"tEXt" | b"zTXt" | b"iTXt" => Removed::Comments,
            _ => Removed::Notes,
        }
    }
}

fn write(name: &[u8], inside: &[u8], kept: &mut Vec<u8>) {
    kept.extend(u32::try_from(inside.len()).unwrap_or(u32::MAX).to_be_bytes());
    kept.extend(name);
    kept.extend(inside);
    kept.extend(crc32(&[name, inside]).to_be_bytes());
}

/// The checksum of a chunk (ISO 3309), byte by byte.
fn crc32(parts: &[&[u8]]) -> u32 {
    const TABLE: [u32; 256] = table();
    let bytes = parts.iter().flat_map(|part| part.iter());
    !bytes.fold(u32::MAX, |sum, byte| {
        let at = usize::from(byte ^ (sum & 0xff).to_le_bytes()[0]);
        TABLE[at] ^ (sum >> 8)
    })
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    let mut first = 0_u32;
    while at < table.len() {
        let mut sum = first;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
            bit += 1;
        }
        table[at] = sum;
        at += 1;
        first += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(crc32(&[b"IEND", b""]), 0xae42_6082);
        assert_eq!(crc32(&[b"123456789"]), 0xcbf4_3926);
    }
}
