//! A warm edit of a plan: 20 characters more in one of its texts, durable when it returns; beside
//! the engine's own edit and one durable transaction with the same bytes.

use anyhow::{Context, Result};
use automerge::{AutoCommit, ReadDoc, transaction::Transactable};
use enhance_client::LearningCore;
use enhance_model::{
    DocumentId, Version,
    change_project::{ProjectEdit, Section},
};

use crate::{
    bench::Bench,
    fixtures::{bare::BareDatabase, home, plan::Plan, planned::Planned, prose::Prose},
    frame::{case::Case, cost::Processor, goal::Goal},
};

/// Characters of one edit.
pub const EACH: usize = 20;

pub fn run(bench: &mut Bench) -> Result<()> {
    let sizes: &[(usize, usize)] =
        bench.either(&[(500, 4)], &[(100, 4), (2_000, 4), (20_000, 4), (100_000, 1)]);
    for (changes, each) in sizes {
        at_size(bench, *changes, *each)?;
    }
    Ok(())
}

fn at_size(bench: &mut Bench, changes: usize, each: usize) -> Result<()> {
    let mut planned = Planned::make(bench, changes, each)?;
    planned.phone.close();
    let core = home::copied(&planned.phone, &bench.folder("edit-plan")?)?;
    let mut ours = Ours::new(&core, planned.id())?;
    let mut bare = BarePlan::new(bench, &mut planned.plan)?;
    let mut prose = Prose::new(3);
    // The first edit opens the document, and may fold it.
    ours.edit(&prose.text(EACH))?;
    let of = "changes there";
    let mut case = Case::new("warm edit of a plan").at(changes as u64, of).goal(Goal::Times(1.4));
    for _ in 0..bench.either(5, 41) {
        let words = prose.text(EACH);
        case.beside("SQLite FULL + Automerge", Processor::Thread.cost(|| bare.edit(&words))?.1);
        let (edited, cost) = Processor::Thread.cost(|| ours.edit(&words))?;
        edited?;
        case.ours(cost);
    }
    bench.report(&case);
    Ok(())
}

/// A section as a person goes on typing in it.
pub struct Ours<'a> {
    core: &'a LearningCore,
    id: DocumentId,
    shown: Version,
    text: String,
}

impl<'a> Ours<'a> {
    /// The section as its screen shows it.
    pub fn new(core: &'a LearningCore, id: DocumentId) -> Result<Self> {
        let view = core.project(id)?;
        let text = view.project.sections.get(&Section::Problem).cloned().unwrap_or_default();
        Ok(Self { core, id, shown: view.version, text })
    }

    /// Types on at its end.
    pub fn edit(&mut self, words: &str) -> Result<()> {
        self.text.push_str(words);
        let edit = ProjectEdit::Section { section: Section::Problem, text: self.text.clone() };
        self.shown = self.core.edit_project(self.id, Some(&self.shown), &[edit])?;
        Ok(())
    }
}

/// The same plan and the same edit, of the engine and a bare database alone.
pub struct BarePlan {
    database: BareDatabase,
    document: AutoCommit,
    text: automerge::ObjId,
    words: String,
}

impl BarePlan {
    /// The plan as it is.
    pub fn new(bench: &Bench, plan: &mut Plan) -> Result<Self> {
        let database = BareDatabase::open(&bench.folder("bare")?.join("bare.db"))?;
        let (document, text) = (plan.bare()?, plan.text()?.clone());
        let words = document.text(&text)?;
        Ok(Self { database, document, text, words })
    }

    /// Types on at the end of the text.
    pub fn edit(&mut self, words: &str) -> Result<()> {
        let end = self.document.length(&self.text);
        self.document.splice_text(&self.text, end, 0, words)?;
        let hash = self.document.commit().context("a change")?;
        let change = self.document.get_change_by_hash(&hash).context("the change")?;
        self.words.push_str(words);
        self.database.save(b"plan", change.raw_bytes(), &self.words)
    }
}
