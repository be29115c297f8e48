//! The real network: HTTP and TLS.
//!
//! It follows no redirect, since a device token must reach the enrolled server or no one.

mod retry;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use enhance_protocol::{MEDIA_TYPE, doorbell::EVENTS};
use futures_util::stream;
use httpdate::parse_http_date;

use super::address;
use crate::{
    environment::{
        Clock, Environment, SystemClock,
        transport::{Answer, Pending, Request, Transport, Unreachable},
    },
    error::{Obstacle, TlsFault},
    platform::{
        address::Address,
        http::{Client, Response},
        time::{Instant, timeout},
    },
};

/// How long the network may be silent before it counts as gone.
const SILENT_FOR: Duration = Duration::from_secs(30);

/// The slowest answer that is still waited for, after twice that silence: what comes byte by byte
/// keeps a sync from ending.
const SLOWEST_ANSWER_BYTES_PER_SECOND: u64 = 256;

/// Clocks that are so far apart disagree on when a token ends: it is good for two years, and one
/// month after the last its device gets another.
const FAR_APART: Duration = Duration::from_secs(180 * 24 * 60 * 60);

/// Characters that are kept of where an answer points.
const LONGEST_LOCATION: usize = 200;

/// The slowest upload that is still worth waiting for.
const SLOWEST_BYTES_PER_SECOND: u64 = 4 << 10;

/// The network as the device has it: with what it trusts, and by the ways that it is set to.
#[derive(Default)]
pub struct HttpTransport {
    client: Client,
}

impl HttpTransport {
    /// A transport that has connected to nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A transport that trusts these certificate authorities, each as DER bytes, and no others.
    ///
    /// For hosts whose operating system shows its certificate store to them and not to a library,
    /// which is Android. A certificate that cannot be read is left out. In a browser, which decides
    /// by itself whom it trusts, such a transport reaches nobody.
    pub fn trusting(authorities: &[Vec<u8>]) -> Self {
        Self { client: Client::trusting(authorities) }
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: Request) -> Pending<'_, Result<Answer, Unreachable>> {
        Box::pin(async move {
            let plain = Obstacle::NotSafe { fault: TlsFault::Plain };
            let to =
                address::of_request(&request.url).map_err(|error| Unreachable::by(plain, error))?;
            let patience = SILENT_FOR
                + Duration::from_secs(request.body.len() as u64 / SLOWEST_BYTES_PER_SECOND);
            let response = within(patience, self.client.send(to.clone(), request)).await?;
            let date = response.header("date");
            let answer = answer(&to, response);
            let is_unknown = answer.status == 401;
            if is_unknown && answer.media_type.as_deref() == Some(MEDIA_TYPE) && is_far(date) {
                return Err(Unreachable::by(Obstacle::ClocksDiffer, "by the date of the answer"));
            }
            Ok(answer)
        })
    }
}

impl Environment {
    /// The device's own clock, randomness and network.
    pub fn real() -> Self {
        Self::with(HttpTransport::default())
    }
}

fn answer(asked: &Address, response: Response) -> Answer {
    let text = |name| response.header(name);
    let media_type = text("content-type")
        .and_then(|value| value.split(';').next().map(|name| name.trim().to_ascii_lowercase()));
    Answer {
        status: response.status(),
        media_type,
        etag: text("etag"),
        begins_at: text("content-range").as_deref().and_then(range_start),
        location: text("location").and_then(|to| pointed_to(asked, &to)),
        retry_in: text("retry-after")
            .and_then(|wait| retry::wait(&wait, text("date").as_deref(), now)),
        body: Box::pin(stream::unfold(Some(Coming::new(response)), Coming::next)),
    }
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(SystemClock.now().unix_millis())
}

/// Whether the clock of who answers is far from that of this device.
fn is_far(date: Option<String>) -> bool {
    let Some(theirs) = date.and_then(|date| parse_http_date(date.trim()).ok()) else {
        return false;
    };
    let ours = now();
    let apart = theirs.duration_since(ours).or_else(|_| ours.duration_since(theirs));
    apart.is_ok_and(|apart| apart >= FAR_APART)
}

/// A body on its way.
struct Coming {
    response: Response,
    /// When its head came, if it has to keep to a pace: the doorbell is silent for most of the time.
    begun: Option<Instant>,
    bytes: u64,
}

impl Coming {
    fn new(response: Response) -> Self {
        let is_doorbell = response.header("content-type").is_some_and(|it| it.starts_with(EVENTS));
        Self { response, begun: (!is_doorbell).then(Instant::now), bytes: 0 }
    }

    async fn next(coming: Option<Self>) -> Option<(Result<Vec<u8>, Unreachable>, Option<Self>)> {
        let mut coming = coming?;
        match within(coming.patience(), coming.response.chunk()).await {
            Ok(chunk) => chunk.map(|chunk| {
                coming.bytes = coming.bytes.saturating_add(chunk.len() as u64);
                (Ok(chunk), Some(coming))
            }),
            Err(error) => Some((Err(error), None)),
        }
    }

    /// How long the next bytes may take.
    fn patience(&self) -> Duration {
        let Some(begun) = self.begun else { return SILENT_FOR };
        let pace = Duration::from_secs(self.bytes / SLOWEST_ANSWER_BYTES_PER_SECOND);
        SILENT_FOR.min((SILENT_FOR * 2 + pace).saturating_sub(begun.elapsed()))
    }
}

async fn within<T>(
    patience: Duration,
    step: impl Future<Output = Result<T, Unreachable>>,
) -> Result<T, Unreachable> {
    let silent = || Unreachable::by(Obstacle::TimedOut, "it was silent for too long");
    timeout(patience, step).await.unwrap_or_else(|_| Err(silent()))
}

/// Where an answer points, as a person may see it: without a name and a password, and without what
/// follows a question mark, which tells some portals who asked.
fn pointed_to(asked: &Address, location: &str) -> Option<String> {
    let to = asked.join(location.trim())?.bare();
    Some(to.text().chars().take(LONGEST_LOCATION).collect())
}

/// The first byte of `bytes 100-199/200`.
fn range_start(content_range: &str) -> Option<u64> {
    content_range.strip_prefix("bytes ")?.split('-').next()?.parse().ok()
}

#[cfg(test)]
mod tests;
