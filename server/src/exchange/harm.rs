//! What cannot be read harms only whom it belongs to: others go on without it, and the log says
//! which row it is.

use enhance_model::{DocumentId, PersonId};
use rusqlite::Connection;

use crate::storage::{StorageError, directory, documents};

/// Whose it is that was to be read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Whose {
    /// What its owner is told of, whoever else reads it.
    Document(DocumentId),
    /// What a person is to hear of under a number.
    Number(u64),
}

impl Whose {
    fn is(self, db: &Connection, person: PersonId) -> Result<bool, StorageError> {
        let document = match self {
            Self::Document(document) => Some(document),
            Self::Number(number) => match documents::of_entry(db, number)? {
                // Neither an entry nor a person: an archive, which is for its owner alone.
                None => return Ok(directory::at(db, person, number)?.is_none_or(|it| it == person)),
                known => known,
            },
        };
        let Some(document) = document else { return Ok(false) };
        Ok(documents::owner(db, document)? == Some(person))
    }
}

/// What was read; none if it cannot be read and is not this person's.
pub(super) fn spare<T>(
    db: &Connection,
    person: PersonId,
    whose: Whose,
    read: Result<T, StorageError>,
) -> Result<Option<T>, StorageError> {
    match read {
        Err(error) if error.is_of_damage() && !whose.is(db, person)? => {
            tracing::error!(%error, "what cannot be read is passed on to nobody");
            Ok(None)
        }
        read => read.map(Some),
    }
}
