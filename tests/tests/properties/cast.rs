//! Who is in a made-up story, and how what happens is done.

use std::path::PathBuf;

use enhance_client::{DraftField, Error, ProjectView};
use enhance_model::{
    DocumentId, PersonId, Right, Role, Timestamp,
    change_project::{Action, ProjectEdit, Section},
    comments::Comment,
    id::ItemId,
};
use enhance_tests::{
    device::Device,
    network::{Answer, Weather},
    world::{World, quarantine_holds},
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
    /// Which device was told that which word of the plan is safe.
    safe: Vec<(usize, String)>,
    /// Words of the reflection that are safe.
    private: Vec<String>,
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
        }
    }

    /// Lets one thing happen.
    pub async fn play(&mut self, act: &Act) {
        match act {
            Act::Append(who, section) => self.write(*who, *section, |text, word| text + word + " "),
            Act::Prepend(who, section) => {
                self.write(*who, *section, |text, word| format!("{word} {text}"));
            }
            Act::AddAction(who) => self.add_action(*who),
            Act::TypeAndSettle(who, section) => self.type_and_settle(*who, *section),
            Act::Reflect(who) => self.reflect(*who),
            Act::Comment(who) => self.comment(*who),
            Act::Sync(who) => drop(self.device(*who).try_sync().await),
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
            Act::Backup => self.backup = Some(self.world.server.backup()),
            Act::Restore => {
                if let Some(backup) = &self.backup {
                    self.world.server.restore(backup);
                }
            }
            Act::Days(days) => self.world.clock.jump_days(*days),
            Act::Grant(person) => self.let_edit(*person, true),
            Act::Revoke(person) => self.let_edit(*person, false),
        }
    }

    /// Heals every network, syncs until nothing moves, and says what does not hold then.
    pub async fn end(&mut self) -> Result<(), String> {
        for device in &self.devices {
            device.network.up();
        }
        let all: Vec<&Device> = self.devices.iter().collect();
        // Nobody says whose device comes first.
        let mut order = all.clone();
        order.rotate_left(usize::try_from(self.world.chance.below(64)).unwrap_or(0) % all.len());
        self.world.settle(&order).await;
        let shown = all[0].project(self.project).map_err(|error| format!("the owner: {error}"))?;
        for (number, device) in all.iter().enumerate() {
            match device.project(self.project) {
                Ok(view) if view.project != shown.project => {
                    return Err(format!("device {number} shows another plan than the owner"));
                }
                Ok(view) if view.version != shown.version => {
                    return Err(format!("device {number} has another history than the owner"));
                }
                Ok(view) if said(&view) != said(&shown) => {
                    return Err(format!("device {number} shows other comments than the owner"));
                }
                Ok(_) => {}
                Err(_) if shown.members.iter().all(|each| each.person.id != device.person()) => {}
                Err(error) => return Err(format!("device {number} may read the plan: {error}")),
            }
        }
        // Members' lists of comments and rights are part of what everybody sees alike.
        let text = serde_json::to_string(&(&shown.project, &shown.comments)).expect("JSON");
        for (number, word) in &self.safe {
            if !text.contains(word) && !quarantine_holds(&self.devices[*number], word) {
                return Err(format!("device {number} was told that {word:?} is safe; it is gone"));
            }
        }
        self.end_of_private()
    }

    /// Every device of the owner has the whole reflection, and no other device has any of it.
    fn end_of_private(&self) -> Result<(), String> {
        let expected = self.devices[0].answered(self.reflection);
        for (number, device) in self.devices.iter().enumerate() {
            match device.reflection(self.reflection) {
                Ok(_) if self.owner[number] != 0 => {
                    return Err(format!("device {number} reads what is private"));
                }
                Ok(_) if device.answered(self.reflection) != expected => {
                    return Err(format!("device {number} has another reflection"));
                }
                Err(error) if self.owner[number] == 0 => {
                    return Err(format!("device {number} has no reflection: {error}"));
                }
                _ => {}
            }
        }
        match self.private.iter().find(|word| !expected.contains(*word)) {
            Some(word) => Err(format!("{word:?} was said to be safe in private; it is gone")),
            None => Ok(()),
        }
    }

    fn reflect(&mut self, who: usize) {
        let owners: Vec<&Device> = self.owned_by_first();
        let device = owners[who % owners.len()];
        if device.reflection(self.reflection).is_err() {
            return;
        }
        let word = self.world.chance.word();
        device.answer(self.reflection, &format!("{}{word} ", device.answered(self.reflection)));
        self.private.push(word);
    }

    fn owned_by_first(&self) -> Vec<&Device> {
        let owned = self.devices.iter().zip(&self.owner);
        owned.filter(|(_, person)| **person == 0).map(|(device, _)| device).collect()
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

    fn add_action(&mut self, who: usize) {
        let word = self.world.chance.word();
        let id = ItemId::new(Timestamp::default(), self.world.chance.bytes());
        let action = Action { text: word.clone(), owner: None, due: None, done_at: None };
        let edit = ProjectEdit::Action { id, action };
        let outcome = self.device(who).edit_project(self.project, None, &[edit]);
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
            Ok(()) => self.safe.push((who % self.devices.len(), word)),
            Err(Error::NotFound { .. } | Error::Gone { .. } | Error::NotAllowed { .. }) => {}
            Err(error) => panic!("a device says: {error}"),
        }
    }

    /// Any device of the owner may give and take rights.
    fn let_edit(&self, person: usize, may: bool) {
        let Some(person) = self.people.get(person % self.people.len().max(1)) else { return };
        let owners = self.owner.iter().rposition(|person| *person == 0).unwrap_or_default();
        let device = &self.devices[owners];
        // A device that has not heard of the plan yet cannot; that is no fault.
        drop(if may {
            device.add_member(self.project, *person, Right::Edit)
        } else {
            device.remove_member(self.project, *person)
        });
    }
}

/// Every comment on a plan, without what differs from reader to reader.
fn said(view: &ProjectView) -> Vec<(ItemId, &Comment)> {
    view.comments.iter().map(|comment| (comment.id, &comment.comment)).collect()
}
