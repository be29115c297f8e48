//! The parts of a page: tables that are printed, written as CSV and as JSON, and pasted into a
//! form, so that all four say the same.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::day_in_words;
use crate::{
    CalendarDate,
    chart::Exact,
    learning_log::{time_done, time_left},
};

/// One part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is called in CSV and JSON.
    pub key: String,
    pub title: String,
    /// What there is to say about all of it. May be empty.
    pub note: String,
    pub columns: &'static [Column],
    /// As many cells as there are columns, in each.
    pub rows: Vec<Vec<Cell>>,
    /// Rows that a sheet has room for; CSV and JSON have all.
    pub most: usize,
    /// What is said where there are no rows; if it is empty, the part is left out.
    pub if_empty: &'static str,
}

/// A column of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// What it is called in CSV and JSON.
    pub key: &'static str,
    pub title: &'static str,
}

/// What stands in one place of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Nothing,
    Text(String),
    Day(CalendarDate),
    /// Minutes of learning that was done or counts at most, shown rounded down.
    Done(Exact),
    /// Minutes that are asked for or are left, shown rounded up.
    Asked(Exact),
    /// Minutes that are asked for and reached: in words no more than what was done.
    Reached(Exact),
}

/// Columns, each as its key and its title.
macro_rules! columns {
    ($($key:literal $title:literal),+ $(,)?) => {
        &[$($crate::arcp::part::Column { key: $key, title: $title }),+]
    };
}
pub(super) use columns;

impl Part {
    /// A part without rows yet.
    pub(super) fn new(key: &str, title: &str, columns: &'static [Column]) -> Self {
        let (key, title, note) = (key.to_owned(), title.to_owned(), String::new());
        Self { key, title, note, columns, rows: Vec::new(), most: 12, if_empty: "" }
    }

    /// Whether there is nothing in it to show or to say.
    pub fn is_left_out(&self) -> bool {
        self.rows.is_empty() && self.note.is_empty() && self.if_empty.is_empty()
    }
}

impl Cell {
    /// A text, or nothing if it is empty.
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        let text = text.as_ref().trim();
        if text.is_empty() { Self::Nothing } else { Self::Text(text.to_owned()) }
    }

    /// A day, if there is one.
    pub(super) fn day(day: Option<CalendarDate>) -> Self {
        day.map_or(Self::Nothing, Self::Day)
    }

    /// As people read it: 5 August 2026, 12 h 30 min.
    pub fn in_words(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Day(day) => day_in_words(*day),
            Self::Done(minutes) | Self::Reached(minutes) => time_done(minutes),
            Self::Asked(minutes) => time_left(minutes),
        }
    }

    /// As a spreadsheet reads it: 2026-08-05, 750.
    pub fn plain(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Day(day) => day.to_string(),
            Self::Done(minutes) => minutes.whole_down().to_string(),
            Self::Asked(minutes) | Self::Reached(minutes) => minutes.whole_up().to_string(),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Done(minutes) => serializer.serialize_u32(minutes.whole_down()),
            Self::Asked(minutes) | Self::Reached(minutes) => {
                serializer.serialize_u32(minutes.whole_up())
            }
            Self::Text(_) | Self::Day(_) => serializer.serialize_str(&self.plain()),
        }
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows: Vec<Row<'_>> = self.rows.iter().map(|cells| Row(self.columns, cells)).collect();
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("key", &self.key)?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("note", &self.note)?;
        map.serialize_entry("rows", &rows)?;
        map.end()
    }
}

/// A row, each of its cells under the key of its column.
struct Row<'a>(&'static [Column], &'a [Cell]);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (column, cell) in self.0.iter().zip(self.1) {
            map.serialize_entry(column.key, cell)?;
        }
        map.end()
    }
}
