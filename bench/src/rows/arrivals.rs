//! A phone takes in remote changes of a plan it holds, with the exchange that brings them, beside
//! the engine's own batch apply. And how long a screen waits meanwhile.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use automerge::AutoCommit;
use enhance_client::{LearningCore, ListPage};

use crate::{
    bench::Bench,
    fixtures::{home, plan::apply, planned::Planned},
    frame::{
        case::{Case, Unit},
        cost::Processor,
        goal::Goal,
    },
};

const MANY: usize = 1_000;
/// Between two looks at a screen.
const PAUSE: Duration = Duration::from_micros(200);

pub fn run(bench: &mut Bench) -> Result<()> {
    let sizes: &[(usize, usize)] =
        bench.either(&[(500, 4)], &[(100, 4), (2_000, 4), (20_000, 4), (100_000, 1)]);
    for (changes, each) in sizes {
        let mut planned = Planned::make(bench, *changes, *each)?;
        at_size(bench, &mut planned, *changes as u64, *each)?;
    }
    Ok(())
}

fn at_size(bench: &mut Bench, planned: &mut Planned, size: u64, each: usize) -> Result<()> {
    // The first arrival opens the document, which is a cost of its own.
    let mut document = planned.plan.bare()?;
    let first = planned.type_on(1, each)?;
    apply(&mut document, &first)?;
    home::sync(bench, planned.phone.core())?;
    for (what, changes, rounds) in [
        ("take in 1 change", 1, bench.either(5, 21)),
        ("take in 1,000 changes", MANY, bench.either(2, 5)),
    ] {
        let mut case = Case::new(what).at(size, "changes there").goal(Goal::Times(1.5));
        for _ in 0..rounds {
            let typed = planned.type_on(changes, each)?;
            let applied = Processor::Thread.cost(|| apply(&mut document, &typed))?;
            case.beside("one batch apply", applied.1);
            let (report, cost) =
                Processor::Process.cost(|| home::sync(bench, planned.phone.core()))?;
            ensure!(report?.pulled >= changes as u64, "the changes did not arrive");
            case.ours(cost);
        }
        bench.report(&case);
    }
    not_in_memory(bench, planned, (size, each))?;
    let mut waited = Case::new("a screen waits while 1,000 changes arrive, at worst")
        .at(size, "changes there")
        .unit(Unit::WallMillis)
        .goal(Goal::AtMost(8.0));
    for _ in 0..bench.either(2, 5) {
        planned.type_on(MANY, each)?;
        let worst = worst_wait(bench, planned.phone.core())?;
        waited.ours_is(worst.as_secs_f64() * 1_000.0);
    }
    bench.report(&waited);
    Ok(())
}

/// One change arrives after the app was opened again, so the plan must be loaded for it.
fn not_in_memory(
    bench: &mut Bench,
    planned: &mut Planned,
    (size, each): (u64, usize),
) -> Result<()> {
    let mut case = Case::new("take in 1 change, the plan not in memory")
        .at(size, "changes there")
        .goal(Goal::Times(1.5));
    for _ in 0..bench.either(2, 5) {
        let saved = planned.plan.saved();
        let typed = planned.type_on(1, each)?;
        let (applied, cost) = Processor::Thread
            .cost(|| AutoCommit::load(&saved).map(|mut document| apply(&mut document, &typed)))?;
        applied??;
        case.beside("Automerge load and apply", cost);
        planned.phone.core().suspend();
        planned.phone.core().resume()?;
        let (report, cost) = Processor::Process.cost(|| home::sync(bench, planned.phone.core()))?;
        ensure!(report?.pulled >= 1, "the change did not arrive");
        case.ours(cost);
    }
    bench.report(&case);
    Ok(())
}

/// The longest that a list took to be shown while the phone synced.
fn worst_wait(bench: &Bench, core: &LearningCore) -> Result<Duration> {
    let synced = AtomicBool::new(false);
    thread::scope(|scope| {
        let looking = scope.spawn(|| -> Result<Duration> {
            let mut worst = Duration::ZERO;
            while !synced.load(Ordering::SeqCst) {
                let began = Instant::now();
                core.projects(ListPage::first(10))?;
                worst = worst.max(began.elapsed());
                thread::sleep(PAUSE);
            }
            Ok(worst)
        });
        let report = home::sync(bench, core);
        synced.store(true, Ordering::SeqCst);
        let worst = looking.join().map_err(|_| anyhow::anyhow!("the screen panicked"))?;
        report?;
        worst
    })
}
