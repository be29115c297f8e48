//! Reflections.
#![allow(clippy::needless_pass_by_value, reason = "options and lists cross by value")]

use enhance_client::{
    DocumentSummary, ListPosition,
    model::{DocumentId, ItemId, PersonId, Sha256, Version},
};

use crate::{
    DocumentPortion, ReflectionEdit, ReflectionView, SharedView, SharingCheck,
    handle::{CoreHandle, Result, all, page},
    values::Count,
};

#[uniffi::export]
impl CoreHandle {
    /// Begins a reflection from a template, in the version that is in use now. The title may be
    /// empty; `prompted_by` is the activity or the pause point that asked for it.
    #[uniffi::method(default(title = "", prompted_by = None))]
    pub fn create_reflection(
        &self,
        template: &str,
        title: &str,
        prompted_by: Option<String>,
    ) -> Result<DocumentId> {
        Ok(self.core.create_reflection(template, title, prompted_by.as_deref())?)
    }

    /// This person's reflections, changed last first. At most `limit`, of those after a place.
    pub fn reflections(
        &self,
        after: Option<ListPosition>,
        limit: Count,
    ) -> Result<DocumentPortion> {
        Ok(self.core.reflections(page(after, limit))?.into())
    }

    /// A reflection as its screen shows it, with what was typed and is not settled.
    pub fn reflection(&self, id: DocumentId) -> Result<ReflectionView> {
        Ok(self.core.reflection(id)?.into())
    }

    /// Edits a reflection. `base` is the version the screen showed; none means as it stands.
    pub fn edit_reflection(
        &self,
        id: DocumentId,
        base: Option<Version>,
        edits: Vec<ReflectionEdit>,
    ) -> Result<Version> {
        Ok(self.core.edit_reflection(id, base.as_ref(), &all(edits))?)
    }

    /// Shares a reflection with a person: what was typed is settled, and they get a copy of the
    /// text as it stands. With probable identifiers in it nothing is shared, and the
    /// error has the code `unacknowledged`.
    pub fn share_reflection(&self, id: DocumentId, with: PersonId) -> Result<DocumentId> {
        Ok(self.core.share_reflection(id, with)?)
    }

    /// Looks through a reflection or a project for what may tell who somebody is.
    pub fn check_before_sharing(&self, id: DocumentId) -> Result<SharingCheck> {
        Ok(self.core.check_before_sharing(id)?.into())
    }

    /// Shares a reflection in which probable identifiers were found and acknowledged.
    /// `acknowledged` comes with the check, and says nothing of the text after an edit.
    pub fn share_reflection_acknowledged(
        &self,
        id: DocumentId,
        with: PersonId,
        acknowledged: Sha256,
    ) -> Result<DocumentId> {
        Ok(self.core.share_reflection_acknowledged(id, with, acknowledged)?)
    }

    /// Looks through a reflection that is to be shared with some of its files. Nobody looks through
    /// a picture, so that each file is counted among what is asked about; their names are looked
    /// through with the texts.
    pub fn check_before_sharing_with_files(
        &self,
        id: DocumentId,
        files: Vec<ItemId>,
    ) -> Result<SharingCheck> {
        Ok(self.core.check_before_sharing_with_files(id, &files)?.into())
    }

    /// Shares a reflection with some of its files, which must be on this device. Its reader lists
    /// and fetches them under the id of the copy; they are destroyed with it. `acknowledged` comes
    /// with the check of the same files.
    pub fn share_reflection_with_files(
        &self,
        id: DocumentId,
        with: PersonId,
        files: Vec<ItemId>,
        acknowledged: Sha256,
    ) -> Result<DocumentId> {
        Ok(self.core.share_reflection_with_files(id, with, &files, acknowledged)?)
    }

    /// Reflections that others have shared with this person, newest first.
    pub fn shared_with_me(&self) -> Result<Vec<DocumentSummary>> {
        Ok(self.core.shared_with_me()?)
    }

    /// Copies that this person has shared, newest first; also those whose reflection is deleted.
    pub fn shared_by_me(&self) -> Result<Vec<DocumentSummary>> {
        Ok(self.core.shared_by_me()?)
    }

    /// A copy of a reflection, shared with this person or by them.
    pub fn shared_reflection(&self, id: DocumentId) -> Result<SharedView> {
        Ok(self.core.shared_reflection(id)?.into())
    }
}
