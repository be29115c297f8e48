//! How the streams of a PDF are packed: unpacked to a bound, and packed again the same way.

use miniz_oxide::{
    deflate::compress_to_vec_zlib,
    inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit},
};

use super::{
    super::super::AttachmentFault,
    bytes::{count, is_blank},
    faults::unreadable,
    file::{MOST_PARTS, too_many},
};

/// Bytes that the packed parts of a file unpack to, together.
const MOST_UNPACKED: usize = 128 << 20;

/// The greatest effort that is worth its time.
const EFFORT: u8 = 10;
/// Bytes that a run of different ones has at most.
const RUN: usize = 128;

/// A way in which a stream is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    Hex,
    Base85,
    Runs,
    Deflate,
    Jpeg,
    Jpeg2000,
    /// One that is not unpacked here.
    Other,
}

impl Filter {
    /// The filter of this name, also of the short one.
    pub(super) fn named(name: &[u8]) -> Result<Self, AttachmentFault> {
        Ok(match name {
            b"ASCIIHexDecode" | b"AHx" => Self::Hex,
            b"ASCII85Decode" | b"A85" => Self::Base85,
            b"RunLengthDecode" | b"RL" => Self::Runs,
            b"FlateDecode" | b"Fl" => Self::Deflate,
            b"DCTDecode" | b"DCT" => Self::Jpeg,
            b"JPXDecode" => Self::Jpeg2000,
            b"LZWDecode" | b"LZW" | b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode" => Self::Other,
            _ => return Err(unreadable("a part of it is packed in a way that is not known")),
        })
    }

    /// Whether what it makes is a photograph.
    pub(super) const fn is_photograph(self) -> bool {
        matches!(self, Self::Jpeg | Self::Jpeg2000)
    }

    fn unpack(self, bytes: &[u8], most: usize) -> Result<Vec<u8>, AttachmentFault> {
        match self {
            Self::Hex => hex(bytes),
            Self::Base85 => base85(bytes, most),
            Self::Runs => runs(bytes, most),
            Self::Deflate => decompress_to_vec_zlib_with_limit(bytes, most).map_err(|error| {
                if error.status == TINFLStatus::HasMoreOutput { too_much() } else { unfit() }
            }),
            Self::Jpeg | Self::Jpeg2000 | Self::Other => {
                Err(unreadable("a part of it is packed in a way that cannot be unpacked here"))
            }
        }
    }

    fn pack(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Hex => (data_encoding::HEXUPPER.encode(bytes) + ">").into_bytes(),
            Self::Base85 => to_base85(bytes),
            Self::Runs => to_runs(bytes),
            Self::Deflate => compress_to_vec_zlib(bytes, EFFORT),
            Self::Jpeg | Self::Jpeg2000 | Self::Other => bytes.to_vec(),
        }
    }
}

/// What a file may still unpack to.
pub(super) struct Room {
    bytes: usize,
    objects: usize,
}

impl Room {
    pub(super) const fn new() -> Self {
        Self { bytes: MOST_UNPACKED, objects: MOST_PARTS }
    }

    /// Makes room for so many objects of a packed part.
    pub(super) fn take_objects(&mut self, count: usize) -> Result<(), AttachmentFault> {
        self.objects = self.objects.checked_sub(count).ok_or_else(too_many)?;
        Ok(())
    }

    /// Undoes one filter after the other.
    pub(super) fn unpack(
        &mut self,
        filters: &[Filter],
        bytes: &[u8],
    ) -> Result<Vec<u8>, AttachmentFault> {
        let mut unpacked = bytes.to_vec();
        for filter in filters {
            unpacked = filter.unpack(&unpacked, self.bytes)?;
            self.bytes = self.bytes.checked_sub(unpacked.len()).ok_or_else(too_much)?;
        }
        Ok(unpacked)
    }
}

/// Packs with the same filters; refuses what takes more room than there was before.
pub(super) fn pack(
    filters: &[Filter],
    bytes: Vec<u8>,
    room: usize,
) -> Result<Vec<u8>, AttachmentFault> {
    let packed = filters.iter().rev().fold(bytes, |bytes, filter| filter.pack(&bytes));
    if packed.len() > room {
        return Err(unreadable("a part of it cannot be packed again in the room that it had"));
    }
    Ok(packed)
}

const fn unfit() -> AttachmentFault {
    unreadable("a packed part of it is damaged")
}

pub(super) const fn too_much() -> AttachmentFault {
    unreadable("it unpacks to more than 128 MiB")
}

fn hex(bytes: &[u8]) -> Result<Vec<u8>, AttachmentFault> {
    let digits = bytes.iter().take_while(|byte| **byte != b'>').filter(|byte| !is_blank(**byte));
    let mut digits: Vec<u8> = digits.copied().collect();
    if digits.len() % 2 == 1 {
        digits.push(b'0');
    }
    data_encoding::HEXLOWER_PERMISSIVE.decode(&digits).map_err(|_| unfit())
}

