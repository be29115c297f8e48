//! Exact ages: over 89 they are rarer than a name.
//!
//! Sources: GMC, *Anonymising reflective notes* ("life stage, not exact age"); the limit of 89 is
//! that of the HIPAA safe harbour, since a rule of this country has no number.

use super::{
    finding::{FindingKind, Severity},
    hit::Hit,
    lists::has,
    tokens::{Gap, Tokens},
};

const REASON: &str = "An exact age narrows down who it is; a stage of life says as much.";
const OLD_REASON: &str = "An exact age over 89 is rare enough to tell of one person.";

/// From this age on few people have it.
const RARE: u32 = 90;

/// Nobody is known to have been older.
const OLDEST: u32 = 122;

/// The age that begins at a token.
pub(super) fn at(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    if tokens.is_glued_to_letter(at) {
        return None;
    }
    let (years, end) = labelled(tokens, at)
        .or_else(|| counted(tokens, at))
        .or_else(|| with_sex(tokens, at))
        .or_else(|| of_somebody(tokens, at))?;
    let reason = if years >= RARE { OLD_REASON } else { REASON };
    let hit = Hit::new(FindingKind::Age, Severity::Possible, at..end, reason);
    Some(hit.instead(band(years)))
}

fn band(years: u32) -> String {
    match years {
        0..=1 => "an infant".to_owned(),
        2..=12 => "a child".to_owned(),
        13..=19 => "a teenager".to_owned(),
        RARE.. => "over 90".to_owned(),
        _ => format!("in their {}s", years / 10 * 10),
    }
}

/// "aged 93", "age: 93", "at the age of ninety-three"; not "over the age of 65", nor a range.
fn labelled(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    const LIMITS: &[&str] =
        &["above", "below", "beyond", "from", "least", "over", "past", "than", "under", "until"];
    if !matches!(tokens.small(at), "aged" | "age") {
        return None;
    }
    let mut next = at + 1;
    while matches!(tokens.mark(next), Some(':' | '=')) || matches!(tokens.small(next), "of" | "is")
    {
        next += 1;
        if next > at + 3 {
            return None;
        }
    }
    let (years, end) = number(tokens, next)?;
    let is_limit = (at.saturating_sub(3)..next).any(|before| has(LIMITS, tokens.small(before)));
    (!is_limit && is_exact(tokens, end)).then_some((years, end))
}

/// "93 year old", "93-year-old", "93yo", "93 y/o", "93 years of age", "6 week old baby".
fn counted(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let (years, end) = number(tokens, at)?;
    let unit_at = after_hyphen(tokens, end);
    let unit = tokens.small(unit_at);
    if tokens.gap(unit_at) == Gap::Line {
        return None;
    }
    let end = match unit {
        "yo" | "yrold" => unit_at + 1,
        "y" => {
            let next =
                unit_at + 1 + usize::from(matches!(tokens.mark(unit_at + 1), Some('/' | '.')));
            (tokens.small(next) == "o" && tokens.is_glued(next)).then_some(next + 1)?
        }
        "year" | "years" | "yr" | "yrs" => {
            old_after(tokens, unit_at + 1).or_else(|| sex_after(tokens, unit_at + 1))?
        }
        "month" | "months" | "week" | "weeks" | "day" | "days" => {
            let end = old_after(tokens, unit_at + 1)?;
            let is_person = (end..end + 3).any(|after| has(YOUNG, tokens.small(after)));
            return is_person.then_some((0, end));
        }
        _ => return None,
    };
    (!has(THINGS, tokens.small(end))).then_some((years, end))
}

/// "91 yr F", "91yrs male": the sex says that it is an age.
fn sex_after(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let is_letter = matches!(tokens.plain(at), "F" | "M");
    let is_word =
        matches!(tokens.small(at), "female" | "gentleman" | "lady" | "male" | "man" | "woman");
    ((is_letter || is_word) && tokens.gap(at) == Gap::Space).then_some(at)
}

/// "old" or "of age", after a hyphen or none.
fn old_after(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let word = after_hyphen(tokens, at);
    match tokens.small(word) {
        "old" | "olds" => Some(word + 1),
        "of" if tokens.small(word + 1) == "age" => Some(word + 2),
        _ => None,
    }
}

/// "93F": an age and a sex, unless it is a catheter, a temperature or millions.
fn with_sex(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let years = tokens.value(at).filter(|years| (1..=OLDEST).contains(years))?;
    let end = at + 2;
    let is_sex = matches!(tokens.plain(at + 1), "F" | "M") && tokens.is_glued(at + 1);
    let is_joined = tokens.is_followed_by_letter(end)
        || tokens.is_glued(end) && tokens.mark(end).is_some_and(|mark| "/-'".contains(mark))
        || tokens.is_glued(at)
            && at > 0
            && tokens.mark(at - 1).is_some_and(|mark| "\u{a3}$\u{20ac}./-".contains(mark));
    let is_other = (at.saturating_sub(3)..at).any(|before| has(MEASURED, tokens.small(before)))
        || (end..end + 2).any(|after| has(MEASURED, tokens.small(after)));
    (is_sex && !is_joined && !is_other).then_some((years, end))
}

