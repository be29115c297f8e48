//! Work the server refused: readable, exportable, and to be done once more where that can be.

use enhance_documents::{DocumentError, FieldEdit};
use enhance_model::{DocumentId, DocumentKind, Noun, Right, Timestamp, Version};
use enhance_store::{Entry, EntryKind, Quarantine};
use serde::{Deserialize, Serialize};

use crate::{Error, LearningCore, core::State, state::documents::change_bytes};

/// Refused work as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarantineSummary {
    pub id: i64,
    /// The entry it was meant for.
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

/// What refused work did to one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditView {
    /// Where it is, for example `sections/problem`.
    pub path: String,
    /// What it said before; empty if nothing.
    pub before: String,
    /// What it said after; empty if nothing.
    pub after: String,
}

impl From<FieldEdit> for EditView {
    fn from(edit: FieldEdit) -> Self {
        let FieldEdit { path, before, after } = edit;
        Self { path, before, after }
    }
}

impl State {
    fn quarantine(&self, id: i64) -> Result<(Quarantine, Vec<Entry>), Error> {
        let found = self.store.quarantine(id)?;
        found.ok_or_else(|| Error::not_found(Noun::Quarantined, id))
    }

    /// Does refused work once more, as a fresh change of what the document says now.
    fn replay(&mut self, id: i64) -> Result<Version, Error> {
        let (refused, entries) = self.quarantine(id)?;
        if refused.resolved_at.is_some() {
            return Err(Error::not_allowed("this has been dealt with already"));
        }
        let row = self.row(refused.about.document)?;
        self.require(&row, Right::Edit, "doing this once more")?;
        let key = if row.kind.is_sealed() { Some(self.document_key(row.id)?) } else { None };
        let changes = entries
            .into_iter()
            .filter(|entry| matches!(entry.kind, EntryKind::Change | EntryKind::Envelope))
            .map(|entry| change_bytes(entry, key.as_ref()))
            .collect::<Result<Vec<_>, _>>()?;
        if changes.is_empty() {
            return Err(Error::not_allowed("there is no text in this that could be written again"));
        }
        let now = self.now();
        let document = self.document(row.id)?;
        let change = document.replay(&changes, now).map_err(|error| match error {
            DocumentError::MissingDependencies { .. } => Error::not_allowed(
                "what this was written on is gone; it can still be read and exported",
            ),
            other => other.into(),
        })?;
        let Some(change) = change else {
            let version = document.version();
            self.write(|write| Ok(write.resolve_quarantine(id, now)?))?;
            return Ok(version);
        };
        let prepared = self.prepare(row.id, vec![change], now)?;
        self.write(|write| {
            prepared.write(write)?;
            Ok(write.resolve_quarantine(id, now)?)
        })?;
        Ok(prepared.version().clone())
    }

    pub(crate) fn quarantine_views(&self, only_open: bool) -> Result<Vec<QuarantineView>, Error> {
        self.store.quarantines(only_open)?.into_iter().map(view).collect()
    }
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

fn view(quarantine: Quarantine) -> Result<QuarantineView, Error> {
    let damaged =
        |error| Error::damaged(format_args!("refused work {}", quarantine.id)).because(error);
    let edits = serde_json::from_str(&quarantine.about.readable).map_err(damaged)?;
    let base = quarantine.about.base.clone();
    Ok(QuarantineView { summary: summary(quarantine), edits, base })
}

impl LearningCore {
    /// Refused work that the person has not dealt with, last first.
    pub fn quarantined(&self) -> Result<Vec<QuarantineSummary>, Error> {
        self.with(|state| Ok(state.store.quarantines(true)?.into_iter().map(summary).collect()))
    }

    /// Refused work to be read, whether or not it was dealt with.
    pub fn quarantined_item(&self, id: i64) -> Result<QuarantineView, Error> {
        self.with(|state| view(state.quarantine(id)?.0))
    }

    /// Does refused work once more, as a fresh edit of the entry as it is now. Texts are merged by
    /// character with what was written since.
    pub fn replay(&self, id: i64) -> Result<Version, Error> {
        self.with(|state| state.replay(id))
    }

    /// Notes that the person has dealt with refused work. It stays readable and exportable.
    pub fn dismiss(&self, id: i64) -> Result<(), Error> {
        self.with(|state| {
            state.quarantine(id)?;
            let now = state.now();
            state.write(|write| Ok(write.resolve_quarantine(id, now)?))
        })
    }
}
