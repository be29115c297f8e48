//! Where a story takes place: one server, one clock, one source of chance, and people's devices.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use enhance_client::Cancellation;
use enhance_model::{DocumentId, PersonId, Right, Role, change_project::Section};
use tempfile::TempDir;

use crate::{
    chance::{Chance, SEED},
    clock::StoryClock,
    device::{Device, Making},
    server::Server,
};

/// A world of its own, gone when the story ends.
pub struct World {
    pub server: Server,
    pub clock: StoryClock,
    pub chance: Chance,
    devices: AtomicUsize,
    place: Place,
}

/// Where a world is on the disk.
enum Place {
    /// Gone when the world is.
    Passing(TempDir),
    Kept(PathBuf),
}

impl World {
    /// A world with a server and nobody in it.
    #[track_caller]
    pub fn new() -> Self {
        Self::build(Chance::new(), Server::start)
    }

    /// A world whose server has settings of its own.
    #[track_caller]
    pub fn with_settings(settings: &str) -> Self {
        Self::build(Chance::new(), |folder| Server::start_with(folder, settings))
    }

    /// A world in which chance begins with this seed.
    #[track_caller]
    pub fn from_seed(seed: u64) -> Self {
        Self::build(Chance::from_seed(seed), Server::start)
    }

    /// A world in a folder that stays when the story ends.
    #[track_caller]
    pub fn in_folder(folder: &Path) -> Self {
        let server = Server::start(&folder.join("server"));
        Self::around(Chance::new(), server, Place::Kept(folder.to_owned()))
    }

