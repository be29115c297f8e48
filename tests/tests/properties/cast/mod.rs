//! Who is in a made-up story, and how what happens is done.

mod end;

use std::{collections::BTreeSet, path::PathBuf};

use enhance_client::{DraftField, Error, ProjectView};
use enhance_model::{
    DocumentId, PersonId, Right, Role, Timestamp,
    change_project::{Action, Item, Section},
    id::ItemId,
};
use enhance_tests::{
    device::Device,
    network::{Answer, Weather},
    world::World,
};
use proptest::prelude::*;

use crate::act::Act;

/// Whose each device is. The first person owns the plan.
pub fn layout() -> impl Strategy<Value = Vec<usize>> {
    let others = proptest::collection::vec(0_usize..4, 1..6);
    others.prop_map(|others| std::iter::once(0).chain(others).collect())
}

/// Everybody in the story.
pub struct Cast {
    world: World,
    devices: Vec<Device>,
    people: Vec<PersonId>,
    owner: Vec<usize>,
    project: DocumentId,
    /// A private reflection of the first person.
    reflection: DocumentId,
    backup: Option<PathBuf>,
    /// Words of the plan of which a device was told that they are safe.
    safe: Vec<Word>,
    /// The same of the reflection.
    private: Vec<Word>,
    /// Devices that are lost for good.
    gone: BTreeSet<usize>,
}

/// A word, and where it is known to be.
struct Word {
    text: String,
    /// The device on which it was written.
    device: usize,
    on_server: bool,
    in_backup: bool,
}

impl Word {
    const fn new(device: usize, text: String) -> Self {
        Self { text, device, on_server: false, in_backup: false }
    }
}

impl Cast {
    /// Makes a world with these devices in it; everybody may edit one plan.
    pub async fn gather(seed: u64, layout: &[usize]) -> Self {
        // Plans are folded by the server again and again, whatever else happens.
        let every = 1 + seed % 6;
        let settings = format!("fold_every = {every}\n[limits]\nrequests_per_minute = 1000000\n");
        let world = World::builder().seed(seed).settings(&settings).process().begin();
        let mut devices: Vec<Device> = Vec::new();
        let mut first_of: Vec<Option<usize>> = vec![None; 4];
        let mut owner = Vec::new();
        for (number, person) in layout.iter().enumerate() {
            let device = match first_of[*person] {
                None => {
                    first_of[*person] = Some(number);
                    let role = if *person == 0 { Role::Trainee } else { Role::Supervisor };
                    world.person(role, &format!("Person {person}")).await
                }
                Some(first) => {
                    world.trusted_device(&devices[first], &format!("device {number}")).await
                }
            };
            devices.push(device);
            owner.push(*person);
        }
        devices[0].sync().await;
        let project = devices[0].create_project("A made-up plan", "sys", "Ward 7").unwrap();
        let mut people: Vec<PersonId> = devices.iter().map(Device::person).collect();
        people.dedup();
        people.sort_unstable();
        people.dedup();
        people.retain(|person| *person != devices[0].person());
        let reflection = devices[0].reflect("A made-up reflection");
        for person in &people {
            world.let_edit(&devices[0], project, *person);
        }
        devices[0].sync().await;
        for device in &devices {
            device.sync().await;
        }
        Self {
            world,
            devices,
            people,
            owner,
            project,
            reflection,
            backup: None,
            safe: Vec::new(),
            private: Vec::new(),
            gone: BTreeSet::new(),
        }
    }

    /// Lets one thing happen.
    pub async fn play(&mut self, act: &Act) {
        if act.device().is_some_and(|who| self.gone.contains(&(who % self.devices.len()))) {
            return;
        }
        match act {
            Act::Append(who, section) => self.write(*who, *section, |text, word| text + word + " "),
            Act::Prepend(who, section) => {
                self.write(*who, *section, |text, word| format!("{word} {text}"));
            }
            Act::AddAction(who) => self.add_action(*who),
            Act::TypeAndSettle(who, section) => self.type_and_settle(*who, *section),
            Act::Reflect(who) => self.reflect(*who),
            Act::Comment(who) => self.comment(*who),
            Act::Sync(who) => self.sync(*who).await,
            Act::LoseAnswer(who) => self.meet(*who, Weather::CutResponse { after: 0 }),
            Act::Twice(who) => self.meet(*who, Weather::Twice { answer: Answer::Second }),
            Act::CutRequest(who, after) => self.meet(*who, Weather::CutRequest { after: *after }),
            Act::CutAnswer(who, after) => self.meet(*who, Weather::CutResponse { after: *after }),
            Act::Network(who, true) => self.device(*who).network.up(),
            Act::Network(who, false) => self.device(*who).network.down(),
            Act::Restart(who) => {
                let who = who % self.devices.len();
                self.devices[who].restart();
            }
            Act::KillServer => {
                self.world.server.kill();
                self.world.server.start_again();
            }
            Act::Backup => {
                self.backup = Some(self.world.server.backup());
                self.words().for_each(|word| word.in_backup = word.on_server);
            }
            Act::Restore => {
                if let Some(backup) = &self.backup {
                    self.world.server.restore(backup);
                    self.words().for_each(|word| word.on_server = word.in_backup);
                }
            }
            Act::Days(days) => self.world.clock.jump_days(*days),
            Act::Grant(person) => self.let_edit(*person, true),
            Act::Revoke(person) => self.let_edit(*person, false),
            Act::Offer(who, to) => self.offer(*who, *to),
            // What is not offered to them they do not get; that is no fault.
            Act::Accept(who) => drop(self.device(*who).accept_ownership(self.project)),
            Act::Vanish(who) => self.vanish(*who),
        }
    }

