//! Sharing a reflection: a new document of the text as it stands, without the history behind it.

use enhance_documents::{Content, Edit, NewDocument};
use enhance_model::{
    DocumentId, DocumentKind, Noun, Person, PersonId, Right, Version,
    programme::Template,
    reflection::{Copy, Reflection, ReflectionEdit, SharedReflection},
};
use enhance_protocol::{EntryBody, Grant};
use enhance_store::{List, Origin};
use serde::Serialize;

use crate::{
    DocumentStatus, DocumentSummary, Error, LearningCore, ListPage,
    core::State,
    writing::edits::{EditsOf, PendingWrite, own_entry, own_grant},
};

/// A copy of a reflection as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedView {
    pub id: DocumentId,
    pub copy: SharedReflection,
    /// The template it was written in, if this device has it in that version.
    pub template: Option<Template>,
    pub owner: Option<Person>,
    /// The version this is of.
    pub version: Version,
    /// How far it has come.
    pub status: DocumentStatus,
}

impl State {
    fn share(&mut self, id: DocumentId, with: PersonId) -> Result<DocumentId, Error> {
        let row = self.writable(id, DocumentKind::Reflection)?;
        self.somebody_else(with)?;
        self.settle(id)?;
        let at = self.now();
        let Content::Reflection(reflection) = self.document(id)?.content()? else {
            return Err(Error::not_found(Noun::Reflection, id));
        };
        let new =
            NewDocument::SharedReflection { owner: row.owner, copy: reflection.to_shared(at) };
        let (document, copy) = self.prepare_new(&new)?;
        let grant = Grant { id: self.item_id(), to: with, right: Right::Read, at };
        let granted =
            own_entry(grant.offer(document), vec![self.create_of(document)?], &*self.facts()?)?;
        let noted = ReflectionEdit::AddCopy { document, copy: Copy { with, at } };
        let note = self.note(id, noted)?;
        self.write(|write| {
            copy.write(write)?;
            write.put_entry(&granted, Origin::Here { at })?;
            write.put_grant(&own_grant(document, &grant))?;
            note.iter().try_for_each(|note| note.write(write))
        })?;
        Ok(document)
    }

    /// What notes in a reflection that one of its copies is gone.
    pub(crate) fn without_copy(
        &mut self,
        document: DocumentId,
    ) -> Result<Option<PendingWrite>, Error> {
        let kind = Some(DocumentKind::Reflection);
        for summary in self.store.list(&List { kind, limit: u32::MAX, ..List::default() })? {
            let (_, reflection) = self.shown::<Reflection>(summary.document)?;
            if reflection.copies.contains_key(&document) {
                return self.note(summary.document, ReflectionEdit::RemoveCopy { document });
            }
        }
        Ok(None)
    }

    fn note(
        &mut self,
        id: DocumentId,
        edit: ReflectionEdit,
    ) -> Result<Option<PendingWrite>, Error> {
        let edits = [Edit::Reflection(edit)];
        let prepared = self.prepare_edits(id, &[EditsOf { base: None, edits: &edits }])?;
        Ok(prepared.map(|(_, prepared)| prepared))
    }

    pub(crate) fn shared(&mut self, id: DocumentId) -> Result<SharedView, Error> {
        let row = self.row_of(id, DocumentKind::SharedReflection)?;
        let (summary, copy) = self.shown::<SharedReflection>(id)?;
        let template = self.template_in(&copy.template, copy.template_version)?;
        let (owner, status) = (self.person(row.owner)?, self.status(&row)?);
        Ok(SharedView { id, copy, template, owner, version: summary.version, status })
    }

    /// Copies of this person's reflections, or of others'.
    fn copies(&mut self, mine: bool) -> Result<Vec<DocumentSummary>, Error> {
        let facts = self.facts()?;
        let mut listed = self.listed(DocumentKind::SharedReflection, ListPage::ALL)?;
        listed.retain(|one| self.row(one.id).is_ok_and(|row| facts.is_me(row.owner) == mine));
        Ok(listed)
    }
}

impl LearningCore {
    /// Shares a reflection with somebody: what was typed is settled, and they get a copy of the
    /// text as it stands. It never changes; sharing again makes another one.
    pub fn share_reflection(&self, id: DocumentId, with: PersonId) -> Result<DocumentId, Error> {
        self.with(|state| state.share(id, with))
    }

    /// Reflections that others have shared with this person, newest first.
    pub fn shared_with_me(&self) -> Result<Vec<DocumentSummary>, Error> {
        self.with(|state| state.copies(false))
    }

    /// Copies that this person has shared, newest first; also those whose reflection is deleted.
    pub fn shared_by_me(&self) -> Result<Vec<DocumentSummary>, Error> {
        self.with(|state| state.copies(true))
    }

    /// A copy of a reflection, shared with this person or by them.
    pub fn shared_reflection(&self, id: DocumentId) -> Result<SharedView, Error> {
        self.with(|state| state.shared(id))
    }
}
