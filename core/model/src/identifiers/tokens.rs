//! A text as words, numbers and marks, read once.
//!
//! What looks alike is made alike first: full-width signs are the narrow ones, every kind of space
//! is a space, every dash a hyphen, and signs of no width are nothing. Each token knows the bytes
//! of the text that it was made of, so that what is found is shown as it was written.

use std::ops::Range;

/// A run of letters, a run of digits, or one sign.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// What parts it from the token before.
    pub(super) gap: Gap,
    /// The bytes of the text, without what has no width at either end.
    pub(super) bytes: Range<usize>,
    /// The bytes of the folded text, which its lower case shares.
    folded: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Letters, with the accents that stand on them.
    Word,
    /// Digits, as many as stand side by side.
    Number,
    /// Any other single sign.
    Mark(char),
}

/// What stands between two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    Nothing,
    Space,
    /// The end of a line.
    Line,
}

/// The tokens of a text.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    /// The text as it was written.
    text: &'a str,
    /// The same in plain signs.
    plain: String,
    /// The same in plain signs and small letters; as long as `plain`, byte by byte.
    small: String,
    list: Vec<Token>,
    /// How often a token was asked for: the tests hold it against the length of the text.
    #[cfg(test)]
    pub(super) reads: std::cell::Cell<usize>,
}

/// What parts groups of digits where no space is beside it.
pub(super) const RARE_SEPARATORS: &str = "|,\\_";

/// Labels onto which digits are written.
const LABELS: [&str; 13] = [
    "chi",
    "emis",
    "gmc",
    "hosp",
    "hospital",
    "mob",
    "mobile",
    "mrn",
    "nhs",
    "nmc",
    "phone",
    "tel",
    "telephone",
];

/// Words longer than this are no word that is looked for; bounds the comparison of one token.
const LONGEST_WORD: usize = 48;

impl<'a> Tokens<'a> {
    /// Cuts a text into its tokens.
    pub(super) fn of(text: &'a str) -> Self {
        let mut tokens = Self {
            text,
            plain: String::with_capacity(text.len()),
            small: String::with_capacity(text.len()),
            list: Vec::with_capacity(text.len() / 4),
            #[cfg(test)]
            reads: std::cell::Cell::new(0),
        };
        let mut gap = Gap::Line;
        for (at, sign) in text.char_indices() {
            match folded(sign) {
                None => {}
                Some('\n') => gap = Gap::Line,
                Some(' ') => gap = gap.max(Gap::Space),
                Some(plain) => {
                    tokens.push(plain, gap, at..at + sign.len_utf8());
                    gap = Gap::Nothing;
                }
            }
        }
        tokens
    }

    fn push(&mut self, sign: char, gap: Gap, bytes: Range<usize>) {
        let kind = kind_of(sign);
        let start = self.plain.len();
        self.plain.push(sign);
        // A small letter of another length would part the two texts; such a letter stays.
        let mut small = sign.to_lowercase();
        let lowered = small.next().filter(|lowered| lowered.len_utf8() == sign.len_utf8());
        self.small.push(lowered.filter(|_| small.next().is_none()).unwrap_or(sign));
        let folded = start..self.plain.len();
        match self.list.last_mut() {
            Some(last) if gap == Gap::Nothing && kind.goes_on(last.kind) => {
                (last.bytes.end, last.folded.end) = (bytes.end, folded.end);
            }
            _ => self.list.push(Token { kind, gap, bytes, folded }),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at a place, if the text goes that far.
    pub(super) fn at(&self, at: usize) -> Option<&Token> {
        #[cfg(test)]
        self.reads.set(self.reads.get() + 1);
        self.list.get(at)
    }

    /// A word or number in plain signs and small letters; nothing if it is too long to be looked
    /// for, or if there is no such token.
    pub(super) fn small(&self, at: usize) -> &str {
        let folded = self.at(at).map(|token| token.folded.clone()).unwrap_or_default();
        if folded.len() > LONGEST_WORD { "" } else { self.small.get(folded).unwrap_or_default() }
    }

    /// The same with its capitals.
    pub(super) fn plain(&self, at: usize) -> &str {
        let folded = self.at(at).map(|token| token.folded.clone()).unwrap_or_default();
        if folded.len() > LONGEST_WORD { "" } else { self.plain.get(folded).unwrap_or_default() }
    }

    /// The digits of a number; nothing for anything else.
    pub(super) fn digits(&self, at: usize) -> &str {
        if self.is_number(at) { self.plain(at) } else { "" }
    }

    /// A number of few digits.
    pub(super) fn value(&self, at: usize) -> Option<u32> {
        let digits = self.digits(at);
        if digits.len() > 8 { None } else { digits.parse().ok() }
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.at(at).is_some_and(|token| token.kind == TokenKind::Word)
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        self.at(at).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// Whether this sign stands at a token's place.
    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.at(at).is_some_and(|token| token.kind == TokenKind::Mark(mark))
    }

    /// The sign at a place, if it is one.
    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.at(at)?.kind {
            TokenKind::Mark(mark) => Some(mark),
            TokenKind::Word | TokenKind::Number => None,
        }
    }

    /// What parts a token from the one before it; the end of a line before the first.
    pub(super) fn gap(&self, at: usize) -> Gap {
        self.at(at).map_or(Gap::Line, |token| token.gap)
    }

    /// Whether a token is written onto the one before it.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        at > 0 && self.gap(at) == Gap::Nothing
    }

