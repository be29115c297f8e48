//! Text of other people, made harmless for a terminal.
//!
//! A title may hold escape sequences that move the cursor, set the window's title or hide what
//! follows. Every character a terminal may act on is shown as a picture instead.

use std::borrow::Cow;

/// The text with nothing in it that a terminal acts on, except line ends and tabs.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|each| acts_on_terminal(each) && each != '\n' && each != '\t') {
        return Cow::Borrowed(text);
    }
    let unix_lines = text.replace("\r\n", "\n");
    Cow::Owned(unix_lines.chars().map(shown).collect())
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
    matches!(each, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
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
