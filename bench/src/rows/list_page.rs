//! A page of 50 reflections, at the start of the list and in its middle. Another screen is looked
//! at in between, as a person does.

use anyhow::{Context, Result, ensure};
use enhance_client::{ListPage, SearchPage};

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
    let middle = rows.get(rows.len() / 2).context("a row")?.position();
    let (beginning, before) = (ListPage::first(PAGE), middle.updated_at.as_millis());
    let after = ListPage::after(middle, PAGE);
    let size = rows.len() as u64;
    for (what, page, before) in [
        ("page of 50 at the start", beginning, i64::MAX),
        ("page of 50 in the middle", after, before),
    ] {
        let mut case = Case::new(what).at(size, "documents there").goal(Goal::AtMost(0.15));
        for _ in 0..rounds {
            core.search(IN_ALL, SearchPage::best(1))?;
            let (shown, cost) = Processor::Thread.cost(|| bare.page(before, PAGE))?;
            ensure!(shown? == PAGE as usize);
            case.beside("bare query", cost);
            let (shown, cost) = Processor::Thread.cost(|| core.reflections(page))?;
            ensure!(shown?.len() == PAGE as usize);
            case.ours(cost);
        }
        bench.report(&case);
    }
    Ok(())
}
