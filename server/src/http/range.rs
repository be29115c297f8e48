//! Which part of a file a request asks for (RFC 9110, section 14).

use std::ops::Range;

use axum::http::{HeaderMap, HeaderName, header};
use http_range_header::{RangeUnsatisfiableError, parse_range_header};

/// What of a file is answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Selection {
    Whole,
    Part(Range<u64>),
    /// The file has nothing of what was asked for.
    Unsatisfiable,
}

/// What of a file of `total` bytes is answered, whose entity tag is `tag`.
///
/// A range that is not well formed, in another unit, or of another version of the file is ignored,
/// and so are several ranges at once: HTTP lets a server answer with the whole file instead.
pub(super) fn select(headers: &HeaderMap, tag: &str, total: u64) -> Selection {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if text(header::IF_RANGE).is_some_and(|known| known != tag) {
        return Selection::Whole;
    }
    let Some(asked) = text(header::RANGE).and_then(|range| parse_range_header(range).ok()) else {
        return Selection::Whole;
    };
    match asked.validate(total).as_deref() {
        Ok([range]) => Selection::Part(*range.start()..range.end().saturating_add(1)),
        Err(RangeUnsatisfiableError::Unsatisfiable) => Selection::Unsatisfiable,
        Ok(_) | Err(_) => Selection::Whole,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn asked(range: &str, if_range: Option<&str>) -> Selection {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, HeaderValue::from_str(range).unwrap());
        if let Some(tag) = if_range {
            headers.insert(header::IF_RANGE, HeaderValue::from_str(tag).unwrap());
        }
        select(&headers, "\"a\"", 100)
    }

    #[test]
    fn a_range_is_answered_as_far_as_the_file_goes() {
        assert_eq!(asked("bytes=0-", None), Selection::Part(0..100));
        assert_eq!(asked("bytes=40-", Some("\"a\"")), Selection::Part(40..100));
        assert_eq!(asked("bytes=40-49", None), Selection::Part(40..50));
        assert_eq!(asked("Bytes=40-49", None), Selection::Part(40..50));
        assert_eq!(asked("bytes=99-2000", None), Selection::Part(99..100));
        assert_eq!(asked("bytes=-10", None), Selection::Part(90..100));
        assert_eq!(asked("bytes=-1000", None), Selection::Part(0..100));
        assert_eq!(asked("bytes=0-18446744073709551615", None), Selection::Part(0..100));
    }

    #[test]
    fn a_range_beyond_the_file_is_unsatisfiable() {
        for range in ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=18446744073709551616-"] {
            assert_eq!(asked(range, None), Selection::Unsatisfiable, "{range}");
        }
    }

    #[test]
    fn an_invalid_range_and_several_ranges_are_ignored() {
        for range in [
            "bytes=40-x",
            "bytes=x-40",
            "bytes=+40-",
            "bytes=40-+49",
            "bytes=50-40",
            "bytes=40",
            "bytes=-",
            "bytes=",
            "bytes 40-",
            "pages=1-2",
            "bytes=0-1,5-6",
            "bytes=0-1,x",
            "bytes=40-49-",
            "",
        ] {
            assert_eq!(asked(range, None), Selection::Whole, "{range}");
        }
    }

    #[test]
    fn a_range_of_another_version_of_the_file_is_ignored() {
        assert_eq!(asked("bytes=40-", Some("\"b\"")), Selection::Whole);
    }
}