    /// Syncs, and notes which words of the device the server then has.
    async fn sync(&mut self, who: usize) {
        let who = who % self.devices.len();
        let report = self.devices[who].try_sync().await;
        if report.is_err() || report.is_ok_and(|report| report.more || report.waiting > 0) {
            return;
        }
        let device = &self.devices[who];
        let shown = device.project(self.project).map(|view| everything_in(&view));
        let shown = shown.unwrap_or_default();
        let kept = device.reflection(self.reflection).is_ok();
        let answered = if kept { device.answered(self.reflection) } else { String::new() };
        for (words, text) in [(&mut self.safe, shown), (&mut self.private, answered)] {
            let own = words.iter_mut().filter(|word| word.device == who);
            own.filter(|word| text.contains(&word.text)).for_each(|word| word.on_server = true);
        }
    }

    /// Every word.
    fn words(&mut self) -> impl Iterator<Item = &mut Word> {
        self.safe.iter_mut().chain(&mut self.private)
    }

    fn vanish(&mut self, who: usize) {
        let who = who % self.devices.len();
        if self.gone.len() + 1 < self.devices.len() {
            self.devices[who].network.down();
            self.gone.insert(who);
        }
    }

    fn reflect(&mut self, who: usize) {
        let owners = self.owned_by_first();
        let Some((number, device)) = owners.get(who % owners.len().max(1)).copied() else { return };
        if device.reflection(self.reflection).is_err() {
            return;
        }
        let word = self.world.chance.word();
        device.answer(self.reflection, &format!("{}{word} ", device.answered(self.reflection)));
        self.private.push(Word::new(number, word));
    }

    /// The devices of the first person that are left.
    fn owned_by_first(&self) -> Vec<(usize, &Device)> {
        let devices = self.devices.iter().enumerate();
        let owned = devices.filter(|(number, _)| self.owner[*number] == 0);
        owned.filter(|(number, _)| !self.gone.contains(number)).collect()
    }

    fn comment(&mut self, who: usize) {
        let word = self.world.chance.word();
        let outcome = self.device(who).comment(self.project, "", &word);
        self.heard(who, word, outcome.map(drop));
    }

    fn device(&self, who: usize) -> &Device {
        &self.devices[who % self.devices.len()]
    }

    fn meet(&self, who: usize, weather: Weather) {
        self.device(who).network.next(weather);
    }

    /// Writes in a section on top of what the device shows, if it may.
    fn write(&mut self, who: usize, section: Section, text: impl Fn(String, &str) -> String) {
        let word = self.world.chance.word();
        let device = self.device(who);
        let Ok(view) = device.project(self.project) else { return };
        let before = view.project.sections.get(&section).cloned().unwrap_or_default();
        let outcome = device.try_write(self.project, section, &text(before, &word));
        self.heard(who, word, outcome);
    }

    fn offer(&self, who: usize, to: usize) {
        let to = self.device(to).person();
        drop(self.device(who).offer_ownership(self.project, to));
    }

    fn add_action(&mut self, who: usize) {
        let word = self.world.chance.word();
        let id = ItemId::new(Timestamp::default(), self.world.chance.bytes());
        let action = Action { text: word.clone(), owner: None, due: None, done_at: None };
        let outcome = self.device(who).edit_project(self.project, None, &action.adding(id));
        self.heard(who, word, outcome.map(drop));
    }

    fn type_and_settle(&mut self, who: usize, section: Section) {
        let word = self.world.chance.word();
        let device = self.device(who);
        let Ok(view) = device.project(self.project) else { return };
        let before = view.project.sections.get(&section).cloned().unwrap_or_default();
        let field = DraftField::Section(section);
        let outcome = device
            .autosave(self.project, &field, &view.version, &format!("{before}{word} "))
            .and_then(|()| device.settle(self.project));
        self.heard(who, word, outcome.map(drop));
    }

    /// Keeps a word for the end if the device said that it is safe.
    fn heard(&mut self, who: usize, word: String, outcome: Result<(), Error>) {
        match outcome {
            Ok(()) => self.safe.push(Word::new(who % self.devices.len(), word)),
            Err(Error::NotFound { .. } | Error::Gone { .. } | Error::NotAllowed { .. }) => {}
            Err(error) => panic!("a device says: {error}"),
        }
    }

    /// Any device of the owner may give and take rights.
    fn let_edit(&self, person: usize, may: bool) {
        let Some(person) = self.people.get(person % self.people.len().max(1)) else { return };
        let owners = self.owned_by_first();
        let Some((_, device)) = owners.last() else { return };
        // A device that has not heard of the plan yet cannot; that is no fault.
        drop(if may {
            device.add_member(self.project, *person, Right::Edit)
        } else {
            device.remove_member(self.project, *person)
        });
    }
}

/// Everything that is written in a plan and about it.
fn everything_in(view: &ProjectView) -> String {
    serde_json::to_string(&(&view.project, &view.comments)).expect("JSON")
}
