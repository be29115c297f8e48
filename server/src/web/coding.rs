//! How a file was packed, and what a browser says it can unpack (RFC 9110, section 12.5.3).

/// The forms of a file, the smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Coding {
    Brotli,
    Gzip,
    Plain,
}

impl Coding {
    /// The file that a name is of, and in which form.
    pub(super) fn of(name: &str) -> (&str, Self) {
        [(".br", Self::Brotli), (".gz", Self::Gzip)]
            .into_iter()
            .find_map(|(end, coding)| Some((name.strip_suffix(end)?, coding)))
            .unwrap_or((name, Self::Plain))
    }

    /// As HTTP names it; nothing for a plain file.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Plain => None,
        }
    }

    /// Whether a list of codings names this one, other than to refuse it.
    pub(super) fn is_in(self, accepted: &str) -> bool {
        let Some(name) = self.name() else { return true };
        accepted.split(',').any(|coding| {
            let (said, weight) = coding.split_once(';').unwrap_or((coding, ""));
            let weight = weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok());
            said.trim().eq_ignore_ascii_case(name) && weight != Some(0.0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_of_which_file_it_is_and_how_it_is_packed() {
        assert_eq!(Coding::of("/assets/a.js.br"), ("/assets/a.js", Coding::Brotli));
        assert_eq!(Coding::of("/assets/a.js.gz"), ("/assets/a.js", Coding::Gzip));
        assert_eq!(Coding::of("/assets/a.js"), ("/assets/a.js", Coding::Plain));
    }

    #[test]
    fn a_coding_is_taken_if_it_is_named_and_not_refused() {
        assert!(Coding::Brotli.is_in("gzip, deflate, br, zstd"));
        assert!(Coding::Gzip.is_in("GZIP;q=0.5"));
        assert!(!Coding::Brotli.is_in("gzip, br;q=0"));
        assert!(!Coding::Brotli.is_in("gzip"));
        assert!(!Coding::Gzip.is_in(""));
        assert!(Coding::Plain.is_in(""));
    }
}
