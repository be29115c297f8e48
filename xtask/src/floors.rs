//! Which file may name which, inside a crate: a floor names what is below it, and no two files name
//! each other, whatever the way round. The floors are drawn in ARCHITECTURE.md.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crate::{
    source::{Module, Source},
    steps::{Outcome, root},
};

/// The floors of `core/client`, from the top. Folders of one floor do not name each other; what is
/// in none of them is the ground.
const CLIENT: &[&[&str]] = &[
    &["core"],
    &["asked"],
    &["sync", "packs"],
    &["arriving"],
    &["writing"],
    &["state", "network"],
];

/// Crates in which no circle of files may stand, with the floors of those that have them.
const HOUSES: &[(&str, &[&[&str]])] = &[
    ("core/client", CLIENT),
    ("core/documents", &[]),
    ("core/model", &[]),
    ("core/protocol", &[]),
    ("core/store", &[]),
    ("server", &[]),
    ("cli", &[]),
    ("content", &[]),
    ("bindings/wasm", &[]),
    ("bindings/bindgen", &[]),
    ("bindings/split", &[]),
    ("tests", &[]),
    ("xtask", &[]),
];

/// Checks every house and says what was checked.
pub fn check() -> Outcome<String> {
    let mut faults = Vec::new();
    let mut lines = Vec::new();
    for (folder, floors) in HOUSES {
        let source = Source::read(&root().join(folder))?;
        let arrows = source.arrows();
        let (files, count) = (source.modules.len(), arrows.len());
        let names: Vec<String> = source.modules.iter().map(name).collect();
        faults.extend(ups(&names, &arrows, floors).into_iter().map(|up| format!("{folder}: {up}")));
        let circles = circles(files, &arrows);
        faults.extend(circles.into_iter().map(|circle| {
            let circle: Vec<&str> = circle.into_iter().map(|at| names[at].as_str()).collect();
            format!("{folder}: these files name each other in a circle: {}", circle.join(", "))
        }));
        let floors = if floors.is_empty() { 1 } else { floors.len() + 1 };
        lines.push(format!("{folder}: {files} files, {count} arrows, floors: {floors}"));
    }
    if faults.is_empty() {
        lines.push("no arrow goes up, no circle".to_owned());
        Ok(lines.join("\n"))
    } else {
        Err(faults.join("\n"))
    }
}

fn name(module: &Module) -> String {
    module.path.join("::")
}

/// The floor of a module, counted from the top.
fn floor(name: &str, floors: &[&[&str]]) -> usize {
    let folder = name.split("::").next().unwrap_or_default();
    floors.iter().position(|floor| floor.contains(&folder)).unwrap_or(floors.len())
}

fn ups(names: &[String], arrows: &BTreeSet<(usize, usize)>, floors: &[&[&str]]) -> Vec<String> {
    let folder = |at: usize| names[at].split("::").next().unwrap_or_default();
    let is_fault = |(from, to): &(usize, usize)| {
        let (above, below) = (floor(&names[*from], floors), floor(&names[*to], floors));
        let beside = above == below && above < floors.len() && folder(*from) != folder(*to);
        !floors.is_empty() && (above > below || beside)
    };
    let fault = |(from, to): &(usize, usize)| {
        format!("{} must not name {}, which is not below it", names[*from], names[*to])
    };
    arrows.iter().filter(|arrow| is_fault(arrow)).map(fault).collect()
}

/// Files that reach each other, in groups of two and more.
fn circles(files: usize, arrows: &BTreeSet<(usize, usize)>) -> Vec<Vec<usize>> {
    let mut named: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (from, to) in arrows {
        named.entry(*from).or_default().push(*to);
    }
    let reach: Vec<BTreeSet<usize>> = (0..files).map(|from| reached(from, &named)).collect();
    let mut grouped = BTreeSet::new();
    let mut circles = Vec::new();
    for from in 0..files {
        let circle: Vec<usize> = (from..files)
            .filter(|at| reach[from].contains(at) && reach[*at].contains(&from))
            .collect();
        if circle.len() > 1 && grouped.insert(from) {
            let others = circle.iter().filter(|at| **at != from).all(|at| grouped.insert(*at));
            if others {
                circles.push(circle);
            }
        }
    }
    circles
}

fn reached(from: usize, named: &BTreeMap<usize, Vec<usize>>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(at) = next.pop() {
        for to in named.get(&at).into_iter().flatten() {
            if reached.insert(*to) {
                next.push(*to);
            }
        }
    }
    reached
}

/// What a folder's files come to, for whoever draws them: one line a file that is named.
pub fn list(folder: &Path) -> Outcome<String> {
    let source = Source::read(folder)?;
    let mut by_file: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (from, to) in source.arrows() {
        by_file.entry(from).or_default().push(name(&source.modules[to]));
    }
    let line = |(from, to): (usize, Vec<String>)| {
        format!("{} -> {}", name(&source.modules[from]), to.join(", "))
    };
    Ok(by_file.into_iter().map(line).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUSE: &[&[&str]] = &[&["asked"], &["sync", "packs"], &["state"]];

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_call_upwards_or_sideways_is_a_fault_and_one_downwards_is_none() {
        let files = names(&["asked::search", "sync::run", "packs", "state::facts", "error"]);
        let down = BTreeSet::from([(0, 1), (1, 3), (0, 3), (3, 4), (0, 4)]);
        assert_eq!(ups(&files, &down, HOUSE), Vec::<String>::new());
        let wrong = BTreeSet::from([(1, 0), (1, 2), (4, 3)]);
        assert_eq!(ups(&files, &wrong, HOUSE).len(), 3);
    }

    #[test]
    fn files_of_one_folder_may_name_each_other_one_way_round() {
        let files = names(&["asked::a", "asked::b", "asked::c"]);
        let arrows = BTreeSet::from([(0, 1), (1, 2)]);
        assert_eq!(ups(&files, &arrows, HOUSE), Vec::<String>::new());
        assert_eq!(circles(3, &arrows), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn a_circle_is_found_however_long_it_is() {
        let arrows = BTreeSet::from([(0, 1), (1, 2), (2, 0), (3, 0), (4, 5), (5, 4)]);
        assert_eq!(circles(6, &arrows), [vec![0, 1, 2], vec![4, 5]]);
    }
}
