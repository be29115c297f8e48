//! What screens cost on a device with years of work on it.
//!
//! `cargo run --release -p enhance-tests --example screens -- [REFLECTIONS] [CHANGES OF A PLAN]
//! [CHANGES OF A REFLECTION]`. Set `TMPDIR` to a folder in memory, so that making it takes no time.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "an example talks to people")]

use std::{
    env,
    time::{Duration, Instant},
};

use enhance_client::{LearningCore, ListPage, SearchPage};
use enhance_tests::{chance::Chance, filled, world::World};

const LETTERS: usize = 3_000;
const PAGE: u32 = 50;

fn main() {
    tokio::runtime::Runtime::new().unwrap().block_on(measure());
}

async fn measure() {
    let mut numbers = env::args().skip(1).map(|number| number.parse::<usize>().unwrap());
    let mut next = |otherwise| numbers.next().unwrap_or(otherwise);
    let (count, project_changes, changes) = (next(5_000), next(2_000), next(1));
    let world = World::new();
    let mut ana = world.trainee().await;
    let chance = Chance::from_seed(8);
    let began = Instant::now();
    let ids = filled::reflections(ana.core(), &chance, count, changes, LETTERS);
    let project = filled::project(ana.core(), project_changes);
    println!(
        "{count} reflections and a plan of {project_changes} changes in {:?}",
        began.elapsed()
    );
    figure("first screen of the plan, nothing stored", 200, || {
        ana.core().project(project).unwrap()
    });
    let began = Instant::now();
    while ana.sync().await.more {}
    println!("stored by the server in {:?}", began.elapsed());
    let began = Instant::now();
    while ana.core().search("nothing", SearchPage::default()).is_err() {}
    println!("first search: {:?}", began.elapsed());
    // The background indexes what the search did not wait for.
    std::thread::sleep(Duration::from_secs(1 + count as u64 / 500));
    screens(ana.core(), project, &ids);
    ana.close();
    let mut opened = Vec::new();
    for _ in 0..50 {
        let began = Instant::now();
        ana.start();
        opened.push(began.elapsed());
        ana.close();
    }
    say("open the core", opened);
    println!("the home is {}", ana.folder().display());
}

fn screens(
    core: &LearningCore,
    project: enhance_model::DocumentId,
    ids: &[enhance_model::DocumentId],
) {
    figure("first page of 50", 500, || core.reflections(ListPage::first(PAGE)).unwrap());
    let half = u32::try_from(ids.len() / 2).unwrap_or_default().max(1);
    let middle = core.reflections(ListPage::first(half)).unwrap().last().unwrap().position();
    let page = ListPage::after(middle, PAGE);
    figure("page of 50 in the middle", 500, || core.reflections(page).unwrap());
    let mut place = 0;
    figure("one entry's screen, another each time", 500, || {
        place = (place + 7) % ids.len();
        core.reflection(ids[place]).unwrap()
    });
    figure("status of a document", 500, || core.status(ids[place]).unwrap());
    figure("first screen of the plan", 500, || core.project(project).unwrap());
    figure("how it stands with the server", 500, || core.sync_state().unwrap());
    figure("how far all documents have come", 100, || core.stages().unwrap());
    for query in ["patient", "frailty bleep", "nothing"] {
        let best = SearchPage::best(20);
        figure(&format!("search {query:?}, best 20"), 50, || core.search(query, best).unwrap());
        let newest = SearchPage::newest(20);
        figure(&format!("search {query:?}, newest 20"), 50, || core.search(query, newest).unwrap());
    }
}

fn figure<T>(what: &str, times: usize, mut work: impl FnMut() -> T) {
    let mut took = Vec::with_capacity(times);
    for _ in 0..times {
        let began = Instant::now();
        drop(work());
        took.push(began.elapsed());
    }
    say(what, took);
}

fn say(what: &str, mut took: Vec<Duration>) {
    took.sort();
    let (least, half) = (took[took.len() / 10], took[took.len() / 2]);
    println!("{what}: p10 {:.3} ms, median {:.3} ms", millis(least), millis(half));
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
