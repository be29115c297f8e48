//! `GET /v1/doorbell` and `POST /v1/presence`: who listens is told when there is something for them,
//! and who else has the same plan open.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use enhance_model::{DocumentKind, RefusalCode};
use enhance_protocol::{
    DoorbellEvent, PresenceRequest, PresenceResponse, Whereabouts, doorbell::BEAT_SECONDS,
};
use futures_util::stream;
use rusqlite::Connection;
use tokio::{
    sync::watch,
    time::{Instant, Interval, MissedTickBehavior, interval_at},
};

use super::request::{SmallRequest, answer, bearer, reader, slowly};
use crate::{
    doorbell::Listening,
    error::RequestError,
    state::ServerState,
    storage::{StorageError, access, documents, people::Sender},
};

const BEAT: Duration = Duration::from_secs(BEAT_SECONDS);
/// How soon to come again where too many listen: exchanges go on without it.
const FULL_MS: u32 = 60_000;

/// Answers with events until the device is gone or is known no more, or another takes its place.
pub(super) async fn listen(
    State(state): State<ServerState>,
    headers: HeaderMap,
) -> Result<Response, RequestError> {
    let sender = reader(&state, &headers).await?;
    slowly(&state, state.admit_request(sender)).await?;
    let token = bearer(&headers).ok_or_else(|| RequestError::new(RefusalCode::SignInNeeded))?;
    let listening = state.doorbell.come(sender).ok_or_else(|| RequestError::too_often(FULL_MS))?;
    let mut news = state.storage.tips().listen(sender.person);
    // What is newest is said at once: it may have come before this was listened to.
    news.mark_changed();
    let mut beats = interval_at(Instant::now() + BEAT, BEAT);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let hearing = Hearing { state, token, listening, news, beats };
    let mut response = Sse::new(stream::unfold(hearing, next)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Some proxies keep an answer back until it is whole, unless they are told not to.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// Notes where the person of a device is. Only who may read a plan is there.
pub(super) async fn presence(
    State(state): State<ServerState>,
    small: SmallRequest<PresenceRequest>,
) -> Result<Response, RequestError> {
    let PresenceRequest { nonce, at, .. } = small.request;
    let _turn = small.visit.turn().await;
    let may = may_be_there(&state, small.sender, at.as_ref()).await;
    if !may.map_err(|error| RequestError::from(error).answering(nonce))? {
        return Err(RequestError::new(RefusalCode::NotFound).answering(nonce));
    }
    let told = state.doorbell.go(small.sender, at);
    Ok(answer(&PresenceResponse { nonce, told }))
}

async fn may_be_there(
    state: &ServerState,
    sender: Sender,
    at: Option<&Whereabouts>,
) -> Result<bool, StorageError> {
    let Some(at) = at else { return Ok(true) };
    if !at.place.is_of_project() {
        return Ok(false);
    }
    let document = at.document;
    let find = move |db: &Connection| {
        let row = documents::find(db, document)?;
        let is_project =
            row.is_some_and(|row| row.kind == DocumentKind::ChangeProject && !row.deleted);
        Ok(is_project && access::find(db, document, sender.person)?.is_some())
    };
    state.storage.read(find).await
}

/// One device that listens.
struct Hearing {
    state: ServerState,
    token: [u8; 20],
    listening: Listening,
    news: watch::Receiver<u64>,
    beats: Interval,
}

/// What is to be said next.
enum Say {
    Event(DoorbellEvent),
    Beat,
}

async fn next(mut hearing: Hearing) -> Option<(Result<Event, Infallible>, Hearing)> {
    let event = match hearing.next().await? {
        Say::Beat => Event::default().comment(""),
        Say::Event(event) => Event::default().event(event.name()).data(event.data().ok()?),
    };
    Some((Ok(event), hearing))
}

impl Hearing {
    /// None once it is over.
    async fn next(&mut self) -> Option<Say> {
        loop {
            tokio::select! {
                changed = self.news.changed() => {
                    changed.ok()?;
                    let newest = *self.news.borrow_and_update();
                    return Some(Say::Event(DoorbellEvent::News { newest }));
                }
                changed = self.listening.company.changed() => {
                    changed.ok()?;
                    let company = self.listening.company.borrow_and_update().clone();
                    if let Some(company) = company {
                        let company = Arc::unwrap_or_clone(company);
                        return Some(Say::Event(DoorbellEvent::Company(company)));
                    }
                }
                _ = self.beats.tick() => {
                    return self.is_still_let_in().await.then_some(Say::Beat);
                }
            }
        }
    }

    /// Whether the device is still known; and takes it out of a plan that its person may not read
    /// any more.
    async fn is_still_let_in(&self) -> bool {
        let sender = self.listening.sender;
        if !matches!(self.state.sender(&self.token).await, Ok(Some(known)) if known == sender) {
            return false;
        }
        if let Some(project) = self.state.doorbell.project_of(sender.device) {
            let find = move |db: &Connection| access::find(db, project, sender.person);
            if !matches!(self.state.storage.read(find).await, Ok(Some(_))) {
                self.state.doorbell.go(sender, None);
            }
        }
        true
    }
}
