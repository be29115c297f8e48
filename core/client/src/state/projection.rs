//! What screens and search read of a document: one row, made from it whenever it changes.

use std::collections::BTreeSet;

use enhance_documents::Content;
use enhance_model::{DocumentId, DocumentKind, Tag, Timestamp, Version};
use enhance_store::{DocumentRow, Projection, SearchText, Summary, Write};
use serde::Serialize;

use super::facts::Facts;
use crate::error::Error;

/// Raised when what is derived changes its shape; every row is then made again.
pub(super) const REVISION: u32 = 3;

/// Letters of a preview and of a title that is made from the text.
const PREVIEW: usize = 160;
const TITLE: usize = 60;

/// What screens and search read of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DocumentProjection {
    projection: Projection,
    search: Option<SearchText>,
}

impl From<DocumentProjection> for Projection {
    fn from(shown: DocumentProjection) -> Self {
        shown.projection
    }
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
        let projection = Projection { summary, detail: parts.detail, revision: REVISION };
        Ok(Self { projection, search })
    }

    pub(crate) fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        write.set_version(self.projection.summary.document, &self.projection.summary.version)?;
        write.put_projection(&self.projection)?;
        if let Some(text) = &self.search {
            write.mark_dirty(text)?;
        }
        Ok(())
    }

    pub(super) const fn document(&self) -> DocumentId {
        self.projection.summary.document
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
        .map_err(|error| Error::internal("showing a document").because(error))
}

/// The first letters of a text, on one line.
fn beginning(text: &str, letters: usize) -> String {
    let (mut beginning, mut left) = (String::new(), letters);
    for word in text.split_whitespace() {
        let gap = usize::from(!beginning.is_empty());
        if gap > 0 && left > 0 {
            beginning.push(' ');
        }
        left = left.saturating_sub(gap);
        let end = word.char_indices().nth(left).map(|(end, _)| end);
        beginning.push_str(word.get(..end.unwrap_or(word.len())).unwrap_or(word));
        if end.is_some() {
            beginning.push('…');
            break;
        }
        left -= word.chars().count();
    }
    beginning
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_one_line_and_cut_between_letters() {
        assert_eq!(beginning("Night\n\n shift", 20), "Night shift");
        assert_eq!(beginning("ääääö", 4), "ääää…");
        assert_eq!(beginning("one two", 3), "one…");
        assert_eq!(beginning("one two", 4), "one …");
        assert_eq!(beginning("one two", 7), "one two");
        assert_eq!(beginning("", 4), "");
    }
}
