//! What fits on a sheet: texts are cut and lists end, and both say so.

use std::fmt::Write;

/// A text on one line that is no longer than this, on whole words.
pub(super) fn cut(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let (mut width, mut end) = (0, text.len());
    for (at, letter) in text.char_indices() {
        width += width_of(letter);
        if width > most {
            end = at;
            break;
        }
    }
    let begun = &text[..end];
    if end == text.len() {
        return text;
    }
    let is_between = text[end..].starts_with(' ');
    let whole = if is_between { None } else { begun.rfind(' ') };
    format!("{} …", whole.map_or(begun, |end| &begun[..end]).trim_end())
}

/// Letters of Chinese, Japanese and Korean are twice as wide.
const fn width_of(letter: char) -> usize {
    if letter >= '\u{1100}' { 2 } else { 1 }
}

/// As many of these as fit into so many characters, and how many more there are.
pub(super) fn listed(entries: impl IntoIterator<Item = String>, most: usize) -> String {
    let mut text = String::new();
    let mut left = 0;
    for entry in entries {
        let entry = cut(&entry, most / 2);
        let is_full = left > 0 || text.chars().count() + entry.chars().count() > most;
        if is_full && !text.is_empty() {
            left += 1;
            continue;
        }
        let between = if text.is_empty() { "" } else { "; " };
        text.extend([between, &entry]);
    }
    if left > 0 {
        let _ = write!(text, "; and {left} more in the plan");
    }
    text
}

/// What was left out of a list: "2 more cycles are in the plan."
pub(super) fn more(html: &mut String, left: usize, one: &str) {
    let (plural, verb) = if left == 1 { ("", "is") } else { ("s", "are") };
    if left > 0 {
        let _ =
            writeln!(html, "<p class=\"more\">{left} more {one}{plural} {verb} in the plan.</p>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_ends_with_a_whole_word() {
        assert_eq!(cut("one two three", 9), "one two …");
        assert_eq!(cut("one two three", 7), "one two …");
        assert_eq!(cut("one", 9), "one");
        assert_eq!(cut("unbreakable", 4), "unbr …");
        assert_eq!(cut(" one\n\ntwo ", 9), "one two", "lines are for the plan");
        assert_eq!(cut("\u{6f22}\u{5b57}", 3), "\u{6f22} …");
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let names = |count: usize| (0..count).map(|number| format!("name {number}"));
        assert_eq!(listed(names(2), 40), "name 0; name 1");
        assert_eq!(listed(names(9), 20), "name 0; name 1; name 2; and 6 more in the plan");
        assert_eq!(listed(names(0), 20), "");
        let mut html = String::new();
        more(&mut html, 0, "cycle");
        more(&mut html, 1, "cycle");
        more(&mut html, 2, "cycle");
        assert_eq!(
            html,
            "<p class=\"more\">1 more cycle is in the plan.</p>\n\
             <p class=\"more\">2 more cycles are in the plan.</p>\n"
        );
    }
}
