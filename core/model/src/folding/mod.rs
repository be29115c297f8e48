//! One folding for what is compared by how it looks: search, its questions, and names.
//!
//! Two texts that a person takes for the same are the same folded: capitals are small, accents and
//! points are gone, ligatures, full width, superscripts and digits of other scripts are the plain
//! signs, and signs of no width are nothing. Each part knows the bytes it was made of, so that what
//! is found is shown as it was written.
//!
//! ```
//! use enhance_model::folding;
//!
//! assert_eq!(folding::folded("Łukasz\u{a0}O’Brien"), folding::folded("lukasz o'brien"));
//! let words: Vec<String> = folding::parts("e\u{fb03}cient SpO₂").map(|part| part.text).collect();
//! assert_eq!(words, ["efficient", "spo", "2"]);
//! ```

mod letters;
#[cfg(test)]
mod tests;

pub use letters::{Gap, PartKind};

use std::ops::Range;

use icu_normalizer::{
    ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed,
    properties::{CanonicalCombiningClassMapBorrowed, CanonicalCompositionBorrowed},
};

/// Letters of a word beyond these do not part it from another: no word is so long, and what is
/// pasted by mistake should not fill an index.
const LONGEST: usize = 64;

/// A word of a text as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Small letters and digits, without marks.
    pub text: String,
    /// The bytes of the text that it was made of.
    pub bytes: Range<usize>,
    /// Where each letter of `text` ends in the bytes of the text; of a [`PartKind::Run`] alone.
    pub ends: Vec<usize>,
    pub kind: PartKind,
    /// What stands between it and the part before.
    pub gap: Gap,
}

/// The words of a text in their order.
pub fn parts(text: &str) -> impl Iterator<Item = Part> {
    let mut cutter = Cutter::default();
    for (at, sign) in text.char_indices() {
        cutter.read(sign, at..at + sign.len_utf8());
    }
    cutter.parts.into_iter()
}

/// A text as it is compared whole: its words, without what joins them.
///
/// Dashes are spaces, so that "Anne-Marie" is "Anne Marie"; apostrophes and full stops are nothing,
/// so that `O’Brien` is `OBrien`.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for part in parts(text) {
        if part.gap > Gap::Mark && !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&part.text);
    }
    folded
}

/// A key as it is compared: in small letters, with plain hyphens, and nothing around it or in it
/// that nobody sees. Keys of what is published are written so.
///
/// ```
/// assert_eq!(enhance_model::folding::key(" Pop\u{2011}Read "), "pop-read");
/// ```
pub fn key(typed: &str) -> String {
    let composed = ComposingNormalizerBorrowed::new_nfkc().normalize(typed);
    let seen = composed.chars().filter(|sign| !is_unseen(*sign));
    let plain = |sign| if letters::gap(sign) == Some(Gap::Dash) { '-' } else { sign };
    seen.map(plain).collect::<String>().trim().to_lowercase()
}

