//! Six people write in one plan of 10,000 changes: from the pause in one's typing to the letters on
//! another's screen.
//!
//! The pause itself, a quarter of a second after the last key, is part of the figure. All six phones
//! are in this process, and share two cores with the server.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use enhance_client::{Conditions, DraftField, LearningCore, Topic, TypingPauses};
use enhance_model::{DocumentId, anchor::Place, change_project::Section};
use enhance_tests::device::Device;

use crate::{
    bench::Bench,
    fixtures::{home, planned::Planned, prose::Prose},
    frame::{
        case::{Case, Unit},
        cost::Processor,
        goal::Goal,
        samples::Samples,
    },
};

const PEOPLE: usize = 6;
/// Longer than letters may ever be under way.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a field looks whether it has something to do.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// What was typed and is not on every other screen yet, and how long it took to get there.
#[derive(Default)]
struct Letters {
    typed: BTreeMap<String, Typed>,
    took: Samples,
}

struct Typed {
    by: usize,
    at: Instant,
    seen: Vec<usize>,
}

type Shared = Arc<Mutex<Letters>>;

pub fn run(bench: &mut Bench) -> Result<()> {
    let planned = Planned::make(bench, bench.either(500, 10_000), 4)?;
    let project = planned.id();
    let others = join(bench, &planned)?;
    let devices: Vec<&Device> = std::iter::once(&planned.phone).chain(&others).collect();
    let letters = Shared::default();
    let _runtime = bench.runtime().enter();
    let mut kept = Vec::new();
    for (number, device) in devices.iter().enumerate() {
        let core = device.core();
        core.set_conditions(Conditions { online: true, metered: false, foreground: true });
        let section = section(number)?;
        core.enter(project, Place::Section(section))?;
        kept.push((core.keep_in_sync(), watch(core, project, number, &letters)));
    }
    until(|| devices.iter().all(|one| sees_all(one.core(), project)), "everybody to be there")?;
    let server = Processor::Other(planned.world.server.process_id().context("a process")?);
    let (began, used) = (Instant::now(), server.used()?);
    let rounds = bench.either(3, 40);
    let typing: Vec<Result<()>> = thread::scope(|scope| {
        let all = devices.iter().enumerate().map(|(number, device)| {
            let letters = &letters;
            scope.spawn(move || type_in(device.core(), project, (number, rounds), letters))
        });
        let all: Vec<_> = all.collect();
        let lost = |_| Err(anyhow::anyhow!("a typist ended badly"));
        all.into_iter().map(|one| one.join().unwrap_or_else(lost)).collect()
    });
    typing.into_iter().collect::<Result<Vec<()>>>()?;
    let (cpu, wall) = (server.used()?.saturating_sub(used), began.elapsed());
    until(|| lock(&letters).typed.is_empty(), "all letters to be on all screens")?;
    report(bench, &lock(&letters), cpu, wall)
}

fn section(number: usize) -> Result<Section> {
    Section::ALL.get(number).copied().context("a section of their own")
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

fn sees_all(core: &LearningCore, project: DocumentId) -> bool {
    core.company(project).is_ok_and(|company| company.len() == PEOPLE - 1)
}

/// Reads the plan as a screen does whenever it changed, and notes which letters are new there.
fn watch(
    core: &LearningCore,
    project: DocumentId,
    reader: usize,
    letters: &Shared,
) -> enhance_client::Observation {
    let (core, letters) = (core.clone(), Arc::clone(letters));
    let screen = core.clone();
    core.observe(move |changes| {
        if !changes.touches(Topic::Documents) {
            return;
        }
        // Nobody reads the plan while the core is closed.
        let Ok(view) = screen.project(project) else { return };
        let text: String = view.project.sections.values().map(String::as_str).collect();
        let now = Instant::now();
        let mut letters = lock(&letters);
        let Letters { typed, took } = &mut *letters;
        typed.retain(|word, one| {
            if one.by != reader && !one.seen.contains(&reader) && text.contains(word.as_str()) {
                one.seen.push(reader);
                took.add((now - one.at).as_secs_f64() * 1_000.0);
            }
            one.seen.len() < PEOPLE - 1
        });
    })
}

/// Types a word, pauses as people do, and goes on.
fn type_in(
    core: &LearningCore,
    project: DocumentId,
    (number, rounds): (usize, usize),
    letters: &Shared,
) -> Result<()> {
    let section = section(number)?;
    let view = core.project(project)?;
    let mut text = view.project.sections.get(&section).cloned().unwrap_or_default();
    let field = DraftField::Section(section);
    let scribe = core.typing(project, field, view.version, TypingPauses::default());
    let (began, mut prose) = (Instant::now(), Prose::new(number as u64));
    for round in 0..rounds {
        let word = format!(" w{number}x{round}q");
        text.push_str(&word);
        let typed = Typed { by: number, at: Instant::now(), seen: Vec::new() };
        lock(letters).typed.insert(word, typed);
        scribe.typed(text.clone(), began.elapsed());
        let rest = Duration::from_millis(600 + u64::try_from(prose.below(1_200))?);
        let until = Instant::now() + rest;
        while Instant::now() < until {
            thread::sleep(LOOK_EVERY);
            scribe.work(began.elapsed());
        }
    }
    scribe.settle(began.elapsed())?;
    Ok(())
}

fn report(bench: &mut Bench, letters: &Letters, cpu: Duration, wall: Duration) -> Result<()> {
    for (share, limit) in [(50, 350.0), (99, 800.0)] {
        let what = format!("letters on another's screen, p{share}, six typing");
        let mut case = Case::new(what).unit(Unit::WallMillis).goal(Goal::AtMost(limit));
        case.ours_is(letters.took.percentile(share).context("letters")?);
        bench.report(&case);
    }
    let mut case = Case::new("the server in a second of that").goal(Goal::AtMost(100.0));
    case.ours_is(cpu.as_secs_f64() * 1_000.0 / wall.as_secs_f64());
    bench.report(&case);
    Ok(())
}

fn until(is_so: impl Fn() -> bool, what: &str) -> Result<()> {
    let began = Instant::now();
    while !is_so() {
        ensure!(began.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::sleep(LOOK_EVERY);
    }
    Ok(())
}

/// Figures of a typist that ended badly are as good as any.
fn lock(letters: &Mutex<Letters>) -> std::sync::MutexGuard<'_, Letters> {
    letters.lock().unwrap_or_else(PoisonError::into_inner)
}
