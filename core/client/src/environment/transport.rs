//! The one way bytes leave the phone and come back.
//!
//! A [`Transport`] carries a request and tells what came back, and does not judge it: whether an
//! answer is the server's is decided where it is read.

use std::{fmt, pin::Pin, time::Duration};

use enhance_protocol::Nonce;
use futures_util::{Stream, StreamExt};
use zeroize::Zeroize;

use crate::error::Obstacle;

/// A future that a [`Transport`] hands out.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The bytes of an answer as they come.
pub type Chunks = Pin<Box<dyn Stream<Item = Result<Vec<u8>, Unreachable>> + Send>>;

/// Carries requests. The real one is [`crate::HttpTransport`]; a test puts a bad network in its place.
pub trait Transport: Send + Sync {
    /// Sends a request and returns once the head of an answer is there.
    fn send(&self, request: Request) -> Pending<'_, Result<Answer, Unreachable>>;
}

/// What a request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

/// One request. What is in it is never printed.
#[derive(Clone)]
pub struct Request {
    pub method: Method,
    pub url: String,
    pub token: Option<Token>,
    /// What a refusal must repeat, of a request in whose body that does not stand.
    pub nonce: Option<Nonce>,
    /// What is handed over; empty for [`Method::Get`].
    pub body: Vec<u8>,
    /// Asks for the rest of something of which a part is here.
    pub resume: Option<Resume>,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("bytes", &self.body.len())
            .field("resume", &self.resume)
            .finish_non_exhaustive()
    }
}

/// The part that is here already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resume {
    /// Bytes that are here.
    pub from: u64,
    /// The tag of what they are a part of; another one is sent whole.
    pub etag: String,
}

/// The head of an answer, and its body to come.
pub struct Answer {
    pub status: u16,
    /// The media type, without parameters and in lower case.
    pub media_type: Option<String>,
    /// The tag of what is sent.
    pub etag: Option<String>,
    /// Where in the whole the body begins, if it is a part.
    pub begins_at: Option<u64>,
    /// Where the answer points, without what follows a question mark.
    pub location: Option<String>,
    /// How long whoever answered asks to wait; at most an hour.
    pub retry_in: Option<Duration>,
    pub body: Chunks,
}

/// Nothing usable came back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{obstacle} ({detail})")]
pub struct Unreachable {
    /// What was in the way, as an app can match on it.
    pub obstacle: Obstacle,
    /// The same in the words of what noticed it; for logs.
    pub detail: String,
}

impl Unreachable {
    pub(crate) fn by(obstacle: Obstacle, detail: impl fmt::Display) -> Self {
        Self { obstacle, detail: detail.to_string() }
    }
}

/// The secret by which the server knows this device. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 20]);

impl Token {
    /// The token with these bytes.
    pub const fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// The secret itself, for a transport that writes it in another form.
    pub const fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// What an `Authorization` header says with it.
    pub(crate) fn header(&self) -> String {
        format!("Bearer {}", data_encoding::BASE64URL_NOPAD.encode(&self.0))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Answer {
    /// The whole body, of which at most `limit` bytes are taken.
    pub async fn read(self, limit: usize) -> Result<Vec<u8>, Unreachable> {
        let mut body = Vec::new();
        let mut chunks = self.body;
        while let Some(chunk) = chunks.next().await {
            body.extend_from_slice(&chunk?);
            if body.len() > limit {
                let detail = format_args!("more than {limit} bytes came");
                return Err(Unreachable::by(Obstacle::Unreadable, detail));
            }
        }
        Ok(body)
    }
}
