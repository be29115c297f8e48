//! Rows of screens are made again after an update of the app: what opening costs then, and all of
//! it until every row is there and every text can be found. At 1,000 documents, since more take
//! longer than a row should.

use anyhow::{Result, ensure};
use enhance_client::{LearningCore, OpenOptions};
use enhance_tests::device::look_into;

use crate::{
    bench::Bench,
    fixtures::home::{self, ManyReflections},
    frame::{
        case::{Case, Unit},
        cost::{Cost, Processor},
        goal::Goal,
    },
};

pub fn run(bench: &mut Bench) -> Result<()> {
    for size in bench.either([50, 100], [100, 1_000]) {
        at_size(bench, &ManyReflections::make(bench, size)?)?;
    }
    Ok(())
}

fn at_size(bench: &mut Bench, home: &ManyReflections) -> Result<()> {
    let (size, of) = (home.ids.len(), "documents there");
    let mut opening = Case::new("open while rows are made again")
        .at(size as u64, of)
        .unit(Unit::WallMillis)
        .goal(Goal::AtMost(100.0));
    let mut all =
        Case::new("rows made again, all of them").at(size as u64, of).goal(Goal::AtMost(2_000.0));
    for _ in 0..bench.either(1, 3) {
        let (opened, whole) = once(bench, home)?;
        opening.ours_is(opened.wall.as_secs_f64() * 1_000.0);
        all.ours(whole);
    }
    bench.report(&opening);
    bench.report(&all);
    Ok(())
}

/// What opening cost, and what everything did.
fn once(bench: &Bench, home: &ManyReflections) -> Result<(Cost, Cost)> {
    let folder = bench.folder("rows-again")?;
    drop(home::copied(&home.device, &folder)?);
    let database = look_into(&folder.join("enhance.db"), Some(home.device.key()));
    // An update of the app that makes rows of another shape finds all of them so.
    let forgotten = database.execute("UPDATE document SET shown = 0 WHERE shown > 0", [])?;
    ensure!(forgotten >= home.ids.len(), "only {forgotten} rows were there");
    let options = OpenOptions { folder, ..home.device.options() };
    let mut opened = Cost::default();
    let (done, whole) = Processor::Process.cost(|| -> Result<()> {
        let (core, cost) = Processor::Process.cost(|| LearningCore::open(options))?;
        opened = cost;
        let core = core?;
        home::until_ready(&database)?;
        drop(core);
        Ok(())
    })?;
    done?;
    Ok((opened, whole))
}
