//! Postcodes of shapes that exist.
//!
//! Source: Royal Mail, *Programmers' guide to the Postcode Address File*: the areas, which letters
//! stand where, and the single districts with a letter at their end.

use std::ops::Range;

use super::{
    finding::{FindingKind, Severity},
    hit::Hit,
    lists::has,
    tokens::{Gap, Tokens},
};

const FULL_REASON: &str =
    "A full postcode is shared by about fifteen homes; with anything else it tells of one person.";
const HALF_REASON: &str =
    "The first half of a postcode says in which part of a town somebody lives.";
const FORCES_REASON: &str = "A postcode of the forces says where somebody serves.";
const OLD_REASON: &str = "This has the form of a postcode, though nobody lives there.";

/// The postcode that begins at a token.
pub(super) fn at(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    if !tokens.is_word(at) || tokens.is_glued_to_letter(at) || is_after_hyphen(tokens, at) {
        return None;
    }
    forces(tokens, at)
        .or_else(|| full(tokens, at))
        .or_else(|| spread(tokens, at))
        .or_else(|| half(tokens, at))
}

/// Part of a name such as CA19-9 or a list such as L5/S1.
fn is_after_hyphen(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_glued(at) && at > 0 && tokens.is_mark(at - 1, '-')
}

/// BFPO with its number, and the bank that had a postcode of its own.
fn forces(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    match tokens.small(at) {
        "bfpo" if tokens.is_number(at + 1) && tokens.gap(at + 1) < Gap::Line => {
            let is_number =
                tokens.digits(at + 1).len() <= 4 && !tokens.is_followed_by_letter(at + 2);
            is_number.then(|| possible(at..at + 2, FORCES_REASON))
        }
        "gir" if tokens.digits(at + 1) == "0" && tokens.gap(at + 1) < Gap::Line => {
            let is_end = tokens.small(at + 2) == "aa" && tokens.is_glued(at + 2);
            is_end.then(|| possible(at..at + 3, OLD_REASON))
        }
        _ => None,
    }
}

fn possible(tokens: Range<usize>, reason: &str) -> Hit {
    Hit::new(FindingKind::Postcode, Severity::Possible, tokens, reason).instead("[area]")
}

fn full(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    let (mut run, mut end) = run(tokens, at)?;
    let is_in_two = run.len() <= 4;
    if is_in_two {
        let inward_at = inward_after(tokens, (at, end), &run)?;
        let (inward, inward_end) = self::run(tokens, inward_at)?;
        if inward.len() != 3 || is_dose(tokens, at, inward_at) {
            return None;
        }
        run.push_str(&inward);
        end = inward_end;
    }
    let is_hyphened = tokens.is_mark(end, '-') && tokens.is_glued(end) && tokens.is_glued(end + 1);
    let cut = run.len().checked_sub(3)?;
    let (outward, inward) = (run.get(..cut)?, run.get(cut..)?);
    let is_one = is_outward(outward) && is_inward(inward) && !is_hyphened;
    if !is_one {
        return None;
    }
    let severity = Severity::ProbableIdentifier;
    let hit = Hit::new(FindingKind::Postcode, severity, at..end, FULL_REASON);
    Some(hit.instead("[area]"))
}

/// Where the second half begins: after a space as in "MK40 2AW", or a hyphen as in "MK40-2AW" and
/// "mk40 -2aw". With spaces around it the area must be one that is nothing else on a ward.
fn inward_after(tokens: &Tokens<'_>, (at, end): (usize, usize), outward: &str) -> Option<usize> {
    let is_hyphened = tokens.is_mark(end, '-') && tokens.gap(end) < Gap::Line;
    let inward = end + usize::from(is_hyphened);
    let is_near = if is_hyphened {
        let is_spaced = tokens.gap(end) == Gap::Space || tokens.gap(inward) == Gap::Space;
        // "S1-2BD": a level of the spine, and how often a day.
        let is_one = if is_spaced { is_telling(outward) } else { !is_level(tokens, at, inward) };
        is_one && tokens.gap(inward) < Gap::Line
    } else {
        tokens.gap(inward) == Gap::Space
    };
    (is_near && tokens.is_number(inward)).then_some(inward)
}

/// Whether a letter and a number are as well a level of the spine or a stage: what is counted in
/// those stands after them.
fn is_level(tokens: &Tokens<'_>, at: usize, inward: usize) -> bool {
    tokens.plain(at).len() == 1 && UNITS.contains(&tokens.small(inward + 1))
}

