//! Work the server refused: readable, exportable, and to be done once more where that can be.

use enhance_model::{DocumentId, DocumentKind, Noun, RefusalCode, Timestamp, Version};
use enhance_store::{Entry, Quarantine, Store};
use serde::Serialize;

use crate::{
    arriving::{again, rescue::EditView},
    error::Error,
    state::State,
};

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
    /// What that means, in sentences for the person whose work it is.
    pub words: &'static str,
    /// What the server said, which may be in the words of its operators.
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
    /// Whether it can be done once more as things stand: the document is here, this person may
    /// still write in it, and there is a text to be written.
    pub can_replay: bool,
}

/// Refused work that the person has not dealt with, last first.
pub(crate) fn open(state: &State) -> Result<Vec<QuarantineSummary>, Error> {
    Ok(state.store().quarantines(true)?.into_iter().map(summary).collect())
}

/// Refused work to be read, whether or not it was dealt with.
pub(crate) fn view(state: &mut State, id: i64) -> Result<QuarantineView, Error> {
    let found = find(state.store(), id)?.0;
    view_of(state, found)
}

/// All refused work, whether or not it was dealt with.
pub(super) fn all(state: &mut State) -> Result<Vec<QuarantineView>, Error> {
    let all = state.store().quarantines(false)?;
    all.into_iter().map(|one| view_of(state, one)).collect()
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
        words: RefusalCode::words_of(&about.code),
        code: about.code,
        explanation: about.explanation,
        at: about.at,
        resolved_at,
    }
}

fn view_of(state: &mut State, quarantine: Quarantine) -> Result<QuarantineView, Error> {
    let damaged =
        |error| Error::damaged(format_args!("refused work {}", quarantine.id)).because(error);
    let edits = serde_json::from_slice(quarantine.about.readable.as_bytes()).map_err(damaged)?;
    let base = quarantine.about.base.clone();
    let can_replay = again::can_be_done(state, quarantine.id)?;
    Ok(QuarantineView { summary: summary(quarantine), edits, base, can_replay })
}
