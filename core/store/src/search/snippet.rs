//! The part of a text where the words are that were looked for, as it was written.

use std::{collections::VecDeque, ops::Range};

use super::{
    question::{Question, QuestionWord},
    words::{Token, Words},
};

/// A part of a text with the words that were looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    pub text: String,
    /// Where the words are, in bytes of the text.
    pub marked: Vec<Range<usize>>,
}

/// Words of a text that are shown.
const SHOWN: usize = 24;
/// Bytes that are shown at most: words may be long, and what stands between them too.
const MOST_BYTES: usize = 1_000;
/// Bytes before the first and after the last word that are shown with it.
const AROUND: usize = 40;
/// Stands where a text goes on.
const MORE: char = '…';

/// Where one of the words that were looked for is.
#[derive(Debug)]
struct Place {
    /// Which word of the question it is.
    word: usize,
    tokens: Range<usize>,
    bytes: Range<usize>,
}

/// The part of the text with most of the words, or of the title if more are there.
pub(super) fn snippet(title: &str, body: &str, question: &Question) -> Snippet {
    best_of([title, body].map(|text| Excerpt::of(text, question)))
}

fn best_of([title, body]: [Excerpt<'_>; 2]) -> Snippet {
    if title.score() > body.score() { title.cut() } else { body.cut() }
}

/// The same of a text that has all of the words; none of one that lacks some.
pub(super) fn of_all(title: &str, body: &str, question: &Question) -> Option<Snippet> {
    let texts = [title, body].map(|text| Excerpt::of(text, question));
    let has = |word| texts.iter().any(|text| text.places.iter().any(|place| place.word == word));
    (0..question.words.len()).all(has).then(|| best_of(texts))
}

/// A text, and where what was looked for is in it.
struct Excerpt<'a> {
    text: &'a str,
    words: Words,
    places: Vec<Place>,
    /// The tokens that are shown, and how many different words of the question are in them.
    best: (Range<usize>, usize),
}

impl<'a> Excerpt<'a> {
    fn of(text: &'a str, question: &Question) -> Self {
        let words = Words::of(text);
        let mut places = Vec::new();
        for (word, asked) in question.words.iter().enumerate() {
            places.extend(places_of(word, asked, &words));
        }
        places.sort_by_key(|place| (place.tokens.start, place.tokens.end));
        let best = best(&places, question.words.len(), words.tokens.len());
        Self { text, words, places, best }
    }

    fn score(&self) -> usize {
        self.best.1
    }

    fn cut(self) -> Snippet {
        let (shown, _) = self.best;
        let tokens = &self.words.tokens;
        let is_whole = (shown.start == 0, shown.end == tokens.len());
        let start = tokens.get(shown.start).map_or(0, |token| token.bytes.start);
        let end = shown.end.checked_sub(1).and_then(|last| tokens.get(last));
        let end = end.map_or(self.text.len(), |token| token.bytes.end.max(start));
        let start = if is_whole.0 { floor(self.text, start.saturating_sub(AROUND)) } else { start };
        let end = if is_whole.1 { self.text.len().min(end + AROUND) } else { end };
        let end = floor(self.text, end.min(start + MOST_BYTES));
        let mut snippet = Snippet::default();
        if start > 0 {
            snippet.text.push(MORE);
        }
        let shift = snippet.text.len();
        snippet.text.push_str(self.text.get(start..end).unwrap_or_default());
        snippet.marked = marked(&self.places, &(start..end), shift);
        if end < self.text.len() {
            snippet.text.push(MORE);
        }
        snippet
    }
}

/// The places within these bytes, those that touch as one, moved to where the snippet has them.
fn marked(places: &[Place], shown: &Range<usize>, shift: usize) -> Vec<Range<usize>> {
    let within = |place: &&Place| place.bytes.start >= shown.start && place.bytes.end <= shown.end;
    let mut bytes: Vec<_> = places.iter().filter(within).map(|place| place.bytes.clone()).collect();
    bytes.sort_by_key(|range| (range.start, range.end));
    let mut marked: Vec<Range<usize>> = Vec::new();
    for range in bytes {
        let moved = range.start - shown.start + shift..range.end - shown.start + shift;
        match marked.last_mut() {
            Some(last) if moved.start < last.end => last.end = last.end.max(moved.end),
            _ => marked.push(moved),
        }
    }
    marked
}

