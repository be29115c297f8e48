//! The files of an export: photographs and PDFs go along in a folder beside it, and
//! what is not taken along is named with the reason.

use enhance_model::{
    ItemId, Sha256, Timestamp,
    attachment::{Attachment, MediaType, portable_name},
    personal_record::{EvidenceSource, PersonalRecord},
};
use serde::Serialize;

use super::super::{
    attachments::{self, AttachmentView},
    reflections::ReflectionView,
    sharing::SharedView,
};
use crate::{error::Error, state::State};

/// A file that belongs to something in an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportedFile {
    pub id: ItemId,
    /// The reflection, somebody's copy of one, or the thing in the record that it belongs to.
    pub of: EvidenceSource,
    /// What the person called it.
    pub name: String,
    pub media_type: MediaType,
    pub bytes: u64,
    /// Device clock when it was attached.
    pub added_at: Timestamp,
    #[serde(flatten)]
    pub place: FilePlace,
}

/// Where a file of an export is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum FilePlace {
    /// In the folder beside the export.
    There {
        /// From the folder in which the export is: a folder and a name.
        path: String,
        /// Of what is in the file.
        sha256: Sha256,
    },
    /// Nowhere in the export.
    LeftOut { left_out: LeftOut },
}

/// Why a file did not go along with an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// Words alone were asked for.
    WordsOnly,
    /// It is on the server or on another device, and was not fetched.
    NotHere,
    /// It was to be fetched, and did not come.
    NotFetched,
    /// What is on this device of it cannot be read.
    Damaged,
}

impl LeftOut {
    /// What a person reads.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::WordsOnly => "not in this export, which has words alone",
            Self::NotHere => "not here: it is on the server or on another device",
            Self::NotFetched => "not here: it could not be fetched",
            Self::Damaged => "not here: it is damaged on this device",
        }
    }
}

impl ExportedFile {
    fn of(view: AttachmentView) -> Self {
        let AttachmentView { id, of, attachment, here, .. } = view;
        let left_out = if here { LeftOut::WordsOnly } else { LeftOut::NotHere };
        let Attachment { name, media_type, bytes, added_at, .. } = attachment;
        Self { id, of, name, media_type, bytes, added_at, place: FilePlace::LeftOut { left_out } }
    }

    /// The path from the folder in which the export is, if it went along.
    pub fn path(&self) -> Option<&str> {
        match &self.place {
            FilePlace::There { path, .. } => Some(path),
            FilePlace::LeftOut { .. } => None,
        }
    }

    /// Why it did not go along, if it did not.
    pub const fn left_out(&self) -> Option<LeftOut> {
        match &self.place {
            FilePlace::There { .. } => None,
            FilePlace::LeftOut { left_out } => Some(*left_out),
        }
    }

    /// What the file is called beside an export.
    pub(super) fn portable_name(&self) -> String {
        let Self { id, name, media_type, bytes, added_at, .. } = self;
        let attachment = Attachment {
            name: name.clone(),
            media_type: *media_type,
            bytes: *bytes,
            sealed_bytes: 0,
            sha256: Sha256::from_bytes([0; 32]),
            of: None,
            added_at: *added_at,
        };
        portable_name(*id, &attachment)
    }
}

/// The files of everything that is exported, none of them taken along yet. Those of a copy that
/// somebody else shared go along as its words do; those of this person's own copies are the same as
/// those of what was copied.
pub(super) fn all(
    state: &mut State,
    record: &PersonalRecord,
    reflections: &[ReflectionView],
    copies: &[SharedView],
) -> Result<Vec<ExportedFile>, Error> {
    let me = state.facts()?.person.id;
    let with_files = reflections.iter().filter(|view| !view.reflection.attachments.is_empty());
    let of_others = copies.iter().filter(|view| {
        let is_mine = view.owner.as_ref().is_some_and(|owner| owner.id == me);
        !is_mine && !view.copy.attachments.is_empty()
    });
    let documents = with_files.map(|view| view.id).chain(of_others.map(|view| view.id));
    let documents = documents.map(EvidenceSource::Document);
    let mut items: Vec<ItemId> = record.attachments.values().filter_map(|one| one.of).collect();
    items.sort_unstable();
    items.dedup();
    let mut files = Vec::new();
    for of in documents.chain(items.into_iter().map(EvidenceSource::Item)) {
        files.extend(attachments::of(state, &of)?.into_iter().map(ExportedFile::of));
    }
    Ok(files)
}
