//! What is kept of refused work to be read: what it said, and the files that were attached in it and
//! are on this device alone.

use enhance_documents::{Content, FieldEdit};
use enhance_model::{DocumentId, ItemId, attachment::Attachment};
use enhance_store::{AttachmentRow, DocumentRow, Quarantine, Store};
use serde::{Deserialize, Serialize};

use crate::{
    error::Error,
    state::{State, projection::attachments_of},
};

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

/// A file that was attached and is not known to be stored, with the key that opens it and nothing
/// else, since that of its document may be destroyed.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptFile {
    pub(crate) id: ItemId,
    pub(crate) attachment: Attachment,
    pub(crate) key: [u8; 32],
}

/// One thing of what is kept. Apps before this one read a file as an edit.
#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    before: String,
    after: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<KeptFile>,
}

/// What is kept, as it is written down.
pub(super) fn written(edits: Vec<FieldEdit>, files: &[KeptFile]) -> Result<String, Error> {
    let edits = edits.into_iter().map(|FieldEdit { path, before, after }| Line {
        path,
        before,
        after,
        file: None,
    });
    let files = files.iter().map(|file| Line {
        path: format!("attachments/{}/name", file.id),
        before: String::new(),
        after: file.attachment.name.clone(),
        file: Some(file.clone()),
    });
    let lines: Vec<Line> = edits.chain(files).collect();
    serde_json::to_string(&lines)
        .map_err(|error| Error::internal("keeping refused work").because(error))
}

/// What was kept, read back.
pub(crate) fn read(readable: &str) -> serde_json::Result<(Vec<EditView>, Vec<KeptFile>)> {
    let (mut edits, mut files) = (Vec::new(), Vec::new());
    for Line { path, before, after, file } in serde_json::from_str::<Vec<Line>>(readable)? {
        match file {
            Some(file) => files.push(file),
            None => edits.push(EditView { path, before, after }),
        }
    }
    Ok((edits, files))
}

/// The files of a private document that this device alone may have, but for those that still belong
/// to it once it says `remaining`.
pub(super) fn files(
    state: &mut State,
    row: &DocumentRow,
    remaining: Option<&Content>,
) -> Result<Vec<KeptFile>, Error> {
    let is_unsent = |file: &AttachmentRow| file.mine && file.here && !file.stored;
    let rows = state.store().attachments(row.id)?.into_iter();
    let unsent: Vec<ItemId> = rows.filter(is_unsent).map(|file| file.id).collect();
    if unsent.is_empty() || !row.kind.is_sealed() {
        return Ok(Vec::new());
    }
    let key = state.key_of(row.id)?;
    let content = match state.document(row)?.content() {
        Ok(content) => content,
        Err(error) => {
            tracing::warn!(document = %row.id, %error, "its attachments cannot be told");
            return Ok(Vec::new());
        }
    };
    let stays = |id| remaining.and_then(attachments_of).is_some_and(|it| it.contains_key(id));
    let attached = attachments_of(&content).into_iter().flatten();
    let going = attached.filter(|(id, _)| unsent.contains(id) && !stays(id));
    let kept = going.map(|(id, attachment)| KeptFile {
        id: *id,
        attachment: attachment.clone(),
        key: *key.attachment_key(*id),
    });
    Ok(kept.collect())
}

/// A file of this document that is kept with refused work which the person has not dealt with.
pub(crate) fn find(
    store: &Store,
    document: DocumentId,
    file: ItemId,
) -> Result<Option<KeptFile>, Error> {
    if store.attachments_kept(document)?.iter().all(|row| row.id != file) {
        return Ok(None);
    }
    let open = store.quarantines(true)?.into_iter().filter(|one| one.about.document == document);
    let mut files = open.filter_map(|one| read(&one.about.readable).ok()).flat_map(|it| it.1);
    Ok(files.find(|one| one.id == file))
}

/// Those of the files of refused work that are there still, and attached to nothing by now.
pub(crate) fn still_there(
    store: &Store,
    refused: &Quarantine,
    mut files: Vec<KeptFile>,
) -> Result<Vec<KeptFile>, Error> {
    if !files.is_empty() {
        let kept = store.attachments_kept(refused.about.document)?;
        files.retain(|file| kept.iter().any(|row| row.id == file.id));
    }
    Ok(files)
}
