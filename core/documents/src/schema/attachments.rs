//! What documents say of the files that belong to them. The files are nowhere in a document.

use enhance_model::{
    DocumentKind, ItemId, Items, Noun,
    attachment::{Attachment, AttachmentEdit, MediaType},
    field::Field,
    record::Fields,
};

use super::{reader::Reader, scalar::of_moment, writer::Writer};
use crate::DocumentError;

/// The key of the map.
const KEY: &str = "attachments";

/// The map, which documents of before schema 3 lack.
pub const FIELD: Field = Field::items(KEY, Noun::Attachment, ATTACHMENT).late();

const ATTACHMENT: &[Field] = &[
    Field::string("name").needed(),
    Field::word("media_type", MediaType::WORDS).needed(),
    Field::number("bytes").needed(),
    Field::number("sealed_bytes").needed(),
    Field::string("sha256").needed(),
    Field::id("of").optional(),
    Field::moment("added_at").needed(),
];

/// Whether files can belong to documents of a kind.
pub const fn are_in(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::Reflection | DocumentKind::PersonalRecord)
}

/// Says that a file belongs to the document.
pub fn add(
    root: &mut Writer<'_, '_>,
    id: ItemId,
    attachment: &Attachment,
) -> Result<(), DocumentError> {
    let mut item = root.item_or_new(KEY, id)?;
    item.put("name", attachment.name.as_str())?;
    item.put("media_type", attachment.media_type.as_str())?;
    item.put("bytes", attachment.bytes)?;
    item.put("sealed_bytes", attachment.sealed_bytes)?;
    item.put("sha256", attachment.sha256.to_string())?;
    item.put_or_clear("of", attachment.of.map(|of| of.to_string()).as_deref())?;
    item.put("added_at", of_moment(attachment.added_at))
}

/// Writes an edit of what belongs to the document.
pub fn write(mut root: Writer<'_, '_>, edit: &AttachmentEdit) -> Result<(), DocumentError> {
    match edit {
        AttachmentEdit::Add { id, attachment } => add(&mut root, *id, attachment),
        AttachmentEdit::Remove { id } => root.remove_item(KEY, id),
    }
}

/// The files that belong to the document.
pub fn read(root: &Reader<'_>) -> Items<Attachment> {
    root.items(KEY, |item| {
        Some(Attachment {
            name: item.string("name"),
            media_type: item.word("media_type")?,
            bytes: item.number("bytes")?,
            sealed_bytes: item.number("sealed_bytes")?,
            sha256: item.word("sha256")?,
            of: item.word("of"),
            added_at: item.moment("added_at")?,
        })
    })
}
