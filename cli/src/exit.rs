//! What can go wrong in a terminal, said in one sentence, with an exit code a script can act on.

use std::{io, path::PathBuf};

use enhance_client::{Errand, Error, Obstacle};
use enhance_model::{LimitExceeded, Quoted, RefusalCode, disk};
use serde::Serialize;

use crate::{
    fault::{in_words, sentence},
    when::clock_in,
};

/// How a run ends. The numbers are part of the interface and never change their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    Done = 0,
    /// A fault of the programme or the machine.
    Internal = 1,
    /// Something typed cannot be taken.
    Usage = 2,
    /// This home is not enrolled, or the server no longer knows it.
    SignIn = 3,
    /// The server could not be reached; everything typed is safe here.
    Offline = 4,
    /// The person may not do this, or the recovery key is needed first.
    NotAllowed = 5,
    /// There is no such thing here.
    NotFound = 6,
    /// Another process has this home open.
    InUse = 7,
    /// The storage on this machine: full, damaged, of a newer version, or the wrong key.
    Storage = 8,
    /// The server refused something; work it refused is in quarantine.
    Refused = 9,
    /// The person pressed Ctrl-C.
    Interrupted = 130,
}

/// Help on the exit codes, for `enhance --help`.
pub const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    a fault of the programme or the machine
  2    wrong usage or invalid input
  3    not enrolled, or sign-in needed
  4    offline: nothing changed, your work is safe here
  5    not allowed, or the recovery key is needed
  6    not found
  7    this home is in use by another process
  8    trouble with the storage here: full, damaged, newer version, wrong key
  9    something was refused or put in quarantine
  130  interrupted with Ctrl-C";

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The core says why.
    #[error("{}", sentence(.0))]
    Core(#[from] Error),
    /// What was typed cannot be taken.
    #[error("{0}")]
    Usage(String),
    /// No account in this folder.
    #[error("{home} is not enrolled yet")]
    NotEnrolled { home: String },
    /// Nothing here has this name.
    #[error("there is no {what} {typed} here", typed = Quoted(.typed))]
    NotFound { what: &'static str, typed: String },
    /// Nobody is called that, and nobody is guessed.
    #[error("nobody here is called {typed}{}", perhaps(candidates), typed = Quoted(.typed))]
    Nobody {
        typed: String,
        /// Who may be meant, each with their whole id.
        candidates: Vec<String>,
    },
    /// Several things fit what was typed.
    #[error("{typed} fits more than one {what}: {}", candidates.join("; "), typed = Quoted(.typed))]
    Ambiguous {
        what: &'static str,
        typed: String,
        /// What fits, each with its whole id.
        candidates: Vec<String>,
    },
    /// The key of this home cannot be used.
    #[error("the key of this home, {}: {reason}", path.display())]
    Key { path: PathBuf, reason: String },
    /// A file could not be read or written.
    #[error("{} cannot be read or written: {}", path.display(), in_words(source))]
    File { path: PathBuf, source: io::Error },
    /// The home itself cannot be read or written.
    #[error("the home {} cannot be used: {}", path.display(), in_words(source))]
    Home { path: PathBuf, source: io::Error },
    /// The machine gives no threads.
    #[error("this machine gives no threads to work with: {}", in_words(.0))]
    Start(#[source] io::Error),
    /// The result could not be printed.
    #[error("the result cannot be printed: {}", in_words(.0))]
    Output(#[source] io::Error),
}

/// An error as `--json` prints it.
#[derive(Debug, Serialize)]
pub struct ErrorDocument {
    error: ErrorBody,
}

#[derive(Debug, Serialize)]
struct ErrorBody {
    code: &'static str,
    message: String,
    exit_code: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<String>,
}

impl ErrorDocument {
    /// The document for something wrong with the command line itself.
    pub fn usage(message: String) -> Self {
        let (code, exit_code) = ("invalid_input", Exit::Usage as u8);
        Self { error: ErrorBody { code, message, exit_code, hint: None, candidates: Vec::new() } }
    }
}

impl From<&Failure> for ErrorDocument {
    fn from(failure: &Failure) -> Self {
        let candidates = match failure {
            Failure::Ambiguous { candidates, .. } | Failure::Nobody { candidates, .. } => {
                candidates.clone()
            }
            _ => Vec::new(),
        };
        Self {
            error: ErrorBody {
                code: failure.code(),
                message: failure.to_string(),
                exit_code: failure.exit() as u8,
                hint: failure.hint(),
                candidates,
            },
        }
    }
}

impl Failure {
    /// The stable word for this failure in `--json`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Core(error) => error.code(),
            Self::Usage(_) | Self::File { .. } => "invalid_input",
            Self::NotEnrolled { .. } => "not_enrolled",
            Self::NotFound { .. } | Self::Nobody { .. } => "not_found",
            Self::Ambiguous { .. } => "ambiguous",
            Self::Key { .. } => "wrong_key",
            Self::Home { .. } => "storage",
            Self::Start(_) => "internal",
            Self::Output(_) => "output",
        }
    }

    /// The exit code that a script can act on.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Core(error) => core_exit(error),
            Self::File { source, .. } if is_of_disk(source) => Exit::Storage,
            Self::Usage(_) | Self::Ambiguous { .. } | Self::File { .. } => Exit::Usage,
            Self::NotEnrolled { .. } => Exit::SignIn,
            Self::NotFound { .. } | Self::Nobody { .. } => Exit::NotFound,
            Self::Key { .. } | Self::Home { .. } => Exit::Storage,
            Self::Start(_) | Self::Output(_) => Exit::Internal,
        }
    }

    /// What the person can do about it, and until when whoever answered asks to wait.
    pub fn hint(&self) -> Option<String> {
        let way_out = self.way_out().map(str::to_owned);
        let Self::Core(Error::Offline { obstacle, .. }) = self else { return way_out };
        let Some(until) = obstacle.retry_in().and_then(clock_in) else { return way_out };
        let asks = match obstacle {
            Obstacle::Busy { .. } => "the server asks",
            _ => "what answered asks",
        };
        let way_out = way_out.map(|way_out| format!("; {way_out}")).unwrap_or_default();
        Some(format!("{asks} to wait until {until}{way_out}"))
    }

    fn way_out(&self) -> Option<&'static str> {
        match self {
            Self::NotEnrolled { .. } | Self::Core(Error::NotEnrolled) => {
                Some("enrol first: enhance enrol --server URL CODE")
            }
            Self::Core(Error::SignInNeeded) => Some(
                "ask for a new invitation and enrol here again: enhance enrol CODE; all is kept",
            ),
            Self::Core(Error::Refused { code: RefusalCode::HasLeft, .. }) => {
                Some("what is here stays yours to read; take it along: enhance export --help")
            }
            Self::Core(Error::Refused { code: RefusalCode::InvitationUsed, .. }) => {
                Some("ask for another invitation, for yourself")
            }
            Self::Core(Error::AlreadyEnrolled) => {
                Some("name another folder for another person: enhance --home FOLDER enrol ...")
            }
            Self::Core(Error::Offline { obstacle, errand, .. }) => Some(way_on(obstacle, *errand)),
            Self::Core(Error::RecoveryKeyNeeded) => {
                Some("open your private documents: enhance enrol --recovery-key -")
            }
            Self::Core(Error::Damaged { what, .. }) if what.starts_with("the database") => {
                Some("take out what can be read: enhance salvage")
            }
            Self::Core(Error::WrongKey) => Some(KEY_LOST),
            Self::Key { reason, .. } if !reason.contains("chmod") => Some(KEY_LOST),
            Self::Core(Error::NotFetched { .. }) => Some("fetch it: enhance pack update"),
            Self::Core(Error::InUse) => {
                Some("another enhance has this home open; wait for it or end it")
            }
            Self::Core(Error::Unacknowledged { .. }) => Some(
                "see what was found: enhance reflect check ID, of a plan too; then edit it, or say --acknowledge",
            ),
            Self::Core(Error::Unsent { .. }) => {
                Some("send it with `enhance sync`, or lose it: enhance sign-out --confirm WORD")
            }
            Self::Nobody { .. } | Self::Ambiguous { what: "person", .. } => {
                Some("say who by the whole name, or by the id: enhance people")
            }
            Self::Ambiguous { .. } => Some("type more of the id"),
            _ => None,
        }
    }
}

