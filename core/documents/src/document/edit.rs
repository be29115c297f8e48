//! Editing: what a person did to what their screen showed becomes one change.

use std::{collections::BTreeSet, sync::Arc};

use enhance_model::{ChangeHash, Timestamp, Version};

use super::Document;
use crate::{
    Change, Content, DocumentError, Edit,
    engine::{commit, version_of},
    limits::MAX_OPERATIONS,
    schema::{
        self,
        parts::{Division, Parts},
        pen::{Known, Pen},
        view::View,
    },
};

impl Document {
    /// Makes one change of these edits; none if they change nothing.
    ///
    /// `base` is the version the screen showed. The edits are understood as edits of that version,
    /// so a text that was typed while something else arrived is merged with it by character. A
    /// screen that goes on showing what it showed hands in `Version::new(vec![change.hash])` next,
    /// one that shows the merged text hands in [`Document::version`]. Without a base the edits are
    /// of the document as it stands.
    pub fn edit(
        &mut self,
        base: Option<&Version>,
        edits: &[Edit],
        now: Timestamp,
    ) -> Result<Option<Change>, DocumentError> {
        let one = Division { most: MAX_OPERATIONS, is_allowed: false };
        Ok(self.edit_as(base, edits, (now, one))?.pop())
    }

    /// The same in one change of at most so many operations, or in several, each after the other,
    /// where texts differ by more than that. All of them are made or none.
    pub fn edit_in_parts(
        &mut self,
        base: Option<&Version>,
        edits: &[Edit],
        (now, most): (Timestamp, u64),
    ) -> Result<Vec<Change>, DocumentError> {
        self.in_parts(most, |document, division| document.edit_as(base, edits, (now, division)))
    }

    fn edit_as(
        &mut self,
        base: Option<&Version>,
        edits: &[Edit],
        (now, division): (Timestamp, Division),
    ) -> Result<Vec<Change>, DocumentError> {
        let kind = self.identity.kind;
        let standing = self.standing.take();
        let changes =
            self.at_base(base, (now, division), |pen| schema::write_each(pen, kind, edits))?;
        self.standing = match standing {
            Some(standing) if !changes.is_empty() => self.followed(standing, edits),
            standing => standing,
        };
        Ok(changes)
    }

    /// Takes out what two devices wrote at one place at once in the same words, so that it stands
    /// there once. Several devices that do so leave the same one.
    pub fn take_out_twins(
        &mut self,
        (now, most): (Timestamp, u64),
    ) -> Result<Vec<Change>, DocumentError> {
        let kind = self.identity.kind;
        let changes = self.in_parts(most, |document, division| {
            document.at_base(None, (now, division), |pen| schema::empty_twins(pen, kind))
        })?;
        self.has_twins = false;
        Ok(changes)
    }

    /// Makes one change, or several where one is too large.
    pub(super) fn in_parts(
        &mut self,
        most: u64,
        make: impl Fn(&mut Self, Division) -> Result<Vec<Change>, DocumentError>,
    ) -> Result<Vec<Change>, DocumentError> {
        match make(self, Division { most, is_allowed: false }) {
            Err(DocumentError::EditTooLarge { .. }) => {}
            done => return done,
        }
        // Made on a copy: the first of them cannot be taken back if a later one fails.
        let mut whole = self.clone();
        let changes = make(&mut whole, Division { most, is_allowed: true })?;
        *self = whole;
        Ok(changes)
    }

    /// What it says once these edits are made; none if more has to be read than they wrote.
    fn followed(&self, mut standing: Arc<Content>, edits: &[Edit]) -> Option<Arc<Content>> {
        let view = View::remembering(&self.doc, &self.texts);
        let content = Arc::make_mut(&mut standing);
        let mut read = BTreeSet::new();
        let follow = |edit: &Edit| {
            let is_read = edit.item().is_some_and(|item| !read.insert(item));
            is_read || schema::read_written(&view, content, edit)
        };
        edits.iter().all(follow).then_some(standing)
    }

    /// Writes as if the document stood at `base`, and commits all of it or nothing.
    pub(super) fn at_base(
        &mut self,
        base: Option<&Version>,
        (now, division): (Timestamp, Division),
        write: impl FnOnce(&mut Pen<'_>) -> Result<(), DocumentError>,
    ) -> Result<Vec<Change>, DocumentError> {
        self.standing = None;
        let current = self.version();
        let base = base.filter(|base| **base != current);
        if let Some(base) = base {
            let heads = self.known_heads(base)?;
            self.renew_actor_unless_in(&heads);
            self.doc.isolate(&heads);
        }
        let known = if base.is_some() { Known::Merged } else { Known::Standing };
        let pen = Pen::knowing(&mut self.doc, known(&self.texts));
        let mut pen = pen.measured(Parts::of(division, now));
        let written = write(&mut pen)
            .and_then(|()| pen.write_rest())
            .and_then(|()| schema::note_schema(&mut pen));
        let mut changes = pen.into_made();
        if written.is_err() {
            self.doc.rollback();
        }
        let limit = if division.is_allowed { MAX_OPERATIONS } else { division.most };
        let last = written.and_then(|()| commit(&mut self.doc, now, limit));
        if last.is_err() {
            self.texts.clear();
        }
        if base.is_some() {
            self.doc.integrate();
        }
        changes.extend(last?);
        Ok(changes)
    }

    /// An actor's changes follow one another. One that has written something the base does not know
    /// cannot go on from there.
    fn renew_actor_unless_in(&mut self, heads: &[automerge::ChangeHash]) {
        let actor = self.doc.get_actor().clone();
        if self.doc.get_changes_meta(heads).iter().any(|meta| *meta.actor == actor) {
            self.renew_actor();
        }
    }

    /// The document without these changes and all that depend on them, and what was left out.
    pub fn without(
        &mut self,
        rejected: &[ChangeHash],
    ) -> Result<(Self, Vec<ChangeHash>), DocumentError> {
        let mut removed: Vec<ChangeHash> = Vec::new();
        let mut kept = Vec::new();
        for change in self.changes_not_in(&version_of(Vec::new())) {
            let is_removed = rejected.contains(&change.hash)
                || change.deps.iter().any(|dep| removed.contains(dep));
            if is_removed {
                removed.push(change.hash);
            } else {
                kept.push(change.bytes);
            }
        }
        Ok((Self::open(&kept, self.author)?, removed))
    }
}
