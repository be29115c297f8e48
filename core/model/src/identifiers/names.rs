//! Names after a title: Mrs Okafor, Dr van der Berg, Sister O'Brien.
//!
//! Names without a title are looked for after "patient" alone, where a forename or an initial says
//! that it is one: elsewhere there is no telling them from other words with a capital, and what
//! cries wolf is not read. Diseases, cycles and rounds that bear somebody's name
//! are no finding, nor are wards, roads and hospitals.

use std::ops::Range;

use super::{
    finding::{FindingKind, Severity},
    hit::Hit,
    lists::{CALLED_AFTER, EPONYMS, NAMED_PLACES, NO_NAMES, has},
    name_lists::{FORENAMES, NO_SMALL_NAMES, SURNAMES_LIKE_VERBS},
    tokens::{Gap, Tokens},
};

const NAME_REASON: &str = "A title with a surname names one person.";
const INITIAL_REASON: &str = "An initial may tell of somebody whom a reader knows.";
const UNSURE_REASON: &str = "This may be a title with a surname.";

/// Names have few words: Dr Maria de los Angeles Garcia has five.
const MOST_WORDS: usize = 6;

const PATIENT_REASON: &str = "This may be the name of a patient.";

/// The name that begins at a token: with its title, or after a word for a patient.
pub(super) fn at(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    titled(tokens, at).or_else(|| of_patient(tokens, at))
}

fn titled(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    if tokens.is_glued_to_letter(at) || !is_title(tokens, at) {
        return None;
    }
    let mut first = after_stop(tokens, at + 1);
    // "Prof Dr Lee": the titles are one.
    if is_title(tokens, first) && tokens.gap(first) == Gap::Space {
        first = after_stop(tokens, first + 1);
    }
    let is_broken = tokens.gap(first) == Gap::Line && !is_over_the_line(tokens, at, first);
    if is_broken || tokens.plain(first).is_empty() {
        return None;
    }
    let name = Name::read(tokens, first)?;
    let severity_and_reason = match name.form {
        Form::Surname if is_sure(tokens, at, first) => (Severity::ProbableIdentifier, NAME_REASON),
        Form::Surname => (Severity::Possible, UNSURE_REASON),
        Form::Initials => (Severity::Possible, INITIAL_REASON),
    };
    if bears_a_name_only(tokens, first, name.end) {
        return None;
    }
    let (severity, reason) = severity_and_reason;
    let hit = Hit::new(FindingKind::TitleName, severity, at..name.end, reason);
    Some(hit.instead(role(tokens, at)))
}

/// Whether a name is on the line after its title: "Mr", a new line, "Smith". What ends with "the
/// Dr" goes on with something else, and so does what has a heading after it.
fn is_over_the_line(tokens: &Tokens<'_>, at: usize, first: usize) -> bool {
    let between = tokens.bytes(&(first - 1..first)).end..tokens.bytes(&(first..first + 1)).start;
    let between = tokens.text().get(between).unwrap_or_default().replace("\r\n", "\n");
    let is_next_line = between.chars().filter(|sign| matches!(sign, '\n' | '\r')).count() == 1;
    let is_heading = tokens.is_mark(first + 1, ':') || tokens.is_mark(first + 1, '-');
    let is_title = tokens.is_capital(at) && !is_noun(tokens, at);
    is_next_line && is_title && tokens.is_capital(first) && !is_heading
}

/// Whether the word before makes a title a word for somebody: "the Dr", "my lady".
fn is_noun(tokens: &Tokens<'_>, at: usize) -> bool {
    const BEFORE: &[&str] = &[
        "a", "an", "another", "any", "each", "every", "her", "his", "my", "no", "old", "our",
        "same", "some", "that", "the", "their", "this", "which", "young", "your",
    ];
    at > 0 && tokens.gap(at) < Gap::Line && has(BEFORE, tokens.small(at - 1))
}

