//! NHS numbers, by their check and by the ranges in which they are issued.
//!
//! Sources: NHS digital service manual, *NHS numbers* ("check ... by using a modulus 11
//! algorithm"); the ranges as `uk-fci/nhs-number` lists them. One of eleven numbers of ten digits
//! passes the check by chance.

use super::{
    finding::{FindingKind, Severity},
    hit::Hit,
    tokens::{Gap, Tokens},
};

const DIGITS: usize = 10;

const REASON: &str = "Ten digits that pass the check of an NHS number, which tells of one person.";
const TEST_REASON: &str =
    "Ten digits in the range of test NHS numbers. Make sure that it is made up.";
const SPARE_REASON: &str = "Ten digits that pass the check of an NHS number, in a range that is \
    not known to be issued.";

/// The number that begins at a token.
pub(super) fn at(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    let is_bracketed = is_bracketed(tokens, at);
    if !(tokens.is_number(at) || is_bracketed) || is_part_of_more(tokens, at) {
        return None;
    }
    let (digits, groups, end) = collect(tokens, at + usize::from(is_bracketed), is_bracketed)?;
    let is_written_so = match groups.as_slice() {
        [10] | [3, 3, 4] => true,
        // One by one, as into the boxes of a form.
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] => !is_row(tokens, at, end),
        [6, 4] => is_scottish(&digits),
        _ => is_labelled(tokens, at),
    };
    if !is_written_so || goes_on(tokens, end) || !passes_check(&digits) {
        return None;
    }
    let (severity, reason) = match range_of(&digits) {
        IssuedIn::Use => (Severity::ProbableIdentifier, REASON),
        IssuedIn::Tests => (Severity::Possible, TEST_REASON),
        IssuedIn::Reserve => (Severity::Possible, SPARE_REASON),
        IssuedIn::Nothing => return None,
    };
    Some(Hit::new(FindingKind::NhsNumber, severity, at..end, reason).instead("[NHS number]"))
}

/// "(943) 476 5919": the first group stands in brackets as the code of a town would.
fn is_bracketed(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_mark(at, '(')
        && tokens.digits(at + 1).len() == 3
        && tokens.is_mark(at + 2, ')')
        && tokens.is_glued(at + 1)
        && tokens.is_glued(at + 2)
}

/// Whether single digits go on before or after, as in a row of scores.
fn is_row(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let is_one = |at: usize| tokens.is_number(at);
    let is_before = at > 0 && tokens.gap(at) < Gap::Line && is_one(at - 1);
    is_before || tokens.gap(end) < Gap::Line && is_one(end)
}

/// Ten digits in groups that spaces or marks part, the first perhaps in brackets, and the token after
/// them. A line may end between two groups, and in a column of numbers more lines do.
fn collect(
    tokens: &Tokens<'_>,
    at: usize,
    is_bracketed: bool,
) -> Option<(Vec<u8>, Vec<usize>, usize)> {
    let (mut digits, mut groups, mut end) = (Vec::with_capacity(DIGITS), Vec::new(), at);
    let mut is_broken = false;
    loop {
        let group = tokens.digits(end);
        digits.extend(group.bytes().map(|digit| digit - b'0'));
        groups.push(group.len());
        end += 1;
        if group.is_empty() || digits.len() > DIGITS {
            return None;
        }
        if digits.len() == DIGITS {
            return Some((digits, groups, end));
        }
        let is_closed = groups.len() == 1 && is_bracketed;
        end += usize::from(is_closed || tokens.parts_digits(end));
        if tokens.gap(end) == Gap::Line && std::mem::replace(&mut is_broken, true) {
            return None;
        }
    }
}

/// Whether a number is the rest of something longer: a word, a decimal, a sum, a chain.
fn is_part_of_more(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    if tokens.is_glued_to_letter(at) {
        return true;
    }
    let is_after_plus = tokens.is_number(before)
        && tokens.gap(at) < Gap::Line
        && tokens.is_glued(before)
        && tokens.is_mark(before - 1, '+');
    let is_after_digits = || tokens.is_glued(before) && tokens.is_number(before - 1);
    let is_chained = tokens.is_glued(at)
        && match tokens.mark(before) {
            Some('+' | '\u{a3}' | '$' | '\u{20ac}') => true,
            Some('/' | '_' | '|') => is_after_digits() && tokens.digits(at).len() < DIGITS,
            Some('-' | '.' | ',') => is_after_digits(),
            _ => false,
        };
    is_after_plus || is_chained
}

/// Whether digits go on after the token before `end`.
fn goes_on(tokens: &Tokens<'_>, end: usize) -> bool {
    let is_chain = matches!(tokens.mark(end), Some('-' | '.' | ','))
        && tokens.is_glued(end)
        && tokens.is_glued(end + 1)
        && tokens.is_number(end + 1);
    is_chain || tokens.is_followed_by_letter(end)
}

/// Whether the words just before say what it is.
fn is_labelled(tokens: &Tokens<'_>, at: usize) -> bool {
    (at.saturating_sub(5)..at).any(|before| matches!(tokens.label(before), "nhs" | "chi"))
}

/// Weights of 10 down to 2 on the first nine digits; the tenth is what lacks to a multiple of 11.
fn passes_check(digits: &[u8]) -> bool {
    let weighted = digits.iter().zip((2..=10_u32).rev());
    let sum: u32 = weighted.map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        check => check,
    };
    digits.last().is_some_and(|last| u32::from(*last) == check)
}

/// What a range of numbers is for.
enum IssuedIn {
    Use,
    Tests,
    /// Kept to be issued later.
    Reserve,
    Nothing,
}

fn range_of(digits: &[u8]) -> IssuedIn {
    let is_one_digit = digits.iter().all(|digit| Some(digit) == digits.first());
    let first = digits.iter().take(3).fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit));
    match first {
        999.. => IssuedIn::Tests,
        // Ten equal digits always pass the check.
        _ if is_one_digit => IssuedIn::Nothing,
        10..=319 if is_scottish(digits) => IssuedIn::Use,
        // Northern Ireland, then England, Wales and the Isle of Man, then the Republic of Ireland.
        // Lists give 900 to 999 to tests. What is made up for tests begins with 999; of the others
        // it is better to ask than to miss one.
        320..=499 | 600..=859 | 900..=998 => IssuedIn::Use,
        860..=899 => IssuedIn::Reserve,
        _ => IssuedIn::Nothing,
    }
}

/// A number of Scotland's begins with the date of birth, day, month, year: without that rule the
/// seconds since 1970 would be one.
fn is_scottish(digits: &[u8]) -> bool {
    let pair = |at: usize| {
        let pair = digits.iter().skip(at).take(2);
        pair.fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit))
    };
    // Of the century nothing is known, and 2000 had a leap day.
    super::months::is_day(pair(0), pair(2), 2000 + pair(4))
}
