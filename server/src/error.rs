//! What the server says when it says no, and how that becomes an HTTP answer.

use std::borrow::Cow;

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use enhance_model::RefusalCode;
use enhance_protocol::{CodecError, MEDIA_TYPE, Nonce, Refusal, encode};

use crate::storage::StorageError;

/// Why a whole request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestError {
    pub code: RefusalCode,
    /// The request's nonce, if it was read.
    pub nonce: Nonce,
    /// When to come again, if that helps.
    pub retry_in_ms: Option<u32>,
    /// The reason in words that fit this moment better than those of the code.
    pub words: Option<Cow<'static, str>>,
}

/// How soon to come again when the server has more to do than it can.
const BUSY_MS: u32 = 2_000;
/// The same where somebody has to make room first.
const FULL_MS: u32 = 60_000;

impl RequestError {
    /// A refusal with this code.
    pub fn new(code: RefusalCode) -> Self {
        let retry_in_ms = match code {
            RefusalCode::Unavailable => Some(BUSY_MS),
            RefusalCode::ServerFull => Some(FULL_MS),
            _ => None,
        };
        Self { code, nonce: Nonce::default(), retry_in_ms, words: None }
    }

    /// Says that it was one request too many, and in how many milliseconds another has room.
    pub fn too_often(wait_ms: u32) -> Self {
        Self { retry_in_ms: Some(wait_ms), ..Self::new(RefusalCode::RateLimited) }
    }

    /// A refusal that says why in words of its own.
    pub fn because(code: RefusalCode, words: impl Into<Cow<'static, str>>) -> Self {
        Self { words: Some(words.into()), ..Self::new(code) }
    }

    /// As the answer to the request with this nonce.
    #[must_use]
    pub fn answering(self, nonce: Nonce) -> Self {
        Self { nonce, ..self }
    }
}

impl From<RefusalCode> for RequestError {
    fn from(code: RefusalCode) -> Self {
        Self::new(code)
    }
}

impl From<StorageError> for RequestError {
    /// Says that it cannot be done now. What went wrong is for the operator of the server.
    fn from(error: StorageError) -> Self {
        if error.is_want_of_room() {
            tracing::error!(%error, "the disk is full");
            return Self::new(RefusalCode::ServerFull);
        }
        if error.is_of_damage() {
            tracing::error!(%error, "what is stored is damaged");
            return Self::new(RefusalCode::DamagedOnServer);
        }
        match error {
            // What is displaced was said by the writing thread, once.
            StorageError::Busy
            | StorageError::Closed
            | StorageError::NotCommitted
            | StorageError::Displaced(_) => {
                tracing::warn!(%error, "unavailable");
            }
            _ => tracing::error!(%error, "could not serve a request"),
        }
        Self::new(RefusalCode::Unavailable)
    }
}

/// Why a step of a transaction was not done: the server says no, or it cannot be done now.
pub(crate) enum StepError {
    Code(RefusalCode),
    /// The same, with words of its own.
    Because(RefusalCode, &'static str),
    Storage(StorageError),
}

impl<E: Into<StorageError>> From<E> for StepError {
    fn from(error: E) -> Self {
        Self::Storage(error.into())
    }
}

impl From<StepError> for RequestError {
    fn from(error: StepError) -> Self {
        match error {
            StepError::Code(code) => code.into(),
            StepError::Because(code, words) => Self::because(code, words),
            StepError::Storage(error) => error.into(),
        }
    }
}

impl From<CodecError> for RequestError {
    fn from(error: CodecError) -> Self {
        match error {
            CodecError::TooLarge { .. } => RefusalCode::RequestTooLarge.into(),
            CodecError::Damaged => Self::because(
                RefusalCode::MalformedRequest,
                "this request was damaged on its way to the server; try again",
            ),
            CodecError::Foreign | CodecError::Malformed { .. } => {
                RefusalCode::MalformedRequest.into()
            }
        }
    }
}

impl RequestError {
    /// The refusal as it goes over the wire.
    pub(crate) fn frame(&self) -> Vec<u8> {
        let refusal = Refusal {
            nonce: self.nonce,
            code: self.code,
            message: self
                .words
                .clone()
                .map_or_else(|| words(self.code).to_owned(), Cow::into_owned),
            retry_in_ms: self.retry_in_ms,
        };
        encode(&refusal).unwrap_or_default()
    }
}

impl IntoResponse for RequestError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.code.http_status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = framed(status, self.frame());
        // Goes with the answer inside the server, so that refusals are looked at in one place.
        response.extensions_mut().insert(self);
        response
    }
}

/// A frame as an answer.
pub fn framed(status: StatusCode, frame: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(frame));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    response
}

