//! Why a command did not do what was asked, in a sentence and in a stable word.

use std::{io, path::PathBuf};

use enhance_client::Error;
use enhance_model::Quoted;

use crate::fault::{in_words, sentence};

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The core says why.
    #[error("{}", sentence(.0))]
    Core(#[from] Error),
    /// What was typed cannot be taken.
    #[error("{0}")]
    Usage(String),
    /// No account in this folder.
    #[error("{home} is not enrolled yet")]
    NotEnrolled { home: String },
    /// Nothing here has this name.
    #[error("there is no {what} {typed} here", typed = Quoted(.typed))]
    NotFound { what: &'static str, typed: String },
    /// Nobody is called that, and nobody is guessed.
    #[error("nobody here is called {typed}{}", perhaps(candidates), typed = Quoted(.typed))]
    Nobody {
        typed: String,
        /// Who may be meant, each with their whole id.
        candidates: Vec<String>,
    },
    /// Several things fit what was typed.
    #[error("{typed} fits more than one {what}: {}", candidates.join("; "), typed = Quoted(.typed))]
    Ambiguous {
        what: &'static str,
        typed: String,
        /// What fits, each with its whole id.
        candidates: Vec<String>,
    },
    /// The key of this home cannot be used.
    #[error("the key of this home, {}: {reason}", path.display())]
    Key { path: PathBuf, reason: String },
    /// A file could not be read or written.
    #[error("{} cannot be read or written: {}", path.display(), in_words(source))]
    File { path: PathBuf, source: io::Error },
    /// The home itself cannot be read or written.
    #[error("the home {} cannot be used: {}", path.display(), in_words(source))]
    Home { path: PathBuf, source: io::Error },
    /// The machine gives no threads.
    #[error("this machine gives no threads to work with: {}", in_words(.0))]
    Start(#[source] io::Error),
    /// The result could not be printed.
    #[error("the result cannot be printed: {}", in_words(.0))]
    Output(#[source] io::Error),
}

impl Failure {
    /// The stable word for this failure in `--json`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Core(error) => error.code(),
            Self::Usage(_) | Self::File { .. } => "invalid_input",
            Self::NotEnrolled { .. } => "not_enrolled",
            Self::NotFound { .. } | Self::Nobody { .. } => "not_found",
            Self::Ambiguous { .. } => "ambiguous",
            Self::Key { .. } => "wrong_key",
            Self::Home { .. } => "storage",
            Self::Start(_) => "internal",
            Self::Output(_) => "output",
        }
    }
}

/// Who may be meant, as the end of a sentence.
fn perhaps(candidates: &[String]) -> String {
    if candidates.is_empty() {
        return String::new();
    }
    format!("; perhaps you mean {}", candidates.join(" or "))
}
