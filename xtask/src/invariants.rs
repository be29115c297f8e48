//! ARCHITECTURE.md names the test or lint that guards each invariant. This sees that they exist.

use std::{fs, path::Path};

use crate::{
    files::files_below,
    steps::{Outcome, root},
};

/// Checks every guard that ARCHITECTURE.md names and says how many there are.
pub fn check() -> Outcome<String> {
    let page = read(&root().join("ARCHITECTURE.md"))?;
    let section = page.split("\n## ").find_map(|part| part.strip_prefix("Invariants\n"));
    let section = section.ok_or("ARCHITECTURE.md has no section \"Invariants\"")?;
    let sources = sources()?;
    let guards = guards(section);
    let missing: Vec<String> = guards
        .iter()
        .filter(|guard| !exists(guard, &sources))
        .map(|guard| format!("ARCHITECTURE.md names the guard {guard}, which does not exist"))
        .collect();
    match (guards.len(), missing.as_slice()) {
        (0, _) => Err("ARCHITECTURE.md names no guard at all".into()),
        (count, []) => Ok(format!("{count} guards of invariants, all there")),
        _ => Err(missing.join("\n")),
    }
}

/// What stands in backticks in the last column of the table.
fn guards(section: &str) -> Vec<&str> {
    let rows = section.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    let cells = rows.filter_map(|row| row.trim_end_matches([' ', '|']).rsplit(" | ").next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

fn exists(guard: &str, sources: &str) -> bool {
    if guard.contains('.') {
        root().join(guard).is_file()
    } else {
        sources.contains(&format!("fn {guard}("))
    }
}

/// Every Rust file of the project, one after the other.
fn sources() -> Outcome<String> {
    let files = files_below(root(), &["rs"])?;
    files.iter().map(|file| read(file)).collect()
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_are_what_the_last_column_names() {
        let section = "| what | guard |\n|---|---|\n| `x` holds | `a_b`, `c.toml` |\ntext `d`\n";
        assert_eq!(guards(section), ["a_b", "c.toml"]);
    }

    #[test]
    fn a_guard_that_is_not_there_is_noticed() {
        assert!(exists("a_b", "fn a_b() {}"));
        assert!(!exists("a_b", "fn a_bc() {}"));
        assert!(exists("core/model/clippy.toml", ""));
        assert!(!exists("core/model/none.toml", ""));
    }
}
