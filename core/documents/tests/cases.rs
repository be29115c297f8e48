//! Changes that were admitted once and spoilt a document for everybody, or closed it to the next
//! honest edit: cases G2 and G19 to G24, each with its neighbours.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails has failed")]

mod by_hand;
mod written;

use automerge as _;
use by_hand::{Raw, signed, unsigned};
use enhance_documents::{
    AdmissionRules, Bounds, Catalogue, Change, Document, Edit, Ruling, gate, try_whole,
};
use enhance_model::{DocumentKind, Limits, RefusalCode, change_project::ProjectEdit};
use written::{NOW, device, new_project, open, owner, write};

/// What a server knows of a plan, and all that it stored of it.
struct Server {
    catalogue: Catalogue,
    stored: Vec<Vec<u8>>,
    bounds: Bounds,
}

impl Server {
    fn with(changes: &[&Change]) -> Self {
        let stored: Vec<Vec<u8>> = changes.iter().map(|change| change.bytes.clone()).collect();
        let catalogue = Catalogue::of(DocumentKind::ChangeProject, owner(), &stored).unwrap();
        Self { catalogue, stored, bounds: Bounds::default() }
    }

    fn takes(&mut self, author: u8, change: &[u8]) -> Ruling {
        let limits = Limits::default();
        let rules = AdmissionRules {
            bounds: Some(self.bounds),
            ..AdmissionRules::from_device(device(author), &limits, 0)
        };
        let ruling = self.catalogue.admit(&[change], &rules).findings.remove(0).ruling;
        if ruling == Ruling::Admitted {
            self.stored.push(change.to_vec());
        }
        ruling
    }

    /// Everybody can open what is stored, and each member's next edit is taken.
    fn goes_on(&mut self) {
        for author in [1, 2] {
            let mut phone = Document::open(&self.stored, device(author)).unwrap();
            let edit = write(&mut phone, &[title(&format!("On, {author}"))]);
            assert_eq!(self.takes(author, &edit.bytes), Ruling::Admitted);
        }
        try_whole(DocumentKind::ChangeProject, owner(), None, &self.stored).unwrap();
    }

    fn refuses(&mut self, author: u8, what: &str, change: &[u8], code: RefusalCode) {
        assert_eq!(self.takes(author, change), Ruling::Rejected(code), "{what}");
        self.goes_on();
    }
}

fn title(text: &str) -> Edit {
    Edit::ChangeProject(ProjectEdit::Title { title: text.into() })
}

/// The number after all operations of a change.
fn after(change: &Change) -> u64 {
    let header = gate::scan(&change.bytes, gate::MAX_CHANGE_BYTES).unwrap();
    header.last_op() + 1
}

/// So many nulls at one key of the root, none of which replaces another.
fn nulls(deps: &Change, start: u64, seq: u64, count: i64) -> Raw {
    let run = |value: &[u8]| [signed(count), value.to_vec()].concat();
    let raw = Raw::after(&[deps.hash], 2, start)
        .column(0x15, run(&[unsigned(1), b"n".to_vec()].concat()))
        .column(0x34, unsigned(count.unsigned_abs()))
        .column(0x42, run(&unsigned(1)))
        .column(0x56, run(&unsigned(0)))
        .column(0x70, run(&unsigned(0)));
    Raw { seq, footer: if seq == 1 { raw.footer.clone() } else { Vec::new() }, ..raw }
}

#[test]
fn g2_and_g24_operations_by_the_ten_thousand_in_a_few_bytes_are_refused() {
    let (_, create) = new_project(1);
    let mut server = Server::with(&[&create]);
    let bomb = nulls(&create, after(&create), 1, 50_000).chunk();
    assert!(bomb.len() < 200, "{} bytes", bomb.len());
    for _ in 0..12 {
        assert_eq!(server.takes(2, &bomb), Ruling::Rejected(RefusalCode::Bomb));
    }
    server.goes_on();
}

#[test]
fn g2_the_operations_of_a_document_are_bounded_and_what_is_there_stays_open() {
    let (mut phone, create) = new_project(1);
    let mut server = Server::with(&[&create]);
    server.bounds.operations = 400;
    let mut rulings = Vec::new();
    for number in 0..20 {
        let text = format!("{number} ").repeat(20);
        let edit = written::section(enhance_model::change_project::Section::Problem, &text);
        let Some(change) = phone.edit(None, &[edit], NOW).unwrap() else { continue };
        rulings.push(server.takes(1, &change.bytes));
    }
    assert_eq!(rulings[0], Ruling::Admitted);
    assert!(rulings.contains(&Ruling::Rejected(RefusalCode::Bomb)), "{rulings:?}");
    assert!(server.catalogue.operations() <= 400);
    try_whole(DocumentKind::ChangeProject, owner(), None, &server.stored).unwrap();
}

