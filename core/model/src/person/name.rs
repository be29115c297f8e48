//! What a person, an organisation or a device may be called.

use std::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::{
    csv,
    folding::{self, PartKind},
};

/// The name of a person: on one line, of signs that are seen, with a letter or digit.
///
/// It is kept as it was typed but for spaces, of which there is one between two words and none
/// around them, and for accents, which are part of their letter.
///
/// ```
/// use enhance_model::person::PersonName;
///
/// assert_eq!(PersonName::new("  Zoe\u{308}  Müller ")?.as_str(), "Zoë Müller");
/// assert!(PersonName::new("Dr\nLee").is_err());
/// # Ok::<(), enhance_model::person::NoName>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

/// Why a text is no name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoName {
    #[error("it has no letter or digit in it; write what people say")]
    Empty,
    #[error("it has {chars} characters; write at most {most}")]
    TooLong { chars: usize, most: usize },
    #[error("it begins with {sign}, as a formula of a spreadsheet does; leave that out")]
    Formula { sign: char },
    #[error("it has the character {} in it, which nobody sees; leave it out", code_point(*.sign))]
    Unseen { sign: char },
}

impl PersonName {
    /// Characters of the longest name.
    pub const CHARS: usize = 100;

    /// The name, if that is one.
    pub fn new(typed: &str) -> Result<Self, NoName> {
        let name = line(typed, Self::CHARS)?;
        match name.chars().next().filter(|_| csv::is_formula(&name)) {
            Some(sign) => Err(NoName::Formula { sign }),
            None => Ok(Self(name)),
        }
    }

    /// The name as it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

impl std::str::FromStr for PersonName {
    type Err = NoName;

    fn from_str(typed: &str) -> Result<Self, NoName> {
        Self::new(typed)
    }
}

/// A name of anything, of at most so many characters, as it is kept.
pub fn line(typed: &str, most: usize) -> Result<String, NoName> {
    let typed = spaced(typed.trim_matches(|sign| sign == '\u{feff}' || char::is_whitespace(sign)));
    let mut before = ' ';
    for sign in typed.chars() {
        if is_refused(sign) && !(is_joiner(sign) && is_joined(before)) {
            return Err(NoName::Unseen { sign });
        }
        before = sign;
    }
    let chars = typed.chars().count();
    if chars > most {
        return Err(NoName::TooLong { chars, most });
    }
    if folding::parts(&typed).all(|part| part.kind == PartKind::Picture) {
        return Err(NoName::Empty);
    }
    Ok(typed)
}

/// A name that came from elsewhere, made one that can be shown: what may not be in a name is left
/// out of it, and so is what is after `most` characters.
pub fn cleaned(name: &str, most: usize) -> String {
    let signs = name.chars().map(|sign| if sign.is_control() { ' ' } else { sign });
    let seen: String = signs.filter(|sign| !is_refused(*sign)).collect();
    spaced(&seen).chars().take(most).collect()
}

/// Composed, with one space between two words.
fn spaced(typed: &str) -> String {
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(typed);
    // A tab or the end of a line is no space of a name.
    let is_space = |sign: char| sign.is_whitespace() && !sign.is_control() && !is_line_end(sign);
    let words: Vec<&str> = composed.split(is_space).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn is_line_end(sign: char) -> bool {
    matches!(sign, '\u{2028}' | '\u{2029}')
}

/// Whether a sign is in no name: control characters, ends of lines, marks of direction, what has
/// no width, and what no font of another machine has.
fn is_refused(sign: char) -> bool {
    let is_private = matches!(sign, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    let is_stretch = sign == '\u{640}';
    sign.is_control()
        || is_line_end(sign)
        || is_private
        || sign == '\u{fffd}'
        || (folding::is_unseen(sign) && !is_stretch)
}

fn is_joiner(sign: char) -> bool {
    matches!(sign, '\u{200c}' | '\u{200d}')
}

/// Whether a joiner after this letter changes how a name is written, as in Persian or Malayalam.
fn is_joined(letter: char) -> bool {
    matches!(letter, '\u{620}'..='\u{8ff}' | '\u{900}'..='\u{dff}')
}

/// A sign that cannot be shown, by its number.
fn code_point(sign: char) -> String {
    format!("U+{:04X}", u32::from(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e2_a_name_is_no_formula_and_may_have_its_signs_further_on() {
        for formula in ["=cmd|x", "+1", "@x", "-1 x", "＝x", "  =x"] {
            let refused = PersonName::new(formula);
            assert!(matches!(refused, Err(NoName::Formula { .. })), "{formula}: {refused:?}");
        }
        PersonName::new("Anne-Marie (+1)").unwrap();
    }

    #[test]
    fn e2_a_name_is_on_one_line_and_of_signs_that_are_seen() {
        for typed in
            ["Dr Helen Lee", "Zoë O’Brien-Müller", "李 小龙", "علی\u{200c}رضا", "J. R. 3rd"]
        {
            assert_eq!(PersonName::new(typed).unwrap().as_str(), typed);
        }
        for (typed, sign) in [
            ("Dr\nLee", '\n'),
            ("Dr\tLee", '\t'),
            ("\u{1b}[31mLee", '\u{1b}'),
            ("Lee\u{202e}nosreP", '\u{202e}'),
            ("He\u{200b}len", '\u{200b}'),
            ("He\u{200d}len", '\u{200d}'),
            ("Lee\u{2028}Ann", '\u{2028}'),
            ("Lee\u{2066}", '\u{2066}'),
            ("Le\u{ad}e", '\u{ad}'),
            ("\u{e000}Lee", '\u{e000}'),
            ("Lee\0", '\0'),
        ] {
            assert_eq!(PersonName::new(typed), Err(NoName::Unseen { sign }), "{typed:?}");
        }
        for typed in ["", "  ", "...", "🙂", "\u{3000}"] {
            assert_eq!(PersonName::new(typed), Err(NoName::Empty), "{typed:?}");
        }
        assert!(PersonName::new(&"é".repeat(100)).is_ok());
        assert_eq!(
            PersonName::new(&"é".repeat(500)),
            Err(NoName::TooLong { chars: 500, most: 100 })
        );
    }

    #[test]
    fn e2_what_is_no_name_is_said_without_showing_it() {
        let error = PersonName::new("Lee\u{202e}").unwrap_err().to_string();
        assert_eq!(error, "it has the character U+202E in it, which nobody sees; leave it out");
    }

    #[test]
    fn e2_a_name_from_elsewhere_can_be_shown() {
        assert_eq!(cleaned("Dr\nHelen\u{202e} \u{1b}[31mLee", 100), "Dr Helen [31mLee");
        assert_eq!(cleaned(&"a".repeat(500), 80).len(), 80);
        assert_eq!(cleaned("Zoë O’Brien", 80), "Zoë O’Brien");
    }
}
