//! A plan with many things in it: its screen, an edit, what another device did, a chart and its
//! page.

use anyhow::{Result, ensure};
use enhance_client::LearningCore;
use enhance_model::{
    DocumentId, ItemId,
    change_project::{
        ChangeIdea, CycleEdit, Driver, Item, Measure, Observation, ObservationEdit, PdsaCycle,
        ProjectEdit, Value,
    },
};
use enhance_tests::{device::Device, world::World};

use crate::{
    bench::Bench,
    fixtures::{home, prose::Prose},
    frame::{case::Case, cost::Processor},
};

const MEASURES: usize = 20;
const OBSERVATIONS: usize = 1_000;
const CYCLES: usize = 50;
const DRIVERS: usize = 20;
const COMMENTS: usize = 100;
/// Edits that are made at once, as a spreadsheet that is read in would be.
const AT_ONCE: usize = 200;

/// A plan on two devices of one person.
struct FullPlan {
    /// What both speak with; it ends with them.
    _world: World,
    phone: Device,
    tablet: Device,
    id: DocumentId,
    measure: ItemId,
    observation: ItemId,
    cycle: ItemId,
}

pub fn run(bench: &mut Bench) -> Result<()> {
    let plan = FullPlan::make(bench)?;
    let core = plan.phone.core();
    let rounds = bench.either(5, 21);
    let case = |what: &str| Case::new(what).at(OBSERVATIONS as u64, "values there");
    let mut screen = case("first screen of a full plan");
    let mut edit = case("warm edit of a full plan");
    let mut chart = case("a chart of a full plan");
    let mut page = case("the page of a full plan");
    let mut take_in = case("take in 1 change of a full plan");
    for round in 0..rounds {
        core.suspend();
        core.resume()?;
        let (view, cost) = Processor::Thread.cost(|| core.project(plan.id))?;
        ensure!(view?.project.observations.len() == OBSERVATIONS);
        screen.ours(cost);
        // The first edit opens the document, which is another row's.
        plan.learn(core, "opened")?;
        let (edited, cost) =
            Processor::Thread.cost(|| plan.learn(core, &format!("learned {round}")))?;
        edited?;
        edit.ours(cost);
        let (drawn, cost) = Processor::Thread.cost(|| core.chart(plan.id, plan.measure))?;
        drawn?;
        chart.ours(cost);
        let (written, cost) = Processor::Thread.cost(|| core.project_page(plan.id))?;
        written?;
        page.ours(cost);
        home::sync_all(bench, core)?;
        plan.correct(plan.tablet.core(), round)?;
        home::sync_all(bench, plan.tablet.core())?;
        let (synced, cost) = Processor::Process.cost(|| home::sync(bench, core))?;
        ensure!(synced?.pulled >= 1, "the change did not arrive");
        take_in.ours(cost);
    }
    for case in [screen, edit, chart, page, take_in] {
        bench.report(&case);
    }
    Ok(())
}

impl FullPlan {
    fn make(bench: &Bench) -> Result<Self> {
        bench.say("making a plan with many things in it");
        let world = home::world(&bench.passing_folder("full-plan")?);
        let phone = home::device_at(bench, &world, "the phone")?;
        let core = phone.core();
        let id = core.create_project("A full plan", "pop", "Ward 7")?;
        let mut prose = Prose::new(5);
        let mut edits = Vec::new();
        let new = |count: usize| (0..count).map(|_| core.new_item_id()).collect::<Vec<ItemId>>();
        let (measures, seen, cycles, drivers) =
            (new(MEASURES), new(OBSERVATIONS), new(CYCLES), new(DRIVERS));
        for (number, driver) in drivers.iter().enumerate() {
            let parent = (number > 3).then(|| drivers[number % 4]);
            edits.extend(Driver { name: prose.text(40), parent, place: None }.adding(*driver));
            let text = prose.text(60);
            let idea = ChangeIdea { text, drivers: [*driver].into(), ..ChangeIdea::default() };
            edits.extend(idea.adding(core.new_item_id()));
        }
        for measure in &measures {
            let (name, frequency) = (prose.text(30), "weekly".to_owned());
            edits.extend(Measure { name, frequency, ..Measure::default() }.adding(*measure));
        }
        for (number, id) in seen.iter().enumerate() {
            let week = i64::try_from(number / MEASURES)?;
            let at = jiff::civil::date(2025, 1, 6).checked_add(jiff::Span::new().weeks(week))?;
            let value = Value::whole(u32::try_from(prose.below(40))?);
            edits.extend(Observation::new(measures[number % MEASURES], at, value).adding(*id));
        }
        for cycle in &cycles {
            let (change_idea, prediction) = (prose.text(60), prose.text(80));
            let cycle_of = PdsaCycle { change_idea, prediction, ..PdsaCycle::default() };
            edits.extend(cycle_of.adding(*cycle));
        }
        for edits in edits.chunks(AT_ONCE) {
            core.edit_project(id, None, edits)?;
        }
        for _ in 0..COMMENTS {
            core.comment(id, "", &prose.text(80))?;
        }
        home::sync_all(bench, core)?;
        let tablet = home::another_device_at(bench, &world, &phone)?;
        home::sync_all(bench, tablet.core())?;
        home::until_ready(&home::peek(&phone))?;
        let (measure, observation, cycle) = (measures[0], seen[0], cycles[0]);
        Ok(Self { _world: world, phone, tablet, id, measure, observation, cycle })
    }

    /// Goes on writing what a cycle taught.
    fn learn(&self, core: &LearningCore, words: &str) -> Result<()> {
        let edit = CycleEdit::Learned(words.to_owned());
        core.edit_project(self.id, None, &[ProjectEdit::Cycle { id: self.cycle, edit }])?;
        Ok(())
    }

    /// Corrects a value of one observation, as a person does who misread it.
    fn correct(&self, core: &LearningCore, round: usize) -> Result<()> {
        let edit = ObservationEdit::Value(Value::whole(u32::try_from(round)?));
        let edit = ProjectEdit::Observation { id: self.observation, edit };
        core.edit_project(self.id, None, &[edit])?;
        Ok(())
    }
}
