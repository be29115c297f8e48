//! Months: their names and how many days they have.

/// Whether a month has a day.
pub(super) fn is_day(day: u32, month: u32, year: u32) -> bool {
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// The number of a month, by its name or the beginning of it.
pub(super) fn month(word: &str) -> Option<u32> {
    const MONTHS: [(&str, &str); 12] = [
        ("january", "jan"),
        ("february", "feb"),
        ("march", "mar"),
        ("april", "apr"),
        ("may", "may"),
        ("june", "jun"),
        ("july", "jul"),
        ("august", "aug"),
        ("september", "sep"),
        ("october", "oct"),
        ("november", "nov"),
        ("december", "dec"),
    ];
    if word == "sept" {
        return Some(9);
    }
    let mut months = (1..).zip(MONTHS);
    months.find(|(_, (long, short))| word == *long || word == *short).map(|(number, _)| number)
}

/// Whether a word is the name of a month.
pub(super) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// Months that are words as well.
pub(super) const MONTHS_AND_WORDS: &[&str] =
    &["august", "dec", "jan", "mar", "march", "may", "sep"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_days() {
        assert!(is_day(29, 2, 2024) && !is_day(29, 2, 2023) && !is_day(29, 2, 1900));
        assert!(
            is_day(31, 12, 1999) && !is_day(31, 4, 1999) && !is_day(0, 1, 1) && !is_day(1, 13, 1)
        );
    }

    #[test]
    fn words_are_in_order() {
        assert!(MONTHS_AND_WORDS.is_sorted());
    }
}
