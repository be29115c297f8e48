//! What one text has to become another: the words that differ, and no letter in parts.
//!
//! Two people who rewrite one sentence at once both find theirs whole. Were letters compared, those
//! that an old and a new sentence happen to share would be kept as they stand, and the other's
//! deletion of them would take them out of the new words. So whole words are compared, and a
//! sentence of which less than half stays is written anew in one piece.

use similar::{
    DiffTag,
    algorithms::{Capture, Replace, myers},
};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Beyond so many words, old and new together, a text is replaced in one piece: comparing them takes
/// time that grows with the square of what differs.
const MAX_COMPARED: usize = 8_000;

/// The one stretch in which two texts differ.
pub struct Difference<'a> {
    old: &'a str,
    new: &'a str,
    before: &'a str,
    deleted: &'a str,
    inserted: &'a str,
}

/// Characters of a text that give way to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch<'a> {
    /// Characters of the old text before it.
    pub at: usize,
    /// Characters of the old text in it.
    pub deleted: usize,
    pub inserted: &'a str,
}

impl Stretch<'_> {
    /// The operations of a change that it takes.
    pub fn operations(&self) -> usize {
        self.deleted + self.inserted.chars().count()
    }
}

impl<'a> Difference<'a> {
    /// Where these two differ.
    pub fn between(old: &'a str, new: &'a str) -> Self {
        let same = |(one, other): &(u8, u8)| one == other;
        let mut prefix = old.bytes().zip(new.bytes()).take_while(same).count();
        while !(old.is_char_boundary(prefix) && new.is_char_boundary(prefix)) {
            prefix -= 1;
        }
        let (before, old_rest) = old.split_at(prefix);
        let (_, new_rest) = new.split_at(prefix);
        let ends = old_rest.bytes().rev().zip(new_rest.bytes().rev());
        let mut suffix = ends.take_while(same).count();
        let is_between = |text: &str, suffix| text.is_char_boundary(text.len() - suffix);
        while !(is_between(old_rest, suffix) && is_between(new_rest, suffix)) {
            suffix -= 1;
        }
        let (deleted, _) = old_rest.split_at(old_rest.len() - suffix);
        let (inserted, _) = new_rest.split_at(new_rest.len() - suffix);
        Self { old, new, before, deleted, inserted }
    }

    /// All of it as one.
    pub fn whole(&self) -> Stretch<'a> {
        let (at, deleted) = (self.before.chars().count(), self.deleted.chars().count());
        Stretch { at, deleted, inserted: self.inserted }
    }

    /// What differs word by word, in the order of the text.
    pub fn by_words(&self) -> Vec<Stretch<'a>> {
        if self.is_one_run() {
            return vec![self.whole()];
        }
        let start = sentence_start(self.before);
        let after = &self.old[self.before.len() + self.deleted.len()..];
        let behind = after.len() - sentence_end(after);
        let compared = |text: &'a str| &text[start..text.len() - behind];
        let (old, new) = (words(compared(self.old)), words(compared(self.new)));
        if old.len() + new.len() > MAX_COMPARED {
            return vec![self.whole()];
        }
        let mut found = Replace::new(Capture::new());
        let (all_old, all_new) = (0..old.len(), 0..new.len());
        let Ok(()) = myers::diff_deadline_raw(&mut found, &*old, all_old, &*new, all_new, None);
        let at = self.before[..start].chars().count();
        let mut sentences = Sentences::from(at, compared(self.new));
        for same_or_not in found.into_inner().ops() {
            let (tag, from, to) = same_or_not.as_tag_tuple();
            if tag == DiffTag::Equal {
                for word in &old[from] {
                    sentences.keep(word);
                }
            } else {
                sentences.replace(&old[from], &new[to]);
            }
        }
        sentences.end()
    }

    /// Whether something was put in or taken out at one place, and no letter was cut in parts: it
    /// may be made of several characters.
    fn is_one_run(&self) -> bool {
        let start = self.before.len();
        let is_edge = |text: &str, at: usize| {
            GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(false)
        };
        let is_run =
            |text: &str, run: &str| is_edge(text, start) && is_edge(text, start + run.len());
        (self.deleted.is_empty() || self.inserted.is_empty())
            && is_run(self.old, self.deleted)
            && is_run(self.new, self.inserted)
    }

    /// What a piece of the old text that begins at byte `start` becomes, if it holds all that
    /// differs between them.
    pub fn within(&self, start: usize, piece: &str) -> Option<String> {
        let at = self.before.len().checked_sub(start)?;
        let after = piece.get(at + self.deleted.len()..)?;
        Some([piece.get(..at)?, self.inserted, after].concat())
    }
}

/// What differs of the sentences of a text, gathered from its beginning.
struct Sentences<'a> {
    /// What is not gone through yet of the new text.
    rest: &'a str,
    /// Where the sentence begins that is gone through: characters of the old text before it, and
    /// the new text from there on.
    at: usize,
    new: &'a str,
    /// Characters of the old sentence, and how many of them stay.
    chars: usize,
    kept: usize,
    /// What differs in this sentence, and in those before.
    differs: Vec<Stretch<'a>>,
    found: Vec<Stretch<'a>>,
}

impl<'a> Sentences<'a> {
    const fn from(at: usize, new: &'a str) -> Self {
        Self { rest: new, at, new, chars: 0, kept: 0, differs: Vec::new(), found: Vec::new() }
    }

