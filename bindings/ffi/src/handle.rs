//! [`CoreHandle`]: every method of the core, each handed over in a line.
#![allow(clippy::needless_pass_by_value, reason = "options and lists cross by value")]

use std::{collections::HashMap, path::PathBuf, sync::Arc, sync::Mutex};

use enhance_client::{
    Account, Budget, Conditions, DraftField, EntryStatus, Environment, HistoryView, HttpTransport,
    LearningCore, LearningLog, Listed, ModuleSummary, ModuleView, NewSession, PackState,
    PackUpdate, Page, PageView, Progress, ProjectView, QuarantineSummary, QuarantineView, Reader,
    ReflectionView, SharedView, SyncReport, TextField,
    model::{
        DocumentId, ItemId, Person, PersonId, Right, Version,
        change_project::{ChangeProject, ProjectEdit},
        programme::{Programme, Template},
    },
};

use crate::{
    Cancellation, Changes, CommentEdit, CoreError, Enrolled, Hit, KeepInSync, KeyStore,
    ListenerError, Media, Observer, ProgressListener, ReflectionEdit, Subscription, SyncState,
    TextPart,
    host::HostKeys,
    runtime::{run, runtime},
};

type Result<T> = std::result::Result<T, CoreError>;

/// What `LearningCore` of the Kotlin and Swift libraries holds; see there how it is used.
///
/// What is local blocks the thread that asks, for milliseconds, and is durable when it returns.
/// What needs the network is `async` and works on threads of its own.
#[derive(uniffi::Object)]
pub struct CoreHandle {
    core: LearningCore,
}

/// Moves the database in a folder to a dated folder beside it, whole, and says where. For one that
/// is damaged or whose key is lost; after that the folder can be opened anew.
#[uniffi::export]
pub fn set_aside(folder: String) -> Result<String> {
    let moved = LearningCore::set_aside(PathBuf::from(folder), &Environment::real())?;
    Ok(moved.to_string_lossy().into_owned())
}

#[uniffi::export]
impl CoreHandle {
    /// Opens the account in a folder with the key that the phone keeps, and makes both if there is
    /// no database yet. The folder is this core's alone until it is suspended.
    ///
    /// `authorities` are the certificate authorities to trust, each as DER bytes; without them
    /// those of the operating system, which on Android only the host can read.
    #[uniffi::constructor]
    pub fn open(
        folder: String,
        keys: Arc<dyn KeyStore>,
        authorities: Option<Vec<Vec<u8>>>,
    ) -> Result<Self> {
        let transport = authorities
            .map_or_else(HttpTransport::new, |authorities| HttpTransport::trusting(&authorities));
        let environment = Environment::with(transport);
        Ok(Self { core: LearningCore::open_with(folder.into(), &HostKeys(keys), environment)? })
    }

    /// Lets go of the folder before the operating system freezes the app. Everything else is
    /// answered with `Suspended` from now on.
    pub fn suspend(&self) {
        self.core.suspend();
    }

    /// Opens the folder again.
    pub fn resume(&self) -> Result<()> {
        Ok(self.core.resume()?)
    }

    /// Tells `observer` of every change until the subscription is cancelled or let go of.
    pub fn observe(&self, observer: Arc<dyn Observer>) -> Subscription {
        let observe = self.core.observe(move |changes| {
            note("an observer", observer.changed(Changes::from(changes)));
        });
        Subscription(Mutex::new(Some(observe)))
    }
}

/// Whose device this is.
#[uniffi::export]
impl CoreHandle {
    /// Whose device this is; none before enrolment.
    pub fn account(&self) -> Result<Option<Account>> {
        Ok(self.core.account()?)
    }

    /// Everybody on the programme this device has heard of.
    pub fn people(&self) -> Result<Vec<Person>> {
        Ok(self.core.people()?)
    }

    /// Opens the private entries of this person with the recovery key of their first device.
    pub fn use_recovery_key(&self, typed: &str) -> Result<()> {
        Ok(self.core.use_recovery_key(typed)?)
    }

    /// Makes this device one of a person's, with the invitation they were given.
    pub async fn enrol(
        &self,
        server: String,
        invitation: String,
        device_name: String,
        cancellation: Arc<Cancellation>,
    ) -> Result<Enrolled> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move {
            core.enrol(&server, &invitation, &device_name, &cancel).await.map(Enrolled::from)
        })
        .await
    }

    /// Makes an invitation for another device of the same person.
    pub async fn invite_device(&self, cancellation: Arc<Cancellation>) -> Result<String> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move { core.invite_device(&cancel).await }).await
    }
}

/// The programme and this person's way through it.
#[uniffi::export]
impl CoreHandle {
    /// The programme; none before a content pack is here.
    pub fn programme(&self) -> Result<Option<Programme>> {
        Ok(self.core.programme()?)
    }

