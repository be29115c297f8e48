//! Six people write in one plan of 10,000 changes: from the pause in one's typing to the letters on
//! another's screen, beside peers whose people type the same.
//!
//! It counts from the last key before a pause, so that what we wait for to know it as one (a quarter
//! of a second) is part of the figure. Ours are six phones in this process, and a server with its
//! database in memory; of a peer each typist is a process.

mod letters;
mod outcome;
mod phones;
mod script;
mod typists;

use std::fs;

use anyhow::{Context, Result};

use self::{outcome::Outcome, phones::Phones, script::Script, typists::Typists};
use crate::{
    bench::Bench,
    fixtures::planned::Planned,
    frame::{
        case::{Case, Unit},
        goal::Goal,
    },
    peers,
};

/// Hundredths of those letters that are on the screen by then, and milliseconds that it may take.
const GOALS: [(usize, f64); 2] = [(50, 350.0), (99, 800.0)];
/// Milliseconds in a second that the server may take: a tenth of a core.
const SERVER: f64 = 100.0;
/// How often all of them type in turns, so that a machine that slows down slows down all.
const TURNS: usize = 3;

/// Those of whom one is measured, with what it came to so far.
struct Party {
    name: &'static str,
    typists: Typists,
    outcome: Outcome,
}

pub fn run(bench: &mut Bench) -> Result<()> {
    let changes = bench.either(500, 10_000);
    let planned = Planned::make(bench, changes, 4)?;
    let (turns, words) = (bench.either(1, TURNS), bench.either(3, 15));
    let script = Script::new(planned.plan.typed.clone(), turns, words);
    let mut parties = Vec::new();
    let file = bench.passing_folder("live")?.join("script.json");
    fs::write(&file, serde_json::to_vec(&script)?)?;
    for kind in peers::LIVE {
        match Typists::start(bench, kind, &file) {
            Ok(typists) => {
                parties.push(Party { name: kind.name, typists, outcome: Outcome::default() });
            }
            Err(error) => bench.not_run(kind.name, &format!("{error:#}")),
        }
    }
    let (mut phones, mut ours) = (Phones::meet(bench, planned)?, Outcome::default());
    for turn in 0..turns {
        bench.say(&format!("turn {} of {turns}: ours", turn + 1));
        ours.join(phones.turn(&script, turn)?);
        for party in &mut parties {
            bench.say(party.name);
            party.outcome.join(party.typists.turn(turn)?);
        }
    }
    report(bench, changes as u64, &ours, &parties)
}

fn report(bench: &mut Bench, changes: u64, ours: &Outcome, parties: &[Party]) -> Result<()> {
    let case = |what: &str| Case::new(what).at(changes, "changes there");
    for (share, most) in GOALS {
        let what = format!("letters on another's screen, six typing, p{share}");
        let case = case(&what).unit(Unit::WallMillis).goal(Goal::AtMost(most));
        let of = |outcome: &Outcome| outcome.letters.percentile(share).context("letters");
        bench.report(&beside(case, ours, parties, of)?);
    }
    let mut settled = case("of that, until they are part of the plan here, p50");
    settled = settled.unit(Unit::WallMillis);
    settled.ours_is(ours.settled.percentile(50).context("words")?);
    bench.report(&settled);
    let server = case("the server in a second of that").goal(Goal::AtMost(SERVER));
    let of = |outcome: &Outcome| Ok(outcome.server_in_a_second());
    bench.report(&beside(server, ours, parties, of)?);
    let clients = case("the six clients in a second of that");
    let of = |outcome: &Outcome| Ok(outcome.clients_in_a_second());
    bench.report(&beside(clients, ours, parties, of)?);
    Ok(())
}

fn beside(
    mut case: Case,
    ours: &Outcome,
    parties: &[Party],
    of: impl Fn(&Outcome) -> Result<f64>,
) -> Result<Case> {
    case.ours_is(of(ours)?);
    for party in parties {
        case.beside_is(party.name, of(&party.outcome)?);
    }
    Ok(case)
}
