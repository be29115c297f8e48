//! How many files the door may hold open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Files of this process that are not the door's: databases with their logs, files on their way.
const OTHERS: usize = 128;
/// Connections without a place that are open a while longer, whatever the system allows.
const AT_LEAST: usize = 128;
/// More of them would hold nobody back who was not held back already.
const AT_MOST: usize = 1024;

/// How many connections without a place may be open beside those that have one. Asks the system for
/// as many files as this process may have.
pub(super) fn spare(connections: usize) -> usize {
    let limit = getrlimit(Resource::Nofile);
    let all = Rlimit { current: limit.maximum, maximum: limit.maximum };
    if let Err(error) = setrlimit(Resource::Nofile, all) {
        tracing::debug!(%error, "no more files may be open than before");
    }
    let files = getrlimit(Resource::Nofile).current;
    left(files.and_then(|files| files.try_into().ok()), connections)
}

/// Of so many files; none where nobody counts them.
fn left(files: Option<usize>, connections: usize) -> usize {
    let left = files.map_or(AT_MOST, |files| files.saturating_sub(connections + OTHERS));
    left.clamp(AT_LEAST, AT_MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_without_a_place_are_held_as_far_as_files_go() {
        assert_eq!(left(Some(1_024), 768), 128);
        assert_eq!(left(Some(1_500), 768), 604);
        assert_eq!(left(Some(65_536), 768), 1_024);
        assert_eq!(left(Some(256), 768), 128);
        assert_eq!(left(None, 768), 1_024);
        assert!(spare(768) >= AT_LEAST);
    }
}
