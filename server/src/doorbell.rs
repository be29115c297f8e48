//! Who listens at the doorbell, and who of them has which plan open.
//!
//! It is kept in memory alone: a device that listens no more is nowhere. News ring by
//! [`Tips`](crate::storage::Tips), which hear of everything that is stored.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use enhance_model::{DeviceId, DocumentId};
use enhance_protocol::{Company, Guest, Whereabouts, doorbell::COMPANY_AT_MOST};
use tokio::sync::watch;

use crate::storage::people::Sender;

/// The devices that listen, and the project that each has open.
#[derive(Debug)]
pub struct Doorbell {
    most: usize,
    listeners: Mutex<Listeners>,
}

#[derive(Debug, Default)]
struct Listeners {
    of_device: BTreeMap<DeviceId, Listener>,
    /// The devices on which a plan is open.
    in_project: BTreeMap<DocumentId, BTreeSet<DeviceId>>,
    /// How many came so far.
    came: u64,
    is_closed: bool,
}

#[derive(Debug)]
struct Listener {
    /// Which of all that came it is: a device that comes again takes its own place.
    number: u64,
    sender: Sender,
    at: Option<Whereabouts>,
    company: watch::Sender<Option<Arc<Company>>>,
}

/// A device that listens, until this is dropped.
#[derive(Debug)]
pub struct Listening {
    doorbell: Arc<Doorbell>,
    number: u64,
    /// The device that listens.
    pub sender: Sender,
    /// Who else is where this device's person is. It ends when another takes this one's place, or
    /// the server stops.
    pub company: watch::Receiver<Option<Arc<Company>>>,
}

impl Doorbell {
    /// A doorbell at which so many may listen.
    pub fn new(most: usize) -> Self {
        Self { most, listeners: Mutex::default() }
    }

    /// Lets a device listen, in the place of itself if it did already. None if there are too many.
    pub fn come(self: &Arc<Self>, sender: Sender) -> Option<Listening> {
        let mut listeners = self.lock();
        let is_another = !listeners.of_device.contains_key(&sender.device);
        if listeners.is_closed || is_another && listeners.of_device.len() >= self.most {
            return None;
        }
        listeners.go(sender.device, None);
        listeners.came += 1;
        let number = listeners.came;
        let (tell, company) = watch::channel(None);
        let listener = Listener { number, sender, at: None, company: tell };
        listeners.of_device.insert(sender.device, listener);
        Some(Listening { doorbell: Arc::clone(self), number, sender, company })
    }

    /// Notes where the person of a device is, and tells who is there and who was with them. False
    /// if the device does not listen, or too many are there.
    pub fn go(&self, sender: Sender, at: Option<Whereabouts>) -> bool {
        self.lock().go(sender.device, at)
    }

    /// The plan that is open on a device.
    pub fn project_of(&self, device: DeviceId) -> Option<DocumentId> {
        Some(self.lock().of_device.get(&device)?.at.as_ref()?.document)
    }

    /// How many devices listen, for whom it may not be too many.
    pub fn listeners(&self) -> usize {
        self.lock().of_device.len()
    }

    /// Ends it for a device that is known no more.
    pub fn send_away(&self, device: DeviceId) {
        self.lock().leave(device);
    }

    /// Ends all of them, and lets nobody listen any more.
    pub fn close(&self) {
        let mut listeners = self.lock();
        listeners.is_closed = true;
        listeners.in_project.clear();
        listeners.of_device.clear();
    }

    fn leave(&self, device: DeviceId, number: u64) {
        let mut listeners = self.lock();
        if listeners.of_device.get(&device).is_some_and(|listener| listener.number == number) {
            listeners.leave(device);
        }
    }

    /// Nothing is ever half done under this lock, so a poisoned one is as good as any.
    fn lock(&self) -> MutexGuard<'_, Listeners> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.doorbell.leave(self.sender.device, self.number);
    }
}

impl Listeners {
    fn leave(&mut self, device: DeviceId) {
        self.go(device, None);
        self.of_device.remove(&device);
    }

    fn go(&mut self, device: DeviceId, at: Option<Whereabouts>) -> bool {
        let Some(listener) = self.of_device.get_mut(&device) else { return false };
        if listener.at == at {
            return true;
        }
        let to = at.as_ref().map(|at| at.document);
        let there = to.and_then(|to| self.in_project.get(&to));
        let is_full =
            there.is_some_and(|there| there.len() >= COMPANY_AT_MOST && !there.contains(&device));
        let at = at.filter(|_| !is_full);
        let from = std::mem::replace(&mut listener.at, at).map(|at| at.document);
        let to = to.filter(|_| !is_full);
        if from != to {
            listener.company.send_replace(None);
        }
        if let Some(from) = from.filter(|from| Some(*from) != to) {
            if let Some(there) = self.in_project.get_mut(&from) {
                there.remove(&device);
            }
            self.tell(from);
        }
        if let Some(to) = to {
            self.in_project.entry(to).or_default().insert(device);
            self.tell(to);
        }
        !is_full
    }

