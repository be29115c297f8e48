//! What is true of every document of every kind.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{ChangeHash, IdError, Quoted, folding};

/// The kinds of document and, by that, who can read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A reflection of one author, drafts included. Sealed.
    Reflection,
    /// Progress and learning sessions of one trainee. Sealed.
    PersonalRecord,
    /// A reflection as it stood when it was shared, without its history. Plain, never changed.
    SharedReflection,
    /// A change project that several people write. Plain.
    ChangeProject,
    /// What one person says about a project. Plain; readable by those who can read the project.
    Comments,
    /// What a trainee asks to have signed, as it stood then. Plain, never changed.
    SignOffRequest,
    /// That somebody signed or returned it. Plain, never changed; for who can read the request.
    SignOff,
}

impl DocumentKind {
    pub const ALL: [Self; 7] = [
        Self::Reflection,
        Self::PersonalRecord,
        Self::SharedReflection,
        Self::ChangeProject,
        Self::Comments,
        Self::SignOffRequest,
        Self::SignOff,
    ];

    /// Whether it leaves the phone only as ciphertext that the server cannot read.
    pub const fn is_sealed(self) -> bool {
        matches!(self, Self::Reflection | Self::PersonalRecord)
    }

    /// Whether it is made by one change and never changed after.
    pub const fn never_changes(self) -> bool {
        matches!(self, Self::SharedReflection | Self::SignOffRequest | Self::SignOff)
    }

    /// The name of the kind in documents, tables and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reflection => "reflection",
            Self::PersonalRecord => "personal_record",
            Self::SharedReflection => "shared_reflection",
            Self::ChangeProject => "change_project",
            Self::Comments => "comments",
            Self::SignOffRequest => "sign_off_request",
            Self::SignOff => "sign_off",
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names no kind of document this version knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text} is no kind of document this version knows", text = Quoted(.0))]
pub struct UnknownKind(pub String);

impl FromStr for DocumentKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| UnknownKind(text.chars().take(80).collect()))
    }
}

/// A state of a document: the heads of its history.
///
/// A screen hands back the version it showed, so that what was typed is merged with what arrived
/// meanwhile instead of overwriting it.
///
/// ```
/// use enhance_model::{ChangeHash, Version};
///
/// let [one, other] = [1, 2].map(|byte| ChangeHash::from_bytes([byte; 32]));
/// let version = Version::new(vec![other, one]);
/// assert_eq!(version, Version::new(vec![one, other]));
/// assert_eq!(version.to_string().parse(), Ok(version));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(Vec<ChangeHash>);

impl Version {
    /// The version with these heads; their order does not matter.
    pub fn new(mut heads: Vec<ChangeHash>) -> Self {
        heads.sort_unstable();
        heads.dedup();
        Self(heads)
    }

    /// The heads, sorted by their bytes and each once.
    pub fn heads(&self) -> &[ChangeHash] {
        &self.0
    }
}

impl fmt::Display for Version {
    /// Heads joined by `+`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, head) in self.0.iter().enumerate() {
            let joint = if index == 0 { "" } else { "+" };
            write!(f, "{joint}{head}")?;
        }
        Ok(())
    }
}

impl FromStr for Version {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        text.split('+').map(str::parse).collect::<Result<_, _>>().map(Self::new)
    }
}

/// What a document is about: a domain, a theme or a capability of the programme, by its key.
///
/// ```
/// use enhance_model::Tag;
///
/// assert_eq!("theme:teams".parse(), Ok(Tag::Theme("teams".to_owned())));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "of", content = "key", rename_all = "snake_case")]
pub enum Tag {
    /// One of the six domains.
    Domain(String),
    /// One of the four cross-cutting themes.
    Theme(String),
    /// A statement of a capability framework.
    Capability(String),
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Domain(key) => write!(f, "domain:{key}"),
            Self::Theme(key) => write!(f, "theme:{key}"),
            Self::Capability(key) => write!(f, "capability:{key}"),
        }
    }
}

/// A text that is not a tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text} is not a tag; write domain:KEY, theme:KEY or capability:KEY", text = Quoted(.0))]
pub struct UnknownTag(pub String);

impl FromStr for Tag {
    type Err = UnknownTag;

    fn from_str(text: &str) -> Result<Self, UnknownTag> {
        let unknown = || UnknownTag(text.chars().take(80).collect());
        let (of, key) = text.split_once(':').ok_or_else(unknown)?;
        let (of, key) = (folding::key(of), folding::key(key));
        match of.as_str() {
            _ if key.is_empty() => Err(unknown()),
            "domain" => Ok(Self::Domain(key)),
            "theme" => Ok(Self::Theme(key)),
            "capability" => Ok(Self::Capability(key)),
            _ => Err(unknown()),
        }
    }
}
