//! What the server stores: sealed changes, new documents and changes of a long plan, each durable
//! before it is acknowledged, counted by the server's own processor time; beside a bare loop of the
//! same HTTP and one table.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use enhance_tests::world::World;

use self::load::{Load, Served, Writes};
use crate::{
    bench::Bench,
    fixtures::{
        home,
        writer::{Kind, Writer},
    },
    frame::{
        case::{Case, Unit},
        goal::Goal,
    },
};

mod bare;
mod load;

/// Plans that are written in at once, each by somebody else.
const PLANS: usize = 16;
/// Changes that are in a plan before it is measured.
const PLAN: usize = 10_000;

pub fn run(bench: &mut Bench) -> Result<()> {
    for connections in bench.either([4_u32, 8], [64, 256]) {
        let world = home::world(&bench.folder("pushes")?);
        bench.say(&format!("{connections} people join"));
        let devices: Vec<_> = (0..connections).map(|_| Writer::new(&world, Kind::Sealed)).collect();
        let served = sealed(bench, &world, devices)?;
        let named = [
            ("sealed pushes", "sealed pushes, p50", "sealed pushes, p99"),
            ("new documents", "new documents, p50", "new documents, p99"),
        ];
        for ((what, p50, p99), (ours, bare, least)) in named.into_iter().zip(served) {
            let at = u64::from(connections);
            let mut rate = Case::new(what)
                .at(at, "connections")
                .unit(Unit::PerSecond)
                .goal(Goal::AtLeast(least));
            let wall = |what, goal| {
                Case::new(what).at(at, "connections").unit(Unit::WallMillis).goal(goal)
            };
            let (mut half, mut most) = (wall(p50, Goal::Shown), wall(p99, Goal::AtMost(100.0)));
            for (ours, bare) in ours.iter().zip(&bare) {
                rate.ours_is(ours.rate());
                rate.beside_is("bare axum + SQLite", bare.rate());
                half.ours_is(ours.millis(50).context("an answer")?);
                half.beside_is("bare axum + SQLite", bare.millis(50).context("an answer")?);
                most.ours_is(ours.millis(99).context("an answer")?);
                most.beside_is("bare axum + SQLite", bare.millis(99).context("an answer")?);
            }
            for case in [rate, half, most] {
                bench.report(&case);
            }
        }
    }
    plans(bench)
}

type Rounds = (Vec<Served>, Vec<Served>, f64);

/// Sealed pushes and new documents, in turns with the bare loop.
fn sealed(bench: &Bench, world: &World, writers: Vec<Writer>) -> Result<[Rounds; 2]> {
    let load = Load {
        address: world.server.url().trim_start_matches("http://").parse()?,
        process: world.server.process_id().context("the server's process")?,
        lasts: Duration::from_secs(bench.either(1, 4)),
    };
    let bare = bare::BareServer::start(&bench.folder("bare-server")?)?;
    let mut bare_writers = bare::BareServer::writers(writers.len());
    let mut writers = writers;
    let mut rounds = [(Vec::new(), Vec::new(), 9_000.0), (Vec::new(), Vec::new(), 6_000.0)];
    for _ in 0..bench.either(1, 3) {
        for (kind, round) in [Kind::Sealed, Kind::New].into_iter().zip(&mut rounds) {
            bare_writers = keep(&mut round.1, bench.wait(bare.load(&load).run(bare_writers))?);
            for writer in &mut writers {
                writer.turn_to(kind);
            }
            writers = keep(&mut round.0, bench.wait(load.run(writers))?);
        }
    }
    Ok(rounds)
}

fn keep<W: Writes>(served: &mut Vec<Served>, (round, writers): (Served, Vec<W>)) -> Vec<W> {
    served.push(round);
    writers
}

/// Changes of plans that are long already.
fn plans(bench: &mut Bench) -> Result<()> {
    let size = bench.either(500, PLAN);
    let world = home::world(&bench.folder("plan-pushes")?);
    let connections = bench.either(4, PLANS);
    bench.say(&format!("typing {connections} plans of {size} changes"));
    let mut writers = Vec::new();
    for _ in 0..connections {
        writers.push(Writer::of_plan(&world, size)?);
    }
    let load = Load {
        address: world.server.url().trim_start_matches("http://").parse()?,
        process: world.server.process_id().context("the server's process")?,
        lasts: Duration::from_secs(bench.either(1, 4)),
    };
    bench.say("the server folds them");
    load.wait_until_idle()?;
    let mut case = Case::new("changes of a plan, pushed one by one")
        .at(size as u64, "changes there")
        .unit(Unit::PerSecond)
        .goal(Goal::AtLeast(5_000.0));
    // The server makes the catalogues of these plans in a first round.
    for round in 0..=bench.either(1, 3) {
        let (served, back) = bench.wait(load.run(writers))?;
        writers = back;
        ensure!(served.answered > 0, "the server answered nothing");
        if round > 0 {
            case.ours_is(served.rate());
        }
    }
    bench.report(&case);
    Ok(())
}
