//! An edit of a sealed reflection: 20 characters more, durable when it returns.

use anyhow::{Context, Result};
use automerge::{AutoCommit, ObjType, ROOT, ReadDoc, transaction::Transactable};

use crate::{
    bench::Bench,
    fixtures::{bare::BareDatabase, home::answer, prose::Prose},
    frame::{case::Case, cost::Processor, goal::Goal},
};

/// Characters of one edit.
const EACH: usize = 20;

pub fn run(bench: &mut Bench) -> Result<()> {
    let rounds = bench.either(11, 61);
    let home = bench.reflections()?;
    let core = home.copy(bench)?;
    let id = *home.ids.first().context("a reflection")?;
    let view = core.reflection(id)?;
    let mut text = view.reflection.answers.values().next().cloned().unwrap_or_default();
    let mut shown = core.edit_reflection(id, Some(&view.version), &[answer(text.clone())])?;
    let mut bare = BareReflection::new(bench, &text)?;
    let mut prose = Prose::new(3);
    let mut case = Case::new("edit of a sealed reflection").goal(Goal::Times(1.4));
    for _ in 0..rounds {
        let words = prose.text(EACH);
        text.push_str(&words);
        case.beside("SQLite FULL + Automerge", Processor::Thread.cost(|| bare.edit(&words))?.1);
        let edit = [answer(text.clone())];
        let (edited, cost) =
            Processor::Thread.cost(|| core.edit_reflection(id, Some(&shown), &edit))?;
        shown = edited?;
        case.ours(cost);
    }
    bench.report(&case);
    Ok(())
}

/// The same text and the same edit, of the engine and a bare database alone.
struct BareReflection {
    database: BareDatabase,
    document: AutoCommit,
    text: automerge::ObjId,
    words: String,
}

impl BareReflection {
    fn new(bench: &Bench, words: &str) -> Result<Self> {
        let database = BareDatabase::open(&bench.folder("bare")?.join("bare.db"))?;
        let mut document = AutoCommit::new();
        let text = document.put_object(ROOT, "text", ObjType::Text)?;
        document.splice_text(&text, 0, 0, words)?;
        document.commit();
        Ok(Self { database, document, text, words: words.to_owned() })
    }

    fn edit(&mut self, words: &str) -> Result<()> {
        let end = self.document.length(&self.text);
        self.document.splice_text(&self.text, end, 0, words)?;
        let hash = self.document.commit().context("a change")?;
        let change = self.document.get_change_by_hash(&hash).context("the change")?;
        self.words.push_str(words);
        self.database.save(b"reflection", change.raw_bytes(), &self.words)
    }
}
