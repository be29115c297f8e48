//! The names of places where the writer works: the best list there is of what a reader knows too.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    finding::{FindingKind, Severity},
    hit::Hit,
    lists::has,
    tokens::Tokens,
};

const REASON: &str = "This is where you work or have worked, and readers may know who was there.";

/// So many names are looked for, and so many words of each.
const MOST_NAMES: usize = 100;
const MOST_WORDS: usize = 12;

/// Names of places by the first of their words.
#[derive(Debug, Default)]
pub(super) struct OwnPlaces(BTreeMap<String, Vec<Vec<String>>>);

impl OwnPlaces {
    pub(super) fn of(names: &[String]) -> Self {
        let mut places = Self::default();
        for name in names.iter().take(MOST_NAMES) {
            let tokens = Tokens::of(name);
            let words = (0..tokens.len()).filter(|at| tokens.mark(*at).is_none());
            let words: Vec<&str> = words.map(|at| tokens.small(at)).collect();
            let words = words.strip_prefix(&["the"]).unwrap_or(&words);
            places.note(words);
            if let Some(short) = without_kind(words) {
                places.note(short);
            }
        }
        places
    }

    /// Notes a name, and the same as it is written without its apostrophe.
    fn note(&mut self, words: &[&str]) {
        let is_long = words.iter().map(|word| word.len()).sum::<usize>() > 2;
        if !is_long || words.len() > MOST_WORDS {
            return;
        }
        let mut joined: Vec<String> = Vec::new();
        for word in words {
            match joined.last_mut() {
                Some(last) if *word == "s" => last.push('s'),
                _ => joined.push((*word).to_owned()),
            }
        }
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        for name in BTreeSet::from([words, joined]) {
            let first = name.first().cloned().unwrap_or_default();
            self.0.entry(first).or_default().push(name);
        }
    }

    /// The longest name that begins at a token.
    pub(super) fn at(&self, tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
        if self.0.is_empty() || tokens.is_glued_to_letter(at) {
            return None;
        }
        let names = self.0.get(tokens.small(at))?;
        let range = names.iter().filter_map(|name| matches(tokens, at, name));
        let range = range.max_by_key(|range| range.end)?;
        let hit = Hit::new(FindingKind::OwnPlace, Severity::Possible, range, REASON);
        Some(hit.instead("the hospital or practice"))
    }
}

/// What people say for short: the Royal London for The Royal London Hospital. One word is too
/// little, and so are words that many places have.
fn without_kind<'a>(words: &'a [&'a str]) -> Option<&'a [&'a str]> {
    let (kind, short) = words.split_last()?;
    let is_telling = short.len() > 1 && !short.iter().all(|word| has(OF_MANY, word));
    (has(KINDS, kind) && is_telling).then_some(short)
}

/// What a place is.
const KINDS: &[&str] =
    &["centre", "clinic", "hospice", "hospital", "infirmary", "practice", "surgery", "trust"];

/// Words in the names of many places.
#[rustfmt::skip]
const OF_MANY: &[&str] = &[
    "acute", "and", "care", "child", "children", "city", "community", "county", "day", "district",
    "eye", "family", "general", "health", "heart", "infirmary", "medical", "mental", "of",
    "primary", "public", "royal", "s", "the", "university", "urgent", "women",
];

/// Whether a name stands at a token, whatever its marks: St. Mary's and St Mary's are one.
fn matches(tokens: &Tokens<'_>, at: usize, name: &[String]) -> Option<Range<usize>> {
    let mut next = at;
    for (number, word) in name.iter().enumerate() {
        let marks_from = next;
        while number > 0 && next < marks_from + 2 && tokens.mark(next).is_some() {
            next += 1;
        }
        if tokens.small(next) != word || word.is_empty() {
            return None;
        }
        next += 1;
    }
    (!tokens.is_followed_by_letter(next)).then_some(at..next)
}
