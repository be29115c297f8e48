//! A sync with nothing new on either side, counted at a proxy: trips, and bytes with and without
//! HTTP's own.

use anyhow::Result;
use enhance_client::LearningCore;
use enhance_tests::network::Passage;

use crate::{
    bench::Bench,
    fixtures::home,
    frame::{
        case::{Case, Unit},
        cost::Processor,
        goal::Goal,
    },
};

pub fn run(bench: &mut Bench) -> Result<()> {
    let rounds = bench.either(3, 11);
    let home = bench.reflections()?;
    let core = LearningCore::open(home.device.options())?;
    home::sync(bench, &core)?;
    let new = |what, unit, goal| Case::new(what).unit(unit).goal(goal);
    let mut trips = new("nothing new: trips", Unit::Trips, Goal::AtMost(1.0));
    let mut up = new("nothing new: payload up", Unit::Bytes, Goal::AtMost(40.0));
    let mut down = new("nothing new: payload down", Unit::Bytes, Goal::AtMost(24.0));
    let mut whole = new("nothing new: all bytes, with HTTP", Unit::Bytes, Goal::AtMost(330.0));
    let mut client = Case::new("nothing new: the phone");
    for _ in 0..rounds {
        home.device.network.forget();
        let (report, cost) = Processor::Process.cost(|| home::sync(bench, &core))?;
        let (report, recording) = (report?, home.device.network.recording());
        client.ours(cost);
        trips.ours_is(f64::from(report.round_trips));
        let bytes = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let passages = &recording.passages;
        up.ours_is(bytes(passages.iter().map(Passage::bytes_up).sum()));
        down.ours_is(bytes(passages.iter().map(Passage::bytes_down).sum()));
        let all = passages.iter().map(|one| one.request.len() + one.response.len()).sum();
        whole.ours_is(bytes(all));
    }
    for case in [trips, up, down, whole, client] {
        bench.report(&case);
    }
    Ok(())
}
