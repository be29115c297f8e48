//! Bytes that a reflection of 3 KB typed in 30 sittings takes on the phone and on the server, and a
//! keystroke of a long plan.

use anyhow::Result;

use crate::{
    bench::Bench,
    fixtures::{
        planned::Planned,
        size::{each, on_phone, on_server},
    },
    frame::{
        case::{Case, Unit},
        goal::Goal,
    },
};

pub fn run(bench: &mut Bench) -> Result<()> {
    let bytes = |what, goal| Case::new(what).unit(Unit::Bytes).goal(goal);
    let mut phone = bytes("kept for a reflection on the phone", Goal::AtMost(2_500.0));
    let mut server = bytes("kept for a reflection on the server", Goal::AtMost(2_500.0));
    let typed = bench.typed()?;
    phone.ours_is(typed.kept.phone);
    server.ours_is(typed.kept.server);
    let (texts, count) = (typed.reflection_texts(), typed.reflections);
    let compressed = zstd::bulk::compress(texts.as_bytes(), 3)?.len();
    for case in [&mut phone, &mut server] {
        case.beside_is("zstd of the text", each(compressed as u64, count));
    }
    bench.report(&phone);
    bench.report(&server);
    let changes = bench.either(1_000, 100_000);
    let mut planned = Planned::make(bench, changes, 1)?;
    let saved = planned.plan.saved().len() as u64;
    for (what, kept, most) in [
        ("kept for a keystroke of a plan on the phone", on_phone(&planned.phone)?, 2.5),
        ("kept for a keystroke of a plan on the server", on_server(&planned.world)?, 12.0),
    ] {
        let mut case = bytes(what, Goal::AtMost(most)).at(changes as u64, "changes there");
        case.ours_is(each(kept, changes));
        case.beside_is("Automerge, saved", each(saved, changes));
        bench.report(&case);
    }
    Ok(())
}
