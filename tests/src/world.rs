//! Where a story takes place: one server, one clock, one source of chance, and people's devices.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use enhance_model::{DocumentId, PersonId, Right, Role, change_project::Section};
use tempfile::TempDir;

use crate::{
    chance::{Chance, SEED},
    clock::StoryClock,
    device::{Device, Parts},
    server::{Housing, PATIENT, Server},
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

/// How a world is to begin that is not as all are.
#[derive(Debug, Default)]
#[must_use]
pub struct WorldBuilder {
    seed: Option<u64>,
    settings: Option<String>,
    folder: Option<PathBuf>,
    page: Option<PathBuf>,
    process: bool,
}

impl WorldBuilder {
    /// Chance begins with this seed.
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// The server has settings of its own, as its configuration file would say them.
    pub fn settings(mut self, settings: &str) -> Self {
        self.settings = Some(settings.to_owned());
        self
    }

    /// The world is in a folder that stays when the story ends.
    pub fn folder(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    /// The server serves the page in this folder at `/`.
    pub fn page(mut self, folder: &Path) -> Self {
        self.page = Some(folder.to_owned());
        self
    }

    /// The server is a process of its own, which can be killed and writes a log.
    pub const fn process(mut self) -> Self {
        self.process = true;
        self
    }

    /// The world, with a server that runs and no people in it.
    #[track_caller]
    pub fn begin(self) -> World {
        let chance = self.seed.map_or_else(Chance::new, Chance::from_seed);
        let clock = StoryClock::new();
        let place = self.folder.map_or_else(
            || Place::Passing(tempfile::tempdir().expect("a folder for the world")),
            Place::Kept,
        );
        let housing = if self.process {
            Housing::Process
        } else {
            Housing::Thread(clock.clone(), chance.clone())
        };
        let folder = place.folder().join("server");
        let page = self.page.map(|page| format!("web = '{}'\n", page.display()));
        let settings = self.settings.unwrap_or_else(|| PATIENT.to_owned());
        let server = Server::start(&folder, &(page.unwrap_or_default() + &settings), housing);
        World { server, clock, chance, devices: AtomicUsize::new(0), place }
    }
}

impl Place {
    fn folder(&self) -> &Path {
        match self {
            Self::Passing(folder) => folder.path(),
            Self::Kept(folder) => folder,
        }
    }
}

impl World {
    /// A world with a server in this process and no people in it.
    #[track_caller]
    pub fn new() -> Self {
        Self::builder().begin()
    }

    /// A world that begins otherwise.
    pub fn builder() -> WorldBuilder {
        WorldBuilder::default()
    }

    /// A device on which no person is enrolled yet.
    #[track_caller]
    pub fn device(&self, name: &str) -> Device {
        self.make_device(name, true)
    }

    /// A device without encryption, whose database a story can look into.
    #[track_caller]
    pub fn plain_device(&self, name: &str) -> Device {
        self.make_device(name, false)
    }

    /// A device on which an app is about to be opened in a folder that may be another device's.
    #[track_caller]
    pub fn device_in(&self, folder: &Path, name: &str) -> Device {
        Device::closed(self.parts(name, folder, true))
    }

    #[track_caller]
    fn make_device(&self, name: &str, encrypted: bool) -> Device {
        let number = self.devices.fetch_add(1, Ordering::SeqCst) + 1;
        let folder = self.folder().join(format!("device-{number}"));
        let mut device = Device::closed(self.parts(name, &folder, encrypted));
        device.start();
        device
    }

    /// Another phone, onto which the folder of a device was copied as it is now.
    #[track_caller]
    pub fn copy_of(&self, device: &Device, name: &str) -> Device {
        let number = self.devices.fetch_add(1, Ordering::SeqCst) + 1;
        let folder = self.folder().join(format!("device-{number}"));
        device.copied(name, &folder, self.server.upstream())
    }

    fn parts<'a>(&'a self, name: &'a str, folder: &Path, encrypted: bool) -> Parts<'a> {
        Parts {
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
        device.join(&self.server.invite(role, name)).await;
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

    /// Another device of the same person, invited from the first. The recovery key is not typed.
    pub async fn another_device(&self, first: &Device, name: &str) -> Device {
        let mut device = self.device(name);
        device.join(&first.invitation().await).await;
        device
    }

    /// Another device of the same person, on which the recovery key was typed.
    pub async fn trusted_device(&self, first: &Device, name: &str) -> Device {
        let device = self.another_device(first, name).await;
        let key = first.recovery_key.as_deref().expect("the recovery key of the first device");
        device.use_recovery_key(key).expect("the recovery key opens the account");
        device
    }

    /// A project that its owner has shared with others, on everybody's device.
    pub async fn shared_project(&self, owner: &Device, others: &[&Device]) -> DocumentId {
        // Whom one can name is whom one has heard of.
        for other in others {
            owner.know(other.person()).await;
        }
        owner.sync().await;
        let project = owner.create_project("Falls on ward 7", "sys", "Ward 7").expect("a project");
        for other in others {
            self.let_edit(owner, project, other.person());
        }
        owner.sync().await;
        for other in others {
            other.sync().await;
        }
        // The owner hears that they accepted.
        owner.sync().await;
        project
    }

    /// Lets a person edit a project.
    #[track_caller]
    pub fn let_edit(&self, owner: &Device, project: DocumentId, person: PersonId) {
        owner.add_member(project, person, Right::Edit).expect("the right to edit");
    }

    /// Syncs until no device has anything new for another.
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

    /// Asserts that a project is the same on all these devices.
    #[track_caller]
    pub fn assert_converged(&self, project: DocumentId, devices: &[&Device]) {
        let [first, others @ ..] = devices else { return };
        let expected = first.project(project).expect("the project");
        for other in others {
            let view = other.project(project).expect("the project");
            let (one, two) = (first.name(), other.name());
            assert_eq!(view.project, expected.project, "the project of {two} is not that of {one}");
            assert_eq!(view.version, expected.version, "{two} and {one} have other histories");
        }
    }

    /// Asserts that every one of these words is in a section, on every one of these devices.
    #[track_caller]
    pub fn assert_text(
        &self,
        (project, section): (DocumentId, Section),
        words: &[&str],
        devices: &[&Device],
    ) {
        for device in devices {
            let text = device.section(project, section);
            for word in words {
                assert!(text.contains(word), "{} has lost {word:?}: {text:?}", device.name());
            }
        }
    }

    /// The folder in which everything of this world is.
    pub fn folder(&self) -> &Path {
        self.place.folder()
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

#[allow(clippy::print_stderr, reason = "who repeats a story needs its seed and the log")]
impl Drop for World {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("to repeat this story: {SEED}={}", self.chance.seed());
            let log = self.server.log();
            let lines: Vec<&str> = log.lines().rev().take(20).collect();
            if !lines.is_empty() {
                eprintln!("the end of the server's log:");
            }
            lines.iter().rev().for_each(|line| eprintln!("  {line}"));
        }
    }
}
