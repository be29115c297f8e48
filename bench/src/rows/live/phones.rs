//! Six phones of ours, on which people write in one plan.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use enhance_client::{
    Conditions, DraftField, KeepInSync, LearningCore, Observation, Scribe, Topic, TypingEvent,
    TypingPauses,
};
use enhance_model::{DocumentId, anchor::Place, change_project::Section};
use enhance_tests::device::Device;

use super::{
    letters::Letters,
    outcome::Outcome,
    script::{PEOPLE, Script, Word},
};
use crate::{
    bench::Bench,
    fixtures::{home, planned::Planned},
    frame::{cost::Processor, samples::Samples},
};

/// Longer than letters may ever be under way.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks at whether something has come about.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// The phones, which keep in sync for as long as this is kept.
pub struct Phones {
    screens: Vec<Screen>,
    planned: Planned,
    others: Vec<Device>,
    /// From when moments are counted.
    began: Instant,
}

/// What one of the people sees.
struct Screen {
    seen: Arc<Mutex<Seen>>,
    /// Hears of each change of the plan.
    changed: Receiver<()>,
    _kept: (KeepInSync, Observation),
}

#[derive(Default)]
struct Seen {
    /// The words that are to come, by who types them.
    awaited: Vec<VecDeque<String>>,
    letters: Letters,
}

impl Phones {
    /// Lets everybody join the plan and open it.
    pub fn meet(bench: &Bench, planned: Planned) -> Result<Self> {
        let others = join(bench, &planned)?;
        let _runtime = bench.runtime().enter();
        let mut phones = Self { planned, others, screens: Vec::new(), began: Instant::now() };
        for person in 0..PEOPLE {
            let screen = phones.open(person)?;
            phones.screens.push(screen);
        }
        let project = phones.planned.id();
        let sees_all = |core: &LearningCore| {
            core.company(project).is_ok_and(|company| company.len() == PEOPLE - 1)
        };
        until(|| (0..PEOPLE).all(|person| phones.core(person).is_ok_and(sees_all)))
            .context("not everybody saw everybody")?;
        Ok(phones)
    }

    fn core(&self, person: usize) -> Result<&LearningCore> {
        let device = match person.checked_sub(1) {
            None => Some(&self.planned.phone),
            Some(other) => self.others.get(other),
        };
        Ok(device.context("a phone")?.core())
    }

    /// Opens the plan on a phone, and reads it as a screen does whenever it changed.
    fn open(&self, person: usize) -> Result<Screen> {
        let (core, project, began) = (self.core(person)?, self.planned.id(), self.began);
        core.set_conditions(Conditions { online: true, metered: false, foreground: true });
        core.enter(project, Place::Section(section(person)?))?;
        let (seen, (tell, changed)) = (Arc::<Mutex<Seen>>::default(), channel());
        let (screen, shown) = (core.clone(), Arc::clone(&seen));
        let watching = core.observe(move |changes| {
            if changes.touches(Topic::Documents) {
                look(&screen, project, &shown, began);
                // Nobody types at the moment if nobody hears it.
                let _ = Sender::send(&tell, ());
            }
        });
        Ok(Screen { seen, changed, _kept: (core.keep_in_sync(), watching) })
    }

    /// Lets everybody type the words of a turn, and waits until all see all.
    pub fn turn(&mut self, script: &Script, turn: usize) -> Result<Outcome> {
        let words = script.turns.get(turn).context("words of the turn")?;
        let awaited = |reader: usize| -> Vec<VecDeque<String>> {
            let of_person = |(person, words): (usize, &Vec<Word>)| {
                let words = words.iter().filter(|_| person != reader);
                words.map(|word| word.text.clone()).collect()
            };
            words.iter().enumerate().map(of_person).collect()
        };
        for (person, screen) in self.screens.iter().enumerate() {
            *lock(&screen.seen) = Seen { awaited: awaited(person), ..Seen::default() };
        }
        let server = self.planned.world.server.process_id().context("the server's process")?;
        let (server, own) = (Processor::Other(server), Processor::Process);
        let (began, used, own_used) = (Instant::now(), server.used()?, own.used()?);
        let typists = self.typists(words)?;
        let settled = type_all(typists, script.between_keys())?;
        until(|| self.screens.iter().all(|screen| lock(&screen.seen).is_whole()))
            .context("not all letters came to all screens")?;
        Ok(Outcome {
            letters: self.letters(),
            settled,
            server: server.used()?.saturating_sub(used),
            clients: own.used()?.saturating_sub(own_used),
            wall: began.elapsed(),
        })
    }

    fn typists<'a>(&'a mut self, words: &'a [Vec<Word>]) -> Result<Vec<Typist<'a>>> {
        let (project, began, mut scribes) = (self.planned.id(), self.began, Vec::new());
        for person in 0..PEOPLE {
            let (core, section) = (self.core(person)?, section(person)?);
            let view = core.project(project)?;
            let text = view.project.sections.get(&section).cloned().unwrap_or_default();
            let field = DraftField::Section(section);
            let scribe = core.typing(project, field, view.version, TypingPauses::default());
            scribes.push((text, scribe));
        }
        let all = scribes.into_iter().zip(&mut self.screens).zip(words);
        Ok(all
            .map(|(((text, scribe), screen), words)| Typist { scribe, text, words, screen, began })
            .collect())
    }

