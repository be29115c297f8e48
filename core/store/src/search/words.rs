//! A text as words of the index.
//!
//! The folding is the model's. A script without spaces is indexed by every two letters that stand
//! side by side, and the last one alone: a word inside a run is found, at one word of the index for
//! each letter. What an apostrophe, a dash or a step parts is there in parts and joined, so that
//! `follow-up` is found as `followup` and `SpO₂` as `SpO2`.

use std::ops::Range;

use enhance_model::folding::{Gap, Part, PartKind, parts};

/// Parts that are joined into one word of the index.
const MOST_JOINED: usize = 4;

/// A word of the index, and where it is in the text.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) text: String,
    /// The bytes of the text that it was made of.
    pub(super) bytes: Range<usize>,
    /// Where its first letter ends, if it is of a run: a beginning is found as that letter alone.
    pub(super) first_end: Option<usize>,
}

/// Several tokens as one word.
#[derive(Debug)]
pub(super) struct Compound {
    pub(super) text: String,
    pub(super) tokens: Range<usize>,
}

/// The words of a text in their order, and those that are some of them joined.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) tokens: Vec<Token>,
    pub(super) joined: Vec<Compound>,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words = Self::default();
        // The parts that may be joined with the next, each with its first token.
        let mut open: Vec<(usize, String)> = Vec::new();
        for part in parts(text) {
            if !open.last().is_some_and(|(_, before)| is_joined(before, &part)) {
                open.clear();
            }
            let from = words.tokens.len();
            words.push(&part);
            words.join(&open, &part.text);
            open.push((from, part.text));
            if open.len() == MOST_JOINED {
                open.remove(0);
            }
        }
        words
    }

    /// Every word, with a space between two, as the index takes them.
    pub(super) fn indexed(&self) -> String {
        let tokens = self.tokens.iter().map(|token| &token.text);
        let all = tokens.chain(self.joined.iter().map(|joined| &joined.text));
        let mut indexed = String::new();
        for word in all {
            indexed.push_str(word);
            indexed.push(' ');
        }
        indexed
    }

    fn push(&mut self, part: &Part) {
        if part.kind != PartKind::Run {
            let (text, bytes) = (part.text.clone(), part.bytes.clone());
            return self.tokens.push(Token { text, bytes, first_end: None });
        }
        let mut start = part.bytes.start;
        let letters: Vec<(char, usize)> =
            part.text.chars().zip(part.ends.iter().copied()).collect();
        for (at, (letter, end)) in letters.iter().enumerate() {
            let next = letters.get(at + 1);
            let text = next.map_or(letter.to_string(), |(next, _)| format!("{letter}{next}"));
            let bytes = start..next.map_or(*end, |(_, end)| *end);
            self.tokens.push(Token { text, bytes, first_end: Some(*end) });
            start = *end;
        }
    }

    /// Adds what ends with this part and begins with one of those before it.
    fn join(&mut self, open: &[(usize, String)], last: &str) {
        let mut text = last.to_owned();
        for (from, part) in open.iter().rev() {
            text.insert_str(0, part);
            self.joined.push(Compound { text: text.clone(), tokens: *from..self.tokens.len() });
        }
    }
}

/// Whether a part is one word with the one before; not a number with a number, which would be a
/// third.
pub(super) fn is_joined(before: &str, part: &Part) -> bool {
    let ends_in_number = before.ends_with(|last: char| last.is_ascii_digit());
    let is_number = ends_in_number && part.text.starts_with(|first: char| first.is_ascii_digit());
    matches!(part.gap, Gap::Mark | Gap::Dash) && !is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_runs_and_what_is_joined_are_in_the_index() {
        for (text, indexed) in [
            ("A night, on-call", "a night on call oncall "),
            ("夜勤明け", "夜勤 勤明 明け け "),
            ("SpO₂ 94%", "spo 2 94 spo2 "),
            ("O'Brien-Lee", "o brien lee obrien brienlee obrienlee "),
            ("25-11-2026", "25 11 2026 "),
            ("", ""),
        ] {
            assert_eq!(Words::of(text).indexed(), indexed, "{text}");
        }
    }

    #[test]
    fn a_text_of_dashes_is_joined_no_further_than_a_few_parts() {
        let words = Words::of(&"a-".repeat(10_000));
        assert!(words.joined.len() <= (MOST_JOINED - 1) * words.tokens.len());
    }
}