    /// Tells everybody who has a plan open who has.
    fn tell(&mut self, document: DocumentId) {
        let Some(there) = self.in_project.get(&document) else { return };
        if there.is_empty() {
            self.in_project.remove(&document);
            return;
        }
        let here = || there.iter().filter_map(|device| self.of_device.get(device));
        let guest = |listener: &Listener| {
            let Sender { person, device } = listener.sender;
            let place = listener.at.clone()?.place;
            Some(Guest { person, device, place })
        };
        let company = Arc::new(Company { document, guests: here().filter_map(guest).collect() });
        for listener in here() {
            listener.company.send_replace(Some(Arc::clone(&company)));
        }
    }
}

#[cfg(test)]
mod tests {
    use enhance_model::PersonId;

    use super::*;

    fn sender(number: u8) -> Sender {
        let device = DeviceId::from_bytes([number; 16]);
        Sender { device, person: PersonId::from_bytes([number / 2; 16]) }
    }

    fn at(project: u8, place: &str) -> Whereabouts {
        let document = DocumentId::from_bytes([project; 16]);
        Whereabouts { document, place: place.parse().unwrap() }
    }

    fn places(listening: &Listening) -> Vec<String> {
        let company = listening.company.borrow();
        let guests = company.iter().flat_map(|company| &company.guests);
        guests.map(|guest| format!("{} {}", guest.device.as_bytes()[0], guest.place)).collect()
    }

    #[test]
    fn who_has_one_project_open_hears_of_the_others_there_until_they_leave() {
        let bell = Arc::new(Doorbell::new(9));
        let (one, two) = (bell.come(sender(1)).unwrap(), bell.come(sender(2)).unwrap());
        let three = bell.come(sender(3)).unwrap();
        assert!(
            bell.go(sender(1), Some(at(7, "aim"))) && bell.go(sender(2), Some(at(7, "problem")))
        );
        assert!(bell.go(sender(3), Some(at(8, "aim"))));
        assert_eq!(places(&one), ["1 aim", "2 problem"]);
        assert_eq!(places(&one), places(&two));
        assert_eq!(places(&three), ["3 aim"]);
        assert!(bell.go(sender(2), Some(at(7, "why_here"))));
        assert_eq!(places(&one), ["1 aim", "2 why_here"]);
        assert!(bell.go(sender(2), Some(at(8, "aim"))));
        assert_eq!((places(&one), places(&three)), (vec!["1 aim".into()], places(&two)));
        drop(three);
        assert_eq!(places(&two), ["2 aim"]);
        drop((one, two));
        let listeners = bell.lock();
        assert!(listeners.of_device.is_empty() && listeners.in_project.is_empty());
    }

    #[test]
    fn a_device_listens_once_and_the_one_before_leaves_the_present_one_alone() {
        let bell = Arc::new(Doorbell::new(1));
        let before = bell.come(sender(1)).unwrap();
        assert!(bell.come(sender(2)).is_none(), "there is room for one");
        let present = bell.come(sender(1)).unwrap();
        assert!(before.company.has_changed().is_err(), "it ended");
        assert!(bell.go(sender(1), Some(at(7, "aim"))));
        drop(before);
        assert_eq!((places(&present), bell.listeners()), (vec!["1 aim".into()], 1));
        bell.close();
        assert!(present.company.has_changed().is_err() && bell.come(sender(1)).is_none());
    }

    #[test]
    fn a_project_has_room_for_so_many_and_nobody_is_where_they_do_not_listen() {
        let bell = Arc::new(Doorbell::new(100));
        let all: Vec<Listening> = (1..=33).filter_map(|each| bell.come(sender(each))).collect();
        let shown = (1..=33).filter(|each| bell.go(sender(*each), Some(at(7, "aim")))).count();
        assert_eq!(
            (all.len(), shown, places(&all[0]).len()),
            (33, COMPANY_AT_MOST, COMPANY_AT_MOST)
        );
        assert!(bell.go(sender(32), Some(at(7, "problem"))), "who is there may move");
        assert!(!bell.go(sender(99), Some(at(7, "aim"))));
    }
}
