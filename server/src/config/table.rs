//! Every setting, with the least and the most that it can be, and which of them depend on others.
//!
//! What lies outside locks everybody out, or takes a bound away that protects them: it is refused
//! before the server starts.

use enhance_model::Limits;

/// Something that the operator can set.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its section and its name, with a dot between them.
    pub key: &'static str,
    pub kind: Kind,
    /// What it counts, after its value.
    pub what: &'static str,
    /// Why it can be nothing else than its kind says.
    pub why: &'static str,
}

/// What can be written in the place of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number between these, both included.
    Number { least: u64, most: u64 },
    /// An address with a port.
    Address,
    /// Addresses without a port.
    Addresses,
    /// A folder that is there.
    Folder,
}

/// That one setting has to leave room for another one.
#[derive(Debug, Clone, Copy)]
pub struct Relation {
    pub smaller: &'static str,
    /// So many times the smaller one...
    pub times: u64,
    /// ... and so much more is the least that the larger one can be.
    pub room: u64,
    pub larger: &'static str,
    pub why: &'static str,
}

const MIB: u64 = 1 << 20;
const PIB: u64 = 1 << 50;
/// Bytes of a request beside the one edit that it brings.
const AROUND_AN_EDIT: u64 = 4 << 10;

const fn number(
    key: &'static str,
    (least, most): (u64, u64),
    what: &'static str,
    why: &'static str,
) -> Setting {
    Setting { key, kind: Kind::Number { least, most }, what, why }
}

const FLOOR: Limits = Limits::FLOOR;
const CEILING: Limits = Limits::CEILING;

/// Every setting, in the order in which people read of them.
pub const SETTINGS: &[Setting] = &[
    number(
        "page_bytes",
        (64 << 10, 16 * MIB),
        "bytes of one page of an answer",
        "with less a first sync takes hundreds of answers, and with more a phone holds too much",
    ),
    number(
        "document_operations",
        (10_000, 1 << 24),
        "letters and values in one document, with its history",
        "with less no plan can be written, and with more opening one takes a phone's memory",
    ),
    number(
        "trial_every",
        (1, 1_000_000),
        "changes after which a document is tried as a whole",
        "with 0 it would be tried without end, and after more than a million never",
    ),
    number(
        "fold_every",
        (1, 1_000_000),
        "changes after which a document is folded, although it does not rest",
        "with 0 it would be folded without end, and after more than a million never",
    ),
    number(
        "fold_after_minutes",
        (0, 43_200),
        "minutes without a change after which a document is folded",
        "with 0 it is folded at once, and after more than 30 days nobody waits for it",
    ),
    Setting {
        key: "watch",
        kind: Kind::Address,
        what: "answers /ready and /metrics; not set, nothing does",
        why: "monitoring has to find it",
    },
    Setting {
        key: "web",
        kind: Kind::Folder,
        what: "the page at /, as built; not set, there is none",
        why: "its files are read when the server starts",
    },
    number(
        "limits.request_bytes",
        (FLOOR.request_bytes, CEILING.request_bytes),
        "bytes of one request",
        "phones take nothing else for a limit, and one request is held in memory",
    ),
    number(
        "limits.change_bytes",
        (FLOOR.change_bytes, CEILING.change_bytes),
        "bytes of one edit",
        "phones take nothing else for a limit: a short text has to fit, and they hold it in memory",
    ),
    number(
        "limits.text_chars",
        (FLOOR.text_chars, CEILING.text_chars),
        "letters of one text",
        "phones take nothing else for a limit: a short text has to fit, and they hold it in memory",
    ),
    number(
        "limits.document_bytes",
        (FLOOR.document_bytes, CEILING.document_bytes),
        "bytes of one document with its history",
        "phones take nothing else for a limit: a plan has to fit, and they open it in memory",
    ),
    number(
        "limits.document_changes",
        (FLOOR.document_changes, CEILING.document_changes),
        "changes of one document",
        "phones take nothing else for a limit: a plan is edited often, and each edit is read again",
    ),
    number(
        "limits.person_bytes",
        (FLOOR.person_bytes, CEILING.person_bytes),
        "bytes of everything a person owns",
        "phones take nothing else for a limit, and a year of reflections has to fit",
    ),
    number(
        "limits.requests_per_minute",
        (10, 100_000_000),
        "requests of one device",
        "one sync takes several, and a person waits for it",
    ),
    number(
        "door.connections",
        (16, 1_000_000),
        "connections at once, each a file that the process opens",
        "one browser opens six, and no system lets a process open more files",
    ),
    number(
        "door.connections_by_address",
        (8, 1_000_000),
        "of them from one address, unless it is a proxy's",
        "one browser opens six, and a hospital has one address for all",
    ),
    number(
        "door.head_seconds",
        (5, 3_600),
        "seconds until a connection has said what it wants next",
        "a phone with a poor signal takes some, and who says nothing keeps a place from others",
    ),
    number(
        "door.pause_seconds",
        (5, 600),
        "seconds without a byte of a body; three times that of an answer",
        "a phone with a poor signal pauses, and who sends nothing keeps a place from others",
    ),
    number(
        "door.refusal_ms",
        (0, 10_000),
        "milliseconds until somebody hears that they are not known or ask too often",
        "phones give up who wait for longer",
    ),
    number(
        "door.slowest_bytes",
        (64, 64 << 10),
        "bytes of a body in a second, on the whole",
        "with less a place is kept for hours, and a phone with a poor signal sends no more",
    ),
    number(
        "door.held_bytes",
        (MIB, 1 << 40),
        "bytes of all requests at once, unpacked ones included",
        "with less every request is turned away, and no machine has more memory",
    ),
    number(
        "door.enrolments_by_address",
        (10, 100_000_000),
        "attempts in a minute, and questions who the server is",
        "enrolling asks several times, and a hospital has one address for all",
    ),
    number(
        "door.enrolments",
        (10, 100_000_000),
        "attempts in a minute in all",
        "enrolling asks several times",
    ),
    number(
        "door.requests_of_person",
        (2, 100_000),
        "requests of one person under way at once",
        "a person's phone and desk ask at the same time",
    ),
    number(
        "door.files_of_person_per_minute",
        (60, 100_000_000),
        "files of packs and attachments that somebody asks for",
        "a pack alone has hundreds, and nobody can learn before they are there",
    ),
    number(
        "door.files_of_person",
        (1, 1_000),
        "of them on their way at once, each a file that is open",
        "with 0 nobody gets a page to read, and a process can open only so many files",
    ),
    number(
        "door.listeners",
        (1, 1_000_000),
        "devices at the doorbell at once, each one of the connections",
        "with 0 nobody hears that there is something new",
    ),
    Setting {
        key: "door.proxies",
        kind: Kind::Addresses,
        what: "whose X-Forwarded-For is believed",
        why: "a name can be made to lead elsewhere, and who stands here is believed whoever they say",
    },
    number(
        "space.low_bytes",
        (2 * MIB, PIB),
        "bytes free on the disk, below which it is getting full",
        "with less there is no time to make room, and no disk has more",
    ),
    number(
        "space.urgent_bytes",
        (MIB, PIB),
        "bytes free on the disk, below which soon nothing can be stored",
        "with less the server cannot even be stopped in order, and no disk has more",
    ),
    number(
        "space.person_percent",
        (1, 100),
        "hundredths of their space, from which `status` names a person",
        "with 0 everybody is named, and nobody can have more than all of it",
    ),
];

