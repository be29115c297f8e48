//! A new device of a person brings everything here: bytes, trips, processor time of both sides, and
//! how long until lists and search are ready. Peers do the same documents.

use anyhow::{Context, Result, ensure};
use enhance_client::{ListPage, SearchPage};

use crate::{
    bench::Bench,
    fixtures::{home, typed::Typed},
    frame::{
        case::{Case, Unit},
        cost::Processor,
        goal::Goal,
    },
    peers::{self, Peer, PeerSync},
};

/// The cases of the row: what of a first sync is counted.
struct Cases {
    bytes: Case,
    trips: Case,
    both: Case,
    sync: Case,
    server: Case,
    shown: Case,
    wall: Case,
}

pub fn run(bench: &mut Bench) -> Result<()> {
    let typed = bench.typed()?;
    let (mut cases, mut peers) = (Cases::new(typed.reflections), Vec::new());
    let documents = typed.for_peers.clone();
    for peer in peers::ALL {
        match Peer::start(bench, peer, &documents) {
            Ok(started) => peers.push(started),
            Err(error) => bench.not_run(peer.name, &format!("{error:#}")),
        }
    }
    for round in 0..bench.either(1, 3) {
        bench.say(&format!("round {}", round + 1));
        let typed = bench.typed()?;
        cases.ours(bench, typed)?;
        for peer in &mut peers {
            bench.say(peer.name());
            cases.peer(peer.name(), &peer.sync()?);
        }
    }
    let Cases { bytes, trips, both, sync, server, shown, wall } = cases;
    for case in [bytes, trips, both, sync, server, shown, wall] {
        bench.report(&case);
    }
    Ok(())
}

impl Cases {
    fn new(reflections: usize) -> Self {
        let size = reflections as u64;
        let new = |what, unit, goal| Case::new(what).at(size, "reflections").unit(unit).goal(goal);
        // A twentieth of what samod needs for a thousand.
        let most = 0.35 * f64::from(u32::try_from(reflections).unwrap_or(u32::MAX));
        Self {
            bytes: new("first sync: bytes both ways", Unit::Bytes, Goal::Times(1.5)),
            trips: new("first sync: trips, or messages", Unit::Trips, Goal::Shown),
            both: new("first sync: both sides, all searchable", Unit::Millis, Goal::AtMost(most)),
            sync: new("first sync: both sides, the sync alone", Unit::Millis, Goal::Shown),
            server: new("first sync: the server", Unit::Millis, Goal::Shown),
            shown: new("first sync: until lists are there", Unit::WallMillis, Goal::Shown),
            wall: new("first sync: until all is searchable", Unit::WallMillis, Goal::Shown),
        }
    }

    fn ours(&mut self, bench: &Bench, typed: &Typed) -> Result<()> {
        let new = home::another_device_at(bench, &typed.world, &typed.device)?;
        let server = typed.world.server.process_id().context("the server's process")?;
        let server = Processor::Other(server);
        let used = server.used()?;
        let database = home::peek(&new);
        let (synced, cost) = Processor::Process.cost(|| -> Result<_> {
            let (report, cost) = Processor::Process.cost(|| home::sync(bench, new.core()))?;
            let listed = new.core().reflections(ListPage::first(50))?.len();
            home::until_ready(&database)?;
            let found = new.core().search("the", SearchPage::best(20))?.len();
            Ok((report?, cost, listed, found))
        })?;
        let (report, sync, listed, found) = synced?;
        ensure!(!report.more && listed == typed.reflections.min(50) && found == 20);
        let server = server.used()?.saturating_sub(used);
        for (case, cpu) in [
            (&mut self.both, cost.cpu + server),
            (&mut self.sync, sync.cpu + server),
            (&mut self.server, server),
        ] {
            case.ours_is(cpu.as_secs_f64() * 1_000.0);
        }
        self.shown.ours_is(sync.wall.as_secs_f64() * 1_000.0);
        self.wall.ours_is(cost.wall.as_secs_f64() * 1_000.0);
        self.trips.ours_is(f64::from(report.round_trips));
        let bytes = u32::try_from(report.bytes_up + report.bytes_down)?;
        self.bytes.ours_is(f64::from(bytes));
        self.bytes.beside_is("zstd of the text", f64::from(u32::try_from(typed.compressed()?)?));
        Ok(())
    }

    fn peer(&mut self, name: &'static str, sync: &PeerSync) {
        self.both.beside_is(name, sync.cpu_ms);
        self.wall.beside_is(name, sync.wall_ms);
        self.trips.beside_is(name, sync.trips);
        self.bytes.beside_is(name, sync.bytes_up + sync.bytes_down);
    }
}
