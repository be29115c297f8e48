//! Which crate may name which. The picture is in ARCHITECTURE.md; this keeps it true.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    floors,
    steps::{Outcome, cargo},
};

/// Our crates and those of ours that each may name. What is not here may not be named.
const OURS: &[(&str, &[&str])] = &[
    ("enhance-model", &[]),
    ("enhance-documents", &["enhance-model"]),
    ("enhance-store", &["enhance-model"]),
    ("libsqlite3-sys", &[]),
    ("enhance-protocol", &["enhance-model"]),
    (
        "enhance-client",
        &["enhance-model", "enhance-documents", "enhance-store", "enhance-protocol"],
    ),
    ("enhance-content", &["enhance-model", "enhance-protocol"]),
    (
        "enhance-server",
        &["enhance-model", "enhance-documents", "enhance-protocol", "enhance-content"],
    ),
    ("enhance-cli", &["enhance-client", "enhance-model"]),
    ("enhance-ffi", &["enhance-client"]),
    ("enhance-bindgen", &["enhance-model"]),
    ("enhance-split", &[]),
    ("enhance-wasm", &["enhance-client", "enhance-ffi"]),
];

/// What only some crates may name, for the tests of which anything goes.
const HEAVY: &[(&str, &[&str])] = &[
    ("automerge", &["enhance-documents"]),
    ("rusqlite", &["enhance-store", "enhance-server"]),
    ("sqlite3mc-src", &["libsqlite3-sys"]),
    ("reqwest", &["enhance-client"]),
    ("rustls", &["enhance-client"]),
    ("wasm-bindgen", &["enhance-client", "enhance-wasm"]),
    ("web-sys", &["enhance-client"]),
    ("chacha20poly1305", &["enhance-client"]),
    ("axum", &["enhance-server"]),
    ("tokio", &["enhance-client", "enhance-server", "enhance-cli", "enhance-ffi"]),
    ("toml", &["enhance-content", "enhance-server"]),
    ("uniffi", &["enhance-ffi"]),
    ("uniffi_bindgen", &["enhance-bindgen"]),
    ("wasm-encoder", &["enhance-split"]),
    ("wasmparser", &["enhance-split"]),
    ("js-sys", &["enhance-client", "enhance-wasm"]),
    ("zstd", &["enhance-protocol"]),
    ("minicbor-serde", &["enhance-protocol"]),
    ("clap", &["enhance-server", "enhance-cli"]),
    ("resvg", &["enhance-cli"]),
];

/// The crates of core, which know of no server.
const CORE: [&str; 5] =
    ["enhance-model", "enhance-documents", "enhance-store", "enhance-protocol", "enhance-client"];

/// Crates that may name everything and that nothing may name.
const OUTSIDE: [&str; 3] = ["enhance-tests", "enhance-bench", "xtask"];

/// Checks the arrows between crates and, in some of them, between files.
pub fn check_all() -> Outcome<String> {
    let crates = check()?;
    let files = floors::check()?;
    Ok(format!("{crates}\n{files}"))
}

/// Checks every arrow between crates and says what was checked.
fn check() -> Outcome<String> {
    let crates = dependencies(None)?;
    let mut faults = faults(&crates);
    faults.extend(tested_with(&dependencies(Some("dev"))?));
    if faults.is_empty() {
        let arrows: usize = crates.values().map(BTreeSet::len).sum();
        Ok(format!("{} crates, {arrows} arrows, all as ARCHITECTURE.md has them", crates.len()))
    } else {
        Err(faults.join("\n"))
    }
}

fn faults(crates: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let inside = crates.iter().filter(|(name, _)| !OUTSIDE.contains(&name.as_str()));
    let mut faults = Vec::new();
    for (name, named) in inside {
        let Some((_, may)) = OURS.iter().find(|(each, _)| each == name) else {
            faults.push(format!("{name} has no line in xtask/src/arrows.rs"));
            continue;
        };
        for dependency in named {
            let ours = crates.contains_key(dependency);
            if ours && !may.contains(&dependency.as_str()) {
                faults.push(format!("{name} must not name {dependency}"));
            }
            let heavy = HEAVY.iter().find(|(each, _)| each == dependency);
            if heavy.is_some_and(|(_, holders)| !holders.contains(&name.as_str())) {
                faults.push(format!(
                    "{name} must not name {dependency}; see HEAVY in xtask/src/arrows.rs"
                ));
            }
        }
    }
    faults
}

/// The tests of core must not need a server: who changes the core alone builds none.
fn tested_with(dev: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let core = dev.iter().filter(|(name, _)| CORE.contains(&name.as_str()));
    let outside = |(name, named): (&String, &BTreeSet<String>)| -> Vec<String> {
        let not_core = named.iter().filter(|each| {
            dev.contains_key(*each) && !CORE.contains(&each.as_str()) || *each == "axum"
        });
        not_core.map(|each| format!("the tests of {name} must not name {each}")).collect()
    };
    core.flat_map(outside).collect()
}

/// What each crate of the workspace names: for its own sake, or only in its tests (`dev`).
fn dependencies(kind: Option<&str>) -> Outcome<BTreeMap<String, BTreeSet<String>>> {
    let output = cargo(["metadata", "--format-version", "1", "--no-deps"])
        .output()
        .map_err(|error| format!("cargo metadata did not start: {error}"))?;
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("cargo metadata cannot be read: {error}"))?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    Ok(packages
        .iter()
        .filter_map(|package| {
            let named = package["dependencies"].as_array()?.iter();
            let named = named
                .filter(|dependency| dependency["kind"].as_str() == kind)
                .filter_map(|dependency| dependency["name"].as_str().map(str::to_owned));
            Some((package["name"].as_str()?.to_owned(), named.collect()))
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crates(name: &str, named: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
        let mut crates: BTreeMap<_, _> =
            OURS.iter().map(|(name, _)| ((*name).to_owned(), BTreeSet::new())).collect();
        crates.insert(name.to_owned(), named.iter().map(|name| (*name).to_owned()).collect());
        crates
    }

    #[test]
    fn an_arrow_the_wrong_way_is_a_fault() {
        let faults = faults(&crates("enhance-store", &["enhance-documents"]));
        assert_eq!(faults, ["enhance-store must not name enhance-documents"]);
    }

    #[test]
    fn a_heavy_dependency_in_the_wrong_crate_is_a_fault() {
        assert_eq!(faults(&crates("enhance-model", &["automerge"])).len(), 1);
        assert_eq!(faults(&crates("enhance-documents", &["automerge"])), Vec::<String>::new());
    }

    #[test]
    fn a_server_in_the_tests_of_core_is_a_fault() {
        assert_eq!(tested_with(&crates("enhance-client", &["enhance-server"])).len(), 1);
        assert_eq!(tested_with(&crates("enhance-client", &["enhance-store", "tempfile"])).len(), 0);
        assert_eq!(tested_with(&crates("enhance-cli", &["enhance-server"])).len(), 0);
    }

    #[test]
    fn a_crate_that_has_no_line_here_is_a_fault() {
        assert_eq!(faults(&crates("enhance-new", &[])).len(), 1);
    }
}
