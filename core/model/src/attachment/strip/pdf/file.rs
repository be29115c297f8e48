//! Where the parts of a PDF stand: its objects, and what says where these are. They are read from
//! the first byte to the last, not by the places that the file names, so that nothing in between is
//! passed over.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    super::{super::AttachmentFault, removed::Removed},
    bytes::{count, find, is_blank},
    faults::{damaged, unreadable},
    kinds::{Family, Kind},
    reader::{Node, Reader, Value},
    sifting::{Cut, Sifted, Whole, references},
};

/// What is looked at in the dictionary of an object after it was sifted.
const LOOKED_AT: [&[u8]; 8] =
    [b"Type", b"Subtype", b"Filter", b"DecodeParms", b"DP", b"N", b"First", b"Length"];

/// Values of an array that is no dictionary's: more are no list of filters.
const MOST_LOOKED_AT: usize = 16;

/// Objects in a file, and other parts: an honest one of this size has some ten thousands.
pub(super) const MOST_PARTS: usize = 400_000;

/// An object, in the file itself or in a packed part of it.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) number: u32,
    /// From its number, if that stands before it, to where the next part begins.
    pub(super) place: Range<usize>,
    /// The word that ends it, if there is one, with the blanks after it.
    pub(super) end: Range<usize>,
    /// As much of its value as is looked at again.
    pub(super) node: Node,
    /// Where remarks stand in it.
    pub(super) remarks: Vec<Range<usize>>,
    /// Objects that it points to.
    pub(super) references: Vec<u32>,
    /// Where the bytes of its stream are.
    pub(super) stream: Option<Range<usize>>,
}

/// What stands in a file.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) objects: Vec<Object>,
    /// What stays although it is no object, and what is taken out of it.
    pub(super) pieces: Vec<(Range<usize>, Sifted)>,
}

impl Object {
    pub(super) fn read(
        (number, start): (u32, usize),
        reader: &mut Reader<'_>,
    ) -> Result<Self, AttachmentFault> {
        let mut node = reader.value()?;
        if node.says(b"Type", b"XRef") {
            refuse_encrypted(&node)?;
        }
        let mut led_to = Vec::new();
        references(&node, &mut led_to);
        match &mut node.value {
            Value::Dictionary(pairs) => pairs.retain(|it| LOOKED_AT.contains(&&*it.name)),
            Value::Array(nodes) => nodes.truncate(MOST_LOOKED_AT),
            _ => {}
        }
        let mut remarks = Vec::new();
        reader.take_remarks(&mut remarks);
        let (place, end) = (start..reader.at, reader.at..reader.at);
        Ok(Self { number, place, end, node, remarks, references: led_to, stream: None })
    }

    /// Whether it says where the parts of a file are, or holds some.
    pub(super) fn is_of_file(&self) -> bool {
        self.is(b"XRef") || self.is(b"ObjStm")
    }

    /// As what it is taken out when nothing leads to it.
    pub(super) fn as_taken(&self) -> Removed {
        match () {
            () if self.is(b"EmbeddedFile") => Removed::Files,
            () if self.is(b"Metadata") => Removed::Notes,
            () => Removed::Rest,
        }
    }

    pub(super) fn is(&self, kind: &[u8]) -> bool {
        self.stream.is_some() && self.node.says(b"Type", kind)
    }
}

impl File {
    pub(super) fn read(
        bytes: &[u8],
        removed: &mut BTreeSet<Removed>,
    ) -> Result<Self, AttachmentFault> {
        let lengths = lengths(bytes);
        let mut file = Self::default();
        let mut reader = Reader::new(bytes, 0);
        while !reader.left().is_empty() {
            let start = reader.at;
            if let Some(number) = reader.head() {
                let object = (number, start);
                file.objects.push(object_at(bytes, object, &mut reader, &lengths)?);
            } else if reader.takes(b"trailer") {
                let sifted = trailer(bytes, &mut reader, removed)?;
                file.pieces.push((start..reader.at, sifted));
            } else if let Some(length) = table_or_start(bytes, start) {
                reader.at += length;
                file.pieces.push((start..reader.at, Sifted::default()));
            } else {
                // Left blank: a remark to the end of its line, everything else byte by byte.
                let is_end = |byte| matches!(byte, b'\r' | b'\n');
                let is_remark = reader.left().starts_with(b"%");
                reader.at += if is_remark { count(reader.left(), |it| !is_end(it)) } else { 1 };
                removed.insert(Removed::Rest);
            }
            if file.objects.len() + file.pieces.len() > MOST_PARTS {
                return Err(too_many());
            }
            reader.at += count(reader.left(), is_blank);
        }
        Ok(file)
    }
}

