//! Numbers that are one because of the word before them: of a hospital's patient, of a doctor, of
//! a ward, bed or room; and those of a trust or of national insurance, which their letters tell.
//!
//! A ward is found by its number and not by its name: the GMC's list leaves out where somebody was,
//! and with a day a number says it; a name such as Rose Ward is said of many hospitals. The number
//! is none of a patient's either where the ward itself is meant, as in "Ward 7 huddle".

use super::{
    finding::{FindingKind, Severity},
    hit::Hit,
    lists::has,
    tokens::{Gap, Tokens},
};

const HOSPITAL_REASON: &str = "By this number a hospital finds one patient.";
const LETTER_REASON: &str =
    "A letter with so many digits is how many hospitals number their patients.";
const INSURANCE_REASON: &str = "A national insurance number names one person for life.";
const GMC_REASON: &str = "A GMC number names one doctor.";
const NMC_REASON: &str = "An NMC number names one nurse, midwife or nursing associate.";
const WARD_REASON: &str = "A ward, bed or room with its number, on a day, tells who was in it.";

/// What begins at a token.
pub(super) fn at(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    if tokens.is_glued_to_letter(at) {
        return None;
    }
    ward(tokens, at)
        .or_else(|| register(tokens, at))
        .or_else(|| insurance(tokens, at))
        .or_else(|| hospital(tokens, at))
}

/// "ward B12", "bed 4", "bay no. 2", "side room 3": the word is part of it. In rooms of other
/// kinds people meet.
fn ward(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    const KINDS: &[&str] = &["bay", "bed", "bedspace", "cubicle", "room", "theatre", "ward"];
    // After these it is no number of a bed: "in bed 3 days".
    const UNITS: &[&str] = &[
        "am", "beds", "bedded", "days", "hours", "hrs", "minutes", "mins", "months", "nights",
        "patients", "people", "pm", "rounds", "shifts", "times", "weeks", "years",
    ];
    let before = at.checked_sub(1).map_or("", |before| tokens.small(before));
    let is_met_in =
        tokens.small(at) == "room" && !matches!(before, "her" | "his" | "isolation" | "side");
    if !has(KINDS, tokens.small(at)) || is_met_in {
        return None;
    }
    let mut next = at + 1;
    if matches!(tokens.small(next), "number" | "no" | "space") {
        next += 1;
        next += usize::from(tokens.is_mark(next, '.'));
    }
    next += usize::from(matches!(tokens.mark(next), Some('#' | ':')));
    let mut end = next;
    let (mut has_digit, mut length) = (false, 0);
    while end == next || tokens.is_followed_by_letter(end) {
        let piece = tokens.plain(end);
        (has_digit, length) = (has_digit || tokens.is_number(end), length + piece.len());
        if piece.is_empty() || tokens.mark(end).is_some() || length > 4 {
            return None;
        }
        end += 1;
    }
    let is_other = tokens.gap(next) == Gap::Line
        || tokens.is_glued(next) && tokens.mark(next - 1).is_none()
        || UNITS.contains(&tokens.small(end))
        || UNITS.contains(&tokens.small(end - 1))
        || tokens.gap(end) < Gap::Line && has(WARD_WORK, tokens.small(end))
        || tokens.is_glued(end)
            && matches!(tokens.mark(end), Some('/' | ':' | '.' | '-' | '%'))
            && tokens.is_glued(end + 1)
            && (tokens.is_number(end + 1) || tokens.small(end + 1) == "bedded");
    if !has_digit || is_other {
        return None;
    }
    let hit = Hit::new(FindingKind::WardBed, Severity::Possible, at..end, WARD_REASON);
    Some(hit.instead("the ward"))
}

/// What a whole ward does or has, whoever is in its beds.
#[rustfmt::skip]
const WARD_WORK: &[&str] = &[
    "audit", "board", "handover", "handovers", "huddle", "huddles", "manager", "mdt",
    "meeting", "meetings", "nurses", "pharmacist", "project", "rota", "round", "sister", "staff",
    "teaching", "team", "teams",
];

