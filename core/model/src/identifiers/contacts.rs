//! E-mail addresses, telephone numbers and links.

use std::ops::Range;

use super::{
    finding::{FindingKind, Severity},
    hit::Hit,
    tokens::{Gap, Tokens},
};

/// A local part has 64 signs at most and a domain 253 (RFC 5321): so many tokens are looked at.
const LONGEST_PART: usize = 64;

const EMAIL_REASON: &str = "An e-mail address tells of one person.";
const PHONE_REASON: &str = "A telephone number leads to one person or their home.";
const FOREIGN_REASON: &str = "This may be a telephone number of another country.";

/// The e-mail address that begins at a token.
pub(super) fn email_at(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    if tokens.mark(at).is_some() {
        return None;
    }
    let sign = |at: usize, marks: &[char]| match tokens.mark(at) {
        Some(mark) => marks.contains(&mark),
        None => at < tokens.len(),
    };
    let run = |from: usize, marks: &[char]| {
        let mut end = from;
        while end < from + LONGEST_PART && (end == from || tokens.is_glued(end)) && sign(end, marks)
        {
            end += 1;
        }
        end
    };
    let name_end = run(at, &['.', '_', '%', '+', '-', '\'', '&', '/', '=']);
    if !tokens.is_glued(name_end) || !tokens.is_mark(name_end, '@') {
        return None;
    }
    let domain = name_end + 1;
    if !tokens.is_glued(domain) || tokens.mark(domain).is_some() {
        return None;
    }
    let mut end = run(domain, &['.', '-']);
    while tokens.mark(end - 1).is_some() {
        end -= 1;
    }
    let top = end - 1;
    let has_dot = top > domain && tokens.is_mark(top - 1, '.');
    if !has_dot || !tokens.is_word(top) || tokens.plain(top).chars().count() < 2 {
        return None;
    }
    let hit = Hit::new(FindingKind::Email, Severity::ProbableIdentifier, at..end, EMAIL_REASON);
    Some(hit.instead("[e-mail address]"))
}

/// Where the link ends that begins at a token.
pub(super) fn link_at(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !tokens.is_word(at) || tokens.is_glued_to_letter(at) {
        return None;
    }
    let glued = |at: usize, mark: char| tokens.is_glued(at) && tokens.is_mark(at, mark);
    let has_scheme = glued(at + 1, ':') && glued(at + 2, '/') && glued(at + 3, '/');
    let is_www = tokens.small(at) == "www" && glued(at + 1, '.');
    let is_top = matches!(tokens.small(at), "uk" | "com" | "org" | "net" | "io" | "gov" | "edu");
    let is_path =
        is_top && at > 0 && glued(at, tokens.mark(at).unwrap_or('.')) && glued(at + 1, '/');
    let is_domain = is_top && at > 0 && tokens.is_mark(at - 1, '.') && glued(at + 1, '/');
    if !(has_scheme || is_www || is_path || is_domain) {
        return None;
    }
    let mut end = at + 1;
    while tokens.is_glued(end) && end < tokens.len() {
        end += 1;
    }
    Some(end)
}

/// The telephone number that begins at a token.
pub(super) fn phone_at(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    if is_part_of_more(tokens, at) {
        return None;
    }
    dialled_at(tokens, at).or_else(|| local_at(tokens, at))
}

/// A number of a town, which is none without a word that says so: "tel 960983".
fn local_at(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    let fewest = if tokens.is_number(at) { fewest_after(tokens, at)? } else { return None };
    let is_time = |at: usize| {
        tokens.digits(at).len() == 4 && tokens.value(at).is_some_and(|time| time < 2400)
    };
    let are_times = is_time(at) && is_time(at + 1 + usize::from(tokens.is_mark(at + 1, '-')));
    let is_long = |dialled: &str| {
        // With the trunk's 0 a digit may be missing, or one too many.
        (fewest..=if dialled.starts_with('0') { 12 } else { 8 }).contains(&dialled.len())
    };
    let end = Dialled::collect(tokens, at, false).longest(is_long)?;
    let is_counted = matches!(tokens.small(end), "calls" | "patients" | "people" | "times");
    let is_dotted = (at..end).any(|at| tokens.is_mark(at, '.'));
    (!are_times && !is_counted && !is_dotted)
        .then(|| hit(at..end, Severity::ProbableIdentifier, PHONE_REASON))
}

/// The fewest digits that are a number after the words just before; none if they say that something
/// else comes, such as a bleep or an extension.
fn fewest_after(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut before = at;
    for _ in 0..4 {
        before = before.checked_sub(1)?;
        match tokens.label(before) {
            "landline" | "mob" | "mobile" | "phone" | "tel" | "telephone" => return Some(5),
            "call" | "rang" | "ring" => return Some(6),
            "t" if is_label(tokens, before) => return Some(6),
            "her" | "him" | "is" | "me" | "no" | "num" | "number" | "on" | "them" => {}
            _ if matches!(tokens.mark(before), Some(':' | '.' | '=' | '-' | '#' | '(')) => {}
            _ => return None,
        }
    }
    None
}

/// "t: 960983": a letter that is no end of a word, with a colon.
fn is_label(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_joined = tokens.is_glued(at) && !matches!(tokens.mark(at - 1), Some('(' | ',' | '|'));
    !is_joined && tokens.is_glued(at + 1) && tokens.is_mark(at + 1, ':')
}

