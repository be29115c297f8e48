//! A page of 50 reflections, at the start of the list and in its middle. Another screen is looked
//! at in between, as a person does.

use anyhow::{Context, Result, ensure};
use enhance_client::ListPage;

use crate::{
    bench::Bench,
    fixtures::{bare::BareDatabase, home::IN_ALL},
    frame::{case::Case, cost::Processor, goal::Goal},
};

const PAGE: u32 = 50;

pub fn run(bench: &mut Bench) -> Result<()> {
    let rounds = bench.either(11, 61);
    let home = bench.reflections()?;
    let core = home.copy(bench)?;
    let rows = core.reflections(ListPage::ALL)?;
    let mut bare = BareDatabase::open(&bench.folder("bare")?.join("bare.db"))?;
    bare.fill(&rows, |_| Ok("text ".repeat(600)))?;
    let middle = u32::try_from(rows.len() / 2)?;
    let before = rows.get(rows.len() / 2).context("a row")?.updated_at.as_millis();
    let size = rows.len() as u64;
    for (what, offset, before) in
        [("page of 50 at the start", 0, i64::MAX), ("page of 50 in the middle", middle, before)]
    {
        let mut case = Case::new(what).at(size, "documents there").goal(Goal::AtMost(0.15));
        for _ in 0..rounds {
            core.search(IN_ALL, ListPage::first(1))?;
            let (page, cost) = Processor::Thread.cost(|| bare.page(before, PAGE))?;
            ensure!(page? == PAGE as usize);
            case.beside("bare query", cost);
            let page = ListPage { offset, limit: PAGE };
            let (page, cost) = Processor::Thread.cost(|| core.reflections(page))?;
            ensure!(page?.len() == PAGE as usize);
            case.ours(cost);
        }
        bench.report(&case);
    }
    Ok(())
}
