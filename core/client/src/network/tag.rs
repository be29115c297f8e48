//! Entity tags of files, which the server makes of their hash.

use enhance_model::Sha256;

/// The tag of a file.
pub(crate) fn of_file(sha256: Sha256) -> String {
    format!("\"{sha256}\"")
}

/// Whether an answer bears the tag of a file, which a proxy may have made weak (`W/"..."`).
pub(crate) fn is_of_file(answered: Option<&str>, sha256: Sha256) -> bool {
    answered.is_some_and(|tag| tag.trim().trim_start_matches("W/") == of_file(sha256))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a4_a_tag_that_a_proxy_made_weak_is_that_of_the_file() {
        let file = Sha256::from_bytes([7; 32]);
        let weak = format!("W/{}", of_file(file));
        assert!(is_of_file(Some(&of_file(file)), file) && is_of_file(Some(&weak), file));
        let other = of_file(Sha256::from_bytes([8; 32]));
        for foreign in [None, Some(""), Some("W/"), Some(other.as_str())] {
            assert!(!is_of_file(foreign, file), "{foreign:?}");
        }
    }
}
