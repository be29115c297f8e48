//! What the person can do about a failure.

use enhance_client::{Errand, Error, Obstacle, TlsFault};
use enhance_model::RefusalCode;

use super::{Failure, came_damaged};
use crate::when::clock_in;

impl Failure {
    /// What the person can do about it, and until when whoever answered asks to wait.
    pub fn hint(&self) -> Option<String> {
        let way_out = self.way_out().map(str::to_owned);
        let Self::Core(Error::Offline { obstacle, .. }) = self else { return way_out };
        let Some(until) = obstacle.retry_in().and_then(clock_in) else { return way_out };
        let asks = match obstacle {
            Obstacle::Busy { .. } | Obstacle::ServerFull { .. } => "the server asks",
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
            Self::Core(Error::Refused { code: RefusalCode::DamagedOnServer, .. }) => {
                Some("your work is safe here; tell whoever runs the server: enhance-server check")
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
            Self::Core(Error::Damaged { what, .. }) if came_damaged(what) => Some(
                "it came damaged and was not kept; what is here stays in use. Try the same again, \
                 and tell whoever runs the server if it says so again",
            ),
            Self::Core(Error::WrongKey) => Some(KEY_LOST),
            Self::Core(Error::DatabaseMissing { .. }) => Some(DATABASE_LOST),
            Self::Key { reason, .. } if !reason.contains("chmod") => Some(KEY_LOST),
            Self::Core(Error::NotFetched { .. }) => Some("fetch it: enhance pack update"),
            Self::Core(Error::InUse) => {
                Some("another enhance has this home open; wait for it or end it")
            }
            Self::Core(Error::Unacknowledged { .. }) => Some(
                "see what was found: enhance reflect check ID, of a plan too, or enhance sign-off \
                 check with what is to be signed; then edit it, or say --acknowledge",
            ),
            Self::Core(Error::Unsent { .. }) => {
                Some("send it with `enhance sync`, or lose it: enhance sign-out --confirm WORD")
            }
            Self::Nobody { .. } => Some(
                "say who by the whole name, or by the id: enhance people; somebody of another \
                 organisation has no account here: let them sign on this device with enhance \
                 sign-off witness, or send them a link with enhance ticket",
            ),
            Self::Ambiguous { what: "person", .. } => {
                Some("say who by the whole name, or by the id: enhance people")
            }
            Self::Ambiguous { .. } => Some("type more of the id"),
            Self::NotFound { what: "version", .. } => {
                Some("see the versions of a plan, and who made them: enhance project history ID")
            }
            _ => None,
        }
    }
}

/// What helps where a database is here and its key is not.
const KEY_LOST: &str = "put the key of this home back; if it is lost: enhance salvage \
    --without-key sets the database aside, so that you can enrol here again";

/// What helps where the key of a database is here and the database is not.
const DATABASE_LOST: &str = "put account/enhance.db back from a backup, if you have one; if not: \
    enhance salvage --without-key sets aside what is left, its key too, so that you can enrol here \
    again";

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
        // So some servers answer to what is not encrypted.
        (Obstacle::Stranger { status: 400, .. }, Errand::Enrolling | Errand::Moving) => {
            "type https:// before the address; or see in a browser whether this network asks for a \
             sign-in"
        }
        (Obstacle::Stranger { .. }, Errand::Syncing) => {
            "your work is safe here; see in a browser whether this network asks for a sign-in, and \
             try `enhance sync` again"
        }
        (Obstacle::Stranger { .. }, _) => {
            "see in a browser whether this network asks for a sign-in, and try the same again"
        }
        (Obstacle::ServerFull { .. }, Errand::Syncing) => {
            "your work is safe here; tell whoever runs the server, and try `enhance sync` again \
             later"
        }
        (Obstacle::NoProgress | Obstacle::ServerFull { .. }, _) => "tell whoever runs the server",
        (Obstacle::ClocksDiffer, _) => {
            "set the clock of this device right if it is wrong, or tell whoever runs the server \
             that theirs is; then try the same again"
        }
        (Obstacle::AnotherServer, _) => "ask whoever runs the server for its address",
        (obstacle, Errand::Enrolling | Errand::Moving) => at_an_address(obstacle, errand),
        (Obstacle::NotEnhance { .. } | Obstacle::Moved { .. }, _) => {
            "sign in to this network in a browser; if the server has moved: enhance address URL"
        }
        (Obstacle::NotSafe { .. }, _) => {
            "look at the clock of this device, or tell whoever runs the server"
        }
        (_, Errand::Syncing) => {
            "your work is safe here; try `enhance sync` again when there is a network"
        }
        _ => "try the same again when there is a network",
    }
}

/// What helps where an address was typed, which may be another one than was meant.
const fn at_an_address(obstacle: &Obstacle, errand: Errand) -> &'static str {
    match obstacle {
        Obstacle::NotSafe { fault: TlsFault::NotTls } => {
            "a server on this machine is typed with http, as in http://127.0.0.1:8080; for any \
             other ask whoever runs it for its address"
        }
        Obstacle::NotSafe { .. } => {
            "look at the address again and at the clock of this device, or tell whoever runs the \
             server"
        }
        Obstacle::NotHttp => "type https:// before the address, or look at its port again",
        Obstacle::NotEnhance { .. } | Obstacle::Unreadable => {
            "type the address as whoever runs the server gave it, with nothing left out or added; \
             or sign in to this network in a browser, if it asks for that"
        }
        Obstacle::UnknownName | Obstacle::NobodyThere | Obstacle::Moved { .. } => {
            "look at the address again, and whether this network asks for a sign-in"
        }
        _ if matches!(errand, Errand::Enrolling) => {
            "use the same invitation again when there is a network"
        }
        _ => "try the same again when there is a network",
    }
}

#[cfg(test)]
mod tests {
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
            (Obstacle::ServerFull { retry_in }, "the server asks to wait until "),
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
}
