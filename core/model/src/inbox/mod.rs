//! What waits for a person: found in what they may read, in one order, and gone once it was seen or
//! done.
//!
//! Each document of theirs is looked at by itself, together with what is about it, and says what
//! waits in it and since when. That moment may be still to come, so that nothing has to be looked
//! at again because time passes.

mod kind;
mod open_comments;
mod project;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use self::{
    kind::{InboxKind, Leaves},
    open_comments::{OpenComment, open_comments, open_suggestions},
    project::{
        MOST_OF_KIND, SILENT_MILLIS, is_under_way, last_words, measures_without_value, project,
    },
    rules::{
        AnswerFacts, EndedFacts, OfferFacts, copy, handover, invitation, record, request,
        sign_off_ended, ticket,
    },
};
use crate::{CalendarDate, DocumentId, ItemId, PersonId, Timestamp};

/// One thing that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxItem {
    /// The same on every device of a person.
    pub id: ItemId,
    pub kind: InboxKind,
    /// What to open: the plan, the copy, the request, the personal record.
    pub document: DocumentId,
    /// Where in it: a section's name or an item's id. Empty for the whole.
    pub place: String,
    /// What the document is called.
    pub title: String,
    /// What it is about, in the first words of who wrote them. May be empty.
    pub words: String,
    /// Who of several said what, where they say it to one person: the first to say so first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<(PersonId, String)>,
    /// Who waits, or who answered. Nobody where nobody did anything.
    pub from: Vec<PersonId>,
    /// Since when it waits.
    pub since: Timestamp,
    /// From when something else says it better; none where it stays.
    pub until: Option<Timestamp>,
    /// The document on which it is said that it was seen, if others are told.
    pub receipt: Option<DocumentId>,
}

/// Who reads an inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InboxReader {
    pub person: PersonId,
    /// Whether they supervise, or are a fellow.
    pub is_educator: bool,
}

/// What is known of a document beside what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentFacts<'a> {
    pub id: DocumentId,
    pub owner: PersonId,
    pub title: &'a str,
    /// Device clock of its last change.
    pub changed_at: Timestamp,
    /// Device clock of the last change that the reader made; none where they made none, or where
    /// nothing asks for it.
    pub written_at: Option<Timestamp>,
    /// Whether the reader has said that they saw it.
    pub is_seen: bool,
}

/// How much waits of each kind, for badges.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxCounts {
    /// Kinds of which nothing waits are not in it.
    pub by_kind: BTreeMap<InboxKind, u64>,
}

impl InboxCounts {
    /// How much waits in all.
    pub fn total(&self) -> u64 {
        self.by_kind.values().sum()
    }
}

impl InboxItem {
    fn new(kind: InboxKind, document: &DocumentFacts<'_>, since: Timestamp) -> Self {
        Self {
            id: ItemId::from_bytes([0; 16]),
            kind,
            document: document.id,
            place: String::new(),
            title: document.title.to_owned(),
            words: String::new(),
            said: Vec::new(),
            from: Vec::new(),
            since,
            until: None,
            receipt: None,
        }
    }

    /// Gives it its id, which follows from all that makes it another thing to see.
    fn known_by(mut self, what: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(b"enhance inbox 1\0");
        hasher.update(self.kind.as_str().as_bytes());
        hasher.update(self.document.as_bytes());
        for part in what {
            hasher.update([0]);
            hasher.update(part);
        }
        self.id = ItemId::from_hash(hasher.finalize().into());
        self
    }

    /// What it is about, with who said what where several say different things. Those of whom
    /// `named` knows no name are somebody.
    pub fn words_with_names(&self, named: &dyn Fn(PersonId) -> Option<String>) -> String {
        let mut said = self.said.iter().map(|(_, words)| words);
        let first = said.next();
        if said.all(|words| Some(words) == first) {
            return self.words.clone();
        }
        let one = |(by, words): &(PersonId, String)| {
            let name = named(*by).unwrap_or_else(|| "somebody".to_owned());
            format!("{name}: {words}")
        };
        self.said.iter().map(one).collect::<Vec<_>>().join(" / ")
    }

    /// Whether it waits at a moment.
    pub fn waits_at(&self, now: Timestamp) -> bool {
        self.since <= now && self.until.is_none_or(|until| now < until)
    }
}

/// What waits at a moment, the newest first.
pub fn waiting(items: Vec<InboxItem>, now: Timestamp) -> Vec<InboxItem> {
    let mut waiting: Vec<InboxItem> = items.into_iter().filter(|one| one.waits_at(now)).collect();
    waiting.sort_by_key(|one| std::cmp::Reverse((one.since, one.id)));
    waiting
}

/// The first moment of a day, by the clock of the world.
fn begin_of(day: CalendarDate) -> Option<Timestamp> {
    let zoned = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Timestamp::from_unix_millis(zoned.timestamp().as_millisecond()))
}

/// The first words of what somebody wrote, on one line.
fn first_words(text: &str) -> String {
    first_letters(text, 160)
}

/// So many letters of what somebody wrote, on one line.
fn first_letters(text: &str, letters: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
