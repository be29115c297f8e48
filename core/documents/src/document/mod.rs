//! One document in memory.

mod edit;
mod history;
mod replay;

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Author, AutoCommit, ObjId, ReadDoc, SaveOptions};
use enhance_model::{
    ChangeHash, DeviceId, DocumentId, DocumentKind, PersonId, Timestamp, Version,
    change_project::{ChangeProject, CycleText, ProjectEdit, Section},
    comments::{CommentEdit, Comments},
    id::ItemId,
    personal_record::{PersonalRecord, RecordEdit},
    reflection::{Reflection, ReflectionEdit, SharedReflection},
};

pub use history::{AuthoredSpan, HistoryChange};
pub use replay::FieldEdit;

use crate::{
    DocumentError,
    schema::{self, Identity, view::View},
    tree,
};

/// One document in memory: what it says, and everything that led to it.
///
/// Every device writes under its own [`DeviceId`] and, each time it opens a document, under a fresh
/// actor that nothing else ever uses: two histories can then never claim the same place.
#[derive(Debug, Clone)]
pub struct Document {
    doc: AutoCommit,
    identity: Identity,
    author: DeviceId,
}

/// A change as it is stored and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is known by.
    pub hash: ChangeHash,
    pub bytes: Vec<u8>,
    /// The changes it needs first.
    pub deps: Vec<ChangeHash>,
}

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
    /// The comments of one person on one plan.
    Comments {
        owner: PersonId,
        about: DocumentId,
    },
}

/// An edit of a document of any kind that can be edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    Reflection(ReflectionEdit),
    ChangeProject(ProjectEdit),
    Comments(CommentEdit),
    PersonalRecord(RecordEdit),
}

impl Edit {
    /// The kind of document it is for.
    pub const fn kind(&self) -> DocumentKind {
        match self {
            Self::Reflection(_) => DocumentKind::Reflection,
            Self::ChangeProject(_) => DocumentKind::ChangeProject,
            Self::Comments(_) => DocumentKind::Comments,
            Self::PersonalRecord(_) => DocumentKind::PersonalRecord,
        }
    }
}

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Reflection(Reflection),
    PersonalRecord(PersonalRecord),
    SharedReflection(SharedReflection),
    ChangeProject(ChangeProject),
    /// Somebody's comments on a plan.
    Comments(Comments),
}

/// A text that several devices write together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextField {
    /// A reflection's answer to the prompt with this key.
    Answer(String),
    Section(Section),
    AimSentence,
    /// A text of a cycle of a plan.
    Cycle(ItemId, CycleText),
    /// The body of a comment.
    Comment(ItemId),
}

impl Document {
    /// Makes a new document and the change that creates it.
    pub fn create(
        new: &NewDocument,
        author: DeviceId,
        now: Timestamp,
    ) -> Result<(Self, Change), DocumentError> {
        let mut doc = AutoCommit::new().with_author(Some(automerge_author(author)));
        let identity = schema::create(&mut schema::pen::Pen::new(&mut doc), new, now)?;
        let mut document = Self { doc, identity, author };
        let change = document.commit(now)?.ok_or(DocumentError::NotADocument { field: "kind" })?;
        Ok((document, change))
    }

    /// Opens a document from a snapshot, changes, or a snapshot and the changes since, as one.
    pub fn open(parts: &[impl AsRef<[u8]>], author: DeviceId) -> Result<Self, DocumentError> {
        let bytes = parts.iter().map(AsRef::as_ref).collect::<Vec<_>>().concat();
        Self::around(load(&bytes)?, author)
    }

    pub(crate) fn around(mut doc: AutoCommit, author: DeviceId) -> Result<Self, DocumentError> {
        let identity = Identity::of(&doc)?;
        doc.set_author(Some(automerge_author(author)));
        Ok(Self { doc, identity, author })
    }

    /// Its kind.
    pub const fn kind(&self) -> DocumentKind {
        self.identity.kind
    }

    /// Who owns it.
    pub const fn owner(&self) -> PersonId {
        self.identity.owner
    }

    /// The schema it was last written with. A newer one than this version's is kept and read as far
    /// as it is known.
    pub fn schema(&self) -> u32 {
        schema::version(&View::now(&self.doc))
    }

    /// The schema this version writes.
    pub const SCHEMA: u32 = schema::SCHEMA;

    /// The version it is at.
    pub fn version(&mut self) -> Version {
        version_of(self.doc.get_heads())
    }

    /// How many changes it has.
    pub fn change_count(&self) -> u64 {
        self.doc.stats().num_changes
    }

    /// What it says.
    pub fn content(&self) -> Result<Content, DocumentError> {
        schema::read(&View::now(&self.doc), self.identity.kind)
    }

    /// What it said at an earlier version.
    pub fn content_at(&self, version: &Version) -> Result<Content, DocumentError> {
        let heads = self.known_heads(version)?;
        schema::read(&View::at(&self.doc, heads), self.identity.kind)
    }

    /// Whether it has a change.
    pub fn contains(&self, hash: ChangeHash) -> bool {
        contains(&self.doc, hash)
    }

