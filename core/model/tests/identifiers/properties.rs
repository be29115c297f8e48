//! What must hold of any text.

use enhance_model::identifiers::{FindingKind, MOST_FINDINGS, Severity, scan, scan_all};
use proptest::prelude::*;

use crate::cases::writer;

/// Pieces from which texts are made that nearly say something.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "943", "476", "5919", "9434765919", "07700", "900461", "+44", "(0)", "DOB", "born", "3", "4",
    "1931", "/", "-", ".", " ", "\n", "Mrs", "Dr", "Smith", "O'Brien", "van", "der", "@", "nhs",
    "uk", "CB2", "0QQ", "93", "year", "old", "aged", "ninety", "ward", "B12", "GMC", "7654321",
    "MRN", "her", "fifties", "pharmacist", "Ely", "Wilson\u{2019}s", "disease", "\u{200b}", "９",
    "\u{a0}", "é", "e\u{301}", "\u{1f600}", "İ", "https://", "'", ",", "(", ")", ":", "of", "June",
    "patient", "St", "Mary's",
];

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec((prop::sample::select(PIECES), any::<bool>()), 0..60);
    let nearly = pieces.prop_map(|pieces| {
        let signs =
            pieces.into_iter().map(|(piece, is_parted)| [piece, if is_parted { " " } else { "" }]);
        signs.flatten().collect()
    });
    prop_oneof![3 => nearly, 1 => any::<String>()]
}

proptest! {
    #[test]
    fn whatever_a_text_says_what_is_found_stands_there(text in texts(), other in texts()) {
        let own = ["St Mary's Hospital".to_owned(), other.clone()];
        let found = scan_all([text.as_str(), other.as_str()], &writer(&own));
        prop_assert_eq!(&found, &scan_all([text.as_str(), other.as_str()], &writer(&own)));
        let mut last = (0, 0);
        for one in &found.findings {
            let within = [&text, &other][one.part];
            let units: Vec<u16> = within.encode_utf16().collect();
            let slice = String::from_utf16(&units[one.utf16.clone()]).unwrap();
            prop_assert_eq!(within.get(one.range.clone()).unwrap(), &slice);
            prop_assert!(!one.text.is_empty() && !one.reason.is_empty());
            prop_assert_eq!(one.facts.len() >= 3, one.kind == FindingKind::Combination);
            if one.kind != FindingKind::Combination {
                prop_assert_eq!(&slice, &one.text);
                prop_assert!(last <= (one.part, one.range.start), "nothing is found twice");
                last = (one.part, one.range.end);
            }
        }
        let probable = found.findings.iter();
        let probable = probable.filter(|one| one.severity == Severity::ProbableIdentifier).count();
        prop_assert_eq!(probable, found.probable_count());
    }

    #[test]
    fn what_is_put_beside_a_number_does_not_hide_it(before in "[ (:;\n]{0,3}", after in "[ ),;\n]{0,3}") {
        let text = format!("Seen{before} 943 476 5919{after}");
        let kinds: Vec<_> = scan(&text, &writer(&[])).findings.iter().map(|one| one.kind).collect();
        prop_assert!(kinds.contains(&FindingKind::NhsNumber), "{}", text);
    }
}

#[test]
fn of_many_findings_the_rest_is_counted() {
    let text = "Mr Smith. ".repeat(MOST_FINDINGS + 7);
    let found = scan(&text, &writer(&[]));
    assert_eq!((found.findings.len(), found.more), (MOST_FINDINGS, 7));
    assert_eq!(found.probable_count(), MOST_FINDINGS + 7);
}