/// Seven digits beside "GMC", and "12A3456E" beside "NMC".
fn register(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    let first = tokens.digits(at).len();
    if !matches!(first, 2 | 7) {
        return None;
    }
    let rest = (at + 1..at + 5).take_while(|next| tokens.is_followed_by_letter(*next));
    let rest: Vec<usize> = rest.map(|next| tokens.plain(next).len()).collect();
    let (labels, reason, replacement) = match (first, rest.as_slice()) {
        (7, []) => (["gmc", "gmc"], GMC_REASON, "[GMC number]"),
        (2, [1, 4, 1]) => (["nmc", "pin"], NMC_REASON, "[NMC number]"),
        _ => return None,
    };
    let end = at + 1 + rest.len();
    let is_label = |at: usize| labels.contains(&tokens.label(at));
    let is_beside = (at.saturating_sub(5)..at).any(is_label) || (end..end + 3).any(is_label);
    let kind = FindingKind::GmcNumber;
    is_beside.then(|| Hit::new(kind, Severity::Possible, at..end, reason).instead(replacement))
}

/// Letters and digits after "MRN", "hospital number" and their like. Such a number names one
/// patient as surely as an NHS number does, to whoever can look it up.
fn hospital(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    let labelled = code(tokens, at)
        .filter(|_| is_labelled(tokens, at) || is_of_letter(tokens, at))
        .or_else(|| of_trust(tokens, at))
        .map(|end| (Severity::ProbableIdentifier, HOSPITAL_REASON, end));
    let bare = || lettered(tokens, at).map(|end| (Severity::Possible, LETTER_REASON, end));
    let (severity, reason, end) = labelled.or_else(bare)?;
    let hit = Hit::new(FindingKind::HospitalNumber, severity, at..end, reason);
    Some(hit.instead("[hospital number]"))
}

/// "RXH1234567", "RXH 1234567": the code of a trust of the NHS, which has three signs and begins with
/// R, before six to eight digits. What is parted by a space has its capitals.
fn of_trust(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let (small, end) = (tokens.small(at), at + 2);
    let is_trust = small.len() == 3 && small.starts_with('r') && !has(NO_TRUSTS, small);
    let is_long = (6..=8).contains(&tokens.digits(at + 1).len());
    let is_in_capitals = tokens.plain(at).bytes().all(|sign| sign.is_ascii_uppercase());
    let is_near = tokens.is_glued(at + 1) || is_in_capitals && tokens.gap(at + 1) == Gap::Space;
    (is_trust && is_long && is_near && is_whole(tokens, at, end)).then_some(end)
}

/// "K123456": a capital and six digits or seven, which no word before calls something else.
fn lettered(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let end = at + 2;
    let is_letter = tokens.plain(at).len() == 1 && tokens.is_capital(at);
    let is_long = matches!(tokens.digits(at + 1).len(), 6 | 7) && tokens.is_glued(at + 1);
    let is_other = (at.saturating_sub(4)..at).any(|at| has(NUMBERED, tokens.small(at)));
    (is_letter && is_long && !is_other && is_whole(tokens, at, end)).then_some(end)
}

/// Whether neither a word nor a chain goes on at either end.
fn is_whole(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let joins = |at: usize| tokens.mark(at).is_some_and(|mark| "-/._".contains(mark));
    let is_begun = tokens.is_glued(at) && at > 0 && joins(at - 1);
    let goes_on = tokens.is_glued(end) && joins(end) && tokens.is_glued(end + 1);
    !is_begun && !goes_on && !tokens.is_followed_by_letter(end)
}

/// Three letters from R on that are no trust: words, tests, viruses, colleges and currencies.
#[rustfmt::skip]
const NO_TRUSTS: &[&str] = &[
    "ram", "ran", "rbc", "rca", "rcn", "rcp", "rct", "red", "ref", "reg", "req", "rev", "rfc",
    "rna", "rom", "ron", "row", "rpm", "rsv", "rub", "run", "rur",
];

/// What has numbers with a letter, besides patients.
#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "award", "batch", "catalogue", "certificate", "component", "contract", "cui", "device", "event",
    "form", "grant", "invoice", "licence", "lot", "model", "order", "part", "patent", "policy",
    "product", "project", "protocol", "ref", "reference", "serial", "standard", "study", "ticket",
    "trial", "version",
];

/// "K number K123456": many hospitals call a number after the letter with which it begins.
fn is_of_letter(tokens: &Tokens<'_>, at: usize) -> bool {
    let letter = tokens.plain(at);
    let is_letter = letter.len() == 1 && tokens.is_word(at);
    is_letter
        && (at.saturating_sub(5)..at).any(|before| {
            let next = before + 1 + usize::from(tokens.is_mark(before + 1, '-'));
            tokens.plain(before).eq_ignore_ascii_case(letter)
                && matches!(tokens.small(next), "number" | "no" | "num")
        })
}

