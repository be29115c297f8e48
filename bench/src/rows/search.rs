//! The first 20 hits with snippets, best or newest first: for a word in two of five texts, and for
//! one in all.

use anyhow::{Result, ensure};
use enhance_client::{ListPage, SearchPage};

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
    for (what, page, goal) in [
        ("search: first 20, best first", SearchPage::best(PAGE), Goal::Times(1.2)),
        ("search: first 20, newest first", SearchPage::newest(PAGE), Goal::AtMost(2.0)),
    ] {
        for (word, hits) in [(IN_SOME, size * 2 / 5), (IN_ALL, size)] {
            let mut case = Case::new(what).at(hits as u64, "hits").goal(goal);
            for _ in 0..rounds {
                let bare = || bare.search(word, page.order, PAGE);
                let (found, cost) = Processor::Thread.cost(bare)?;
                ensure!(found? == PAGE as usize);
                case.beside("bare FTS5", cost);
                let (found, cost) = Processor::Thread.cost(|| core.search(word, page))?;
                ensure!(found?.len() == PAGE as usize);
                case.ours(cost);
            }
            bench.report(&case);
        }
    }
    Ok(())
}
