//! The operations of a change, column by column, counted without being unpacked.
//!
//! A column says things like "a null, five million times" in four bytes, and the engine believes
//! it. Here every run is only added up, so that what comes out too long is refused in microseconds.
//! The format is Automerge's binary document format, "change chunks" and "columns".

use enhance_model::RefusalCode;

use super::bytes::Bytes;
use crate::limits::MAX_OPERATIONS;

/// Operations that the operations of one change replace.
const MAX_REPLACED: u64 = 100_000;

/// Bytes of a key of a map or the name of a mark.
const MAX_KEY_BYTES: u64 = 1_024;

/// No operation has a higher number: a document has at most 2^21 operations, and all who write in it
/// may together leave out some 2^27 numbers (see `Bounds`).
pub const MAX_OPERATION_NUMBER: u64 = 1 << 28;

const HIGHEST_ACTION: u64 = 7;

/// The columns of a change, in the order they must come in. The numbers are the column
/// specifications of the format: an id, and in the low bits the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u64)]
pub enum ColumnName {
    ObjectActor = 0x01,
    ObjectCounter = 0x02,
    KeyActor = 0x11,
    KeyCounter = 0x13,
    KeyString = 0x15,
    Insert = 0x34,
    Action = 0x42,
    ValueMeta = 0x56,
    Value = 0x57,
    ReplacedCount = 0x70,
    ReplacedActor = 0x71,
    ReplacedCounter = 0x73,
    Expand = 0x94,
    MarkName = 0xa5,
}

impl ColumnName {
    const ALL: [Self; 14] = [
        Self::ObjectActor,
        Self::ObjectCounter,
        Self::KeyActor,
        Self::KeyCounter,
        Self::KeyString,
        Self::Insert,
        Self::Action,
        Self::ValueMeta,
        Self::Value,
        Self::ReplacedCount,
        Self::ReplacedActor,
        Self::ReplacedCounter,
        Self::Expand,
        Self::MarkName,
    ];
}

/// The columns of one change.
pub struct Columns<'a> {
    found: Vec<(ColumnName, Bytes<'a>)>,
}

impl<'a> Columns<'a> {
    /// Cuts the columns out. A column that the engine would pass over in silence is refused: it
    /// would be lost when the document is saved, and with it the change's hash.
    pub fn cut(bytes: &mut Bytes<'a>) -> Result<Self, RefusalCode> {
        let count = bytes.unsigned()?;
        if count > ColumnName::ALL.len() as u64 {
            return Err(RefusalCode::Malformed);
        }
        let mut lengths = Vec::new();
        for _ in 0..count {
            let specification = bytes.unsigned()?;
            let column = ColumnName::ALL.into_iter().find(|known| *known as u64 == specification);
            lengths.push((column.ok_or(RefusalCode::Malformed)?, bytes.unsigned()?));
        }
        if !lengths.is_sorted_by(|(one, _), (next, _)| one < next) {
            return Err(RefusalCode::Malformed);
        }
        let mut found = Vec::new();
        for (column, length) in lengths {
            found.push((column, Bytes::new(bytes.take(length)?)));
        }
        Ok(Self { found })
    }

