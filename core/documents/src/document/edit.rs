//! Editing: what a person did to what their screen showed becomes one change.

use std::{collections::BTreeSet, sync::Arc};

use enhance_model::{ChangeHash, Timestamp, Version};

use super::Document;
use crate::{
    Change, Content, DocumentError, Edit,
    engine::version_of,
    schema::{
        self,
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
        let kind = self.identity.kind;
        let standing = self.standing.take();
        let change = self.at_base(base, now, |pen| {
            edits.iter().try_for_each(|edit| schema::write(pen, kind, edit))
        })?;
        self.standing = match standing {
            Some(standing) if change.is_some() => self.followed(standing, edits),
            standing => standing,
        };
        Ok(change)
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
        now: Timestamp,
        write: impl FnOnce(&mut Pen<'_>) -> Result<(), DocumentError>,
    ) -> Result<Option<Change>, DocumentError> {
        self.standing = None;
        let current = self.version();
        let base = base.filter(|base| **base != current);
        if let Some(base) = base {
            let heads = self.known_heads(base)?;
            self.renew_actor_unless_in(&heads);
            self.doc.isolate(&heads);
        }
        let known = if base.is_some() { Known::Merged } else { Known::Standing };
        let mut pen = Pen::knowing(&mut self.doc, known(&self.texts));
        let written = write(&mut pen).and_then(|()| schema::note_schema(&mut pen));
        if written.is_err() {
            self.doc.rollback();
        }
        let change = written.and_then(|()| self.commit(now));
        if change.is_err() {
            self.texts.clear();
        }
        if base.is_some() {
            self.doc.integrate();
        }
        change
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