/// Whether an area is two letters that are no grade and no measure, or a district has a letter of its
/// own, as in the middle of London.
fn is_telling(outward: &str) -> bool {
    let area = outward.split(|sign: char| sign.is_ascii_digit()).next().unwrap_or_default();
    let has_letter = outward.len() > area.len() && outward.ends_with(char::is_alphabetic);
    has_letter || area.len() == 2 && !has(OTHER_THINGS, area)
}

/// Its signs one by one or in other groups, where a word says that it comes: "postcode is mk40 2 aw".
fn spread(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    if !says_where(tokens, at) {
        return None;
    }
    let (mut run, mut end) = (String::new(), at);
    while run.len() < 7 && (end == at || tokens.gap(end) < Gap::Line) {
        let piece = tokens.plain(end);
        if end > at && matches!(tokens.mark(end), Some('-' | '.')) && tokens.mark(end - 1).is_none()
        {
            end += 1;
            continue;
        }
        if piece.is_empty() || !piece.is_ascii() || run.len() + piece.len() > 7 {
            return None;
        }
        run.push_str(&piece.to_ascii_uppercase());
        end += 1;
        let cut = run.len().saturating_sub(3);
        let (outward, inward) = (run.get(..cut)?, run.get(cut..)?);
        if is_outward(outward) && is_inward(inward) && !tokens.is_followed_by_letter(end) {
            let severity = Severity::ProbableIdentifier;
            let hit = Hit::new(FindingKind::Postcode, severity, at..end, FULL_REASON);
            return Some(hit.instead("[area]"));
        }
    }
    None
}

/// The first half alone is a postcode only where somebody lives: L5 and S1 are in every back, and
/// B12 in every larder.
fn half(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    let (outward, end) = run(tokens, at)?;
    let is_joined =
        tokens.is_glued(end) && matches!(tokens.mark(end), Some('/' | '-' | '\'' | '@'));
    let is_place = says_where(tokens, at) || is_where(tokens, at, end, &outward);
    if is_joined || !is_outward(&outward) || !is_place {
        return None;
    }
    Some(possible(at..end, HALF_REASON))
}

/// "a man from LS6", "the LS6 area": in capitals, and in an area that is no grade and no measure.
fn is_where(tokens: &Tokens<'_>, at: usize, end: usize, outward: &str) -> bool {
    let is_in_capitals = (at..end).all(|at| tokens.is_number(at) || tokens.is_capital(at));
    let is_telling = is_telling(outward) && is_in_capitals;
    let before = at.checked_sub(1).map_or("", |before| tokens.small(before));
    is_telling && (matches!(before, "from" | "in" | "near") || tokens.small(end) == "area")
}

/// Whether the words before say that a place comes.
fn says_where(tokens: &Tokens<'_>, at: usize) -> bool {
    const FILLERS: &[&str] = &["area", "at", "code", "in", "into", "is", "near", "of", "the", "to"];
    let mut before = at;
    for _ in 0..4 {
        let Some(last) = before.checked_sub(1) else { return false };
        before = last;
        let word = tokens.small(before);
        if has(HOMES, word) {
            return true;
        }
        let is_filler = has(FILLERS, word) || matches!(tokens.mark(before), Some(':' | '=' | '-'));
        if !is_filler {
            return false;
        }
    }
    false
}

/// Letters and digits without anything between them, in capitals: 7 at most, and where they end.
fn run(tokens: &Tokens<'_>, at: usize) -> Option<(String, usize)> {
    let (mut run, mut end) = (String::new(), at);
    while end == at || tokens.is_followed_by_letter(end) {
        let piece = tokens.plain(end);
        if piece.is_empty() || !piece.is_ascii() || run.len() + piece.len() > 7 {
            return None;
        }
        run.push_str(&piece.to_ascii_uppercase());
        end += 1;
    }
    Some((run, end))
}

/// "B12 5ug", "vitamin B6 2BD", "N1 2nd": a dose or an ordinal after something that is no district.
fn is_dose(tokens: &Tokens<'_>, at: usize, inward: usize) -> bool {
    let is_small = UNITS.contains(&tokens.plain(inward + 1));
    let is_capital = tokens.plain(at).chars().all(char::is_uppercase);
    let is_vitamin = (at.saturating_sub(2)..at)
        .any(|before| matches!(tokens.small(before), "vitamin" | "vit" | "vits" | "vitamins"));
    is_vitamin || is_small && is_capital
}

