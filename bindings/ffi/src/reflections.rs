//! Reflections, and the copies of them that are shared.

use std::collections::BTreeMap;

use enhance_client::{
    DocumentStatus, DraftView, Reader, ReflectionView, SharedView,
    model::{
        Person,
        programme::Template,
        reflection::{self, Reflection, SharedReflection},
    },
};

use crate::ids::{Answers, DocumentId, PersonId, Tags, Timestamp, Version};

/// Copies that were shared, by the document each copy is.
type Copies = BTreeMap<DocumentId, reflection::Copy>;

uniffi::custom_type!(Copies, Vec<SharedCopy>, {
    remote,
    lower: |copies| copies.into_iter().map(SharedCopy::from).collect(),
    try_lift: |copies| Ok(copies.into_iter().map(SharedCopy::into_item).collect()),
});

/// A reflection as it stands.
#[uniffi::remote(Record)]
pub struct Reflection {
    /// A line to find it by. May be empty.
    pub title: String,
    /// The key of the template it was started from.
    pub template: String,
    /// The version of that template; a newer one never changes an entry that stands.
    pub template_version: u32,
    /// What was written under each prompt, by the prompt's key.
    pub answers: Answers,
    /// What it is about.
    pub tags: Tags,
    /// The activity of a module, or the pause point, that asked for it.
    pub prompted_by: Option<String>,
    /// Device clock when it was started.
    pub created_at: Timestamp,
    /// Copies that were shared, by the document each copy is.
    pub copies: Copies,
}

/// That a copy was shared: with whom, and when by the author's clock.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SharedCopy {
    /// The document the copy is.
    pub document: DocumentId,
    /// Who can read the copy.
    pub with: PersonId,
    /// Device clock when it was made.
    pub at: Timestamp,
}

impl From<(DocumentId, reflection::Copy)> for SharedCopy {
    fn from((document, reflection::Copy { with, at }): (DocumentId, reflection::Copy)) -> Self {
        Self { document, with, at }
    }
}

impl SharedCopy {
    fn into_item(self) -> (DocumentId, reflection::Copy) {
        let Self { document, with, at } = self;
        (document, reflection::Copy { with, at })
    }
}

/// A reflection as it stood when it was shared. It has no history and never changes.
#[uniffi::remote(Record)]
pub struct SharedReflection {
    pub title: String,
    /// The key of its template.
    pub template: String,
    /// The version of its template.
    pub template_version: u32,
    /// What was written under each prompt.
    pub answers: Answers,
    /// What it is about.
    pub tags: Tags,
    /// Device clock when the copy was made.
    pub shared_at: Timestamp,
}

/// A reflection as its screen shows it.
#[uniffi::remote(Record)]
pub struct ReflectionView {
    pub id: DocumentId,
    /// What it says, with what was typed and is not settled.
    pub reflection: Reflection,
    /// The template it was begun from, if this device has it in that version: the prompts in
    /// their order.
    pub template: Option<Template>,
    /// What was typed and is not settled.
    pub drafts: Vec<DraftView>,
    /// The version this is of; to be handed back with edits.
    pub version: Version,
    /// How far it has come.
    pub status: DocumentStatus,
    /// Who can see it or a copy of it.
    pub readers: Vec<Reader>,
}

/// A copy of a reflection as its screen shows it.
#[uniffi::remote(Record)]
pub struct SharedView {
    pub id: DocumentId,
    pub copy: SharedReflection,
    /// The template it was written in, if this device has it in that version.
    pub template: Option<Template>,
    pub owner: Option<Person>,
    /// The version this is of.
    pub version: Version,
    /// How far it has come.
    pub status: DocumentStatus,
}
