//! Lines of CSV as RFC 4180 has them.

const END: &str = "\r\n";

/// Writes these cells as a line, in quotes where they need them.
pub(crate) fn line(csv: &mut String, cells: &[&str]) {
    for (index, cell) in cells.iter().enumerate() {
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
