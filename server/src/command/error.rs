//! What goes wrong with a command.

use std::io;

use enhance_content::PackFaults;

use crate::storage::StorageError;

/// Why a command did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The data could not be read or written.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The pack is not in order.
    #[error("the pack is not in order:\n{0}")]
    Faults(#[from] PackFaults),
    /// Something is not as it has to be; the sentence says what to do.
    #[error("{0}")]
    Advice(String),
    /// The output could not be written.
    #[error("the output: {0}")]
    Output(#[from] io::Error),
}

impl From<rusqlite::Error> for CommandError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.into())
    }
}

impl CommandError {
    pub(super) fn advice(sentence: impl Into<String>) -> Self {
        Self::Advice(sentence.into())
    }
}
