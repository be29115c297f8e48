//! Longer texts on a command line: typed there, in a file, or on standard input.

use std::{
    io::{self, Read},
    path::{Path, PathBuf},
    str::FromStr,
};

use enhance_model::{folding, markup::without_mark};

use crate::{exit::Failure, file::bytes_of};

/// No text that fits anywhere is larger; the core says more exactly what fits.
const MOST_BYTES: u64 = 8 << 20;

/// Where a text comes from: `TEXT`, `@FILE` or `-`. `@@` begins a text that begins with `@`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextSource {
    /// It was typed on the command line.
    Typed(String),
    /// It is in a file.
    File(PathBuf),
    /// It comes on standard input.
    Stdin,
}

/// `NAME=TEXT`: a text and the part it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedText {
    /// The part: a prompt, a section.
    pub name: String,
    pub text: TextSource,
}

impl FromStr for TextSource {
    type Err = std::convert::Infallible;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        Ok(match (typed, typed.strip_prefix('@')) {
            ("-", _) => Self::Stdin,
            (_, Some(text)) if text.starts_with('@') => Self::Typed(text.to_owned()),
            (_, Some(path)) if !path.is_empty() => Self::File(PathBuf::from(path)),
            _ => Self::Typed(typed.to_owned()),
        })
    }
}

impl FromStr for NamedText {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        match typed.split_once('=') {
            Some((name, text)) if !folding::key(name).is_empty() => {
                let Ok(text) = text.parse();
                Ok(Self { name: folding::key(name), text })
            }
            _ => Err("write NAME=TEXT, NAME=@FILE or NAME=-".to_owned()),
        }
    }
}

impl TextSource {
    /// The text. One line end at the end of a file or of standard input is not part of it.
    pub fn read(&self) -> Result<String, Failure> {
        match self {
            Self::Typed(text) => Ok(text.clone()),
            Self::File(path) => read_all(&*bytes_of(path, MOST_BYTES)?, path),
            Self::Stdin => read_all(io::stdin().lock(), Path::new("standard input")),
        }
    }
}

/// Reads texts in their order; standard input can be only one of them.
pub fn read_named(texts: &[NamedText]) -> Result<Vec<(String, String)>, Failure> {
    if texts.iter().filter(|each| each.text == TextSource::Stdin).count() > 1 {
        return Err(Failure::Usage("only one text can come from standard input (-)".to_owned()));
    }
    texts.iter().map(|each| Ok((each.name.clone(), each.text.read()?))).collect()
}

fn read_all(from: impl Read, name: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = from.take(MOST_BYTES + 1).read_to_string(&mut text);
    let bytes = read.map_err(|source| file_failure(name, source))? as u64;
    if bytes > MOST_BYTES {
        let shown = name.display();
        return Err(Failure::Usage(format!("{shown} is larger than any text that fits here")));
    }
    if text.ends_with('\n') {
        text.pop();
    }
    Ok(without_mark(&text).to_owned())
}

fn file_failure(path: &Path, source: io::Error) -> Failure {
    Failure::File { path: path.to_owned(), source }
}

/// A value as a shell takes it as one word.
pub fn quoted(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:=".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> TextSource {
        let Ok(source) = text.parse();
        source
    }

    #[test]
    fn a_text_says_where_it_comes_from() {
        assert_eq!(typed("A long day"), TextSource::Typed("A long day".into()));
        assert_eq!(typed("@notes.txt"), TextSource::File("notes.txt".into()));
        assert_eq!(typed("-"), TextSource::Stdin);
        assert_eq!(typed("@@home"), TextSource::Typed("@home".into()));
        assert_eq!(typed("@"), TextSource::Typed("@".into()));
    }

    #[test]
    fn a_part_and_its_text_are_split_at_the_first_equals_sign() {
        let named: NamedText = "what=a=b".parse().unwrap();
        assert_eq!((named.name.as_str(), named.text), ("what", TextSource::Typed("a=b".into())));
        assert!("what".parse::<NamedText>().is_err());
        assert!("=text".parse::<NamedText>().is_err());
    }

    #[test]
    fn e2_a_part_is_named_as_keys_are_written_however_it_was_typed() {
        for typed in ["What-happened=x", "what\u{2011}happened=x", " \u{feff}ｗｈａｔ－happened =x"]
        {
            assert_eq!(typed.parse::<NamedText>().unwrap().name, "what-happened", "{typed:?}");
        }
        assert!("\u{200b} =x".parse::<NamedText>().is_err());
    }

    #[test]
    fn standard_input_is_read_once() {
        let twice = ["a=-", "b=-"].map(|each| each.parse().unwrap());
        assert!(matches!(read_named(&twice), Err(Failure::Usage(_))));
    }

    #[test]
    fn one_line_end_of_a_file_is_not_part_of_its_text() {
        let read = |text: &str| read_all(text.as_bytes(), Path::new("x")).unwrap();
        assert_eq!(read("one\n"), "one");
        assert_eq!(read("one\n\n"), "one\n");
        assert_eq!(read("one"), "one");
        assert_eq!(read(""), "");
        assert_eq!(read("\u{feff}one\n"), "one", "nor is the mark of its encoding");
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let failure = typed("@/nowhere/notes.txt").read().unwrap_err();
        assert!(failure.to_string().starts_with("/nowhere/notes.txt cannot be read"), "{failure}");
    }
}