    #[track_caller]
    fn build(chance: Chance, start: impl FnOnce(&Path) -> Server) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the world");
        let server = start(&folder.path().join("server"));
        Self::around(chance, server, Place::Passing(folder))
    }

    fn around(chance: Chance, server: Server, place: Place) -> Self {
        Self { server, clock: StoryClock::new(), chance, devices: AtomicUsize::new(0), place }
    }

    /// A device on which nobody is enrolled yet.
    #[track_caller]
    pub fn device(&self, name: &str) -> Device {
        self.make_device(name, true)
    }

    /// A device without encryption, whose database a story can look into.
    #[track_caller]
    pub fn plain_device(&self, name: &str) -> Device {
        self.make_device(name, false)
    }

    /// A device on which an app is about to be opened in a folder that may be somebody else's.
    #[track_caller]
    pub fn device_in(&self, folder: &Path, name: &str) -> Device {
        Device::closed(self.making(name, folder, true))
    }

    #[track_caller]
    fn make_device(&self, name: &str, encrypted: bool) -> Device {
        let number = self.devices.fetch_add(1, Ordering::SeqCst) + 1;
        let folder = self.folder().join(format!("device-{number}"));
        let mut device = Device::closed(self.making(name, &folder, encrypted));
        device.start();
        device
    }

    fn making<'a>(&'a self, name: &'a str, folder: &Path, encrypted: bool) -> Making<'a> {
        Making {
            name,
            folder: folder.to_owned(),
            encrypted,
            upstream: self.server.upstream(),
            clock: &self.clock,
            chance: &self.chance,
        }
    }

    /// A person who joins with a first device.
    pub async fn person(&self, role: Role, name: &str) -> Device {
        let mut device = self.device(&format!("{name}'s phone"));
        let invitation = self.server.invite(role, name);
        self.enrol(&mut device, &invitation).await;
        device
    }

    /// Dr Ana Ruiz, a doctor in training, with her phone.
    pub async fn trainee(&self) -> Device {
        self.person(Role::Trainee, "Dr Ana Ruiz").await
    }

    /// Dr Ben Okoro, her supervisor, with his phone.
    pub async fn supervisor(&self) -> Device {
        self.person(Role::Supervisor, "Dr Ben Okoro").await
    }

    /// Cara Lind, a fellow of the programme, with her phone.
    pub async fn fellow(&self) -> Device {
        self.person(Role::Fellow, "Cara Lind").await
    }

    /// Another device of somebody, invited from the first. The recovery key is not typed.
    pub async fn another_device(&self, first: &Device, name: &str) -> Device {
        let invitation = first
            .invite_device(&Cancellation::new())
            .await
            .expect("an invitation for another device");
        let mut device = self.device(name);
        self.enrol(&mut device, &invitation).await;
        device
    }

    /// Another device of somebody, on which the recovery key was typed.
    pub async fn trusted_device(&self, first: &Device, name: &str) -> Device {
        let device = self.another_device(first, name).await;
        let key = first.recovery_key.as_deref().expect("the recovery key of the first device");
        device.use_recovery_key(key).expect("the recovery key opens the account");
        device
    }

    /// Enrols somebody on a device.
    pub async fn enrol(&self, device: &mut Device, invitation: &str) {
        let name = device.name().to_owned();
        let enrolled =
            device.enrol(&device.server(), invitation, &name, &Cancellation::new()).await;
        let enrolled = enrolled.unwrap_or_else(|error| panic!("{name} is not enrolled: {error}"));
        device.remember(&enrolled);
    }

    /// A plan that its owner has shared with others, on everybody's device.
    pub async fn shared_plan(&self, owner: &Device, others: &[&Device]) -> DocumentId {
        // Whom one can name is whom one has heard of.
        owner.sync().await;
        let plan = owner.create_project("Falls on ward 7", "sys", "Ward 7").expect("a plan");
        for other in others {
            self.let_edit(owner, plan, other.person());
        }
        owner.sync().await;
        for other in others {
            other.sync().await;
        }
        plan
    }

    /// Lets a person edit a plan.
    #[track_caller]
    pub fn let_edit(&self, owner: &Device, plan: DocumentId, person: PersonId) {
        owner.add_member(plan, person, Right::Edit).expect("the right to edit");
    }

    /// Syncs until nobody has anything new for anybody.
    pub async fn settle(&self, devices: &[&Device]) {
        for round in 0.. {
            let mut quiet = true;
            for device in devices {
                let report = device.sync().await;
                quiet &= report.pushed == 0 && report.pulled == 0 && !report.more;
            }
            if quiet {
                return;
            }
            assert!(round < 20, "the devices never come to rest");
        }
    }

    /// Asserts that a plan is the same on all these devices.
    #[track_caller]
    pub fn assert_converged(&self, plan: DocumentId, devices: &[&Device]) {
        let [first, others @ ..] = devices else { return };
        let expected = first.project(plan).expect("the plan");
        for other in others {
            let view = other.project(plan).expect("the plan");
            let (one, two) = (first.name(), other.name());
            assert_eq!(view.project, expected.project, "the plan of {two} is not that of {one}");
            assert_eq!(view.version, expected.version, "{two} and {one} have other histories");
        }
    }

    /// Asserts that every one of these words is in a section, on every one of these devices.
    #[track_caller]
    pub fn assert_text(
        &self,
        (plan, section): (DocumentId, Section),
        words: &[&str],
        devices: &[&Device],
    ) {
        for device in devices {
            let text = device.section(plan, section);
            for word in words {
                assert!(text.contains(word), "{} has lost {word:?}: {text:?}", device.name());
            }
        }
    }

    /// Asserts that each of these words is in the plan or in what its author has in quarantine.
    #[track_caller]
    pub fn assert_nothing_acknowledged_lost(
        &self,
        plan: DocumentId,
        acknowledged: &[(&Device, String)],
    ) {
        for (author, word) in acknowledged {
            let in_plan = author.project(plan).is_ok_and(|view| view.project.text().contains(word));
            assert!(
                in_plan || quarantine_holds(author, word),
                "{} was told that {word:?} is safe, and it is nowhere",
                author.name()
            );
        }
    }

    /// The folder of the world.
    pub fn folder(&self) -> &Path {
        match &self.place {
            Place::Passing(folder) => folder.path(),
            Place::Kept(folder) => folder,
        }
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether something a person wrote can be read in what was put in quarantine.
#[track_caller]
pub fn quarantine_holds(device: &Device, word: &str) -> bool {
    device.quarantined().expect("the quarantine").iter().any(|summary| {
        let item = device.quarantined_item(summary.id).expect("the quarantined work");
        serde_json::to_string(&item).expect("JSON").contains(word)
    })
}

#[allow(clippy::print_stderr, reason = "whoever repeats a story needs its seed and the log")]
impl Drop for World {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("to repeat this story: {SEED}={}", self.chance.seed());
            let log = self.server.log();
            let lines: Vec<&str> = log.lines().rev().take(20).collect();
            eprintln!("the end of the server's log:");
            lines.iter().rev().for_each(|line| eprintln!("  {line}"));
        }
    }
}
