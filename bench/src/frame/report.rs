//! The report: every figure, as JSON that a later run adds to.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::{goal::Verdict, samples::Spread};

/// All rows, those that were not run among them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Report {
    pub rows: Vec<ReportRow>,
}

/// One row of the table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReportRow {
    pub name: String,
    pub about: String,
    /// When, where and of what it was measured; none if it never was.
    pub run: Option<Run>,
    pub lines: Vec<Line>,
    /// What could not be measured, and why.
    pub not_run: Vec<String>,
}

/// The run a row is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The day, as year, month and day.
    pub day: String,
    pub commit: String,
    pub machine: String,
    /// Whether sizes were cut for a quick look.
    pub quick: bool,
}

/// One figure of ours and what stands beside it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Line {
    pub what: String,
    pub at: String,
    pub size: Option<u64>,
    pub unit: String,
    pub ours: Option<Spread>,
    /// The same on the wall, in milliseconds.
    pub wall: Option<Spread>,
    /// What stands first is the limit.
    pub beside: Vec<Beside>,
    /// Ours by the limit.
    pub ratio: Option<f64>,
    pub goal: String,
    pub verdict: Option<Verdict>,
}

/// What stands beside ours: the bare limit, or a peer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Beside {
    pub name: String,
    #[serde(flatten)]
    pub spread: Spread,
}

impl Report {
    /// The report that is there, or an empty one.
    pub fn read(file: &Path) -> Result<Self> {
        match fs::read(file) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .with_context(|| format!("{} is no report of this bench", file.display())),
            Err(_) => Ok(Self::default()),
        }
    }

    /// Writes it where it was read.
    pub fn write(&self, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let json = serde_json::to_string_pretty(self)? + "\n";
        fs::write(file, json).with_context(|| format!("{} cannot be written", file.display()))
    }

    /// Puts a row in the place of its older figures.
    pub fn put(&mut self, row: ReportRow) {
        match self.rows.iter_mut().find(|each| each.name == row.name) {
            Some(older) => *older = row,
            None => self.rows.push(row),
        }
    }

    /// Lines of rows that missed their goal, as a reader sees them.
    pub fn missed(&self, named: &[&str]) -> Vec<String> {
        let rows = self.rows.iter().filter(|row| named.contains(&row.name.as_str()));
        rows.flat_map(|row| row.lines.iter().map(move |line| (row, line)))
            .filter(|(_, line)| line.verdict == Some(Verdict::Missed))
            .map(|(row, line)| {
                let at = if line.at.is_empty() { String::new() } else { format!(", {}", line.at) };
                format!("{}: {}{at} ({})", row.name, line.what, line.goal)
            })
            .collect()
    }
}