/// "QQ 12 34 56 C": two letters, six digits in pairs or in one, and a letter from A to D. The
/// letters of examples are one after their label alone.
fn insurance(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    let prefix = tokens.small(at);
    let letters: Vec<char> = prefix.chars().collect();
    let ([first, second], true) = (letters.as_slice(), prefix.is_ascii()) else { return None };
    let (mut digits, mut end) = (0, at + 1);
    while digits < 6 && tokens.is_number(end) && tokens.gap(end) < Gap::Line {
        digits += tokens.digits(end).len();
        end += 1;
        end += usize::from(tokens.is_mark(end, '-') && digits < 6);
    }
    let is_last = matches!(tokens.small(end), "a" | "b" | "c" | "d")
        && tokens.gap(end) < Gap::Line
        && !tokens.is_followed_by_letter(end + 1);
    let is_labelled = (at.saturating_sub(6)..at)
        .any(|before| matches!(tokens.small(before), "insurance" | "ni" | "nino"));
    let is_issued = !"dfiquv".contains(*first) && !"dfiqouv".contains(*second);
    if digits != 6 || !is_last || !(is_labelled || is_issued && tokens.is_glued(at + 1)) {
        return None;
    }
    let severity = Severity::ProbableIdentifier;
    let kind = FindingKind::NationalInsurance;
    let hit = Hit::new(kind, severity, at..end + 1, INSURANCE_REASON);
    Some(hit.instead("[national insurance number]"))
}

/// Letters and digits side by side, or a letter and a space before the digits: four digits or
/// more, twelve signs at most.
fn code(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let (mut digits, mut signs, mut end) = (0, 0, at);
    loop {
        let piece = tokens.plain(end);
        if piece.is_empty() || tokens.mark(end).is_some() {
            return None;
        }
        digits += tokens.digits(end).len();
        signs += piece.len();
        end += 1;
        if signs > 12 {
            return None;
        }
        let is_hyphened =
            tokens.is_mark(end, '-') && tokens.is_glued(end) && tokens.is_glued(end + 1);
        let is_letter_before = digits == 0
            && signs == 1
            && tokens.is_capital(at)
            && tokens.gap(end) == Gap::Space
            && tokens.is_number(end);
        if is_hyphened && tokens.mark(end + 1).is_none() {
            end += 1;
        } else if !(tokens.is_followed_by_letter(end) || is_letter_before) {
            break;
        }
    }
    (digits >= 4).then_some(end)
}

/// Whether the words just before say that a hospital's number comes.
fn is_labelled(tokens: &Tokens<'_>, at: usize) -> bool {
    const FILLERS: &[&str] = &["id", "is", "no", "num", "number", "was"];
    let (mut before, mut says_number) = (at, false);
    for _ in 0..5 {
        let Some(last) = before.checked_sub(1) else { return false };
        before = last;
        let (word, label) = (tokens.small(before), tokens.label(before));
        says_number |= word.len() > label.len();
        if matches!(label, "mrn" | "urn" | "crn" | "pid") || label == "pas" && says_number {
            return true;
        }
        let is_of_case = before > 0 && tokens.small(before - 1) == "case";
        if label.starts_with("casenote") || matches!(label, "note" | "notes") && is_of_case {
            // "case notes 2019": when they were written.
            let is_year = tokens.value(at).is_some_and(|year| (1900..2100).contains(&year));
            return says_number || !is_year;
        }
        // "K number 123456": many hospitals call theirs after a letter.
        let is_letter = says_number && tokens.is_capital(before) && word.len() == 1;
        if has(OWNERS, label) || is_letter && !matches!(word, "a" | "i") {
            return says_number;
        }
        says_number |=
            matches!(word, "no" | "number" | "num" | "id") || tokens.is_mark(before, '#');
        let is_mark = matches!(tokens.mark(before), Some(':' | '.' | '=' | '#' | '-' | '('));
        if !(is_mark || has(FILLERS, word)) {
            return false;
        }
    }
    false
}

/// Whose number, of what or in what, finds one patient.
#[rustfmt::skip]
const OWNERS: &[&str] = &[
    "accession", "admission", "case", "chart", "emis", "episode", "film", "hosp", "hospital", "lab",
    "laboratory", "patient", "pt", "radiology", "ray", "record", "records", "referral", "specimen",
    "systmone", "unit", "xray",
];

#[cfg(test)]
mod tests {
    #[test]
    fn lists_are_in_order() {
        for list in [super::WARD_WORK, super::NO_TRUSTS, super::NUMBERED, super::OWNERS] {
            assert!(list.is_sorted());
        }
    }
}
