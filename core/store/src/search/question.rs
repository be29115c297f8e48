//! From what a person types to a question `SQLite` understands.

/// No person looks for more words than this; text pasted by mistake should not take all day.
const MOST_WORDS: usize = 32;

/// The question, or none if there is no word in the text.
///
/// Every word is quoted, so that nothing in it is an operator, and the last one may be the
/// beginning of a longer word.
pub(super) fn question(text: &str) -> Option<String> {
    let quoted: Vec<String> = text
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(MOST_WORDS)
        .map(|word| format!("\"{}\"", word.replace('"', "\"\"")))
        .collect();
    if quoted.is_empty() { None } else { Some(quoted.join(" ") + "*") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_and_the_last_is_a_beginning() {
        assert_eq!(question("  falls  war ").as_deref(), Some("\"falls\" \"war\"*"));
        assert_eq!(question("say \"NEAR\"").as_deref(), Some("\"say\" \"\"\"NEAR\"\"\"*"));
    }

    #[test]
    fn a_text_without_a_word_is_no_question() {
        for text in ["", "   ", "*", "\"", "🙂", "- ( ) :", "\0"] {
            assert_eq!(question(text), None, "{text:?}");
        }
    }
}