    /// The bytes of a column; none if it is left out.
    pub fn bytes(&self, wanted: ColumnName) -> Bytes<'a> {
        let found = self.found.iter().find(|(column, _)| *column == wanted);
        found.map_or(Bytes::new(&[]), |(_, bytes)| *bytes)
    }

    /// Whether a column is there and has no bytes; the engine leaves such a column out.
    pub fn has_empty(&self) -> bool {
        self.found.iter().any(|(_, bytes)| bytes.is_empty())
    }

    /// Walks every column and counts the operations. `actors` is how many actors the change names.
    pub fn count_operations(&self, actors: u64) -> Result<u64, RefusalCode> {
        let rows = runs(self.bytes(ColumnName::Action), MAX_OPERATIONS, Bytes::unsigned, |run| {
            refuse_unless(run.value.is_some_and(|action| action <= HIGHEST_ACTION))
        })?;
        self.check_objects_and_keys(rows, actors)?;
        check_rows(rows, flags(self.bytes(ColumnName::Insert), rows)?)?;
        check_rows(rows, flags(self.bytes(ColumnName::Expand), rows)?)?;
        self.check_values(rows)?;
        self.check_replaced(rows, actors)?;
        Ok(rows)
    }

    fn check_objects_and_keys(&self, rows: u64, actors: u64) -> Result<(), RefusalCode> {
        for column in [ColumnName::ObjectActor, ColumnName::KeyActor] {
            let counted = runs(self.bytes(column), rows, Bytes::unsigned, |run| {
                refuse_unless(run.value.is_none_or(|actor| actor < actors))
            })?;
            check_rows(rows, counted)?;
        }
        let counted = runs(self.bytes(ColumnName::ObjectCounter), rows, Bytes::unsigned, |run| {
            refuse_unless(run.value.is_none_or(|number| number < MAX_OPERATION_NUMBER))
        })?;
        check_rows(rows, counted)?;
        check_rows(rows, differences(self.bytes(ColumnName::KeyCounter), rows)?)?;
        for column in [ColumnName::KeyString, ColumnName::MarkName] {
            check_rows(rows, runs(self.bytes(column), rows, short_string, |_| Ok(()))?)?;
        }
        Ok(())
    }

    /// The lengths of the values must add up to the bytes of the values.
    fn check_values(&self, rows: u64) -> Result<(), RefusalCode> {
        let values = self.bytes(ColumnName::Value);
        let mut described = 0_u64;
        let counted = runs(self.bytes(ColumnName::ValueMeta), rows, Bytes::unsigned, |run| {
            let meta = run.value.ok_or(RefusalCode::Malformed)?;
            let (kind, length) = (meta & 0xf, meta >> 4);
            refuse_unless(match kind {
                0..=2 => length == 0,
                3 | 4 | 8 | 9 => (1..=10).contains(&length),
                5 => length == 8,
                _ => true,
            })?;
            let bytes = length.checked_mul(run.count).ok_or(RefusalCode::Malformed)?;
            described = described.checked_add(bytes).ok_or(RefusalCode::Malformed)?;
            refuse_unless(described <= values.len())
        })?;
        check_rows(rows, counted)?;
        refuse_unless(described == values.len())
    }

    fn check_replaced(&self, rows: u64, actors: u64) -> Result<(), RefusalCode> {
        let mut replaced = 0_u64;
        let counted = runs(self.bytes(ColumnName::ReplacedCount), rows, Bytes::unsigned, |run| {
            let each = run.value.ok_or(RefusalCode::Malformed)?;
            replaced = each
                .checked_mul(run.count)
                .and_then(|more| replaced.checked_add(more))
                .filter(|sum| *sum <= MAX_REPLACED)
                .ok_or(RefusalCode::Bomb)?;
            Ok(())
        })?;
        check_rows(rows, counted)?;
        let named =
            runs(self.bytes(ColumnName::ReplacedActor), replaced, Bytes::unsigned, |run| {
                refuse_unless(run.value.is_some_and(|actor| actor < actors))
            })?;
        let numbered = differences(self.bytes(ColumnName::ReplacedCounter), replaced)?;
        refuse_unless(named == replaced && numbered == replaced)
    }
}

/// A column is either left out, because it holds nothing, or has a row for each operation.
fn check_rows(rows: u64, counted: u64) -> Result<(), RefusalCode> {
    refuse_unless(counted == rows || counted == 0)
}

fn refuse_unless(good: bool) -> Result<(), RefusalCode> {
    if good { Ok(()) } else { Err(RefusalCode::Malformed) }
}

/// The same value, or none, a number of times.
struct Run<T> {
    value: Option<T>,
    count: u64,
}

/// Walks a run-length encoded column and returns its rows.
fn runs<'a, T>(
    mut column: Bytes<'a>,
    limit: u64,
    read: impl Fn(&mut Bytes<'a>) -> Result<T, RefusalCode>,
    mut visit: impl FnMut(Run<T>) -> Result<(), RefusalCode>,
) -> Result<u64, RefusalCode> {
    let mut rows = 0_u64;
    while !column.is_empty() {
        let header = column.signed()?;
        let count = if header == 0 { column.unsigned()? } else { header.unsigned_abs() };
        refuse_unless(count > 0)?;
        rows = rows.checked_add(count).filter(|rows| *rows <= limit).ok_or(RefusalCode::Bomb)?;
        match header {
            0 => visit(Run { value: None, count })?,
            1.. => visit(Run { value: Some(read(&mut column)?), count })?,
            // Every value of a literal run is there in the bytes, so this ends with them.
            _ => {
                for _ in 0..count {
                    visit(Run { value: Some(read(&mut column)?), count: 1 })?;
                }
            }
        }
    }
    Ok(rows)
}

/// Walks a column of differences, whose sums are operation numbers.
fn differences(column: Bytes<'_>, limit: u64) -> Result<u64, RefusalCode> {
    let mut sum = 0_i64;
    runs(column, limit, Bytes::signed, |run| {
        let Some(step) = run.value else { return Ok(()) };
        // A run goes one way, so when it ends within bounds all of it is.
        let end = i64::try_from(run.count).ok().and_then(|count| step.checked_mul(count));
        sum = end.and_then(|end| sum.checked_add(end)).ok_or(RefusalCode::Malformed)?;
        refuse_unless(u64::try_from(sum).is_ok_and(|sum| sum < MAX_OPERATION_NUMBER))
    })
}

/// Walks a column of flags, which alternate.
fn flags(mut column: Bytes<'_>, limit: u64) -> Result<u64, RefusalCode> {
    let mut rows = 0_u64;
    while !column.is_empty() {
        rows = rows
            .checked_add(column.unsigned()?)
            .filter(|rows| *rows <= limit)
            .ok_or(RefusalCode::Bomb)?;
    }
    Ok(rows)
}

fn short_string(column: &mut Bytes<'_>) -> Result<(), RefusalCode> {
    let length = column.unsigned()?;
    let text = column.take(length)?;
    refuse_unless(length <= MAX_KEY_BYTES && std::str::from_utf8(text).is_ok())
}
