//! Who may do what with a document.

use enhance_model::{DocumentId, DocumentKind, PersonId, RefusalCode, Right};
use rusqlite::Connection;

use super::{objection::Objection, terms::Terms};
use crate::storage::{
    StorageError, access,
    documents::{self, DocumentRow},
    outsiders,
};

/// Refuses what only the owner may do.
pub(super) fn check_owner(terms: &Terms, document: &DocumentRow) -> Result<(), Objection> {
    if terms.proven || document.owner == terms.sender.person {
        Ok(())
    } else {
        Err(RefusalCode::NotGranted.into())
    }
}

/// Refuses to share what is sealed, and what is about another document: its readers can read it.
pub(super) fn check_share(terms: &Terms, document: &DocumentRow) -> Result<(), Objection> {
    check_owner(terms, document)?;
    match document.kind {
        kind if kind.is_sealed() => Err(RefusalCode::WrongSealing.into()),
        DocumentKind::Comments | DocumentKind::SignOff => Err(RefusalCode::NotGranted.into()),
        _ => Ok(()),
    }
}

/// Refuses what is about a document of the wrong kind, or about one that the person only reads.
pub(super) fn check_comment(
    db: &Connection,
    terms: &Terms,
    (about, kinds): (DocumentId, &[DocumentKind]),
) -> Result<(), Objection> {
    let about = documents::find(db, about)?.ok_or(RefusalCode::UnknownDocument)?;
    if !terms.proven && outsiders::is_outsider(db, &about, terms.sender.person)? {
        return Err(RefusalCode::UnknownDocument.into());
    }
    if about.deleted {
        return Err(RefusalCode::DocumentDeleted.into());
    }
    if !kinds.contains(&about.kind) {
        return Err(RefusalCode::WrongSchema.into());
    }
    let access = access::find(db, about.id, terms.sender.person)?;
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
        // One's own words, for as long as one may say something about the other document.
        DocumentKind::Comments | DocumentKind::SignOff if document.owner == person => {
            Right::Comment
        }
        DocumentKind::SharedReflection | DocumentKind::SignOffRequest => Right::Own,
        _ => return Ok(false),
    };
    let access = access::find(db, document.scope(), person)?;
    Ok(access.is_some_and(|access| access.right >= needed))
}
