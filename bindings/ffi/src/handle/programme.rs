//! The programme and this person's way through it.

use std::sync::Arc;

use enhance_client::{NewSession, PageView, model::ItemId};

use crate::{
    Cancellation, LearningLog, MediaView, ModuleSummary, ModuleView, PackState, PackUpdate,
    Programme, ProgressListener, Template,
    handle::{CoreHandle, Result, all, tell},
    runtime::run,
};

/// The programme and this person's way through it.
#[uniffi::export]
impl CoreHandle {
    /// The programme; none before a content pack is here.
    pub fn programme(&self) -> Result<Option<Programme>> {
        Ok(self.core.programme()?.map(Programme::from))
    }

    /// The modules with this person's progress, in the programme's order.
    pub fn modules(&self) -> Result<Vec<ModuleSummary>> {
        Ok(all(self.core.modules()?))
    }

    /// A module with its page, its outcomes and its activities.
    pub fn module(&self, key: &str) -> Result<ModuleView> {
        Ok(self.core.module(key)?.into())
    }

    /// A page of the handbook, a module or an activity.
    pub fn page(&self, key: &str) -> Result<PageView> {
        Ok(self.core.page(key)?)
    }

    /// The ways to reflect, in the programme's order.
    pub fn templates(&self) -> Result<Vec<Template>> {
        Ok(all(self.core.templates()?))
    }

    /// Notes that an activity was begun. The first time stands.
    pub fn start_activity(&self, key: &str) -> Result<()> {
        Ok(self.core.start_activity(key)?)
    }

    /// Notes that an activity was completed. The first time stands.
    pub fn complete_activity(&self, key: &str) -> Result<()> {
        Ok(self.core.complete_activity(key)?)
    }

    /// Notes time spent learning.
    pub fn add_session(&self, session: NewSession) -> Result<ItemId> {
        Ok(self.core.add_session(session)?)
    }

    /// Takes a session out of the learning log again.
    pub fn remove_session(&self, id: ItemId) -> Result<()> {
        Ok(self.core.remove_session(id)?)
    }

    /// The learning log of the training year of today: the sessions, newest first,
    /// and what they amount to.
    pub fn learning_log(&self) -> Result<LearningLog> {
        Ok(self.core.learning_log()?.into())
    }

    /// The content packs that are here or that the server offers, by key.
    pub fn packs(&self) -> Result<Vec<PackState>> {
        Ok(all(self.core.packs()?))
    }

    /// Something an activity uses: how large it is, and where, if it is here.
    pub fn media(&self, resource: &str) -> Result<MediaView> {
        Ok(self.core.media(resource)?.into())
    }

    /// The file of something an activity uses, for a host that has no files: none if it is not here,
    /// or has more than 32 MiB.
    pub fn media_bytes(&self, resource: &str) -> Result<Option<Vec<u8>>> {
        Ok(self.core.media_bytes(resource)?)
    }

    /// Fetches the newest version of a content pack and puts it to use. Goes on where an earlier
    /// attempt stopped; the version in use stays until the new one is here, whole and checked.
    pub async fn update_pack(
        &self,
        key: String,
        cancellation: Arc<Cancellation>,
        listener: Option<Arc<dyn ProgressListener>>,
    ) -> Result<PackUpdate> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move {
            Ok(core.update_pack(&key, &cancel, &tell(listener)).await?.into())
        })
        .await
    }

    /// Fetches the file of something an activity uses, and says where it is then.
    pub async fn fetch_media(
        &self,
        resource: String,
        cancellation: Arc<Cancellation>,
        listener: Option<Arc<dyn ProgressListener>>,
    ) -> Result<String> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move {
            let path = core.fetch_media(&resource, &cancel, &tell(listener)).await?;
            Ok(path.to_string_lossy().into_owned())
        })
        .await
    }
}
