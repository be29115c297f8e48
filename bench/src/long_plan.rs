//! A plan with a long history, on a server that somebody else started: for stories that need one
//! and are told elsewhere.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use anyhow::{Context, Result};
use enhance_tests::{bare::BareDevice, chance::Chance};

use crate::fixtures::plan::{AT_ONCE, Plan};

/// The first argument that makes this program write a long plan.
pub const LONG_PLAN: &str = "long-plan";

/// Letters of one change.
const CHARACTERS: usize = 4;

/// Enrols with an invitation for another device, brings a plan of so many changes to the server, and
/// says which plan it is.
pub fn write(arguments: &[String]) -> Result<()> {
    let [server, invitation, changes] = arguments else {
        anyhow::bail!("{LONG_PLAN} http://ADDRESS INVITATION CHANGES")
    };
    let address: SocketAddr = server.trim_start_matches("http://").parse().context("an address")?;
    let changes = changes.parse().context("how many changes")?;
    let device = BareDevice::enrol(Arc::new(Mutex::new(address)), invitation, &Chance::new());
    let plan = Plan::typed(device.person.id, device.id, changes, CHARACTERS)?;
    plan.offers(0).chunks(AT_ONCE).for_each(|some| device.store(some.to_vec()));
    println!("{}", plan.id);
    Ok(())
}
