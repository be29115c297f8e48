//! Versions of a project as people type them: enough of the hash of each head, joined by `+`.

use std::collections::BTreeSet;

use enhance_client::LearningCore;
use enhance_model::{ChangeHash, DocumentId, Version};

use crate::{exit::Failure, ids, when::when};

/// Hexadecimal digits of a head that are shown; a project has too few changes for two to share them.
const SHOWN: usize = 8;

/// A version as lists show it.
pub fn brief(version: &Version) -> String {
    let heads: Vec<String> =
        version.heads().iter().map(|head| head.to_string().chars().take(SHOWN).collect()).collect();
    heads.join("+")
}

/// The version that was typed, whole or shortened.
pub fn resolve(core: &LearningCore, project: DocumentId, typed: &str) -> Result<Version, Failure> {
    if let Ok(version) = typed.parse::<Version>()
        && !version.heads().is_empty()
    {
        return Ok(version);
    }
    let mut known: Vec<(ChangeHash, String)> = Vec::new();
    for change in core.history(project)? {
        let at = when(change.at);
        known.extend(change.version.heads().iter().map(|head| (*head, at.clone())));
    }
    known.sort_by_key(|(head, _)| *head);
    known.dedup_by_key(|(head, _)| *head);
    heads(typed, &known)
}

/// The heads that were typed. Each is known by its beginning and named once: the beginning and the
/// end of one head with a `+` between them are not that head.
fn heads(typed: &str, known: &[(ChangeHash, String)]) -> Result<Version, Failure> {
    let mut heads = BTreeSet::new();
    for part in typed.split('+') {
        if !heads.insert(ids::resolve_beginning("version", part, known)?) {
            return Err(Failure::NotFound { what: "version", typed: typed.to_owned() });
        }
    }
    Ok(Version::new(heads.into_iter().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_the_beginnings_of_its_heads_and_nothing_else() {
        let [first, second] = [0x11, 0x22].map(|byte| ChangeHash::from_bytes([byte; 32]));
        let known = [(first, "first".to_owned()), (second, "second".to_owned())];
        assert_eq!(heads("11111111", &known).unwrap(), Version::new(vec![first]));
        assert_eq!(heads("2222+1111", &known).unwrap(), Version::new(vec![first, second]));
        for wrong in ["1111+1111", "1111+", "+1111", "111+111", "3333", "1111 2222", ""] {
            assert!(heads(wrong, &known).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_beginning_and_the_end_of_a_head_are_not_that_head() {
        let mut bytes = [0xe6; 32];
        bytes[31] = 0x0d;
        let known = [(ChangeHash::from_bytes(bytes), String::new())];
        assert!(heads("e6e6+e60d", &known).is_err());
        assert!(heads("e60d", &known).is_err());
    }
}
