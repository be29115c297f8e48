//! Texts that one change has no room for, divided into several.

use std::mem;

use automerge::{AutoCommit, ObjId, transaction::Transactable};
use enhance_model::Timestamp;

use crate::{Change, DocumentError, engine, limits::MAX_OPERATIONS};

/// How much one change may hold, and whether what is more becomes several.
#[derive(Debug, Clone, Copy)]
pub struct Division {
    /// Operations of one change.
    pub most: u64,
    pub is_allowed: bool,
}

/// What a pen leaves for later that divides, and the changes that it made so far.
pub struct Parts {
    now: Timestamp,
    /// Operations after which no text goes into a change. Where it divides, some are kept back for
    /// whatever stands beside a text.
    most: usize,
    divides: bool,
    later: Vec<Stretch>,
    made: Vec<Change>,
}

/// What is to be replaced of a text.
struct Stretch {
    text: ObjId,
    at: usize,
    deleted: usize,
    inserted: String,
}

impl Parts {
    pub fn of(Division { most, is_allowed: divides }: Division, now: Timestamp) -> Self {
        let most = if divides { most - most / 16 } else { most };
        let most = usize::try_from(most).unwrap_or(usize::MAX).max(1);
        Self { now, most, divides, later: Vec::new(), made: Vec::new() }
    }

    /// Whether the change that is being written has room for so many operations.
    pub fn has_room(&self, doc: &AutoCommit, operations: usize) -> bool {
        doc.pending_ops().saturating_add(operations) <= self.most
    }

    /// Leaves a replacement in a text for later: what it belongs to is in one change. One that does
    /// not divide refuses it before it costs anything.
    pub fn leave(
        &mut self,
        (doc, text): (&AutoCommit, &ObjId),
        at: usize,
        deleted: usize,
        inserted: &str,
    ) -> Result<(), DocumentError> {
        if !self.divides {
            let operations = doc.pending_ops() + deleted + inserted.chars().count();
            let (operations, limit) = (operations as u64, self.most as u64);
            return Err(DocumentError::EditTooLarge { operations, limit });
        }
        let (text, inserted) = (text.clone(), inserted.to_owned());
        self.later.push(Stretch { text, at, deleted, inserted });
        Ok(())
    }

    /// Writes what was left, in as many changes as it takes. The last of them is not made yet, so
    /// that more goes into it.
    pub fn write(&mut self, doc: &mut AutoCommit) -> Result<(), DocumentError> {
        for Stretch { text, mut at, mut deleted, inserted } in mem::take(&mut self.later) {
            let mut rest = inserted.as_str();
            while deleted > 0 || !rest.is_empty() {
                let Some(room) = self.most.checked_sub(doc.pending_ops()).filter(|room| *room > 0)
                else {
                    self.made.extend(engine::commit(doc, self.now, MAX_OPERATIONS)?);
                    continue;
                };
                let gone = deleted.min(room);
                let (piece, after) = first_chars(rest, room - gone);
                doc.splice_text(&text, at, isize::try_from(gone).unwrap_or(isize::MAX), piece)?;
                at += piece.chars().count();
                deleted -= gone;
                rest = after;
            }
        }
        Ok(())
    }

    /// The changes that were made so far, in their order.
    pub fn into_made(self) -> Vec<Change> {
        self.made
    }
}

fn first_chars(text: &str, count: usize) -> (&str, &str) {
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    text.split_at(end)
}
