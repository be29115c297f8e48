//! Why a file of an export was not read back.

use serde::Serialize;

/// Why a file of an export was not read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum FileFault {
    #[error("it did not go along with the export")]
    LeftOut,
    #[error("the export was read without its files")]
    WordsOnly,
    #[error("its path leads out of the folder beside the export")]
    NoPath,
    #[error("it is not there")]
    Missing,
    #[error("it is a link, a folder or a device, and no file")]
    NoFile,
    #[error("it cannot be read")]
    Unreadable,
    #[error("it is larger than an attachment may be")]
    TooLarge,
    #[error("it is not what was exported: what is in it was changed")]
    Changed,
    #[error("the export does not name it")]
    Foreign,
    #[error("what it belongs to is not here")]
    OfNothing,
    #[error("there is no room for it")]
    NoRoom,
    #[error("it is not what can be attached")]
    Refused,
    #[error("the import stopped before it")]
    NotReached,
}

/// A file of an export that was not read back. Everything else was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileNotRead {
    /// What the person called it; the name in the folder of what the export does not name.
    pub name: String,
    /// Its path in the export, if it has one.
    pub path: Option<String>,
    pub fault: FileFault,
    /// What a person reads.
    pub reason: String,
}

impl FileNotRead {
    pub(super) fn new(name: &str, path: Option<&str>, fault: FileFault) -> Self {
        let (name, path) = (name.to_owned(), path.map(str::to_owned));
        Self { name, path, fault, reason: fault.to_string() }
    }
}
