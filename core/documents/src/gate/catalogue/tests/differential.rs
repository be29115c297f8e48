//! Changes that are almost right. What the catalogue enters must do no harm in the engine, whatever
//! is done with the document afterwards.

use std::env;

use super::{
    draft::{Draft, Op, write_signed},
    honest::Story,
    *,
};

/// Mutants in an ordinary run. `ENHANCE_MUTANTS` asks for more.
const MUTANTS: usize = 1_000;

/// A document before one of its changes, and that change.
#[derive(Clone)]
pub struct Case {
    pub before: Vec<Vec<u8>>,
    pub catalogue: Catalogue,
    pub change: Draft,
}

fn cases(seed: u64) -> Vec<Case> {
    let (mut story, mut chance) = (Story::begin(), Chance(seed));
    (0..60).for_each(|_| story.step(&mut chance));
    let changes = story.changes();
    let mut cases = Vec::new();
    let mut catalogue = Catalogue::new(None);
    for (at, change) in changes.iter().enumerate() {
        if at > 4 {
            let before = changes[..at].to_vec();
            cases.push(Case { before, catalogue: catalogue.clone(), change: Draft::of(change) });
        }
        enter(&mut catalogue, change).unwrap();
    }
    cases
}

/// A counter or actor that is near, or far off.
fn nudge(number: i64, chance: &mut Chance) -> i64 {
    match chance.below(5) {
        0 => number + 1,
        1 => number - 1,
        2 => 0,
        3 => number + 1_000,
        _ => i64::try_from(chance.below(60)).unwrap(),
    }
}

/// The change with one or two things about it altered.
pub fn mutate(case: &Case, chance: &mut Chance) -> Draft {
    let mut draft = case.change.clone();
    for _ in 0..=chance.below(2) {
        mutate_once(&mut draft, case, chance);
    }
    draft
}

fn mutate_once(draft: &mut Draft, case: &Case, chance: &mut Chance) {
    let actors = draft.others.len() + 1;
    let at = chance.below(draft.ops.len());
    let known = case.catalogue.records.history.changes.iter().filter_map(|row| row.hash);
    let known: Vec<[u8; 32]> = known.map(|hash| *hash.as_bytes()).collect();
    let any_actor =
        case.catalogue.records.history.actors.iter().map(|actor| actor.bytes).collect::<Vec<_>>();
    match chance.below(16) {
        0 => draft.seq = draft.seq.wrapping_add_signed(nudge(0, chance)),
        1 => draft.start = u64::try_from(nudge(draft.start.cast_signed(), chance)).unwrap_or(1),
        2 => draft.deps = chance.of(&known).into_iter().collect(),
        3 => draft.deps.extend(chance.of(&known)),
        4 => draft.time = [-1, i64::MAX, i64::MIN, 1 << 40, 5][chance.below(5)],
        5 => {
            if let Some(actor) = chance.of(&any_actor) {
                draft.actor = actor;
            }
        }
        6 => draft.others.extend(chance.of(&any_actor)),
        7 => draft.others.reverse(),
        8 => draft.author = Some(DeviceId::from_bytes([9; 16])),
        9 => draft.split = true,
        10 => {
            let other = chance.below(draft.ops.len());
            draft.ops.swap(at, other);
        }
        11 => {
            let op = draft.ops[at].clone();
            draft.ops.insert(at, op);
        }
        12 if draft.ops.len() > 1 => drop(draft.ops.remove(at)),
        _ => {
            if let Some(op) = draft.ops.get_mut(at) {
                mutate_op(op, actors, chance);
            }
        }
    }
}

fn mutate_op(op: &mut Op, actors: usize, chance: &mut Chance) {
    let actor = chance.below(actors) as u64;
    match chance.below(16) {
        0 => op.object = op.object.map(|(actor, at)| (actor, nudge(at, chance))),
        1 => op.object = op.object.map(|(_, at)| (actor, at)),
        2 => op.object = None,
        3 => op.key = op.key.map(|(actor, at)| (actor, nudge(at, chance))),
        4 => op.key = op.key.map(|(_, at)| (actor, at)),
        5 => (op.key, op.head, op.string) = (None, true, None),
        6 => (op.key, op.head, op.string) = (None, false, Some("key1".to_owned())),
        7 => op.insert ^= true,
        8 => op.action = chance.below(9) as u64,
        9 => op.kind = chance.below(12) as u64,
        10 => {
            op.value.clear();
            match chance.below(3) {
                0 => write_signed(nudge(0, chance), &mut op.value),
                1 => op.value.extend("ab".as_bytes()),
                _ => op.value.extend(f64::NAN.to_le_bytes()),
            }
        }
        11 => op.replaced.reverse(),
        12 => drop(op.replaced.pop()),
        13 => {
            let first = op.replaced.first().copied();
            op.replaced.extend(first);
        }
        14 => op.replaced.push((actor, i64::try_from(chance.below(60) + 1).unwrap())),
        _ => match chance.below(2) {
            0 => op.expand = true,
            _ => op.mark = Some("bold".to_owned()),
        },
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a long run is asked for from outside")]
fn what_is_entered_does_no_harm_however_it_came_about() {
    let mutants = env::var("ENHANCE_MUTANTS").ok().and_then(|text| text.parse().ok());
    let mutants: usize = mutants.unwrap_or(MUTANTS);
    let seed = env::var("ENHANCE_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    // The engine's panics are caught; their messages would only bury what went wrong here.
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let (mut entered, mut harmless, mut faults) = (0, 0, Vec::new());
    let mut chance = Chance(seed);
    let mut all = cases(seed);
    for number in 0..mutants {
        if number % 2_000 == 1_999 {
            all = cases(seed + number as u64);
        }
        let case = &all[chance.below(all.len())];
        let mutant = mutate(case, &mut chance).bytes();
        let mut catalogue = case.catalogue.clone();
        match enter(&mut catalogue, &mutant) {
            Ok(()) => {
                entered += 1;
                if let Some(harm) = oracle::harm(&case.before, &mutant) {
                    faults.push(format!("mutant {number}: {harm}"));
                }
            }
            // How strict the catalogue is shows in how much of the harmless it refuses; a few.
            Err(_) if number % 20 == 0 => {
                harmless += usize::from(oracle::harm(&case.before, &mutant).is_none());
            }
            Err(_) => {}
        }
    }
    std::panic::set_hook(report);
    assert_eq!(faults, Vec::<String>::new(), "seed {seed}");
    assert!(
        harmless <= mutants / 40,
        "{harmless} harmless mutants among those looked at were refused"
    );
    assert!(entered > mutants / 100, "only {entered} mutants got far enough to be tried");
}
