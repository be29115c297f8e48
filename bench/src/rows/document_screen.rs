//! The screen of one reflection among many, beside its row by its key.

use anyhow::{Context, Result};
use enhance_client::ListPage;

use crate::{
    bench::Bench,
    fixtures::bare::BareDatabase,
    frame::{case::Case, cost::Processor, goal::Goal},
};

pub fn run(bench: &mut Bench) -> Result<()> {
    let rounds = bench.either(11, 101);
    let home = bench.reflections()?;
    let core = home.copy(bench)?;
    let mut bare = BareDatabase::open(&bench.folder("bare")?.join("bare.db"))?;
    bare.fill(&core.reflections(ListPage::ALL)?, |_| Ok("text ".repeat(600)))?;
    let size = home.ids.len();
    let mut case = Case::new("one reflection's screen")
        .at(size as u64, "documents there")
        .goal(Goal::AtMost(0.1));
    for round in 0..rounds {
        // Far from each other, so that no page of the database is still at hand.
        let id = *home.ids.get(round * 1_009 % size).context("a reflection")?;
        let (row, cost) = Processor::Thread.cost(|| bare.row(id.as_bytes()))?;
        row?;
        case.beside("a row by its key", cost);
        let (view, cost) = Processor::Thread.cost(|| core.reflection(id))?;
        view?;
        case.ours(cost);
    }
    let mut one = Case::new("how far one document has come").at(size as u64, "documents there");
    let mut all = Case::new("how far all documents have come").at(size as u64, "documents there");
    for round in 0..rounds {
        let id = *home.ids.get(round * 1_009 % size).context("a reflection")?;
        let (status, cost) = Processor::Thread.cost(|| core.status(id))?;
        status?;
        one.ours(cost);
        let (stages, cost) = Processor::Thread.cost(|| core.stages())?;
        stages?;
        all.ours(cost);
    }
    for case in [case, one, all] {
        bench.report(&case);
    }
    Ok(())
}
