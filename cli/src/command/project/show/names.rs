//! Who is who on a page: names of people, and whose device one is.

use std::collections::BTreeMap;

use enhance_client::LearningCore;
use enhance_model::{DeviceId, Person, PersonId};

use crate::{exit::Failure, ids::short};

/// The names of everybody this device has heard of.
#[derive(Debug, Default)]
pub struct Names {
    people: BTreeMap<PersonId, String>,
    devices: BTreeMap<DeviceId, PersonId>,
}

impl Names {
    /// All that are known here.
    pub fn known(core: &LearningCore) -> Result<Self, Failure> {
        let mut names = Self::default();
        core.people()?.iter().for_each(|person| names.add(person, &person.devices));
        // The server may not have told of this device yet.
        if let Some(account) = core.account()? {
            names.add(&account.person, &[account.device]);
        }
        Ok(names)
    }

    fn add(&mut self, person: &Person, devices: &[DeviceId]) {
        self.people.insert(person.id, person.name.clone());
        self.devices.extend(devices.iter().map(|device| (*device, person.id)));
    }

    /// The name of a person, or enough of the id of one who is not known here.
    pub fn person(&self, id: PersonId) -> String {
        self.people.get(&id).cloned().unwrap_or_else(|| short(id))
    }

    /// The name of the person whose device this is.
    pub fn of_device(&self, device: Option<DeviceId>) -> String {
        let owner = device.and_then(|device| self.devices.get(&device));
        owner.map_or_else(|| "a person not known here".to_owned(), |owner| self.person(*owner))
    }
}
