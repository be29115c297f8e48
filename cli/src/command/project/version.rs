//! Versions of a plan as people type them: enough of the hash of each head, joined by `+`.

use enhance_client::LearningCore;
use enhance_model::{ChangeHash, DocumentId, Version};

use crate::{exit::Failure, ids};

/// Hexadecimal digits of a head that are shown; a plan has too few changes for two to share them.
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
    for entry in core.history(project)? {
        let at = crate::when::when(entry.at);
        known.extend(entry.version.heads().iter().map(|head| (*head, at.clone())));
    }
    known.sort_by_key(|(head, _)| *head);
    known.dedup_by_key(|(head, _)| *head);
    let heads: Result<_, _> =
        typed.split('+').map(|head| ids::resolve("version", head, &known)).collect();
    Ok(Version::new(heads?))
}
