//! Reading bytes from strangers: nothing is allocated by what they claim, and every number
//! has one spelling only.

use enhance_model::RefusalCode;

/// What is left to read.
#[derive(Debug, Clone, Copy)]
pub struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    /// Begins at the first of these bytes.
    pub const fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    /// Whether everything was read.
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// How many are left.
    pub const fn len(&self) -> u64 {
        self.rest.len() as u64
    }

    /// The next `count` bytes.
    pub fn take(&mut self, count: u64) -> Result<&'a [u8], RefusalCode> {
        let count = usize::try_from(count).map_err(|_| RefusalCode::Malformed)?;
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(RefusalCode::Malformed)?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next bytes as an array.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], RefusalCode> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(RefusalCode::Malformed)?;
        self.rest = rest;
        Ok(*taken)
    }

    fn byte(&mut self) -> Result<u8, RefusalCode> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// The next LEB128 number without sign.
    pub fn unsigned(&mut self) -> Result<u64, RefusalCode> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(RefusalCode::Malformed);
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                let is_overlong = shift > 0 && byte == 0;
                return if is_overlong { Err(RefusalCode::Malformed) } else { Ok(number) };
            }
        }
        Err(RefusalCode::Malformed)
    }

    /// The next LEB128 number with sign.
    pub fn signed(&mut self) -> Result<i64, RefusalCode> {
        let mut number = 0_i64;
        let mut previous = 0_u8;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = i64::from(byte & 0x7f);
            if shift == 63 && byte != 0 && byte != 0x7f {
                return Err(RefusalCode::Malformed);
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                let was_negative = previous & 0x40 != 0;
                let is_overlong =
                    shift > 0 && (byte == 0 && !was_negative || byte == 0x7f && was_negative);
                if is_overlong {
                    return Err(RefusalCode::Malformed);
                }
                let is_negative = byte & 0x40 != 0;
                if is_negative && shift < 57 {
                    number |= -1 << (shift + 7);
                }
                return Ok(number);
            }
            previous = byte;
        }
        Err(RefusalCode::Malformed)
    }
}

/// A number as LEB128 writes it.
pub fn write_unsigned(mut number: u64, out: &mut Vec<u8>) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            return out.push(low & 0x7f);
        }
        out.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_at_the_ends_of_their_range_are_read() {
        for (bytes, number) in [
            (&[0x00][..], 0),
            (&[0x7f], -1),
            (&[0xff, 0x00], 127),
            (&[0x80, 0x7f], -128),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00], i64::MAX),
            (&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f], i64::MIN),
        ] {
            assert_eq!(Bytes::new(bytes).signed(), Ok(number), "{bytes:x?}");
        }
        for number in [0, 1, 127, 128, 300, u64::MAX] {
            let mut bytes = Vec::new();
            write_unsigned(number, &mut bytes);
            assert_eq!(Bytes::new(&bytes).unsigned(), Ok(number));
        }
    }

    #[test]
    fn a_number_written_longer_than_needed_is_refused() {
        assert_eq!(Bytes::new(&[0x81, 0x00]).unsigned(), Err(RefusalCode::Malformed));
        assert_eq!(Bytes::new(&[0xff, 0x7f]).signed(), Err(RefusalCode::Malformed));
        assert_eq!(Bytes::new(&[0x80; 11]).unsigned(), Err(RefusalCode::Malformed));
        assert_eq!(Bytes::new(&[0x80]).unsigned(), Err(RefusalCode::Malformed));
    }
}
