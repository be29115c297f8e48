//! A version of the app that does not exist yet: it keeps more in a plan than today's knows.

use std::collections::BTreeMap;

use automerge::{Author, AutoCommit, ROOT, ReadDoc, transaction::Transactable};
use enhance_model::{DocumentId, EntryHash, PersonId, Role};
use enhance_protocol::{EntryKind, Offer, Outcome};

use crate::{bare::BareDevice, world::World};

/// Tomorrow's app, on a device of its own.
pub struct NewerApp {
    device: BareDevice,
    plans: BTreeMap<DocumentId, AutoCommit>,
    unsent: Vec<Offer>,
}

impl NewerApp {
    /// Enrols a supervisor who has it already.
    #[track_caller]
    pub fn enrol(world: &World, name: &str) -> Self {
        let device = BareDevice::enrol(world, Role::Supervisor, name);
        Self { device, plans: BTreeMap::new(), unsent: Vec::new() }
    }

    /// Whose device it is.
    pub const fn person(&self) -> PersonId {
        self.device.person()
    }

    /// Takes in everything that is new.
    #[track_caller]
    pub fn pull(&mut self) {
        for entry in self.device.pull() {
            if entry.offer.kind == EntryKind::Change {
                let plan = self.plans.entry(entry.offer.document);
                let plan = plan.or_default();
                plan.load_incremental(&entry.offer.body).expect("a change of a plan");
            }
        }
    }

    /// Writes something at the root of a plan that today's app knows nothing of.
    #[track_caller]
    pub fn put(&mut self, plan: DocumentId, key: &str, value: &str) {
        let author = Author::from(self.device.id().as_bytes().to_vec());
        let document = self.plans.get_mut(&plan).expect("the plan");
        document.set_author(Some(author));
        document.put(ROOT, key, value).expect("a scalar");
        document.commit();
        let change = document.get_last_local_change().expect("a change");
        self.unsent.push(Offer {
            kind: EntryKind::Change,
            document: plan,
            hash: EntryHash::from_bytes(change.hash().0),
            body: change.raw_bytes().to_vec(),
        });
    }

    /// Sends what was written; the server must take all of it.
    #[track_caller]
    pub fn push(&mut self) {
        let response = self.device.offer(std::mem::take(&mut self.unsent));
        for verdict in response.verdicts {
            assert!(matches!(verdict.outcome, Outcome::Stored { .. }), "{verdict:?}");
        }
    }

    /// What stands at the root of a plan under a key.
    #[track_caller]
    pub fn get(&self, plan: DocumentId, key: &str) -> Option<String> {
        let document = self.plans.get(&plan).expect("the plan");
        let (value, _) = document.get(ROOT, key).expect("the root")?;
        value.into_string().ok()
    }

    /// The text of a section.
    #[track_caller]
    pub fn text(&self, plan: DocumentId, section: &str) -> String {
        let document = self.plans.get(&plan).expect("the plan");
        let (_, sections) = document.get(ROOT, "sections").expect("the root").expect("sections");
        let (_, text) = document.get(&sections, section).expect("sections").expect("the section");
        document.text(&text).expect("text")
    }
}
