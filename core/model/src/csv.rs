//! Lines of CSV as RFC 4180 has them.

use std::borrow::Cow;

use crate::folding::is_unseen;

const END: &str = "\r\n";

/// Writes these cells as a line, in quotes where they need them.
pub(crate) fn line(csv: &mut String, cells: &[&str]) {
    for (index, cell) in cells.iter().enumerate() {
        let between = if index == 0 { "" } else { "," };
        csv.extend([between, &quoted(cell)]);
    }
    csv.push_str(END);
}

/// What a person typed, as a spreadsheet shows it and does not work it out: behind an apostrophe if
/// it begins as a formula does.
///
/// ```
/// use enhance_model::csv::guarded;
///
/// assert_eq!(guarded("=1+1"), "'=1+1");
/// assert_eq!(guarded("1=1"), "1=1");
/// ```
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { format!("'{cell}").into() } else { cell.into() }
}

/// Whether a spreadsheet would take a text for a formula.
pub(crate) fn is_formula(cell: &str) -> bool {
    let is_nothing = |sign: char| sign.is_whitespace() || sign.is_control() || is_unseen(sign);
    let seen = cell.trim_start_matches(is_nothing);
    seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// A cell. Nothing in it is worked out by a spreadsheet, whoever typed it.
fn quoted(cell: &str) -> String {
    let guarded = guarded(cell);
    if cell.contains([',', '"', '\r', '\n']) || cell != cell.trim() {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded.into_owned()
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
        for hidden in ["\u{feff}=1", "\u{200b}\u{202e}+1", "\u{0}-1", "\u{a0}＠x"] {
            assert!(guarded(hidden).starts_with('\''), "{hidden:?}");
        }
    }
}
