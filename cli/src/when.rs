//! Moments as tables show them.

use enhance_model::Timestamp;

/// A moment to the minute, in UTC: `2026-11-22 08:30`.
pub fn when(moment: Timestamp) -> String {
    moment.to_string().chars().take("2026-11-22T08:30".len()).collect::<String>().replace('T', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_to_the_minute() {
        assert_eq!(when("2026-11-22T08:30:59.5Z".parse().unwrap()), "2026-11-22 08:30");
    }
}
