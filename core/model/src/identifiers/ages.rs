//! Exact ages: over 89 they are rarer than a name.
//!
//! Sources: GMC, *Anonymising reflective notes* ("life stage, not exact age"); the limit of 89 is
//! that of the HIPAA safe harbour, since a rule of this country has no number.

use std::ops::Range;

use super::{
    age_lists::{AMOUNTS, LENGTHS, MANY, MEASURED, ROADS_AND_CODES, SPANS, THINGS, WHEN, YOUNG},
    finding::{FindingKind, Severity},
    hit::Hit,
    lists::{SEXES, has},
    number_words::{self, after_hyphen},
    tokens::{Gap, Tokens},
};

const REASON: &str = "An exact age narrows down who it is; a stage of life says as much.";
const OLD_REASON: &str = "An exact age over 89 is rare enough to tell of one person.";

/// From this age on few people have it.
pub(super) const RARE: u32 = 90;

/// Nobody is known to have been older.
pub(super) const OLDEST: u32 = 122;

/// The age that begins at a token.
pub(super) fn at(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    if tokens.is_glued_to_letter(at) {
        return None;
    }
    let (years, end) = labelled(tokens, at)
        .or_else(|| above(tokens, at))
        .or_else(|| with_plus(tokens, at))
        .or_else(|| counted(tokens, at))
        .or_else(|| in_short(tokens, at))
        .or_else(|| in_years(tokens, at))
        .or_else(|| with_sex(tokens, at))
        .or_else(|| after_sex(tokens, at))
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
    let is_unit = tokens.is_glued(end) && matches!(tokens.small(end), "y" | "yr" | "yrs");
    let end = end + usize::from(is_unit);
    let is_limit = (at.saturating_sub(3)..next).any(|before| has(LIMITS, tokens.small(before)));
    if is_limit {
        return None;
    }
    // "age 90+" of one person.
    if years >= RARE && tokens.is_mark(end, '+') && tokens.is_glued(end) {
        let is_one = !tokens.is_followed_by_letter(end + 1)
            && !is_of_many(tokens, at.saturating_sub(3)..at)
            && !is_of_many(tokens, end + 1..end + 3);
        return is_one.then_some((years, end + 1));
    }
    is_exact(tokens, end).then_some((years, end))
}

/// Whether one of some words is for more people than one.
fn is_of_many(tokens: &Tokens<'_>, mut at: Range<usize>) -> bool {
    at.any(|at| has(MANY, tokens.small(at)))
}

/// "aged over 90" of one person, which few are; "a centenarian".
fn above(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    match tokens.small(at) {
        "nonagenarian" => Some((RARE, at + 1)),
        "centenarian" | "supercentenarian" => Some((100, at + 1)),
        "over" | "above" if at > 0 && is_person(tokens.small(at - 1)) => {
            let (years, end) = number(tokens, at + 1)?;
            (years >= RARE && is_exact(tokens, end)).then_some((years, end))
        }
        "aged" if matches!(tokens.small(at + 1), "over" | "above") => {
            let before = at.checked_sub(1).map_or("", |before| tokens.small(before));
            let (years, end) = number(tokens, at + 2)?;
            (years >= RARE && !has(MANY, before) && is_exact(tokens, end)).then_some((years, end))
        }
        "older" if tokens.small(at + 1) == "than" => {
            let (years, end) = number(tokens, at + 2)?;
            let is_one = !is_of_many(tokens, at.saturating_sub(4)..at)
                && !is_of_many(tokens, end..end + 2)
                && !has(AMOUNTS, tokens.small(end));
            (years >= RARE && is_one && is_exact(tokens, end)).then_some((years, end))
        }
        _ => None,
    }
}

