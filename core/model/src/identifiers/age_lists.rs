//! Words around numbers that are an age or none, each list in the order of the alphabet.

/// Who is counted in weeks.
#[rustfmt::skip]
pub(super) const YOUNG: &[&str] = &[
    "babies", "baby", "boy", "child", "daughter", "female", "girl", "infant", "male", "neonate",
    "newborn", "son", "twin", "twins",
];

/// What stands before a road, a place or a code with a letter and a number.
#[rustfmt::skip]
pub(super) const ROADS_AND_CODES: &[&str] = &[
    "at", "cd", "code", "coded", "codes", "diagnosis", "from", "icd", "in", "junction", "near",
    "off", "on", "the", "to", "via",
];

/// What tells when a birthday was, or goes on after it.
pub(super) const WHEN: &[&str] =
    &["and", "in", "last", "next", "on", "recently", "this", "today", "when", "with", "yesterday"];

/// Before or after a limit: of too many to be told by their age, or of nobody.
#[rustfmt::skip]
pub(super) const MANY: &[&str] = &[
    "adults", "all", "anybody", "anyone", "band", "bands", "category", "cohort", "each", "every",
    "everybody", "everyone", "few", "for", "group", "groups", "if", "inpatients", "many", "men",
    "most", "no", "nobody", "none", "not", "patients", "people", "population", "residents", "some", "those",
    "women",
];

/// After what a number of years is how long something took or will take.
#[rustfmt::skip]
pub(super) const LENGTHS: &[&str] = &[
    "about", "after", "all", "almost", "another", "around", "before", "by", "every", "first", "for",
    "in", "last", "lasted", "lasting", "least", "nearly", "next", "of", "over", "past", "than",
    "the", "these", "to", "took", "under", "until", "up", "within",
];

/// What a number of years may be besides an age.
pub(super) const SPANS: &[&str] =
    &["ago", "apart", "experience", "follow", "later", "lease", "plan", "service", "survival"];

/// What follows a number that is no age.
#[rustfmt::skip]
pub(super) const AMOUNTS: &[&str] = &[
    "bpm", "cm", "days", "feet", "hours", "kg", "kgs", "kilos", "lb", "minutes", "mmhg", "months",
    "pounds", "stone", "units", "weeks",
];

/// What has years and is nobody.
#[rustfmt::skip]
pub(super) const THINGS: &[&str] = &[
    "building", "car", "computer", "data", "guidance", "guideline", "guidelines", "hospital",
    "laptop", "machine", "paper", "plan", "policy", "programme", "project", "protocol", "scanner",
    "software", "study", "system", "trust", "ward",
];

/// What is measured in F or M, beside people.
#[rustfmt::skip]
pub(super) const MEASURED: &[&str] = &[
    "budget", "catheter", "catheters", "cost", "costs", "drain", "fahrenheit", "foley", "fr",
    "french", "fund", "funding", "funds", "gbp", "invest", "invested", "investment", "needle",
    "patients", "people", "pounds", "raise", "raised", "records", "save", "saved", "sheath", "size",
    "sized", "spend", "spent", "temp", "temperature", "tube", "visits", "worth",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        let who = [YOUNG, WHEN, MANY, THINGS];
        let amounts = [MEASURED, SPANS, LENGTHS, AMOUNTS, ROADS_AND_CODES];
        for list in who.into_iter().chain(amounts) {
            assert!(list.is_sorted());
        }
    }
}
