//! What a person wrote and the server can read, in files for them.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use enhance_documents::{Content, Document};
use enhance_model::{DeviceId, DocumentId, DocumentKind, Person, counted};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::{Value, json};

use super::{super::error::CommandError, holdings::Holdings};
use crate::storage::{StorageError, documents, folder::make_folder, folds};

/// Writes everything they own that is not sealed, and says how many documents that are.
pub(super) fn write(
    db: &Connection,
    person: &Person,
    holdings: &Holdings,
    to: &Path,
) -> Result<usize, CommandError> {
    require_free(to)?;
    make_folder(to)?;
    let (mut count, mut unreadable) = (0, Vec::new());
    for (document, kind) in documents_of(holdings) {
        match one(db, document)? {
            Some((said, history)) => {
                let name = to.join(format!("{kind}-{document}"));
                let value = json!({ "document": document, "kind": kind, "content": said });
                let text = serde_json::to_vec_pretty(&value).map_err(io::Error::from)?;
                put(&name.with_extension("json"), &text)?;
                put(&name.with_extension("automerge"), &history)?;
                count += 1;
            }
            None => unreadable.push(document),
        }
    }
    put(&to.join("README.txt"), words(person, holdings, &unreadable).as_bytes())?;
    Ok(count)
}

/// A document that would be written, or could not be opened.
#[derive(Debug, Serialize)]
pub(super) struct WouldExport {
    pub(super) document: DocumentId,
    pub(super) kind: DocumentKind,
    /// What it is called; empty for what has no title.
    pub(super) title: String,
    /// Whether it can be opened, so that it would be in the files.
    pub(super) readable: bool,
}

/// What would be written of a person, and where: nothing is.
pub(super) fn would_write(
    db: &Connection,
    holdings: &Holdings,
    to: Option<&Path>,
) -> Result<Vec<WouldExport>, CommandError> {
    to.map_or(Ok(()), require_free)?;
    let mut all = Vec::new();
    for (document, kind) in documents_of(holdings) {
        let said = one(db, document)?.map(|(said, _)| said);
        let title = said.as_ref().and_then(|said| said.get("title")).and_then(Value::as_str);
        let (title, readable) = (title.unwrap_or_default().to_owned(), said.is_some());
        all.push(WouldExport { document, kind, title, readable });
    }
    Ok(all)
}

/// Refuses a folder in which something is already.
fn require_free(to: &Path) -> Result<(), CommandError> {
    let what = || StorageError::file(to.display().to_string());
    let is_occupied = match fs::read_dir(to) {
        Ok(mut files) => files.next().is_some(),
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(what()(error).into()),
    };
    if is_occupied {
        let sentence =
            format!("{} is not empty; name a new folder; nothing was done", to.display());
        return Err(CommandError::advice(sentence));
    }
    Ok(())
}

/// What they own that the server can read.
fn documents_of(holdings: &Holdings) -> impl Iterator<Item = (DocumentId, DocumentKind)> {
    let projects = holdings.projects.iter();
    let projects = projects.map(|project| (project.document, DocumentKind::ChangeProject));
    projects.chain(holdings.plain.iter().copied())
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    let what = || StorageError::file(path.display().to_string());
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(what())?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(what())
}

/// What a document says, and its whole history; none if it cannot be opened.
fn one(db: &Connection, id: DocumentId) -> Result<Option<(Value, Vec<u8>)>, StorageError> {
    let mut parts = Vec::new();
    if let Some(fold) = folds::whole(db, id)? {
        parts.push(fold.snapshot()?);
    }
    parts.extend(documents::changes(db, id)?);
    // Nothing is written with it: the author of this device is nobody.
    let Ok(mut document) = Document::open(&parts, DeviceId::from_bytes([0; 16])) else {
        return Ok(None);
    };
    let Ok(content) = document.content() else { return Ok(None) };
    let Ok(history) = document.snapshot() else { return Ok(None) };
    Ok(value(&content).ok().map(|value| (value, history)))
}

fn value(content: &Content) -> Result<Value, serde_json::Error> {
    match content {
        Content::Reflection(it) => serde_json::to_value(it),
        Content::PersonalRecord(it) => serde_json::to_value(it),
        Content::SharedReflection(it) => serde_json::to_value(it),
        Content::ChangeProject(it) => serde_json::to_value(it),
        Content::Comments(it) => serde_json::to_value(it),
        Content::SignOffRequest(it) => serde_json::to_value(it),
        Content::SignOff(it) => serde_json::to_value(it),
    }
}

fn words(person: &Person, holdings: &Holdings, unreadable: &[DocumentId]) -> String {
    let mut text = format!(
        "What {} wrote, as the server could read it.\n\n\
         For each document there are two files: .json has what it says now, .automerge its whole\n\
         history as the engine Automerge saves it.\n\n\
         Not here: {} (reflections, the personal record). Only the person's own phone can read\n\
         what is sealed: export it there.\n",
        person.name,
        counted(holdings.sealed(), "sealed document"),
    );
    for document in unreadable {
        let line = format!("Could not be opened: {document}. The server keeps it as it is.\n");
        text.push_str(&line);
    }
    text
}