    /// The change with this hash.
    pub fn change(&mut self, hash: ChangeHash) -> Option<Change> {
        self.doc.get_change_by_hash(&inner_hash(hash)).map(outer_change)
    }

    /// Every change that is not part of a version, each after those it depends on. Changes named in
    /// the version that the document does not have are passed over.
    pub fn changes_not_in(&mut self, known: &Version) -> Vec<Change> {
        let known: Vec<_> = known
            .heads()
            .iter()
            .filter(|hash| self.contains(**hash))
            .map(|hash| inner_hash(*hash))
            .collect();
        self.doc.get_changes(&known).into_iter().map(outer_change).collect()
    }

    /// The whole document in a compact form, checked to open to the same document.
    pub fn snapshot(&mut self) -> Result<Vec<u8>, DocumentError> {
        snapshot_of(&mut self.doc)
    }

    fn known_heads(&self, version: &Version) -> Result<Vec<automerge::ChangeHash>, DocumentError> {
        let known = |hash: &ChangeHash| {
            if self.contains(*hash) {
                Ok(inner_hash(*hash))
            } else {
                Err(DocumentError::UnknownVersion { hash: *hash })
            }
        };
        version.heads().iter().map(known).collect()
    }

    /// Makes the change of what was written since the last one, if anything was.
    fn commit(&mut self, now: Timestamp) -> Result<Option<Change>, DocumentError> {
        use automerge::transaction::{CommitOptions, Transactable};

        let operations = self.doc.pending_ops() as u64;
        let limit = crate::gate::MAX_OPERATIONS;
        if operations == 0 || operations > limit {
            self.doc.rollback();
            return if operations == 0 {
                Ok(None)
            } else {
                Err(DocumentError::EditTooLarge { operations, limit })
            };
        }
        // Automerge counts in seconds, and so do the other programmes that read its documents.
        let seconds = now.as_millis().div_euclid(1_000);
        let hash = self.doc.commit_with(CommitOptions::default().with_time(seconds));
        Ok(hash.and_then(|hash| self.doc.get_change_by_hash(&hash)).map(outer_change))
    }

    /// Leaves the actor that wrote so far for a fresh one.
    fn renew_actor(&mut self) {
        self.doc.set_author(None);
        self.doc.set_author(Some(automerge_author(self.author)));
    }

    pub(crate) const fn doc(&self) -> &AutoCommit {
        &self.doc
    }

    /// Goes on with a copy that passed the gate.
    pub(crate) fn replace_doc(&mut self, doc: AutoCommit) {
        self.doc = doc;
    }

    fn text_objects(&self, field: &TextField) -> Vec<ObjId> {
        schema::text_objects(&View::now(&self.doc), field)
    }
}

/// Opens bytes of ours. They are trusted, but a disk can damage what it keeps and the engine
/// panics on some damaged bytes, which must not take the app with it.
fn load(bytes: &[u8]) -> Result<AutoCommit, DocumentError> {
    let loaded = guarded(|| AutoCommit::load(bytes))?;
    loaded.map_err(|error| DocumentError::Unreadable { reason: error.to_string() })
}

/// Runs what may panic inside the engine. What it worked on must be dropped after an error.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, DocumentError> {
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|_| DocumentError::Unreadable { reason: "the engine panicked".to_owned() })
}

/// Saves a document and makes sure that it opens to the same one.
pub fn snapshot_of(doc: &mut AutoCommit) -> Result<Vec<u8>, DocumentError> {
    let options = SaveOptions { retain_orphans: false, ..SaveOptions::default() };
    let bytes = guarded(|| doc.save_with_options(options))?;
    let mut reopened = load(&bytes)?;
    let same_heads = version_of(reopened.get_heads()) == version_of(doc.get_heads());
    if !same_heads || tree::fingerprint(&reopened) != tree::fingerprint(doc) {
        return Err(DocumentError::UnfaithfulSnapshot);
    }
    Ok(bytes)
}

/// Whether a document has a change.
pub fn contains(doc: &AutoCommit, hash: ChangeHash) -> bool {
    ReadDoc::get_missing_deps(doc, &[inner_hash(hash)]).is_empty()
}

/// Ours from Automerge's.
pub fn version_of(heads: Vec<automerge::ChangeHash>) -> Version {
    Version::new(heads.into_iter().map(outer_hash).collect())
}

/// Automerge's from ours.
pub const fn inner_hash(hash: ChangeHash) -> automerge::ChangeHash {
    automerge::ChangeHash(*hash.as_bytes())
}

/// Ours from Automerge's.
pub const fn outer_hash(hash: automerge::ChangeHash) -> ChangeHash {
    ChangeHash::from_bytes(hash.0)
}

/// Ours from Automerge's.
pub fn outer_change(mut change: automerge::Change) -> Change {
    Change {
        hash: outer_hash(change.hash()),
        deps: change.deps().iter().copied().map(outer_hash).collect(),
        bytes: change.bytes().into_owned(),
    }
}

fn automerge_author(device: DeviceId) -> Author<'static> {
    Author::from(device.as_bytes().to_vec())
}

#[cfg(test)]
mod tests;
