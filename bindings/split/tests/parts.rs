//! Both parts of a module do what the whole did, in whatever order they are asked.
#![allow(clippy::unwrap_used, reason = "a test that fails has failed")]

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use enhance_split::{SplitError, split, watched};
use wasmparser::{Validator, WasmFeatures};

/// A module with all that ours have: functions that call each other in both directions, directly and
/// through the table, a memory, globals, and something that is thrown and caught.
const MODULE: &str = r#"(module
    (type $nothing (func))
    (type $number (func (param i32) (result i32)))
    (import "page" "__wbg_rest_1f" (func $rest (type $nothing)))
    (import "page" "noted" (func $noted (param i32)))
    (memory (export "memory") 1)
    (table 3 3 funcref)
    (tag $thrown (param i32))
    (global $stack (mut i32) (i32.const 100))
    (func $first (export "first") (type $number)
        (call $noted (i32.const 1))
        (i32.store (i32.const 8) (local.get 0))
        (i32.add (local.get 0) (global.get $stack)))
    (func $through (export "through") (param i32 i32) (result i32)
        (call_indirect (type $number) (local.get 0) (local.get 1)))
    (func $direct (export "direct") (type $number)
        (i32.mul (call $doubled (local.get 0)) (i32.const 10)))
    (func $later (export "later") (type $number)
        (call $noted (i32.const 2))
        (global.set $stack (i32.add (global.get $stack) (i32.const 1)))
        (i32.add (call $first (local.get 0)) (i32.load (i32.const 8))))
    (func $doubled (type $number)
        (call $noted (i32.const 3))
        (i32.add (call $shorter (local.get 0)) (call $shorter (local.get 0))))
    (func $shorter (type $number) (local.get 0))
    (func $caught (export "caught") (type $number)
        try (result i32)
            local.get 0
            call $throws
            i32.const 0
        catch $thrown
        end)
    (func $throws (param i32)
        (call $noted (i32.const 4))
        (throw $thrown (local.get 0)))
    (elem (i32.const 0) func $first $later $doubled))"#;

/// What is asked of the module, as JavaScript, and what it answers.
const ASKED: [(&str, &str); 5] = [
    ("made.first(1)", "[101]"),
    ("made.first(1), made.later(5), made.first(1)", "[101,111,102]"),
    ("made.through(7, 2), made.through(7, 1), made.through(7, 0)", "[14,115,108]"),
    ("made.direct(3), made.direct(4)", "[60,80]"),
    ("made.caught(9), made.later(1), made.caught(8)", "[9,103,8]"),
];

/// Loads a module in Node, asks it, and prints what it answers and whether the rest was brought.
const PAGE: &str = r#"
    const { readFileSync } = require("fs");
    const [first, rest, asked] = process.argv.slice(1);
    const load = (file, imports) =>
        new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), imports).exports;
    let times = 0;
    const bring = () => { times++; load(rest, { "": made }); };
    const seen = new Set();
    const made = load(first, {
        page: { __wbg_rest_1f: bring, noted() {} },
        watch: { called: (number) => seen.add(number) },
    });
    console.log(JSON.stringify(eval(`[${asked}]`)), times, [...seen].sort().join());
"#;

fn page(first: &Path, rest: &Path, asked: &str) -> String {
    let mut node = Command::new("node");
    let done = node.args(["-e", PAGE]).args([first, rest]).arg(asked).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

fn is_valid(module: &[u8]) {
    let features = WasmFeatures::default() | WasmFeatures::LEGACY_EXCEPTIONS;
    Validator::new_with_features(features).validate_all(module).unwrap();
}

#[test]
fn wherever_it_is_cut_a_module_does_the_same() {
    let module = wat::parse_str(MODULE).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let [first, rest] = ["first", "rest"].map(|name| folder.path().join(name));
    for seen in
        [&[][..], &[0], &[0, 1], &[2], &[0, 1, 2, 3], &[3, 4], &[6], &[0, 1, 2, 3, 4, 5, 6, 7]]
    {
        let seen: BTreeSet<u32> = seen.iter().copied().collect();
        let parts = split(&module, &seen, "__wbg_rest").unwrap();
        is_valid(&parts.first);
        is_valid(&parts.rest);
        fs::write(&first, parts.first).unwrap();
        fs::write(&rest, parts.rest).unwrap();
        for (asked, answer) in ASKED {
            let said = page(&first, &rest, asked);
            assert!(said.starts_with(&format!("{answer} ")), "{asked} with {seen:?}: {said}");
        }
    }
}

#[test]
fn the_rest_is_brought_once_and_only_if_something_in_it_is_called() {
    let module = wat::parse_str(MODULE).unwrap();
    let parts = split(&module, &[0, 1].into(), "__wbg_rest").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let [first, rest] = ["first", "rest"].map(|name| folder.path().join(name));
    fs::write(&first, parts.first).unwrap();
    fs::write(&rest, parts.rest).unwrap();
    assert_eq!(page(&first, &rest, "made.first(1), made.through(1, 0)"), "[101,101] 0");
    assert_eq!(
        page(&first, &rest, "made.later(1), made.caught(2), made.later(1)"),
        "[103,2,104] 1"
    );
}

#[test]
fn what_is_called_is_told_by_its_number_among_the_functions_of_the_module_itself() {
    let module = watched(&wat::parse_str(MODULE).unwrap()).unwrap();
    is_valid(&module);
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("watched");
    fs::write(&first, module).unwrap();
    assert_eq!(page(&first, &first, "made.direct(3)"), "[60] 0 2,4,5");
    assert_eq!(page(&first, &first, "made.through(3, 1)"), "[107] 0 0,1,3");
}

#[test]
fn a_module_in_which_nobody_asks_for_the_rest_is_not_cut() {
    let module = wat::parse_str(MODULE).unwrap();
    let refused = split(&module, &BTreeSet::new(), "__wbg_other");
    assert!(matches!(refused, Err(SplitError::NobodyAsks(_))));
    assert!(matches!(split(b"no module", &[].into(), "x"), Err(SplitError::Unreadable(_))));
}
