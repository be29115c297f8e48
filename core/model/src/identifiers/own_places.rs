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
pub(super) struct OwnPlaces {
    names: BTreeMap<String, Vec<Vec<String>>>,
    /// The one word of a name by which people call a place: Bedford, for Bedford Hospital.
    words: BTreeSet<String>,
}

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
            places.words.extend(telling_word(words).map(str::to_owned));
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
            self.names.entry(first).or_default().push(name);
        }
    }

    /// The longest name that begins at a token.
    pub(super) fn at(&self, tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
        if self.names.is_empty() || tokens.is_glued_to_letter(at) {
            return None;
        }
        let names = self.names.get(tokens.small(at)).into_iter().flatten();
        let range = names.filter_map(|name| matches(tokens, at, name));
        let range = range.max_by_key(|range| range.end);
        let range = range.or_else(|| self.is_word_for_one(tokens, at).then_some(at..at + 1))?;
        let hit = Hit::new(FindingKind::OwnPlace, Severity::Possible, range, REASON);
        Some(hit.instead("the hospital or practice"))
    }
}

impl OwnPlaces {
    /// Whether the one word for a place stands at a token: with its capital, or after "at" and its
    /// like, which a word that says something else as well needs too.
    fn is_word_for_one(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        let word = tokens.small(at);
        if !self.words.contains(word) || tokens.is_followed_by_letter(at + 1) {
            return false;
        }
        let is_after = at > 0 && matches!(tokens.small(at - 1), "at" | "from" | "in" | "to");
        is_after || tokens.is_capital(at) && !has(ORDINARY, word)
    }
}

/// The word that tells a place from others, if there is one: Bedford of Bedford General Hospital.
fn telling_word<'a>(words: &[&'a str]) -> Option<&'a str> {
    let (kind, _) = words.split_last()?;
    if words.iter().any(|word| has(BEFORE_NAMES, word)) {
        return None;
    }
    let is_common = |word: &str| has(KINDS, word) || has(OF_MANY, word) || has(BESIDES, word);
    let mut telling = words.iter().filter(|word| !is_common(word));
    let word = *telling.next()?;
    let is_long = word.chars().count() > 3 && !word.chars().all(|sign| sign.is_ascii_digit());
    (has(KINDS, kind) && words.len() > 1 && is_long && telling.next().is_none()).then_some(word)
}

/// With these the one word is somebody's name: Mary, of St Mary's Surgery.
const BEFORE_NAMES: &[&str] =
    &["king", "lady", "lord", "prince", "princess", "queen", "s", "saint", "st"];

/// What more is in names and tells no place by itself.
#[rustfmt::skip]
const BESIDES: &[&str] = &[
    "east", "emergency", "foundation", "house", "memorial", "national", "new", "nhs", "north",
    "old", "park", "road", "south", "street", "teaching", "west",
];

/// Towns whose names are words.
#[rustfmt::skip]
const ORDINARY: &[&str] = &[
    "barking", "bath", "battle", "deal", "hope", "hull", "reading", "rugby", "sale", "sandwich",
    "settle", "street", "ware", "wells",
];

/// What people say for short: the Royal London for The Royal London Hospital. One word is too
/// little, and so are words that many places have.
fn without_kind<'a>(words: &'a [&'a str]) -> Option<&'a [&'a str]> {
    let (kind, short) = words.split_last()?;
    let is_telling = short.len() > 1 && !short.iter().all(|word| has(OF_MANY, word));
    (has(KINDS, kind) && is_telling).then_some(short)
}

/// What a place is.
const KINDS: &[&str] = &[
    "centre",
    "clinic",
    "hospice",
    "hospital",
    "hospitals",
    "infirmary",
    "practice",
    "surgery",
    "trust",
];

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(KINDS.is_sorted() && OF_MANY.is_sorted() && ORDINARY.is_sorted());
        assert!(BEFORE_NAMES.is_sorted() && BESIDES.is_sorted());
    }

    #[test]
    fn a_place_is_told_by_one_word_where_one_alone_tells_it() {
        let word =
            |name: &str| telling_word(&name.split(' ').collect::<Vec<_>>()).map(str::to_owned);
        assert_eq!(word("bedford hospital").as_deref(), Some("bedford"));
        assert_eq!(word("bedford district general hospital").as_deref(), Some("bedford"));
        for none in
            ["city hospital", "luton and dunstable hospital", "bedford", "st mary s surgery"]
        {
            assert_eq!(word(none), None, "{none}");
        }
    }
}
