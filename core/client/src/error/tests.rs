//! The table of codes.

use std::{collections::BTreeSet, env, fmt::Write, fs, io, path::Path};

use enhance_model::{PersonId, PersonRole, Role};

use super::*;

fn named(name: &str) -> Person {
    let (id, name) = (PersonId::from_bytes([1; 16]), name.to_owned());
    Person { id, name, roles: vec![PersonRole::of(Role::Fellow)], devices: Vec::new() }
}

fn unsent() -> Unsent {
    let confirmation = Some("3f9a1c0b7d2e4a68".to_owned());
    Unsent { documents: 2, drafts: 1, confirmation, ..Unsent::default() }
}

/// One error of each kind, as its sentence reads with a plain example.
fn examples() -> Vec<Error> {
    let id = DocumentId::from_bytes([1; 16]);
    let mut examples = vec![
        Error::Offline { obstacle: Obstacle::NoRoute, errand: Errand::Syncing, cause: None },
        Error::SignInNeeded,
        Error::StorageFull,
        Error::ReadOnlyFolder { folder: "/home/asha/enhance".to_owned() },
        Error::ForeignFolder {
            folder: "/home/ben/enhance".to_owned(),
            why: "it belongs to another user".to_owned(),
        },
        Error::DatabaseMissing { folder: "/home/asha/enhance".to_owned() },
        Error::InUse,
        Error::Suspended,
        Error::Closed,
        Error::SignedOut,
        Error::Unsent { unsent: unsent() },
        Error::KeyNotYet,
        Error::KeyMissing,
        Error::KeyInvalidated,
        Error::KeyNotKept { reason: "the key store is full".to_owned() },
        Error::WrongKey,
        Error::damaged("page \"pop-read-causes\""),
        Error::NewerSchema { found: 3, known: 2 },
        Error::NotEnrolled,
        Error::AlreadyEnrolled,
        Error::RecoveryKeyNeeded,
        Error::not_allowed("only its owner can delete a document"),
        Error::StillRead { readers: ["Ben", "Cara"].map(named).to_vec() },
        Error::Unacknowledged {
            probable: BTreeMap::from([(FindingKind::NhsNumber, 1), (FindingKind::TitleName, 2)]),
        },
        Error::not_found(Noun::Module, "pop"),
        Error::not_fetched(Noun::Page, "pop-read-causes"),
        Error::Gone { what: Noun::Reflection, id, end: DocumentEnd::Deleted },
        Error::Gone { what: Noun::Project, id, end: DocumentEnd::Revoked },
        Error::Gone { what: Noun::Project, id, end: DocumentEnd::ToCome },
        Error::invalid(InputField::Title, "a plan needs one, so that others can find it"),
        Error::Cancelled,
        Error::internal("working with the database"),
    ];
    let (bytes, limit) = (2_000, 1_000);
    examples.extend(
        [
            LimitExceeded::Change { bytes, limit },
            LimitExceeded::Text { limit },
            LimitExceeded::Document { bytes, limit },
            LimitExceeded::Changes { changes: bytes, limit },
            LimitExceeded::Person { bytes, limit },
        ]
        .map(Error::TooLarge),
    );
    examples.push(Error::TextTooLong {
        field: "answer/what".to_owned(),
        called: "What happened?".to_owned(),
        over: 38,
        limit,
    });
    examples
}

/// The table as it has to be. The codes of the server's refusals come with the server's own words,
/// so that they stand without a sentence here.
fn table() -> String {
    let mut table = String::from(
        "# Codes of errors\n\n\
         Every error has a code that never changes its meaning, the same in Rust, Kotlin, Swift and\n\
         in the JSON of `enhance`, and a sentence for the person. A test writes this table\n\
         (`ENHANCE_BLESS=1 cargo test -p enhance-client table`).\n\n\
         | code | the sentence, with an example |\n|---|---|\n",
    );
    let examples = examples();
    for error in &examples {
        writeln!(table, "| `{}` | {error} |", error.code()).unwrap();
    }
    let told: BTreeSet<&str> = examples.iter().map(Error::code).collect();
    for code in RefusalCode::ALL.iter().filter(|code| !told.contains(code.as_str())) {
        writeln!(table, "| `{code}` | in the server's words |").unwrap();
    }
    table
}

#[test]
fn the_table_lists_every_code_with_its_sentence() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ERRORS.md");
    let table = table();
    if env::var_os("ENHANCE_BLESS").is_some() {
        fs::write(&path, &table).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), table, "bless it if this is on purpose");
}

