//! What stands in a sentence for a person: texts of theirs, and how many of something.

use std::fmt::{self, Write};

use crate::folding;

/// A text between quotation marks, as it is read: what nobody sees is left out, the end of a line
/// is a space, and a long text is cut. Nothing in it can move what stands around it.
///
/// ```
/// use enhance_model::Quoted;
///
/// assert_eq!(Quoted("Zoe\u{308}\nMüller\u{202e}").to_string(), "\"Zoe\u{308} Müller\"");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Quoted<'a>(pub &'a str);

impl Quoted<'_> {
    /// Characters that are shown of a text.
    pub const CHARS: usize = 80;
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_shown = |sign: &char| !folding::is_unseen(*sign) || is_part_of_letters(*sign);
        let mut signs = self.0.chars().filter(is_shown);
        f.write_char('"')?;
        for sign in signs.by_ref().take(Self::CHARS) {
            f.write_char(if sign.is_control() { ' ' } else { sign })?;
        }
        f.write_str(if signs.next().is_some() { "…\"" } else { "\"" })
    }
}

/// So many of something: "1 document", "2 documents", "3 entries".
///
/// ```
/// assert_eq!(enhance_model::counted(1, "reflection"), "1 reflection");
/// ```
pub fn counted(count: impl TryInto<u64>, thing: &str) -> String {
    // What is more than that is many.
    let count = count.try_into().unwrap_or(u64::MAX);
    match (count, thing.strip_suffix('y')) {
        (1, _) => format!("1 {thing}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o']) => format!("{count} {stem}ies"),
        _ => format!("{count} {thing}s"),
    }
}

/// Letters beyond which nothing is a path or an address that somebody needs whole.
const LONGEST: usize = 200;

/// A sentence about what was typed, in which nothing long stands as a whole: a text in the place of
/// a key would fill the screen, and with it a log. What would steer the screen is written out.
///
/// ```
/// use enhance_model::shortened;
///
/// let typed = "x".repeat(10_000);
/// let said = shortened(&format!("there is no plan {typed} here"), [typed]);
/// assert_eq!(said, format!("there is no plan {}… here", "x".repeat(80)));
/// let said = shortened("there is no plan '\u{1b}[2J\n' here", ["\u{1b}[2J\n".to_owned()]);
/// assert_eq!(said, "there is no plan '\\u{1b}[2J\\n' here");
/// ```
pub fn shortened(sentence: &str, typed: impl IntoIterator<Item = String>) -> String {
    let mut short = sentence.to_owned();
    for word in typed {
        let value = word.split_once('=').map(|(_, value)| value);
        for text in [word.as_str()].into_iter().chain(value) {
            if text.chars().nth(LONGEST).is_some() {
                short = short.replace(text, &beginning(text));
            } else if text.contains(steers_screen) {
                short = short.replace(text, &written_out(text, steers_screen));
            }
        }
    }
    // The ends of lines are of the sentence by now.
    let short = written_out(&short, |sign| steers_screen(sign) && !"\n\t".contains(sign));
    let words = short.split_inclusive(char::is_whitespace);
    let shown = words.map(|word| {
        if word.chars().nth(LONGEST).is_none() {
            return word.to_owned();
        }
        let end = word.chars().next_back().filter(|sign| sign.is_whitespace());
        beginning(word).chars().chain(end).collect()
    });
    shown.collect()
}

/// Whether a sign moves what stands around it, or does something to the screen.
fn steers_screen(sign: char) -> bool {
    sign.is_control() || folding::is_direction(sign)
}

/// The text with some signs as their numbers.
fn written_out(text: &str, is_meant: impl Fn(char) -> bool) -> String {
    let mut written = String::with_capacity(text.len());
    for sign in text.chars() {
        if is_meant(sign) {
            written.extend(sign.escape_default());
        } else {
            written.push(sign);
        }
    }
    written
}

fn beginning(text: &str) -> String {
    text.chars().take(Quoted::CHARS).chain(['…']).collect()
}

/// The text with a capital letter at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Joiners of letters and of pictures, and what chooses their form.
fn is_part_of_letters(sign: char) -> bool {
    matches!(sign, '\u{640}' | '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e6_one_is_one_and_none_are_several() {
        let said = [(0, "day"), (1, "day"), (2, "entry"), (1, "entry")];
        let said = said.map(|(count, thing)| counted(count, thing));
        assert_eq!(said, ["0 days", "1 day", "2 entries", "1 entry"]);
    }

    #[test]
    fn what_would_steer_the_screen_is_written_out() {
        for (typed, shown) in [
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("a\r\nb\tc", "a\\r\\nb\\tc"),
            ("a\u{9b}b\u{202e}c", "a\\u{9b}b\\u{202e}c"),
            ("Zoë Müller", "Zoë Müller"),
        ] {
            let sentence = format!("there is no '{typed}'\n\nUsage: {typed}\n");
            let said = shortened(&sentence, [format!("--name={typed}")]);
            assert_eq!(said, format!("there is no '{shown}'\n\nUsage: {shown}\n"));
        }
        let read = shortened("line 2 has \u{1b}]0;x\u{7}\n", Vec::new());
        assert_eq!(read, "line 2 has \\u{1b}]0;x\\u{7}\n", "what was read and not typed as well");
    }

    #[test]
    fn e6_a_text_is_quoted_as_it_is_read() {
        for (text, quoted) in [
            ("Dr Lee", "\"Dr Lee\""),
            ("Zoe\u{308}", "\"Zoe\u{308}\""),
            ("a\u{1b}[31mb\n", "\"a [31mb \""),
            ("a\u{202e}b\u{200b}c", "\"abc\""),
            ("", "\"\""),
        ] {
            assert_eq!(Quoted(text).to_string(), quoted);
        }
        let long = Quoted(&"a".repeat(1_000_000)).to_string();
        assert_eq!(long.chars().count(), Quoted::CHARS + 3);
    }
}
