//! Reflections.
#![allow(clippy::needless_pass_by_value, reason = "options and lists cross by value")]

use enhance_client::{
    DocumentSummary, ListPage, ReflectionView, SharedView,
    model::{DocumentId, PersonId, Version},
};

use crate::{
    ReflectionEdit,
    handle::{CoreHandle, Result},
};

#[uniffi::export]
impl CoreHandle {
    /// Begins a reflection from a template. The title may be empty; `prompted_by` is the activity
    /// or the pause point that asked for it.
    #[uniffi::method(default(title = "", prompted_by = None))]
    pub fn create_reflection(
        &self,
        template: &str,
        title: &str,
        prompted_by: Option<String>,
    ) -> Result<DocumentId> {
        Ok(self.core.create_reflection(template, title, prompted_by.as_deref())?)
    }

    /// The reflections of this person, changed last first.
    #[uniffi::method(default(offset = 0, limit = 50))]
    pub fn reflections(&self, offset: u32, limit: u32) -> Result<Vec<DocumentSummary>> {
        Ok(self.core.reflections(ListPage { offset, limit })?)
    }

    /// A reflection.
    pub fn reflection(&self, id: DocumentId) -> Result<ReflectionView> {
        Ok(self.core.reflection(id)?)
    }

    /// Edits a reflection. `base` is the version the screen showed; none means as it stands.
    pub fn edit_reflection(
        &self,
        id: DocumentId,
        base: Option<Version>,
        edits: Vec<ReflectionEdit>,
    ) -> Result<Version> {
        let edits: Vec<_> = edits.into_iter().map(Into::into).collect();
        Ok(self.core.edit_reflection(id, base.as_ref(), &edits)?)
    }

    /// Shares a reflection with somebody: they get a copy of the text as it stands.
    pub fn share_reflection(&self, id: DocumentId, with: PersonId) -> Result<DocumentId> {
        Ok(self.core.share_reflection(id, with)?)
    }

    /// Reflections that others have shared with this person, newest first.
    pub fn shared_with_me(&self) -> Result<Vec<DocumentSummary>> {
        Ok(self.core.shared_with_me()?)
    }

    /// Copies that this person has shared, newest first.
    pub fn shared_by_me(&self) -> Result<Vec<DocumentSummary>> {
        Ok(self.core.shared_by_me()?)
    }

    /// A copy of a reflection, shared with this person or by them.
    pub fn shared_reflection(&self, id: DocumentId) -> Result<SharedView> {
        Ok(self.core.shared_reflection(id)?)
    }
}
