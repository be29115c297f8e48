//! Words that a pack says no more.
//!
//! Names of people and things change, and pages keep the old ones for years. A pack lists what it
//! has stopped saying, and hears of each place where somebody says it again.

use crate::{
    fault::{Faults, Place},
    manifest::Fields,
};

/// A word or phrase that a pack says no more.
pub(crate) struct RetiredWord {
    word: String,
    instead: String,
    /// Names that keep the word, such as the title of an old report.
    names: Vec<String>,
}

impl RetiredWord {
    fn is_said_in(&self, line: &str) -> bool {
        let kept = |line: String, name: &String| line.replace(&name.to_lowercase(), "");
        let line = self.names.iter().fold(line.to_lowercase(), kept);
        line.contains(&self.word.to_lowercase())
    }
}

/// Reads the list in `pack.toml`.
pub(crate) fn read(fields: &mut Fields<'_>) -> Vec<RetiredWord> {
    let read = |mut fields: Fields<'_>| {
        let names = fields.texts("names").into_iter().map(|name| name.value);
        let word = RetiredWord {
            names: names.filter(|name| !name.is_empty()).collect(),
            word: fields.text("word").value,
            instead: fields.text("instead").value,
        };
        fields.finish();
        word
    };
    let words = fields.tables("retired_words").into_iter().map(read);
    // An empty word is a fault that was reported, and would be found in every line.
    words.filter(|word| !word.word.is_empty()).collect()
}

/// Reports the lines of a text that say a retired word.
pub(crate) fn check(words: &[RetiredWord], text: &str, file: &str, faults: &Faults) {
    for (index, line) in text.lines().enumerate() {
        for said in words.iter().filter(|word| word.is_said_in(line)) {
            let what = format!("{:?} is said no more; say {:?}", said.word, said.instead);
            faults.add(&Place { file: file.to_owned(), line: Some(index + 1) }, what);
        }
    }
}
