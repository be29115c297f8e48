//! What a write changed: enough for an app to know which screens to read again.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::DocumentId;

/// What kind of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Documents and what screens show of them.
    Documents,
    /// What is typed and not yet in a document.
    Drafts,
    /// How far entries have come on their way to the server and to others.
    Status,
    /// Who may do what with a document.
    Members,
    /// Work the server refused.
    Quarantine,
    /// People on the programme.
    People,
    /// Content packs and their files.
    Packs,
    /// How this device stands with the server.
    Sync,
    /// Facts about the account.
    Account,
    /// Who else has a plan open.
    Company,
}

impl Topic {
    pub const ALL: [Self; 10] = [
        Self::Documents,
        Self::Drafts,
        Self::Status,
        Self::Members,
        Self::Quarantine,
        Self::People,
        Self::Packs,
        Self::Sync,
        Self::Account,
        Self::Company,
    ];
}

/// What a write changed, coarsely: topics, and the documents concerned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    topics: BTreeMap<Topic, BTreeSet<DocumentId>>,
}

impl Changes {
    /// That something of a topic changed, of no document in particular.
    pub fn of(topic: Topic) -> Self {
        let mut changes = Self::default();
        changes.touch(topic);
        changes
    }

    /// That anything may have changed.
    pub fn of_everything() -> Self {
        let mut changes = Self::default();
        for topic in Topic::ALL {
            changes.touch(topic);
        }
        changes
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.topics.is_empty()
    }

    /// Whether anything of this topic changed.
    pub fn touches(&self, topic: Topic) -> bool {
        self.topics.contains_key(&topic)
    }

    /// The topics that changed, each with the documents concerned. Not every topic has documents.
    pub fn topics(&self) -> impl Iterator<Item = (Topic, &BTreeSet<DocumentId>)> {
        self.topics.iter().map(|(topic, documents)| (*topic, documents))
    }

    /// The documents concerned by changes of this topic.
    pub fn documents(&self, topic: Topic) -> impl Iterator<Item = DocumentId> {
        self.topics.get(&topic).into_iter().flatten().copied()
    }

    /// Adds what another write changed.
    pub fn merge(&mut self, other: Self) {
        for (topic, documents) in other.topics {
            self.topics.entry(topic).or_default().extend(documents);
        }
    }

    pub(crate) fn touch(&mut self, topic: Topic) {
        self.topics.entry(topic).or_default();
    }

    pub(crate) fn touch_document(&mut self, topic: Topic, document: DocumentId) {
        self.topics.entry(topic).or_default().insert(document);
    }
}
