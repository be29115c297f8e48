//! How long others wait while somebody attacks the server: each attack of section G of
//! `tests/CASES.md` that could cost others something, and honest people beside it.
//!
//! Each attack has a server of its own with the limits as they are by default, and twelve people
//! whose phones sync at a steady pace, whatever comes back: what waits for a slow answer waits
//! longer. Their median and p99 are measured before, during and after; during may be three times
//! before.

mod content;
mod door;
mod entries;
mod force;
mod honest;
mod stage;

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tokio::runtime::Builder;

use self::{
    force::Force,
    honest::{Heard, Phase},
    stage::Stage,
};
use crate::{
    bench::Bench,
    frame::{
        case::{Case, Unit},
        goal::Goal,
    },
};

/// How many times as long others may wait as before.
const TIMES: f64 = 3.0;

/// One attack, as the table names it and as it is played.
struct Attack {
    /// By which case it is known.
    name: &'static str,
    what: &'static str,
    prepare: fn(&Stage) -> Result<Force>,
}

const fn attack(
    name: &'static str,
    what: &'static str,
    prepare: fn(&Stage) -> Result<Force>,
) -> Attack {
    Attack { name, what, prepare }
}

/// All attacks, in the order of the cases.
const ATTACKS: &[Attack] = &[
    // How far the figures of nothing at all are apart: the noise of the machine.
    attack("calm", "nobody attacks", |_| Ok(Force::Requests(Vec::new()))),
    attack("g1", "257 changes side by side", content::side_by_side),
    attack("g2", "50,000 nulls in a change", content::nulls),
    attack("g3", "20,000 small changes", content::small_changes),
    attack("g4-open", "1,100 half-open connections", door::half_open),
    attack("g4-bodies", "400 bodies of 4 MiB", door::bodies),
    attack("g5-refused", "10,000 refused offers in a request", entries::refused),
    attack("g5-heads", "10,000 heads in a request", entries::heads),
    attack("g5-creates", "10,000 creations in a request", entries::creations),
    attack("g6", "two creations of one id", entries::twice_created),
    attack("g7", "a change in other documents", content::elsewhere),
    attack("g8", "revocations of 1 MB", entries::revocations),
    attack("g9", "reading byte by byte", entries::byte_by_byte),
    attack("g13", "10,000 grants in a request", entries::grants),
    attack("g15", "guesses at invitations", door::guesses),
    attack("g19-g22", "changes that cannot be opened", content::unloadable),
    attack("g23", "40,000 values at one title", content::values),
    attack("g24", "50,000 operations at one key", content::operations),
];

pub fn run(bench: &mut Bench) -> Result<()> {
    let wanted = bench.part.clone();
    let is_wanted = |attack: &&Attack| wanted.as_ref().is_none_or(|name| name == attack.name);
    let attacks: Vec<&Attack> = ATTACKS.iter().filter(is_wanted).collect();
    let names = || ATTACKS.iter().map(|attack| attack.name).collect::<Vec<_>>().join(", ");
    anyhow::ensure!(!attacks.is_empty(), "there is no such attack; there are {}", names());
    for attack in attacks {
        bench.say(&format!("{}: {}", attack.name, attack.what));
        match play(bench, attack) {
            Ok(heard) => report(bench, attack, &heard)?,
            // One that spoils what honest people write is the worst there is, and no reason to
            // leave out the others.
            Err(error) => bench.not_run(attack.name, &format!("{error:#}")),
        }
    }
    Ok(())
}

/// Plays one attack beside honest people.
fn play(bench: &Bench, attack: &Attack) -> Result<Heard> {
    let stage = Stage::set(&bench.folder("attack")?)?;
    let honest = honest::gather(&stage)?;
    let force = (attack.prepare)(&stage)?;
    stage.rest()?;
    let calm = Duration::from_secs(bench.either(1, 8));
    let storm = Duration::from_secs(bench.either(2, 10));
    let address = stage.address;
    let cpu = stage.processor()?;
    let (heard, struck) = bench.wait(async {
        let begin = Instant::now();
        let phase = Phase { begin, attacked: begin + calm, left: begin + calm + storm };
        let end = phase.left + calm;
        let people = tokio::spawn(honest::sync(honest, address, phase, end));
        tokio::time::sleep_until(phase.attacked.into()).await;
        // On a thread of its own: the attacker is not to keep honest people from asking.
        let striking = tokio::task::spawn_blocking(move || {
            let runtime = Builder::new_current_thread().enable_all().build()?;
            anyhow::Ok(runtime.block_on(force.strike(address, phase.left)))
        });
        let struck = striking.await;
        (people.await, struck)
    });
    let struck = struck.context("the attacker")??;
    let cpu = stage.processor()?.saturating_sub(cpu);
    bench.say(&format!("    it was told {struck}; the server took {} ms", cpu.as_millis()));
    heard.context("the honest people")?
}

/// The lines of an attack: half of all others, and 99 of 100.
fn report(bench: &mut Bench, attack: &Attack, heard: &Heard) -> Result<()> {
    for share in [50, 99] {
        let name = attack.name.to_uppercase();
        let mut case = Case::new(format!("others' p{share} during {name}, {}", attack.what))
            .unit(Unit::WallMillis)
            .goal(Goal::Times(TIMES));
        case.ours_is(heard.during.percentile(share).context("an answer during the attack")?);
        let before = heard.before.percentile(share).context("an answer before the attack")?;
        case.beside_is("before", before);
        case.beside_is("after", heard.after.percentile(share).context("an answer after it")?);
        bench.report(&case);
    }
    Ok(())
}
