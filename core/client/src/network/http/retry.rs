//! How long whoever answered asks to wait: `Retry-After`, in seconds or as a date.

use std::time::{Duration, SystemTime};

use httpdate::parse_http_date;

use crate::error::Obstacle;

/// The wait that a header asks for. A date counts from the answer's own, so that a phone whose
/// clock is wrong waits no longer for it; without one from `now`.
pub(super) fn wait(
    retry_after: &str,
    answered: Option<&str>,
    now: impl FnOnce() -> SystemTime,
) -> Option<Duration> {
    let asked = retry_after.trim();
    let is_number = !asked.is_empty() && asked.bytes().all(|byte| byte.is_ascii_digit());
    let wait = if is_number {
        // More digits than fit are longer than anything.
        asked.parse().map_or(Obstacle::LONGEST_WAIT, Duration::from_secs)
    } else {
        let until = parse_http_date(asked).ok()?;
        let from = answered.and_then(|date| parse_http_date(date.trim()).ok());
        until.duration_since(from.unwrap_or_else(now)).unwrap_or_default()
    };
    Some(wait.min(Obstacle::LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const LATER: &str = "Sun, 06 Nov 1994 08:51:37 GMT";

    fn at(date: &str) -> SystemTime {
        parse_http_date(date).unwrap()
    }

    #[test]
    fn b2_a_wait_is_read_in_seconds_and_as_a_date_and_has_an_end() {
        for (asked, answered, seconds) in [
            ("120", None, Some(120)),
            (" 0 ", None, Some(0)),
            ("86400", None, Some(3_600)),
            ("99999999999999999999999", None, Some(3_600)),
            (LATER, Some(DATE), Some(120)),
            (LATER, None, Some(120)),
            (LATER, Some("yesterday"), Some(120)),
            (DATE, Some(LATER), Some(0)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(DATE), Some(3_600)),
            ("Sunday, 06-Nov-94 08:51:37 GMT", Some(DATE), Some(120)),
            ("-5", None, None),
            ("+5", None, None),
            ("1.5", None, None),
            ("", None, None),
            ("soon", None, None),
        ] {
            let wait = wait(asked, answered, || at(DATE));
            assert_eq!(wait, seconds.map(Duration::from_secs), "{asked:?}");
        }
    }
}
