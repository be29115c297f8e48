//! Which grades of training are the ones that a rule names, however they are written.

use super::LogRule;
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

impl LogRule {
    /// The grades that it names, each once, in its order.
    fn grades(&self) -> Vec<&str> {
        let mut grades: Vec<&str> = Vec::new();
        for grade in self.figures.iter().flat_map(|figure| &figure.grades) {
            if !grades.iter().any(|known| bare(known) == bare(grade)) {
                grades.push(grade);
            }
        }
        grades
    }

    /// The grade by which somebody is counted who has noted none: the first that the rule names.
    pub(super) fn assumed_grade(&self) -> &str {
        self.grades().first().copied().unwrap_or_default()
    }

    /// What has to be said of a grade by which days are counted, and of the placement that it was
    /// noted for; nothing of one that the rule names.
    pub(super) fn said_of_grade(&self, noted: &str, placement: Option<&str>) -> Option<String> {
        let grades = self.grades();
        let is_known = || grades.iter().any(|named| is_grade(named, noted));
        let assumed = grades.first()?;
        let place = placement.map(str::trim).filter(|name| !name.is_empty());
        if noted.trim().is_empty() {
            let of = match (placement, place) {
                (None, _) => String::new(),
                (_, None) => " for the placement".to_owned(),
                (_, Some(name)) => format!(" for the placement at {name}"),
            };
            return Some(format!("No grade is noted{of}: counted as {assumed}."));
        }
        let at = place.map(|name| format!(" ({name})")).unwrap_or_default();
        let named = grades.join(", ");
        (!is_known()).then(|| {
            format!(
                "“{}”{at} is no grade that the rule names ({named}): counted by what it says of \
                 every grade.",
                noted.trim()
            )
        })
    }
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
