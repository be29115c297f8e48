//! What screens and search read of a document: one row, made from it whenever it changes.

use std::collections::{BTreeMap, BTreeSet};

use enhance_documents::Content;
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Items, Sha256, Tag, Timestamp, Version,
    attachment::Attachment,
    change_project::ChangeProject,
    comments::Comments,
    reflection::{Reflection, SharedReflection},
};
use enhance_store::{DocumentRow, Projection, Summary, Write};

use super::{
    facts::Facts,
    parts::{Parted, joined, parts_of},
};
use crate::error::Error;

/// Raised when what is derived changes its shape; every row is then made again.
pub(super) const REVISION: u32 = 6;

/// Letters of a preview and of a title that is made from the text.
const PREVIEW: usize = 160;
const TITLE: usize = 60;

/// What screens and search read of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DocumentProjection {
    projection: Projection,
    is_searched: bool,
    /// The parts that differ from those of the row that is there; none where any may.
    changed: Option<Vec<String>>,
    /// The files that belong to it; none where that is as it was.
    attachments: Option<Vec<(ItemId, Sha256, u64)>>,
    /// Whether these are this person's to send.
    is_mine: bool,
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
    state: BTreeMap<String, String>,
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
        Self::changed(row, content, version, (updated_at, None), facts)
    }

    /// The same with nothing but these parts of the state, if they are named: then the row that is
    /// there must be of the version before, and of this revision.
    pub(crate) fn changed(
        row: &DocumentRow,
        content: &Content,
        version: Version,
        (updated_at, changed): (Timestamp, Option<Vec<String>>),
        facts: &Facts,
    ) -> Result<Self, Error> {
        let parts = parts(content, changed.as_deref())?;
        let (title, text) = (parts.title.trim(), parts.text.as_str());
        let title = if title.is_empty() { beginning(text, TITLE) } else { title.to_owned() };
        let own_copy = row.kind == DocumentKind::SharedReflection && facts.is_me(row.owner);
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
        let projection = Projection { summary, parts: parts.state, revision: REVISION };
        let is_searched = is_searched(row.kind) && !own_copy;
        let attachments = attachments_of(content).filter(|_| changed.is_none()).map(named);
        let is_mine = facts.is_me(row.creator);
        Ok(Self { projection, is_searched, changed, attachments, is_mine })
    }

    pub(crate) fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        match &self.changed {
            Some(changed) => write.put_changed_parts(&self.projection, changed)?,
            None => write.put_projection(&self.projection)?,
        }
        if let Some(attachments) = &self.attachments {
            write.put_attachments(self.document(), attachments, self.is_mine)?;
        }
        if self.is_searched {
            write.mark_unindexed(self.document())?;
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

/// The files that belong to a document, if it is of a kind that has some.
pub(crate) const fn attachments_of(content: &Content) -> Option<&Items<Attachment>> {
    match content {
        Content::Reflection(reflection) => Some(&reflection.attachments),
        Content::PersonalRecord(record) => Some(&record.attachments),
        Content::SharedReflection(copy) => Some(&copy.attachments),
        _ => None,
    }
}

/// Files as their rows name them.
pub(crate) fn named(attachments: &Items<Attachment>) -> Vec<(ItemId, Sha256, u64)> {
    attachments.iter().map(|(id, one)| (*id, one.sha256, one.sealed_bytes)).collect()
}

fn parts(content: &Content, names: Option<&[String]>) -> Result<Parts, Error> {
    Ok(match content {
        Content::Reflection(reflection) => Parts {
            title: reflection.title.clone(),
            text: reflection.text(),
            tags: reflection.tags.clone(),
            state: state(reflection, names)?,
            ..Parts::default()
        },
        Content::SharedReflection(copy) => Parts {
            title: copy.title.clone(),
            text: copy.text(),
            tags: copy.tags.clone(),
            state: state(copy, names)?,
            ..Parts::default()
        },
        Content::ChangeProject(project) => Parts {
            title: project.title.clone(),
            text: project.text(),
            status: project.status.to_string(),
            tags: project.tags.clone(),
            state: state(&**project, names)?,
        },
        Content::Comments(comments) => Parts { state: state(comments, names)?, ..Parts::default() },
        Content::SignOffRequest(request) => Parts {
            title: request.title.clone(),
            text: request.text.clone(),
            state: state(request, names)?,
            ..Parts::default()
        },
        Content::SignOff(sign_off) => {
            Parts { state: state(&**sign_off, names)?, ..Parts::default() }
        }
        Content::PersonalRecord(record) => {
            Parts { state: state(&**record, names)?, ..Parts::default() }
        }
    })
}

const fn is_searched(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::Reflection
            | DocumentKind::SharedReflection
            | DocumentKind::ChangeProject
            | DocumentKind::Comments
    )
}

/// What can be searched in a document beside its title, read from its row; none of what cannot be
/// read, so that it is in nobody's way.
pub(crate) fn searched_text(shown: &Projection) -> Option<String> {
    let Projection { summary, parts, .. } = shown;
    let text = match summary.kind {
        DocumentKind::Reflection => joined(parts).map(|shown: Reflection| shown.text()),
        DocumentKind::SharedReflection => joined(parts).map(|shown: SharedReflection| shown.text()),
        DocumentKind::ChangeProject => joined(parts).map(|shown: ChangeProject| shown.text()),
        DocumentKind::Comments => joined(parts).map(|shown: Comments| shown.text()),
        DocumentKind::PersonalRecord | DocumentKind::SignOffRequest | DocumentKind::SignOff => {
            return None;
        }
    };
    let unread = |error: &serde_json::Error| {
        tracing::warn!(document = %summary.document, %error, "a row cannot be searched");
    };
    text.inspect_err(unread).ok()
}

fn state<T: Parted>(
    content: &T,
    names: Option<&[String]>,
) -> Result<BTreeMap<String, String>, Error> {
    parts_of(content, names).map_err(|error| Error::internal("showing a document").because(error))
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
