//! Honest people, whose phones sync at a steady pace whatever comes back.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::Result;
use tokio::task::JoinSet;

use super::stage::{ROUND, Stage};
use crate::{
    fixtures::{wire::Wire, writer::Writer},
    frame::samples::Samples,
};

/// How often each phone syncs: below what the server lets a device ask in a minute.
const PACE: Duration = Duration::from_millis(280);
/// How long a phone waits for an answer before it tries once more.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long it waits before it tries once more.
const PAUSE: Duration = Duration::from_millis(50);

/// When an attack begins and ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phase {
    pub(super) begin: Instant,
    pub(super) attacked: Instant,
    pub(super) left: Instant,
}

/// In how many milliseconds honest people had their answers: from the moment they meant to ask.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub(super) before: Samples,
    pub(super) during: Samples,
    pub(super) after: Samples,
}

/// Everybody on a stage.
pub(super) fn gather(stage: &Stage) -> Result<Vec<Writer>> {
    let people: Vec<Writer> = stage.people.borrow_mut().drain(..).collect();
    anyhow::ensure!(!people.is_empty(), "nobody is there");
    Ok(people)
}

/// Syncs until the end. An error if anything honest is refused for good.
pub(super) async fn sync(
    people: Vec<Writer>,
    address: SocketAddr,
    phase: Phase,
    end: Instant,
) -> Result<Heard> {
    let mut phones = JoinSet::new();
    let count = u32::try_from(people.len())?;
    for (number, writer) in (0..).zip(people) {
        // Evenly beside one another, so that they are not each other's attack.
        let first = phase.begin + PACE * number / count;
        phones.spawn(phone(writer, address, first, end));
    }
    let mut heard = Heard::default();
    while let Some(done) = phones.join_next().await {
        for (meant, millis) in done?? {
            let samples = if meant < phase.attacked {
                &mut heard.before
            } else if meant < phase.left {
                &mut heard.during
            } else {
                &mut heard.after
            };
            samples.add(millis);
        }
    }
    Ok(heard)
}

/// One phone: a new connection for each sync, as a phone on a ward has, and the same request once
/// more if there was no answer.
async fn phone(
    mut writer: Writer,
    address: SocketAddr,
    first: Instant,
    end: Instant,
) -> Result<Vec<(Instant, f64)>> {
    let mut heard = Vec::new();
    let mut meant = first;
    for kind in ROUND.into_iter().cycle() {
        if meant >= end {
            break;
        }
        tokio::time::sleep_until(meant.into()).await;
        writer.turn_to(kind);
        let request = writer.request()?;
        let give_up = end + PATIENCE;
        let body = loop {
            let asked = tokio::time::timeout(PATIENCE, once(address, &request)).await;
            if let Ok(Ok(Some(body))) = asked {
                break body;
            }
            anyhow::ensure!(Instant::now() < give_up, "an honest phone is not answered any more");
            tokio::time::sleep(PAUSE).await;
        };
        heard.push((meant, meant.elapsed().as_secs_f64() * 1_000.0));
        writer.answered(&body)?;
        meant += PACE;
    }
    Ok(heard)
}

/// Asks once. None if the server asks to come again later.
async fn once(address: SocketAddr, request: &[u8]) -> Result<Option<Vec<u8>>> {
    let answer = Wire::to(address).await?.ask(request).await?;
    Ok((answer.status == 200).then_some(answer.body))
}
