//! What can stand between this device and its server, and what the device was about meanwhile.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

/// Why no answer came that is certainly the server's.
///
/// It says what an app can match on. What the operating system or a library said in its own words
/// is the source of the error that carries it, and goes to the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Obstacle {
    /// No network leads there.
    #[error("there is no network that leads to the server")]
    NoRoute,
    /// The name in the address is not known: there is no network, or it is mistyped.
    #[error("the name of the server is not known here: there is no network, or it is mistyped")]
    UnknownName,
    /// The machine is there, and nothing listens at the address.
    #[error("nothing answers at the address of the server")]
    NobodyThere,
    /// The connection broke before the whole answer was here.
    #[error("the connection broke off before the whole answer was here")]
    CutOff,
    #[error("no answer came in time")]
    TimedOut,
    /// No connection that others cannot read.
    #[error("no safe connection: {fault}")]
    NotSafe { fault: TlsFault },
    /// The answer points elsewhere. No token goes there by itself.
    #[error("the answer points to {to}: a network's sign-in page, or the server has moved")]
    Moved {
        /// Where to, without what follows a question mark; empty if that cannot be read.
        to: String,
    },
    /// The network asks for a sign-in, or whoever keeps the way to the server does.
    #[error("this network asks for a sign-in (status {status})")]
    NetworkSignIn {
        /// The status of HTTP.
        status: u16,
        /// How long they ask to wait, if they say so.
        #[serde(with = "seconds")]
        retry_in: Option<Duration>,
    },
    /// A proxy on the way asks who this is.
    #[error("a proxy on the way asks for a name and a password (status 407)")]
    ProxySignIn,
    /// Somebody on the way forbids it.
    #[error(
        "somebody on the way forbids this: a filter of this network, or its sign-in page (status \
         {status})"
    )]
    Forbidden {
        /// The status of HTTP.
        status: u16,
        /// How long they ask to wait, if they say so.
        #[serde(with = "seconds")]
        retry_in: Option<Duration>,
    },
    /// Somebody else on the way answered, such as a gateway.
    #[error("somebody else on the way answered (status {status})")]
    Stranger {
        /// The status of HTTP.
        status: u16,
        /// How long they ask to wait, if they say so.
        #[serde(with = "seconds")]
        retry_in: Option<Duration>,
    },
    /// A web page or another service is at the address, or a network shows its sign-in page.
    #[error("what answered is no Enhance server (status {status})")]
    NotEnhance {
        /// The status of HTTP.
        status: u16,
    },
    /// It claims to be the server's answer and is not the one to this question.
    #[error("the answer cannot be read: it was damaged, is an old one, or of another version")]
    Unreadable,
    /// What answers is not HTTP.
    #[error("what answers at the address of the server does not speak its language")]
    NotHttp,
    /// The server itself has no time at the moment.
    #[error("the server is busy")]
    Busy {
        /// How long it asks to wait, if it says so.
        #[serde(with = "seconds")]
        retry_in: Option<Duration>,
    },
    /// The disk of the server is full, and whoever runs it has to make room.
    #[error("the server has no room left, and whoever runs it has to make some")]
    ServerFull {
        /// How long it asks to wait, if it says so.
        #[serde(with = "seconds")]
        retry_in: Option<Duration>,
    },
    /// The server answers, and its answers lead nowhere.
    #[error("the server's answers repeat themselves and lead nowhere")]
    NoProgress,
    /// It is an Enhance server, and not the one this device is enrolled at.
    #[error("what answered is another Enhance server")]
    AnotherServer,
    /// It says that it does not know this device, by a clock that is half a year or more from that
    /// of this device: what it was given may have ended by the one and not by the other.
    #[error(
        "the clock of the server and that of this device differ by months or years, and so it \
         does not know this device"
    )]
    ClocksDiffer,
}

/// Why a connection is not safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TlsFault {
    /// The address does not begin with `https://`.
    #[error("the address must begin with https://, or everybody on the way could read it")]
    Plain,
    /// What listens there speaks without encryption.
    #[error("what answers there does not encrypt")]
    NotTls,
    #[error("its certificate has expired, or the clock of this device is wrong")]
    Expired,
    #[error("its certificate is not valid yet, or the clock of this device is wrong")]
    NotYetValid,
    /// The certificate is another server's.
    #[error("its certificate is for another name")]
    WrongName,
    /// It is signed by itself, or by an authority that this device does not know.
    #[error("its certificate is from nobody whom this device trusts")]
    UnknownIssuer,
    #[error("its certificate was revoked")]
    Revoked,
    /// Anything else that is wrong with the certificate.
    #[error("its certificate is not in order")]
    BadCertificate,
    /// The two sides could not agree on how to encrypt.
    #[error("this device and what answers there cannot agree on how to encrypt")]
    NoAgreement,
}

impl Obstacle {
    /// Anybody may ask to wait, and this is as long as anybody is heeded.
    pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

    /// How long whoever answered asks to wait, which is never more than an hour.
    pub fn retry_in(&self) -> Option<Duration> {
        match self {
            Self::NetworkSignIn { retry_in, .. }
            | Self::Forbidden { retry_in, .. }
            | Self::Stranger { retry_in, .. }
            | Self::Busy { retry_in }
            | Self::ServerFull { retry_in } => *retry_in,
            _ => None,
        }
    }

    /// Who answered in the place of the server, as far as the status says.
    pub(crate) const fn of_stranger(status: u16, retry_in: Option<Duration>) -> Self {
        match status {
            401 | 511 => Self::NetworkSignIn { status, retry_in },
            407 => Self::ProxySignIn,
            403 | 451 => Self::Forbidden { status, retry_in },
            _ => Self::Stranger { status, retry_in },
        }
    }

    /// Whether somebody on the way said so, whose wish ends with this way.
    pub(crate) const fn is_of_way(&self) -> bool {
        matches!(
            self,
            Self::NetworkSignIn { .. }
                | Self::ProxySignIn
                | Self::Forbidden { .. }
                | Self::Stranger { .. }
        )
    }
}

/// What the device was about when it met an obstacle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// Joining with an invitation.
    Enrolling,
    /// Making an invitation for another device.
    Inviting,
    #[default]
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

impl Errand {
    /// How things stand all the same.
    pub(crate) const fn comfort(self) -> &'static str {
        match self {
            Self::Enrolling => "nothing is enrolled yet, and the same invitation can be used again",
            Self::Inviting => "no invitation is here; ask for one again",
            Self::Syncing => "everything is kept on this device",
            Self::FetchingContent => "the content that is here stays in use",
            Self::FetchingFile => "what came of the file is kept, and fetching it again goes on",
            Self::Moving => "the address stays as it was",
            Self::RenewingKey => "the key stays as it was",
            Self::MakingTicket => "no ticket was made",
            Self::EndingTicket => "the ticket still opens; end it again",
            Self::HoldingTicket => "it is not known whether it arrived, so try again",
        }
    }
}

impl fmt::Display for Errand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.comfort())
    }
}

/// A wait in whole seconds.
mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "the shape that serde asks for")]
    pub(super) fn serialize<S: Serializer>(
        wait: &Option<Duration>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        wait.map(|wait| wait.as_secs()).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Duration>, D::Error> {
        Ok(Option::<u64>::deserialize(from)?.map(Duration::from_secs))
    }
}