/// "Pt: J Smith", "patient John Smith": an initial or a forename, and a surname.
fn of_patient(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    let is_small = !tokens.is_capital(at);
    if tokens.is_glued_to_letter(at) || !is_after_patient(tokens, at) {
        return None;
    }
    // Without capitals it is one after a colon alone: "pt: john smith".
    if is_small && !(at > 0 && tokens.is_mark(at - 1, ':') && is_small_name(tokens, at + 1)) {
        return None;
    }
    let mut next = after_stop(tokens, at + 1);
    let is_initial =
        tokens.plain(at).chars().count() == 1 && !is_small && !has(OTHER_LETTERS, tokens.plain(at));
    let is_told = is_initial || has(FORENAMES, tokens.small(at));
    // "J A Smith", "John A. Smith".
    let is_middle = tokens.plain(next).chars().count() == 1 && !tokens.is_mark(next + 1, '\'');
    if is_middle && tokens.is_capital(next) {
        next = after_stop(tokens, next + 1);
    }
    let is_near = tokens.gap(next) == Gap::Space || follows_stop(tokens, next);
    let is_name = is_told
        && is_near
        && tokens.gap(next) < Gap::Line
        && (is_small || is_surname(tokens, next));
    let small = tokens.small(next);
    if !is_name || has(NAMED_PLACES, small) || bears_a_name_only(tokens, next, next + 1) {
        return None;
    }
    let end = whole_word(tokens, next);
    let kind = FindingKind::TitleName;
    Some(Hit::new(kind, Severity::Possible, at..end, PATIENT_REASON).instead("the patient"))
}

/// "Patient A Level" and "patient X Ray" are no names.
const OTHER_LETTERS: &[&str] = &["I", "X", "Y", "Z"];

/// Whether a word for a patient stands before a token, with little in between.
fn is_after_patient(tokens: &Tokens<'_>, at: usize) -> bool {
    let mut before = at;
    for _ in 0..6 {
        let Some(last) = before.checked_sub(1) else { return false };
        before = last;
        match tokens.small(before) {
            "patient" | "pt" => return true,
            "name" if tokens.is_mark(before + 1, ':') => return true,
            "called" | "is" | "name" | "named" | "s" => {}
            _ if matches!(tokens.mark(before), Some(':' | ',' | '-' | '(' | '.' | '=' | '\'')) => {}
            _ => return false,
        }
    }
    false
}

