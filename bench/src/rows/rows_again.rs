//! Rows of screens are made again after an update of the app: what opening costs then, and all of
//! it until every row is there.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use enhance_client::{LearningCore, ListPage, OpenOptions};
use rusqlite::Connection;

use crate::{
    bench::Bench,
    fixtures::home,
    frame::{
        case::{Case, Unit},
        cost::{Cost, Processor},
        goal::Goal,
    },
};

/// Longer than it may ever take.
const PATIENCE: Duration = Duration::from_secs(300);

pub fn run(bench: &mut Bench) -> Result<()> {
    let size = bench.reflections()?.ids.len();
    let of = "documents there";
    let mut opening = Case::new("open while rows are made again")
        .at(size as u64, of)
        .unit(Unit::WallMillis)
        .goal(Goal::AtMost(100.0));
    let mut all =
        Case::new("rows made again, all of them").at(size as u64, of).goal(Goal::AtMost(2_000.0));
    for _ in 0..bench.either(1, 3) {
        let (opened, whole) = once(bench)?;
        opening.ours_is(opened.wall.as_secs_f64() * 1_000.0);
        all.ours(whole);
    }
    bench.report(&opening);
    bench.report(&all);
    Ok(())
}

/// What opening cost, and what everything did.
fn once(bench: &Bench) -> Result<(Cost, Cost)> {
    let home = bench.reflections()?;
    let folder = bench.folder("rows-again")?;
    drop(home::copied(&home.device, &folder)?);
    forget_rows(&folder.join("enhance.db"), home.device.key())?;
    let options = OpenOptions { folder, ..home.device.options() };
    let mut opened = Cost::default();
    let (done, whole) = Processor::Process.cost(|| -> Result<()> {
        let (core, cost) = Processor::Process.cost(|| LearningCore::open(options))?;
        opened = cost;
        let (core, began) = (core?, Instant::now());
        while core.reflections(ListPage::ALL)?.len() < home.ids.len() {
            ensure!(began.elapsed() < PATIENCE, "the rows never came back");
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    })?;
    done?;
    Ok((opened, whole))
}

/// Takes the rows away, which is how an update of the app makes them be made again.
fn forget_rows(database: &std::path::Path, key: [u8; 32]) -> Result<()> {
    let connection = Connection::open(database)?;
    let key = enhance_model::Sha256::from_bytes(key);
    connection.pragma_update(None, "key", format!("x'{key}'"))?;
    let forgotten = connection.execute_batch("DELETE FROM projection");
    forgotten.context("the table of rows is not what the bench takes it for")
}
