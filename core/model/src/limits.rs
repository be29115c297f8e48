//! How much is too much. The same numbers and the same words on the phone and on the server, so
//! that a person hears of a limit before they lose text to it.

use serde::{Deserialize, Serialize};

use crate::{RefusalCode, field::STRING_CHARS, size};

/// Limits of a deployment. The server's configuration; phones keep the newest they were told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Bytes of one exchange request, inflated.
    pub request_bytes: u64,
    /// Bytes of one change or envelope as it is sent.
    pub change_bytes: u64,
    /// Characters (Unicode scalar values) of one text: a prompt's answer, a section, a comment.
    pub text_chars: u64,
    /// Bytes of all changes of one document together.
    pub document_bytes: u64,
    /// Changes in one document.
    pub document_changes: u64,
    /// Bytes one person may keep on the server.
    pub person_bytes: u64,
    /// Exchanges of one device in a minute.
    pub requests_per_minute: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            request_bytes: 4 << 20,
            change_bytes: 1 << 20,
            text_chars: 256 << 10,
            document_bytes: 16 << 20,
            document_changes: 200_000,
            person_bytes: 512 << 20,
            requests_per_minute: 600,
        }
    }
}

/// Something is larger than its limit. The message is the one a person reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum LimitExceeded {
    /// A single change is too large.
    #[error("this edit has {bytes} bytes; one edit may have {limit}. Save it in smaller parts")]
    Change {
        /// Bytes of the edit.
        bytes: u64,
        limit: u64,
    },
    /// A single text is too long.
    #[error("this text is too long: {limit} characters fit here. {}", advice(*limit))]
    Text { limit: u64 },
    /// The document's history is too large.
    #[error(
        "this document and its history have {bytes} bytes; {limit} fit. Continue in a new document"
    )]
    Document {
        /// Bytes with the edit.
        bytes: u64,
        limit: u64,
    },
    /// The document has been edited too often.
    #[error(
        "this document has been edited {changes} times; {limit} fit. Continue in a new document"
    )]
    Changes {
        /// Changes with the edit.
        changes: u64,
        limit: u64,
    },
    /// A person's space on the server is full.
    #[error(
        "your space on the server is full: {} of {} with this. It stays on this device, and is sent \
         once there is room: delete what you need no more, or ask whoever runs the server for more",
        size(*bytes),
        size(*limit)
    )]
    Person {
        /// Bytes with the edit.
        bytes: u64,
        limit: u64,
    },
}

/// What to do with the rest of a text.
const fn advice(limit: u64) -> &'static str {
    if limit <= STRING_CHARS as u64 {
        "Say it in fewer words here, and the rest in the text"
    } else {
        "Continue it in a new document"
    }
}

impl LimitExceeded {
    /// The stable code of this refusal.
    pub const fn code(&self) -> RefusalCode {
        match self {
            Self::Change { .. } => RefusalCode::ChangeTooLarge,
            Self::Text { .. } => RefusalCode::TextTooLong,
            Self::Document { .. } => RefusalCode::DocumentTooLarge,
            Self::Changes { .. } => RefusalCode::TooManyChanges,
            Self::Person { .. } => RefusalCode::QuotaExceeded,
        }
    }
}

impl Limits {
    /// The least that a phone takes for a limit: below that nobody could write anything. A server
    /// that means less refuses what is sent, and that is kept.
    pub const FLOOR: Self = Self {
        request_bytes: 64 << 10,
        // A thousand characters of four bytes each, sealed, with what is around them.
        change_bytes: 6_000,
        text_chars: 1_000,
        document_bytes: 256 << 10,
        document_changes: 100,
        person_bytes: 4 << 20,
        requests_per_minute: 1,
    };

    /// The most that it takes for one: above that a single edit would fill its memory.
    pub const CEILING: Self = Self {
        request_bytes: 64 << 20,
        change_bytes: 16 << 20,
        text_chars: 4 << 20,
        document_bytes: 256 << 20,
        document_changes: 10_000_000,
        person_bytes: 1 << 50,
        requests_per_minute: u32::MAX,
    };

    /// The same, each between its floor and its ceiling, whatever a server said.
    #[must_use]
    pub fn within_reason(&self) -> Self {
        let (floor, ceiling) = (Self::FLOOR, Self::CEILING);
        let Self {
            request_bytes,
            change_bytes,
            text_chars,
            document_bytes,
            document_changes,
            person_bytes,
            requests_per_minute,
        } = *self;
        Self {
            request_bytes: request_bytes.clamp(floor.request_bytes, ceiling.request_bytes),
            change_bytes: change_bytes.clamp(floor.change_bytes, ceiling.change_bytes),
            text_chars: text_chars.clamp(floor.text_chars, ceiling.text_chars),
            document_bytes: document_bytes.clamp(floor.document_bytes, ceiling.document_bytes),
            document_changes: document_changes
                .clamp(floor.document_changes, ceiling.document_changes),
            person_bytes: person_bytes.clamp(floor.person_bytes, ceiling.person_bytes),
            requests_per_minute: requests_per_minute
                .clamp(floor.requests_per_minute, ceiling.requests_per_minute),
        }
    }

    /// Refuses a text that is too long.
    pub fn check_text(&self, text: &str) -> Result<(), LimitExceeded> {
        let chars = text.chars().count() as u64;
        let limit = self.text_chars;
        if chars > limit { Err(LimitExceeded::Text { limit }) } else { Ok(()) }
    }

    /// Refuses a text that is too long for a name, a title or a unit.
    pub fn check_string(&self, text: &str) -> Result<(), LimitExceeded> {
        let limit = self.text_chars.min(STRING_CHARS as u64);
        Self { text_chars: limit, ..self.clone() }.check_text(text)
    }

    /// Refuses a change that is too large to send.
    pub const fn check_change(&self, bytes: u64) -> Result<(), LimitExceeded> {
        let limit = self.change_bytes;
        if bytes > limit { Err(LimitExceeded::Change { bytes, limit }) } else { Ok(()) }
    }

    /// Refuses a document that would have this many changes and bytes.
    pub const fn check_document(&self, changes: u64, bytes: u64) -> Result<(), LimitExceeded> {
        if changes > self.document_changes {
            return Err(LimitExceeded::Changes { changes, limit: self.document_changes });
        }
        if bytes > self.document_bytes {
            return Err(LimitExceeded::Document { bytes, limit: self.document_bytes });
        }
        Ok(())
    }

    /// Refuses what would take a person over their space.
    pub const fn check_person(&self, bytes: u64) -> Result<(), LimitExceeded> {
        let limit = self.person_bytes;
        if bytes > limit { Err(LimitExceeded::Person { bytes, limit }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_exactly_the_limit_fits_and_one_more_does_not() {
        let limits = Limits { text_chars: 600, ..Limits::default() };
        assert_eq!(limits.check_text(&"ä".repeat(600)), Ok(()));
        let error = limits.check_text(&"ä".repeat(601)).unwrap_err();
        assert_eq!(error.code(), RefusalCode::TextTooLong);
        assert_eq!(
            error.to_string(),
            "this text is too long: 600 characters fit here. Continue it in a new document"
        );
    }

    #[test]
    fn a_title_that_is_too_long_is_not_to_be_continued_elsewhere() {
        let error = Limits::default().check_string(&"ä".repeat(501)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "this text is too long: 500 characters fit here. Say it in fewer words here, and the \
             rest in the text"
        );
    }
}
