//! What a person is told when the database or a document beneath the core failed.

use enhance_documents::DocumentError;
use enhance_model::{Noun, disk};
use enhance_store::{OpenError, StoreError};

use super::{Error, InputField};

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full { .. } => Self::StorageFull,
            StoreError::Busy { .. } => Self::InUse,
            StoreError::ReadOnly { path } => {
                Self::ReadOnlyFolder { folder: path.display().to_string() }
            }
            StoreError::NoWriting { .. } => Self::read_only(),
            StoreError::Damaged { what } => Self::damaged(format_args!("the database ({what})")),
            StoreError::NotActive { document, .. } | StoreError::UnknownDocument { document } => {
                Self::not_found(Noun::Document, document)
            }
            other => {
                tracing::error!(error = %other, "the database failed");
                Self::internal("working with the database").because(other)
            }
        }
    }
}

impl From<OpenError> for Error {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::InUse { .. } => Self::InUse,
            OpenError::NewerSchema { found, known } => Self::NewerSchema { found, known },
            OpenError::WrongKey { .. } => Self::WrongKey,
            OpenError::Damaged { path, what } => {
                Self::damaged(format_args!("the database {} ({what})", path.display()))
            }
            OpenError::Io { source, .. } if disk::has_no_room(&source) => Self::StorageFull,
            OpenError::Io { path, source } if disk::takes_no_writing(&source) => {
                Self::ReadOnlyFolder { folder: path.display().to_string() }
            }
            OpenError::ReadOnly { path } => {
                Self::ReadOnlyFolder { folder: path.display().to_string() }
            }
            OpenError::Foreign { path, why } => {
                Self::ForeignFolder { folder: path.display().to_string(), why: why.to_owned() }
            }
            OpenError::Missing { path } => {
                let folder = path.parent().unwrap_or(&path);
                Self::DatabaseMissing { folder: folder.display().to_string() }
            }
            OpenError::Store(error) => error.into(),
            other => {
                tracing::error!(error = %other, "the database could not be opened");
                Self::internal(&format!("opening the database: {other}")).because(other)
            }
        }
    }
}

impl From<DocumentError> for Error {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::NoSuchItem { what, id } => Self::not_found(what, id),
            DocumentError::InvalidValue { fault } => Self::invalid(InputField::Value, fault),
            DocumentError::InvalidKey { .. } => Self::invalid(InputField::Key, error),
            DocumentError::EditTooLarge { .. } => Self::invalid(InputField::Edit, error),
            DocumentError::UnknownVersion { .. } => Self::invalid(InputField::Version, error),
            DocumentError::WrongKind { .. } | DocumentError::NeverChanges => {
                Self::not_allowed(error)
            }
            other => {
                tracing::error!(error = %other, "a document failed");
                Self::damaged(format_args!("a document ({other})")).because(other)
            }
        }
    }
}
