//! The words of a PDF: names, texts, numbers, and what they make together, each with its place.

use std::ops::Range;

use super::{
    super::super::AttachmentFault,
    bytes::{count, find, is_blank},
    faults::{damaged, unreadable},
};

/// How deep dictionaries stand in each other: an honest file has a dozen.
const MOST_DEPTH: usize = 64;
/// Values in one object.
const MOST_VALUES: usize = 1 << 19;

/// Digits of a number of an object, or of the length of a stream.
const MOST_DIGITS: usize = 10;

/// A value, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) place: Range<usize>,
    pub(super) value: Value,
}

#[derive(Debug, Clone)]
pub(super) enum Value {
    Dictionary(Vec<Pair>),
    /// Numbers that stand in it are left out.
    Array(Vec<Node>),
    /// To an object, by its number.
    Reference(u32),
    /// With its escapes undone.
    Name(Vec<u8>),
    /// None below zero, and none with a fraction.
    Number(usize),
    Other,
}

/// A name in a dictionary with its value, and where both stand.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) name: Vec<u8>,
    pub(super) place: Range<usize>,
    pub(super) node: Node,
}

impl Node {
    /// The value with this name, if it is a dictionary that has it.
    pub(super) fn get(&self, name: &[u8]) -> Option<&Self> {
        let Value::Dictionary(pairs) = &self.value else { return None };
        pairs.iter().find(|pair| pair.name == name).map(|pair| &pair.node)
    }

    /// Whether this name has that name as its value.
    pub(super) fn says(&self, name: &[u8], what: &[u8]) -> bool {
        matches!(self.get(name), Some(Self { value: Value::Name(said), .. }) if said == what)
    }
}

