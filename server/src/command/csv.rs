//! Reading CSV as RFC 4180 and spreadsheets write it: cells between commas, tabs or
//! semicolons, in quotes where they have to be.

use enhance_model::markup::without_mark;

/// A line with the number by which a person finds it in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// From 1. A cell in quotes may go over several lines: it is the first of them.
    pub(super) number: usize,
    pub(super) cells: Vec<String>,
}

/// Why a text is not CSV.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoCsv {
    #[error("line {0}: a quote is opened and not closed")]
    Open(usize),
    #[error("line {0}: after a closing quote comes something else than the next cell")]
    AfterQuote(usize),
    #[error("more than {0} lines")]
    Many(usize),
}

/// Every line that is not empty; an error if there are more than this.
pub(super) fn lines(text: &str, most: usize) -> Result<Vec<Line>, NoCsv> {
    let text = without_mark(text);
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let between = [',', '\t', ';'].into_iter().find(|it| first.contains(*it)).unwrap_or(',');
    let mut reader = Reader { rest: text.chars().peekable(), between, number: 1 };
    let mut lines = Vec::new();
    while reader.rest.peek().is_some() {
        let number = reader.number;
        let cells = reader.line()?;
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if lines.len() == most {
            return Err(NoCsv::Many(most));
        }
        lines.push(Line { number, cells });
    }
    Ok(lines)
}

struct Reader<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    between: char,
    number: usize,
}

impl Reader<'_> {
    /// The cells up to the end of the line.
    fn line(&mut self) -> Result<Vec<String>, NoCsv> {
        let mut cells = Vec::new();
        loop {
            let begun = self.number;
            let cell = match self.rest.next_if_eq(&'"') {
                Some(_) => self.quoted(begun)?,
                None => self.plain(),
            };
            cells.push(cell);
            match self.rest.next() {
                Some(letter) if letter == self.between => {}
                None => return Ok(cells),
                Some('\r') if self.rest.next_if_eq(&'\n').is_some() => break,
                Some('\n' | '\r') => break,
                Some(_) => return Err(NoCsv::AfterQuote(begun)),
            }
        }
        self.number += 1;
        Ok(cells)
    }

    fn plain(&mut self) -> String {
        let mut cell = String::new();
        let between = self.between;
        while let Some(letter) = self.rest.next_if(|it| *it != between && !"\r\n".contains(*it)) {
            cell.push(letter);
        }
        cell
    }

    fn quoted(&mut self, begun: usize) -> Result<String, NoCsv> {
        let mut cell = String::new();
        loop {
            match self.rest.next() {
                None => return Err(NoCsv::Open(begun)),
                Some('"') if self.rest.next_if_eq(&'"').is_none() => return Ok(cell),
                Some(letter) => {
                    self.number += usize::from(letter == '\n');
                    cell.push(letter);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, Vec<String>)> {
        lines(text, 10).unwrap().into_iter().map(|line| (line.number, line.cells)).collect()
    }

    fn cells(of: &[&str]) -> Vec<String> {
        of.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn cells_are_read_as_spreadsheets_write_them() {
        assert_eq!(
            read("\u{feff}name,roles\r\n\r\n\"Rao, Asha\",\"a \"\"b\"\"\nc\"\r\nLee,"),
            [
                (1, cells(&["name", "roles"])),
                (3, cells(&["Rao, Asha", "a \"b\"\nc"])),
                (5, cells(&["Lee", ""])),
            ]
        );
        assert_eq!(
            read("name\troles\nA, B\tfellow"),
            [(1, cells(&["name", "roles"])), (2, cells(&["A, B", "fellow"]))]
        );
        assert_eq!(read("name;roles\nAsha;a+b")[1].1, cells(&["Asha", "a+b"]));
        assert_eq!(read(""), []);
    }

    #[test]
    fn what_is_no_csv_is_named_by_its_line() {
        assert_eq!(lines("a\n\"b", 10), Err(NoCsv::Open(2)));
        assert_eq!(lines("a\n\"b\" c", 10), Err(NoCsv::AfterQuote(2)));
        assert_eq!(lines("a\nb\nc", 2), Err(NoCsv::Many(2)));
    }
}