/// A number with the trunk's 0, or with the country's code.
fn dialled_at(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    let mut start = at;
    if matches!(tokens.mark(at), Some('(' | '+')) {
        start = at + 1 + usize::from(tokens.is_mark(at + 1, '+'));
        if !tokens.is_glued(start) {
            return None;
        }
    }
    let first = tokens.digits(start);
    let has_plus = start > at && tokens.is_mark(start - 1, '+');
    // "447700900461": the code of the country as telephones keep it, without its plus.
    let is_kept = first.len() == 12 && first.starts_with("447");
    if first.is_empty() || !(has_plus || is_kept || first.len() > 1 && first.starts_with('0')) {
        return None;
    }
    let digits = Dialled::collect(tokens, start, true);
    let british = digits.longest(|dialled| is_british(dialled, has_plus || is_kept));
    if let Some(end) = british {
        return Some(hit(at..end, Severity::ProbableIdentifier, PHONE_REASON));
    }
    let is_foreign = |dialled: &str| has_plus && (8..=15).contains(&dialled.len());
    let foreign = digits.longest(|dialled| is_foreign(dialled) && !dialled.starts_with("44"));
    foreign.map(|end| hit(at..end, Severity::Possible, FOREIGN_REASON))
}

fn hit(tokens: Range<usize>, severity: Severity, reason: &str) -> Hit {
    Hit::new(FindingKind::Phone, severity, tokens, reason).instead("[telephone number]")
}

/// Digits as they may be dialled, and where each number of them could end.
struct Dialled {
    digits: String,
    /// How many digits there are before the token.
    ends: Vec<(usize, usize)>,
}

impl Dialled {
    /// No number that is dialled has more digits than these, with the code of a country.
    const MOST_DIGITS: usize = 15;

    /// What is dialled from a token on; one line may end in it where that is so far no number.
    fn collect(tokens: &Tokens<'_>, start: usize, mut may_break: bool) -> Self {
        const FEWEST_DIGITS: usize = 9;
        let (mut digits, mut ends, mut at) = (String::new(), Vec::new(), start);
        loop {
            let group = tokens.digits(at);
            if group.is_empty() || digits.len() + group.len() > Self::MOST_DIGITS {
                break;
            }
            digits.push_str(group);
            at += 1;
            if !goes_on(tokens, at) {
                ends.push((digits.len(), at));
            }
            // One hyphen, dot or slash, or the brackets of (0) and of a code: "(0)20", "(0113) 4".
            let marks_from = at;
            while at < marks_from + 2
                && tokens.gap(at) < Gap::Line
                && matches!(tokens.mark(at), Some('-' | '.' | '(' | ')' | '|'))
            {
                at += 1;
            }
            let is_broken = tokens.gap(at) == Gap::Line;
            if is_broken && !(may_break && digits.len() < FEWEST_DIGITS) {
                break;
            }
            may_break &= !is_broken;
        }
        Self { digits, ends }
    }

    /// The token after the longest of the numbers that is one.
    fn longest(&self, is_one: impl Fn(&str) -> bool) -> Option<usize> {
        let mut ends = self.ends.iter().rev();
        ends.find(|(length, _)| self.digits.get(..*length).is_some_and(&is_one))
            .map(|(_, end)| *end)
    }
}

/// Whether digits are a number of Ofcom's plan that leads to a person, and no short code.
fn is_british(dialled: &str, has_country: bool) -> bool {
    let after_country = match (has_country, dialled.strip_prefix("0044")) {
        (true, _) => dialled.strip_prefix("44"),
        (false, Some(rest)) => Some(rest),
        (false, None) => dialled.strip_prefix('0').filter(|rest| !rest.starts_with('0')),
    };
    let Some(national) = after_country else { return false };
    let national = national.strip_prefix('0').unwrap_or(national);
    let area = national.get(..4).unwrap_or_default();
    match (national.as_bytes(), national.len()) {
        ([first, second, ..], 10) => match first {
            b'1' => *second != b'0',
            b'7' => true,
            b'2' => b"03489".contains(second),
            b'3' => b"0347".contains(second),
            b'5' => b"56".contains(second),
            b'8' => b"047".contains(second),
            _ => false,
        },
        // Two numbers stayed short: 0800 1111 and 0845 4647.
        ([b'8', b'0', b'0', ..], 9) | (b"8001111" | b"8454647", _) => true,
        ([b'1', ..], 9) => SHORT_AREAS.binary_search(&area).is_ok(),
        _ => false,
    }
}

/// Areas in which some numbers have nine digits after the 0 (Ofcom).
#[rustfmt::skip]
const SHORT_AREAS: &[&str] = &[
    "1204", "1208", "1254", "1276", "1297", "1298", "1363", "1364", "1384", "1386", "1404", "1420",
    "1460", "1461", "1480", "1488", "1524", "1527", "1562", "1566", "1606", "1629", "1635", "1647",
    "1659", "1695", "1726", "1744", "1750", "1768", "1827", "1837", "1884", "1900", "1905", "1935",
    "1946", "1949", "1963", "1995",
];

/// Whether a number is the rest of something longer.
fn is_part_of_more(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let is_chained = tokens.is_glued(at)
        && matches!(tokens.mark(before), Some('-' | '.' | ',' | '/' | ':'))
        && tokens.is_glued(before)
        && tokens.is_number(before - 1);
    tokens.is_glued_to_letter(at) || is_chained
}

/// Whether digits or letters go on after the token before `end`.
fn goes_on(tokens: &Tokens<'_>, end: usize) -> bool {
    let is_chain = matches!(tokens.mark(end), Some('-' | '.' | ',' | ':'))
        && tokens.is_glued(end)
        && tokens.is_glued(end + 1)
        && tokens.is_number(end + 1);
    is_chain || tokens.is_followed_by_letter(end)
}

#[cfg(test)]
mod tests {
    use super::SHORT_AREAS;

    #[test]
    fn short_areas_are_in_order() {
        assert!(SHORT_AREAS.is_sorted());
    }
}
