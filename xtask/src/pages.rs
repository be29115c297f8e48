//! Pages of Markdown that people read as they are: wrapped, so that a change shows in a diff.

use std::fs;

use crate::steps::{Outcome, files_below, root};

const COLUMNS: usize = 100;

/// Programme content, which is compiled and not read in a diff.
const ELSEWHERE: [&str; 2] = ["content/enhance", "content/examples"];

/// Checks every page and says how many there are.
pub fn check() -> Outcome<String> {
    let pages = files_below(root(), &["md"])?;
    let mut faults = Vec::new();
    let mut checked = 0;
    for page in &pages {
        let name = page.strip_prefix(root()).unwrap_or(page);
        if ELSEWHERE.iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        checked += 1;
        let text =
            fs::read_to_string(page).map_err(|error| format!("{}: {error}", name.display()))?;
        faults.extend(
            long_lines(&text)
                .map(|line| format!("{}:{line} is longer than {COLUMNS} columns", name.display())),
        );
    }
    if faults.is_empty() {
        Ok(format!("{checked} pages, wrapped at {COLUMNS} columns"))
    } else {
        Err(faults.join("\n"))
    }
}

/// The numbers of lines that are too long, rows of tables and lines of code aside.
fn long_lines(text: &str) -> impl Iterator<Item = usize> {
    let mut in_code = false;
    text.lines().enumerate().filter_map(move |(at, line)| {
        in_code ^= line.trim_start().starts_with("```");
        let is_prose = !in_code && !line.starts_with('|');
        (is_prose && line.chars().count() > COLUMNS).then_some(at + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_prose_is_wrapped() {
        let long = "x".repeat(COLUMNS + 1);
        let text = format!("{long}\n| {long} |\n```\n{long}\n```\n{long}");
        assert_eq!(long_lines(&text).collect::<Vec<_>>(), [1, 6]);
    }
}
