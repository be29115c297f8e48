//! Reflections: begun from a template, written in private, found again, deleted for ever.

use enhance_documents::{Content, Edit, NewDocument};
use enhance_model::{
    DocumentId, DocumentKind, Noun, Version,
    programme::Template,
    reflection::{Reflection, ReflectionEdit},
};
use enhance_protocol::Delete;
use enhance_store::Origin;
use serde::Serialize;

use crate::{
    DocumentStatus, DocumentSummary, DraftView, Error, InputField, LearningCore, ListPage, Reader,
    core::State,
};

/// A reflection as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReflectionView {
    pub id: DocumentId,
    /// What it says, with what was typed and is not settled.
    pub reflection: Reflection,
    /// The template it was begun from, if this device has it in that version: the prompts in
    /// their order.
    pub template: Option<Template>,
    /// What was typed and is not settled.
    pub drafts: Vec<DraftView>,
    /// The version this is of; to be handed back with edits.
    pub version: Version,
    /// How far it has come.
    pub status: DocumentStatus,
    /// Who can see it or a copy of it.
    pub readers: Vec<Reader>,
}

impl State {
    fn begin_reflection(
        &mut self,
        template: &str,
        title: &str,
        prompted_by: Option<&str>,
    ) -> Result<DocumentId, Error> {
        let facts = self.facts()?;
        let known = match self.programme()? {
            Some(pack) => {
                let known = pack.programme.template(template).cloned();
                Some(known.ok_or_else(|| Error::not_found(Noun::Template, template))?)
            }
            None => None,
        };
        facts.limits().check_text(title)?;
        let prompts = known.iter().flat_map(|template| &template.prompts);
        let reflection = Reflection {
            title: title.to_owned(),
            template: template.to_owned(),
            template_version: known.as_ref().map_or(0, |template| template.version),
            answers: prompts.map(|prompt| (prompt.key.clone(), String::new())).collect(),
            prompted_by: prompted_by.map(str::to_owned),
            created_at: self.now(),
            ..Reflection::default()
        };
        let new = NewDocument::Reflection { owner: facts.person.id, reflection };
        let (id, prepared) = self.prepare_new(&new)?;
        self.write(|write| prepared.write(write))?;
        Ok(id)
    }

    pub(crate) fn reflection(&mut self, id: DocumentId) -> Result<ReflectionView, Error> {
        let row = self.row_of(id, DocumentKind::Reflection)?;
        if self.store.document_key(id)?.is_none() {
            self.facts()?.account_key()?;
        }
        let drafts = self.drafts(id)?;
        let (summary, settled) = self.shown(id)?;
        let reflection = match self.with_drafts(id, &drafts)? {
            Some(Content::Reflection(reflection)) => reflection,
            _ => settled,
        };
        let template = self.template_in(&reflection.template, reflection.template_version)?;
        let (status, readers) = (self.status(&row)?, self.readers(&row)?);
        Ok(ReflectionView {
            id,
            reflection,
            template,
            drafts,
            version: summary.version,
            status,
            readers,
        })
    }

    /// Deletes a document for ever, and tells the server.
    fn delete(&mut self, id: DocumentId) -> Result<(), Error> {
        let (facts, row, at) = (self.facts()?, self.row(id)?, self.now());
        if !facts.is_me(row.owner) {
            return Err(Error::not_allowed("only its owner can delete a document"));
        }
        if row.kind == DocumentKind::PersonalRecord {
            return Err(Error::not_allowed("the personal record goes with the account"));
        }
        // Offered even if the server is not known to have it: an answer may have been lost.
        let deletion = self.control(id, &Delete { at })?;
        let note = match row.kind {
            DocumentKind::SharedReflection => self.without_copy(id)?,
            _ => None,
        };
        let comments = self.store.documents_about(id)?;
        self.write(|write| {
            write.delete_document(id)?;
            for document in comments {
                write.purge_document(document.id)?;
            }
            write.put_entry(&deletion, Origin::Here { at })?;
            note.iter().try_for_each(|note| note.write(write))
        })?;
        self.forget(id);
        Ok(())
    }
}

impl LearningCore {
    /// Begins a reflection from a template, in the version that is in use now.
    ///
    /// It is private. On a device that has no content pack yet any template can be named, so that
    /// nobody has to wait with what is on their mind.
    pub fn create_reflection(
        &self,
        template: &str,
        title: &str,
        prompted_by: Option<&str>,
    ) -> Result<DocumentId, Error> {
        self.with(|state| state.begin_reflection(template, title, prompted_by))
    }

    /// This person's reflections, changed last first.
    pub fn reflections(&self, page: ListPage) -> Result<Vec<DocumentSummary>, Error> {
        self.with(|state| state.listed(DocumentKind::Reflection, page))
    }

    /// A reflection.
    pub fn reflection(&self, id: DocumentId) -> Result<ReflectionView, Error> {
        self.with(|state| state.reflection(id))
    }

    /// Edits a reflection. `base` is the version the screen showed; none means as it stands.
    ///
    /// What is returned is to be handed back by a screen that goes on showing what it showed and
    /// what was typed into it; one that reads the entry again hands back that version.
    pub fn edit_reflection(
        &self,
        id: DocumentId,
        base: Option<&Version>,
        edits: &[ReflectionEdit],
    ) -> Result<Version, Error> {
        let is_bookkeeping = |edit: &ReflectionEdit| {
            matches!(edit, ReflectionEdit::AddCopy { .. } | ReflectionEdit::RemoveCopy { .. })
        };
        if edits.iter().any(is_bookkeeping) {
            return Err(Error::invalid(
                InputField::Edit,
                "copies are noted by sharing and deleting",
            ));
        }
        let edits: Vec<Edit> = edits.iter().cloned().map(Edit::Reflection).collect();
        self.with(|state| {
            state.writable(id, DocumentKind::Reflection)?;
            state.edit(id, base, &edits)
        })
    }

    /// Deletes an entry for ever: its key is destroyed, and nothing but its id is kept.
    ///
    /// Only its owner can. Copies of a reflection that were shared stay until they are deleted.
    pub fn delete(&self, id: DocumentId) -> Result<(), Error> {
        self.with(|state| state.delete(id))
    }
}
