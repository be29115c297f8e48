//! Attachments: photographs and PDFs that belong to a reflection or to a thing in the record.

use enhance_client::{
    AttachmentRefusal,
    model::{
        attachment::{Attachment, MediaType, Removed},
        personal_record::EvidenceSource,
    },
};

use crate::{
    Finding,
    handle::all,
    ids::ItemId,
    values::{Amount, Timestamp},
};

/// What can be attached.
#[uniffi::remote(Enum)]
pub enum MediaType {
    Jpeg,
    Png,
    Pdf,
}

/// What was taken out of a file, or could not be: the last is to be told to the person.
#[uniffi::remote(Enum)]
#[uniffi(name = "RemovedFromFile")]
pub enum Removed {
    Camera,
    Notes,
    Comments,
    Preview,
    Rest,
    Properties,
    Files,
    Signatures,
    PagesLeft,
}

/// What would be kept of a file.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AttachmentCheck {
    /// What it is called, as far as every system can have such a name.
    pub name: String,
    pub media_type: MediaType,
    /// Bytes of the file that was chosen.
    pub bytes_before: Amount,
    /// Bytes of what is kept.
    pub bytes: Amount,
    /// What is taken out of it, and what cannot be.
    pub removed: Vec<Removed>,
    /// The same in words for the person, one sentence for each.
    pub removed_in_words: Vec<String>,
    /// What in its name may tell who somebody is. It is asked about before the file is shared.
    #[uniffi(default = [])]
    pub found: Vec<Finding>,
}

impl From<enhance_client::AttachmentCheck> for AttachmentCheck {
    fn from(check: enhance_client::AttachmentCheck) -> Self {
        let enhance_client::AttachmentCheck {
            name,
            media_type,
            bytes_before,
            bytes,
            removed,
            found,
        } = check;
        Self {
            name,
            media_type,
            bytes_before: bytes_before.into(),
            bytes: bytes.into(),
            removed_in_words: removed.iter().map(ToString::to_string).collect(),
            removed,
            found: all(found),
        }
    }
}

/// A file that was attached, and what was kept of it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AttachedFile {
    pub id: ItemId,
    pub kept: AttachmentCheck,
}

/// A file that belongs to a reflection or to a thing in the record, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AttachmentView {
    pub id: ItemId,
    /// What it belongs to.
    pub of: EvidenceSource,
    pub name: String,
    pub media_type: MediaType,
    /// Bytes of the file, opened.
    pub bytes: Amount,
    /// Bytes that it takes on the way, to be said before it is fetched.
    pub sealed_bytes: Amount,
    /// Device clock when it was attached.
    pub added_at: Timestamp,
    /// Whether it is on this device. If not, it can be fetched.
    pub here: bool,
    /// Whether the server is known to have it.
    pub stored: bool,
    /// Why the server does not take it, if it refused it when it was last offered.
    #[uniffi(default = None)]
    pub refusal: Option<AttachmentRefusal>,
}

/// Why the server does not take a file. It stays here and is offered again later.
#[uniffi::remote(Record)]
pub struct AttachmentRefusal {
    /// The code of the refusal: `quota_exceeded` if there is no room.
    pub code: String,
    /// What a person reads.
    pub reason: String,
}

impl From<enhance_client::AttachmentView> for AttachmentView {
    fn from(view: enhance_client::AttachmentView) -> Self {
        let enhance_client::AttachmentView { id, of, attachment, here, stored, refusal } = view;
        let Attachment { name, media_type, bytes, sealed_bytes, sha256: _, of: _, added_at } =
            attachment;
        let (bytes, sealed_bytes) = (bytes.into(), sealed_bytes.into());
        Self { id, of, name, media_type, bytes, sealed_bytes, added_at, here, stored, refusal }
    }
}