fn is_inward(inward: &str) -> bool {
    let [digit, first, second] = inward.as_bytes() else { return false };
    let is_letter = |letter: &u8| letter.is_ascii_uppercase() && !b"CIKMOV".contains(letter);
    digit.is_ascii_digit() && is_letter(first) && is_letter(second)
}

/// An area, a district, and in the middle of London a letter.
fn is_outward(outward: &str) -> bool {
    let letters = outward.bytes().take_while(u8::is_ascii_uppercase).count();
    let (area, district) = outward.split_at(letters);
    has(AREAS, area)
        && match district.as_bytes() {
            [b'0'] => has(AREAS_WITH_0, area),
            [digit] => digit.is_ascii_digit(),
            [first, second] if second.is_ascii_digit() => (b'1'..=b'9').contains(first),
            [first, letter] => has_letter(area, *first, *letter),
            _ => false,
        }
}

/// E1W, N1C, SW1A, EC4Y and their like.
fn has_letter(area: &str, first: u8, letter: u8) -> bool {
    match area {
        "E" | "NW" => (first, letter) == (b'1', b'W'),
        "N" => first == b'1' && b"CP".contains(&letter),
        "W" => first == b'1' && b"ABCDEFGHJKPSTUW".contains(&letter),
        "SE" => (first, letter) == (b'1', b'P'),
        "SW" => first == b'1' && b"AEHPVWXY".contains(&letter),
        "WC" => (b'1'..=b'2').contains(&first) && b"ABEHNRVX".contains(&letter),
        "EC" => (b'1'..=b'4').contains(&first) && b"AMNPRVY".contains(&letter),
        _ => false,
    }
}

/// What is counted or measured, or ends an ordinal, in the letters of a second half.
const UNITS: [&str; 12] = ["bd", "dl", "gy", "hr", "nd", "ng", "pg", "rd", "st", "th", "ug", "ul"];

/// Words after which somebody's home comes.
#[rustfmt::skip]
const HOMES: &[&str] = &[
    "address", "flat", "home", "house", "live", "lived", "lives", "living", "moved", "post",
    "postal", "postcode", "resident", "resides", "residing",
];

/// Areas whose letters with a number are something else on a ward: grades, gases, routes, signs.
#[rustfmt::skip]
const OTHER_THINGS: &[&str] = &[
    "CA", "CO", "CT", "FY", "HR", "IV", "OX", "PA", "PE", "PH", "PO", "PR", "SO", "SP", "ST", "TR",
    "TS",
];

/// Areas that have a district 0.
const AREAS_WITH_0: &[&str] = &["BL", "BS", "CM", "CR", "FY", "HA", "PR", "SL", "SS"];

/// Those of the United Kingdom and the islands, the forces and Gibraltar.
#[rustfmt::skip]
const AREAS: &[&str] = &[
    "AB", "AL", "B", "BA", "BB", "BD", "BF", "BH", "BL", "BN", "BR", "BS", "BT", "BX", "CA", "CB",
    "CF", "CH", "CM", "CO", "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT",
    "DY", "E", "EC", "EH", "EN", "EX", "FK", "FY", "G", "GL", "GU", "GX", "GY", "HA", "HD", "HG",
    "HP", "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA", "KT", "KW", "KY", "L", "LA",
    "LD", "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG", "NN", "NP", "NR",
    "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG",
    "SK", "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ",
    "TR", "TS", "TW", "UB", "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(AREAS.is_sorted() && AREAS_WITH_0.is_sorted() && HOMES.is_sorted());
        assert!(OTHER_THINGS.is_sorted() && OTHER_THINGS.iter().all(|area| has(AREAS, area)));
    }

    #[test]
    fn a_district_has_the_shape_of_its_area() {
        let exist =
            ["M1", "B33", "CR2", "DN55", "W1A", "EC1A", "N1C", "SW1A", "E1W", "BS0", "LL57"];
        assert!(exist.iter().all(|outward| is_outward(outward)));
        let do_not = ["QA1", "C5", "B1A", "M01", "LS1A", "EC5A", "N0", "G6P", "LS", "", "L123"];
        assert!(!do_not.iter().any(|outward| is_outward(outward)));
        assert!(is_inward("2AY") && !is_inward("1CA") && !is_inward("AA1") && !is_inward("1A"));
    }
}
