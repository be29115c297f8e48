//! Sizes that a reader can hold: no file of ours is longer than a person reads in one sitting, and
//! no function longer than a screen. Clippy counts the functions in Rust; those in Kotlin and Swift
//! are counted here.

use std::{fs, path::Path};

use crate::{
    files::files_below,
    steps::{Outcome, root},
};

const LINES_OF_FILE: usize = 400;
const LINES_OF_FUNCTION: usize = 60;

const ENDINGS: [&str; 11] =
    ["rs", "kt", "kts", "java", "swift", "ts", "tsx", "mjs", "js", "sql", "sh"];

/// What a programme wrote, each time anew or once for all.
const GENERATED: [&str; 9] = [
    "bindings/wasm/api.d.ts",
    "bindings/wasm/js/schema.ts",
    "core/sqlite/src/bindings.rs",
    "ios/Guide",
    "ios/Sources/EnhanceCore/EnhanceCore.swift",
    "ios/Sources/EnhanceCore/Project.swift",
    "ios/Sources/EnhanceCore/Record.swift",
    "ios/Sources/enhance_ffiFFI",
    "web/dist",
];

/// Checks every file of source and says how many there are.
pub fn check() -> Outcome<String> {
    let mut faults = Vec::new();
    let mut checked = 0;
    for path in files_below(root(), &ENDINGS)? {
        let name = path.strip_prefix(root()).unwrap_or(&path);
        if GENERATED.iter().any(|generated| name.starts_with(generated)) {
            continue;
        }
        checked += 1;
        let text =
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", name.display()))?;
        faults.extend(faults_of(name, &text));
    }
    if faults.is_empty() {
        Ok(format!(
            "{checked} files of {LINES_OF_FILE} lines at most, with functions of \
             {LINES_OF_FUNCTION}"
        ))
    } else {
        Err(faults.join("\n"))
    }
}

fn faults_of(name: &Path, text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut faults = Vec::new();
    if lines.len() > LINES_OF_FILE {
        let (name, count) = (name.display(), lines.len());
        faults.push(format!("{name} has {count} lines, and {LINES_OF_FILE} are allowed"));
    }
    let keyword = match name.extension().and_then(|ending| ending.to_str()) {
        Some("kt" | "kts") => "fun",
        Some("swift") => "func",
        _ => return faults,
    };
    for (at, line) in lines.iter().enumerate() {
        let is_function = line.split_whitespace().any(|word| word == keyword)
            && !line.trim_start().starts_with(['/', '*']);
        let count = if is_function { body(&lines[at..]) } else { 0 };
        if count > LINES_OF_FUNCTION {
            let (name, at) = (name.display(), at + 1);
            faults.push(format!(
                "{name}:{at}: this function has {count} lines, and {LINES_OF_FUNCTION} are allowed"
            ));
        }
    }
    faults
}

/// How many lines are between the braces of the function that begins here; none if it has no
/// braces. The formatter sees to it that what closes something stands under what opened it.
fn body(lines: &[&str]) -> usize {
    let Some(indent) = lines.first().map(|line| line.len() - line.trim_start().len()) else {
        return 0;
    };
    let closes = |line: &&str, with: char| {
        line.get(..indent).is_some_and(|before| before.trim().is_empty())
            && line.get(indent..).is_some_and(|rest| rest.starts_with(with))
    };
    let end_of_head = match lines.first() {
        Some(line) if line.ends_with('(') => lines.iter().position(|line| closes(line, ')')),
        _ => Some(0),
    };
    let Some(begin) = end_of_head.filter(|at| lines[*at].ends_with('{')) else { return 0 };
    lines[begin + 1..].iter().position(|line| closes(line, '}')).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(name: &str, text: &str) -> Vec<String> {
        faults_of(Path::new(name), text)
    }

    #[test]
    fn a_file_that_is_too_long_is_named_with_its_length() {
        let line = "fn f() {}\n";
        assert_eq!(faults("a.rs", &line.repeat(LINES_OF_FILE)), [""; 0]);
        let said = faults("a.rs", &line.repeat(LINES_OF_FILE + 1));
        assert_eq!(said, ["a.rs has 401 lines, and 400 are allowed"]);
    }

    #[test]
    fn a_function_that_is_too_long_is_found_wherever_its_head_ends() {
        let inside = "        call()\n";
        for (name, head) in [
            ("a.kt", "    public suspend fun f(): Int {\n"),
            ("a.kt", "    public fun f(\n        a: Int,\n    ): Int {\n"),
            ("a.swift", "    func f() async throws {\n"),
        ] {
            let of = |count| format!("class C {{\n{head}{}    }}\n}}\n", inside.repeat(count));
            assert_eq!(faults(name, &of(LINES_OF_FUNCTION)), [""; 0], "{head}");
            let said = faults(name, &of(LINES_OF_FUNCTION + 1));
            let wanted = "2: this function has 61 lines, and 60 are allowed";
            assert_eq!(said, [format!("{name}:{wanted}")], "{head}");
        }
    }

    #[test]
    fn a_function_without_a_body_has_no_length() {
        let promised = "    func f(\n        a: Int\n    ) async throws\n";
        assert_eq!(faults("a.swift", &promised.repeat(100)), [""; 0]);
    }
}
