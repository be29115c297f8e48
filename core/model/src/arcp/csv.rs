//! A page as CSV (RFC 4180): a line for each cell, so that tables of different shapes fit into one
//! file.

use super::ArcpPage;

const END: &str = "\r\n";

impl ArcpPage {
    /// All rows of all parts. Days are written as 2026-08-05, times in minutes.
    pub fn csv(&self) -> String {
        let mut csv = format!("part,row,field,value{END}");
        let (from, to) = (self.period.from().to_string(), self.period.to().to_string());
        let made_on = self.made_on.to_string();
        for (field, value) in [
            ("trainee", self.trainee.as_str()),
            ("programme", &self.programme),
            ("from", &from),
            ("to", &to),
            ("made_on", &made_on),
        ] {
            line(&mut csv, "review", 1, [field, value]);
        }
        for part in &self.parts {
            for (number, row) in (1..).zip(&part.rows) {
                for (column, cell) in part.columns.iter().zip(row) {
                    let value = cell.plain();
                    if !value.is_empty() {
                        line(&mut csv, &part.key, number, [column.key, &value]);
                    }
                }
            }
        }
        for (number, sentence) in (1..).zip(&self.missing) {
            line(&mut csv, "missing", number, ["sentence", sentence]);
        }
        csv
    }
}

fn line(csv: &mut String, part: &str, number: u32, [field, value]: [&str; 2]) {
    let number = number.to_string();
    for (index, cell) in [part, &number, field, value].into_iter().enumerate() {
        let between = if index == 0 { "" } else { "," };
        csv.extend([between, &quoted(cell)]);
    }
    csv.push_str(END);
}

/// A cell. Nothing in it is worked out by a spreadsheet, whoever typed it.
fn quoted(cell: &str) -> String {
    let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let guard = if is_formula { "'" } else { "" };
    let needs = cell.contains([',', '"', '\r', '\n']) || cell != cell.trim();
    if needs {
        format!("\"{guard}{}\"", cell.replace('"', "\"\""))
    } else {
        format!("{guard}{cell}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_has_to_be_and_is_never_a_formula() {
        assert_eq!(quoted("plain"), "plain");
        assert_eq!(quoted("a, \"b\"\nc"), "\"a, \"\"b\"\"\nc\"");
        assert_eq!(quoted("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(quoted(" @x,y"), "\"' @x,y\"");
    }
}
