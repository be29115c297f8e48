//! Reading columns that have one spelling only.
//!
//! The engine writes each change anew when it loads a document, and knows it again by the hash of
//! what it wrote. A column that says the same in other bytes would come out with another hash, and
//! the document could not be opened any more (`op_set2/change/collector.rs` of automerge 0.12). So each
//! reader here refuses what the engine's encoder would have written differently: a run of one, two
//! literal runs in a row, neighbours that should have been one run.

use enhance_model::RefusalCode;

use super::bytes::Bytes;

/// What a run-length encoded column holds.
pub trait Cell<'a>: Sized + Clone + PartialEq {
    /// Reads the next value as its column writes it.
    fn read(bytes: &mut Bytes<'a>) -> Result<Self, RefusalCode>;
}

impl<'a> Cell<'a> for u64 {
    fn read(bytes: &mut Bytes<'a>) -> Result<Self, RefusalCode> {
        bytes.unsigned()
    }
}

impl<'a> Cell<'a> for i64 {
    fn read(bytes: &mut Bytes<'a>) -> Result<Self, RefusalCode> {
        bytes.signed()
    }
}

impl<'a> Cell<'a> for &'a str {
    fn read(bytes: &mut Bytes<'a>) -> Result<Self, RefusalCode> {
        let length = bytes.unsigned()?;
        std::str::from_utf8(bytes.take(length)?).map_err(|_| RefusalCode::Malformed)
    }
}

/// The run under way in a column.
enum Run<T> {
    /// Nothing was read yet.
    None,
    Null,
    /// The same value over and over.
    Same(T),
    /// Values one by one, the last of which this is.
    Literal(T),
}

/// A run-length encoded column, read value by value.
pub struct Column<'a, T> {
    rest: Bytes<'a>,
    run: Run<T>,
    /// Rows left in the run.
    left: u64,
    /// Whether the column is there at all; if not, every row is null.
    is_present: bool,
}

impl<'a, T: Cell<'a>> Column<'a, T> {
    /// A column of these bytes.
    pub const fn new(rest: Bytes<'a>) -> Self {
        Self { is_present: !rest.is_empty(), rest, run: Run::None, left: 0 }
    }

    /// The value of the next row; none if it is null.
    pub fn next(&mut self) -> Result<Option<T>, RefusalCode> {
        if !self.is_present {
            return Ok(None);
        }
        if self.left == 0 {
            self.begin_run()?;
        } else if let Run::Literal(before) = &self.run {
            let value = T::read(&mut self.rest)?;
            refuse_if(value == *before)?;
            self.run = Run::Literal(value);
        }
        self.left -= 1;
        match &self.run {
            Run::Same(value) | Run::Literal(value) => Ok(Some(value.clone())),
            Run::Null | Run::None => Ok(None),
        }
    }

    /// The value of the next row, where null is not allowed.
    pub fn next_some(&mut self) -> Result<T, RefusalCode> {
        self.next()?.ok_or(RefusalCode::Malformed)
    }

    /// Refuses a column that has more rows than were read, or that says nothing at all.
    pub fn end(self, says_something: bool) -> Result<(), RefusalCode> {
        refuse_if(self.left > 0 || !self.rest.is_empty() || self.is_present && !says_something)
    }

    fn begin_run(&mut self) -> Result<(), RefusalCode> {
        let header = self.rest.signed()?;
        if header == 0 {
            refuse_if(matches!(self.run, Run::Null))?;
            (self.left, self.run) = (self.rest.unsigned()?, Run::Null);
            return refuse_if(self.left == 0);
        }
        let value = T::read(&mut self.rest)?;
        // Whatever the next run is, its first value would have joined the run before.
        refuse_if(
            matches!(&self.run, Run::Same(before) | Run::Literal(before) if *before == value),
        )?;
        self.left = header.unsigned_abs();
        self.run = if header > 0 {
            refuse_if(header == 1)?;
            Run::Same(value)
        } else {
            refuse_if(matches!(self.run, Run::Literal(_)))?;
            Run::Literal(value)
        };
        Ok(())
    }
}

/// A column of differences, read sum by sum.
pub struct Sums<'a> {
    differences: Column<'a, i64>,
    sum: i64,
}

impl<'a> Sums<'a> {
    /// A column of these bytes.
    pub const fn new(rest: Bytes<'a>) -> Self {
        Self { differences: Column::new(rest), sum: 0 }
    }

    /// The value of the next row; none if it is null.
    pub fn next(&mut self) -> Result<Option<i64>, RefusalCode> {
        let Some(difference) = self.differences.next()? else { return Ok(None) };
        self.sum = self.sum.checked_add(difference).ok_or(RefusalCode::Malformed)?;
        Ok(Some(self.sum))
    }

    /// Refuses a column that has more rows than were read, or that says nothing at all.
    pub fn end(self, says_something: bool) -> Result<(), RefusalCode> {
        self.differences.end(says_something)
    }
}

/// A column of flags, which alternate and begin with the one that is not set.
pub struct Flags<'a> {
    rest: Bytes<'a>,
    value: bool,
    left: u64,
    is_first: bool,
}

impl<'a> Flags<'a> {
    /// A column of these bytes.
    pub const fn new(rest: Bytes<'a>) -> Self {
        Self { rest, value: true, left: 0, is_first: true }
    }

    /// The flag of the next row.
    pub fn next(&mut self) -> Result<bool, RefusalCode> {
        while self.left == 0 {
            self.left = self.rest.unsigned()?;
            self.value = !self.value;
            refuse_if(self.left == 0 && !self.is_first)?;
            self.is_first = false;
        }
        self.left -= 1;
        Ok(self.value)
    }

    /// Refuses a column that has more rows than were read.
    pub fn end(self) -> Result<(), RefusalCode> {
        refuse_if(self.left > 0 || !self.rest.is_empty())
    }
}

/// Refuses bytes that are not what the engine writes.
pub const fn refuse_if(bad: bool) -> Result<(), RefusalCode> {
    if bad { Err(RefusalCode::Malformed) } else { Ok(()) }
}
