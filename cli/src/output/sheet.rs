//! A page of text for a person: headings, fields, tables, and what to do next.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};

use textwrap::{Options, WordSplitter, wrap};

use super::escape::{harmless, one_line};

/// No page is folded to fewer columns.
const NARROWEST: usize = 40;
/// The columns of a drawing that goes to no terminal.
const USUAL_COLUMNS: usize = 80;
/// Things are set in no further than this.
const DEEPEST: usize = 4;

/// A page that is being written. All that is put on it is made harmless for a terminal.
#[derive(Debug, Default)]
pub struct Sheet {
    text: String,
    width: Option<u16>,
}

impl Sheet {
    /// An empty page; tables are folded to `width` columns if one is given.
    pub const fn new(width: Option<u16>) -> Self {
        Self { text: String::new(), width }
    }

    /// A line of text; line ends in it become spaces.
    pub fn line(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.folded("", "  ", &one_line(text.as_ref()))
    }

    /// One of several things, set in by its depth in a tree; line ends in it become spaces.
    pub fn item(&mut self, depth: usize, text: impl AsRef<str>) -> &mut Self {
        let margin = "  ".repeat(depth.min(DEEPEST));
        self.folded(&format!("{margin}- "), &format!("{margin}  "), &one_line(text.as_ref()))
    }

    /// A command to be copied, set in by the depth of what it belongs to; it is never folded.
    pub fn command(&mut self, depth: usize, command: &str) -> &mut Self {
        let margin = "  ".repeat(depth.min(DEEPEST) + 1);
        self.text.extend([&margin, one_line(command).as_str(), "\n"]);
        self
    }

    /// A line, folded to the width of the page; what follows its first row has a margin of its own.
    fn folded(&mut self, first: &str, rest: &str, line: &str) -> &mut Self {
        let room = self.width.map(|width| usize::from(width).max(NARROWEST));
        let rows = match room {
            Some(room) => {
                let margins = Options::new(room).initial_indent(first).subsequent_indent(rest);
                wrap(line, margins.word_splitter(WordSplitter::NoHyphenation))
            }
            None => vec![format!("{first}{line}").into()],
        };
        for row in rows {
            self.text.extend([row.trim_end(), "\n"]);
        }
        self
    }

    /// A heading, with a line between it and what stands above.
    pub fn heading(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.blank();
        self.line(text)
    }

    /// An empty line, unless the page is empty or ends in one.
    pub fn blank(&mut self) -> &mut Self {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        self
    }

    /// A name and what it is, in two columns. Empty values are left out.
    pub fn field(&mut self, name: &str, value: impl AsRef<str>) -> &mut Self {
        let value = one_line(value.as_ref());
        if !value.is_empty() {
            let name = format!("{name}:");
            self.folded(&format!("{name:<17} "), &" ".repeat(18), &value);
        }
        self
    }

    /// A text of several lines, set in.
    pub fn prose(&mut self, text: &str) -> &mut Self {
        for line in harmless(text).lines() {
            self.folded("  ", "  ", line.trim_end());
        }
        self
    }

    /// A text of several lines, as it stands.
    pub fn verbatim(&mut self, text: &str) -> &mut Self {
        self.text.push_str(harmless(text).trim_end());
        self.text.push('\n');
        self
    }

    /// A table; `nothing` is said instead when it has no rows.
    pub fn table(&mut self, header: &[&str], rows: Vec<Vec<String>>, nothing: &str) -> &mut Self {
        if rows.is_empty() {
            return self.line(nothing);
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        if let Some(width) = self.width {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        table.set_header(header.iter().map(|name| name.to_uppercase()));
        for row in rows {
            table.add_row(row.iter().map(|cell| one_line(cell)));
        }
        // Ids and keys stand first; a person may want to copy them whole.
        if let Some(keys) = table.column_mut(0) {
            keys.set_constraint(ColumnConstraint::ContentWidth);
        }
        for line in table.lines() {
            // One space of padding stands before each row; more of them are an empty cell.
            self.text.extend([line.strip_prefix(' ').unwrap_or(&line).trim_end(), "\n"]);
        }
        self
    }

    /// What a person may want to do next: a command, and why.
    pub fn next(&mut self, command: &str, why: &str) -> &mut Self {
        self.blank();
        self.line(format!("Next: {command}  ({why})"))
    }

    /// The columns there are for what is drawn.
    pub fn columns(&self) -> usize {
        self.width.map_or(USUAL_COLUMNS, |width| usize::from(width).max(NARROWEST))
    }

    /// The page as it is printed.
    pub fn into_text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reads_top_down_with_one_line_between_its_parts() {
        let mut sheet = Sheet::new(None);
        sheet.heading("Plans").table(
            &["id", "title"],
            vec![
                vec!["1a2b".into(), "Fewer\nbloods".into()],
                vec!["3c4d".into(), "Inhalers".into()],
            ],
            "No plans yet.",
        );
        sheet
            .blank()
            .blank()
            .field("Sent", "2")
            .field("Note", "")
            .next("enhance sync", "send them");
        assert_eq!(
            sheet.into_text(),
            "Plans\nID    TITLE\n1a2b  Fewer bloods\n3c4d  Inhalers\n\nSent:             2\n\nNext: enhance sync (send them)\n"
        );
    }

    #[test]
    fn an_empty_first_cell_keeps_its_column_and_a_long_name_its_space() {
        let mut sheet = Sheet::new(None);
        sheet.table(&["id", "name"], vec![vec![String::new(), "Dr Lee".into()]], "");
        sheet.field("Part of a full year", "0.5");
        assert_eq!(sheet.into_text(), "ID  NAME\n    Dr Lee\nPart of a full year: 0.5\n");
    }

    #[test]
    fn a_table_without_rows_says_so_in_words() {
        let mut sheet = Sheet::new(None);
        sheet.table(&["id"], Vec::new(), "No plans yet.");
        assert_eq!(sheet.into_text(), "No plans yet.\n");
    }

    #[test]
    fn a_table_is_folded_to_the_width_of_the_terminal() {
        let mut sheet = Sheet::new(Some(30));
        let row = vec!["a-long-key-of-it".to_owned(), "word ".repeat(20)];
        sheet.table(&["key", "title"], vec![row], "");
        let text = sheet.into_text();
        assert!(text.lines().all(|line| line.chars().count() <= 30), "{text}");
        assert!(text.contains("a-long-key-of-it  word"), "keys stay whole: {text}");
    }
}
