//! The exported API is a promise to app developers: it changes when somebody means it to.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

// Named so that its library is built before this test is run.
use enhance_ffi as _;
use enhance_model::{Noun, change_project::ChangeProject, personal_record::PersonalRecord};

#[test]
fn what_is_exported_is_what_the_list_says() {
    is_as_kept("api.txt", "../api.txt");
}

#[test]
fn what_a_page_gets_is_what_its_types_say() {
    is_as_kept("api.d.ts", "../wasm/api.d.ts");
    is_as_kept("methods.rs", "../wasm/src/methods.rs");
}

/// Compares what was written with what is in the repository, or puts it there if that is asked for.
fn is_as_kept(written: &str, kept: &str) {
    let out = tempfile::tempdir().unwrap();
    let bindgen = env!("CARGO_BIN_EXE_enhance-bindgen");
    let made = Command::new(bindgen).arg(library()).arg(out.path()).status().unwrap();
    assert!(made.success());
    let found = fs::read_to_string(out.path().join(written)).unwrap();
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join(kept);
    if env::var_os("ENHANCE_BLESS").is_some() {
        fs::write(&list, &found).unwrap();
    }
    let listed = fs::read_to_string(&list).unwrap();
    let changed: Vec<String> = changes(&listed, &found);
    assert!(
        changed.is_empty(),
        "the exported API is not the one in bindings ({written}):\n{}\n\
         If that is meant: ENHANCE_BLESS=1 cargo test -p enhance-bindgen, and a line in CHANGELOG.md",
        changed.join("\n")
    );
}

#[test]
fn everything_in_a_project_is_written_out_for_both_languages() {
    let out = tempfile::tempdir().unwrap();
    let bindgen = env!("CARGO_BIN_EXE_enhance-bindgen");
    assert!(Command::new(bindgen).arg(library()).arg(out.path()).status().unwrap().success());
    let read = |file: &str| fs::read_to_string(out.path().join(file)).unwrap();
    let (kotlin, swift) = (read("kotlin/org/enhance/core/project.kt"), read("swift/Project.swift"));
    for noun in ChangeProject::ITEMS {
        let (edit, key) = (format!("ProjectEdit.{noun:?}"), ChangeProject::key_of(*noun).unwrap());
        assert!(kotlin.contains(&format!("is {edit} -> \"{key}/$id/")), "{noun} in Kotlin");
        assert!(swift.contains(&format!("\"{key}/\\(id)/\\(edit.key)\"")), "{noun} in Swift");
    }
    assert!(kotlin.contains("public fun MeasureTarget.adding(id: ItemId): List<ProjectEdit>"));
    assert!(swift.contains("public enum CycleText: String"));
    let record = read("kotlin/org/enhance/core/enhance.kt");
    assert!(record.contains("val `kind`: OutputKind = OutputKind.OTHER"), "said by nobody");
}

#[test]
fn everything_in_a_personal_record_is_written_out_for_kotlin() {
    let out = tempfile::tempdir().unwrap();
    let bindgen = env!("CARGO_BIN_EXE_enhance-bindgen");
    assert!(Command::new(bindgen).arg(library()).arg(out.path()).status().unwrap().success());
    let read = |file: &str| {
        fs::read_to_string(out.path().join("kotlin/org/enhance/core").join(file)).unwrap()
    };
    let (kotlin, records) = (read("record.kt"), read("enhance.kt"));
    // Sign-offs that were read back are seen by a method of their own.
    for noun in PersonalRecord::ITEMS.iter().filter(|noun| **noun != Noun::KeptSignOff) {
        let (edit, key) = (format!("RecordEdit.{noun:?}"), PersonalRecord::key_of(*noun).unwrap());
        assert!(kotlin.contains(&format!("is {edit} -> \"{key}/$id/")), "{noun}");
    }
    assert!(kotlin.contains("wteChanges = wteChangesWith(edits)"), "by the field of the record");
    assert!(kotlin.contains("SessionEdit.Subject(if (isSpecialty) SessionSubject.SPECIALTY"));
    assert!(records.contains("val `course`: PlacementCourse = PlacementCourse.ROTATION"));
    assert!(records.contains("val `split`: Split? = null"), "said by nobody");
}

#[test]
fn what_is_no_library_of_ours_is_refused() {
    let out = tempfile::tempdir().unwrap();
    let bindgen = env!("CARGO_BIN_EXE_enhance-bindgen");
    let made = Command::new(bindgen).arg(bindgen).arg(out.path()).output().unwrap();
    assert!(!made.status.success());
    assert!(!out.path().join("api.txt").exists());
}

fn changes(listed: &str, found: &str) -> Vec<String> {
    let gone = listed.lines().filter(|line| !found.lines().any(|other| other == *line));
    let new = found.lines().filter(|line| !listed.lines().any(|other| other == *line));
    let mut changes: Vec<String> = gone.map(|line| format!("- {line}")).collect();
    changes.extend(new.map(|line| format!("+ {line}")));
    // Lines moved from one item to another are a change as well.
    if changes.is_empty() && listed != found {
        changes.push("the same lines in another order".to_owned());
    }
    changes
}

/// The library, which cargo leaves among the tests whether it was asked for them or for programs.
fn library() -> PathBuf {
    let name = format!("{}enhance_ffi{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    env::current_exe().unwrap().with_file_name(name)
}
