//! Tells the server's answers from everybody else's.
//!
//! A captive portal says 200 with a login page, a proxy 407 or 502, a broken line sends half of
//! yesterday's answer. None of that is an answer, and none of it changes anything here: an answer
//! has our media type, our frame and the nonce of the request it belongs to.

use std::time::Duration;

use enhance_model::RefusalCode;
use enhance_protocol::{
    AnswerTicketResponse, BlobResponse, CertificateResponse, DeviceResponse, EnrolResponse,
    IdentityResponse, InvitationResponse, MEDIA_TYPE, Nonce, OpenTicketResponse, PersonResponse,
    PresenceResponse, Refusal, ShortResponse, TicketResponse, decode, encode,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    environment::transport::{Answer, Method, Request, Token, Transport, Unreachable},
    error::{Errand, Error, Obstacle},
};

/// Bytes that are taken of the body of a refusal.
const REFUSAL_BYTES: usize = 64 << 10;

/// Why there is no answer of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoAnswer {
    /// No answer came, or one that is not the server's.
    #[error(transparent)]
    Offline(#[from] Unreachable),
    /// The server says no.
    #[error("the server refuses: {}", .0.message)]
    Refused(Refusal),
}

impl NoAnswer {
    /// What came claims to be the answer and is none.
    pub(crate) fn foreign(reason: impl std::fmt::Display) -> Self {
        Self::by(Obstacle::Unreadable, reason)
    }

    /// The body ended before it was whole.
    pub(crate) fn cut(reason: impl std::fmt::Display) -> Self {
        Self::by(Obstacle::CutOff, reason)
    }

    pub(crate) fn by(obstacle: Obstacle, detail: impl std::fmt::Display) -> Self {
        Self::Offline(Unreachable::by(obstacle, detail))
    }

    /// What was in the way, unless the server said no.
    pub(crate) fn obstacle(&self) -> Option<&Obstacle> {
        match self {
            Self::Offline(Unreachable { obstacle, .. }) => Some(obstacle),
            Self::Refused(_) => None,
        }
    }
}

/// A body that repeats the nonce of its request.
pub(crate) trait Echo: DeserializeOwned {
    /// The nonce it repeats.
    fn nonce(&self) -> &Nonce;
}

macro_rules! echoes {
    ($($answer:ty)+) => {
        $(impl Echo for $answer {
            fn nonce(&self) -> &Nonce {
                &self.nonce
            }
        })+
    };
}

echoes! {
    ShortResponse BlobResponse EnrolResponse IdentityResponse InvitationResponse DeviceResponse
    PersonResponse PresenceResponse CertificateResponse TicketResponse OpenTicketResponse
    AnswerTicketResponse
}

impl From<NoAnswer> for Error {
    fn from(error: NoAnswer) -> Self {
        match error {
            NoAnswer::Offline(reason) => {
                tracing::debug!(%reason, "no answer of the server");
                let (obstacle, errand) = (reason.obstacle.clone(), Errand::default());
                Self::Offline { obstacle, errand, cause: None }.because(reason)
            }
            NoAnswer::Refused(Refusal {
                code:
                    code @ (RefusalCode::RateLimited
                    | RefusalCode::Unavailable
                    | RefusalCode::ServerFull),
                retry_in_ms,
                message,
                ..
            }) => {
                let wait = |millis: u32| Duration::from_millis(millis.into());
                let retry_in = retry_in_ms.map(|millis| wait(millis).min(Obstacle::LONGEST_WAIT));
                let obstacle = match code {
                    RefusalCode::ServerFull => Obstacle::ServerFull { retry_in },
                    _ => Obstacle::Busy { retry_in },
                };
                NoAnswer::by(obstacle, message).into()
            }
            NoAnswer::Refused(Refusal { code: RefusalCode::SignInNeeded, .. }) => {
                Self::SignInNeeded
            }
            NoAnswer::Refused(Refusal { code, message, .. }) => Self::Refused { code, message },
        }
    }
}

/// A question to the server: with a token that of an enrolled device.
pub(crate) fn post<Q: Serialize>(
    server: &str,
    path: &str,
    token: Option<Token>,
    question: &Q,
) -> Result<Request, Error> {
    let body = encode(question)
        .map_err(|error| Error::internal("putting a question into words").because(error))?;
    let (url, nonce) = (format!("{server}{path}"), None);
    Ok(Request { method: Method::Post, url, token, nonce, body, resume: None })
}

/// A request for what is at an address of the server.
pub(crate) fn get(server: &str, path: &str, token: Token, nonce: Nonce) -> Request {
    Request {
        method: Method::Get,
        url: format!("{server}{path}"),
        token: Some(token),
        nonce: Some(nonce),
        body: Vec::new(),
        resume: None,
    }
}

/// An answer and how many bytes it had on the way.
#[derive(Debug)]
pub(crate) struct Reply<T> {
    pub(crate) answer: T,
    /// Bytes of its body.
    pub(crate) bytes: u64,
}

/// Asks and takes the answer, if it is the one to this request. Unpacked it may have `limit` bytes.
pub(crate) async fn ask<T: Echo>(
    transport: &dyn Transport,
    request: Request,
    nonce: &Nonce,
    limit: usize,
) -> Result<Reply<T>, NoAnswer> {
    let answer = transport.send(request).await?;
    if answer.status != 200 {
        return Err(refusal(answer, nonce).await);
    }
    let body = read_ours(answer, limit).await?;
    let answer: T = decode(&body, limit).map_err(NoAnswer::foreign)?;
    if answer.nonce() != nonce {
        return Err(NoAnswer::foreign("this is the answer to something else"));
    }
    Ok(Reply { answer, bytes: body.len() as u64 })
}

/// What a status other than 200 means. A refusal must repeat the nonce: the server finds it in the
/// first bytes of a request, even of one that it refuses before reading it, or in its head.
pub(crate) async fn refusal(answer: Answer, nonce: &Nonce) -> NoAnswer {
    let stranger = stranger(&answer);
    match read_refusal(answer).await {
        Ok(refusal) if refusal.nonce == *nonce => NoAnswer::Refused(refusal),
        Ok(_) => NoAnswer::foreign("this refuses something else"),
        Err(_) => stranger,
    }
}

/// Whose answer it is, if it is not the server's.
fn stranger(answer: &Answer) -> NoAnswer {
    let status = answer.status;
    let obstacle = match (status, &answer.location) {
        (301 | 302 | 303 | 307 | 308, to) => Obstacle::Moved { to: to.clone().unwrap_or_default() },
        // What is not found there, or not asked for like this, is so because another service is.
        (200..=299 | 404 | 405 | 410, _) => Obstacle::NotEnhance { status },
        _ => Obstacle::of_stranger(status, answer.retry_in),
    };
    let media_type = answer.media_type.as_deref().unwrap_or("nothing");
    NoAnswer::by(obstacle, format_args!("status {status} with {media_type}"))
}

async fn read_refusal(answer: Answer) -> Result<Refusal, NoAnswer> {
    let body = read_ours(answer, REFUSAL_BYTES).await?;
    decode(&body, REFUSAL_BYTES).map_err(NoAnswer::foreign)
}

/// The body, if it claims to be of our protocol.
pub(crate) async fn read_ours(answer: Answer, limit: usize) -> Result<Vec<u8>, NoAnswer> {
    if answer.media_type.as_deref() != Some(MEDIA_TYPE) {
        return Err(stranger(&answer));
    }
    Ok(answer.read(limit).await?)
}

#[cfg(test)]
mod tests;