/// Fails to compile when a variant is added, which is when `examples` needs one more.
#[test]
fn every_kind_of_error_is_among_the_examples() {
    let name = |error: &Error| match error {
        Error::Offline { .. } => 0,
        Error::SignInNeeded => 1,
        Error::StorageFull => 2,
        Error::InUse => 3,
        Error::Suspended => 4,
        Error::KeyNotYet => 5,
        Error::KeyMissing => 6,
        Error::KeyInvalidated => 7,
        Error::KeyNotKept { .. } => 8,
        Error::WrongKey => 9,
        Error::Damaged { .. } => 10,
        Error::NewerSchema { .. } => 11,
        Error::NotEnrolled => 12,
        Error::AlreadyEnrolled => 13,
        Error::RecoveryKeyNeeded => 14,
        Error::NotAllowed { .. } => 15,
        Error::NotFound { .. } => 16,
        Error::Gone { .. } => 17,
        Error::InvalidInput { .. } => 18,
        Error::TooLarge(_) => 19,
        Error::Refused { .. } => 20,
        Error::Cancelled => 21,
        Error::Internal { .. } => 22,
        Error::StillRead { .. } => 23,
        Error::Unacknowledged { .. } => 24,
        Error::NotFetched { .. } => 25,
        Error::ReadOnlyFolder { .. } => 26,
        Error::ForeignFolder { .. } => 27,
        Error::Closed => 28,
        Error::SignedOut => 29,
        Error::Unsent { .. } => 30,
        Error::TextTooLong { .. } => 31,
        Error::DatabaseMissing { .. } => 32,
    };
    let mut told: BTreeSet<i32> = examples().iter().map(name).collect();
    told.insert(name(&Error::Refused { code: RefusalCode::NotGranted, message: String::new() }));
    assert_eq!(told, (0..=32).collect());
}

/// What a library says, or what only a programmer reads.
const NOT_FOR_PEOPLE: [&str; 14] = [
    "\\u{",
    "Some(",
    "None",
    "::",
    "Error",
    "failed to",
    "invalid digit",
    "expected ",
    "line 1 column",
    "{",
    "}",
    "\n",
    "  ",
    "..",
];

#[test]
fn e6_every_sentence_is_one_that_a_person_reads() {
    let refusals = RefusalCode::ALL.iter().map(|code| Error::Refused {
        code: *code,
        message: "the server says no; try again".to_owned(),
    });
    let inputs = InputField::ALL.map(|field| Error::invalid(field, "it is empty; write something"));
    for error in examples().into_iter().chain(refusals).chain(inputs) {
        let sentence = error.to_string();
        for not in NOT_FOR_PEOPLE {
            assert!(!sentence.contains(not), "{sentence:?} has {not:?} in it");
        }
        assert!(!sentence.ends_with(['.', ' ', ':', ';', ',']), "{sentence}");
        let first = sentence.chars().next().unwrap();
        let begins_with_a_name = matches!(error, Error::StillRead { .. });
        assert!(first.is_lowercase() || begins_with_a_name, "{sentence}");
        assert!(!error.code().is_empty());
    }
}

/// Above the field that it is about, and in a terminal, a reason is read without a name of ours.
#[test]
fn e6_a_reason_that_says_what_it_is_about_has_no_name_before_it() {
    let said = |field, why: &str| Error::invalid(field, why).to_string();
    assert_eq!(said(InputField::Edit, "a plan has no such date"), "a plan has no such date");
    assert_eq!(said(InputField::Person, "say who signs"), "say who signs");
    assert_eq!(said(InputField::Title, "it is empty"), "title: it is empty");
}

#[test]
fn e6_names_are_said_as_in_a_sentence() {
    assert_eq!(names(&["Ben"].map(named)), "Ben");
    assert_eq!(names(&["Ben", "Cara"].map(named)), "Ben and Cara");
    assert_eq!(names(&["Ben", "Cara", "Dan"].map(named)), "Ben, Cara and Dan");
}

/// What a person types wrongly is answered in words of ours, and with how to write it.
#[test]
fn e6_what_is_mistyped_is_answered_in_words_of_ours() {
    use enhance_model::{ItemId, Tag, Timestamp, Version, change_project::Value, time};
    for typed in
        ["", "x", "20 November", "26", "e6b7+de9", "Zoe\u{308}\u{202e}", "2026-13-45", "\u{1b}[31m"]
    {
        let said = [
            time::day(typed).unwrap_err().to_string(),
            typed.parse::<Timestamp>().unwrap_err().to_string(),
            typed.parse::<ItemId>().unwrap_err().to_string(),
            typed.parse::<Tag>().unwrap_err().to_string(),
            typed.parse::<Version>().map_or_else(|error| error.to_string(), |_| String::new()),
            typed.parse::<Value>().map_or_else(|error| error.to_string(), |_| String::new()),
            typed.parse::<Role>().unwrap_err().to_string(),
        ];
        for sentence in said {
            for not in NOT_FOR_PEOPLE {
                assert!(!sentence.contains(not), "{sentence:?} has {not:?} in it");
            }
            assert!(!sentence.chars().any(char::is_control), "{sentence:?}");
        }
    }
}

#[test]
fn a_cause_is_the_source_and_does_not_make_two_errors_differ() {
    let full = io::Error::other("the disk is upside down");
    let error = Error::damaged("page \"pop\"").because(full);
    assert_eq!(error::Error::source(&error).unwrap().to_string(), "the disk is upside down");
    let again = Error::damaged("page \"pop\"").because(io::Error::other("or not"));
    assert_eq!(error, again);
}
