//! What became of a text since it was signed, line by line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Lines that are told at most on each side; a person reads no more.
const LINES: usize = 40;

/// The lines in which two texts differ. A line that only moved is in neither list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Lines of the signed text that are gone, in their order.
    pub gone: Vec<String>,
    /// Lines that were not in it, in their order.
    pub new: Vec<String>,
    /// Lines of either kind that are not listed.
    pub more: usize,
}

impl Difference {
    /// What became of `signed`, which reads `now`.
    pub fn between(signed: &str, now: &str) -> Self {
        let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
        now.lines().for_each(|line| *counts.entry(line).or_default() += 1);
        signed.lines().for_each(|line| *counts.entry(line).or_default() -= 1);
        let (mut lacking, mut extra) = (counts.clone(), counts);
        let gone = signed.lines().filter(|line| take(&mut lacking, line, 1));
        let gone: Vec<String> = gone.map(str::to_owned).collect();
        let new = now.lines().filter(|line| take(&mut extra, line, -1));
        let new: Vec<String> = new.map(str::to_owned).collect();
        let more = gone.len().saturating_sub(LINES) + new.len().saturating_sub(LINES);
        let first = |lines: Vec<String>| lines.into_iter().take(LINES).collect();
        Self { gone: first(gone), new: first(new), more }
    }
}

/// Whether one more of a line is owed, which brings what is owed of it nearer to nothing.
fn take(owed: &mut BTreeMap<&str, i64>, line: &str, step: i64) -> bool {
    match owed.get_mut(line) {
        Some(count) if *count * step < 0 => {
            *count += step;
            true
        }
        _ => false,
    }
}