/// What helps where a database is here and its key is not.
const KEY_LOST: &str = "put the key of this home back; if it is lost: enhance salvage \
    --without-key sets the database aside, so that you can enrol here again";

/// Who may be meant, as the end of a sentence.
fn perhaps(candidates: &[String]) -> String {
    if candidates.is_empty() {
        return String::new();
    }
    format!("; perhaps you mean {}", candidates.join(" or "))
}

/// What helps against an obstacle, in the words of what was tried.
const fn way_on(obstacle: &Obstacle, errand: Errand) -> &'static str {
    match (obstacle, errand) {
        (Obstacle::ProxySignIn, _) => {
            "say name and password of the proxy in HTTPS_PROXY, or ask whoever runs this network"
        }
        (Obstacle::NetworkSignIn { .. }, Errand::Syncing) => {
            "your work is safe here; sign in to this network in a browser, and try `enhance sync` \
             again"
        }
        (Obstacle::NetworkSignIn { .. }, _) => {
            "sign in to this network in a browser, and try the same again"
        }
        (Obstacle::Forbidden { .. }, _) => {
            "see in a browser whether this network asks for a sign-in; if not, ask whoever runs it \
             to let this device reach the server, or try another network"
        }
        (Obstacle::Stranger { .. }, Errand::Syncing) => {
            "your work is safe here; see in a browser whether this network asks for a sign-in, and \
             try `enhance sync` again"
        }
        (Obstacle::Stranger { .. }, _) => {
            "see in a browser whether this network asks for a sign-in, and try the same again"
        }
        (Obstacle::NoProgress, _) => "tell whoever runs the server",
        (Obstacle::AnotherServer, _) => "ask whoever runs the server for its address",
        (
            Obstacle::UnknownName
            | Obstacle::NobodyThere
            | Obstacle::NotSafe { .. }
            | Obstacle::NotHttp
            | Obstacle::NotEnhance { .. }
            | Obstacle::Moved { .. },
            Errand::Enrolling | Errand::Moving,
        ) => "look at the address again, and whether this network asks for a sign-in",
        (Obstacle::NotEnhance { .. } | Obstacle::Moved { .. }, _) => {
            "sign in to this network in a browser; if the server has moved: enhance address URL"
        }
        (Obstacle::NotSafe { .. }, _) => {
            "look at the clock of this device, or tell whoever runs the server"
        }
        (_, Errand::Enrolling) => "use the same invitation again when there is a network",
        (_, Errand::Syncing) => {
            "your work is safe here; try `enhance sync` again when there is a network"
        }
        _ => "try the same again when there is a network",
    }
}

