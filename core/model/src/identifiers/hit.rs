//! What begins at one token of a text, before it is known where that is in the text.

use std::ops::Range;

use super::finding::{FindingKind, Severity};

/// What begins at one token of a text.
#[derive(Debug)]
pub(super) struct Hit {
    pub(super) kind: FindingKind,
    pub(super) severity: Severity,
    /// The tokens it is made of.
    pub(super) tokens: Range<usize>,
    pub(super) reason: String,
    pub(super) replacement: Option<String>,
}

impl Hit {
    pub(super) fn new(
        kind: FindingKind,
        severity: Severity,
        tokens: Range<usize>,
        reason: impl Into<String>,
    ) -> Self {
        Self { kind, severity, tokens, reason: reason.into(), replacement: None }
    }

    pub(super) fn instead(mut self, replacement: impl Into<String>) -> Self {
        self.replacement = Some(replacement.into());
        self
    }

    /// The same inside of a link, where digits and letters mean many things.
    pub(super) fn in_link(mut self) -> Self {
        if self.kind != FindingKind::Email {
            self.severity = Severity::Possible;
            self.reason.push_str(" It is part of a link, so it may be something else.");
        }
        self
    }
}
