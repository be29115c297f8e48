//! The names of places where the writer works: the best list there is of what a reader knows too.

use std::{collections::BTreeMap, ops::Range};

use super::{
    finding::{FindingKind, Severity},
    hit::Hit,
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
            let words: Vec<String> = words.map(|at| tokens.small(at).to_owned()).collect();
            let is_long = words.iter().map(String::len).sum::<usize>() > 2;
            if let Some(first) = words.first().filter(|_| is_long && words.len() <= MOST_WORDS) {
                places.0.entry(first.clone()).or_default().push(words.clone());
            }
        }
        places
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
