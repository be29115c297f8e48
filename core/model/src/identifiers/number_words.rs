//! Numbers that are written in words.

use super::tokens::{Gap, Tokens};

/// A number below two hundred, and the token after it: "ninety-three", "a hundred and two".
pub(super) fn number(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let is_hundred = matches!(tokens.small(at), "a" | "one") && tokens.small(at + 1) == "hundred";
    let (rest_at, end) = (at + 3, at + 2);
    match below_hundred(tokens, rest_at) {
        Some((rest, end)) if is_hundred && tokens.small(rest_at - 1) == "and" => {
            Some((100 + rest, end))
        }
        _ if is_hundred => Some((100, end)),
        _ => below_hundred(tokens, at),
    }
}

/// The same below a hundred: "ninety-three", "ninety three", "eleven".
fn below_hundred(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let word = tokens.small(at);
    let Some(tens) = position(TENS, word) else {
        return position(ONES, word).map(|ones| (ones, at + 1));
    };
    let next = after_hyphen(tokens, at + 1);
    Some(match position(ONES, tokens.small(next)) {
        Some(ones @ 1..=9) => (tens * 10 + ones, next + 1),
        _ => (tens * 10, at + 1),
    })
}

/// A place in a row up to the thirty-first, and the token after it: "third", "twenty-first".
pub(super) fn ordinal(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let first = |word: &str| position(ORDINALS, word);
    match tokens.small(at) {
        "twentieth" => Some((20, at + 1)),
        "thirtieth" => Some((30, at + 1)),
        tens @ ("twenty" | "thirty") => {
            let next = after_hyphen(tokens, at + 1);
            let ones = first(tokens.small(next)).filter(|ones| (1..=9).contains(ones))?;
            Some((if tens == "twenty" { 20 } else { 30 } + ones, next + 1))
        }
        word => first(word).map(|number| (number, at + 1)),
    }
}

/// A year such as "nineteen oh five" or "two thousand and four", and the token after it.
pub(super) fn year(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    if tokens.small(at) == "two" && tokens.small(at + 1) == "thousand" {
        let next = at + 2 + usize::from(tokens.small(at + 2) == "and");
        return Some(match below_hundred(tokens, next) {
            Some((rest, end)) => (2000 + rest, end),
            None => (2000, at + 2),
        });
    }
    let century = match tokens.small(at) {
        "eighteen" => 1800,
        "nineteen" => 1900,
        "twenty" => 2000,
        _ => return None,
    };
    let next = after_hyphen(tokens, at + 1);
    let hundred = tokens.small(next) == "hundred";
    let and = usize::from(hundred && tokens.small(next + 1) == "and");
    let next = next + usize::from(hundred) + and;
    if tokens.gap(next) < Gap::Line && matches!(tokens.small(next), "oh" | "o" | "nought") {
        let (ones, end) = below_hundred(tokens, after_hyphen(tokens, next + 1))?;
        return (ones < 10).then_some((century + ones, end));
    }
    match below_hundred(tokens, next) {
        Some((rest, end)) if hundred || rest >= 10 => Some((century + rest, end)),
        _ => hundred.then_some((century, next - and)),
    }
}

fn position(list: &[&str], word: &str) -> Option<u32> {
    (0..).zip(list).find(|(_, one)| **one == word && !word.is_empty()).map(|(number, _)| number)
}

/// The token after a hyphen on the same line, or this one.
pub(super) fn after_hyphen(tokens: &Tokens<'_>, at: usize) -> usize {
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

/// The words for places in a row, by number.
#[rustfmt::skip]
const ORDINALS: &[&str] = &[
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_years_are_read_in_words() {
        let day = |text: &str| ordinal(&Tokens::of(text), 0);
        assert_eq!((day("third"), day("twenty-first")), (Some((3, 1)), Some((21, 3))));
        assert_eq!((day("thirtieth"), day("thirty first")), (Some((30, 1)), Some((31, 2))));
        assert_eq!((day("three"), day("thirty three"), day("")), (None, None, None));
        let year = |text: &str| year(&Tokens::of(text), 0).map(|(year, _)| year);
        assert_eq!(year("nineteen thirty-one"), Some(1931));
        assert_eq!(year("nineteen oh five"), Some(1905));
        assert_eq!(year("nineteen hundred and four"), Some(1904));
        assert_eq!(year("two thousand and four"), Some(2004));
        assert_eq!(year("twenty twenty-six"), Some(2026));
        assert_eq!(
            (year("nineteen patients"), year("thirty one"), year("nineteen")),
            (None, None, None)
        );
    }
}
