//! Work the server refused: readable, exportable, and to be done once more where that can be.

use enhance_model::{DocumentId, DocumentKind, Noun, Timestamp, Version};
use enhance_store::{Entry, Quarantine, Store};
use serde::Serialize;

use crate::{arriving::rescue::EditView, error::Error, state::State};

/// Refused work as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarantineSummary {
    pub id: i64,
    /// The document it was meant for.
    pub document: DocumentId,
    pub kind: DocumentKind,
    /// Its title at the time.
    pub title: String,
    /// The code of the refusal.
    pub code: String,
    pub explanation: String,
    /// Device clock when it was refused.
    pub at: Timestamp,
    /// Device clock when the person dealt with it.
    pub resolved_at: Option<Timestamp>,
}

/// Refused work to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarantineView {
    /// What the list shows.
    pub summary: QuarantineSummary,
    pub edits: Vec<EditView>,
    /// The version it was done on.
    pub base: Version,
}

/// Refused work that the person has not dealt with, last first.
pub(crate) fn open(state: &State) -> Result<Vec<QuarantineSummary>, Error> {
    Ok(state.store().quarantines(true)?.into_iter().map(summary).collect())
}

/// Refused work to be read, whether or not it was dealt with.
pub(crate) fn view(state: &State, id: i64) -> Result<QuarantineView, Error> {
    view_of(find(state.store(), id)?.0)
}

/// All refused work, whether or not it was dealt with.
pub(super) fn all(state: &State) -> Result<Vec<QuarantineView>, Error> {
    state.store().quarantines(false)?.into_iter().map(view_of).collect()
}

/// Notes that the person has dealt with refused work.
pub(crate) fn dismiss(state: &mut State, id: i64) -> Result<(), Error> {
    find(state.store(), id)?;
    let now = state.now();
    state.write(|write| Ok(write.resolve_quarantine(id, now)?))
}

fn find(store: &Store, id: i64) -> Result<(Quarantine, Vec<Entry>), Error> {
    store.quarantine(id)?.ok_or_else(|| Error::not_found(Noun::Quarantined, id))
}

fn summary(quarantine: Quarantine) -> QuarantineSummary {
    let Quarantine { id, about, resolved_at } = quarantine;
    QuarantineSummary {
        id,
        document: about.document,
        kind: about.kind,
        title: about.title,
        code: about.code,
        explanation: about.explanation,
        at: about.at,
        resolved_at,
    }
}

fn view_of(quarantine: Quarantine) -> Result<QuarantineView, Error> {
    let damaged =
        |error| Error::damaged(format_args!("refused work {}", quarantine.id)).because(error);
    let edits = serde_json::from_str(&quarantine.about.readable).map_err(damaged)?;
    let base = quarantine.about.base.clone();
    Ok(QuarantineView { summary: summary(quarantine), edits, base })
}
