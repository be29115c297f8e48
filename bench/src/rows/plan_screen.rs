//! The first screen of a plan after the app was opened, and the first edit on it: ready to edit.

use anyhow::{Result, ensure};
use automerge::AutoCommit;
use enhance_client::LearningCore;

use super::edit_plan::{BarePlan, EACH, Ours};
use crate::{
    bench::Bench,
    fixtures::{bare::BareDatabase, home, planned::Planned, prose::Prose},
    frame::{case::Case, cost::Processor, goal::Goal},
};

pub fn run(bench: &mut Bench) -> Result<()> {
    let sizes: &[(usize, usize)] =
        bench.either(&[(500, 4)], &[(100, 4), (2_000, 4), (20_000, 4), (100_000, 1)]);
    for (changes, each) in sizes {
        let mut planned = Planned::make(bench, *changes, *each)?;
        planned.phone.close();
        let core = home::copied(&planned.phone, &bench.folder("plan-screen")?)?;
        screen(bench, &planned, &core)?;
        first_edit(bench, &mut planned, &core)?;
    }
    Ok(())
}

fn screen(bench: &mut Bench, planned: &Planned, core: &LearningCore) -> Result<()> {
    let view = core.project(planned.id())?;
    let text: String = view.project.sections.values().map(String::as_str).collect();
    let mut database = BareDatabase::open(&bench.folder("bare")?.join("bare.db"))?;
    database.save(b"plan", b"", &text)?;
    let size = planned.plan.changes.len() as u64;
    let mut case =
        Case::new("first screen of a plan").at(size, "changes there").goal(Goal::AtMost(1.0));
    for _ in 0..bench.either(5, 21) {
        let (row, cost) = Processor::Thread.cost(|| database.row(b"plan"))?;
        ensure!(row?.len() == text.len());
        case.beside("a row by its key", cost);
        core.suspend();
        core.resume()?;
        let (view, cost) = Processor::Thread.cost(|| core.project(planned.id()))?;
        view?;
        case.ours(cost);
    }
    bench.report(&case);
    Ok(())
}

fn first_edit(bench: &mut Bench, planned: &mut Planned, core: &LearningCore) -> Result<()> {
    let size = planned.plan.changes.len() as u64;
    let (saved, mut prose) = (planned.plan.saved(), Prose::new(4));
    let mut bare = BarePlan::new(bench, &mut planned.plan)?;
    // What arrived may be folded once, by the first edit there ever is.
    Ours::new(core, planned.id())?.edit(&prose.text(EACH))?;
    let mut case = Case::new("first edit of a plan after opening")
        .at(size, "changes there")
        .goal(Goal::Times(1.1));
    for _ in 0..bench.either(3, 9) {
        let words = prose.text(EACH);
        let (loaded, cost) = Processor::Thread.cost(|| {
            let loaded = AutoCommit::load(&saved);
            bare.edit(&words).map(|()| loaded)
        })?;
        loaded??;
        case.beside("Automerge load, edit and SQLite FULL", cost);
        core.suspend();
        core.resume()?;
        let mut ours = Ours::new(core, planned.id())?;
        let (edited, cost) = Processor::Thread.cost(|| ours.edit(&words))?;
        edited?;
        case.ours(cost);
    }
    bench.report(&case);
    Ok(())
}