/// The reason in words for a person. Limits have more exact ones of their own.
pub const fn words(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::MalformedRequest => "the server could not read this request",
        RefusalCode::RequestTooLarge => "this request is larger than the server takes at once",
        RefusalCode::UnsupportedProtocol => "this server speaks another version; update the app",
        RefusalCode::SignInNeeded => "the server does not know this device; enrol it again",
        RefusalCode::HasLeft => "you have left the programme; what is here stays readable",
        RefusalCode::RateLimited => "too many requests from this device; it goes on by itself",
        RefusalCode::NotFound => "there is nothing at this address",
        RefusalCode::Malformed => "this edit is damaged",
        RefusalCode::WrongHash => "this is not the edit or the file it says it is",
        RefusalCode::Bomb => "this edit would take more memory or time than any honest one",
        RefusalCode::WrongAuthor => "this edit was not made on the device that sent it",
        RefusalCode::ForeignActor => "this edit goes on with the work of another device",
        RefusalCode::WrongSequence => "the place of this edit is taken or not reached yet",
        RefusalCode::WrongSchema => "this document would not be one that the programme keeps",
        RefusalCode::Immutable => "this edit touches what never changes",
        RefusalCode::Unloadable => "this document could not be opened again after this edit",
        RefusalCode::DocumentFrozen => {
            "a fault was found in this document; it can be read, but takes no further edit"
        }
        RefusalCode::NotPublished => "this names a prompt, a topic or a tag that nobody published",
        RefusalCode::NotGranted => {
            "this document was not, or is no longer, shared with you for that"
        }
        RefusalCode::UnknownDocument => "the server does not know this document",
        RefusalCode::DocumentDeleted => "this document was deleted for ever",
        RefusalCode::DocumentExists => "there is another document with this id",
        RefusalCode::UnknownPerson => "nobody here is this person, or they have left the programme",
        RefusalCode::WrongSealing => {
            "a private document must be sealed, and a shared one must not be"
        }
        RefusalCode::ChangeTooLarge => "this edit is too large. Save it in smaller parts",
        RefusalCode::TextTooLong => {
            "a text in this edit is too long. Continue it in a new document"
        }
        RefusalCode::DocumentTooLarge => "this document is too large. Continue in a new one",
        RefusalCode::TooManyChanges => "this document was edited too often. Continue in a new one",
        RefusalCode::TooManyHeads => {
            "too much was written side by side; this is written anew on what arrived"
        }
        RefusalCode::NoReceipt => "nothing shows that this server stored this before",
        RefusalCode::NotSigned => "this is not signed with a key of this device that counts",
        RefusalCode::TooManyInvitations => {
            "too much that you or others sent waits to be answered or read; wait until it was, or \
             take some of it back"
        }
        RefusalCode::Unwelcome => "this person wants nothing more sent by you",
        RefusalCode::PartFull => "this plan has no more room for what you write in it",
        RefusalCode::QuotaExceeded => {
            "your space on the server is full: delete what you need no more, or ask whoever runs it for \
             more"
        }
        _ => words_of_invitation(code),
    }
}

/// The same of what is refused to who joins.
const fn words_of_invitation(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::InvitationUnknown => {
            "there is no invitation with this code; check the letters"
        }
        RefusalCode::InvitationUsed => "this invitation has been used; ask for another one",
        RefusalCode::InvitationExpired => "this invitation is too old; ask for another one",
        RefusalCode::InvitationOfAnother => {
            "this invitation is for somebody else than this device was enrolled for"
        }
        _ => words_of_ticket(code),
    }
}

/// The same of what is refused to who made a ticket, or has its link.
const fn words_of_ticket(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::TicketUnknown => "there is no such ticket; check the link",
        RefusalCode::TicketEnded => "this ticket was ended by who made it",
        RefusalCode::TicketExpired => "the time of this ticket is over; ask for another one",
        RefusalCode::TicketUsedUp => {
            "this ticket was opened as often as it can be; ask for another one"
        }
        RefusalCode::TicketNotForThat => "this ticket is not for that; ask for one that is",
        RefusalCode::TicketFull => {
            "no more fits: end tickets that nobody needs, or answer in one piece"
        }
        _ => words_of_server(code),
    }
}

/// The same of what a server cannot do, for no fault of who asks.
const fn words_of_server(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::Unavailable => "the server cannot answer now; nothing was stored",
        RefusalCode::ServerFull => {
            "the server has no room left; nothing was stored, and whoever runs it has to make some"
        }
        RefusalCode::DamagedOnServer => {
            "something that the server keeps of this cannot be read; tell whoever runs it. What you \
             wrote is kept here until it is mended"
        }
        _ => "the server does not take this",
    }
}