/// "she is 93", at the end of what is said; "he turned 93"; "her 93rd birthday".
fn of_somebody(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let (years, end) = number(tokens, at)?;
    let before = |back: usize| at.checked_sub(back).map_or("", |at| tokens.small(at));
    if matches!(tokens.small(end), "st" | "nd" | "rd" | "th") {
        return (tokens.small(end + 1) == "birthday").then_some((years, end + 2));
    }
    let is_person = matches!(before(2), "he" | "she" | "who" | "patient" | "man" | "woman");
    let is_age = before(1) == "turned" || is_person && matches!(before(1), "is" | "was");
    let is_end = tokens.gap(end) == Gap::Line
        || tokens.mark(end).is_some_and(|mark| ".,;)".contains(mark)) && !tokens.is_glued(end + 1)
        || matches!(tokens.small(end), "and" | "with" | "when" | "years");
    (is_age && is_end && years >= 16).then_some((years, end))
}

/// Whether nothing after an age makes it a range or a limit.
fn is_exact(tokens: &Tokens<'_>, end: usize) -> bool {
    let is_range = matches!(tokens.mark(end), Some('-' | '+' | '/'))
        || matches!(tokens.small(end), "to" | "or" | "plus")
        || tokens.small(end) == "and"
            && matches!(tokens.small(end + 1), "over" | "above" | "under");
    !is_range && !tokens.is_followed_by_letter(end)
}

/// A number in digits or in words, up to the age of the oldest.
fn number(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    if let Some(years) = tokens.value(at) {
        let is_decimal = tokens.is_glued(at)
            && at > 0
            && matches!(tokens.mark(at - 1), Some('.' | '/' | '-'))
            && tokens.is_number(at.saturating_sub(2));
        return (years <= OLDEST && !is_decimal).then_some((years, at + 1));
    }
    let word = tokens.small(at);
    if let Some(tens) = position(TENS, word) {
        let next = after_hyphen(tokens, at + 1);
        return Some(match position(ONES, tokens.small(next)) {
            Some(ones @ 1..=9) => (tens * 10 + ones, next + 1),
            _ => (tens * 10, at + 1),
        });
    }
    position(ONES, word).map(|ones| (ones, at + 1))
}

fn position(list: &[&str], word: &str) -> Option<u32> {
    (0..).zip(list).find(|(_, one)| **one == word && !word.is_empty()).map(|(number, _)| number)
}

fn after_hyphen(tokens: &Tokens<'_>, at: usize) -> usize {
    at + usize::from(tokens.is_mark(at, '-') && tokens.gap(at) < Gap::Line)
}

/// By tens; there are no words for the first two that would be followed by a number.
const TENS: &[&str] =
    &["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The words for small numbers, by number.
#[rustfmt::skip]
const ONES: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
];

/// Who is counted in weeks.
#[rustfmt::skip]
const YOUNG: &[&str] = &[
    "babies", "baby", "boy", "child", "daughter", "female", "girl", "infant", "male", "neonate",
    "newborn", "son", "twin", "twins",
];

/// What has years and is nobody.
#[rustfmt::skip]
const THINGS: &[&str] = &[
    "building", "car", "computer", "data", "guidance", "guideline", "guidelines", "hospital",
    "laptop", "machine", "paper", "plan", "policy", "programme", "project", "protocol", "scanner",
    "software", "study", "system", "trust", "ward",
];

/// What is measured in F or M, beside people.
#[rustfmt::skip]
const MEASURED: &[&str] = &[
    "catheter", "catheters", "drain", "fahrenheit", "foley", "fr", "french", "investment", "needle",
    "patients", "people", "pounds", "records", "sheath", "size", "sized", "temp", "temperature",
    "tube", "visits",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(YOUNG.is_sorted() && THINGS.is_sorted() && MEASURED.is_sorted());
    }

    #[test]
    fn numbers_are_read_in_digits_and_in_words() {
        let read = |text: &str| number(&Tokens::of(text), 0);
        assert_eq!(read("93"), Some((93, 1)));
        assert_eq!(read("ninety-three"), Some((93, 3)));
        assert_eq!(read("ninety three"), Some((93, 2)));
        assert_eq!(read("ninety people"), Some((90, 1)));
        assert_eq!(read("nineteen"), Some((19, 1)));
        assert_eq!((read("123"), read("old"), read("")), (None, None, None));
    }
}
