//! Which grades of training are the ones that a rule names, however they are written.

use crate::folding::{label, letter_or_digit};

/// How foundation doctors write what is F in a rule, longest first.
const FOUNDATION: [&str; 3] = ["foundationyear", "foundation", "fy"];

/// Whether a grade that somebody noted is one that a rule names. Spaces, dashes and capitals are the
/// same, and FY1 and "Foundation year 1" are F1. A name that ends in no digit is the one of all its
/// years, as ST is of ST1 to ST8. What only begins alike, such as "Fellow", is another grade.
pub(super) fn is_grade(named: &str, noted: &str) -> bool {
    let (named, noted) = (bare(named), bare(noted));
    let is_of_years = named.chars().next_back().is_some_and(|sign| !sign.is_ascii_digit());
    let year = noted.strip_prefix(&named);
    year.is_some_and(|year| {
        year.is_empty() || is_of_years && year.bytes().all(|digit| digit.is_ascii_digit())
    })
}

fn bare(grade: &str) -> String {
    let grade: String = label(grade).chars().filter_map(letter_or_digit).collect();
    let foundation = FOUNDATION.into_iter().find_map(|begins| grade.strip_prefix(begins));
    foundation.map_or_else(|| grade.clone(), |year| format!("f{year}"))
}

/// Whether two names are of the same grade.
pub(super) fn is_same_grade(one: &str, other: &str) -> bool {
    bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    use super::is_grade;

    #[test]
    fn a_grade_is_what_a_rule_names_and_not_what_begins_alike() {
        for (named, noted) in [
            ("F1", "F1"),
            ("F1", " fy 1 "),
            ("FY1", "f1"),
            ("F2", "Foundation Year 2"),
            ("F2", "FY-2"),
            ("F", "F3"),
            ("ST", "ST3"),
            ("ST", "st 3"),
            ("ST", "ST"),
            ("CT", "CT１"),
            ("GPST", "GPST2"),
        ] {
            assert!(is_grade(named, noted), "{noted} is {named}");
        }
        for (named, noted) in [
            ("F", "Fellow"),
            ("F1", "Fellow"),
            ("F1", "F2"),
            ("F1", "F10"),
            ("F1", ""),
            ("F1", "F1 and F2"),
            ("ST", "Staff grade"),
            ("ST", "GPST2"),
            ("CT", "CT fellow"),
        ] {
            assert!(!is_grade(named, noted), "{noted} is not {named}");
        }
    }
}