    /// Goes on by a word that stays.
    fn keep(&mut self, word: &str) {
        let chars = word.chars().count();
        self.chars += chars;
        self.kept += chars;
        self.rest = &self.rest[word.len()..];
        if ends_sentence(word) {
            self.close();
        }
    }

    /// Goes on by words in whose place others stand. What a word begins or ends with in both stays:
    /// it is the same word, corrected.
    fn replace(&mut self, old: &[&str], new: &[&str]) {
        let old = old.concat();
        let deleted = old.chars().count();
        let (inserted, rest) = self.rest.split_at(new.iter().map(|word| word.len()).sum());
        self.differs.push(Stretch { at: self.at + self.chars, deleted, inserted });
        self.chars += deleted;
        self.kept += deleted - Difference::between(&old, inserted).whole().deleted;
        self.rest = rest;
    }

    /// Ends a sentence. One of which less than half stays is written anew.
    fn close(&mut self) {
        if 2 * self.kept < self.chars {
            let (inserted, _) = self.new.split_at(self.new.len() - self.rest.len());
            self.differs = vec![Stretch { at: self.at, deleted: self.chars, inserted }];
        }
        self.found.append(&mut self.differs);
        self.at += self.chars;
        (self.new, self.chars, self.kept) = (self.rest, 0, 0);
    }

    fn end(mut self) -> Vec<Stretch<'a>> {
        self.close();
        self.found
    }
}

/// The words of a text, each with the space behind it; a sign that is no letter is one by itself.
fn words(text: &str) -> Vec<&str> {
    let is_space = |letter: &str| letter.starts_with(char::is_whitespace);
    let is_of_word = |letter: &str| letter.starts_with(char::is_alphanumeric);
    let mut words = Vec::new();
    let (mut start, mut before) = (0, None);
    for (at, letter) in text.grapheme_indices(true) {
        let goes_on = |before| is_space(letter) || is_of_word(before) && is_of_word(letter);
        if before.is_some_and(|before| !goes_on(before)) {
            words.push(&text[start..at]);
            start = at;
        }
        before = Some(letter);
    }
    words.extend(Some(&text[start..]).filter(|word| !word.is_empty()));
    words
}

/// Where the last sentence of a text begins, in bytes: behind it if that is ended.
fn sentence_start(text: &str) -> usize {
    if ends_sentence(text) {
        return text.len();
    }
    let mut letters = text.char_indices().rev();
    let start = letters.find(|(at, letter)| !letter.is_whitespace() && ends_sentence(&text[..*at]));
    start.map_or(0, |(at, _)| at)
}

/// Where the first sentence of a text ends, in bytes.
fn sentence_end(text: &str) -> usize {
    let mut letters = text.char_indices();
    let end = letters.find(|(at, letter)| {
        letter.is_whitespace() && ends_sentence(&text[..at + letter.len_utf8()])
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// Whether this is the end of a sentence, with a space behind it.
fn ends_sentence(text: &str) -> bool {
    let said = text.trim_end();
    let space = &text[said.len()..];
    space.contains('\n') || !space.is_empty() && said.ends_with(['.', '!', '?', '…'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(old: &str, new: &str) -> String {
        let mut chars: Vec<char> = old.chars().collect();
        for Stretch { at, deleted, inserted } in
            Difference::between(old, new).by_words().iter().rev()
        {
            chars.splice(*at..at + deleted, inserted.chars());
        }
        chars.into_iter().collect()
    }

    fn differing<'a>(old: &'a str, new: &'a str) -> Vec<(String, &'a str)> {
        let letters = |at, count| old.chars().skip(at).take(count).collect();
        let found = Difference::between(old, new).by_words().into_iter();
        found.map(|Stretch { at, deleted, inserted }| (letters(at, deleted), inserted)).collect()
    }

    #[test]
    fn two_words_of_a_text_are_replaced_and_what_stands_between_them_stays() {
        let old = "Patients fall at night. Nobody recieves them. The ward is dark.";
        let new = "Patients fall at noon. Nobody receives them. The ward is light.";
        let expected =
            [("night".into(), "noon"), ("recieves ".into(), "receives "), ("dark".into(), "light")];
        assert_eq!(differing(old, new), expected);
    }

    #[test]
    fn a_sentence_of_which_little_stays_is_written_anew_and_those_beside_it_stay() {
        let old = "It is late. Too many patients fall at night. We count them.";
        let new = "It is late. The corridors at night are dark. We count them.";
        let expected =
            [("Too many patients fall at night.".into(), "The corridors at night are dark.")];
        assert_eq!(differing(old, new), expected);
    }

    #[test]
    fn a_letter_of_several_characters_is_replaced_whole() {
        let old = "Seen by \u{1f469}\u{1f3fb}\u{200d}\u{2695}\u{fe0f} and home, late";
        let new = "Seen by \u{1f469}\u{1f3ff}\u{200d}\u{2695}\u{fe0f} and home, soon";
        let doctor = &new["Seen by ".len()..new.len() - "and home, soon".len()];
        assert_eq!(differing(old, new)[0].1, doctor);
    }

    proptest! {
        #[test]
        fn whatever_a_text_was_it_becomes_what_was_written(
            old in "[abc .!?\n\r\u{301}é👩]{0,60}",
            new in "[abc .!?\n\r\u{301}é👩]{0,60}",
        ) {
            prop_assert_eq!(written(&old, &new), new);
        }

        #[test]
        fn words_are_the_whole_text(text in "\\PC{0,60}") {
            prop_assert_eq!(words(&text).concat(), text);
        }
    }
}