/// Whether the disk takes no more, or nothing at all.
fn is_of_disk(error: &io::Error) -> bool {
    disk::has_no_room(error) || disk::takes_no_writing(error)
}

fn core_exit(error: &Error) -> Exit {
    match error {
        Error::Offline { .. } => Exit::Offline,
        Error::SignInNeeded | Error::NotEnrolled | Error::SignedOut => Exit::SignIn,
        Error::StorageFull
        | Error::WrongKey
        | Error::Damaged { .. }
        | Error::NewerSchema { .. }
        | Error::ReadOnlyFolder { .. }
        | Error::ForeignFolder { .. } => Exit::Storage,
        Error::InUse => Exit::InUse,
        Error::RecoveryKeyNeeded
        | Error::NotAllowed { .. }
        | Error::StillRead { .. }
        | Error::Unsent { .. }
        | Error::Unacknowledged { .. } => Exit::NotAllowed,
        Error::NotFound { .. } | Error::NotFetched { .. } | Error::Gone { .. } => Exit::NotFound,
        // No space left on the server keeps work from being stored there; too long a text does not
        // get that far.
        Error::TooLarge(LimitExceeded::Person { .. }) => Exit::Refused,
        Error::AlreadyEnrolled | Error::InvalidInput { .. } | Error::TooLarge(_) => Exit::Usage,
        Error::Refused { code, .. } => refused_exit(*code),
        Error::Cancelled => Exit::Interrupted,
        _ => Exit::Internal,
    }
}

fn refused_exit(code: RefusalCode) -> Exit {
    match code {
        RefusalCode::SignInNeeded | RefusalCode::HasLeft => Exit::SignIn,
        RefusalCode::RateLimited | RefusalCode::Unavailable => Exit::Offline,
        RefusalCode::InvitationUnknown
        | RefusalCode::InvitationUsed
        | RefusalCode::InvitationExpired
        | RefusalCode::InvitationOfAnother => Exit::Usage,
        RefusalCode::NotFound => Exit::NotFound,
        RefusalCode::NotGranted => Exit::NotAllowed,
        _ => Exit::Refused,
    }
}

#[cfg(test)]
mod tests {
    use enhance_model::Noun;

    use super::*;

    fn offline(errand: Errand) -> Error {
        Error::Offline { obstacle: Obstacle::NoRoute, errand, cause: None }
    }

    #[test]
    fn b2_what_helps_fits_what_was_tried() {
        let hint = |errand| Failure::Core(offline(errand)).hint().unwrap();
        assert!(hint(Errand::Syncing).contains("enhance sync"));
        assert!(hint(Errand::Enrolling).contains("the same invitation"));
        assert!(!hint(Errand::FetchingContent).contains("sync"));
    }