/// The trailer whose value comes next.
fn trailer(
    bytes: &[u8],
    reader: &mut Reader<'_>,
    removed: &mut BTreeSet<Removed>,
) -> Result<Sifted, AttachmentFault> {
    let node = reader.value()?;
    refuse_encrypted(&node)?;
    let whole = Whole { bytes, node: &node, number: 0, has_stream: false };
    let mut sifted = Sifted::of(whole, Kind::one(Family::Trailer), removed)?;
    let mut remarks = Vec::new();
    reader.take_remarks(&mut remarks);
    sifted.taken.extend(remarks.into_iter().map(Cut::whole));
    Ok(sifted)
}

fn refuse_encrypted(trailer: &Node) -> Result<(), AttachmentFault> {
    trailer.get(b"Encrypt").map_or(Ok(()), |_| Err(AttachmentFault::Encrypted))
}

pub(super) const fn too_many() -> AttachmentFault {
    unreadable("it has too many parts")
}

/// How long the part is that stands here, if it is one of those without values: the head of a file,
/// its end, a table of places, and where the last of these is.
fn table_or_start(bytes: &[u8], start: usize) -> Option<usize> {
    let left = bytes.get(start..)?;
    if left.starts_with(b"%PDF-") && start == 0 {
        let version = count(left, |byte| !is_blank(byte)).min(b"%PDF-1.7".len());
        let line = count(left.get(version..)?, |byte| matches!(byte, b'\r' | b'\n'));
        // A remark that makes no sense says that the file is no text.
        let after = left.get(version + line..)?.strip_prefix(b"%");
        let signs = after.map_or(0, |after| 1 + count(after, |byte| !byte.is_ascii()).min(8));
        return Some(version + line + signs);
    }
    let is_number = |byte: u8| is_blank(byte) || byte.is_ascii_digit();
    let is_table = |byte: u8| is_number(byte) || b"nf".contains(&byte);
    let after = if let Some(after) = left.strip_prefix(b"%%EOF") {
        after
    } else if let Some(after) = left.strip_prefix(b"startxref") {
        after.get(count(after, is_number)..)?
    } else {
        let after = left.strip_prefix(b"xref")?;
        after.get(count(after, is_table)..)?
    };
    Some(left.len() - after.len())
}

/// The object that has its number here, with its stream and the word that ends it.
fn object_at(
    bytes: &[u8],
    object: (u32, usize),
    reader: &mut Reader<'_>,
    lengths: &BTreeMap<u32, usize>,
) -> Result<Object, AttachmentFault> {
    let mut object = Object::read(object, reader)?;
    reader.skip_blanks();
    let start = reader.at;
    if reader.left().starts_with(b"stream") {
        let length = match object.node.get(b"Length").map(|node| &node.value) {
            Some(Value::Number(length)) => Some(*length),
            Some(Value::Reference(number)) => lengths.get(number).copied(),
            _ => None,
        };
        let inside = inside(bytes, start + b"stream".len(), length)?;
        let end = find(bytes.get(inside.end..).unwrap_or_default(), END);
        reader.at = inside.end + end.unwrap_or_default() + END.len();
        object.place.end = reader.at;
        object.stream = Some(inside);
        reader.skip_blanks();
    }
    reader.take_remarks(&mut object.remarks);
    let start = reader.at;
    if reader.takes(b"endobj") {
        reader.at += count(reader.left(), is_blank);
        object.place.end = reader.at;
        object.end = start..reader.at;
    }
    Ok(object)
}

const END: &[u8] = b"endstream";

/// Where the bytes of a stream are: as many as it says, if its end comes after them, or as many as
/// there are before its end.
fn inside(
    bytes: &[u8],
    start: usize,
    length: Option<usize>,
) -> Result<Range<usize>, AttachmentFault> {
    let after = bytes.get(start..).unwrap_or_default();
    let line = match after {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    let start = start + line;
    let after = after.get(line..).unwrap_or_default();
    let said = length.filter(|length| {
        let end = after.get(*length..).unwrap_or_default();
        end.get(count(end, is_blank)..).is_some_and(|end| end.starts_with(END))
    });
    let found = || {
        let length = find(after, END)?;
        let inside = after.get(..length)?;
        let inside = inside.strip_suffix(b"\n").unwrap_or(inside);
        Some(inside.strip_suffix(b"\r").unwrap_or(inside).len())
    };
    let length = said.or_else(found).ok_or(damaged("it is cut off"))?;
    Ok(start..start + length)
}

/// What objects say that are a number and nothing else: streams have their lengths there.
fn lengths(bytes: &[u8]) -> BTreeMap<u32, usize> {
    let mut lengths = BTreeMap::new();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|left| find(left, b"obj")) {
        let word = at + found;
        at = word + b"obj".len();
        let before = bytes.get(word.saturating_sub(24)..word).unwrap_or_default();
        let mut words = before.rsplit(|byte| is_blank(*byte)).filter(|word| !word.is_empty());
        let number = words.nth(1).and_then(|word| std::str::from_utf8(word).ok());
        let length = Reader::new(bytes, at).number();
        if let (Some(Ok(number)), Some(length)) = (number.map(str::parse), length) {
            lengths.insert(number, length);
        }
    }
    lengths
}
