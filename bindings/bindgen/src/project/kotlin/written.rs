//! How what is declared is named and written in Kotlin.

use super::super::{blanks::Blank, names::snake};

/// What hosts call a document, its edits, and the document in a sentence.
pub(super) struct Names {
    pub(super) record: &'static str,
    pub(super) edit: &'static str,
    pub(super) said: &'static str,
}

pub(super) const PLAN: Names = Names { record: "ChangeProject", edit: "ProjectEdit", said: "plan" };
pub(super) const RECORD: Names =
    Names { record: "PersonalRecord", edit: "RecordEdit", said: "personal record" };

pub(super) fn value(blank: &Blank) -> String {
    match blank {
        Blank::Text => "\"\"".to_owned(),
        Blank::Nothing => "null".to_owned(),
        Blank::List => "emptyList()".to_owned(),
        Blank::Map => "emptyMap()".to_owned(),
        Blank::No => "false".to_owned(),
        Blank::Word { list, word } => format!("{list}.{}", snake(word).to_uppercase()),
        Blank::Record(record) => format!("{record}()"),
    }
}

/// `ChangeIdea` as a person says it.
pub(super) fn words(noun: &str) -> String {
    snake(noun).replace('_', " ")
}