    #[test]
    fn b2_a_network_that_asks_for_a_sign_in_is_told_from_a_busy_server_and_a_proxy() {
        let hint = |obstacle, errand| {
            Failure::Core(Error::Offline { obstacle, errand, cause: None }).hint().unwrap()
        };
        let errands = [Errand::Syncing, Errand::Enrolling, Errand::FetchingContent, Errand::Moving];
        for errand in errands {
            let retry_in = None;
            for obstacle in [
                Obstacle::NetworkSignIn { status: 511, retry_in },
                Obstacle::Forbidden { status: 403, retry_in },
                Obstacle::Stranger { status: 502, retry_in },
            ] {
                let said = hint(obstacle, errand);
                assert!(said.contains("sign") && said.contains("browser"), "{said}");
            }
            let said = hint(Obstacle::ProxySignIn, errand);
            assert!(said.contains("proxy"), "{said}");
            let portals =
                [Obstacle::NotEnhance { status: 200 }, Obstacle::Moved { to: String::new() }];
            assert!(portals.map(|one| hint(one, errand)).iter().all(|said| said.contains("sign")));
        }
    }

    #[test]
    fn b2_until_when_somebody_asks_to_wait_is_said_by_the_clock() {
        let retry_in = Some(std::time::Duration::from_secs(600));
        for (obstacle, who) in [
            (Obstacle::Busy { retry_in }, "the server asks to wait until "),
            (Obstacle::Stranger { status: 503, retry_in }, "what answered asks to wait until "),
        ] {
            let errand = Errand::Syncing;
            let failure = Failure::Core(Error::Offline { obstacle, errand, cause: None });
            let said = failure.hint().unwrap();
            let time = said.strip_prefix(who).and_then(|rest| rest.get(..5)).unwrap();
            assert!(time.as_bytes()[2] == b':' && said.contains("your work is safe"), "{said}");
        }
        let said = Failure::Core(offline(Errand::Syncing)).hint().unwrap();
        assert!(!said.contains("wait"), "{said}");
    }

    #[test]
    fn scripts_can_rely_on_the_exit_code_of_each_error() {
        let limit = LimitExceeded::Text { limit: 1 };
        let refused = |code| Error::Refused { code, message: String::new() };
        let table = [
            (offline(Errand::Syncing), 4, "offline"),
            (Error::SignInNeeded, 3, "sign_in_needed"),
            (Error::StorageFull, 8, "storage_full"),
            (Error::ReadOnlyFolder { folder: String::new() }, 8, "read_only_folder"),
            (
                Error::ForeignFolder { folder: String::new(), why: String::new() },
                8,
                "foreign_folder",
            ),
            (Error::InUse, 7, "in_use"),
            (Error::WrongKey, 8, "wrong_key"),
            (Error::Damaged { what: String::new(), cause: None }, 8, "damaged"),
            (Error::NewerSchema { found: 2, known: 1 }, 8, "newer_schema"),
            (Error::NotEnrolled, 3, "not_enrolled"),
            (Error::AlreadyEnrolled, 2, "already_enrolled"),
            (Error::RecoveryKeyNeeded, 5, "recovery_key_needed"),
            (Error::NotAllowed { what: String::new() }, 5, "not_allowed"),
            (Error::NotFetched { what: Noun::Page, key: String::new() }, 6, "not_fetched"),
            (Error::NotFound { what: Noun::Reflection, id: String::new() }, 6, "not_found"),
            (Error::TooLarge(limit), 2, "text_too_long"),
            (refused(RefusalCode::InvitationUsed), 2, "invitation_used"),
            (refused(RefusalCode::RateLimited), 4, "rate_limited"),
            (refused(RefusalCode::WrongSchema), 9, "wrong_schema"),
            (Error::Cancelled, 130, "cancelled"),
            (Error::Internal { during: String::new(), cause: None }, 1, "internal"),
        ];
        for (error, exit, code) in table {
            let failure = Failure::Core(error);
            assert_eq!((failure.exit() as u8, failure.code()), (exit, code), "{failure}");
        }
    }

    #[test]
    fn help_lists_every_exit_code() {
        let listed: Vec<u8> = EXIT_CODES
            .lines()
            .filter_map(|line| line.split_whitespace().next()?.parse().ok())
            .collect();
        assert_eq!(listed, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 130]);
    }

    #[test]
    fn an_error_in_json_has_a_code_a_message_and_what_to_do() {
        let document = ErrorDocument::from(&Failure::Core(offline(Errand::Syncing)));
        let json = serde_json::to_value(&document).unwrap();
        assert_eq!(json["error"]["code"], "offline");
        assert_eq!(json["error"]["exit_code"], 4);
        assert!(json["error"]["message"].is_string() && json["error"]["hint"].is_string());
        assert!(json["error"].get("candidates").is_none());
    }
}