    /// What all of them saw.
    fn letters(&self) -> Samples {
        let mut all = Letters::default();
        for screen in &self.screens {
            all.join(std::mem::take(&mut lock(&screen.seen).letters));
        }
        all.took()
    }
}

fn section(person: usize) -> Result<Section> {
    Section::ALL.get(person).copied().context("a section of their own")
}

/// Five others take part in the plan.
fn join(bench: &Bench, planned: &Planned) -> Result<Vec<Device>> {
    let mut others = Vec::new();
    for number in 1..PEOPLE {
        let other = home::device_at(bench, &planned.world, &format!("phone {number}"))?;
        bench.wait(planned.phone.know(other.person()));
        planned.world.let_edit(&planned.phone, planned.id(), other.person());
        bench.wait(planned.phone.sync());
        bench.wait(other.sync());
        others.push(other);
    }
    bench.wait(planned.phone.sync());
    for other in &others {
        bench.wait(other.sync());
        home::until_ready(&home::peek(other))?;
        other.core().project(planned.id())?;
    }
    Ok(others)
}

/// Notes which of the words that are to come are on the screen.
fn look(core: &LearningCore, project: DocumentId, seen: &Mutex<Seen>, began: Instant) {
    // Nobody reads the plan while the core is closed.
    let Ok(view) = core.project(project) else { return };
    let now = began.elapsed();
    let mut seen = lock(seen);
    let Seen { awaited, letters } = &mut *seen;
    for (words, section) in awaited.iter_mut().zip(Section::ALL) {
        let Some(text) = view.project.sections.get(section) else { continue };
        while words.front().is_some_and(|word| text.contains(word.as_str())) {
            words.pop_front().into_iter().for_each(|word| letters.seen(word, now));
        }
    }
}

impl Seen {
    fn is_whole(&self) -> bool {
        self.awaited.iter().all(VecDeque::is_empty)
    }
}

/// One of the people while they type.
struct Typist<'a> {
    scribe: Scribe,
    /// What their section says.
    text: String,
    words: &'a [Word],
    screen: &'a mut Screen,
    began: Instant,
}

/// Lets all of them type at once. Says how long it took from the last key of each word until it was
/// part of the plan on the same phone, in milliseconds.
fn type_all(typists: Vec<Typist<'_>>, between_keys: Duration) -> Result<Samples> {
    let mut settled = Samples::default();
    thread::scope(|scope| {
        let mut threads = Vec::new();
        for mut typist in typists {
            threads.push(scope.spawn(move || typist.type_all(between_keys)));
        }
        for thread in threads {
            let ended = thread.join().map_err(|_| anyhow::anyhow!("a typist ended badly"))?;
            settled.extend(ended?);
        }
        Ok(settled)
    })
}

impl Typist<'_> {
    fn type_all(&mut self, between_keys: Duration) -> Result<Vec<f64>> {
        let mut settled = Vec::new();
        for word in self.words {
            let mut pressed = self.press(' ');
            for letter in word.text.chars() {
                self.work_for(between_keys);
                pressed = self.press(letter);
            }
            lock(&self.screen.seen).letters.typed(word.text.clone(), pressed);
            let at = self.work_for(word.rest()).context("a word that was never settled")?;
            settled.push(at.saturating_sub(pressed).as_secs_f64() * 1_000.0);
        }
        self.scribe.settle(self.began.elapsed())?;
        Ok(settled)
    }

    /// Presses a key, and says when.
    fn press(&mut self, letter: char) -> Duration {
        let now = self.began.elapsed();
        self.text.push(letter);
        self.scribe.typed(self.text.clone(), now);
        now
    }

    /// Does for so long what is to be done, as the driver of a field does. Says when all that was
    /// typed was first part of the plan.
    fn work_for(&self, how_long: Duration) -> Option<Duration> {
        let until = self.began.elapsed() + how_long;
        let mut settled = None;
        loop {
            self.scribe.work(self.began.elapsed());
            let (state, now) = (self.scribe.state(), self.began.elapsed());
            if state.rests {
                settled = settled.or(Some(now));
            }
            if now >= until {
                return settled;
            }
            let due = state.due.map_or(until, |due| due.min(until));
            // An error says that nothing changed until then.
            if self.screen.changed.recv_timeout(due.saturating_sub(now)).is_ok() {
                self.scribe.on(TypingEvent::Changed);
            }
        }
    }
}

fn until(is_so: impl Fn() -> bool) -> Result<()> {
    let began = Instant::now();
    while !is_so() {
        ensure!(began.elapsed() < PATIENCE, "it was waited for in vain");
        thread::sleep(LOOK_EVERY);
    }
    Ok(())
}

/// Figures of a typist that ended badly are as good as any.
fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}
