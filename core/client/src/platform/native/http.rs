//! HTTP and TLS with what the device trusts: its own certificate store, its own proxy settings.

use std::{sync::OnceLock, time::Duration};

use enhance_protocol::{NONCE_HEADER, nonce_in_header};
use reqwest::{Certificate, ClientBuilder, Url, header, redirect::Policy};
use rustls::RootCertStore;

use super::{address::Address, fault};
use crate::environment::transport::{Method, Request, Unreachable};

const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// The way to the network, as the operating system is set to, and with whom it trusts.
#[derive(Default)]
pub(crate) struct Client {
    /// The authorities to trust instead of those the operating system offers to Rust.
    authorities: Option<Vec<Certificate>>,
    secure: OnceLock<reqwest::Client>,
    loopback: OnceLock<reqwest::Client>,
}

impl Client {
    /// One that trusts these certificate authorities, each as DER bytes, and no others.
    pub(crate) fn trusting(authorities: &[Vec<u8>]) -> Self {
        let authorities = authorities.iter().filter_map(|der| authority(der)).collect();
        Self { authorities: Some(authorities), ..Self::default() }
    }

    /// Sends a request, and returns once the head of an answer is there.
    pub(crate) async fn send(
        &self,
        to: Address,
        request: Request,
    ) -> Result<Response, Unreachable> {
        let sent = prepare(self.of(&to.0)?, to.0, request).send().await;
        sent.map(Response).map_err(fault::unreachable)
    }

    fn of(&self, url: &Url) -> Result<&reqwest::Client, Unreachable> {
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
    slot: &OnceLock<reqwest::Client>,
    settings: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Result<&reqwest::Client, Unreachable> {
    if let Some(client) = slot.get() {
        return Ok(client);
    }
    // An app that links several Rust libraries may have installed one already; either will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .redirect(Policy::none())
        .referer(false)
        .connect_timeout(CONNECT_WITHIN);
    let client = settings(builder).build().map_err(fault::unreachable)?;
    Ok(slot.get_or_init(|| client))
}

fn prepare(client: &reqwest::Client, url: Url, request: Request) -> reqwest::RequestBuilder {
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
    if let Some(nonce) = &request.nonce {
        builder = builder.header(NONCE_HEADER, nonce_in_header(nonce));
    }
    if let Some(resume) = request.resume {
        builder = builder
            .header(header::RANGE, format!("bytes={}-", resume.from))
            .header(header::IF_RANGE, resume.etag);
    }
    builder
}

/// The head of an answer, and its body to come.
pub(crate) struct Response(reqwest::Response);

impl Response {
    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    /// What a header says, if it is text.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.0.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    }

    /// The next bytes of the body; none at its end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Vec<u8>>, Unreachable> {
        let chunk = self.0.chunk().await.map_err(fault::unreachable)?;
        Ok(chunk.map(Vec::from))
    }
}
