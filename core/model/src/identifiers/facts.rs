//! Facts that say little alone and may single somebody out together.
//!
//! Source: GMC, *Anonymising reflective notes*: age, sex, job, ward or practice and condition, and
//! a date, are to be left out where they matter little. Three of them are told of.

use std::{collections::BTreeSet, ops::Range};

use super::{
    dates,
    finding::{self, Fact, Finding, FindingKind, Severity},
    hit::Hit,
    lists::{
        AMBIGUOUS_TOWNS, CALLED_AFTER, CARERS, CONDITIONS, DEPARTMENTS, EPONYMS, JOBS,
        NO_CONDITIONS, SEXES, STAGES, TOWNS, has,
    },
    months,
    tokens::{Gap, Tokens},
};

/// From so many different facts on they are told of.
const TELLING: usize = 3;

/// The facts of one document: of each the first time it is told.
#[derive(Debug, Default)]
pub(super) struct Facts {
    seen: BTreeSet<Fact>,
    told: Vec<Noted>,
}

#[derive(Debug)]
struct Noted {
    fact: Fact,
    part: usize,
    bytes: Range<usize>,
    utf16: Range<usize>,
    text: String,
}

impl Facts {
    /// Notes the fact that begins at a token, and says where to look next.
    pub(super) fn look(&mut self, tokens: &Tokens<'_>, part: usize, at: usize) -> usize {
        let Some((fact, end)) = fact_at(tokens, at) else { return at + 1 };
        self.note(tokens, part, fact, &(at..end));
        end
    }

    /// Notes what a finding tells besides.
    pub(super) fn note_hit(&mut self, tokens: &Tokens<'_>, part: usize, hit: &Hit) {
        let fact = match hit.kind {
            FindingKind::DateOfBirth | FindingKind::Date => Fact::Date,
            FindingKind::Age => Fact::AgeBand,
            FindingKind::Postcode | FindingKind::WardBed | FindingKind::OwnPlace => Fact::Place,
            FindingKind::TitleName => {
                let title = hit.tokens.start;
                if is_sex(tokens, title) {
                    self.note(tokens, part, Fact::Sex, &(title..title + 1));
                }
                return;
            }
            _ => return,
        };
        self.note(tokens, part, fact, &hit.tokens);
    }

    fn note(&mut self, tokens: &Tokens<'_>, part: usize, fact: Fact, range: &Range<usize>) {
        if !self.seen.insert(fact) {
            return;
        }
        let bytes = tokens.bytes(range);
        let text = tokens.text();
        let units = |end: usize| text.get(..end).unwrap_or_default().encode_utf16().count();
        let utf16 = units(bytes.start)..units(bytes.end);
        let text = text.get(bytes.clone()).unwrap_or_default().to_owned();
        self.told.push(Noted { fact, part, bytes, utf16, text });
    }

    /// What is told of them, if there are enough: at the first, and as far as they go in its text.
    pub(super) fn into_combination(self) -> Option<Finding> {
        if self.told.len() < TELLING {
            return None;
        }
        let (first, last) = {
            let first = self.told.first()?;
            let is_near = |told: &&Noted| told.part == first.part;
            (first, self.told.iter().rev().find(is_near).unwrap_or(first))
        };
        let facts: Vec<Fact> = self.told.iter().map(|told| told.fact).collect();
        let texts: Vec<&str> = self.told.iter().map(|told| told.text.as_str()).collect();
        Some(Finding {
            kind: FindingKind::Combination,
            severity: Severity::Combination,
            part: first.part,
            range: first.bytes.start..last.bytes.end,
            utf16: first.utf16.start..last.utf16.end,
            text: texts.join(", "),
            reason: format!(
                "Together these may single somebody out, though none does alone: {}.",
                finding::listed(&facts)
            ),
            facts,
            replacement: None,
        })
    }
}

/// The fact that begins at a token, and the token after it.
fn fact_at(tokens: &Tokens<'_>, at: usize) -> Option<(Fact, usize)> {
    if tokens.is_glued_to_letter(at) {
        return None;
    }
    if let Some(end) = dates::exact_at(tokens, at).or_else(|| dates::weekday_at(tokens, at)) {
        return Some((Fact::Date, end));
    }
    if let Some(end) = age_band(tokens, at) {
        return Some((Fact::AgeBand, end));
    }
    if !tokens.is_word(at) || tokens.is_followed_by_letter(at + 1) {
        return None;
    }
    if let Some(end) = condition(tokens, at) {
        return Some((Fact::Condition, end));
    }
    let one = |fact| Some((fact, at + 1));
    match tokens.small(at) {
        _ if is_sex(tokens, at) => one(Fact::Sex),
        _ if is_job(tokens, at) => one(Fact::Job),
        _ if is_town(tokens, at) => one(Fact::Place),
        _ => None,
    }
}

fn is_sex(tokens: &Tokens<'_>, at: usize) -> bool {
    // "Sister" is a title of nurses, whatever their sex.
    has(SEXES, tokens.small(at)) && tokens.plain(at) != "Sister" || tokens.plain(at) == "Miss"
}