/// A label as it is compared where each sign of it counts, such as a group of patients: small and
/// full letters, ways to write an accent, spaces and dashes do not matter, and what nobody sees is
/// not there. Unlike in [`folded`], "<75" and "75+" stay two.
///
/// ```
/// use enhance_model::folding::label;
///
/// assert_eq!(label(" Ward\u{a0}3 "), label("WARD  3"));
/// assert_ne!(label("<75"), label("75+"));
/// ```
pub fn label(typed: &str) -> String {
    key(typed).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A letter as it is, and a digit of any script as one of ours; nothing for all other signs.
pub fn letter_or_digit(sign: char) -> Option<char> {
    let is_between = letters::is_unseen(sign) || letters::gap(sign).is_some();
    let sign = letters::digit(sign).unwrap_or(sign);
    Some(sign).filter(|sign| !is_between && sign.is_alphanumeric())
}

/// Whether a sign is seen nowhere: soft hyphens, joiners, marks of direction, variation.
pub fn is_unseen(sign: char) -> bool {
    letters::is_unseen(sign)
}

/// Whether a text shows nothing: it is empty, or has spaces and signs alone that are seen nowhere.
///
/// ```
/// use enhance_model::folding::is_blank;
///
/// assert!(is_blank(" \u{200b}\u{3164}\n") && !is_blank("."));
/// ```
pub fn is_blank(text: &str) -> bool {
    // The blank pattern of Braille has dots, none of which is raised.
    let shows_nothing = |sign: char| {
        sign.is_whitespace() || sign.is_control() || sign == '\u{2800}' || is_unseen(sign)
    };
    text.chars().all(shows_nothing)
}

/// Whether a sign steers the direction of the text after it: marks, embeddings, overrides and
/// isolates. What stands beside such a text can be shown in another order than it was written in.
pub const fn is_direction(sign: char) -> bool {
    letters::is_direction(sign)
}

/// Cuts a text into its parts, sign by sign.
struct Cutter {
    parts: Vec<Part>,
    /// What came since the last letter.
    gap: Gap,
    /// Whether the last letter was raised or lowered.
    is_raised: bool,
}

impl Default for Cutter {
    fn default() -> Self {
        Self { parts: Vec::new(), gap: Gap::Space, is_raised: false }
    }
}

impl Cutter {
    fn read(&mut self, sign: char, bytes: Range<usize>) {
        if sign.is_ascii_alphanumeric() {
            self.step(false);
            return self.push(sign.to_ascii_lowercase(), &bytes);
        }
        if let Some(gap) = letters::gap(sign) {
            self.gap = self.gap.max(gap);
        } else if !letters::is_unseen(sign) {
            self.step(letters::is_raised(sign));
            self.decompose(sign, &bytes);
        }
    }

    /// A step up or down ends a part.
    fn step(&mut self, is_raised: bool) {
        if self.is_raised != is_raised {
            self.gap = self.gap.max(Gap::Mark);
        }
        self.is_raised = is_raised;
    }

    fn decompose(&mut self, sign: char, bytes: &Range<usize>) {
        let marks = CanonicalCombiningClassMapBorrowed::new();
        let plain = DecomposingNormalizerBorrowed::new_nfkd();
        for sign in plain.normalize_iter(std::iter::once(sign)) {
            match marks.get_u8(sign) {
                0 if letters::is_unseen(sign) => {}
                0 => sign.to_lowercase().for_each(|small| self.fold(small, bytes)),
                letters::VOICING => self.push(sign, bytes),
                _ => self.reach(bytes.end),
            }
        }
    }

    /// A mark that was left out belongs to the letter before it.
    fn reach(&mut self, end: usize) {
        if let Some(last) = self.parts.last_mut().filter(|_| self.gap == Gap::Nothing) {
            last.bytes.end = end;
            if let Some(last) = last.ends.last_mut() {
                *last = end;
            }
        }
    }

    fn fold(&mut self, small: char, bytes: &Range<usize>) {
        if let Some(digit) = letters::digit(small) {
            return self.push(digit, bytes);
        }
        match letters::plain(small) {
            Some(plain) => plain.chars().for_each(|plain| self.push(plain, bytes)),
            None => self.push(small, bytes),
        }
    }

    fn push(&mut self, letter: char, bytes: &Range<usize>) {
        let gap = letters::gap(letter);
        let Some(kind) = letters::kind(letter).filter(|_| gap.is_none()) else {
            self.gap = self.gap.max(gap.unwrap_or(Gap::Sign));
            return;
        };
        let last = self.parts.last_mut().filter(|last| {
            self.gap == Gap::Nothing && last.kind == kind && kind != PartKind::Picture
        });
        match last {
            Some(last) => last.extend(letter, bytes.end),
            None if letters::is_voicing(letter) => {}
            None => {
                let ends = if kind == PartKind::Run { vec![bytes.end] } else { Vec::new() };
                let (text, bytes, gap) = (letter.into(), bytes.clone(), self.gap);
                self.parts.push(Part { text, bytes, ends, kind, gap });
            }
        }
        self.gap = Gap::Nothing;
    }
}

impl Part {
    fn extend(&mut self, letter: char, end: usize) {
        self.bytes.end = end;
        let composed =
            || CanonicalCompositionBorrowed::new().compose(self.text.chars().next_back()?, letter);
        let whole = if letter.is_ascii() { None } else { composed() };
        if let Some(whole) = whole {
            self.text.pop();
            self.text.push(whole);
        }
        if whole.is_some() || letters::is_voicing(letter) {
            if let Some(last) = self.ends.last_mut() {
                *last = end;
            }
        } else if self.kind == PartKind::Run {
            self.text.push(letter);
            self.ends.push(end);
        } else if self.text.len() < LONGEST {
            self.text.push(letter);
        }
    }
}
