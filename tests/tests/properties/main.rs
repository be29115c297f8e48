//! Properties: people, networks and servers do anything in any order, and in the end all who may
//! read a plan read the same, and nothing that was said to be safe is lost.
//!
//! An ordinary run makes up the same stories each time. `ENHANCE_CASES` says how many others are
//! made up instead. What they are made up from is printed when one ends badly; `ENHANCE_SEED` makes
//! up the same ones again.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a property fails by panicking")]

mod act;
mod adversary;
mod blows;
mod cast;
mod resting;

use std::{cell::RefCell, collections::BTreeMap, env};

use enhance_model::{RefusalCode, change_project::Section};
use enhance_tests::chance;
use proptest::{
    prelude::any,
    test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner},
};

use act::{Act, acts};
use adversary::{Besieged, Bound, Flooded};
use blows::{Blow, blows};
use cast::{Cast, layout};
use resting::{Alone, Deed, deeds};

/// Made-up stories in an ordinary run.
const CASES: u32 = 40;

/// The same of stories in which weeks pass.
const RESTING_CASES: u32 = 16;

/// The same of stories in which somebody sends whatever is let in.
const BESIEGED_CASES: u32 = 12;

/// Things that somebody sends in one.
const BLOWS: usize = 24;

/// What they are made up from in an ordinary run.
const ORDINARY: u64 = 20_261_122;

/// Things that happen in one.
const ACTS: usize = 36;

fn config(cases: Option<u32>, seed: u64) -> Config {
    Config {
        cases: cases.unwrap_or(CASES),
        rng_seed: RngSeed::Fixed(seed),
        max_shrink_iters: 1_500,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            "tests/properties/regressions.txt",
        ))),
        ..Config::default()
    }
}

#[test]
fn everybody_reads_the_same_in_the_end_and_nothing_acknowledged_is_lost() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stories = (any::<u64>(), layout(), acts(ACTS));
    let cases = env::var("ENHANCE_CASES").ok().and_then(|cases| cases.parse().ok());
    let ordinary = || if cases.is_some() { rand::random() } else { ORDINARY };
    let seed = chance::seed().unwrap_or_else(ordinary);
    let outcome = TestRunner::new(config(cases, seed)).run(&stories, |(seed, layout, acts)| {
        runtime.block_on(tell(seed, &layout, &acts)).map_err(TestCaseError::fail)
    });
    if let Err(error) = outcome {
        panic!("{error}\nto make up these stories again: {}={seed}", chance::SEED);
    }
}

#[test]
fn what_rests_is_the_same_on_every_device_of_its_owner_and_nothing_of_it_is_lost() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stories = (any::<u64>(), deeds(ACTS));
    let cases = env::var("ENHANCE_CASES").ok().and_then(|cases| cases.parse().ok());
    let ordinary = || if cases.is_some() { rand::random() } else { ORDINARY };
    let seed = chance::seed().unwrap_or_else(ordinary);
    let cases = cases.or(Some(RESTING_CASES));
    let outcome = TestRunner::new(config(cases, seed)).run(&stories, |(seed, deeds)| {
        runtime.block_on(rest(seed, &deeds)).map_err(TestCaseError::fail)
    });
    if let Err(error) = outcome {
        panic!("{error}\nto make up these stories again: {}={seed}", chance::SEED);
    }
}

#[test]
fn after_anything_that_is_let_in_everybody_edits_syncs_folds_and_opens() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stories = (any::<u64>(), blows(BLOWS));
    let cases = env::var("ENHANCE_CASES").ok().and_then(|cases| cases.parse().ok());
    let ordinary = || if cases.is_some() { rand::random() } else { ORDINARY };
    let seed = chance::seed().unwrap_or_else(ordinary);
    let cases = cases.or(Some(BESIEGED_CASES));
    let heard = RefCell::new((0, BTreeMap::<RefusalCode, usize>::new()));
    let outcome = TestRunner::new(config(cases, seed)).run(&stories, |(seed, blows)| {
        let (let_in, refused) =
            runtime.block_on(besiege(seed, &blows)).map_err(TestCaseError::fail)?;
        let mut heard = heard.borrow_mut();
        heard.0 += let_in;
        for (code, count) in refused {
            *heard.1.entry(code).or_default() += count;
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}\nto make up these stories again: {}={seed}", chance::SEED);
    }
    let (let_in, refused) = heard.into_inner();
    // What is let in is no accident, and neither is what the ends of ranges are refused for.
    assert!(let_in >= 5 * BESIEGED_CASES as usize, "{let_in} were let in, so little is shown");
    for code in [RefusalCode::Bomb, RefusalCode::TooManyHeads, RefusalCode::Malformed] {
        assert!(refused.contains_key(&code), "no bound of {code} was reached: {refused:?}");
    }
}