/// "90+" of one person: alone in what is said, or beside a word for somebody.
fn with_plus(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let years = tokens.value(at).filter(|years| (RARE..=OLDEST).contains(years))?;
    let (plus, end) = (at + 1, at + 2);
    if !tokens.is_mark(plus, '+') || !tokens.is_glued(plus) || !is_alone(tokens, at, end) {
        return None;
    }
    let before = at.checked_sub(1).map_or("", |before| tokens.small(before));
    let is_begun = tokens.gap(at) == Gap::Line
        || matches!(before, "," | "." | ";" | "(" | "a" | "is" | "was")
        || is_person(before);
    let years_old = || matches!(tokens.small(end), "year" | "years" | "yr" | "yrs" | "y");
    if let Some(end) = old_after(tokens, end + 1).filter(|_| years_old()) {
        return Some((years, end));
    }
    let after = tokens.small(end);
    let is_end = is_end(tokens, end) || is_person(after) || after == "and";
    (is_begun && is_end && !is_of_many(tokens, at.saturating_sub(3)..at)).then_some((years, end))
}

/// Whether a word is for one person, who may be of an age.
fn is_person(word: &str) -> bool {
    has(SEXES, word) || matches!(word, "patient" | "person" | "pt" | "resident" | "who")
}

/// Whether what is said, or a part of it, ends before a token.
fn is_end(tokens: &Tokens<'_>, end: usize) -> bool {
    tokens.gap(end) == Gap::Line
        || tokens.mark(end).is_some_and(|mark| ".,;:)".contains(mark)) && !tokens.is_glued(end + 1)
}

/// "93y", "92yrs": so old that nothing has to say that it is somebody.
fn in_short(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let years = tokens.value(at).filter(|years| (RARE..=OLDEST).contains(years))?;
    let before = at.checked_sub(1).map_or("", |before| tokens.small(before));
    let unit = after_hyphen(tokens, at + 1);
    let end = unit + 1;
    // A y that stands alone is an axis.
    let is_unit = matches!(tokens.small(unit), "yr" | "yrs")
        || tokens.small(unit) == "y" && tokens.is_glued(unit);
    let is_short = is_unit && is_alone(tokens, at, end);
    let is_span = matches!(before, "over" | "past" | "for" | "last" | "next" | "under" | "within")
        || (end..end + 2).any(|after| has(SPANS, tokens.small(after)))
        || has(THINGS, tokens.small(end));
    (is_short && tokens.gap(unit) < Gap::Line && !is_span).then_some((years, end))
}

/// "Fall, 92 years, lives alone": so old that nothing has to say that it is somebody, unless the words
/// around make it the length of something.
fn in_years(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let (years, unit) = number(tokens, at)?;
    let end = unit + 1;
    let before = at.checked_sub(1).map_or("", |before| tokens.small(before));
    let is_end = is_end(tokens, end) || is_person(tokens.small(end));
    let is_one = years >= RARE
        && tokens.small(unit) == "years"
        && tokens.gap(unit) < Gap::Line
        && is_end
        && !has(LENGTHS, before)
        && is_alone(tokens, at, end);
    is_one.then_some((years, end))
}

