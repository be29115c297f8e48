//! Who may do what with a document.

use enhance_model::{DocumentId, DocumentKind, PersonId, RefusalCode, Right};
use rusqlite::Connection;

use super::{objection::Objection, terms::Terms};
use crate::storage::{
    StorageError, access,
    documents::{self, DocumentRow},
};

/// Refuses what only the owner may do.
pub(super) fn check_owner(terms: &Terms, document: &DocumentRow) -> Result<(), Objection> {
    if terms.proven || document.owner == terms.sender.person {
        Ok(())
    } else {
        Err(RefusalCode::NotGranted.into())
    }
}

/// Refuses to share what is sealed, and comments: those are for all who can read the project.
pub(super) fn check_share(terms: &Terms, document: &DocumentRow) -> Result<(), Objection> {
    check_owner(terms, document)?;
    match document.kind {
        kind if kind.is_sealed() => Err(RefusalCode::WrongSealing.into()),
        DocumentKind::Comments => Err(RefusalCode::NotGranted.into()),
        _ => Ok(()),
    }
}

/// Refuses comments on what is no project, or on one that the person may not comment on.
pub(super) fn check_comment(
    db: &Connection,
    terms: &Terms,
    project: DocumentId,
) -> Result<(), Objection> {
    let project = documents::find(db, project)?.ok_or(RefusalCode::UnknownDocument)?;
    if project.deleted {
        return Err(RefusalCode::DocumentDeleted.into());
    }
    if project.kind != DocumentKind::ChangeProject {
        return Err(RefusalCode::WrongSchema.into());
    }
    let access = access::find(db, project.id, terms.sender.person)?;
    if terms.proven || access.is_some_and(|access| access.right >= Right::Comment) {
        Ok(())
    } else {
        Err(RefusalCode::NotGranted.into())
    }
}

/// Whether a person may change a plain document at all.
pub(super) fn may_change(
    db: &Connection,
    person: PersonId,
    document: &DocumentRow,
) -> Result<bool, StorageError> {
    let needed = match document.kind {
        DocumentKind::ChangeProject => Right::Edit,
        // One's own comments, for as long as one may comment on the project.
        DocumentKind::Comments if document.owner == person => Right::Comment,
        DocumentKind::SharedReflection => Right::Own,
        _ => return Ok(false),
    };
    let access = access::find(db, document.scope(), person)?;
    Ok(access.is_some_and(|access| access.right >= needed))
}
