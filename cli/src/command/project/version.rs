//! Versions of a project as people type them: enough of the hash of each head, joined by `+`.

use std::collections::BTreeSet;

use enhance_client::LearningCore;
use enhance_model::{ChangeHash, DocumentId, Quoted, Version, crockford};

use crate::{
    exit::Failure,
    ids::{self, short},
    when::when,
};

/// Hexadecimal digits of a head that are shown; a project has too few changes for two to share them.
const SHOWN: usize = 8;
/// Fewer are more likely a slip than the beginning of a head.
const FEWEST: usize = 4;

/// A version as lists show it.
pub fn brief(version: &Version) -> String {
    let heads: Vec<String> =
        version.heads().iter().map(|head| head.to_string().chars().take(SHOWN).collect()).collect();
    heads.join("+")
}

/// The version that was typed, whole or shortened.
pub fn resolve(core: &LearningCore, project: DocumentId, typed: &str) -> Result<Version, Failure> {
    if let Ok(version) = typed.trim().to_lowercase().parse::<Version>()
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
    heads(typed, &known).map_err(|failure| match failure {
        Failure::Usage(said) => {
            let list = format!("enhance project history {}", short(project));
            Failure::Usage(format!("{said}. The versions of this plan are listed by: {list}"))
        }
        other => other,
    })
}

/// The heads that were typed. Each is known by its beginning and named once: the beginning and the
/// end of one head with a `+` between them are not that head.
fn heads(typed: &str, known: &[(ChangeHash, String)]) -> Result<Version, Failure> {
    let mut heads = BTreeSet::new();
    // Histories show them in brackets.
    let bare = typed.trim().trim_start_matches('[').trim_end_matches(']');
    for part in bare.split('+') {
        let no_version = || {
            Failure::Usage(format!(
                "{} is no version: one is at least {FEWEST} characters, each 0 to 9 or a to f, as \
                 26f2a1b0, or several such with a + between them where people wrote at once",
                Quoted(typed)
            ))
        };
        let digits = digits(part).ok_or_else(no_version)?;
        if !heads.insert(ids::resolve_beginning("version", &digits, known)?) {
            return Err(no_version());
        }
    }
    Ok(Version::new(heads.into_iter().collect()))
}

/// The beginning of a head that was typed, without the sign that it was cut.
fn digits(part: &str) -> Option<String> {
    let part = part.trim().trim_end_matches(['…', '.']);
    if part.contains(|sign: char| !sign.is_alphanumeric()) {
        return None;
    }
    let digits = crockford::read(part).ok()?.to_ascii_lowercase();
    let is_beginning = digits.len() >= FEWEST && digits.chars().all(|it| it.is_ascii_hexdigit());
    is_beginning.then_some(digits)
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
    fn a_version_is_known_by_what_is_enough_of_it_and_what_is_none_is_told_how_one_looks() {
        let head = ChangeHash::from_bytes([0x26; 32]);
        let known = [(head, String::new())];
        for typed in ["2626…", "2626...", "[26262626]", " 26262626 ", "2626".repeat(16).as_str()]
        {
            assert_eq!(heads(typed, &known).unwrap(), Version::new(vec![head]), "{typed}");
        }
        let upper = [(ChangeHash::from_bytes([0xaf; 32]), String::new())];
        assert!(heads("AFAF", &upper).is_ok());
        for wrong in
            ["+2626…", "-2626", "262", "…", "", "2626-2626", "latest", "2626+2626", "2626+"]
        {
            let failure = heads(wrong, &known).unwrap_err();
            assert!(failure.to_string().contains("as 26f2a1b0"), "{wrong}: {failure}");
        }
        assert!(matches!(heads("9999", &known), Err(Failure::NotFound { .. })));
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
