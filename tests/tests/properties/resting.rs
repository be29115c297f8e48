//! What one person keeps on several devices, over weeks: documents rest, are folded, archived and
//! let go, while devices join, come without their key, are away, and the server is put back.

use std::{collections::BTreeSet, path::PathBuf};

use enhance_client::Stage;
use enhance_model::{DocumentId, change_project::Section};
use enhance_tests::{
    device::Device,
    network::{Answer, Weather},
    world::World,
};
use proptest::{collection::vec, prelude::*, sample::select};

/// Reflections that are there so that an archive is worth it.
const OTHERS: usize = 32;
/// Reflections that are written in.
const WRITTEN: usize = 3;
/// Devices of the person, at most.
const DEVICES: usize = 5;

/// One thing that happens. Devices and documents are numbers that wrap around.
#[derive(Debug, Clone)]
pub enum Deed {
    /// A device adds a word to a reflection.
    Write(usize, usize),
    /// A device adds a word to the plan.
    Plan(usize),
    Sync(usize),
    /// Every device but this one syncs until it has nothing more to do.
    AllButOne(usize),
    Days(u32),
    /// Another device joins, with its recovery key or without it yet.
    Join(bool),
    TypeKey(usize),
    Delete(usize, usize),
    Restart(usize),
    LoseAnswer(usize),
    Twice(usize),
    CutAnswer(usize, usize),
    /// The server folds every plain document.
    Fold,
    Backup,
    Restore,
}

/// What happens in a made-up story.
pub fn deeds(most: usize) -> impl Strategy<Value = Vec<Deed>> {
    let who = 0_usize..DEVICES;
    let deed = prop_oneof![
        12 => (who.clone(), 0_usize..WRITTEN).prop_map(|(who, which)| Deed::Write(who, which)),
        4 => who.clone().prop_map(Deed::Plan),
        12 => who.clone().prop_map(Deed::Sync),
        5 => who.clone().prop_map(Deed::AllButOne),
        8 => select(vec![1_u32, 8, 40]).prop_map(Deed::Days),
        2 => any::<bool>().prop_map(Deed::Join),
        2 => who.clone().prop_map(Deed::TypeKey),
        1 => (who.clone(), 0_usize..WRITTEN + 2).prop_map(|(who, which)| Deed::Delete(who, which)),
        2 => who.clone().prop_map(Deed::Restart),
        2 => who.clone().prop_map(Deed::LoseAnswer),
        2 => who.clone().prop_map(Deed::Twice),
        2 => (who, 0_usize..3_000).prop_map(|(who, after)| Deed::CutAnswer(who, after)),
        3 => Just(Deed::Fold),
        2 => Just(Deed::Backup),
        2 => Just(Deed::Restore),
    ];
    vec(deed, 4..most)
}

/// One person with their devices.
pub struct Alone {
    world: World,
    devices: Vec<Device>,
    /// Those on which the recovery key was not typed yet.
    locked: BTreeSet<usize>,
    reflections: Vec<DocumentId>,
    deleted: BTreeSet<DocumentId>,
    project: DocumentId,
    backup: Option<PathBuf>,
    /// Words that are safe, and where.
    safe: Vec<(DocumentId, String)>,
}

impl Alone {
    /// A person whose first device has written and rested, and a second device that has it all.
    pub async fn begin(seed: u64) -> Self {
        let world = World::builder().seed(seed).begin();
        let ana = world.trainee().await;
        ana.sync().await;
        let project = ana.create_project("A plan of one's own", "sys", "Ward 7").unwrap();
        let count = WRITTEN + OTHERS;
        let reflections =
            (0..count).map(|number| ana.reflect(&format!("Night {number}"))).collect();
        ana.sync().await;
        world.clock.jump_days(1);
        ana.sync().await;
        ana.sync().await;
        let tablet = world.trusted_device(&ana, "device 1").await;
        tablet.sync().await;
        Self {
            world,
            devices: vec![ana, tablet],
            locked: BTreeSet::new(),
            reflections,
            deleted: BTreeSet::new(),
            project,
            backup: None,
            safe: Vec::new(),
        }
    }

