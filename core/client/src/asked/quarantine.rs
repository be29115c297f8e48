//! Work the server refused: readable, exportable, and to be done once more where that can be.

use enhance_model::{
    DocumentId, DocumentKind, ItemId, Noun, RefusalCode, Timestamp, Version,
    personal_record::EvidenceSource,
};
use enhance_store::{Entry, Quarantine, Store};
use serde::Serialize;

use super::attachments::AttachmentView;
use crate::{
    arriving::{
        again,
        kept::{self, EditView, KeptFile},
    },
    error::Error,
    state::{State, attachments as files},
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
    /// Files that were attached in it and never sent. They are kept with it until the person has
    /// dealt with it.
    pub attachments: u64,
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
    /// Files that were attached in it and never sent. Each can be opened, as one that is attached,
    /// until the person has dealt with it.
    pub attachments: Vec<AttachmentView>,
}

/// Refused work that the person has not dealt with, last first.
pub(crate) fn open(state: &State) -> Result<Vec<QuarantineSummary>, Error> {
    let open = state.store().quarantines(true)?.into_iter();
    open.map(|one| {
        // What cannot be read is said where it is asked for.
        let kept = kept::read(&one.about.readable).map(|(_, files)| files).unwrap_or_default();
        let attachments = kept::still_there(state.store(), &one, kept)?.len() as u64;
        Ok(summary(one, attachments))
    })
    .collect()
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

/// Notes that the person has dealt with refused work. Files that were kept with it are destroyed.
pub(crate) fn dismiss(state: &mut State, id: i64) -> Result<(), Error> {
    let found = find(state.store(), id)?.0;
    let kept = kept::read(&found.about.readable).map(|(_, files)| files).unwrap_or_default();
    let (kept, now): (Vec<ItemId>, _) = (kept.into_iter().map(|one| one.id).collect(), state.now());
    state.write(|write| {
        write.discard_attachments(found.about.document, &kept)?;
        Ok(write.resolve_quarantine(id, now)?)
    })?;
    files::sweep(state)
}

fn find(store: &Store, id: i64) -> Result<(Quarantine, Vec<Entry>), Error> {
    store.quarantine(id)?.ok_or_else(|| Error::not_found(Noun::Quarantined, id))
}

/// What refused work did, and the files that are kept with it.
fn read(store: &Store, refused: &Quarantine) -> Result<(Vec<EditView>, Vec<KeptFile>), Error> {
    let damaged =
        |error| Error::damaged(format_args!("refused work {}", refused.id)).because(error);
    let (edits, files) = kept::read(&refused.about.readable).map_err(damaged)?;
    Ok((edits, kept::still_there(store, refused, files)?))
}

fn summary(quarantine: Quarantine, attachments: u64) -> QuarantineSummary {
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
        attachments,
    }
}

fn view_of(state: &mut State, quarantine: Quarantine) -> Result<QuarantineView, Error> {
    let (edits, files) = read(state.store(), &quarantine)?;
    let base = quarantine.about.base.clone();
    let can_replay = again::can_be_done(state, quarantine.id)?;
    let document = EvidenceSource::Document(quarantine.about.document);
    let shown = |KeptFile { id, attachment, .. }| AttachmentView {
        id,
        of: attachment.of.map_or(document, EvidenceSource::Item),
        attachment,
        here: true,
        stored: false,
        refusal: None,
    };
    let attachments: Vec<_> = files.into_iter().map(shown).collect();
    let summary = summary(quarantine, attachments.len() as u64);
    Ok(QuarantineView { summary, edits, base, can_replay, attachments })
}
