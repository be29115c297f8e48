//! The first 20 hits with snippets: for a word in two of five texts, and for one in all.

use anyhow::{Result, ensure};
use enhance_client::ListPage;

use crate::{
    bench::Bench,
    fixtures::{
        bare::BareDatabase,
        home::{IN_ALL, IN_SOME},
    },
    frame::{case::Case, cost::Processor, goal::Goal},
};

const PAGE: u32 = 20;

pub fn run(bench: &mut Bench) -> Result<()> {
    let rounds = bench.either(5, 31);
    let home = bench.reflections()?;
    let core = home.copy(bench)?;
    let rows = core.reflections(ListPage::ALL)?;
    let mut bare = BareDatabase::open(&bench.folder("bare")?.join("bare.db"))?;
    bare.fill(&rows, |place| {
        let Some(row) = rows.get(place) else { return Ok(String::new()) };
        let answers = core.reflection(row.id)?.reflection.answers;
        Ok(answers.into_values().next().unwrap_or_default())
    })?;
    let size = home.ids.len();
    for (word, hits) in [(IN_SOME, size * 2 / 5), (IN_ALL, size)] {
        let mut case = Case::new("search: first 20, ranked, with snippets")
            .at(hits as u64, "hits")
            .goal(Goal::Times(1.2));
        for _ in 0..rounds {
            let (found, cost) = Processor::Thread.cost(|| bare.search(word, PAGE))?;
            ensure!(found? == PAGE as usize);
            case.beside("bare FTS5", cost);
            let (found, cost) =
                Processor::Thread.cost(|| core.search(word, ListPage::first(PAGE)))?;
            ensure!(found?.len() == PAGE as usize);
            case.ours(cost);
        }
        bench.report(&case);
    }
    bench.not_run("search, newest first", "the core has no such order yet");
    Ok(())
}
