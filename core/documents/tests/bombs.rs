//! Changes made to break a phone or a server. Each file in `bombs/` is one, kept as it was made,
//! and [`bombs`] shows how. All are aimed at the project in `golden/`.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod by_hand;
mod written;

use std::{fs, io::Write, path::PathBuf, time::Duration};

use by_hand::{Raw, chunk, signed, unsigned};
use enhance_documents::{AdmissionRules, Document, Ruling, gate};
use enhance_model::{
    ChangeHash, Limits,
    RefusalCode::{self, ForeignActor, Malformed, WrongAuthor, WrongSequence},
    Version,
};
use flate2::{Compression, write::DeflateEncoder};
use written::device;

const TARGET: &[u8] = include_bytes!("golden/schema_1/change_project.automerge");

/// Who sends the bombs.
const ATTACKER: u8 = 3;

const ACTION: u64 = 0x42;
const INSERT: u64 = 0x34;
const KEY: u64 = 0x15;
const META: u64 = 0x56;
const VALUE: u64 = 0x57;
const REPLACED: u64 = 0x70;

struct Bomb {
    name: &'static str,
    bytes: Vec<u8>,
    ruling: Ruling,
}

fn target() -> Document {
    Document::open(&[TARGET], device(9)).unwrap()
}

fn run(count: i64, value: &[u8]) -> Vec<u8> {
    [&signed(count)[..], value].concat()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Every bomb, with what becomes of it.
fn bombs() -> Vec<Bomb> {
    let mut document = target();
    let last = document.changes_not_in(&Version::default()).pop().unwrap();
    let victim = gate::scan(&last.bytes, u64::MAX).unwrap();
    let honest = Raw::after(&[last.hash], ATTACKER, victim.start_op + victim.operations);
    let mut bombs = of_size(&honest);
    bombs.extend(of_form(&honest));
    bombs.extend(of_place(&honest, &victim));
    bombs
}

fn refused(name: &'static str, bytes: Vec<u8>, code: RefusalCode) -> Bomb {
    Bomb { name, bytes, ruling: Ruling::Rejected(code) }
}

fn of_size(honest: &Raw) -> Vec<Bomb> {
    let many = 5_000_000;
    let nulls = honest
        .clone()
        .column(KEY, run(many, b"\x01n"))
        .column(INSERT, unsigned(5_000_000))
        .column(ACTION, run(many, &[1]))
        .column(META, run(many, &[0]))
        .column(REPLACED, run(many, &[0]));
    let replaced = honest
        .clone()
        .column(REPLACED, [signed(-1), unsigned(1_000_000)].concat())
        .column(0x71, run(1_000_000, &[0]))
        .column(0x73, run(1_000_000, &[1]));
    let zeros = vec![0; 16 << 20];
    let far = Raw { start_op: u64::from(u32::MAX), ..honest.clone() };
    let ahead = Raw { start_op: 1 << 29, ..honest.clone() };
    let endless_key = honest.clone().column(KEY, [signed(-1), unsigned(900_000_000)].concat());
    let endless_value = honest.clone().column(META, [signed(-1), unsigned((1 << 54) | 7)].concat());
    let endless_flags = honest.clone().column(INSERT, unsigned(u64::MAX >> 1));
    let endless_run = honest.clone().column(ACTION, run(i64::MIN, &[1]));
    let mut endless_dependencies = unsigned(1 << 60);
    endless_dependencies.extend([0; 64]);
    vec![
        refused("five_million_nulls", nulls.chunk(), RefusalCode::Bomb),
        refused("a_million_replaced_operations", replaced.chunk(), RefusalCode::Bomb),
        refused(
            "sixteen_mebibytes_of_zeros",
            chunk(2, &deflated(&zeros), &zeros),
            RefusalCode::Bomb,
        ),
        refused("the_last_operation_number", far.chunk(), RefusalCode::Bomb),
        refused("far_ahead_of_the_document", ahead.chunk(), RefusalCode::Bomb),
        refused("a_key_of_a_gigabyte", endless_key.chunk(), Malformed),
        refused("a_value_without_end", endless_value.chunk(), Malformed),
        refused("flags_without_end", endless_flags.chunk(), RefusalCode::Bomb),
        refused("a_run_of_the_smallest_number", endless_run.chunk(), RefusalCode::Bomb),
        refused(
            "dependencies_without_end",
            chunk(1, &endless_dependencies, &endless_dependencies),
            RefusalCode::Bomb,
        ),
    ]
}

fn of_form(honest: &Raw) -> Vec<Bomb> {
    let body = honest.body();
    let good = honest.chunk();
    let mut damaged = good.clone();
    damaged[4] ^= 1;
    let nothing = Raw { columns: Vec::new(), ..honest.clone() };
    let unknown_column = honest.clone().column(0xf2, run(-1, &[1]));
    let deflated_column = honest.clone().column(ACTION | 8, deflated(&run(-1, &[1])));
    let foreign_index = honest.clone().column(0x01, run(-1, &[5])).column(0x02, run(-1, &[1]));
    let nowhere = honest.clone().column(0x01, run(-1, &[0])).column(0x02, run(-1, &[0x7f]));
    let rows_differ = honest.clone().column(KEY, run(2, b"\x01n"));
    let unclaimed_bytes = honest.clone().column(VALUE, vec![0; 9]);
    let long_actor = Raw { actor: vec![0xee; 21], ..honest.clone() };
    // A run of one where the engine writes a literal of one: it reads well and, when it is written
    // again, has another hash.
    let run_of_one = honest.clone().column(ACTION, run(1, &[1]));
    let footer = Raw { footer: vec![2, 1, 0], ..honest.clone() };
    vec![
        refused("a_wrong_checksum", damaged, Malformed),
        refused("a_whole_document", TARGET.to_vec(), Malformed),
        refused("a_bundle", chunk(3, &body, &body), Malformed),
        refused("two_changes_in_one", [good.clone(), good.clone()].concat(), Malformed),
        refused("half_a_change", good[..good.len() / 2].to_vec(), Malformed),
        refused(
            "bytes_after_deflate",
            chunk(2, &[deflated(&body), vec![0]].concat(), &body),
            Malformed,
        ),
        refused("no_operations", nothing.chunk(), Malformed),
        refused("an_unknown_column", unknown_column.chunk(), Malformed),
        refused("a_deflated_column", deflated_column.chunk(), Malformed),
        refused("an_actor_that_is_not_listed", foreign_index.chunk(), Malformed),
        refused("an_object_that_is_nowhere", nowhere.chunk(), Malformed),
        refused("columns_of_different_length", rows_differ.chunk(), RefusalCode::Bomb),
        refused("values_nobody_describes", unclaimed_bytes.chunk(), Malformed),
        refused("an_actor_of_21_bytes", long_actor.chunk(), Malformed),
        refused("a_run_of_one", run_of_one.chunk(), Malformed),
        refused("an_unknown_footer", footer.chunk(), Malformed),
    ]
}

fn of_place(honest: &Raw, victim: &gate::ChangeHeader) -> Vec<Bomb> {
    let orphan = ChangeHash::from_bytes([0xab; 32]);
    let next_of_victim = Raw {
        actor: victim.actor.to_vec(),
        seq: victim.seq + 1,
        footer: Vec::new(),
        ..honest.clone()
    };
    let gap = Raw { seq: 5, footer: Vec::new(), ..honest.clone() };
    let nobody = Raw { footer: Vec::new(), ..honest.clone() };
    let stranger = Raw { other_actors: vec![vec![0xdd; 16]], ..honest.clone() };
    let past = Raw { start_op: 1, ..honest.clone() };
    let rootless = Raw { deps: Vec::new(), ..honest.clone() };
    vec![
        Bomb {
            name: "an_orphan",
            bytes: Raw { deps: vec![*orphan.as_bytes()], ..honest.clone() }.chunk(),
            ruling: Ruling::MissingDependencies(vec![orphan]),
        },
        refused("the_next_change_of_another_device", next_of_victim.chunk(), ForeignActor),
        refused("a_gap_in_an_actors_changes", gap.chunk(), WrongSequence),
        refused("a_change_by_nobody", nobody.chunk(), WrongAuthor),
        refused("an_actor_nobody_knows", stranger.chunk(), Malformed),
        refused("operations_before_those_it_depends_on", past.chunk(), WrongSequence),
        refused("a_second_beginning", rootless.chunk(), WrongSequence),
    ]
}

fn file(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "bombs", &format!("{name}.change")].iter().collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "reads fixtures and measures a bound")]
fn every_bomb_is_refused_with_its_reason_before_it_does_harm() {
    let limits = Limits::default();
    let rules = AdmissionRules::from_device(device(ATTACKER), &limits, 0);
    for Bomb { name, ruling, .. } in bombs() {
        let bytes = fs::read(file(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut fastest = Duration::MAX;
        // A bomb is slow each time; a busy machine, or one that prints a backtrace, is not.
        for _ in 0..3 {
            let mut document = target();
            let version = document.version();
            let start = std::time::Instant::now();
            let admission = document.admit(&[&bytes], &rules);
            fastest = fastest.min(start.elapsed());
            assert_eq!(admission.findings[0].ruling, ruling, "{name}");
            assert_eq!(document.version(), version, "{name}");
        }
        assert!(fastest < Duration::from_millis(100), "{name} took {fastest:?}");
    }
}

/// `ENHANCE_BLESS=1` writes the files of new bombs.
#[test]
#[expect(clippy::disallowed_methods, reason = "reads and makes fixtures")]
fn the_files_are_what_is_shown_here() {
    for Bomb { name, bytes, .. } in bombs() {
        if std::env::var_os("ENHANCE_BLESS").is_some() {
            fs::write(file(name), &bytes).unwrap();
        }
        assert_eq!(fs::read(file(name)).ok(), Some(bytes), "{name}");
    }
    let files = fs::read_dir(file("x").parent().unwrap()).unwrap().count();
    assert_eq!(files, bombs().len(), "each file has its recipe");
}

#[test]
fn what_the_bombs_are_made_of_is_harmless_by_itself() {
    let mut document = target();
    let last = document.changes_not_in(&Version::default()).pop().unwrap();
    let honest = Raw::after(&[last.hash], ATTACKER, 100_000).chunk();
    let limits = Limits::default();
    let rules = AdmissionRules::from_device(device(ATTACKER), &limits, 0);
    assert_eq!(document.admit(&[honest], &rules).findings[0].ruling, Ruling::Admitted);
}