/// Four bytes in five signs, from `!` to `u`; `z` for four times nothing.
fn base85(bytes: &[u8], most: usize) -> Result<Vec<u8>, AttachmentFault> {
    let bytes = bytes.get(count(bytes, is_blank)..).unwrap_or_default();
    let bytes = bytes.strip_prefix(b"<~").unwrap_or(bytes);
    let (mut unpacked, mut group) = (Vec::new(), Vec::with_capacity(5));
    for byte in bytes.iter().copied().take_while(|byte| *byte != b'~') {
        match byte {
            b'z' if group.is_empty() => unpacked.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ if is_blank(byte) => {}
            _ => return Err(unfit()),
        }
        if group.len() == 5 {
            unpacked.extend(four(&group)?);
            group.clear();
        }
        if unpacked.len() > most {
            return Err(too_much());
        }
    }
    if !group.is_empty() {
        let length = group.len() - 1;
        group.resize(5, 84);
        unpacked.extend(four(&group)?.into_iter().take(length));
    }
    Ok(unpacked)
}

fn four(group: &[u32]) -> Result<[u8; 4], AttachmentFault> {
    let add = |sum: u32, digit: &u32| sum.checked_mul(85)?.checked_add(*digit);
    let sum = group.iter().try_fold(0, add).ok_or_else(unfit)?;
    Ok(sum.to_be_bytes())
}

fn to_base85(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() / 4 * 5 + 7);
    for chunk in bytes.chunks(4) {
        let mut four = [0; 4];
        four[..chunk.len()].copy_from_slice(chunk);
        let sum = u32::from_be_bytes(four);
        let signs = [85_u32.pow(4), 85_u32.pow(3), 85_u32.pow(2), 85, 1]
            .map(|weight| (sum / weight % 85).to_le_bytes()[0] + b'!');
        packed.extend(&signs[..=chunk.len()]);
    }
    packed.extend(b"~>");
    packed
}

/// A length below 128 and one byte more than that, or a length above and one byte as often as is
/// lacking to 257.
fn runs(bytes: &[u8], most: usize) -> Result<Vec<u8>, AttachmentFault> {
    let mut unpacked = Vec::new();
    let mut left = bytes;
    while let Some((length, after)) = left.split_first().filter(|(length, _)| **length != 128) {
        let length = usize::from(*length);
        if length < RUN {
            let (run, after) = after.split_at_checked(length + 1).ok_or_else(unfit)?;
            unpacked.extend(run);
            left = after;
        } else {
            let (byte, after) = after.split_first().ok_or_else(unfit)?;
            unpacked.extend(std::iter::repeat_n(*byte, 257 - length));
            left = after;
        }
        if unpacked.len() > most {
            return Err(too_much());
        }
    }
    Ok(unpacked)
}

fn to_runs(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() + bytes.len() / RUN + 2);
    for run in bytes.chunks(RUN) {
        packed.extend((run.len() - 1).to_le_bytes().first());
        packed.extend(run);
    }
    packed.push(128);
    packed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PACKING: [Filter; 4] = [Filter::Hex, Filter::Base85, Filter::Runs, Filter::Deflate];

    proptest! {
        #[test]
        fn what_is_packed_unpacks_to_the_same(
            bytes in prop::collection::vec(any::<u8>(), 0..700),
            filters in prop::collection::vec(prop::sample::select(&PACKING[..]), 0..4),
        ) {
            let packed = pack(&filters, bytes.clone(), usize::MAX).unwrap();
            prop_assert_eq!(Room::new().unpack(&filters, &packed).unwrap(), bytes);
        }

        #[test]
        fn bytes_of_no_sense_are_unpacked_to_the_bound_or_refused(
            bytes in prop::collection::vec(any::<u8>(), 0..700),
            filter in prop::sample::select(&PACKING[..]),
        ) {
            let mut room = Room { bytes: 1000, objects: 0 };
            if let Ok(unpacked) = room.unpack(&[filter], &bytes) {
                prop_assert!(unpacked.len() <= 1000);
            }
        }
    }

    #[test]
    fn what_others_packed_unpacks_as_they_meant_it() {
        assert_eq!(hex(b"4 1\n4>zz").unwrap(), b"A@");
        assert_eq!(base85(b" <~87cURD]i,\"Ebo80~>", 99).unwrap(), b"Hello World!");
        assert_eq!(base85(b"z!!~>", 99).unwrap(), [0; 5]);
        assert_eq!(runs(&[1, 7, 8, 254, 9, 128, 55], 99).unwrap(), [7, 8, 9, 9, 9]);
        assert!(base85(b"uuuuu~>", 99).is_err() && runs(&[4, 1], 99).is_err());
    }
}
