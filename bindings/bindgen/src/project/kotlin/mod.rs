//! What is declared of a plan and of a personal record, in Kotlin.

mod project;
mod things;
mod written;

use std::collections::BTreeMap;

use anyhow::Result;

use self::{
    project::{OF_EDITS, OF_RECORD_EDITS, checks, text_edits, text_of, whole},
    things::{adding, edits, items_with, record, texts, words_written},
    written::{Names, PLAN, RECORD, value},
};
use super::{
    Item, PersonalRecord, Project,
    blanks::{Blank, with_blanks},
};

impl Project {
    /// The file beside the generated one.
    pub fn kotlin(&self) -> String {
        let mut file = String::from(
            "// What is declared of a plan, written out by bindings/bindgen.\n\npackage org.enhance.core\n",
        );
        file += &edits(&self.aim);
        file += &words_written(&self.aim);
        file += &record(&self.aim);
        file += "
/** The edits that write all this says into an empty aim. */
public fun Aim.edits(): List<ProjectEdit> = fieldEdits().map { ProjectEdit.Aim(it) }

/** The aim with what these edits say. */
public fun Aim.with(edits: List<AimEdit>): Aim = written(this, edits)
";
        for item in &self.items {
            file += &texts(item);
            file += &things(item, &PLAN);
        }
        file += &whole(&self.items, &PLAN);
        file += &text_of(&self.items);
        file += &text_edits(&self.items);
        file += &OF_EDITS.of(&self.items, self.replacing());
        file + &checks(&self.checks)
    }

    /// The generated file, with records of which hosts say only what they want to.
    pub fn finish_kotlin(&self, code: &str) -> Result<String> {
        finished(code, &self.blanks())
    }
}

impl PersonalRecord {
    /// The file beside the generated one.
    pub fn kotlin(&self) -> String {
        let mut file = String::from(
            "// What is declared of a personal record, written out by bindings/bindgen.\n\npackage org.enhance.core\n",
        );
        for item in &self.items {
            file += &things(item, &RECORD);
        }
        file + &whole(&self.items, &RECORD) + &OF_RECORD_EDITS.of(&self.items, [])
    }

    /// The generated file, with records of which hosts say only what they want to.
    pub fn finish_kotlin(&self, code: &str) -> Result<String> {
        finished(code, &self.blanks())
    }
}

/// What is the same for a thing in each kind of document.
fn things(item: &Item, of: &Names) -> String {
    let (fields, written) = (edits(&item.declared), record(&item.declared));
    let words = words_written(&item.declared);
    fields + &words + &written + &adding(item, of) + &items_with(item, of)
}

fn finished(code: &str, blanks: &BTreeMap<&str, BTreeMap<String, Blank>>) -> Result<String> {
    blanks.iter().try_fold(code.to_owned(), |code, (record, blanks)| {
        let head = format!("data class {record} (");
        with_blanks(&code, (&head, "\n)"), |name| blanks.get(name).map(value))
    })
}