#[test]
fn whoever_uses_up_what_a_project_holds_leaves_every_member_room_to_go_on() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let seed = chance::seed().unwrap_or(ORDINARY);
    for bound in Bound::ALL {
        let told = format!("{bound:?}, {}={seed}", chance::SEED);
        runtime.block_on(Box::pin(async {
            let mut besieged = Box::pin(Besieged::near(seed, bound)).await;
            let Flooded { reached, end, piece, codes } = besieged.flood(bound);
            assert_eq!(codes, [RefusalCode::PartFull], "{told}");
            // To the last piece, and a piece that was half of either; the rest is kept for others.
            assert!(reached <= end && reached + 2 * piece > end, "{reached} of {end}, {told}");
            let ended = besieged.end().await;
            assert_eq!(ended, Ok(()), "{told}");
        }));
    }
}

async fn besiege(
    seed: u64,
    blows: &[Blow],
) -> Result<(usize, BTreeMap<RefusalCode, usize>), String> {
    let mut besieged = Box::pin(Besieged::begin(seed)).await;
    for (number, blow) in blows.iter().enumerate() {
        besieged.play(blow);
        // Honest people write in between, on what they have read by then.
        if number % 6 == 5 {
            besieged.work(number).await;
        }
    }
    besieged.end().await?;
    Ok(besieged.heard())
}

async fn rest(seed: u64, deeds: &[Deed]) -> Result<(), String> {
    let mut alone = Alone::begin(seed).await;
    for deed in deeds {
        alone.play(deed).await;
    }
    alone.end().await
}

/// Stories that once ended badly, as small as they could be made.
fn once_ended_badly() -> Vec<(&'static str, Vec<usize>, Vec<Act>)> {
    use Act::{Append, Backup, Comment, Days, Grant, Prepend, Restore, Revoke, Sync};
    vec![
        (
            "a right taken and given again while its holder writes",
            vec![0, 1],
            vec![Revoke(0), Grant(0), Append(0, Section::Problem), Append(1, Section::Problem)],
        ),
        (
            "a right taken and given again while its holder comments",
            vec![0, 1],
            vec![Comment(1), Revoke(0), Grant(0), Sync(0)],
        ),
        (
            "a comment that only its author's device holds when the server is restored",
            vec![0, 0, 0, 1],
            vec![Comment(3), Backup, Sync(3), Restore],
        ),
        (
            "a right taken away, and what its holder had stored lost with the server's disk",
            vec![0, 1],
            vec![Backup, Append(1, Section::Problem), Revoke(0), Sync(1), Restore],
        ),
        (
            "a right taken away, and what its holder had stored and folded lost with the server's disk",
            vec![0, 1],
            vec![Days(8), Prepend(1, Section::Plan), Backup, Revoke(0), Sync(1), Restore],
        ),
    ]
}

#[test]
fn stories_that_once_ended_badly_end_well_whoever_comes_first() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for (what, layout, acts) in once_ended_badly() {
        for seed in 0..layout.len() as u64 {
            let ended = runtime.block_on(tell(seed, &layout, &acts));
            assert_eq!(ended, Ok(()), "{what}, seed {seed}");
        }
    }
}

async fn tell(seed: u64, layout: &[usize], acts: &[Act]) -> Result<(), String> {
    let mut cast = Cast::gather(seed, layout).await;
    for act in acts {
        cast.play(act).await;
    }
    cast.end().await
}
