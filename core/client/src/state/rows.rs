//! The rows that screens read: reading one, and making it again from its document.

use enhance_documents::Document;
use enhance_model::{DocumentId, Timestamp};
use enhance_store::{DocumentRow, StoreReader, Summary};

use super::{
    State,
    facts::Facts,
    parts::{Parted, joined},
    projection::{DocumentProjection, REVISION},
};
use crate::error::Error;

/// What screens read of a document.
pub(crate) fn shown<T: Parted>(
    store: &StoreReader,
    document: DocumentId,
) -> Result<(Summary, T), Error> {
    let shown = shown_if_any(store, document)?;
    shown.ok_or_else(|| damaged(document))
}

/// What screens read of a document; none of one that cannot be read here.
pub(crate) fn shown_if_any<T: Parted>(
    store: &StoreReader,
    document: DocumentId,
) -> Result<Option<(Summary, T)>, Error> {
    let Some(projection) = store.projection(document)? else { return Ok(None) };
    let content = joined(&projection.parts).map_err(|error| damaged(document).because(error))?;
    Ok(Some((projection.summary, content)))
}

/// When a document was changed last, as its row says if that is of this version. Changes themselves
/// know it to the second only, so that a row made again from them would change places in a list.
pub(crate) fn known_date(
    store: &StoreReader,
    row: &DocumentRow,
) -> Result<Option<Timestamp>, Error> {
    let shown = store.projection(row.id)?.map(|shown| shown.summary);
    let same = shown.filter(|shown| shown.version == row.version);
    Ok(same.map(|shown| shown.updated_at))
}

/// The row of a document that was just read, and changed last when it is known or
/// when its changes say.
pub(crate) fn row_of(
    row: &DocumentRow,
    document: &mut Document,
    known_date: Option<Timestamp>,
    facts: &Facts,
) -> Result<DocumentProjection, Error> {
    let version = document.version();
    let content = document.content()?;
    let newest = |document: &mut Document| document.history().iter().map(|one| one.at).max();
    let updated_at = known_date.or_else(|| newest(document));
    let updated_at = updated_at.unwrap_or(row.created_at).max(row.created_at);
    DocumentProjection::new(row, &content, version, updated_at, facts)
}

impl State {
    /// What screens read of a document.
    pub(crate) fn shown<T: Parted>(&self, document: DocumentId) -> Result<(Summary, T), Error> {
        shown(&self.store, document)
    }

    /// Makes the row of a document again if it is missing or has another shape, for a screen that
    /// cannot wait until it is its turn in the background.
    pub(crate) fn bring_up_to_date(&mut self, row: &DocumentRow) -> Result<(), Error> {
        if self.is_up_to_date(row)? { Ok(()) } else { self.refresh_projection(row) }
    }

    /// Whether the row of a document is of its present version and of the shape that is made now.
    pub(crate) fn is_up_to_date(&self, row: &DocumentRow) -> Result<bool, Error> {
        Ok(self.store.shown_revision(row.id)? == Some(REVISION))
    }

    /// Makes again what screens read of a document.
    pub(crate) fn refresh_projection(&mut self, row: &DocumentRow) -> Result<(), Error> {
        let facts = self.facts()?;
        let known_date = known_date(&self.store, row)?;
        let shown = row_of(row, self.document(row)?, known_date, &facts)?;
        self.write(|write| shown.write(write))
    }
}

fn damaged(document: DocumentId) -> Error {
    Error::damaged(format_args!("what is shown of document {document}"))
}
