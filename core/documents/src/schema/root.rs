//! What every document has at its root, of whichever kind it is.

use automerge::AutoCommit;
use enhance_model::{DocumentKind, PersonId, field::Field, record::Fields};

use super::{reader::Reader, view::View};
use crate::DocumentError;

/// The schema this version writes.
pub const SCHEMA: u32 = 3;

/// The schema that the document was last written with. It only ever grows.
pub const SCHEMA_FIELD: Field = Field::number("schema").needed();
pub const KIND: Field = Field::string("kind").needed().fixed();
pub const OWNER: Field = Field::id("owner").needed().fixed();
/// The clock of the device that created the document.
pub const CREATED_AT: Field = Field::moment("created_at").needed();

/// What is true of a document for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    pub kind: DocumentKind,
    pub owner: PersonId,
}

impl Identity {
    /// Reads it from a document.
    pub fn of(doc: &AutoCommit) -> Result<Self, DocumentError> {
        Self::read(&View::now(doc))
    }

    /// Reads it from one version of a document.
    pub fn read(view: &View<'_>) -> Result<Self, DocumentError> {
        let missing = |field: &Field| DocumentError::NotADocument { field: field.key };
        let root = Reader::root(view, &[KIND, OWNER]);
        let kind = root.optional_string(KIND.key).ok_or_else(|| missing(&KIND))?;
        let kind = kind.parse().map_err(|_| DocumentError::UnknownKind { kind })?;
        let owner = root.word(OWNER.key).ok_or_else(|| missing(&OWNER))?;
        Ok(Self { kind, owner })
    }
}

/// The schema the document was last written with.
pub fn version(view: &View<'_>) -> u32 {
    written_version(view).unwrap_or(SCHEMA)
}

/// The same; none if there is no readable number.
pub fn written_version(view: &View<'_>) -> Option<u32> {
    let number = Reader::root(view, &[SCHEMA_FIELD]).number(SCHEMA_FIELD.key)?;
    u32::try_from(number).ok()
}
