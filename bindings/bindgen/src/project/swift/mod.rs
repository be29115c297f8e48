//! What is declared of a plan, in Swift.

mod project;
mod things;

use anyhow::{Context, Result};

use self::{
    project::{checks, copy, of_edits, whole},
    things::{adding, edits, items_with, record, texts},
};
use super::{
    Project,
    blanks::{Blank, with_blanks},
    names::camel,
};

impl Project {
    /// The file beside the generated one.
    pub fn swift(&self) -> Result<String> {
        let mut file =
            String::from("// What is declared of a plan, written out by bindings/bindgen.\n\n");
        file += "import Foundation\n";
        file += &edits(&self.aim);
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
            file += &edits(&item.declared);
            file += &record(&item.declared);
            file += &adding(item);
            file += &items_with(item);
        }
        Ok(file + &whole(self) + &of_edits(self) + &checks(&self.checks) + &copy(self)?)
    }

    /// The generated file, with records of which hosts say only what they want to.
    pub fn finish_swift(&self, code: &str) -> Result<String> {
        self.blanks().iter().try_fold(code.to_owned(), |code, (record, blanks)| {
            let place = code.find(&format!("public struct {record}: "));
            let place = place.with_context(|| format!("nobody writes the struct {record}"))?;
            let (before, rest) = code.split_at(place);
            let head = ("public init(", ") {\n");
            let made = with_blanks(rest, head, |name| blanks.get(name).map(value))?;
            Ok(format!("{before}{made}"))
        })
    }
}

fn value(blank: &Blank) -> String {
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