    /// Lets one thing happen.
    pub async fn play(&mut self, deed: &Deed) {
        match deed {
            Deed::Write(who, which) => self.write(*who, self.reflections[*which]),
            Deed::Plan(who) => {
                let word = self.world.chance.word();
                let device = self.device(*who);
                if device.project(self.project).is_ok() {
                    device.append(self.project, Section::Problem, &word);
                    self.safe.push((self.project, word));
                }
            }
            Deed::Sync(who) => drop(self.device(*who).try_sync().await),
            Deed::AllButOne(away) => {
                let away = away % self.devices.len();
                for _ in 0..3 {
                    for (number, device) in self.devices.iter().enumerate() {
                        if number != away {
                            drop(device.try_sync().await);
                        }
                    }
                }
            }
            Deed::Days(days) => self.world.clock.jump_days(*days),
            Deed::Join(with_key) => self.join(*with_key).await,
            Deed::TypeKey(who) => self.type_key(who % self.devices.len()),
            Deed::Delete(who, which) => self.delete(*who, self.reflections[*which]),
            Deed::Restart(who) => {
                let who = who % self.devices.len();
                self.devices[who].restart();
            }
            Deed::LoseAnswer(who) => self.meet(*who, Weather::CutResponse { after: 0 }),
            Deed::Twice(who) => self.meet(*who, Weather::Twice { answer: Answer::Second }),
            Deed::CutAnswer(who, after) => self.meet(*who, Weather::CutResponse { after: *after }),
            Deed::Fold => self.world.server.fold_everything(),
            Deed::Backup => self.backup = Some(self.world.server.backup()),
            Deed::Restore => {
                if let Some(backup) = &self.backup {
                    self.world.server.restore(backup);
                }
            }
        }
    }

    /// Syncs until nothing moves, lets everything rest once more, and says what does not hold then.
    /// A device that joins at the end reads what all others do.
    pub async fn end(&mut self) -> Result<(), String> {
        for device in &self.devices {
            device.network.up();
        }
        self.settle().await;
        for number in 0..self.devices.len() {
            self.type_key(number);
        }
        self.settle().await;
        self.world.clock.jump_days(8);
        self.settle().await;
        let last = self.world.trusted_device(&self.devices[0], "the last device").await;
        self.devices.push(last);
        self.settle().await;
        self.devices.iter().enumerate().try_for_each(|(number, device)| {
            self.check(device).map_err(|what| format!("device {number}: {what}"))
        })
    }

    fn check(&self, device: &Device) -> Result<(), String> {
        let quarantined = device.quarantined().map_err(|error| error.to_string())?;
        let is_wrong = |document: DocumentId| !self.deleted.contains(&document);
        if let Some(kept) = quarantined.iter().find(|kept| is_wrong(kept.document)) {
            return Err(format!("something is in the quarantine: {kept:?}"));
        }
        for (number, id) in self.reflections.iter().enumerate() {
            let found = device.reflection(*id);
            if self.deleted.contains(id) {
                if found.is_ok() {
                    return Err(format!("reflection {number} was deleted and is there"));
                }
                continue;
            }
            let view = found.map_err(|error| format!("reflection {number}: {error}"))?;
            let first = self.devices[0].reflection(*id).map_err(|error| error.to_string())?;
            if view.reflection != first.reflection || view.version != first.version {
                return Err(format!("reflection {number} is another than on device 0"));
            }
        }
        let problem = device.section(self.project, Section::Problem);
        for (document, word) in &self.safe {
            let text = match *document == self.project {
                true => problem.clone(),
                false if self.deleted.contains(document) => continue,
                false => device.answered(*document),
            };
            if !text.contains(word) {
                return Err(format!("{word:?} was said to be safe; it is gone"));
            }
        }
        let alive = self.reflections.iter().filter(|id| !self.deleted.contains(*id));
        for id in alive.chain([&self.project]) {
            let status = device.status(*id).map_err(|error| error.to_string())?;
            if status.stage != Stage::Stored {
                return Err(format!("{id} is {:?}", status.stage));
            }
        }
        Ok(())
    }

    async fn settle(&self) {
        let all: Vec<&Device> = self.devices.iter().collect();
        self.world.settle(&all).await;
    }

    fn device(&self, who: usize) -> &Device {
        &self.devices[who % self.devices.len()]
    }

    fn meet(&self, who: usize, weather: Weather) {
        self.device(who).network.next(weather);
    }

    fn write(&mut self, who: usize, reflection: DocumentId) {
        let word = self.world.chance.word();
        let device = self.device(who);
        if device.reflection(reflection).is_err() {
            return;
        }
        device.answer(reflection, &format!("{}{word} ", device.answered(reflection)));
        self.safe.push((reflection, word));
    }

    fn delete(&mut self, who: usize, reflection: DocumentId) {
        let device = self.device(who);
        if device.reflection(reflection).is_ok() {
            device.delete(reflection).unwrap();
            self.deleted.insert(reflection);
        }
    }

    fn type_key(&mut self, who: usize) {
        if self.locked.remove(&who) {
            let key = self.devices[0].recovery_key.clone().unwrap();
            self.devices[who].use_recovery_key(&key).unwrap();
        }
    }

    /// A server that is put back to before a device joined knows that no more: it stays away.
    async fn join(&mut self, with_key: bool) {
        if self.devices.len() >= DEVICES {
            return;
        }
        self.devices[0].network.up();
        let number = self.devices.len();
        let name = format!("device {number}");
        let device = if with_key {
            self.world.trusted_device(&self.devices[0], &name).await
        } else {
            self.locked.insert(number);
            self.world.another_device(&self.devices[0], &name).await
        };
        self.devices.push(device);
        self.backup = None;
    }
}