/// The last end of a letter that is not after this byte.
fn floor(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// Where a word of the question is in a text.
fn places_of(word: usize, asked: &QuestionWord, words: &Words) -> Vec<Place> {
    let Some((last, before)) = asked.phrase.split_last() else { return Vec::new() };
    let fits = |token: &Token, text: &String| token.text == *text;
    let ends =
        |text: &str, last: &str| text == last || (asked.is_beginning && text.starts_with(last));
    let mut places = Vec::new();
    for (at, window) in words.tokens.windows(asked.phrase.len()).enumerate() {
        let Some((end, rest)) = window.split_last() else { continue };
        if !ends(&end.text, last) || !rest.iter().zip(before).all(|(one, text)| fits(one, text)) {
            continue;
        }
        let start = window.first().map_or(end.bytes.start, |first| first.bytes.start);
        // One letter of a run was asked for, and its token has two.
        let is_one = end.first_end.is_some() && last.chars().nth(1).is_none();
        let to = end.first_end.filter(|_| is_one).unwrap_or(end.bytes.end);
        places.push(Place { word, tokens: at..at + window.len(), bytes: start..to });
    }
    let joined = match (&asked.joined, before) {
        (Some(joined), _) => joined,
        (None, []) => last,
        (None, _) => return places,
    };
    for one in words.joined.iter().filter(|one| ends(&one.text, joined)) {
        let tokens = words.tokens.get(one.tokens.clone()).unwrap_or_default();
        if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
            let bytes = first.bytes.start..last.bytes.end;
            places.push(Place { word, tokens: one.tokens.clone(), bytes });
        }
    }
    places
}

/// The tokens with most of the words of the question side by side, and how many words those are.
fn best(places: &[Place], words: usize, tokens: usize) -> (Range<usize>, usize) {
    let mut counts = vec![0_usize; words];
    let mut within: VecDeque<&Place> = VecDeque::new();
    let mut best: Option<((usize, usize), Range<usize>)> = None;
    for place in places {
        within.push_back(place);
        add(&mut counts, place.word, 1);
        while let Some(first) = within.front()
            && place.tokens.end - first.tokens.start > SHOWN
            && within.len() > 1
        {
            add(&mut counts, first.word, -1);
            within.pop_front();
        }
        let different = counts.iter().filter(|count| **count > 0).count();
        let first = within.front().map_or(0, |first| first.tokens.start);
        if best.as_ref().is_none_or(|(most, _)| *most < (different, within.len())) {
            best = Some(((different, within.len()), first..place.tokens.end));
        }
    }
    let (different, found) = best.map_or((0, 0..0), |((different, _), found)| (different, found));
    // What is beside the words is shown on both sides of them.
    let spare = SHOWN.saturating_sub(found.len());
    let start = found.start.saturating_sub(spare / 2).min(tokens.saturating_sub(SHOWN));
    (start..tokens.min(start + SHOWN), different)
}

fn add(counts: &mut [usize], word: usize, more: isize) {
    if let Some(count) = counts.get_mut(word) {
        *count = count.saturating_add_signed(more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(title: &str, body: &str, typed: &str) -> (String, Vec<String>) {
        let snippet = snippet(title, body, &Question::read(typed).unwrap());
        let marked = snippet.marked.iter().map(|range| snippet.text[range.clone()].to_owned());
        (snippet.text.clone(), marked.collect())
    }

    #[test]
    fn e1_what_was_found_is_shown_as_it_was_written() {
        for (text, typed, marked) in [
            ("The e\u{fb03}cient way", "efficient", "e\u{fb03}cient"),
            ("fluid\u{ad}balance", "fluidbalance", "fluid\u{ad}balance"),
            ("low SpO₂ again", "spo2", "SpO₂"),
            ("Dr O’Brien’s clinic", "obrien", "O’Brien’s"),
            ("夜勤明けに", "勤明", "勤明"),
            ("夜勤明けに", "勤", "勤"),
            ("夜勤明けに", "に", "に"),
            ("ผู้ป่วยล้ม", "ป่วย", "ป่วย"),
            ("Zoe\u{308} fell", "zoë", "Zoe\u{308}"),
        ] {
            assert_eq!(shown("", text, typed).1, [marked], "{text}");
        }
    }

    #[test]
    fn the_place_with_most_of_the_words_is_shown_with_what_is_around_it() {
        let far = "word ".repeat(100);
        let text = format!("night {far} a night of falls {far}");
        let (snippet, marked) = shown("", &text, "night falls");
        assert!(snippet.starts_with('…') && snippet.ends_with('…'), "{snippet}");
        assert!(snippet.contains("a night of falls word"), "{snippet}");
        assert_eq!(marked, ["night", "falls"]);
        assert_eq!(shown("Night", "It was long.", "night"), ("Night".into(), vec!["Night".into()]));
        assert_eq!(
            shown("Night", "At night.", "night"),
            ("At night.".into(), vec!["night".into()])
        );
    }

    #[test]
    fn a_snippet_is_short_whatever_the_text_is() {
        for text in ["x ".repeat(100_000), "-".repeat(100_000) + "x" + &"-".repeat(100_000)] {
            assert!(shown("", &text, "x").0.len() <= MOST_BYTES + 2 * MORE.len_utf8());
        }
    }
}
