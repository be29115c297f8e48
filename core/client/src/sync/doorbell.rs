//! Listening at the server's doorbell: hearing at once that there is something new, and who else has
//! the same plan open.
//!
//! Nothing depends on it. What it tells leads to an exchange, which finds the same without it, only
//! later; so whatever goes wrong here is tried again and told nobody.

use std::{sync::Arc, time::Duration};

use enhance_protocol::{
    DoorbellEvent, PROTOCOL, PresenceRequest, PresenceResponse, Whereabouts,
    doorbell::{EVENTS, EventReader},
    path,
};
use futures_util::StreamExt;

use super::{schedule::retry_after, traffic::Traffic};
use crate::{
    cancellation::Cancellation,
    environment::transport::Answer,
    error::Error,
    network::answer::{NoAnswer, ask, get, post, refusal},
    platform::time::{Instant, sleep},
    state::{State, facts::Facts, lock::StateLock},
};

/// Bytes of the answer to where somebody is.
const ANSWER_BYTES: usize = 1 << 10;
/// Who was heard for so long before it ended is heard again soon.
const LASTED: Duration = Duration::from_secs(60);

/// Listens while the app is on the screen and there is a network, until it is stopped.
pub(super) async fn listen(lock: StateLock, traffic: Arc<Traffic>, stop: Cancellation) {
    // An error says that it was stopped.
    let _ = stop.race(listen_on(&lock, &traffic)).await;
}

async fn listen_on(lock: &StateLock, traffic: &Traffic) {
    let mut conditions = traffic.conditions();
    let mut reached = traffic.reached();
    let mut short = 0_u32;
    loop {
        if conditions.wait_for(|now| now.online && now.foreground).await.is_err() {
            return;
        }
        let began = Instant::now();
        let ended = tokio::select! {
            ended = lock.while_awake(attend(lock, traffic)) => Some(ended),
            gone = conditions.wait_for(|now| !now.online || !now.foreground) => {
                if gone.is_err() {
                    return;
                }
                None
            }
        };
        traffic.note_company(None, lock);
        let Some(ended) = ended else {
            // The person left, not the server: when they are back they are to hear at once.
            short = 0;
            continue;
        };
        short = if began.elapsed() < LASTED { short.saturating_add(1) } else { 1 };
        match ended {
            Ok(()) => {
                let random = u32::from_be_bytes(lock.environment().randomness.bytes());
                sleep(retry_after(short, random)).await;
            }
            // Whoever cannot be reached is not knocked at: an exchange that succeeds says when.
            Err(error) => {
                tracing::debug!(%error, "nobody answers at the doorbell");
                reached.mark_unchanged();
                // Signed out elsewhere: the person is to hear of it now, which takes an exchange.
                if error == Error::SignInNeeded {
                    traffic.unblock();
                }
                if reached.changed().await.is_err() {
                    return;
                }
            }
        }
    }
}

/// Listens until it ends. An error says that it did not begin.
async fn attend(lock: &StateLock, traffic: &Traffic) -> Result<(), Error> {
    let facts = lock.with(State::facts)?;
    let nonce = lock.environment().nonce();
    let request = get(&facts.server, path::DOORBELL, facts.token(), nonce);
    let answer = lock.environment().transport.send(request).await.map_err(NoAnswer::from)?;
    if answer.status != 200 || answer.media_type.as_deref() != Some(EVENTS) {
        return Err(refusal(answer, &nonce).await.into());
    }
    tokio::select! {
        ended = hear(lock, traffic, &facts, answer) => {
            if let Err(error) = ended {
                tracing::debug!(%error, "the doorbell is not heard any more");
            }
        }
        () = say(lock, traffic, &facts) => {}
    }
    Ok(())
}

/// Takes in what the doorbell says.
async fn hear(
    lock: &StateLock,
    traffic: &Traffic,
    facts: &Facts,
    answer: Answer,
) -> Result<(), NoAnswer> {
    let (mut chunks, mut reader) = (answer.body, EventReader::default());
    while let Some(chunk) = chunks.next().await {
        for event in reader.take(&chunk?).map_err(NoAnswer::foreign)? {
            match event {
                DoorbellEvent::News { newest } => traffic.note_news(newest),
                DoorbellEvent::Company(mut company) => {
                    company.guests.retain(|guest| guest.device != facts.device);
                    traffic.note_company(Some(company), lock);
                }
            }
        }
    }
    Ok(())
}

/// Tells the server where the person is, each time that they go somewhere else.
async fn say(lock: &StateLock, traffic: &Traffic, facts: &Facts) {
    let mut whereabouts = traffic.whereabouts();
    let mut told: Option<Whereabouts> = None;
    loop {
        let at = whereabouts.borrow_and_update().clone();
        if at != told {
            match tell(lock, facts, at.clone()).await {
                Ok(_) => told = at,
                Err(error) => tracing::debug!(%error, "it was not told where the person is"),
            }
        }
        if whereabouts.changed().await.is_err() {
            return;
        }
    }
}

async fn tell(lock: &StateLock, facts: &Facts, at: Option<Whereabouts>) -> Result<bool, Error> {
    let environment = lock.environment();
    let nonce = environment.nonce();
    let request = PresenceRequest { protocol: PROTOCOL, nonce, at };
    let question = post(&facts.server, path::PRESENCE, Some(facts.token()), &request)?;
    let asked = ask::<PresenceResponse>(&*environment.transport, question, &nonce, ANSWER_BYTES);
    Ok(asked.await?.answer.told)
}
