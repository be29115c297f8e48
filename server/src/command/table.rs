//! Tables for people: columns as wide as what is in them.

use std::io;

use super::error::CommandError;

/// Letters of a cell at most; what is longer is cut.
const CELL_CHARS: usize = 48;

/// Writes rows under these headings, or a sentence where there are none.
pub(super) fn write(
    out: &mut dyn io::Write,
    headings: &[&str],
    rows: &[Vec<String>],
    nothing: &str,
) -> Result<(), CommandError> {
    if rows.is_empty() {
        return Ok(writeln!(out, "{nothing}")?);
    }
    let headings: Vec<String> = headings.iter().map(|it| (*it).to_owned()).collect();
    let rows: Vec<Vec<String>> = std::iter::once(&headings)
        .chain(rows)
        .map(|row| row.iter().map(|text| cell(text)).collect())
        .collect();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|it| it.chars().count()).max()
    };
    let widths: Vec<usize> = (0..headings.len()).map(|at| width(at).unwrap_or(0)).collect();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            let used = cell.chars().count();
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(used) + 2));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A cell on one line, which breaks out of no terminal.
fn cell(text: &str) -> String {
    let mut cell: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(CELL_CHARS)
        .collect();
    if text.chars().count() > CELL_CHARS {
        cell.pop();
        cell.push('…');
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other_and_no_text_breaks_out_of_them() {
        let mut out = Vec::new();
        let rows =
            [vec!["Asha\u{1b}[31m\n".to_owned(), "1".to_owned()], vec!["é".repeat(60), "2".into()]];
        write(&mut out, &["name", "n"], &rows, "nobody").unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.chars().count() == CELL_CHARS + 3), "{text}");
        assert!(!text.contains('\u{1b}'));
    }
}
