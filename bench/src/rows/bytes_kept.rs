//! Bytes that a reflection of 3 KB typed in 30 sittings takes on the phone and on the server, before
//! and after it is folded, and a keystroke of a long plan. What cannot be made again is told from
//! what can.

use anyhow::Result;

use crate::{
    bench::Bench,
    fixtures::{
        home,
        planned::Planned,
        size::{each, on_phone, on_server},
    },
    frame::{
        case::{Case, Unit},
        goal::Goal,
    },
};

/// Bytes of a reflection before anything is folded, and once all is.
const UNFOLDED: f64 = 10_000.0;
const FOLDED: f64 = 2_500.0;

pub fn run(bench: &mut Bench) -> Result<()> {
    reflections(bench)?;
    keystrokes(bench)
}

fn reflections(bench: &mut Bench) -> Result<()> {
    let typed = bench.typed()?;
    let (unfolded, folded) = (typed.unfolded, typed.folded);
    let (texts, count) = (typed.reflection_texts(), typed.reflections);
    let compressed = each(zstd::bulk::compress(texts.as_bytes(), 3)?.len() as u64, count);
    for (where_it_is, kept, most) in [
        ("on the phone, unfolded", unfolded.phone, UNFOLDED),
        ("on the phone, folded", folded.phone, FOLDED),
        ("on the server, unfolded", unfolded.server, UNFOLDED),
        ("on the server, archived", folded.server, FOLDED),
    ] {
        let parts = [
            ("its log", Goal::AtMost(most)),
            ("what is derived", Goal::Shown),
            ("all of it, with room to use again", Goal::AtMost(most)),
        ];
        for (bytes, (part, goal)) in kept.into_iter().zip(parts) {
            let what = format!("a reflection {where_it_is}: {part}");
            let mut case = Case::new(what).unit(Unit::Bytes).goal(goal);
            case.ours_is(bytes);
            case.beside_is("zstd of the text", compressed);
            bench.report(&case);
        }
    }
    Ok(())
}

fn keystrokes(bench: &mut Bench) -> Result<()> {
    let changes = bench.either(1_000, 100_000);
    let mut planned = Planned::make(bench, changes, 1)?;
    home::rest(bench, &planned.world, &planned.phone)?;
    home::fold_on_server(&mut planned.world)?;
    let (saved, place) = (planned.plan.saved().len() as u64, bench.passing_folder("sizes")?);
    let phone = on_phone(&planned.phone, &place)?;
    let server = on_server(&planned.world, &place)?;
    for (what, bytes, goal) in [
        ("a keystroke of a plan on the phone: its log", phone.log, Goal::AtMost(2.5)),
        ("a keystroke of a plan on the phone: rows and search", phone.derived, Goal::Shown),
        ("a keystroke of a plan on the server: its log", server.log, Goal::AtMost(12.0)),
        ("a keystroke of a plan on the server: what is derived", server.derived, Goal::Shown),
    ] {
        let mut case =
            Case::new(what).at(changes as u64, "changes there").unit(Unit::Bytes).goal(goal);
        case.ours_is(each(bytes, changes));
        case.beside_is("Automerge, saved", each(saved, changes));
        bench.report(&case);
    }
    Ok(())
}
