//! Whatever a host hands in, the answer is an error of the library's own.
//!
//! What cannot be read where it crosses is an error that the method must be able to return: where it
//! returns none, the host gets one of the generator's. The list of exports says which those are, so
//! that a new method is looked at by itself.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};

const LIST: &str = include_str!("../../api.txt");

/// What crosses whatever it is.
const PLAIN: [&str; 10] = [
    "String",
    "Boolean",
    "Bytes",
    "Int8",
    "Int32",
    "Int64",
    "UInt32",
    "UInt64",
    "Timestamp",
    "QuarantineId",
];

/// Driven by the libraries, with a clock of theirs that never goes back.
const OF_THE_LIBRARIES: [&str; 2] = ["TypingHandle.typed", "TypingHandle.work"];

/// Types by name, each with the types of what is in it.
struct Types(BTreeMap<&'static str, Vec<&'static str>>);

impl Types {
    fn read() -> Self {
        let mut types: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut current = None;
        for line in LIST.lines() {
            if !line.starts_with(' ') {
                let mut words = line.split([' ', '(', '=']).filter(|word| !word.is_empty());
                let (kind, name) = (words.next().unwrap(), words.next().unwrap());
                current = matches!(kind, "enum" | "record").then_some(name);
                match kind {
                    // What has a type of its own is read from a text or a number, and may be none.
                    "type" if !PLAIN.contains(&name) => drop(types.insert(name, vec!["?"])),
                    "enum" | "record" | "object" | "interface" => {
                        types.entry(name).or_default();
                    }
                    _ => {}
                }
            } else if let Some(name) = current {
                types.entry(name).or_default().extend(names(line));
            }
        }
        Self(types)
    }

    /// Whether reading one may fail.
    fn may_fail(&self, name: &'static str, seen: &mut BTreeSet<&'static str>) -> bool {
        if name == "?" {
            return true;
        }
        if PLAIN.contains(&name) || !seen.insert(name) {
            return false;
        }
        let within = self.0.get(name).cloned().unwrap_or_default();
        within.into_iter().any(|name| self.may_fail(name, seen))
    }
}

/// Names of types in a line: they begin with a capital.
fn names(line: &'static str) -> Vec<&'static str> {
    let line = line.trim_start();
    // The first word of a variant with something in it is its name.
    let of_variant = line.split_once('(').filter(|_| line.starts_with(char::is_uppercase));
    let types = match of_variant {
        Some((_, types)) => types,
        None if line.starts_with(char::is_uppercase) => "",
        None => line,
    };
    let words = types.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| word.starts_with(char::is_uppercase)).collect()
}

#[test]
fn e4_what_may_be_refused_where_it_crosses_is_handed_to_what_can_say_so() {
    let types = Types::read();
    let mut object = "";
    let mut looked_at = 0;
    for line in LIST.lines() {
        let mut words = line.trim_start().split([' ', '(']);
        let first = words.next().unwrap();
        if !line.starts_with(' ') {
            object = if first == "object" { words.next().unwrap() } else { "" };
        }
        let is_callable = first == "function" || (line.starts_with(' ') && !object.is_empty());
        if !is_callable || line.contains("throws CoreError") {
            continue;
        }
        looked_at += 1;
        let arguments = line.split_once('(').unwrap().1.split_once(')').unwrap().0;
        let named = format!("{object}.{first}");
        if OF_THE_LIBRARIES.contains(&named.as_str()) {
            continue;
        }
        for name in names(arguments) {
            let may_fail = types.may_fail(name, &mut BTreeSet::new());
            assert!(!may_fail, "{named} takes {name}, which may be none, and returns no error");
        }
    }
    assert!(looked_at > 5, "the list is written in another way");
}

#[test]
fn e4_the_list_is_read_as_it_is_written() {
    let types = Types::read();
    for name in ["DocumentId", "CalendarDate", "Duration", "Budget", "ProjectEdit", "Count"] {
        assert!(types.may_fail(name, &mut BTreeSet::new()), "{name}");
    }
    for name in ["Conditions", "TypingEvent", "String", "DocumentKind"] {
        assert!(!types.may_fail(name, &mut BTreeSet::new()), "{name}");
    }
}
