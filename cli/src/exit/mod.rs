//! What can go wrong in a terminal, said in one sentence, with an exit code a script can act on.

mod document;
mod failure;
mod hint;

use std::{env, io};

use enhance_client::Error;
use enhance_model::{LimitExceeded, RefusalCode, disk, shortened};

pub use self::{document::ErrorDocument, failure::Failure};

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
    /// The storage on this machine: full, damaged, missing, of a newer version, or the wrong key.
    Storage = 8,
    /// The server refused something; work it refused is in quarantine.
    Refused = 9,
    /// What is signed holds, and the key that certifies its signer was compared with none.
    Unchecked = 10,
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
  8    trouble with the storage here: full, damaged, missing, newer version, wrong key
  9    something was refused, does not verify, or is in quarantine
  10   the signature holds; who published the key that certifies it was not checked
  130  interrupted with Ctrl-C";

/// The words of the command line.
pub fn typed() -> impl Iterator<Item = String> {
    env::args_os().map(|word| word.to_string_lossy().into_owned())
}

impl Failure {
    /// Why it was not done, without the whole of what was typed.
    pub fn said(&self) -> String {
        shortened(&self.to_string(), typed())
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
}

/// Whether the disk takes no more, or nothing at all.
fn is_of_disk(error: &io::Error) -> bool {
    disk::has_no_room(error) || disk::takes_no_writing(error)
}

fn core_exit(error: &Error) -> Exit {
    match error {
        Error::Offline { .. } => Exit::Offline,
        Error::Damaged { what, .. } if came_damaged(what) => Exit::Offline,
        Error::SignInNeeded | Error::NotEnrolled | Error::SignedOut => Exit::SignIn,
        Error::StorageFull
        | Error::WrongKey
        | Error::Damaged { .. }
        | Error::NewerSchema { .. }
        | Error::DatabaseMissing { .. }
        | Error::ReadOnlyFolder { .. }
        | Error::ForeignFolder { .. } => Exit::Storage,
        Error::InUse => Exit::InUse,
        Error::RecoveryKeyNeeded
        | Error::NotAllowed { .. }
        | Error::StillRead { .. }
        | Error::Unsent { .. }
        | Error::Unacknowledged { .. } => Exit::NotAllowed,
        Error::NotFound { .. } | Error::NotFetched { .. } | Error::Gone { .. } => Exit::NotFound,
        // What the server lacks room for is not stored there; too long a text never gets that far.
        Error::TooLarge(LimitExceeded::Person { .. }) => Exit::Refused,
        Error::AlreadyEnrolled
        | Error::InvalidInput { .. }
        | Error::TooLarge(_)
        | Error::TextTooLong { .. } => Exit::Usage,
        Error::Refused { code, .. } => refused_exit(*code),
        Error::Cancelled => Exit::Interrupted,
        _ => Exit::Internal,
    }
}

/// Whether what is damaged came from the server and was not kept, so that what is here is whole.
fn came_damaged(what: &str) -> bool {
    what.starts_with("content pack ")
        || what.starts_with("the server's copy ")
        || (what.starts_with("file ") && what.ends_with(" of a pack"))
}

fn refused_exit(code: RefusalCode) -> Exit {
    match code {
        RefusalCode::SignInNeeded | RefusalCode::HasLeft => Exit::SignIn,
        RefusalCode::RateLimited | RefusalCode::Unavailable | RefusalCode::ServerFull => {
            Exit::Offline
        }
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
    use enhance_client::{Errand, Obstacle};
    use enhance_model::Noun;

    use super::*;

    fn offline(errand: Errand) -> Error {
        Error::Offline { obstacle: Obstacle::NoRoute, errand, cause: None }
    }

    #[test]
    fn scripts_can_rely_on_the_exit_code_of_each_error() {
        let limit = LimitExceeded::Text { limit: 1 };
        let damaged = |what: &str| Error::Damaged { what: what.to_owned(), cause: None };
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
            (damaged(""), 8, "damaged"),
            (damaged("content pack \"enhance\" (its signature)"), 4, "damaged"),
            (damaged("file 4b5c of a pack"), 4, "damaged"),
            (damaged("the server's copy of this attachment"), 4, "damaged"),
            (damaged("the manifest of content pack \"enhance\""), 8, "damaged"),
            (damaged("the database (page 7)"), 8, "damaged"),
            (Error::NewerSchema { found: 2, known: 1 }, 8, "newer_schema"),
            (Error::DatabaseMissing { folder: String::new() }, 8, "database_missing"),
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
        assert_eq!(listed, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 130]);
    }
}
