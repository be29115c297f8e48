//! Comments, at the width of a page.

/// The widest line, in characters.
pub(super) const WIDTH: usize = 100;

/// The comment of what follows at this indentation; nothing if nothing is said of it.
pub(super) fn comment(docs: Option<&str>, indent: &str) -> String {
    let Some(docs) = docs.map(str::trim).filter(|docs| !docs.is_empty()) else {
        return String::new();
    };
    let docs = docs.replace("*/", "* /");
    let lines = wrapped(&docs, WIDTH - indent.len() - " * ".len());
    match &*lines {
        [line] if indent.len() + line.len() + "/**  */".len() <= WIDTH => {
            format!("{indent}/** {line} */\n")
        }
        lines => {
            let lines = lines.iter().map(|line| {
                if line.is_empty() {
                    format!("{indent} *\n")
                } else {
                    format!("{indent} * {line}\n")
                }
            });
            format!("{indent}/**\n{}{indent} */\n", lines.collect::<String>())
        }
    }
}

/// Paragraphs without a line that is wider than this, where a word is not.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut joins = false;
    for line in text.lines().map(str::trim) {
        let begins = line.is_empty() || line.starts_with(['-', '|', '#']);
        if begins || !joins {
            lines.push(String::new());
        }
        joins = !line.is_empty();
        for word in line.split_whitespace() {
            match lines.last_mut() {
                Some(last) if last.is_empty() => last.push_str(word),
                Some(last) if last.chars().count() + 1 + word.chars().count() <= width => {
                    last.extend([" ", word]);
                }
                _ => lines.push(word.to_owned()),
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_keeps_to_the_width_of_a_page_and_its_paragraphs_apart() {
        assert_eq!(comment(None, ""), "");
        assert_eq!(comment(Some("Short."), "  "), "  /** Short. */\n");
        let long = format!("{}\n\nSecond\none.", "word ".repeat(30).trim());
        let made = comment(Some(&long), "  ");
        assert!(made.lines().all(|line| line.len() <= WIDTH), "{made}");
        assert!(made.ends_with("   *\n   * Second one.\n   */\n"), "{made}");
    }

    #[test]
    fn a_list_keeps_its_lines() {
        assert_eq!(wrapped("of:\n- a\n- b", 50), ["of:", "- a", "- b"]);
    }
}
