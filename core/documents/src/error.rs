//! Why a document could not be opened, read or edited.

use enhance_model::{ChangeHash, DocumentKind, Noun, Quoted, counted};

/// Why a document could not be opened, read or edited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// The bytes are no document.
    #[error("these bytes are no document: {reason}")]
    Unreadable {
        /// What the engine said.
        reason: String,
    },
    /// A field that every document has is missing or of the wrong type.
    #[error("the document has no readable {field}")]
    NotADocument { field: &'static str },
    /// A newer app made a kind of document that this one does not know.
    #[error("{kind} is no kind of document this version knows", kind = Quoted(.kind))]
    UnknownKind {
        /// The kind it names.
        kind: String,
    },
    /// A version names a change that the document does not have.
    #[error("the document has no change {hash}")]
    UnknownVersion { hash: ChangeHash },
    /// Changes need others that are neither in the document nor among them.
    #[error("{} missing that these depend on, the first is {first}", lacking(*.count))]
    MissingDependencies {
        /// How many are missing.
        count: usize,
        /// The first of them.
        first: ChangeHash,
    },
    /// An edit of one kind of document was given to another.
    #[error("a document of kind {kind} does not take an edit of {edit}")]
    WrongKind {
        /// The kind of the document.
        kind: DocumentKind,
        /// The kind the edit is for.
        edit: DocumentKind,
    },
    /// A shared copy never changes, and neither does what was signed.
    #[error("what was shared or signed never changes; share or sign again to make a new one")]
    NeverChanges,
    /// The edit is about something that is not in the document.
    #[error("there is no {what} {id} in this document")]
    NoSuchItem { what: Noun, id: String },
    /// The text has no such stretch.
    #[error("this text has no such stretch")]
    NoSuchText,
    /// The value is none.
    #[error("this is not a value: {fault}")]
    InvalidValue {
        /// What is wrong with it.
        fault: &'static str,
    },
    /// The schema has no such field, or not of this type. No person's input leads here.
    #[error("the schema declares no field {key} for this value", key = Quoted(.key))]
    Undeclared { key: String },
    /// A key of the document is longer than any that is taken.
    #[error("the key {key} is too long or empty", key = Quoted(.key))]
    InvalidKey {
        /// The beginning of the key.
        key: String,
    },
    /// One edit changes more than one change may hold.
    #[error(
        "this edit changes {operations} characters and fields at once; one edit may change {limit}. Save it in smaller parts"
    )]
    EditTooLarge {
        /// How many it changes.
        operations: u64,
        /// How many it may.
        limit: u64,
    },
    /// A snapshot does not open to the document it was made from.
    #[error("the snapshot of this document does not read back as the document")]
    UnfaithfulSnapshot,
    #[error("the document engine failed: {reason}")]
    Engine { reason: String },
}

fn lacking(count: usize) -> String {
    let are = if count == 1 { "is" } else { "are" };
    format!("{} {are}", counted(count, "change"))
}

impl From<automerge::AutomergeError> for DocumentError {
    fn from(error: automerge::AutomergeError) -> Self {
        Self::Engine { reason: error.to_string() }
    }
}