    /// The modules with this person's progress, in the programme's order.
    pub fn modules(&self) -> Result<Vec<ModuleSummary>> {
        Ok(self.core.modules()?)
    }

    /// A module with its page, its outcomes and its activities.
    pub fn module(&self, key: &str) -> Result<ModuleView> {
        Ok(self.core.module(key)?)
    }

    /// A page of the handbook, a module or an activity.
    pub fn page(&self, key: &str) -> Result<PageView> {
        Ok(self.core.page(key)?)
    }

    /// The ways to reflect, in the programme's order.
    pub fn templates(&self) -> Result<Vec<Template>> {
        Ok(self.core.templates()?)
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

    /// The learning log.
    pub fn learning_log(&self) -> Result<LearningLog> {
        Ok(self.core.learning_log()?)
    }

    /// The content packs that are here or that the server offers.
    pub fn packs(&self) -> Result<Vec<PackState>> {
        Ok(self.core.packs()?)
    }

    /// Something an activity uses: how large it is, and where, if it is here.
    pub fn media(&self, resource: &str) -> Result<Media> {
        Ok(self.core.media(resource)?.into())
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
        run(cancel.clone(), async move { core.update_pack(&key, &cancel, &tell(listener)).await })
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

/// Reflections.
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
    pub fn reflections(&self, offset: u32, limit: u32) -> Result<Vec<Listed>> {
        Ok(self.core.reflections(Page { offset, limit })?)
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
    pub fn shared_with_me(&self) -> Result<Vec<Listed>> {
        Ok(self.core.shared_with_me()?)
    }

    /// Copies that this person has shared, newest first.
    pub fn shared_by_me(&self) -> Result<Vec<Listed>> {
        Ok(self.core.shared_by_me()?)
    }

    /// A copy of a reflection, shared with this person or by them.
    pub fn shared_reflection(&self, id: DocumentId) -> Result<SharedView> {
        Ok(self.core.shared_reflection(id)?)
    }
}

/// Change projects.
#[uniffi::export]
impl CoreHandle {
    /// Begins a plan. `topic` is the key of its domain; it and `setting` may be empty.
    #[uniffi::method(default(topic = "", setting = ""))]
    pub fn create_project(&self, title: &str, topic: &str, setting: &str) -> Result<DocumentId> {
        Ok(self.core.create_project(title, topic, setting)?)
    }

    /// The plans this person takes part in, changed last first.
    #[uniffi::method(default(offset = 0, limit = 50))]
    pub fn projects(&self, offset: u32, limit: u32) -> Result<Vec<Listed>> {
        Ok(self.core.projects(Page { offset, limit })?)
    }

    /// A plan.
    pub fn project(&self, id: DocumentId) -> Result<ProjectView> {
        Ok(self.core.project(id)?)
    }

    /// Edits a plan. `base` is the version the screen showed; none means as it stands.
    pub fn edit_project(
        &self,
        id: DocumentId,
        base: Option<Version>,
        edits: Vec<ProjectEdit>,
    ) -> Result<Version> {
        Ok(self.core.edit_project(id, base.as_ref(), &edits)?)
    }

    /// A fresh id, for an item that is about to be added to a plan.
    pub fn new_item_id(&self) -> ItemId {
        self.core.new_item_id()
    }

    /// Says something about a plan. `anchor` is a section's name or an item's id; empty for the
    /// whole plan.
    #[uniffi::method(default(anchor = ""))]
    pub fn comment(&self, project: DocumentId, body: &str, anchor: &str) -> Result<ItemId> {
        Ok(self.core.comment(project, anchor, body)?)
    }

    /// Changes this person's own comments on a plan.
    pub fn edit_comments(&self, project: DocumentId, edits: Vec<CommentEdit>) -> Result<()> {
        let edits: Vec<_> = edits.into_iter().map(Into::into).collect();
        Ok(self.core.edit_comments(project, &edits)?)
    }

    /// Lets somebody take part in a plan.
    pub fn add_member(&self, project: DocumentId, person: PersonId, right: Right) -> Result<()> {
        Ok(self.core.add_member(project, person, right)?)
    }

    /// Ends somebody's part in a plan.
    pub fn remove_member(&self, project: DocumentId, person: PersonId) -> Result<()> {
        Ok(self.core.remove_member(project, person)?)
    }

    /// Every change of a plan, oldest first.
    pub fn history(&self, id: DocumentId) -> Result<Vec<HistoryView>> {
        Ok(self.core.history(id)?)
    }

    /// A plan as it was at an earlier version.
    pub fn project_at(&self, id: DocumentId, version: &Version) -> Result<ChangeProject> {
        Ok(self.core.project_at(id, version)?)
    }

    /// Who wrote which part of a text. The parts together are the text.
    pub fn text_authors(&self, id: DocumentId, field: &TextField) -> Result<Vec<TextPart>> {
        Ok(self.core.text_authors(id, field)?.into_iter().map(TextPart::from).collect())
    }

    /// Who wrote each field last, by its path such as `aim/direction`.
    pub fn field_authors(&self, id: DocumentId) -> Result<HashMap<String, Option<Person>>> {
        Ok(self.core.field_authors(id)?.into_iter().collect())
    }
}

/// Every kind of entry.
#[uniffi::export]
impl CoreHandle {
    /// Keeps what a person is typing. Durable when this returns, and not yet in any history.
    pub fn autosave(
        &self,
        id: DocumentId,
        field: &DraftField,
        base: &Version,
        text: &str,
    ) -> Result<()> {
        Ok(self.core.autosave(id, field, base, text)?)
    }

    /// Makes what was typed part of the document, merged with whatever arrived since.
    pub fn settle(&self, id: DocumentId) -> Result<Version> {
        Ok(self.core.settle(id)?)
    }

    /// Documents in which something was typed and is not settled.
    pub fn unsettled(&self) -> Result<Vec<DocumentId>> {
        Ok(self.core.unsettled()?)
    }

    /// Deletes an entry for ever: here, on the server and on every other device.
    pub fn delete(&self, id: DocumentId) -> Result<()> {
        Ok(self.core.delete(id)?)
    }

    /// How far an entry has come.
    pub fn status(&self, id: DocumentId) -> Result<EntryStatus> {
        Ok(self.core.status(id)?)
    }

    /// Who can see an entry or a copy of it, its owner first.
    pub fn readers(&self, id: DocumentId) -> Result<Vec<Reader>> {
        Ok(self.core.readers(id)?)
    }

    /// Lets the owner of an entry know that this person has seen it as it is now.
    pub fn mark_seen(&self, id: DocumentId) -> Result<()> {
        Ok(self.core.mark_seen(id)?)
    }

    /// Finds words, whatever a person types; the last one may be unfinished. Best first.
    #[uniffi::method(default(offset = 0, limit = 50))]
    pub fn search(&self, query: &str, offset: u32, limit: u32) -> Result<Vec<Hit>> {
        let hits = self.core.search(query, Page { offset, limit })?;
        Ok(hits.into_iter().map(Hit::from).collect())
    }

    /// Work the server refused that this person has not dealt with.
    pub fn quarantined(&self) -> Result<Vec<QuarantineSummary>> {
        Ok(self.core.quarantined()?)
    }

    /// Refused work, to be read.
    pub fn quarantined_item(&self, id: i64) -> Result<QuarantineView> {
        Ok(self.core.quarantined_item(id)?)
    }

    /// Does refused work once more, as a fresh change of what the document says now.
    pub fn replay(&self, id: i64) -> Result<Version> {
        Ok(self.core.replay(id)?)
    }

    /// Puts refused work away. It stays in exports.
    pub fn dismiss(&self, id: i64) -> Result<()> {
        Ok(self.core.dismiss(id)?)
    }

    /// Everything this person can read on this device, as one JSON text.
    pub fn export(&self) -> Result<String> {
        Ok(self.core.export()?.to_json()?)
    }
}

/// The network.
#[uniffi::export]
impl CoreHandle {
    /// Exchanges with the server until nothing waits on either side, or the budget is spent.
    pub async fn sync(
        &self,
        budget: Budget,
        cancellation: Arc<Cancellation>,
        listener: Option<Arc<dyn ProgressListener>>,
    ) -> Result<SyncReport> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move { core.sync(budget, &cancel, &tell(listener)).await }).await
    }

    /// Syncs by itself from now on, until what is returned is stopped or let go of.
    pub fn keep_in_sync(&self) -> Result<KeepInSync> {
        let _runtime = runtime()?.enter();
        Ok(KeepInSync(Mutex::new(Some(self.core.keep_in_sync()))))
    }

    /// Tells the core what the phone is like at the moment; syncing by itself heeds it.
    pub fn set_conditions(&self, conditions: Conditions) {
        self.core.set_conditions(conditions);
    }

    /// How this device stands with the server.
    pub fn sync_state(&self) -> Result<SyncState> {
        Ok(self.core.sync_state()?.into())
    }
}

fn tell(listener: Option<Arc<dyn ProgressListener>>) -> impl Fn(Progress) + Send + Sync {
    move |progress| {
        if let Some(listener) = &listener {
            note("a progress listener", listener.progressed(progress));
        }
    }
}

/// What hears of something has no say in it.
fn note(who: &str, heard: std::result::Result<(), ListenerError>) {
    if let Err(error) = heard {
        tracing::warn!(%error, "{who} of the host failed");
    }
}
