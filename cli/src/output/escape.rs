//! Text of other people, made harmless for a terminal.
//!
//! A title may hold escape sequences that move the cursor, set the window's title or hide what
//! follows. Every character a terminal may act on is shown as a picture instead.

use std::borrow::Cow;

use enhance_model::folding::is_direction;

/// The text with nothing in it that a terminal acts on, except line ends and tabs.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|each| acts_on_terminal(each) && each != '\n' && each != '\t') {
        return Cow::Borrowed(text);
    }
    let unix_lines = text.replace("\r\n", "\n");
    Cow::Owned(unix_lines.chars().filter(|each| !is_mark(*each)).map(shown).collect())
}

/// The text on one line, harmless: for tables and titles, where a line end would forge a row.
pub fn one_line(text: &str) -> String {
    harmless(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of a JSON document with the characters escaped that JSON itself would let through.
///
/// They can only stand inside strings there, so the document stays the same to a reader.
pub fn harmless_json(document: &str) -> String {
    let mut escaped = String::with_capacity(document.len());
    for each in document.chars() {
        if each != '\n' && acts_on_terminal(each) {
            escaped.extend(["\\u", &format!("{:04x}", u32::from(each))]);
        } else {
            escaped.push(each);
        }
    }
    escaped
}

fn acts_on_terminal(each: char) -> bool {
    each.is_control() || turns_text_round(each)
}

/// Characters that change the direction of the text after them, and so what a reader sees.
const fn turns_text_round(each: char) -> bool {
    is_direction(each) || matches!(each, '\u{2028}' | '\u{2029}')
}

/// Marks that honest Hebrew and Arabic has. They move what is beside them, and are left out: a
/// picture in the middle of a word would read as damage.
const fn is_mark(each: char) -> bool {
    matches!(each, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

fn shown(each: char) -> char {
    match each {
        '\n' | '\t' => each,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(each)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ if acts_on_terminal(each) => '\u{fffd}',
        _ => each,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_become_pictures() {
        assert_eq!(harmless("a\u{1b}[2Jb\u{7}"), "a\u{241b}[2Jb\u{2407}");
        assert_eq!(harmless("\u{9b}31m red"), "\u{fffd}31m red");
        assert_eq!(harmless("rm\u{8}\u{7f}"), "rm\u{2408}\u{2421}");
    }

    #[test]
    fn text_that_reads_backwards_is_marked() {
        assert_eq!(harmless("safe\u{202e}txt"), "safe\u{fffd}txt");
        assert_eq!(harmless("a\u{2067}b\u{2069}"), "a\u{fffd}b\u{fffd}");
    }

    #[test]
    fn marks_of_direction_move_nothing_and_are_in_json_as_they_were() {
        let title = "12\u{200f}-\u{200e}34\u{61c}56";
        assert_eq!(harmless(title), "12-3456");
        let printed = harmless_json(&serde_json::to_string(title).unwrap());
        assert_eq!(printed, "\"12\\u200f-\\u200e34\\u061c56\"");
    }

    #[test]
    fn honest_text_is_left_alone() {
        let text = "Ærø, 東京, \u{1f600}\n\tindented";
        assert!(matches!(harmless(text), Cow::Borrowed(same) if same == text));
        assert_eq!(harmless("two\r\nlines"), "two\nlines");
    }

    #[test]
    fn a_title_cannot_forge_a_second_line() {
        assert_eq!(one_line("Ward\nStored: yes\r\n  now"), "Ward Stored: yes now");
    }

    #[test]
    fn json_stays_json_and_says_the_same() {
        let title = "a\u{9b}2J\u{202e}b\u{7f}";
        let printed = harmless_json(&serde_json::to_string(title).unwrap());
        assert!(printed.is_ascii());
        assert_eq!(serde_json::from_str::<String>(&printed).unwrap(), title);
    }
}
