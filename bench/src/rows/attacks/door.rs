//! Attacks on the door: connections, bodies and guesses.

use anyhow::Result;
use enhance_protocol::{encode, path};

use super::{force::Force, stage::Stage};
use crate::fixtures::wire;

/// Guesses that are made up before the attack; they come again.
const GUESSES: usize = 512;

/// G4: connections that never say what they want.
pub(super) fn half_open(_: &Stage) -> Result<Force> {
    wire::many_files()?;
    Ok(Force::HalfOpen { connections: 1_100 })
}

/// G4: bodies as large as a request may be, half of them with a token.
pub(super) fn bodies(stage: &Stage) -> Result<Force> {
    wire::many_files()?;
    let bytes = 4 << 20;
    let head = |token| wire::head(path::EXCHANGE, token, bytes);
    let heads = vec![head(None), head(Some(stage.attacker.token.as_slice()))];
    Ok(Force::Bodies { connections: 400, heads, bytes })
}

/// G15: invitations tried one after the other.
pub(super) fn guesses(stage: &Stage) -> Result<Force> {
    let mut lanes = Vec::new();
    for lane in 0..8 {
        let mut requests = Vec::new();
        for number in 0..GUESSES {
            let guess = format!("0000-0000-0000-{lane:04}-{number:04}");
            let request = stage.world.enrol_request(&guess);
            requests.push(wire::post(path::ENROL, None, &encode(&request)?));
        }
        lanes.push(requests);
    }
    Ok(Force::Strangers(lanes))
}
