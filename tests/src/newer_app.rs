//! A version of the app that does not exist yet: it keeps more in a project than today's knows.

use std::collections::BTreeMap;

use automerge::{Author, AutoCommit, ROOT, ReadDoc, transaction::Transactable};
use enhance_model::{DocumentId, EntryHash, PersonId, Right, Role};
use enhance_protocol::{EntryKind, Offer};

use crate::{
    bare::{BareDevice, offers::entries},
    world::World,
};

/// Tomorrow's app, on a device of its own.
pub struct NewerApp {
    device: BareDevice,
    projects: BTreeMap<DocumentId, AutoCommit>,
    unsent: Vec<Offer>,
}

impl NewerApp {
    /// Accepts the first invitation to a project.
    #[track_caller]
    pub fn join(&self, project: DocumentId) {
        self.device.join(project, Right::Edit, 1);
    }

    /// Enrols a supervisor who has it already.
    #[track_caller]
    pub fn enrol(world: &World, name: &str) -> Self {
        let device = world.bare_device(Role::Supervisor, name);
        Self { device, projects: BTreeMap::new(), unsent: Vec::new() }
    }

    /// Whose device it is.
    pub const fn person(&self) -> PersonId {
        self.device.person.id
    }

    /// Takes in everything that is new for it.
    #[track_caller]
    pub fn pull(&mut self) {
        for entry in entries(&self.device.pull()) {
            if entry.offer.kind == EntryKind::Change {
                let project = self.projects.entry(entry.offer.document).or_default();
                project.load_incremental(&entry.offer.body).expect("a change of a project");
            }
        }
    }

    /// Writes something at the root of a project that today's app knows nothing of.
    #[track_caller]
    pub fn put(&mut self, project: DocumentId, key: &str, value: &str) {
        let author = Author::from(self.device.id.as_bytes().to_vec());
        let document = self.projects.get_mut(&project).expect("the project");
        document.set_author(Some(author));
        document.put(ROOT, key, value).expect("a scalar");
        document.commit();
        let change = document.get_last_local_change().expect("a change");
        self.unsent.push(Offer {
            kind: EntryKind::Change,
            document: project,
            hash: EntryHash::from_bytes(change.hash().0),
            body: change.raw_bytes().to_vec(),
        });
    }

    /// Sends what was written; the server must take all of it.
    #[track_caller]
    pub fn push(&mut self) {
        self.device.store(std::mem::take(&mut self.unsent));
    }

    /// What stands at the root of a project under a key.
    #[track_caller]
    pub fn get(&self, project: DocumentId, key: &str) -> Option<String> {
        let document = self.projects.get(&project).expect("the project");
        let (value, _) = document.get(ROOT, key).expect("the root")?;
        value.into_string().ok()
    }

    /// The text of a section.
    #[track_caller]
    pub fn text(&self, project: DocumentId, section: &str) -> String {
        let document = self.projects.get(&project).expect("the project");
        let (_, sections) = document.get(ROOT, "sections").expect("the root").expect("sections");
        let (_, text) = document.get(&sections, section).expect("sections").expect("the section");
        document.text(&text).expect("text")
    }
}
