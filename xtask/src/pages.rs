//! Pages of Markdown that people read as they are: wrapped, so that a change shows in a diff, and
//! naming only files and commands that there are.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    HELP,
    files::files_below,
    steps::{Outcome, root},
};

const COLUMNS: usize = 100;

/// Programme content, which is compiled and not read in a diff.
const ELSEWHERE: [&str; 2] = ["content/enhance", "content/examples"];

/// Endings of files that a page names by their path.
const NAMED: [&str; 4] = ["rs", "md", "toml", "sql"];

/// Checks every page and says how many there are.
pub fn check() -> Outcome<String> {
    let files = files_below(root(), &NAMED)?;
    let mut faults = Vec::new();
    let mut checked = 0;
    for page in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "md")) {
        let name = page.strip_prefix(root()).unwrap_or(page);
        if ELSEWHERE.iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        checked += 1;
        let text =
            fs::read_to_string(page).map_err(|error| format!("{}: {error}", name.display()))?;
        let name = name.display();
        let long = long_lines(&text);
        faults.extend(long.map(|line| format!("{name}:{line} is longer than {COLUMNS} columns")));
        let links = links(&text).filter(|link| !page.with_file_name(link).exists());
        faults.extend(links.map(|link| format!("{name} links to {link}, which is not there")));
        let paths = paths(&text).filter(|path| !is_one_of(&files, path));
        faults.extend(paths.map(|path| format!("{name} names {path}, which is not there")));
        let commands = commands(&text).filter(|command| !is_command(command));
        faults.extend(commands.map(|command| format!("{name} names no command: {command}")));
    }
    if faults.is_empty() {
        Ok(format!("{checked} pages, wrapped at {COLUMNS} columns, with nothing named in vain"))
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

/// What a page links to beside itself, without the place in it. What stands in backticks is no link.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let prose = text.lines().flat_map(|line| line.split('`').step_by(2));
    let linked = prose.flat_map(|prose| prose.split("](").skip(1));
    let targets = linked.filter_map(|rest| rest.split(')').next());
    let files = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    files.filter_map(|target| target.split('#').next())
}

/// Paths of files that stand in backticks, as far as folders are named.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let quoted = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    quoted.filter(|path| {
        let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
        let is_plain = !path.contains([' ', '*', '{']) && path.contains('/');
        is_plain && ending.is_some_and(|ending| NAMED.contains(&ending))
    })
}

/// Whether a path leads to one of the files, from wherever a page may count.
fn is_one_of(files: &[PathBuf], path: &str) -> bool {
    files.iter().any(|file| file.ends_with(path))
}

/// What stands after `cargo xtask`.
fn commands(text: &str) -> impl Iterator<Item = &str> {
    let named = text.split("cargo xtask ").skip(1);
    let words = named.filter_map(|rest| rest.split(|letter: char| !letter.is_alphabetic()).next());
    words.filter(|word| !word.is_empty())
}

fn is_command(word: &str) -> bool {
    let mut lines = HELP.lines().filter_map(|line| line.strip_prefix("  "));
    lines.any(|line| line.split_whitespace().next() == Some(word))
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

    #[test]
    fn a_link_is_to_a_file_whatever_place_in_it_is_meant() {
        let text = "[a](one/a.md#b), [b](#here) and [c](https://example.org/c), ![d](d.png), `[e](e)`, [`f`](f.md)";
        assert_eq!(links(text).collect::<Vec<_>>(), ["one/a.md", "d.png", "f.md"]);
    }

    #[test]
    fn a_path_is_named_from_the_root_or_from_within_its_crate() {
        let text = "`sync/way.rs`, `way.rs`, `a b/c.rs`, `src/*.rs` and `cargo test`";
        assert_eq!(paths(text).collect::<Vec<_>>(), ["sync/way.rs"]);
        let files = [PathBuf::from("/p/core/client/src/sync/way.rs")];
        assert!(is_one_of(&files, "sync/way.rs") && is_one_of(&files, "src/sync/way.rs"));
        assert!(!is_one_of(&files, "nc/way.rs") && !is_one_of(&files, "sync/ways.rs"));
    }

    #[test]
    fn a_command_is_one_that_help_lists() {
        assert_eq!(
            commands("`cargo xtask demo --open`, `cargo xtask`").collect::<Vec<_>>(),
            ["demo"]
        );
        assert!(is_command("demo") && is_command("lint") && !is_command("dem"));
    }
}
