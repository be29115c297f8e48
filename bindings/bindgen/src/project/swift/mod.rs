//! What is declared of a plan and of a personal record, in Swift.

mod project;
mod things;
mod written;

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use self::{
    project::{checks, copy, of_edits, text_edits, text_of, whole, words_of_edits},
    things::{adding, edits, items_with, record, texts, words_written},
    written::{Names, PLAN, RECORD, value},
};
use super::{
    Item, PersonalRecord, Project,
    blanks::{Blank, with_blanks},
    names::camel,
};

/// What the edits of a plan write in words that are of no thing in it, and which of that is short.
const OF_THE_PLAN: [&str; 2] = [
    "    case .title(let text), .topic(let text), .setting(let text), .section(_, let text): text
    case .move(_, _, _, let note): note
    case .aim(let edit): edit.written
",
    "    case .title, .topic, .setting: true
    case .aim(let edit): edit.isShort
",
];

impl Project {
    /// The file beside the generated one.
    pub fn swift(&self) -> Result<String> {
        let mut file =
            String::from("// What is declared of a plan, written out by bindings/bindgen.\n\n");
        file += "import Foundation\n";
        file += &edits(&self.aim);
        file += &words_written(&self.aim);
        file += &record(&self.aim);
        file += "
extension Aim {
  /// The edits that write all this says into an empty aim.
  public var edits: [ProjectEdit] { fieldEdits.map { .aim(edit: $0) } }

  /// The aim with what these edits say.
  public func with(_ edits: [AimEdit]) -> Aim { Self.written(self, edits) }
}
";
        for item in &self.items {
            file += &texts(item);
            file += &things(item, &PLAN);
        }
        file += &whole(&self.items, &self.fields, &PLAN);
        file += &text_of(&self.items);
        file += &text_edits(&self.items);
        let replacing = self.replacing().map(|(edit, key)| (camel(edit), format!("{key:?}")));
        let status = [("move".to_owned(), format!("{:?}", "status"))].into_iter();
        let aim = [("aim(let edit)".to_owned(), "\"aim/\\(edit.key)\"".to_owned())];
        let own: Vec<_> = status.chain(replacing).chain(aim).collect();
        file += &of_edits(&self.items, &PLAN, &own);
        file += &words_of_edits(&self.items, &PLAN, OF_THE_PLAN);
        file += &checks(&self.checks);
        Ok(file + &copy(&self.fields, &self.items, &PLAN)?)
    }

    /// The generated file, with records of which hosts say only what they want to.
    pub fn finish_swift(&self, code: &str) -> Result<String> {
        finished(code, &self.blanks())
    }
}

impl PersonalRecord {
    /// The file beside the generated one.
    pub fn swift(&self) -> Result<String> {
        let mut file = String::from(
            "// What is declared of a personal record, written out by bindings/bindgen.\n\n",
        );
        file += "import Foundation\n";
        for item in &self.items {
            file += &things(item, &RECORD);
        }
        file += &whole(&self.items, &self.fields, &RECORD);
        file += &of_edits(&self.items, &RECORD, &[]);
        file += &words_of_edits(&self.items, &RECORD, ["", ""]);
        Ok(file + &copy(&self.fields, &self.items, &RECORD)?)
    }

    /// The generated file, with records of which hosts say only what they want to.
    pub fn finish_swift(&self, code: &str) -> Result<String> {
        finished(code, &self.blanks())
    }
}

/// What is the same for a thing in each kind of document.
fn things(item: &Item, document: &Names) -> String {
    let (fields, written) = (edits(&item.declared), record(&item.declared));
    let words = words_written(&item.declared);
    fields + &words + &written + &adding(item, document) + &items_with(item, document)
}

fn finished(code: &str, blanks: &BTreeMap<&str, BTreeMap<String, Blank>>) -> Result<String> {
    blanks.iter().try_fold(code.to_owned(), |code, (record, blanks)| {
        let place = code.find(&format!("public struct {record}: "));
        let place = place.with_context(|| format!("nobody writes the struct {record}"))?;
        let (before, rest) = code.split_at(place);
        let head = ("public init(", ") {\n");
        let made = with_blanks(rest, head, |name| blanks.get(name).map(value))?;
        Ok(format!("{before}{made}"))
    })
}