/// "in her fifties", "late 40s", "teenager", "elderly".
fn age_band(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    const DECADES: [&str; 9] = [
        "teens",
        "twenties",
        "thirties",
        "forties",
        "fifties",
        "sixties",
        "seventies",
        "eighties",
        "nineties",
    ];
    let small = tokens.small(at);
    if small == "middle" && tokens.is_mark(at + 1, '-') && tokens.small(at + 2) == "aged" {
        return Some(at + 3);
    }
    if has(STAGES, small) {
        return Some(at + 1);
    }
    let says_whose = (at.saturating_sub(3)..at)
        .any(|at| matches!(tokens.small(at), "her" | "his" | "their" | "early" | "mid" | "late"));
    if !says_whose {
        return None;
    }
    let s_at = at + 1 + usize::from(tokens.is_mark(at + 1, '\''));
    let is_decade =
        tokens.value(at).is_some_and(|years| (20..=110).contains(&years) && years % 10 == 0);
    if is_decade && tokens.small(s_at) == "s" && tokens.is_glued(s_at) {
        return Some(s_at + 1);
    }
    DECADES.contains(&small).then_some(at + 1)
}

/// A word for a condition, one that ends as they do, or somebody's disease, palsy or syndrome.
fn condition(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    const ENDINGS: [&str; 12] = [
        "itis",
        "aemia",
        "emia",
        "osis",
        "oma",
        "omas",
        "opathy",
        "plegia",
        "penia",
        "trophy",
        "sclerosis",
        "rrhoea",
    ];
    let is_named = |at: usize| {
        let noun = tokens.small(at);
        matches!(noun, "disease" | "dystrophy" | "palsy" | "sarcoma" | "syndrome" | "tumour")
    };
    let small = tokens.small(at);
    let has_ending = small.len() > 6
        && ENDINGS.iter().any(|ending| small.ends_with(ending))
        && !has(NO_CONDITIONS, small);
    if has_ending || has(CONDITIONS, small) {
        return Some(at + 1);
    }
    // "coeliac disease", "motor neurone disease".
    let is_telling = |at: &usize| {
        let word = tokens.small(*at);
        tokens.is_word(*at) && tokens.gap(*at) < Gap::Line && word.len() > 3 && !has(OF_ANY, word)
    };
    let words = 1 + usize::from(!is_named(at + 1));
    if (at..at + words).all(|at| is_telling(&at)) && is_named(at + words) {
        return Some(at + words + 1);
    }
    if !tokens.is_capital(at) {
        return None;
    }
    let mut next = at + 1;
    if tokens.is_mark(next, '\'') && tokens.is_glued(next) {
        next += 1;
        next += usize::from(tokens.small(next) == "s");
        // Crohn's and Parkinson's need no other word; Gibbs' cycle is something else.
        return match (is_named(next), has(CALLED_AFTER, tokens.small(next))) {
            (true, _) => Some(next + 1),
            (false, is_other) => (has(EPONYMS, small) && !is_other).then_some(next),
        };
    }
    (has(EPONYMS, small) && is_named(next)).then_some(next + 1)
}

/// What is said of any disease.
#[rustfmt::skip]
const OF_ANY: &[&str] = &[
    "about", "acute", "chronic", "common", "every", "from", "have", "infectious", "long", "more",
    "other", "rare", "same", "serious", "severe", "some", "stage", "such", "that", "their", "this",
    "underlying", "what", "with",
];

/// A job; one that a reader of reflections has themselves needs "a" or "an" before it.
fn is_job(tokens: &Tokens<'_>, at: usize) -> bool {
    let small = tokens.small(at);
    let before = at.checked_sub(1).map_or("", |before| tokens.small(before));
    let is_owned = matches!(before, "a" | "an" | "as" | "former" | "retired" | "trainee");
    has(JOBS, small) || has(CARERS, small) && is_owned
}

/// A town, or a word with a capital where somebody comes from or lives.
fn is_town(tokens: &Tokens<'_>, at: usize) -> bool {
    if !tokens.is_capital(at) || tokens.is_mark(at + 1, '\'') {
        return false;
    }
    let (small, plain) = (tokens.small(at), tokens.plain(at));
    let before = |back: usize| at.checked_sub(back).map_or("", |at| tokens.small(at));
    let is_near = tokens.gap(at) == Gap::Space;
    let is_after_in = is_near && matches!(before(1), "in" | "at" | "to" | "near");
    let is_after_from = is_near && before(1) == "from";
    if has(TOWNS, small) {
        return !has(AMBIGUOUS_TOWNS, small) || is_after_in || is_after_from;
    }
    let says_home = matches!(before(2), "lives" | "lived" | "living" | "born" | "moved" | "home");
    // Short words in capitals are departments.
    let is_name = plain.len() > 2 && plain.chars().skip(1).all(char::is_lowercase);
    let is_day = months::is_month(small) || small.ends_with("day");
    (is_after_from || is_after_in && says_home) && is_name && !is_day && !has(DEPARTMENTS, small)
}
