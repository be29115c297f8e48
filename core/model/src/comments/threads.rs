//! Comments and their answers in order, the same on every device that has the same documents.

use std::collections::{BTreeMap, BTreeSet};

use super::{Comment, CommentRef, Comments};
use crate::{DocumentId, ItemId, PersonId, Timestamp};

/// What one person says in one document.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    pub document: DocumentId,
    pub by: PersonId,
    pub comments: &'a Comments,
}

/// A comment in a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub place: CommentRef,
    pub by: PersonId,
    /// What it says. The body of one that its author deleted is empty.
    pub comment: Comment,
    /// Whether its author deleted it.
    pub is_deleted: bool,
}

/// A comment with all answers to it, and to its answers, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The comment it begins with.
    pub place: CommentRef,
    /// None if that comment is not here.
    pub first: Option<Remark>,
    pub answers: Vec<Remark>,
    /// Who settled it last, and when, unless it was opened again since.
    pub resolved: Option<(PersonId, Timestamp)>,
}

impl Thread {
    /// Who had the last word, of what was not deleted.
    pub fn last_word(&self) -> Option<PersonId> {
        let mut all = self.first.iter().chain(&self.answers);
        all.rfind(|remark| !remark.is_deleted).map(|remark| remark.by)
    }

    /// Whether somebody else than this person waits for an answer.
    pub fn waits_for(&self, me: PersonId) -> bool {
        self.resolved.is_none() && self.last_word().is_some_and(|by| by != me)
    }

    fn begun(&self) -> Option<Timestamp> {
        self.first.iter().chain(&self.answers).map(|remark| remark.comment.at).next()
    }
}

/// All threads, the one that was begun first before the others. What was deleted and has no answer
/// is in none.
///
/// Two floors: an answer to an answer stands under the comment that both are about. A circle of
/// answers, which no honest device makes, begins with the smallest of its ids.
pub fn threads(said: &[Said<'_>]) -> Vec<Thread> {
    let mut remarks = BTreeMap::new();
    for one in said {
        for (id, comment, is_deleted) in all_of(one.comments) {
            let place = CommentRef { document: one.document, id };
            let body = if is_deleted { String::new() } else { comment.body.clone() };
            let comment = Comment { body, ..comment.clone() };
            remarks.insert(place, Remark { place, by: one.by, comment, is_deleted });
        }
    }
    let roots = roots(&remarks);
    let mut threads: BTreeMap<CommentRef, Thread> = BTreeMap::new();
    for (place, remark) in remarks {
        let root = roots.get(&place).copied().unwrap_or(place);
        let thread = threads.entry(root).or_insert_with(|| Thread {
            place: root,
            first: None,
            answers: Vec::new(),
            resolved: resolved(said, root.id),
        });
        if place == root {
            thread.first = Some(remark);
        } else {
            thread.answers.push(remark);
        }
    }
    let mut threads: Vec<Thread> = threads.into_values().filter_map(shown).collect();
    threads.sort_by_key(|thread| (thread.begun(), thread.place));
    threads
}

fn all_of(comments: &Comments) -> impl Iterator<Item = (ItemId, &Comment, bool)> {
    let standing = comments.comments.iter().map(|(id, comment)| (*id, comment, false));
    standing.chain(comments.taken_back.iter().map(|(id, comment)| (*id, comment, true)))
}

/// The thread without deleted answers, in order; none if nothing in it is to be read.
fn shown(mut thread: Thread) -> Option<Thread> {
    thread.answers.retain(|remark| !remark.is_deleted);
    thread.answers.sort_by_key(|remark| (remark.comment.at, remark.place));
    let is_read = thread.first.as_ref().is_some_and(|first| !first.is_deleted);
    (is_read || !thread.answers.is_empty()).then_some(thread)
}

/// The comment that each one's thread begins with. Each is walked past once.
fn roots(remarks: &BTreeMap<CommentRef, Remark>) -> BTreeMap<CommentRef, CommentRef> {
    let mut roots: BTreeMap<CommentRef, CommentRef> = BTreeMap::new();
    for start in remarks.keys() {
        let (mut at, mut path, mut passed) = (*start, Vec::new(), BTreeSet::new());
        let root = loop {
            if let Some(root) = roots.get(&at) {
                break *root;
            }
            if !passed.insert(at) {
                let circle = path.iter().skip_while(|one| **one != at);
                break circle.min().copied().unwrap_or(at);
            }
            path.push(at);
            match remarks.get(&at).and_then(|remark| remark.comment.answers) {
                Some(above) => at = above,
                None => break at,
            }
        };
        roots.extend(path.into_iter().map(|one| (one, root)));
    }
    roots
}

/// Who settled a comment last, unless somebody opened it again then or later.
fn resolved(said: &[Said<'_>], id: ItemId) -> Option<(PersonId, Timestamp)> {
    let settled = said.iter().filter_map(|one| Some((*one.comments.resolved.get(&id)?, one.by)));
    let opened = said.iter().filter_map(|one| one.comments.reopened.get(&id).copied()).max();
    let (at, by) = settled.max()?;
    opened.is_none_or(|opened| opened < at).then_some((by, at))
}

/// A moment after all at which anybody settled a comment or opened it again, so that what is done
/// next counts, also on a device whose clock is behind.
pub fn next_moment(said: &[Said<'_>], id: ItemId, now: Timestamp) -> Timestamp {
    let moments = said.iter().flat_map(|one| {
        [one.comments.resolved.get(&id).copied(), one.comments.reopened.get(&id).copied()]
    });
    let latest = moments.flatten().max();
    latest.map_or(now, |latest| now.max(latest.plus_millis(1)))
}

#[cfg(test)]
mod tests;
