//! One sealed change of 100 characters among many documents, both ways together, beside the
//! envelope that is stored of it.

use anyhow::{Context, Result};
use enhance_client::LearningCore;
use enhance_protocol::{ExchangeRequest, decode};
use enhance_tests::network::Passage;

use crate::{
    bench::Bench,
    fixtures::{
        home::{self, answer, write_reflections},
        prose::Prose,
    },
    frame::{
        case::{Case, Unit},
        cost::Processor,
        goal::Goal,
    },
};

pub fn run(bench: &mut Bench) -> Result<()> {
    let mut bytes = Vec::new();
    let mut costs = Vec::new();
    for size in bench.either([20, 50], [100, 1_000]) {
        let world = home::world(&bench.passing_folder("few")?);
        let mut device = bench.wait(world.trainee());
        let ids = write_reflections(device.core(), size)?;
        home::sync_all(bench, device.core())?;
        home::until_ready(&home::peek(&device))?;
        device.close();
        let core = LearningCore::open(device.options())?;
        at_size(bench, &core, &device.network, &ids, &mut (&mut bytes, &mut costs))?;
    }
    let home = bench.reflections()?;
    let core = LearningCore::open(home.device.options())?;
    at_size(bench, &core, &home.device.network, &home.ids, &mut (&mut bytes, &mut costs))?;
    bytes.iter().chain(&costs).for_each(|case| bench.report(case));
    Ok(())
}

type Cases<'a> = (&'a mut Vec<Case>, &'a mut Vec<Case>);

fn at_size(
    bench: &Bench,
    core: &LearningCore,
    network: &enhance_tests::network::Network,
    ids: &[enhance_model::DocumentId],
    cases: &mut Cases<'_>,
) -> Result<()> {
    let size = ids.len() as u64;
    let id = *ids.get(ids.len() / 2).context("a reflection")?;
    let mut text = core
        .reflection(id)?
        .reflection
        .answers
        .into_values()
        .next()
        .context("the text of a reflection")?;
    let mut prose = Prose::new(17);
    let mut bytes = Case::new("one sealed change: payload both ways")
        .at(size, "documents there")
        .unit(Unit::Bytes)
        .goal(Goal::Over(64.0));
    let mut costs = Case::new("one sealed change: the phone").at(size, "documents there");
    for _ in 0..bench.either(3, 11) {
        let words: String = prose.text(120).chars().take(100).collect();
        text.push_str(&words);
        core.edit_reflection(id, None, &[answer(text.clone())])?;
        network.forget();
        let (report, cost) = Processor::Process.cost(|| home::sync(bench, core))?;
        report?;
        costs.ours(cost);
        let recording = network.recording();
        let passages = &recording.passages;
        let all: usize = passages.iter().map(|one| one.bytes_up() + one.bytes_down()).sum();
        bytes.ours_is(f64::from(u32::try_from(all)?));
        if let Some(envelope) = passages.iter().find_map(envelope) {
            bytes.beside_is("the envelope", f64::from(u32::try_from(envelope)?));
        }
    }
    cases.0.push(bytes);
    cases.1.push(costs);
    Ok(())
}

/// Bytes of the one entry that a request offers, if it can be read as it is written today.
fn envelope(passage: &Passage) -> Option<usize> {
    let head = passage.request.len() - passage.bytes_up();
    let request: ExchangeRequest = decode(passage.request.get(head..)?, 1 << 22).ok()?;
    Some(request.offers.first()?.body.len())
}
