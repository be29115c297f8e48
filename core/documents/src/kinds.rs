//! What there is of each kind of document: how it begins, what it says, and how it is edited.

use enhance_model::{
    DocumentId, DocumentKind, Noun, PersonId,
    attachment::AttachmentEdit,
    change_project::{ChangeProject, ItemText, ProjectEdit, Section},
    comments::{CommentEdit, Comments, SuggestionEdit},
    id::ItemId,
    personal_record::{PersonalRecord, RecordEdit},
    reflection::{Reflection, ReflectionEdit, SharedReflection},
    sign_off::{SignOff, SignOffRequest},
};

/// What a new document begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewDocument {
    /// A reflection, with the prompts of its template as answers, empty or not.
    Reflection {
        owner: PersonId,
        reflection: Reflection,
    },
    PersonalRecord {
        owner: PersonId,
    },
    /// A copy of a reflection that is shared.
    SharedReflection {
        owner: PersonId,
        copy: SharedReflection,
    },
    ChangeProject {
        owner: PersonId,
        title: String,
        /// The key of its domain. May be empty.
        topic: String,
        /// Where it takes place. May be empty.
        setting: String,
    },
    /// What one person says about one project or shared copy.
    Comments {
        owner: PersonId,
        about: DocumentId,
    },
    SignOffRequest {
        owner: PersonId,
        request: SignOffRequest,
    },
    SignOff {
        /// Whose device it was signed on.
        owner: PersonId,
        sign_off: Box<SignOff>,
    },
}

impl NewDocument {
    /// The kind of document it begins.
    pub const fn kind(&self) -> DocumentKind {
        match self {
            Self::Reflection { .. } => DocumentKind::Reflection,
            Self::PersonalRecord { .. } => DocumentKind::PersonalRecord,
            Self::SharedReflection { .. } => DocumentKind::SharedReflection,
            Self::ChangeProject { .. } => DocumentKind::ChangeProject,
            Self::Comments { .. } => DocumentKind::Comments,
            Self::SignOffRequest { .. } => DocumentKind::SignOffRequest,
            Self::SignOff { .. } => DocumentKind::SignOff,
        }
    }

    /// The document that decides who reads it, if it is not this one itself.
    pub const fn about(&self) -> Option<DocumentId> {
        match self {
            Self::Comments { about, .. } => Some(*about),
            Self::SignOff { sign_off, .. } => Some(sign_off.request),
            _ => None,
        }
    }
}

/// An edit of a document of any kind that can be edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    Reflection(ReflectionEdit),
    ChangeProject(ProjectEdit),
    Comments(CommentEdit),
    /// What is decided about a suggestion, in the plan.
    Suggestion(SuggestionEdit),
    PersonalRecord(RecordEdit),
    /// Of the files that belong to a document of this kind.
    Attachment(DocumentKind, AttachmentEdit),
}

impl Edit {
    /// The kind of document it is for.
    pub const fn kind(&self) -> DocumentKind {
        match self {
            Self::Reflection(_) => DocumentKind::Reflection,
            Self::ChangeProject(_) | Self::Suggestion(_) => DocumentKind::ChangeProject,
            Self::Comments(_) => DocumentKind::Comments,
            Self::PersonalRecord(_) => DocumentKind::PersonalRecord,
            Self::Attachment(kind, _) => *kind,
        }
    }

    /// The one thing in the document that it is about, if it is about one.
    pub fn item(&self) -> Option<(Noun, ItemId)> {
        match self {
            Self::ChangeProject(edit) => edit.item(),
            Self::PersonalRecord(edit) => edit.item(),
            Self::Reflection(_)
            | Self::Comments(_)
            | Self::Suggestion(_)
            | Self::Attachment(..) => None,
        }
    }
}

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Reflection(Reflection),
    PersonalRecord(Box<PersonalRecord>),
    SharedReflection(SharedReflection),
    ChangeProject(Box<ChangeProject>),
    Comments(Comments),
    SignOffRequest(SignOffRequest),
    SignOff(Box<SignOff>),
}

/// A text that several devices write together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextField {
    /// A reflection's answer to the prompt with this key.
    Answer(String),
    Section(Section),
    AimSentence,
    /// A text of a thing in a project: a cycle, a driver.
    Item(ItemText),
    /// The body of a comment.
    Comment(ItemId),
}

impl TextField {
    /// Where it is in the document, key by key.
    pub(crate) fn path(&self) -> Vec<String> {
        match self {
            Self::Answer(prompt) => vec!["answers".to_owned(), prompt.clone()],
            Self::Section(section) => vec!["sections".to_owned(), section.to_string()],
            Self::AimSentence => vec!["aim".to_owned(), "sentence".to_owned()],
            Self::Item(text) => text.path().into(),
            Self::Comment(id) => vec!["comments".to_owned(), id.to_string(), "body".to_owned()],
        }
    }
}
