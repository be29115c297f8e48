//! Texts to paste into the form of a portfolio, which takes nothing else in.

use std::fmt::Write;

use serde::Serialize;

use super::{ArcpPage, Part};

/// A field of a form, and the text for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormField {
    /// What the field is about: "Placements", "Evidence: Population health".
    pub field: String,
    /// Plain text, a line for each thing.
    pub text: String,
}

impl FormField {
    /// The field of what is missing.
    pub const STILL_TO_DO: &'static str = "Still to do";
}

impl ArcpPage {
    /// The texts, in the order of the page. What has nothing to say is left out.
    pub fn form_fields(&self) -> Vec<FormField> {
        let parts = self.parts.iter().filter_map(Part::form_field);
        let missing = self.missing.iter().map(|sentence| format!("- {sentence}\n"));
        let text: String = missing.collect();
        let missing = FormField { field: FormField::STILL_TO_DO.to_owned(), text };
        parts.chain((!missing.text.is_empty()).then_some(missing)).collect()
    }
}

impl Part {
    fn form_field(&self) -> Option<FormField> {
        let mut text = String::new();
        if !self.note.is_empty() {
            let _ = writeln!(text, "{}", self.note);
        }
        for row in &self.rows {
            let mut line = String::new();
            for (index, (column, cell)) in self.columns.iter().zip(row).enumerate() {
                // A text of several lines would look like several things.
                let words = cell.in_words().split_whitespace().collect::<Vec<_>>().join(" ");
                if words.is_empty() {
                    continue;
                }
                let _ = match (index, line.is_empty()) {
                    (0, _) => write!(line, "{words}"),
                    (_, true) => write!(line, "{}: {words}", column.title),
                    (_, false) => write!(line, "; {}: {words}", column.title),
                };
            }
            if !line.is_empty() {
                let _ = writeln!(text, "- {line}");
            }
        }
        let field = self.title.clone();
        (!text.is_empty()).then_some(FormField { field, text })
    }
}
