//! What is being typed is kept: durable when it returns, and in no history.

use anyhow::{Context, Result};
use enhance_client::DraftField;
use enhance_tests::content;

use crate::{
    bench::Bench,
    fixtures::{bare::BareDatabase, prose::Prose},
    frame::{case::Case, cost::Processor, goal::Goal},
};

pub fn run(bench: &mut Bench) -> Result<()> {
    let rounds = bench.either(11, 61);
    let home = bench.reflections()?;
    let core = home.copy(bench)?;
    let id = *home.ids.first().context("a reflection")?;
    let view = core.reflection(id)?;
    let mut text = view.reflection.answers.values().next().cloned().unwrap_or_default();
    let field = DraftField::Answer(content::PROMPT.to_owned());
    let mut bare = BareDatabase::open(&bench.folder("bare")?.join("bare.db"))?;
    let mut prose = Prose::new(3);
    core.autosave(id, &field, &view.version, &text)?;
    let mut case = Case::new("autosave of a draft of 3 to 4 KB").goal(Goal::Times(1.2));
    for _ in 0..rounds {
        text.push_str(&prose.text(20));
        let saved = Processor::Thread.cost(|| bare.save_draft(id.as_bytes(), &text))?;
        case.beside("SQLite FULL", saved.1);
        let (saved, cost) =
            Processor::Thread.cost(|| core.autosave(id, &field, &view.version, &text))?;
        saved?;
        case.ours(cost);
    }
    bench.report(&case);
    Ok(())
}