/// Whether neither a word nor a sum, a path or an amount of money goes on at either end.
fn is_alone(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let goes_on = tokens.is_followed_by_letter(end)
        || tokens.is_glued(end) && tokens.mark(end).is_some_and(|mark| "/-'".contains(mark));
    let is_rest = tokens.is_glued(at)
        && at > 0
        && tokens.mark(at - 1).is_some_and(|mark| "\u{a3}$\u{20ac}./-".contains(mark));
    !goes_on && !is_rest
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
        "y" | "year" | "years" | "yr" | "yrs" => {
            let next =
                unit_at + 1 + usize::from(matches!(tokens.mark(unit_at + 1), Some('/' | '.')));
            // "93 y. old" goes on, and what begins with a capital is another sentence.
            let is_o = unit == "y" && tokens.small(next) == "o" && tokens.is_glued(next);
            let old = || old_after(tokens, next).filter(|_| !tokens.is_capital(next));
            let sex = || sex_after(tokens, unit_at + 1);
            is_o.then_some(next + 1).or_else(old).or_else(sex)?
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

/// "93F", "93/M", "93 F": an age and a sex, unless it is a catheter, a temperature or millions.
fn with_sex(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let years = tokens.value(at).filter(|years| (1..=OLDEST).contains(years))?;
    let sex = at + 1 + usize::from(tokens.is_mark(at + 1, '/') && tokens.is_glued(at + 1));
    let end = sex + 1;
    // What is parted by a space is a sex beside a high age alone.
    let is_near = tokens.is_glued(sex) || years >= RARE && tokens.gap(sex) == Gap::Space;
    let is_sex = matches!(tokens.plain(sex), "F" | "M") && is_near;
    // "falling at 90 M": how far, how hot or how much.
    let is_at = at > 0 && tokens.small(at - 1) == "at" && !tokens.is_glued(sex);
    let is_one = is_sex && !is_at && is_alone(tokens, at, end) && !is_measured(tokens, at, end);
    is_one.then_some((years, end))
}

/// "M93", "F/93": a sex and an age so high that it is no grade; no road, no postcode and no code of a
/// disease, such as "the M90", "M93.2" or "ICD-10 F90".
fn after_sex(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let number = at + 1 + usize::from(tokens.is_mark(at + 1, '/') && tokens.is_glued(at + 1));
    let end = number + 1;
    let years = tokens.value(number).filter(|years| (RARE..=OLDEST).contains(years))?;
    let is_sex = matches!(tokens.plain(at), "F" | "M") && tokens.is_glued(number);
    let is_decimal = tokens.is_glued(end)
        && tokens.mark(end) == Some('.')
        && tokens.is_glued(end + 1)
        && tokens.mark(end + 1).is_none();
    let before = at.saturating_sub(4)..at;
    let is_other = is_decimal
        || before.into_iter().any(|at| has(ROADS_AND_CODES, tokens.small(at)))
        || (end..end + 3).any(|at| matches!(tokens.small(at), "code" | "codes" | "motorway"));
    let is_one = is_sex && !is_other && is_alone(tokens, at, end);
    (is_one && !is_measured(tokens, at, end)).then_some((years, end))
}

/// Whether the words around say that it is a size or an amount.
fn is_measured(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    (at.saturating_sub(3)..at).any(|before| has(MEASURED, tokens.small(before)))
        || (end..end + 2).any(|after| has(MEASURED, tokens.small(after)))
}

/// "she is 93", at the end of what is said; "he turned 93"; "her 93rd birthday"; "a man of 94".
fn of_somebody(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let (years, end) = number(tokens, at)?;
    let before = |back: usize| at.checked_sub(back).map_or("", |at| tokens.small(at));
    if matches!(tokens.small(end), "st" | "nd" | "rd" | "th") {
        return (tokens.small(end + 1) == "birthday").then_some((years, end + 2));
    }
    if before(1) == "of" && is_person(before(2)) {
        let is_amount = tokens.is_mark(end, '%') || has(AMOUNTS, tokens.small(end));
        return (years >= 16 && is_exact(tokens, end) && !is_amount).then_some((years, end));
    }
    // "she, 94, fell", "the patient (94)", "Mrs Okafor, 94,".
    let is_aside = matches!(before(1), "," | "(")
        && (is_person(before(2)) || matches!(before(3), "dr" | "miss" | "mr" | "mrs" | "ms"))
        && is_end(tokens, end)
        && tokens.gap(at) < Gap::Line;
    let is_birthday = matches!(before(1), "turned" | "turning" | "turns")
        && (is_end(tokens, end) || has(WHEN, tokens.small(end)));
    if years >= RARE && (is_aside || is_birthday) {
        return Some((years, end));
    }
    let is_short_is = before(1) == "s" && matches!(before(3), "he" | "she");
    let is_person = matches!(before(2), "he" | "she" | "who" | "patient" | "pt" | "man" | "woman");
    let is_age =
        before(1) == "turned" || is_short_is || is_person && matches!(before(1), "is" | "was");
    let is_end =
        is_end(tokens, end) || matches!(tokens.small(end), "and" | "with" | "when" | "years");
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
    number_words::number(tokens, at).filter(|(years, _)| *years <= OLDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

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
