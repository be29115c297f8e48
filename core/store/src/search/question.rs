//! From what a person types to a question `SQLite` understands.

use enhance_model::folding::{Gap, Part, PartKind, parts};

use super::words;

/// No person looks for more words than this; text pasted by mistake should not take all day.
const MOST_WORDS: usize = 32;

/// The letters of a text that are read for words: 64 for each of them.
const MOST_LETTERS: usize = 2_048;

/// What a person looks for, word by word.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) words: Vec<QuestionWord>,
}

/// One word that is looked for: its tokens side by side, or all of it as one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct QuestionWord {
    pub(super) phrase: Vec<String>,
    /// The same without what stands between its parts.
    pub(super) joined: Option<String>,
    /// Whether the end may be the beginning of a longer word.
    pub(super) is_beginning: bool,
}

impl Question {
    /// The question, or none if there is no word in the beginning of the text. Pictures are looked
    /// for where there is nothing else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let end = text.char_indices().nth(MOST_LETTERS).map_or(text.len(), |(at, _)| at);
        let all: Vec<Part> = parts(&text[..end]).collect();
        let has_word = all.iter().any(|part| part.kind != PartKind::Picture);
        let looked_for = |part: &Part| !has_word || part.kind != PartKind::Picture;
        let mut typed: Vec<Vec<Part>> = Vec::new();
        let mut is_new = true;
        for part in all {
            is_new |= !matches!(part.gap, Gap::Mark | Gap::Dash);
            if !looked_for(&part) {
                continue;
            }
            let is_full = typed.len() == MOST_WORDS;
            match typed.last_mut() {
                Some(word) if !is_new => word.push(part),
                _ if is_full => break,
                _ => typed.push(vec![part]),
            }
            is_new = false;
        }
        let last = typed.len().checked_sub(1)?;
        let word = |(at, parts): (usize, &Vec<Part>)| QuestionWord::of(parts, at == last);
        Some(Self { words: typed.iter().enumerate().map(word).collect() })
    }

    /// The question in the language of the index. Every word is quoted, so that nothing in it is an
    /// operator.
    pub(super) fn match_expression(&self) -> String {
        let words: Vec<String> = self.words.iter().map(QuestionWord::match_expression).collect();
        words.join(" AND ")
    }
}

impl QuestionWord {
    fn of(parts: &[Part], is_last: bool) -> Self {
        let mut phrase = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let letters: Vec<char> = part.text.chars().collect();
            if part.kind != PartKind::Run || letters.len() == 1 {
                phrase.push(part.text.clone());
                continue;
            }
            phrase.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>()));
            // The run goes on in the text, unless it ends here too.
            if at + 1 < parts.len() {
                phrase.extend(letters.last().map(char::to_string));
            }
        }
        let is_joined = |pair: &[Part]| match pair {
            [before, part] => words::is_joined(&before.text, part),
            _ => false,
        };
        let is_one = parts.len() > 1 && parts.windows(2).all(is_joined);
        let joined = is_one.then(|| parts.iter().map(|part| part.text.as_str()).collect());
        let is_run = parts.last().is_some_and(|part| part.kind == PartKind::Run);
        Self { phrase, joined, is_beginning: is_last || is_run }
    }

    fn match_expression(&self) -> String {
        let star = if self.is_beginning { "*" } else { "" };
        // The words have letters and digits in them, and no quotation mark.
        let phrase = format!("\"{}\"{star}", self.phrase.join(" "));
        match &self.joined {
            Some(joined) => format!("({phrase} OR \"{joined}\"{star})"),
            None => phrase,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(text: &str) -> Option<String> {
        Question::read(text).map(|question| question.match_expression())
    }

    #[test]
    fn words_are_quoted_and_the_last_is_a_beginning() {
        for (text, asked) in [
            ("  falls  war ", "\"falls\" AND \"war\"*"),
            ("say \"NEAR\"", "\"say\" AND \"near\"*"),
            ("covid-19 x", "(\"covid 19\" OR \"covid19\") AND \"x\"*"),
            ("and/or", "\"and\" AND \"or\"*"),
            ("2.5mg", "\"2 5mg\"*"),
            ("SpO₂", "(\"spo 2\"* OR \"spo2\"*)"),
            ("夜勤明 x", "\"夜勤 勤明\"* AND \"x\"*"),
            ("夜", "\"夜\"*"),
            ("夜勤ICU", "\"夜勤\"* AND \"icu\"*"),
            ("夜勤-明け", "(\"夜勤 勤 明け\"* OR \"夜勤明け\"*)"),
            ("night 🙂", "\"night\"*"),
            ("🙂", "\"🙂\"*"),
        ] {
            assert_eq!(expression(text).as_deref(), Some(asked), "{text}");
        }
    }

    #[test]
    fn a_text_without_a_word_is_no_question() {
        for text in ["", "   ", "*", "\"", "- ( ) :", "\0", "\u{200b}"] {
            assert_eq!(expression(text), None, "{text:?}");
        }
    }

    #[test]
    fn no_more_words_are_asked_than_a_person_types() {
        let question = Question::read(&"word ".repeat(50_000)).unwrap();
        assert_eq!(question.words.len(), MOST_WORDS);
    }

    #[test]
    fn a_word_that_does_not_end_is_asked_as_the_beginning_of_one() {
        for letter in ["a", "夜", "é", "\u{1f9d1}"] {
            let question = Question::read(&letter.repeat(100_000)).unwrap();
            let asked = question.match_expression();
            assert!(asked.chars().count() <= 4 * MOST_LETTERS && asked.ends_with('*'), "{letter}");
        }
    }
}