    /// Whether a token is written onto a letter or digit before it; a label onto which its digits are
    /// written, as in `NHSno943`, is no part of them.
    pub(super) fn is_glued_to_letter(&self, at: usize) -> bool {
        let is_label = |before: usize| self.is_number(at) && LABELS.contains(&self.label(before));
        self.is_glued(at) && self.mark(at - 1).is_none() && !is_label(at - 1)
    }

    /// A word as [`Self::small`], without a word for a number that is written onto it: it is "nhs"
    /// where `NHSno` stands.
    pub(super) fn label(&self, at: usize) -> &str {
        let word = self.small(at);
        let ends = ["number", "num", "no"];
        let label = ends.iter().find_map(|end| word.strip_suffix(end));
        label.filter(|label| !label.is_empty()).unwrap_or(word)
    }

    /// Whether the sign at a place parts groups of digits; a rare one stands close to both.
    pub(super) fn parts_digits(&self, at: usize) -> bool {
        let is_close = self.is_glued(at) && self.is_glued(at + 1);
        self.mark(at).is_some_and(|mark| {
            "-./_".contains(mark) && self.gap(at) < Gap::Line
                || RARE_SEPARATORS.contains(mark) && is_close
        })
    }

    /// Whether a letter or digit is written onto the end of the tokens before `end`.
    pub(super) fn is_followed_by_letter(&self, end: usize) -> bool {
        self.is_glued(end) && self.mark(end).is_none()
    }

    /// Whether a token begins with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.is_word(at) && self.plain(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// The bytes of the text from one token up to another.
    pub(super) fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.at(range.start).map_or(0, |token| token.bytes.start);
        let last = range.end.checked_sub(1).and_then(|last| self.at(last));
        start..last.map_or(start, |token| token.bytes.end).max(start)
    }

    /// The text as it was written.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }
}

impl TokenKind {
    /// Whether a sign of this kind goes on with a token of another.
    fn goes_on(self, last: Self) -> bool {
        self == last && !matches!(self, Self::Mark(_))
    }
}

fn kind_of(sign: char) -> TokenKind {
    if sign.is_ascii_digit() {
        TokenKind::Number
    } else if sign.is_alphabetic() || is_accent(sign) {
        TokenKind::Word
    } else {
        TokenKind::Mark(sign)
    }
}

/// Accents that are signs of their own and stand on the letter before.
fn is_accent(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}')
}

/// A sign as a plain one; nothing for what has no width.
fn folded(sign: char) -> Option<char> {
    Some(match sign {
        // Zero-width spaces and joiners, soft hyphen, marks of direction.
        '\u{ad}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => return None,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{2032}' | '`' | '\u{b4}' => '\'',
        '\u{b7}' | '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{22c5}' | '\u{30fb}' => '.',
        '\u{2044}' | '\u{2215}' => '/',
        // Full-width signs stand in the order of the narrow ones.
        '\u{ff01}'..='\u{ff5e}' => {
            let narrow = u32::from(sign) - 0xff01 + u32::from('!');
            folded(char::from_u32(narrow)?)?
        }
        sign if sign.is_whitespace() => ' ',
        sign => sign,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(String, Gap)> {
        let tokens = Tokens::of(text);
        (0..tokens.len()).map(|at| (tokens.plain(at).to_owned(), tokens.gap(at))).collect()
    }

    #[test]
    fn what_looks_alike_is_made_alike() {
        let is = |text: &str, plain: &[&str]| {
            let split = split(text);
            assert_eq!(split.iter().map(|(one, _)| one.as_str()).collect::<Vec<_>>(), plain);
        };
        is("９４３ 476\u{2009}5919", &["943", "476", "5919"]);
        is("94\u{200b}3\u{2011}476", &["943", "-", "476"]);
        is("O\u{2019}Brien, B12", &["O", "'", "Brien", ",", "B", "12"]);
        is("Zoe\u{308}", &["Zoe\u{308}"]);
        is("", &[]);
        let gaps: Vec<Gap> = split("a \n b\tc-").into_iter().map(|(_, gap)| gap).collect();
        assert_eq!(gaps, [Gap::Line, Gap::Line, Gap::Space, Gap::Nothing]);
    }

    #[test]
    fn a_token_knows_where_it_was_written() {
        let text = "é\u{200b} ９４\u{200b}３\u{200b}.";
        let tokens = Tokens::of(text);
        assert_eq!(&text[tokens.bytes(&(1..2))], "９４\u{200b}３");
        assert_eq!(tokens.digits(1), "943");
        assert_eq!(&text[tokens.bytes(&(0..3))], text);
        assert_eq!(tokens.bytes(&(7..9)), 0..0);
    }

    #[test]
    fn small_letters_stand_where_the_capitals_stood() {
        let tokens = Tokens::of("İSTANBUL Straẞe ÉLAN Ⱥb");
        assert_eq!(tokens.plain.len(), tokens.small.len());
        assert_eq!((tokens.small(2), tokens.plain(2)), ("élan", "ÉLAN"));
    }
}
