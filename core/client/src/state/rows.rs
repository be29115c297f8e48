//! The rows that screens read: reading one, and making them again from the documents.

use enhance_model::DocumentId;
use enhance_store::{DocumentRow, Hit, Search, Summary};
use serde::de::DeserializeOwned;

use super::{State, projection::DocumentProjection};
use crate::error::Error;

/// Raised when what is derived changes its shape; everything is then made again.
const REVISION: &[u8] = b"1";
const REVISION_KEY: &str = "projection revision";

impl State {
    /// What screens read of a document.
    pub(crate) fn shown<T: DeserializeOwned>(
        &self,
        document: DocumentId,
    ) -> Result<(Summary, T), Error> {
        let shown = self.shown_if_any(document)?;
        shown.ok_or_else(|| damaged(document))
    }

    /// What screens read of a document; none of one that cannot be read here.
    pub(crate) fn shown_if_any<T: DeserializeOwned>(
        &self,
        document: DocumentId,
    ) -> Result<Option<(Summary, T)>, Error> {
        let Some(projection) = self.store.projection(document)? else { return Ok(None) };
        let detail = serde_json::from_str(&projection.detail)
            .map_err(|error| damaged(document).because(error))?;
        Ok(Some((projection.summary, detail)))
    }

    /// Finds words, those of what was written last too.
    pub(crate) fn search(&mut self, search: &Search) -> Result<Vec<Hit>, Error> {
        Ok(self.store.search(search)?)
    }

    /// Makes again what screens read, wherever it is missing, out of date, or of another shape
    /// than this version of the app makes.
    pub(super) fn refresh_projections(&mut self) -> Result<(), Error> {
        if self.store.meta(REVISION_KEY)?.as_deref() != Some(REVISION) {
            self.write(|write| {
                write.clear_derived()?;
                Ok(write.set_meta(REVISION_KEY, REVISION)?)
            })?;
        }
        for document in self.store.stale_projections(u32::MAX)? {
            match self.row(document).and_then(|row| self.refresh_projection(&row)) {
                Ok(()) | Err(Error::RecoveryKeyNeeded | Error::NotEnrolled) => {}
                Err(error @ Error::StorageFull) => return Err(error),
                Err(error) => tracing::warn!(%document, %error, "a document cannot be shown"),
            }
            // These documents are not in use; keeping them would only push out others.
            self.forget(document);
        }
        Ok(())
    }

    pub(crate) fn refresh_projection(&mut self, row: &DocumentRow) -> Result<(), Error> {
        let facts = self.facts()?;
        let document = self.document(row)?;
        let version = document.version();
        let content = document.content()?;
        let updated_at = document.history().iter().map(|change| change.at).max();
        let updated_at = updated_at.unwrap_or(row.created_at).max(row.created_at);
        let shown = DocumentProjection::new(row, &content, version, updated_at, &facts)?;
        self.write(|write| shown.write(write))
    }
}

fn damaged(document: DocumentId) -> Error {
    Error::damaged(format_args!("what is shown of document {document}"))
}