#[test]
fn g19_a_change_without_its_actors_last_change_in_its_past_is_refused() {
    let (_, create) = new_project(1);
    let mut other = open(&create, 1);
    let beside = write(&mut other, &[title("Beside")]);
    let first = Raw::after(&[create.hash], 2, after(&create));
    let mut server = Server::with(&[&create, &beside]);
    assert_eq!(server.takes(2, &first.chunk()), Ruling::Admitted);
    for deps in [beside.hash, create.hash] {
        let second = Raw {
            seq: 2,
            deps: vec![*deps.as_bytes()],
            start_op: after(&beside) + 10,
            footer: Vec::new(),
            ..first.clone()
        };
        assert_eq!(server.takes(2, &second.chunk()), Ruling::Rejected(RefusalCode::WrongSequence));
    }
    server.goes_on();
}

#[test]
fn g20_a_time_at_the_end_of_its_range_or_before_1970_is_refused() {
    let (_, create) = new_project(1);
    let mut server = Server::with(&[&create]);
    for time in [i64::MAX, i64::MIN, -2, -1, 1 << 40] {
        let change = Raw { time, ..Raw::after(&[create.hash], 2, after(&create)) }.chunk();
        let ruling = server.takes(2, &change);
        assert_eq!(ruling, Ruling::Rejected(RefusalCode::Malformed), "{time}");
    }
    let last = Raw { time: (1 << 40) - 1, ..Raw::after(&[create.hash], 2, after(&create)) };
    assert_eq!(server.takes(2, &last.chunk()), Ruling::Admitted);
    server.goes_on();
}

#[test]
fn g21_what_belongs_to_lists_marks_and_tables_is_refused_in_a_map() {
    let (_, create) = new_project(1);
    let honest = Raw::after(&[create.hash], 2, after(&create));
    let one = |value: Vec<u8>| [signed(-1), value].concat();
    let without = |columns: &[u64]| {
        let mut raw = honest.clone();
        raw.columns.retain(|(known, _)| !columns.contains(known));
        raw
    };
    let mut server = Server::with(&[&create]);
    for (what, change) in [
        ("an insert at a key", honest.clone().column(0x34, vec![0, 1])),
        ("the head of a list as a key", without(&[0x15]).column(0x13, one(signed(0)))),
        (
            "an element as a key",
            without(&[0x15]).column(0x11, one(unsigned(0))).column(0x13, one(signed(1))),
        ),
        ("a mark", honest.clone().column(0x42, one(unsigned(7)))),
        ("a table", honest.clone().column(0x42, one(unsigned(6)))),
        ("an increment", honest.clone().column(0x42, one(unsigned(5)))),
        ("expand", honest.clone().column(0x94, vec![0, 1])),
        ("the name of a mark", honest.clone().column(0xa5, one(vec![1, b'm']))),
    ] {
        let ruling = server.takes(2, &change.chunk());
        assert!(matches!(ruling, Ruling::Rejected(_)), "{what}: {ruling:?}");
    }
    server.goes_on();
}

#[test]
fn g22_what_is_not_in_a_changes_past_cannot_be_spoken_of() {
    let (_, create) = new_project(1);
    let mut other = open(&create, 1);
    let beside = write(&mut other, &[title("Beside")]);
    let header = gate::scan(&beside.bytes, gate::MAX_CHANGE_BYTES).unwrap();
    let one = |value: Vec<u8>| [signed(-1), value].concat();
    let replacing = |deps: &Change, start| {
        let raw = Raw::after(&[deps.hash], 2, start)
            .column(0x15, one([unsigned(5), b"title".to_vec()].concat()))
            .column(0x70, one(unsigned(1)))
            .column(0x71, one(unsigned(1)))
            .column(0x73, one(signed(i64::try_from(header.start_op).unwrap())));
        Raw { other_actors: vec![header.actor.to_vec()], ..raw }.chunk()
    };
    let mut server = Server::with(&[&create, &beside]);
    let unseen = replacing(&create, after(&beside));
    server.refuses(2, "a title it has not seen", &unseen, RefusalCode::Malformed);
    // The same is good where it has seen it.
    let mut server = Server::with(&[&create, &beside]);
    assert_eq!(server.takes(2, &replacing(&beside, after(&beside))), Ruling::Admitted);
    server.goes_on();
}

/// A string at a key of the root, as no app writes it.
fn string_at(key: &str, deps: &Change, length: usize) -> Raw {
    let one = |value: Vec<u8>| [signed(-1), value].concat();
    Raw::after(&[deps.hash], 2, after(deps))
        .column(0x15, one([unsigned(key.len() as u64), key.as_bytes().to_vec()].concat()))
        .column(0x56, one(unsigned((length as u64) << 4 | 6)))
        .column(0x57, vec![b'x'; length])
}