/// Reads one word after the other.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// Where remarks stood, from their sign to the end of their line.
    remarks: Vec<Range<usize>>,
    values: usize,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, remarks: Vec::new(), values: 0 }
    }

    pub(super) fn left(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Goes past blanks and remarks.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            self.at += count(self.left(), is_blank);
            if !self.left().starts_with(b"%") {
                return;
            }
            let line = count(self.left(), |byte| !matches!(byte, b'\r' | b'\n'));
            self.remarks.push(self.at..self.at + line);
            self.at += line;
        }
    }

    /// Says where there were remarks since it was last asked.
    pub(super) fn take_remarks(&mut self, remarks: &mut Vec<Range<usize>>) {
        remarks.append(&mut self.remarks);
    }

    /// Goes past this word if it comes next.
    pub(super) fn takes(&mut self, word: &[u8]) -> bool {
        let after = self.left().strip_prefix(word);
        let is_next = after.is_some_and(|after| !after.first().is_some_and(|it| is_regular(*it)));
        self.at += if is_next { word.len() } else { 0 };
        is_next
    }

    /// Goes past a number that comes next, with the blanks before it.
    pub(super) fn number(&mut self) -> Option<usize> {
        let blanks = count(self.left(), is_blank);
        let left = self.left().get(blanks..)?;
        let digits = left.iter().take(MOST_DIGITS).take_while(|byte| byte.is_ascii_digit());
        let digits = left.get(..digits.count())?;
        let number = std::str::from_utf8(digits).ok()?.parse().ok()?;
        self.at += blanks + digits.len();
        Some(number)
    }

    /// Goes past the head of an object, `12 0 obj`, and says its number.
    pub(super) fn head(&mut self) -> Option<u32> {
        self.two_numbers_and(b"obj")
    }

    fn two_numbers_and(&mut self, word: &[u8]) -> Option<u32> {
        let start = self.at;
        let number = self.number().and_then(|number| {
            self.number()?;
            self.at += count(self.left(), is_blank);
            self.takes(word).then_some(number)
        });
        if number.is_none() {
            self.at = start;
        }
        u32::try_from(number?).ok()
    }

    /// Goes past a value.
    pub(super) fn value(&mut self) -> Result<Node, AttachmentFault> {
        self.values = 0;
        self.value_in(0)
    }

    fn value_in(&mut self, depth: usize) -> Result<Node, AttachmentFault> {
        self.values += 1;
        if depth > MOST_DEPTH || self.values > MOST_VALUES {
            return Err(unreadable("its parts stand too deep in each other, or are too many"));
        }
        self.skip_blanks();
        let start = self.at;
        let value = match self.left() {
            [b'<', b'<', ..] => self.dictionary(depth)?,
            [b'<', ..] => self.digits()?,
            [b'(', ..] => self.text()?,
            [b'[', ..] => self.array(depth)?,
            [b'/', ..] => Value::Name(self.name()),
            [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => self.reference_or_number(),
            _ if [&b"true"[..], b"false", b"null"].iter().any(|it| self.takes(it)) => Value::Other,
            _ => return Err(unfit()),
        };
        Ok(Node { place: start..self.at, value })
    }

    fn dictionary(&mut self, depth: usize) -> Result<Value, AttachmentFault> {
        self.at += 2;
        let mut pairs = Vec::new();
        loop {
            self.skip_blanks();
            let start = self.at;
            match self.left() {
                [b'>', b'>', ..] => {
                    self.at += 2;
                    return Ok(Value::Dictionary(pairs));
                }
                [b'/', ..] => {
                    let name = self.name();
                    let node = self.value_in(depth + 1)?;
                    pairs.push(Pair { name, place: start..self.at, node });
                }
                _ => return Err(unfit()),
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, AttachmentFault> {
        self.at += 1;
        let mut nodes = Vec::new();
        loop {
            self.skip_blanks();
            if self.left().starts_with(b"]") {
                self.at += 1;
                return Ok(Value::Array(nodes));
            }
            let node = self.value_in(depth + 1)?;
            if matches!(node.value, Value::Number(_)) {
                self.values -= 1;
            } else {
                nodes.push(node);
            }
        }
    }

    fn reference_or_number(&mut self) -> Value {
        if let Some(object) = self.two_numbers_and(b"R") {
            return Value::Reference(object);
        }
        let digits = self.left().get(..count(self.left(), is_regular)).unwrap_or_default();
        self.at += digits.len();
        let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
        number.map_or(Value::Other, Value::Number)
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let written = self.left().get(..count(self.left(), is_regular)).unwrap_or_default();
        self.at += written.len();
        let mut name = Vec::with_capacity(written.len());
        let mut left = written;
        while let Some((first, after)) = left.split_first() {
            let escaped = (*first == b'#').then(|| after.split_first_chunk::<2>()).flatten();
            let escaped = escaped.and_then(|(digits, after)| {
                let digits = std::str::from_utf8(digits).ok()?;
                Some((u8::from_str_radix(digits, 16).ok()?, after))
            });
            let (byte, rest) = escaped.unwrap_or((*first, after));
            name.push(byte);
            left = rest;
        }
        name
    }

    /// A text in digits, `<6f66206469676974>`.
    fn digits(&mut self) -> Result<Value, AttachmentFault> {
        let length = find(self.left(), b">").ok_or(damaged("it is cut off"))?;
        let inside = self.left().get(1..length).unwrap_or_default();
        if !inside.iter().all(|byte| byte.is_ascii_hexdigit() || is_blank(*byte)) {
            return Err(unfit());
        }
        self.at += length + 1;
        Ok(Value::Other)
    }

    /// A text in letters, `(of (many) letters)`.
    pub(super) fn text(&mut self) -> Result<Value, AttachmentFault> {
        let (mut depth, mut is_escaped) = (0_usize, false);
        for (at, byte) in self.left().iter().enumerate() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'(' => depth += 1,
                b')' if depth == 1 => {
                    self.at += at + 1;
                    return Ok(Value::Other);
                }
                b')' => depth -= 1,
                _ => {}
            }
        }
        Err(damaged("it is cut off"))
    }
}

const fn unfit() -> AttachmentFault {
    unreadable("its parts do not fit together")
}

pub(super) const fn is_regular(byte: u8) -> bool {
    !is_blank(byte)
        && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// The same words with as few blanks between them as can be; there are no remarks among them.
pub(super) fn squeezed(words: &[u8]) -> Vec<u8> {
    let mut squeezed = Vec::with_capacity(words.len());
    let mut reader = Reader::new(words, 0);
    while let Some(first) = reader.left().first() {
        let start = reader.at;
        if is_blank(*first) {
            reader.at += count(reader.left(), is_blank);
            let before = squeezed.last().is_some_and(|it| is_regular(*it) || *it == b'/');
            if before && reader.left().first().is_some_and(|it| is_regular(*it)) {
                squeezed.push(b' ');
            }
        } else {
            if *first != b'(' || reader.text().is_err() {
                reader.at += 1;
            }
            squeezed.extend(words.get(start..reader.at).unwrap_or_default());
        }
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_squeezed_mean_the_same() {
        let words = b"<< /A  [ 1\r\n2 (a  \\( (b) ) <0a> ] /B / 3 /C 4 0 R  >> q 1 0 0 rg f* Q ";
        let squeezed = squeezed(words);
        assert_eq!(squeezed, b"<</A[1 2(a  \\( (b) )<0a>]/B/ 3/C 4 0 R>>q 1 0 0 rg f* Q");
        assert_eq!(super::squeezed(&squeezed), squeezed);
    }
}