fn role(tokens: &Tokens<'_>, at: usize) -> &'static str {
    match tokens.small(at) {
        "dr" | "drs" | "doctor" => "the doctor",
        "prof" | "professor" => "the professor",
        "sister" | "sr" | "nurse" | "matron" | "midwife" => "the nurse",
        _ => "the patient",
    }
}

/// A title, in capitals or with one; without any where nothing else is spelt so.
fn is_title(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.small(at) {
        "dr" | "drs" | "mr" | "mrs" | "mx" | "prof" => true,
        "miss" | "ms" | "doctor" | "professor" | "sister" | "nurse" | "matron" | "midwife"
        | "rev" | "revd" | "reverend" | "sir" | "lady" | "lord" | "dame" | "cllr"
        | "councillor" | "sr" | "baroness" | "rabbi" | "pastor" | "captain" | "sgt" => {
            tokens.is_capital(at)
        }
        _ => false,
    }
}

/// Whether a title with this word is surely one: MR and MS are a scan and a disease as well.
fn is_sure(tokens: &Tokens<'_>, at: usize, first: usize) -> bool {
    let is_all_capitals = |at: usize| tokens.plain(at).chars().all(char::is_uppercase);
    let is_ambiguous = matches!(tokens.plain(at), "MR" | "MS") && !is_all_capitals(first);
    tokens.is_capital(first) && !is_ambiguous
        || is_particle(tokens, first)
            && tokens.is_capital(at)
            && (first + 1..first + 3).any(|next| tokens.is_capital(next))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Surname,
    /// Letters that stand for names.
    Initials,
}

/// What follows a title.
struct Name {
    form: Form,
    end: usize,
}

impl Name {
    fn read(tokens: &Tokens<'_>, first: usize) -> Option<Self> {
        let title = first - 1 - usize::from(tokens.is_mark(first - 1, '.'));
        let is_small_allowed =
            matches!(tokens.plain(title), "Mr" | "mr" | "Mrs" | "mrs" | "Dr" | "dr" | "prof")
                && !is_noun(tokens, title);
        let (mut form, mut at, mut end) = (Form::Initials, first, first);
        let mut letters = String::new();
        // Where a name in small letters may begin: after its initials.
        let mut small_at = first;
        for _ in 0..MOST_WORDS {
            let is_near =
                at == first || matches!(tokens.gap(at), Gap::Space) || follows_stop(tokens, at);
            if !is_near || at > first && tokens.gap(at) == Gap::Line {
                break;
            }
            if at == small_at && is_small_allowed && is_small_initial(tokens, at) {
                end = after_stop(tokens, at + 1);
                small_at = end;
            } else if is_initials(tokens, at, first) {
                letters.push_str(tokens.plain(at));
                end = after_stop(tokens, at + 1);
            } else if is_particle(tokens, at) && leads_to_capital(tokens, at) {
                at = after_particle(tokens, at);
                continue;
            } else if is_surname(tokens, at)
                || at == small_at && is_small_allowed && is_small_name(tokens, at)
            {
                if at != first && is_place_with_number(tokens, at) {
                    break;
                }
                form = Form::Surname;
                end = if tokens.is_capital(at) {
                    whole_word(tokens, at)
                } else {
                    small_end(tokens, at)
                };
            } else {
                break;
            }
            at = end;
        }
        if form == Form::Initials && matches!(letters.as_str(), "" | "X" | "Y" | "Z") {
            return None;
        }
        Some(Self { form, end })
    }
}

/// One capital, or up to three where no word of a name is written so.
fn is_initials(tokens: &Tokens<'_>, at: usize, first: usize) -> bool {
    let plain = tokens.plain(at);
    let is_short = match plain.chars().count() {
        1 => true,
        2 | 3 => !tokens.plain(first - 1).chars().all(char::is_uppercase) && at == first,
        _ => false,
    };
    let has_more = tokens.is_glued(at + 1) && matches!(tokens.mark(at + 1), Some('\'' | '-'));
    is_short
        && plain.chars().all(char::is_uppercase)
        && !tokens.is_followed_by_letter(at + 1)
        && !(has_more && tokens.is_capital(at + 2))
}

/// "mr j smith": a small letter before another or before a name, and no word of one letter.
fn is_small_initial(tokens: &Tokens<'_>, at: usize) -> bool {
    let next = after_stop(tokens, at + 1);
    let is_letter = |at: usize| tokens.is_word(at) && tokens.plain(at).len() == 1;
    let is_one = is_letter(at) && !tokens.is_capital(at) && tokens.gap(at) < Gap::Line;
    let is_word = next == at + 1 && matches!(tokens.small(at), "a" | "i" | "x" | "y" | "z");
    let is_near = tokens.gap(next) == Gap::Space || next > at + 1 && tokens.is_glued(next);
    let is_before_name = is_letter(next) && tokens.small(next) != "i"
        || is_surname(tokens, next)
        || is_small_name(tokens, next);
    is_one && !is_word && is_near && is_before_name
}

/// A word with a capital that is no day, month or other word for no one.
fn is_surname(tokens: &Tokens<'_>, at: usize) -> bool {
    let small = tokens.small(at);
    // June Smith is somebody, and June 2026 is not.
    let is_month = super::months::is_month(small)
        && !(tokens.is_capital(at + 1)
            && tokens.gap(at + 1) == Gap::Space
            && !has(NO_NAMES, tokens.small(at + 1)));
    tokens.is_capital(at)
        && !tokens.is_followed_by_letter(at + 1)
        && !has(NO_NAMES, small)
        && !is_month
        && (small.chars().count() > 1 || tokens.is_mark(at + 1, '\''))
}

/// "mr smith", "mrs o'brien", as it is typed in a hurry.
fn is_small_name(tokens: &Tokens<'_>, at: usize) -> bool {
    let small = tokens.small(at);
    let is_irish = matches!(small, "o" | "d")
        && tokens.is_glued(at + 1)
        && tokens.is_mark(at + 1, '\'')
        && tokens.is_glued(at + 2)
        && tokens.small(at + 2).len() > 2;
    let is_verb = small.ends_with("ed") || small.ends_with("ing");
    let is_foreign = is_particle(tokens, at) && is_small_name(tokens, at + 1);
    tokens.is_word(at)
        && tokens.gap(at) == Gap::Space
        && (small.len() > 2 || is_irish || is_foreign)
        && !tokens.is_followed_by_letter(at + 1)
        && !has(NO_NAMES, small)
        && !has(NO_SMALL_NAMES, small)
        && (!is_verb || has(SURNAMES_LIKE_VERBS, small))
}

/// "mrs smith-jones", "dr de souza": the end of a name in small letters.
fn small_end(tokens: &Tokens<'_>, at: usize) -> usize {
    let last = at + usize::from(is_particle(tokens, at) && is_small_name(tokens, at + 1));
    let end = whole_word(tokens, last);
    let is_double = tokens.is_glued(end)
        && tokens.is_mark(end, '-')
        && tokens.is_glued(end + 1)
        && tokens.is_word(end + 1);
    end + if is_double { 2 } else { 0 }
}

/// A surname to its end: O'Brien, Smith-Jones; without the 's of what is theirs.
fn whole_word(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut end = at + 1;
    for _ in 0..3 {
        let is_joined = tokens.is_glued(end) && tokens.is_glued(end + 1) && tokens.is_word(end + 1);
        let is_part = match tokens.mark(end) {
            Some('\'') => tokens.plain(end + 1).chars().count() > 1,
            Some('-') => tokens.is_capital(end + 1),
            _ => false,
        };
        if !(is_joined && is_part) {
            break;
        }
        end += 2;
    }
    end
}

/// "van", "de la": small words inside of a name, and its saints.
fn is_particle(tokens: &Tokens<'_>, at: usize) -> bool {
    const PARTICLES: &[&str] = &[
        "al", "ap", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el",
        "ibn", "la", "las", "le", "los", "ni", "st", "ter", "van", "von",
    ];
    has(PARTICLES, tokens.small(at))
}

/// Whether a capital follows a few small words.
fn leads_to_capital(tokens: &Tokens<'_>, at: usize) -> bool {
    let mut next = after_particle(tokens, at);
    for _ in 0..2 {
        if is_particle(tokens, next) && !tokens.is_capital(next) {
            next = after_particle(tokens, next);
        }
    }
    tokens.is_capital(next) && tokens.gap(next) < Gap::Line
}

/// The word after a particle: "al-Hassan", "St. John", "van Dijk".
fn after_particle(tokens: &Tokens<'_>, at: usize) -> usize {
    at + 1 + usize::from(matches!(tokens.mark(at + 1), Some('-' | '.')))
}

/// Whether a full stop stands before a token, as after an initial.
fn follows_stop(tokens: &Tokens<'_>, at: usize) -> bool {
    at > 0 && tokens.is_glued(at) && matches!(tokens.mark(at - 1), Some('.' | '-'))
}

/// The token after a full stop that is written onto the one before.
fn after_stop(tokens: &Tokens<'_>, at: usize) -> usize {
    at + usize::from(tokens.is_mark(at, '.') && tokens.is_glued(at))
}

/// Whether what bears a name is meant: Parkinson's disease, Gibbs' cycle, Sister Dora Ward.
fn bears_a_name_only(tokens: &Tokens<'_>, first: usize, end: usize) -> bool {
    let mut next = end;
    if tokens.is_mark(next, '\'') {
        next += 1;
        next += usize::from(tokens.small(next) == "s");
    }
    let is_place = |at: usize| {
        let is_named = tokens.is_capital(at) && has(NAMED_PLACES, tokens.small(at));
        is_named && !is_place_with_number(tokens, at)
    };
    let ends_as_place = end > first + 1 && is_place(end - 1);
    let words = Range { start: next, end: next + 3 };
    let is_eponym = has(EPONYMS, tokens.small(end - 1))
        && words.into_iter().any(|at| has(CALLED_AFTER, tokens.small(at)));
    ends_as_place || tokens.gap(next) == Gap::Space && is_place(next) || is_eponym
}

/// "Ward 5" after a name is where they are, and no part of it.
fn is_place_with_number(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_numbered =
        tokens.is_number(at + 1) || tokens.is_number(at + 2) && tokens.is_glued(at + 2);
    has(NAMED_PLACES, tokens.small(at)) && tokens.gap(at + 1) == Gap::Space && is_numbered
}
