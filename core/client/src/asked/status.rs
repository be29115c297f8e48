//! How far an entry has come: saved here, sent, stored by the server, seen by somebody.

use enhance_model::{
    DocumentId, DocumentKind, Person, Right, Timestamp, Version,
    reflection::{Reflection, SharedReflection},
};
use enhance_protocol::Seen;
use enhance_store::{DocumentRow, Origin, SeenRow};
use serde::{Deserialize, Serialize};

use crate::{Error, LearningCore, core::State};

/// How far an entry has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentStatus {
    /// How far the newest of it has come.
    pub stage: Stage,
    /// Who has seen it; of a reflection, who has seen a copy.
    pub seen_by: Vec<ReadReceipt>,
    /// Whether the server refused something of it that the person has not dealt with.
    pub quarantined: bool,
}

/// How far the newest of an entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is on this device.
    Saved,
    /// It was sent, and the server has not confirmed it.
    Sent,
    /// The server has it.
    Stored,
}

/// That somebody has seen an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadReceipt {
    pub person: Person,
    /// When, by their clock.
    pub at: Timestamp,
    /// Whether it still says what they saw.
    pub current: bool,
}

/// Somebody who can read an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reader {
    pub person: Person,
    /// What they may do.
    pub right: Right,
    /// The document they read: the entry itself, or a copy of it.
    pub via: DocumentId,
    /// When they saw it, by their clock.
    pub seen: Option<Timestamp>,
}

impl State {
    /// How far a document has come.
    pub(crate) fn status(&mut self, row: &DocumentRow) -> Result<DocumentStatus, Error> {
        let status = self.store.status(row.id)?;
        let is_typed = !self.store.drafts(row.id)?.is_empty();
        let stage = if is_typed || status.unsent > 0 {
            Stage::Saved
        } else if status.sent_unconfirmed > 0 || status.unverified > 0 {
            Stage::Sent
        } else {
            Stage::Stored
        };
        let seen_by = self.seen_by(row)?;
        Ok(DocumentStatus { stage, seen_by, quarantined: status.quarantined > 0 })
    }

    fn seen_by(&mut self, row: &DocumentRow) -> Result<Vec<ReadReceipt>, Error> {
        let mut seen_by = self.seen_of(row.id, |seen| seen.version == row.version)?;
        if row.kind == DocumentKind::Reflection {
            let (_, reflection) = self.shown::<Reflection>(row.id)?;
            for copy in reflection.copies.keys().filter(|copy| self.row(**copy).is_ok()) {
                let (_, shared) = self.shown::<SharedReflection>(*copy)?;
                let is_current = reflection.to_shared(shared.shared_at) == shared;
                seen_by.extend(self.seen_of(*copy, |_| is_current)?);
            }
        }
        seen_by.sort_by_key(|seen| std::cmp::Reverse(seen.at));
        Ok(seen_by)
    }

    fn seen_of(
        &self,
        document: DocumentId,
        is_current: impl Fn(&SeenRow) -> bool,
    ) -> Result<Vec<ReadReceipt>, Error> {
        let mut seen_by = Vec::new();
        for seen in self.store.seen(document)? {
            if let Some(person) = self.person(seen.person)? {
                seen_by.push(ReadReceipt { person, at: seen.at, current: is_current(&seen) });
            }
        }
        Ok(seen_by)
    }

    /// Everybody who can read a document, its copies included.
    pub(crate) fn readers(&mut self, row: &DocumentRow) -> Result<Vec<Reader>, Error> {
        let governing = match row.about {
            Some(plan) if row.kind == DocumentKind::Comments => self.row(plan)?,
            _ => row.clone(),
        };
        let mut readers = self.readers_of(&governing)?;
        if row.kind == DocumentKind::Reflection {
            let (_, reflection) = self.shown::<Reflection>(row.id)?;
            for copy in reflection.copies.keys() {
                if let Ok(copy) = self.row(*copy) {
                    let of_copy = self.readers_of(&copy)?;
                    readers.extend(of_copy.into_iter().filter(|one| one.right != Right::Own));
                }
            }
        }
        Ok(readers)
    }

    fn readers_of(&self, row: &DocumentRow) -> Result<Vec<Reader>, Error> {
        let seen = self.store.seen(row.id)?;
        let reader = |member: crate::Member| Reader {
            seen: seen.iter().find(|seen| seen.person == member.person.id).map(|seen| seen.at),
            person: member.person,
            right: member.right,
            via: row.id,
        };
        Ok(self.members(row)?.into_iter().map(reader).collect())
    }

    /// Says that this person has seen a document of somebody else's, once for each version.
    fn mark_seen(&mut self, row: &DocumentRow) -> Result<(), Error> {
        let (facts, at) = (self.facts()?, self.now());
        let mut seen = self.store.seen(row.id)?.into_iter();
        let seen_already = seen.any(|seen| facts.is_me(seen.person) && seen.version == row.version);
        if facts.is_me(row.owner) || seen_already || row.version == Version::default() {
            return Ok(());
        }
        let entry = self.control(row.id, &Seen { version: row.version.clone(), at })?;
        let (document, person) = (row.id, facts.person.id);
        let seen = SeenRow { document, person, at, version: row.version.clone() };
        self.write(|write| {
            write.put_entry(&entry, Origin::Here { at })?;
            Ok(write.put_seen(&seen)?)
        })
    }
}

impl LearningCore {
    /// How far an entry has come.
    pub fn status(&self, document: DocumentId) -> Result<DocumentStatus, Error> {
        self.with(|state| {
            let row = state.row(document)?;
            state.status(&row)
        })
    }

    /// Who can see an entry: everybody with a right to it or to a copy of it, its owner first.
    pub fn readers(&self, document: DocumentId) -> Result<Vec<Reader>, Error> {
        self.with(|state| {
            let row = state.row(document)?;
            state.readers(&row)
        })
    }

    /// Lets the owner of an entry know that this person has seen it as it is now.
    pub fn mark_seen(&self, document: DocumentId) -> Result<(), Error> {
        self.with(|state| {
            let row = state.row(document)?;
            state.mark_seen(&row)
        })
    }
}
