//! What would be lost with this device.

use std::fmt;

use serde::Serialize;

/// What is on this device alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Unsent {
    /// Documents of which something waits for the server's answer.
    pub documents: u64,
    /// Texts that were typed and are no part of their document yet.
    pub drafts: u64,
    /// Attached files that the server does not have whole.
    pub files: u64,
    /// Pieces of refused work that were not dealt with.
    pub refused: u64,
    /// What confirms that exactly this may be lost; none if there is nothing.
    pub confirmation: Option<String>,
}

impl Unsent {
    /// The word, as a sentence names it.
    pub(super) fn word(&self) -> &str {
        self.confirmation.as_deref().unwrap_or_default()
    }
}

impl fmt::Display for Unsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (self.documents, "document with unsent work", "documents with unsent work"),
            (self.drafts, "unfinished text", "unfinished texts"),
            (self.files, "attached file", "attached files"),
            (self.refused, "piece of refused work", "pieces of refused work"),
        ];
        let said: Vec<String> = parts
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
            .collect();
        write!(f, "{}", said.join(", "))
    }
}
