//! Reflections, and the copies of them that are shared.

use enhance_client::{
    self as client, DocumentStatus, DraftView, Reader,
    model::{Person, reflection},
};

use crate::{
    ids::{DocumentId, PersonId, Version},
    programme::Template,
    values::{Answers, Tags, TemplateVersion, Timestamp},
};

/// A reflection as it stands.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Reflection {
    /// A line to find it by. May be empty.
    pub title: String,
    /// The key of the template it was started from.
    pub template: String,
    /// The version of that template; a newer one never changes an entry that stands.
    pub template_version: TemplateVersion,
    /// What was written under each prompt, by the prompt's key.
    pub answers: Answers,
    /// What it is about.
    pub tags: Tags,
    /// The activity of a module, or the pause point, that asked for it.
    pub prompted_by: Option<String>,
    /// Device clock when it was started.
    pub created_at: Timestamp,
    /// Copies that were shared.
    pub copies: Vec<SharedCopy>,
}

impl From<reflection::Reflection> for Reflection {
    fn from(reflection: reflection::Reflection) -> Self {
        let reflection::Reflection {
            title,
            template,
            template_version,
            // They are in the template of the view.
            prompts: _,
            answers,
            tags,
            prompted_by,
            created_at,
            copies,
            // Asked for by themselves, with where each file is.
            attachments: _,
        } = reflection;
        Self {
            title,
            template,
            template_version: template_version.into(),
            answers,
            tags,
            prompted_by,
            created_at,
            copies: copies.into_iter().map(SharedCopy::from).collect(),
        }
    }
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

/// A reflection as it stood when it was shared. It has no history and never changes.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SharedReflection {
    pub title: String,
    /// The key of its template.
    pub template: String,
    /// The version of its template.
    pub template_version: TemplateVersion,
    /// What was written under each prompt.
    pub answers: Answers,
    /// What it is about.
    pub tags: Tags,
    /// Device clock when the copy was made.
    pub shared_at: Timestamp,
}

impl From<reflection::SharedReflection> for SharedReflection {
    fn from(copy: reflection::SharedReflection) -> Self {
        let reflection::SharedReflection {
            title,
            template,
            template_version,
            prompts: _,
            answers,
            tags,
            shared_at,
            attachments: _,
        } = copy;
        let template_version = template_version.into();
        Self { title, template, template_version, answers, tags, shared_at }
    }
}

/// A reflection as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReflectionView {
    pub id: DocumentId,
    /// What it says, with what was typed and is not settled.
    pub reflection: Reflection,
    /// The template it was begun from, in that version: the prompts in their order. They stay with
    /// the reflection, whatever version of the programme is in use; none where it was begun before
    /// any programme was here.
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

impl From<client::ReflectionView> for ReflectionView {
    fn from(view: client::ReflectionView) -> Self {
        let client::ReflectionView { id, reflection, template, drafts, version, status, readers } =
            view;
        let template = template.map(Template::from);
        Self { id, reflection: reflection.into(), template, drafts, version, status, readers }
    }
}

/// A copy of a reflection as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SharedView {
    pub id: DocumentId,
    pub copy: SharedReflection,
    /// The template it was written in, in that version; its prompts came with the copy.
    pub template: Option<Template>,
    pub owner: Option<Person>,
    /// The version this is of.
    pub version: Version,
    /// How far it has come.
    pub status: DocumentStatus,
}

impl From<client::SharedView> for SharedView {
    fn from(view: client::SharedView) -> Self {
        let client::SharedView { id, copy, template, owner, version, status } = view;
        let template = template.map(Template::from);
        Self { id, copy: copy.into(), template, owner, version, status }
    }
}
