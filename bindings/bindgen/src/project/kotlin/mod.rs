//! What is declared of a plan, in Kotlin.

mod project;
mod things;

use anyhow::Result;

use self::{
    project::{checks, of_edits, whole},
    things::{adding, edits, items_with, record, texts},
};
use super::{
    Project,
    blanks::{Blank, with_blanks},
    names::snake,
};

impl Project {
    /// The file beside the generated one.
    pub fn kotlin(&self) -> String {
        let mut file = String::from(
            "// What is declared of a plan, written out by bindings/bindgen.\n\npackage org.enhance.core\n",
        );
        file += &edits(&self.aim);
        file += &record(&self.aim);
        file += "
/** The edits that write all this says into an empty aim. */
public fun Aim.edits(): List<ProjectEdit> = fieldEdits().map { ProjectEdit.Aim(it) }

/** The aim with what these edits say. */
public fun Aim.with(edits: List<AimEdit>): Aim = written(this, edits)
";
        for item in &self.items {
            file += &texts(item);
            file += &edits(&item.declared);
            file += &record(&item.declared);
            file += &adding(item);
            file += &items_with(item);
        }
        file + &whole(self) + &of_edits(self) + &checks(&self.checks)
    }

    /// The generated file, with records of which hosts say only what they want to.
    pub fn finish_kotlin(&self, code: &str) -> Result<String> {
        self.blanks().iter().try_fold(code.to_owned(), |code, (record, blanks)| {
            let head = format!("data class {record} (");
            with_blanks(&code, (&head, "\n)"), |name| blanks.get(name).map(value))
        })
    }
}

fn value(blank: &Blank) -> String {
    match blank {
        Blank::Text => "\"\"".to_owned(),
        Blank::Nothing => "null".to_owned(),
        Blank::List => "emptyList()".to_owned(),
        Blank::Map => "emptyMap()".to_owned(),
        Blank::Word { list, word } => format!("{list}.{}", snake(word).to_uppercase()),
        Blank::Record(record) => format!("{record}()"),
    }
}

/// `ChangeIdea` as a person says it.
fn words(noun: &str) -> String {
    snake(noun).replace('_', " ")
}