#[test]
fn g12_names_titles_and_units_are_short_and_texts_are_not() {
    let (_, create) = new_project(1);
    for key in ["title", "topic", "setting"] {
        for length in [501, 5_000, 250_000] {
            let mut server = Server::with(&[&create]);
            let long = string_at(key, &create, length).chunk();
            server.refuses(2, key, &long, RefusalCode::WrongSchema);
        }
        let mut server = Server::with(&[&create]);
        let fits = string_at(key, &create, 500).chunk();
        assert_eq!(server.takes(2, &fits), Ruling::Admitted, "{key}");
        server.goes_on();
    }
    let measure = |field: &str, text: &str| {
        let (noun, id) = (enhance_model::Noun::Measure, written::item(1));
        let edit = ProjectEdit::parse(noun, id, field, text).unwrap();
        [ProjectEdit::Add { noun, id }, edit].map(Edit::ChangeProject)
    };
    let long = "ö".repeat(501);
    // Nor can it be written, and what explains something is as long as a text.
    open(&create, 2).edit(None, &measure("name", &long), NOW).unwrap_err();
    open(&create, 2).edit(None, &[title(&long)], NOW).unwrap_err();
    let section = written::section(enhance_model::change_project::Section::Problem, &long);
    for edits in [&measure("name", &long[2..])[..], &measure("definition", &long), &[section]] {
        let mut phone = open(&create, 2);
        let change = phone.edit(None, edits, NOW).unwrap().unwrap();
        let mut server = Server::with(&[&create]);
        assert_eq!(server.takes(2, &change.bytes), Ruling::Admitted);
        server.goes_on();
    }
}

#[test]
fn g23_whoever_makes_keys_without_end_leaves_room_for_those_that_are_declared() {
    let (_, create) = new_project(1);
    let mut server = Server::with(&[&create]);
    let mut phone = open(&create, 2);
    let mut taken = 0;
    for number in 0..100_u8 {
        // One after the other, so that there are not too many heads.
        let heads: Vec<_> = phone.version().heads().to_vec();
        let start = 200 + u64::from(number);
        let key = format!("k{number:02}");
        let name = [signed(-1), unsigned(3), key.into_bytes()].concat();
        let raw = Raw { actor: vec![number; 16], ..Raw::after(&heads, 2, start) };
        let change = raw.column(0x15, name).chunk();
        if server.takes(2, &change) != Ruling::Admitted {
            break;
        }
        taken += 1;
        phone = Document::open(&server.stored, device(2)).unwrap();
    }
    assert!((10..64).contains(&taken), "{taken} keys were made");
    let add = ProjectEdit::Add { noun: enhance_model::Noun::Driver, id: written::item(1) };
    let driver = write(&mut phone, &[Edit::ChangeProject(add)]);
    assert_eq!(server.takes(2, &driver.bytes), Ruling::Admitted);
    server.goes_on();
}

/// So many titles, none of which replaces another.
fn titles(deps: &Change, start: u64, count: i64) -> Raw {
    let each = |value: Vec<u8>| {
        let length = if count == 1 { -1 } else { count };
        [signed(length), value].concat()
    };
    Raw::after(&[deps.hash], 2, start)
        .column(0x15, each([unsigned(5), b"title".to_vec()].concat()))
        .column(0x34, unsigned(count.unsigned_abs()))
        .column(0x42, each(unsigned(1)))
        .column(0x56, each(unsigned(1 << 4 | 6)))
        .column(0x57, vec![b'x'; usize::try_from(count).unwrap()])
        .column(0x70, each(unsigned(0)))
}

#[test]
fn g23_values_side_by_side_at_one_key_are_bounded_and_the_next_edit_is_taken() {
    for count in [1, 2, 64, 65, 40_000] {
        let (_, create) = new_project(1);
        let mut server = Server::with(&[&create]);
        // Each is a change of an actor of its own, as they were sent.
        for actor in 0..3 {
            let change = Raw { actor: vec![actor; 16], ..titles(&create, after(&create), count) };
            let ruling = server.takes(2, &change.chunk());
            let is_much = count > 64;
            assert!(
                !is_much || ruling == Ruling::Rejected(RefusalCode::Bomb),
                "{count}: {ruling:?}"
            );
        }
        server.goes_on();
    }
}

#[test]
fn g23_whoever_replaces_the_title_beside_others_again_and_again_is_stopped_in_time() {
    let (_, create) = new_project(1);
    let mut server = Server::with(&[&create]);
    let mut taken = 0;
    for author in 1..40 {
        for number in 0..20 {
            // On what there was at first, as from a screen that stands still.
            let mut phone = open(&create, author);
            let change = write(&mut phone, &[title(&format!("{author}, {number}"))]);
            taken += usize::from(server.takes(author, &change.bytes) == Ruling::Admitted);
        }
    }
    assert!((8..=64).contains(&taken), "{taken} titles stand side by side");
    server.goes_on();
}