/// Which settings have to leave room for others.
pub const RELATIONS: &[Relation] = &[
    Relation {
        smaller: "limits.change_bytes",
        times: 1,
        room: AROUND_AN_EDIT,
        larger: "limits.request_bytes",
        why: "an edit has to fit into a request, with what is around it",
    },
    Relation {
        smaller: "limits.change_bytes",
        times: 1,
        room: 0,
        larger: "limits.document_bytes",
        why: "an edit has to fit into its document",
    },
    Relation {
        smaller: "limits.text_chars",
        times: 1,
        room: 0,
        larger: "limits.document_bytes",
        why: "a text has to fit into its document, and each letter takes a byte or more",
    },
    Relation {
        smaller: "limits.text_chars",
        times: 1,
        room: 0,
        larger: "document_operations",
        why: "a text has to fit into its document, in which each letter is counted",
    },
    Relation {
        smaller: "limits.document_bytes",
        times: 1,
        room: 0,
        larger: "limits.person_bytes",
        why: "a document has to fit into the space of its owner",
    },
    Relation {
        smaller: "limits.request_bytes",
        times: 2,
        room: 0,
        larger: "door.held_bytes",
        why: "a request has to fit, packed and unpacked, into what is held of all",
    },
    Relation {
        smaller: "door.connections_by_address",
        times: 1,
        room: 0,
        larger: "door.connections",
        why: "what is for one address comes out of what there is for all",
    },
    Relation {
        smaller: "door.listeners",
        times: 1,
        room: 0,
        larger: "door.connections",
        why: "each device that listens has one of the connections",
    },
    Relation {
        smaller: "door.enrolments_by_address",
        times: 1,
        room: 0,
        larger: "door.enrolments",
        why: "what is for one address comes out of what there is for all",
    },
    Relation {
        smaller: "space.urgent_bytes",
        times: 1,
        room: 1,
        larger: "space.low_bytes",
        why: "a disk is getting full before it is urgent",
    },
];

/// The setting with this key, if there is one.
pub fn setting(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}
