//! What stands on one page: rows, or the numbers of the pages below.
//!
//! Of a page that is damaged in a way its encryption does not show (a database without a key) each
//! number may be any number: everything is asked for and nothing indexed.

use rusqlite::types::Value;

use super::pages::Pages;

/// Bytes of the file's own header, before the first page's.
const FILE_HEADER: usize = 100;
/// Columns of a row, more than any table has.
const MOST_COLUMNS: usize = 64;

/// What a page is in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageKind {
    /// Rows of a table, each with its number.
    TableLeaf,
    /// Pages of a table.
    TableInterior,
    /// Rows of an index, or of a table that is kept like one.
    IndexLeaf,
    /// Such rows, and pages between them.
    IndexInterior,
}

impl PageKind {
    /// Whether the rows of its tree have no numbers.
    pub(super) const fn is_of_index(self) -> bool {
        matches!(self, Self::IndexLeaf | Self::IndexInterior)
    }

    const fn is_interior(self) -> bool {
        matches!(self, Self::TableInterior | Self::IndexInterior)
    }
}

/// A page of a tree, as it was read.
pub(super) struct TreePage {
    pub(super) kind: PageKind,
    content: Vec<u8>,
    /// Where its header begins.
    header: usize,
}

/// A row, or that it cannot be read whole.
pub(super) enum FoundRow {
    Whole {
        /// Its number; 0 where rows have none.
        id: i64,
        values: Vec<Value>,
    },
    Broken,
}

impl TreePage {
    /// The page of this number, if it can be read and belongs to a tree.
    pub(super) fn read(pages: &Pages<'_>, number: u32) -> Option<Self> {
        let content = pages.read(number)?;
        let header = if number == 1 { FILE_HEADER } else { 0 };
        let kind = match content.get(header)? {
            0x02 => PageKind::IndexInterior,
            0x05 => PageKind::TableInterior,
            0x0a => PageKind::IndexLeaf,
            0x0d => PageKind::TableLeaf,
            _ => return None,
        };
        Some(Self { kind, content, header })
    }

    /// The pages right below.
    pub(super) fn children(&self) -> Vec<u32> {
        if !self.kind.is_interior() {
            return Vec::new();
        }
        let cells = self.cells().filter_map(|at| number(&self.content, at));
        cells.chain(number(&self.content, self.header + 8)).collect()
    }

    /// The rows that stand here.
    pub(super) fn rows<'p>(&'p self, pages: &'p Pages<'_>) -> impl Iterator<Item = FoundRow> + 'p {
        let has_rows = self.kind != PageKind::TableInterior;
        self.cells().filter(move |_| has_rows).map(move |at| {
            self.row(at, pages)
                .map_or(FoundRow::Broken, |(id, values)| FoundRow::Whole { id, values })
        })
    }

    /// The place of each cell, as the page points to it; no more than the page can hold.
    fn cells(&self) -> impl Iterator<Item = usize> {
        let pointers = self.header + if self.kind.is_interior() { 12 } else { 8 };
        let room = self.content.len().saturating_sub(pointers) / 2;
        let count = short(&self.content, self.header + 3).unwrap_or(0).min(room);
        (0..count).filter_map(move |cell| short(&self.content, pointers + 2 * cell))
    }

    fn row(&self, at: usize, pages: &Pages<'_>) -> Option<(i64, Vec<Value>)> {
        let mut at = at + if self.kind.is_interior() { 4 } else { 0 };
        let length = usize::try_from(varint(&self.content, &mut at)?).ok()?;
        let id = if self.kind.is_of_index() { 0 } else { varint(&self.content, &mut at)? };
        let payload = self.payload(at, length, pages)?;
        Some((id.cast_signed(), values(&payload)?)).filter(|(_, values)| !values.is_empty())
    }

    /// The bytes of a row: those on this page and those on pages of their own.
    fn payload(&self, at: usize, length: usize, pages: &Pages<'_>) -> Option<Vec<u8>> {
        let usable = pages.usable();
        let most_here =
            if self.kind.is_of_index() { (usable - 12) * 64 / 255 - 23 } else { usable - 35 };
        if length <= most_here {
            return self.content.get(at..at.checked_add(length)?).map(<[u8]>::to_vec);
        }
        if length / usable > usize::try_from(pages.count).ok()? {
            return None;
        }
        let least = (usable - 12) * 32 / 255 - 23;
        let wanted = least + (length - least) % (usable - 4);
        let here = if wanted <= most_here { wanted } else { least };
        let mut payload = self.content.get(at..at.checked_add(here)?)?.to_vec();
        let mut next = number(&self.content, at + here)?;
        while payload.len() < length {
            let page = pages.read(next)?;
            let missing = (length - payload.len()).min(usable - 4);
            payload.extend_from_slice(page.get(4..4 + missing)?);
            next = number(&page, 0)?;
        }
        Some(payload)
    }
}

/// The columns of a row.
fn values(payload: &[u8]) -> Option<Vec<Value>> {
    let mut at = 0;
    let header = usize::try_from(varint(payload, &mut at)?).ok()?;
    let (mut content, mut values) = (header, Vec::new());
    while at < header && values.len() < MOST_COLUMNS {
        let kind = varint(payload, &mut at)?;
        values.push(value(payload, kind, &mut content)?);
    }
    Some(values)
}

fn value(payload: &[u8], kind: u64, at: &mut usize) -> Option<Value> {
    let mut take = |bytes: usize| {
        let from = *at;
        *at = at.checked_add(bytes)?;
        payload.get(from..*at)
    };
    Some(match kind {
        0 => Value::Null,
        8 => Value::Integer(0),
        9 => Value::Integer(1),
        1..=6 => {
            Value::Integer(integer(take([1, 2, 3, 4, 6, 8][usize::try_from(kind).ok()? - 1])?))
        }
        7 => Value::Real(f64::from_be_bytes(take(8)?.try_into().ok()?)),
        10 | 11 => return None,
        _ if kind.is_multiple_of(2) => {
            Value::Blob(take(usize::try_from((kind - 12) / 2).ok()?)?.to_vec())
        }
        _ => {
            let text = take(usize::try_from((kind - 13) / 2).ok()?)?;
            Value::Text(String::from_utf8(text.to_vec()).ok()?)
        }
    })
}

/// A number of up to eight bytes, the greatest first, with its sign.
fn integer(bytes: &[u8]) -> i64 {
    let begin = if bytes.first().is_some_and(|first| *first >= 0x80) { -1 } else { 0 };
    bytes.iter().fold(begin, |number, byte| (number << 8) | i64::from(*byte))
}

/// A number in one to nine bytes.
fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0;
    for place in 0..9 {
        let byte = u64::from(*bytes.get(*at)?);
        *at += 1;
        if place == 8 {
            return Some(number << 8 | byte);
        }
        number = number << 7 | byte & 0x7f;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(usize::from(u16::from_be_bytes(bytes)))
}
