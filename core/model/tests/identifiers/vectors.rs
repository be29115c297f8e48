//! Cases with known answers: `tests/vectors/identifiers.json` is those of the domain research of
//! 25 November 2026 that concern identifiers, word for word.

use enhance_model::identifiers::{Severity, scan};
use serde_json::{Value, json};

use crate::cases::writer;

fn vectors(kind: &str) -> Vec<Value> {
    let all: Vec<Value> =
        serde_json::from_str(include_str!("../vectors/identifiers.json")).unwrap();
    all.into_iter().filter(|case| case["kind"] == kind).collect()
}

#[test]
fn what_is_found_in_each_case_is_what_should_be() {
    for case in vectors("ident") {
        let scan = scan(case["input"].as_str().unwrap(), &writer(&[]));
        let found = scan.findings.iter().map(
            |found| json!({ "kind": found.kind, "text": found.text, "severity": found.severity }),
        );
        assert_eq!(Value::Array(found.collect()), case["want"], "{}: {}", case["id"], case["why"]);
    }
}

#[test]
fn facts_that_single_somebody_out_together_are_told_in_their_order() {
    for case in vectors("combination") {
        let scan = scan(case["input"].as_str().unwrap(), &writer(&[]));
        let [found] = scan.findings.as_slice() else { panic!("{scan:?}") };
        assert_eq!(found.severity, Severity::Combination);
        let facts: Vec<&str> = found.facts.iter().map(|fact| fact.name()).collect();
        assert_eq!(json!(facts), case["want"]["facts"], "{}", case["id"]);
    }
}
