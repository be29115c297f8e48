use std::{collections::BTreeMap, fs};

use enhance_client::{self as client, model::RefusalCode};

use super::*;

/// Every error of the core, with the case it becomes.
fn cases() -> Vec<(Error, &'static str)> {
    let id = DocumentId::from_bytes([1; 16]);
    let what = String::new;
    vec![
        (
            Error::Offline {
                obstacle: client::Obstacle::Stranger { status: 502, retry_in: None },
                errand: Errand::Enrolling,
                cause: None,
            },
            "offline Enrolling",
        ),
        (Error::SignInNeeded, "sign in, forgotten"),
        (Error::NotEnrolled, "sign in, never enrolled"),
        (Error::KeyNotYet, "key NotYet"),
        (Error::KeyMissing, "key Missing"),
        (Error::KeyInvalidated, "key Invalidated"),
        (Error::KeyNotKept { reason: what() }, "key NotKept"),
        (Error::WrongKey, "key Wrong"),
        (Error::StorageFull, "storage Full"),
        (Error::ReadOnlyFolder { folder: what() }, "storage ReadOnlyFolder"),
        (Error::ForeignFolder { folder: what(), why: what() }, "storage ForeignFolder"),
        (Error::DatabaseMissing { folder: what() }, "storage DatabaseMissing"),
        (Error::InUse, "storage InUse"),
        (Error::Damaged { what: what(), cause: None }, "storage Damaged"),
        (Error::NewerSchema { found: 3, known: 2 }, "storage NewerSchema"),
        (Error::Suspended, "suspended"),
        (Error::Closed, "suspended"),
        (Error::SignedOut, "signed out"),
        (Error::Unsent { unsent: enhance_client::Unsent::default() }, "unsent"),
        (Error::RecoveryKeyNeeded, "recovery key needed"),
        (Error::AlreadyEnrolled, "not allowed"),
        (Error::NotAllowed { what: what() }, "not allowed"),
        (Error::StillRead { readers: Vec::new() }, "not allowed"),
        (Error::Unacknowledged { probable: BTreeMap::new() }, "not allowed"),
        (Error::NotFound { what: Noun::Page, id: "pop".to_owned() }, "no Page pop"),
        (Error::NotFetched { what: Noun::Page, key: "pop".to_owned() }, "no Page pop"),
        (Error::Gone { what: Noun::Project, id, end: DocumentEnd::Revoked }, "Project Revoked"),
        (Error::Gone { what: Noun::Project, id, end: DocumentEnd::ToCome }, "Project ToCome"),
        (
            Error::Gone { what: Noun::Reflection, id, end: DocumentEnd::Deleted },
            "Reflection Deleted",
        ),
        (Error::InvalidInput { field: InputField::Title, reason: what() }, "invalid Title"),
        (Error::TooLarge(LimitExceeded::Text { limit: 7 }), "limit 7"),
        (
            Error::TextTooLong {
                field: "answer/what".to_owned(),
                called: what(),
                over: 2,
                limit: 7,
            },
            "answer/what is 2 over limit 7",
        ),
        (Error::Refused { code: RefusalCode::InvitationUsed, message: what() }, "refused"),
        (Error::Cancelled, "cancelled"),
        (Error::Internal { during: what(), cause: None }, "internal"),
    ]
}

/// What an app can match on, the code and the reason.
fn read(error: CoreError) -> (String, String, String) {
    let (case, code, reason) = match error {
        CoreError::Offline { obstacle, errand, code, reason } => {
            assert!(matches!(obstacle, Obstacle::Stranger { retry_in: None, .. }));
            (format!("offline {errand:?}"), code, reason)
        }
        CoreError::SignInNeeded { never_enrolled, code, reason } => {
            let why = if never_enrolled { "never enrolled" } else { "forgotten" };
            (format!("sign in, {why}"), code, reason)
        }
        CoreError::KeyUnavailable { fault, code, reason } => {
            (format!("key {fault:?}"), code, reason)
        }
        CoreError::Storage { fault, code, reason } => (format!("storage {fault:?}"), code, reason),
        CoreError::Suspended { code, reason } => ("suspended".to_owned(), code, reason),
        CoreError::SignedOut { code, reason } => ("signed out".to_owned(), code, reason),
        CoreError::Unsent { unsent: _, code, reason } => ("unsent".to_owned(), code, reason),
        CoreError::RecoveryKeyNeeded { code, reason } => {
            ("recovery key needed".to_owned(), code, reason)
        }
        CoreError::NotAllowed { code, reason } => ("not allowed".to_owned(), code, reason),
        CoreError::NotFound { what, id, code, reason } => {
            (format!("no {what:?} {id}"), code, reason)
        }
        CoreError::Gone { what, id: _, end, code, reason } => {
            (format!("{what:?} {end:?}"), code, reason)
        }
        CoreError::InvalidInput { field, code, reason } => {
            (format!("invalid {field:?}"), code, reason)
        }
        CoreError::TooLarge { limit, field, over, code, reason } => {
            let limit = format!("limit {}", u64::from(limit));
            let text = field.zip(over).map(|(field, over)| (field.to_string(), u64::from(over)));
            let case = text
                .map_or(limit.clone(), |(field, over)| format!("{field} is {over} over {limit}"));
            (case, code, reason)
        }
        CoreError::Refused { code, reason } => ("refused".to_owned(), code, reason),
        CoreError::Cancelled { code, reason } => ("cancelled".to_owned(), code, reason),
        CoreError::Unexpected { code, reason } => ("internal".to_owned(), code, reason),
    };
    (case, code, reason)
}

#[test]
fn each_error_of_the_core_is_a_case_with_its_code_and_its_sentence() {
    for (error, expected) in cases() {
        let (code, sentence) = (error.code(), error.to_string());
        let (case, told, reason) = read(error.into());
        assert_eq!((case.as_str(), told.as_str(), reason), (expected, code, sentence));
    }
}

#[test]
fn every_code_of_the_table_is_one_that_an_app_can_get() {
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/../../core/client/ERRORS.md");
    let table = fs::read_to_string(table).unwrap();
    let here: Vec<&str> = cases().iter().map(|(error, _)| error.code()).collect();
    for line in table.lines().filter(|line| line.starts_with("| `")) {
        let code = line.split('`').nth(1).unwrap();
        // The others are those of the server's refusals, and of limits, which have the same.
        let known = here.contains(&code) || code.parse::<RefusalCode>().is_ok();
        assert!(known, "{code}");
    }
}
