//! What can stand between the device and its server.

use enhance_client::{self as client, Errand, TlsFault};

use crate::values::{Count, Duration};

/// Why no answer came that is certainly the server's.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Obstacle {
    /// No network leads there.
    NoRoute,
    /// The name in the address is not known: there is no network, or it is mistyped.
    UnknownName,
    /// The machine is there, and nothing listens at the address.
    NobodyThere,
    /// The connection broke before the whole answer was here.
    CutOff,
    /// No answer came in time.
    TimedOut,
    /// No connection that others cannot read.
    NotSafe { fault: TlsFault },
    /// The answer points elsewhere: a network's sign-in page, or the server has moved.
    Moved {
        /// Where to, without what follows a question mark; empty if that cannot be read.
        to: String,
    },
    /// The network asks for a sign-in: show its page in a browser.
    NetworkSignIn {
        /// The status of HTTP.
        status: Count,
        /// How long they ask to wait, if they say so; at most an hour.
        retry_in: Option<Duration>,
    },
    /// A proxy on the way asks for a name and a password.
    ProxySignIn,
    /// Somebody on the way forbids it: a filter of the network, or its sign-in page.
    Forbidden {
        /// The status of HTTP.
        status: Count,
        /// How long they ask to wait, if they say so; at most an hour.
        retry_in: Option<Duration>,
    },
    /// Somebody else on the way answered, such as a gateway.
    Stranger {
        /// The status of HTTP.
        status: Count,
        /// How long they ask to wait, if they say so; at most an hour.
        retry_in: Option<Duration>,
    },
    /// A web page or another service is at the address, or a network shows its sign-in page.
    NotEnhance {
        /// The status of HTTP.
        status: Count,
    },
    /// It claims to be the server's answer and is not the one to this question.
    Unreadable,
    /// What answers is not HTTP.
    NotHttp,
    /// The server itself has no time at the moment.
    Busy {
        /// How long it asks to wait, if it says so; at most an hour.
        retry_in: Option<Duration>,
    },
    /// The disk of the server is full, and whoever runs it has to make room.
    ServerFull {
        /// How long it asks to wait, if it says so; at most an hour.
        retry_in: Option<Duration>,
    },
    /// The server answers, and its answers lead nowhere.
    NoProgress,
    /// It is an Enhance server, and not the one this device is enrolled at.
    AnotherServer,
    /// It does not know this device, and its clock is half a year or more from that of this device.
    ClocksDiffer,
}

impl From<client::Obstacle> for Obstacle {
    fn from(obstacle: client::Obstacle) -> Self {
        let status = |status: u16| Count::from(u32::from(status));
        match obstacle {
            client::Obstacle::NoRoute => Self::NoRoute,
            client::Obstacle::UnknownName => Self::UnknownName,
            client::Obstacle::NobodyThere => Self::NobodyThere,
            client::Obstacle::CutOff => Self::CutOff,
            client::Obstacle::TimedOut => Self::TimedOut,
            client::Obstacle::NotSafe { fault } => Self::NotSafe { fault },
            client::Obstacle::Moved { to } => Self::Moved { to },
            client::Obstacle::NetworkSignIn { status: said, retry_in } => {
                Self::NetworkSignIn { status: status(said), retry_in: retry_in.map(Into::into) }
            }
            client::Obstacle::ProxySignIn => Self::ProxySignIn,
            client::Obstacle::Forbidden { status: said, retry_in } => {
                Self::Forbidden { status: status(said), retry_in: retry_in.map(Into::into) }
            }
            client::Obstacle::Stranger { status: said, retry_in } => {
                Self::Stranger { status: status(said), retry_in: retry_in.map(Into::into) }
            }
            client::Obstacle::NotEnhance { status: said } => {
                Self::NotEnhance { status: status(said) }
            }
            client::Obstacle::Unreadable => Self::Unreadable,
            client::Obstacle::NotHttp => Self::NotHttp,
            client::Obstacle::Busy { retry_in } => {
                Self::Busy { retry_in: retry_in.map(Into::into) }
            }
            client::Obstacle::ServerFull { retry_in } => {
                Self::ServerFull { retry_in: retry_in.map(Into::into) }
            }
            client::Obstacle::NoProgress => Self::NoProgress,
            client::Obstacle::AnotherServer => Self::AnotherServer,
            client::Obstacle::ClocksDiffer => Self::ClocksDiffer,
        }
    }
}

/// Why a connection is not safe.
#[uniffi::remote(Enum)]
pub enum TlsFault {
    /// The address does not begin with `https://`.
    Plain,
    /// What listens there speaks without encryption.
    NotTls,
    /// Or the clock of this device is wrong.
    Expired,
    /// Or the clock of this device is wrong.
    NotYetValid,
    /// The certificate is for another name.
    WrongName,
    /// It is signed by itself, or by an authority that this device does not know.
    UnknownIssuer,
    Revoked,
    /// Anything else that is wrong with the certificate.
    BadCertificate,
    /// The two sides could not agree on how to encrypt.
    NoAgreement,
}

/// What the device was about when it met an obstacle.
#[uniffi::remote(Enum)]
pub enum Errand {
    /// Joining with an invitation.
    Enrolling,
    /// Making an invitation for another device.
    Inviting,
    Syncing,
    /// Fetching a content pack, or a file of one.
    FetchingContent,
    /// Fetching the file of an attachment.
    FetchingFile,
    /// Asking at another address whether the server is there.
    Moving,
    /// Having a new key certified.
    RenewingKey,
    MakingTicket,
    EndingTicket,
    /// Reading and answering with a ticket, without an account.
    HoldingTicket,
}
