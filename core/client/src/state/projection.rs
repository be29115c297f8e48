//! What screens and search read of a document: one row, made from it whenever it changes.

use std::collections::BTreeSet;

use enhance_documents::Content;
use enhance_model::{DocumentKind, Tag, Timestamp, Version};
use enhance_store::{DocumentRow, Projection, SearchText, Summary, Write};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, core::State, state::facts::Facts};
use enhance_model::DocumentId;

/// Letters of a preview and of a title that is made from the text.
const PREVIEW: usize = 160;
const TITLE: usize = 60;

/// Raised when what is derived changes its shape; everything is then made again.
const REVISION: &[u8] = b"1";
const REVISION_KEY: &str = "projection revision";

/// What screens and search read of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DocumentProjection {
    projection: Projection,
    search: Option<SearchText>,
}

/// The parts in which the kinds of document differ.
#[derive(Default)]
struct Parts {
    title: String,
    text: String,
    status: String,
    tags: BTreeSet<Tag>,
    detail: String,
}

impl DocumentProjection {
    /// What there is to show of a document with this content.
    pub(crate) fn new(
        row: &DocumentRow,
        content: &Content,
        version: Version,
        updated_at: Timestamp,
        facts: &Facts,
    ) -> Result<Self, Error> {
        let parts = parts(content)?;
        let (title, text) = (parts.title.trim(), parts.text.as_str());
        let title = if title.is_empty() { beginning(text, TITLE) } else { title.to_owned() };
        let own_copy = row.kind == DocumentKind::SharedReflection && facts.is_me(row.owner);
        let search = (is_searched(row.kind) && !own_copy).then(|| SearchText {
            document: row.id,
            kind: row.kind,
            at: updated_at,
            title: title.clone(),
            body: text.to_owned(),
        });
        let summary = Summary {
            document: row.id,
            kind: row.kind,
            title,
            preview: beginning(text, PREVIEW),
            status: parts.status,
            created_at: row.created_at,
            updated_at,
            tags: parts.tags,
            version,
        };
        Ok(Self { projection: Projection { summary, detail: parts.detail }, search })
    }

    pub(crate) fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        write.set_version(self.projection.summary.document, &self.projection.summary.version)?;
        write.put_projection(&self.projection)?;
        if let Some(text) = &self.search {
            write.mark_dirty(text)?;
        }
        Ok(())
    }

    pub(crate) fn version(&self) -> &Version {
        &self.projection.summary.version
    }
}

fn parts(content: &Content) -> Result<Parts, Error> {
    Ok(match content {
        Content::Reflection(reflection) => Parts {
            title: reflection.title.clone(),
            text: reflection.text(),
            tags: reflection.tags.clone(),
            detail: json(reflection)?,
            ..Parts::default()
        },
        Content::SharedReflection(copy) => Parts {
            title: copy.title.clone(),
            text: copy.text(),
            tags: copy.tags.clone(),
            detail: json(copy)?,
            ..Parts::default()
        },
        Content::ChangeProject(project) => Parts {
            title: project.title.clone(),
            text: project.text(),
            status: project.status.to_string(),
            tags: project.tags.clone(),
            detail: json(project)?,
        },
        Content::Comments(comments) => Parts { detail: json(comments)?, ..Parts::default() },
        Content::PersonalRecord(record) => Parts { detail: json(record)?, ..Parts::default() },
    })
}

const fn is_searched(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::Reflection | DocumentKind::SharedReflection | DocumentKind::ChangeProject
    )
}

fn json<T: Serialize>(content: &T) -> Result<String, Error> {
    serde_json::to_string(content)
        .map_err(|error| Error::internal("showing an entry").because(error))
}

/// The first letters of a text, on one line.
fn beginning(text: &str, letters: usize) -> String {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(letters) {
        words.truncate(end);
        words.push('…');
    }
    words
}

impl State {
    /// What screens read of a document.
    pub(crate) fn shown<T: DeserializeOwned>(
        &self,
        document: DocumentId,
    ) -> Result<(Summary, T), Error> {
        let missing = || Error::damaged(format_args!("what is shown of entry {document}"));
        let projection = self.store.projection(document)?.ok_or_else(missing)?;
        let detail = serde_json::from_str(&projection.detail).map_err(|_| missing())?;
        Ok((projection.summary, detail))
    }

    /// Makes again what screens read, wherever it is missing, out of date, or of another shape
    /// than this version of the app makes.
    pub(crate) fn refresh_projections(&mut self) -> Result<(), Error> {
        if self.store.meta(REVISION_KEY)?.as_deref() != Some(REVISION) {
            self.write(|write| {
                write.clear_derived()?;
                Ok(write.set_meta(REVISION_KEY, REVISION)?)
            })?;
        }
        for document in self.store.stale_projections(u32::MAX)? {
            match self.refresh_projection(document) {
                Ok(()) | Err(Error::RecoveryKeyNeeded | Error::NotEnrolled) => {}
                Err(error @ Error::StorageFull) => return Err(error),
                Err(error) => tracing::warn!(%document, %error, "an entry cannot be shown"),
            }
            // Nobody asked for these documents; keeping them would only push out others.
            self.forget(document);
        }
        Ok(())
    }

    pub(crate) fn refresh_projection(&mut self, document: DocumentId) -> Result<(), Error> {
        let (facts, row) = (self.facts()?, self.row(document)?);
        let opened = self.document(document)?;
        let version = opened.version();
        let content = opened.content()?;
        let updated_at = opened.history().iter().map(|entry| entry.at).max();
        let updated_at = updated_at.unwrap_or(row.created_at).max(row.created_at);
        let shown = DocumentProjection::new(&row, &content, version, updated_at, &facts)?;
        self.write(|write| shown.write(write))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_one_line_and_cut_between_letters() {
        assert_eq!(beginning("Night\n\n shift", 20), "Night shift");
        assert_eq!(beginning("ääääö", 4), "ääää…");
        assert_eq!(beginning("", 4), "");
    }
}
