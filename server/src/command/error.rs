//! What goes wrong with a command.

use std::io;

use enhance_content::PackFaults;
use enhance_model::disk;

use crate::storage::StorageError;

/// Why a command did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The data could not be read or written.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The pack is not in order.
    #[error("the pack in {folder} is not in order:\n{faults}")]
    Faults { folder: String, faults: PackFaults },
    /// Something is not as it has to be; the sentence says what to do.
    #[error("{0}")]
    Advice(String),
    /// The server cannot listen there.
    #[error("{what}: {}", listening(source))]
    Listen {
        /// The address, and what names it.
        what: String,
        source: io::Error,
    },
    /// The output could not be written.
    #[error("the output: {}", disk::in_words(.0))]
    Output(#[from] io::Error),
}

/// Why nobody can listen at an address, and what to do.
fn listening(error: &io::Error) -> String {
    use io::ErrorKind::{AddrInUse, AddrNotAvailable, PermissionDenied};
    let words = match error.kind() {
        AddrInUse => {
            "another program listens there, perhaps a server that runs already; stop it, or name \
             another port"
        }
        AddrNotAvailable => "this machine has no such address; name one that it has, as 127.0.0.1",
        PermissionDenied => {
            "this user may not listen there; name a port above 1023, and let the proxy lead to it"
        }
        _ => return disk::in_words(error),
    };
    format!("{words}. Nothing was made or changed")
}

impl From<rusqlite::Error> for CommandError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.into())
    }
}

impl CommandError {
    /// Whether whoever read the output has seen enough of it.
    pub fn is_of_closed_output(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    pub(super) fn advice(sentence: impl Into<String>) -> Self {
        Self::Advice(sentence.into())
    }
}
