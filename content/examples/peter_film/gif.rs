//! Writes an animated GIF of sixteen colours (`GIF89a`; its appendix F says how to pack).

use std::collections::BTreeMap;

const BITS: u8 = 4;
const CLEAR: u16 = 1 << BITS;
const END: u16 = CLEAR + 1;
const MOST_CODES: u16 = 4096;

/// A film being written.
pub struct Gif {
    width: u16,
    height: u16,
    bytes: Vec<u8>,
}

impl Gif {
    /// Begins a film.
    pub fn new(width: u16, height: u16, colours: &[[u8; 3]; 16]) -> Self {
        let mut bytes = b"GIF89a".to_vec();
        bytes.extend(width.to_le_bytes());
        bytes.extend(height.to_le_bytes());
        bytes.extend([0xb0 | (BITS - 1), 0, 0]);
        bytes.extend(colours.as_flattened());
        Self { width, height, bytes }
    }

    /// Adds a picture that is shown for this many hundredths of a second.
    pub fn frame(&mut self, picture: &[u8], hundredths: u16) {
        self.bytes.extend([0x21, 0xf9, 4, 0]);
        self.bytes.extend(hundredths.to_le_bytes());
        self.bytes.extend([0, 0, 0x2c, 0, 0, 0, 0]);
        self.bytes.extend(self.width.to_le_bytes());
        self.bytes.extend(self.height.to_le_bytes());
        self.bytes.extend([0, BITS]);
        for block in packed(picture).chunks(255) {
            self.bytes.extend(u8::try_from(block.len()));
            self.bytes.extend(block);
        }
        self.bytes.push(0);
    }

    /// Ends the film.
    pub fn finish(mut self) -> Vec<u8> {
        self.bytes.push(0x3b);
        self.bytes
    }
}

/// The picture as LZW codes.
fn packed(picture: &[u8]) -> Vec<u8> {
    let mut bits = Bits { bytes: Vec::new(), pending: 0, held: 0 };
    let mut codes = BTreeMap::new();
    let (mut size, mut next) = (BITS + 1, END + 1);
    bits.push(CLEAR, size);
    let mut pixels = picture.iter().copied();
    let mut prefix = pixels.next().map_or(CLEAR, u16::from);
    for pixel in pixels {
        if let Some(code) = codes.get(&(prefix, pixel)) {
            prefix = *code;
            continue;
        }
        bits.push(prefix, size);
        if next == MOST_CODES {
            bits.push(CLEAR, size);
            codes.clear();
            (size, next) = (BITS + 1, END + 1);
        } else {
            codes.insert((prefix, pixel), next);
            // The reader learns this code one step later, so it is the first to need the new size.
            size += u8::from(next == 1 << size);
            next += 1;
        }
        prefix = u16::from(pixel);
    }
    bits.push(prefix, size);
    bits.push(END, size);
    bits.finish()
}

/// Codes of several sizes packed into bytes, lowest bit first.
struct Bits {
    bytes: Vec<u8>,
    pending: u32,
    held: u8,
}

impl Bits {
    fn push(&mut self, code: u16, size: u8) {
        self.pending |= u32::from(code) << self.held;
        self.held += size;
        while self.held >= 8 {
            self.take_byte();
            self.held -= 8;
        }
    }

    fn finish(mut self) -> Vec<u8> {
        if self.held > 0 {
            self.take_byte();
        }
        self.bytes
    }

    fn take_byte(&mut self) {
        let [lowest, ..] = self.pending.to_le_bytes();
        self.bytes.push(lowest);
        self.pending >>= 8;
    }
}
