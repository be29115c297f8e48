//! A page as CSV: a line for each cell, so that tables of different shapes fit into one file.

use super::ArcpPage;
use crate::csv::line;

impl ArcpPage {
    /// All rows of all parts. Days are written as 2026-08-05, times in minutes.
    pub fn csv(&self) -> String {
        let mut csv = String::new();
        line(&mut csv, &["part", "row", "field", "value"]);
        let (from, to) = (self.period.from().to_string(), self.period.to().to_string());
        let made_on = self.made_on.to_string();
        for (field, value) in [
            ("trainee", self.trainee.as_str()),
            ("programme", &self.programme),
            ("from", &from),
            ("to", &to),
            ("made_on", &made_on),
        ] {
            line(&mut csv, &["review", "1", field, value]);
        }
        for part in &self.parts {
            for (number, row) in (1_u32..).zip(&part.rows) {
                let number = number.to_string();
                for (column, cell) in part.columns.iter().zip(row) {
                    let value = cell.plain();
                    if !value.is_empty() {
                        line(&mut csv, &[&part.key, &number, column.key, &value]);
                    }
                }
            }
        }
        for (number, sentence) in (1_u32..).zip(&self.missing) {
            line(&mut csv, &["missing", &number.to_string(), "sentence", sentence]);
        }
        csv
    }
}
