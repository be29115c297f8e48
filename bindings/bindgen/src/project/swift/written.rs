//! How what is declared is named and written in Swift.

use super::super::{blanks::Blank, names::camel};

/// What hosts call a document, its edits, and the document in a sentence.
pub(super) struct Names {
    pub(super) record: &'static str,
    pub(super) edit: &'static str,
    pub(super) said: &'static str,
    /// Examples of where an edit writes.
    pub(super) paths: &'static str,
}

pub(super) const PLAN: Names = Names {
    record: "ChangeProject",
    edit: "ProjectEdit",
    said: "plan",
    paths: "`status`, `aim/to`, `measures/{id}/unit`",
};
pub(super) const RECORD: Names = Names {
    record: "PersonalRecord",
    edit: "RecordEdit",
    said: "personal record",
    paths: "`placements/{id}/wte`",
};

pub(super) fn value(blank: &Blank) -> String {
    match blank {
        Blank::Text => "\"\"".to_owned(),
        Blank::Nothing => "nil".to_owned(),
        Blank::List => "[]".to_owned(),
        Blank::Map => "[:]".to_owned(),
        Blank::No => "false".to_owned(),
        Blank::Word { word, .. } => format!(".{}", camel(word)),
        Blank::Record(record) => format!("{record}()"),
    }
}
