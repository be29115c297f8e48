//! Attacks with changes of a plan that the attacker may edit, or of plans of their own.

use anyhow::Result;
use enhance_model::{ChangeHash, DocumentId, DocumentKind, EntryKind};
use enhance_protocol::{OFFERED_AT_ONCE, Offer};
use enhance_tests::bare::{
    crafted::{Crafted, signed, unsigned},
    offers,
};

use super::{force::Force, stage::Stage};
use crate::fixtures::plan::Plan;

/// Connections of one person: as many as may be under way at once.
const CONNECTIONS: usize = 8;

/// The same offers on every connection, again and again.
fn again_and_again(stage: &Stage, offers: &[Offer]) -> Result<Force> {
    let request = stage.request(offers.to_vec())?;
    Ok(Force::Requests(vec![vec![request]; CONNECTIONS]))
}

/// A change of an actor that was not there before.
fn new_actor(stage: &Stage, mut crafted: Crafted) -> Crafted {
    let (first, _) = crafted.actor.split_at_mut(8);
    first.copy_from_slice(&stage.number().to_be_bytes());
    crafted
}

/// G1: as many changes beside one another as an edit may not name.
pub(super) fn side_by_side(stage: &Stage) -> Result<Force> {
    let mut lanes = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut requests = Vec::new();
        for _ in 0..4 {
            let mut beside = Vec::new();
            for _ in 0..257 {
                let one = Crafted::nulls(&[&stage.last], stage.attacker.id, "n", 1);
                beside.push(new_actor(stage, one).offer(stage.plan));
            }
            requests.push(stage.request(beside)?);
        }
        lanes.push(requests);
    }
    Ok(Force::Requests(lanes))
}

/// G2: many operations in a few bytes.
pub(super) fn nulls(stage: &Stage) -> Result<Force> {
    at_one_key(stage, 12, 50_000)
}

/// G24: the same at one key.
pub(super) fn operations(stage: &Stage) -> Result<Force> {
    at_one_key(stage, 4, 50_000)
}

/// G23: as many values at the title as an edit may not name.
pub(super) fn values(stage: &Stage) -> Result<Force> {
    at_key(stage, "title", 3, 40_000)
}

fn at_one_key(stage: &Stage, changes: usize, operations: u32) -> Result<Force> {
    at_key(stage, "n", changes, operations)
}

fn at_key(stage: &Stage, key: &str, changes: usize, operations: u32) -> Result<Force> {
    let mut offers = Vec::new();
    for _ in 0..changes {
        let one = Crafted::nulls(&[&stage.last], stage.attacker.id, key, operations);
        offers.push(new_actor(stage, one).offer(stage.plan));
    }
    again_and_again(stage, &offers)
}

/// G3: a character at a time, as many changes in a request as are looked at.
pub(super) fn small_changes(stage: &Stage) -> Result<Force> {
    let mut lanes = Vec::new();
    for _ in 0..2 {
        let (owner, device) = (stage.attacker.person.id, stage.attacker.id);
        let mut plan = Plan::typed(owner, device, OFFERED_AT_ONCE - 1, 1)?;
        let mut requests = vec![stage.request(plan.offers(0))?];
        for _ in 0..2 {
            let from = plan.changes.len();
            plan.type_many(OFFERED_AT_ONCE, 1)?;
            requests.push(stage.request(plan.offers(from))?);
        }
        lanes.push(requests);
    }
    Ok(Force::Requests(lanes))
}

/// G7: what is a change of one document is offered as one of others.
pub(super) fn elsewhere(stage: &Stage) -> Result<Force> {
    let own = stage.attacker.project("Mine");
    stage.attacker.store(own.offers());
    let mut lanes = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut requests = Vec::new();
        for _ in 0..8 {
            let mut offers = Vec::new();
            for _ in 0..100 {
                let mut id = [0x77; 16];
                let (first, _) = id.split_at_mut(8);
                first.copy_from_slice(&stage.number().to_be_bytes());
                let document = DocumentId::from_bytes(id);
                offers.push(offers::create(document, DocumentKind::ChangeProject, None, None));
                offers.push(Offer { document, ..own.first.clone() });
            }
            requests.push(stage.request(offers)?);
        }
        lanes.push(requests);
    }
    Ok(Force::Requests(lanes))
}

/// G19 to G22: changes that closed the document to everybody once.
pub(super) fn unloadable(stage: &Stage) -> Result<Force> {
    let honest = || {
        let one = Crafted::nulls(&[&stage.last], stage.attacker.id, "n", 1);
        new_actor(stage, one)
    };
    let first = honest();
    let no_past = Crafted {
        seq: 2,
        start: first.start + 10,
        author: None,
        deps: vec![stage.last.hash],
        ..first.clone()
    };
    let times = [i64::MAX, -2].map(|time| Crafted { time, ..honest() });
    let insert = honest().column(0x34, vec![0, 1]);
    let mark = honest().column(0x42, [signed(-1), unsigned(7)].concat());
    let table = honest().column(0x42, [signed(-1), unsigned(6)].concat());
    let unknown = Crafted { deps: vec![ChangeHash::from_bytes([9; 32])], ..honest() };
    let all = [no_past, insert, mark, table, unknown].into_iter().chain(times);
    let offers: Vec<Offer> =
        all.cycle().take(500).map(|crafted| crafted.offer(stage.plan)).collect();
    debug_assert!(offers.iter().all(|offer| offer.kind == EntryKind::Change));
    again_and_again(stage, &offers)
}
