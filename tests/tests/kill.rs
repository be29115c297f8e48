//! Phones and servers that are ended at any moment, as a system short of memory or a power cut
//! does it. What they had said is safe must be there afterwards.
//!
//! `ENHANCE_KILLS` says how many phones are ended; `ENHANCE_SEED` repeats a run as far as chance
//! goes, though not what the machine's scheduler made of it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a story fails by panicking")]

use std::{
    env,
    path::Path,
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

use enhance_client::{HitTarget, LearningCore, SearchPage};
use enhance_model::{DocumentId, change_project::Section};
use enhance_tests::{
    chance::Chance,
    content,
    device::Device,
    phone::{Orders, Phone, Safe},
    world::World,
};
use tokio::runtime::Runtime;

/// Phones at a time.
const LANES: u64 = 4;
/// Kills after which a phone begins a new plan and a new reflection.
const ROUND: u64 = 25;
/// A phone lives at most so long once it is ready, or twice as long as it took for that: a busy
/// machine gets less done in a life.
const LIFE: Duration = Duration::from_millis(120);

/// One phone that is ended again and again.
struct Lane {
    device: Device,
    number: u64,
    chance: Chance,
    project: DocumentId,
    reflection: DocumentId,
    /// What it had said was safe, since it began its plan.
    safe: Vec<Safe>,
    said: usize,
    stored: usize,
}

#[test]
fn what_was_said_to_be_safe_is_there_after_every_kill() {
    let kills = env::var("ENHANCE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(500);
    // Plans are folded again and again, so that some kills come in the middle of that.
    let settings = "fold_every = 4\n[limits]\nrequests_per_minute = 1000000\n";
    let world = World::builder().settings(settings).process().begin();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let lanes: Vec<Lane> = runtime.block_on(async {
        let mut lanes = Vec::new();
        for number in 0..LANES {
            lanes.push(Lane::begin(&world, number).await);
        }
        lanes
    });
    let world = Mutex::new(world);
    let lanes: Vec<Lane> = thread::scope(|scope| {
        let running: Vec<_> = lanes
            .into_iter()
            .map(|lane| scope.spawn(|| lane.live(kills / LANES, &world, &runtime)))
            .collect();
        running.into_iter().map(|lane| lane.join().expect("a lane")).collect()
    });
    let said: usize = lanes.iter().map(|lane| lane.said).sum();
    let stored: usize = lanes.iter().map(|lane| lane.stored).sum();
    // With next to nothing said, nothing would be shown.
    assert!(said as u64 > kills / 2, "only {said} things were said to be safe in {kills} lives");
    assert!(stored > 0, "nothing was said to be stored by the server");
}

impl Lane {
    async fn begin(world: &World, number: u64) -> Self {
        let device = world.person(enhance_model::Role::Trainee, &format!("Phone {number}")).await;
        let (project, reflection) = begin_documents(device.core());
        let chance = Chance::from_seed(world.chance.seed().wrapping_add(number));
        Self { device, number, chance, project, reflection, safe: Vec::new(), said: 0, stored: 0 }
    }

    /// Half of the phones sync between saves.
    const fn syncs(&self) -> bool {
        self.number % 2 == 1
    }

    fn live(mut self, kills: u64, world: &Mutex<World>, runtime: &Runtime) -> Self {
        let program = Path::new(env!("CARGO_BIN_EXE_enhance-phone"));
        for kill in 0..kills {
            let orders = Orders {
                folder: self.device.folder().to_owned(),
                key: self.device.key(),
                project: self.project,
                reflection: self.reflection,
                prefix: format!("w{}k{kill}", self.number),
                sync: self.syncs(),
            };
            self.device.close();
            let begun = Instant::now();
            let mut phone = Phone::start(program, &orders);
            // One in ten is ended while it opens its database.
            if self.chance.below(10) > 0 {
                assert!(phone.is_ready(), "the phone does not open after kill {kill}");
            }
            let longest = LIFE.max(2 * begun.elapsed());
            let micros = u64::try_from(longest.as_micros()).unwrap();
            let life = Duration::from_micros(self.chance.below(micros));
            let safe = phone.kill_after(life);
            self.said += safe.len();
            self.safe.extend(safe);
            self.device.start();
            self.check();
            if kill % ROUND == ROUND - 1 {
                self.end_round(world, runtime);
            }
        }
        self
    }

    /// The document, what the screens read and what search finds all have what was said.
    #[track_caller]
    fn check(&self) {
        let device = &self.device;
        assert_eq!(device.integrity(), "ok");
        let project = device.section(self.project, Section::Plan);
        let spans = device.section_authors(self.project, Section::Plan).into_iter();
        let document: String = spans.map(|(_, text)| text).collect();
        assert_eq!(document, project, "the document and what screens read differ");
        let answer = device.answered(self.reflection);
        let record = device.record().unwrap();
        for safe in &self.safe {
            let is_there = match safe {
                Safe::Project(word) => project.contains(&format!("{word} ")),
                Safe::Reflection(word) => answer.contains(&format!("{word} ")),
                Safe::Session(word) => record.sessions.values().any(|each| each.title == *word),
                Safe::Draft(_) | Safe::Stored(_) => true,
            };
            assert!(is_there, "{safe:?} was said to be safe and is gone");
        }
        self.check_newest();
    }

    #[track_caller]
    fn check_newest(&self) {
        let newest = |of: fn(&Safe) -> Option<&String>| self.safe.iter().rev().find_map(of);
        for (word, document) in [
            (
                newest(|safe| if let Safe::Project(word) = safe { Some(word) } else { None }),
                self.project,
            ),
            (
                newest(|safe| if let Safe::Reflection(word) = safe { Some(word) } else { None }),
                self.reflection,
            ),
        ] {
            let Some(word) = word else { continue };
            let hits = self.device.search(word, SearchPage::default()).unwrap();
            assert!(
                hits.iter().any(
                    |hit| matches!(hit.target, HitTarget::Document { id, .. } if id == document)
                ),
                "{word} is not found"
            );
        }
        if let Some(word) =
            newest(|safe| if let Safe::Draft(word) = safe { Some(word) } else { None })
        {
            let drafts = self.device.reflection(self.reflection).unwrap().drafts;
            let draft = drafts.first().map(|draft| draft.text.as_str()).unwrap_or_default();
            assert!(place(draft) >= place(word), "{word} was typed and is gone: {draft:?}");
        }
    }

    /// Ends the server as well, looks whether it kept what it acknowledged, and begins anew.
    fn end_round(&mut self, world: &Mutex<World>, runtime: &Runtime) {
        if self.syncs() {
            let mut world = world.lock().unwrap();
            world.server.kill();
            world.server.start_again();
            self.check_server(&world, runtime);
        }
        self.safe.clear();
        (self.project, self.reflection) = begin_documents(self.device.core());
    }

    /// A new device of the same person gets everything that was said to be stored.
    #[track_caller]
    fn check_server(&mut self, world: &World, runtime: &Runtime) {
        let stored = self.safe.iter().rposition(|safe| matches!(safe, Safe::Stored(_)));
        let Some(stored) = stored else { return };
        let project = runtime.block_on(async {
            let fresh = world.another_device(&self.device, "a new phone").await;
            fresh.sync().await;
            fresh.section(self.project, Section::Plan)
        });
        for safe in &self.safe[..stored] {
            if let Safe::Project(word) = safe {
                assert!(project.contains(&format!("{word} ")), "the server has lost {word}");
                self.stored += 1;
            }
        }
    }
}

fn begin_documents(core: &LearningCore) -> (DocumentId, DocumentId) {
    let project = core.create_project("A plan under fire", "sys", "Ward 7").unwrap();
    let reflection =
        core.create_reflection(content::TEMPLATE, "A thought under fire", None).unwrap();
    (project, reflection)
}

/// Where a word stands among those of its phone: `w3k17x12` is the twelfth of the seventeenth life.
fn place(word: &str) -> Option<(u64, u64)> {
    let (life, number) = word.split_once('k')?.1.split_once('x')?;
    Some((life.parse().ok()?, number.parse().ok()?))
}
