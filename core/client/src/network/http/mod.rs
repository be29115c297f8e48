//! The real network: HTTP and TLS.
//!
//! It follows no redirect, since a device token must reach the enrolled server or no one.

mod fault;
mod retry;

use std::{
    sync::OnceLock,
    time::{Duration, UNIX_EPOCH},
};

use futures_util::stream;
use reqwest::{Certificate, Client, ClientBuilder, Url, header, redirect::Policy};
use rustls::RootCertStore;

use super::address;
use crate::{
    environment::{
        Clock, Environment, SystemClock,
        transport::{Answer, Method, Pending, Request, Transport, Unreachable},
    },
    error::{Obstacle, TlsFault},
};

const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// How long the network may be silent before it counts as gone.
const SILENT_FOR: Duration = Duration::from_secs(30);

/// Characters that are kept of where an answer points.
const LONGEST_LOCATION: usize = 200;

/// The slowest upload that is still worth waiting for.
const SLOWEST_BYTES_PER_SECOND: u64 = 4 << 10;

/// HTTP and TLS with what the device trusts: its own certificate store, its own proxy settings.
#[derive(Default)]
pub struct HttpTransport {
    /// The authorities to trust instead of those the operating system offers to Rust.
    authorities: Option<Vec<Certificate>>,
    secure: OnceLock<Client>,
    loopback: OnceLock<Client>,
}

impl HttpTransport {
    /// A transport that has connected to nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A transport that trusts these certificate authorities, each as DER bytes, and no others.
    ///
    /// For hosts whose operating system shows its certificate store to them and not to a library,
    /// which is Android. A certificate that cannot be read is left out.
    pub fn trusting(authorities: &[Vec<u8>]) -> Self {
        let authorities = authorities.iter().filter_map(|der| authority(der)).collect();
        Self { authorities: Some(authorities), ..Self::default() }
    }

    fn client(&self, url: &Url) -> Result<&Client, Unreachable> {
        if url.scheme() == "http" {
            // No proxy can reach this machine's own loopback, with any settings, and no
            // certificate is involved, so that none needs to be installed.
            client(&self.loopback, |builder| builder.no_proxy().tls_certs_only([]))
        } else {
            client(&self.secure, |builder| match &self.authorities {
                Some(authorities) => {
                    builder.https_only(true).tls_certs_only(authorities.iter().cloned())
                }
                None => builder.https_only(true),
            })
        }
    }
}

/// A certificate authority to trust, if it can be read. `Certificate` takes any bytes, and one that
/// cannot be read would spoil the whole client later.
fn authority(der: &[u8]) -> Option<Certificate> {
    if let Err(error) = RootCertStore::empty().add(der.into()) {
        tracing::warn!(%error, "a certificate authority cannot be read");
        return None;
    }
    Certificate::from_der(der).ok()
}

fn client(
    slot: &OnceLock<Client>,
    settings: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Result<&Client, Unreachable> {
    if let Some(client) = slot.get() {
        return Ok(client);
    }
    // An app that links several Rust libraries may have installed one already; either will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder =
        Client::builder().redirect(Policy::none()).referer(false).connect_timeout(CONNECT_WITHIN);
    let client = settings(builder).build().map_err(fault::unreachable)?;
    Ok(slot.get_or_init(|| client))
}

impl Transport for HttpTransport {
    fn send(&self, request: Request) -> Pending<'_, Result<Answer, Unreachable>> {
        Box::pin(async move {
            let plain = Obstacle::NotSafe { fault: TlsFault::Plain };
            let url =
                address::of_request(&request.url).map_err(|error| Unreachable::by(plain, error))?;
            let patience = SILENT_FOR
                + Duration::from_secs(request.body.len() as u64 / SLOWEST_BYTES_PER_SECOND);
            let sending = prepare(self.client(&url)?, url, request).send();
            let response = within(patience, sending).await?;
            Ok(answer(response))
        })
    }
}

impl Environment {
    /// The device's own clock, randomness and network.
    pub fn real() -> Self {
        Self::with(HttpTransport::default())
    }
}

fn prepare(client: &Client, url: Url, request: Request) -> reqwest::RequestBuilder {
    let mut builder = match request.method {
        Method::Get => client.get(url),
        Method::Post => client
            .post(url)
            .header(header::CONTENT_TYPE, enhance_protocol::MEDIA_TYPE)
            .body(request.body),
    };
    if let Some(token) = &request.token {
        builder = builder.header(header::AUTHORIZATION, token.header());
    }
    if let Some(resume) = request.resume {
        builder = builder
            .header(header::RANGE, format!("bytes={}-", resume.from))
            .header(header::IF_RANGE, resume.etag);
    }
    builder
}

fn answer(response: reqwest::Response) -> Answer {
    let text = |name| {
        response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let media_type = text(header::CONTENT_TYPE)
        .and_then(|value| value.split(';').next().map(|name| name.trim().to_ascii_lowercase()));
    Answer {
        status: response.status().as_u16(),
        media_type,
        etag: text(header::ETAG),
        begins_at: text(header::CONTENT_RANGE).as_deref().and_then(range_start),
        location: text(header::LOCATION).and_then(|to| pointed_to(response.url(), &to)),
        retry_in: text(header::RETRY_AFTER).and_then(|asked| {
            let now = || UNIX_EPOCH + Duration::from_millis(SystemClock.now().unix_millis());
            retry::wait(&asked, text(header::DATE).as_deref(), now)
        }),
        body: Box::pin(stream::unfold(Some(response), next_chunk)),
    }
}

async fn next_chunk(
    response: Option<reqwest::Response>,
) -> Option<(Result<Vec<u8>, Unreachable>, Option<reqwest::Response>)> {
    let mut response = response?;
    match within(SILENT_FOR, response.chunk()).await {
        Ok(chunk) => chunk.map(|chunk| (Ok(chunk.into()), Some(response))),
        Err(error) => Some((Err(error), None)),
    }
}

async fn within<T>(
    patience: Duration,
    step: impl Future<Output = Result<T, reqwest::Error>>,
) -> Result<T, Unreachable> {
    match tokio::time::timeout(patience, step).await {
        Ok(result) => result.map_err(fault::unreachable),
        Err(_) => Err(Unreachable::by(Obstacle::TimedOut, "it was silent for too long")),
    }
}

/// Where an answer points, as a person may see it: without a name and a password, and without what
/// follows a question mark, which tells some portals who asked.
fn pointed_to(asked: &Url, location: &str) -> Option<String> {
    let mut to = asked.join(location.trim()).ok()?;
    to.set_query(None);
    to.set_fragment(None);
    // What has neither a name nor a password has nothing to take out.
    let _ = (to.set_username(""), to.set_password(None));
    Some(to.as_str().chars().take(LONGEST_LOCATION).collect())
}

/// The first byte of `bytes 100-199/200`.
fn range_start(content_range: &str) -> Option<u64> {
    content_range.strip_prefix("bytes ")?.split('-').next()?.parse().ok()
}

#[cfg(test)]
mod tests;
