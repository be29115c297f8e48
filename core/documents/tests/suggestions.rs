//! Stretches of a text are found again whatever is written at once, and what two accept at once
//! stands once.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod written;

use enhance_documents::{AdmissionRules, Content, Document, Edit};
use enhance_model::{
    DocumentId, PersonId,
    anchor::{Place, Span},
    change_project::{ChangeProject, Decided, Section},
    comments::SuggestionEdit,
};
use proptest::prelude::*;
use written::{NOW, device, item, new_project, section, write};

const PROBLEM: Place = Place::Section(Section::Problem);

fn begun(text: &str) -> Document {
    let mut document = new_project(1).0;
    write(&mut document, &[section(Section::Problem, text)]);
    document
}

fn project(document: &Document) -> ChangeProject {
    match document.content().unwrap() {
        Content::ChangeProject(project) => *project,
        _ => unreachable!(),
    }
}

fn problem(document: &Document) -> String {
    project(document).sections[&Section::Problem].clone()
}

fn copy(document: &mut Document, author: u8) -> Document {
    Document::open(&[document.snapshot().unwrap()], device(author)).unwrap()
}

/// Brings each what the other wrote.
fn meet(one: &mut Document, other: &mut Document) {
    let sent = |from: &mut Document, to: &mut Document| {
        let changes = from.changes_not_in(&to.version());
        let bytes: Vec<_> = changes.into_iter().map(|change| change.bytes).collect();
        to.admit(&bytes, &AdmissionRules::from_server());
    };
    sent(one, other);
    sent(other, one);
    assert_eq!(one.version(), other.version());
}

fn accept(document: &mut Document, span: &Span, by: u8, replacement: &str) {
    let range = document.find(&PROBLEM, span).unwrap();
    let edit = SuggestionEdit::Accept {
        id: item(9),
        decided: Decided {
            document: Some(DocumentId::from_bytes([4; 16])),
            by: Some(PersonId::from_bytes([by; 16])),
            at: NOW,
        },
        anchor: PROBLEM,
        start: range.start,
        end: range.end,
        replacement: replacement.to_owned(),
    };
    write(document, &[Edit::Suggestion(edit)]);
}

fn remove_doubles(document: &mut Document) {
    document.edit(None, &[Edit::Suggestion(SuggestionEdit::RemoveDoubles)], NOW).unwrap();
}

#[test]
fn a_stretch_moves_with_its_text_and_says_when_it_is_gone() {
    let mut document = begun("The ward is dark.");
    let (span, said) = document.mark(None, &PROBLEM, &(12..16)).unwrap();
    assert_eq!((said.as_str(), span.quote.as_str()), ("dark", "dark"));
    let shown = document.version();
    write(&mut document, &[section(Section::Problem, "At night the ward is dark.")]);
    assert_eq!(document.find(&PROBLEM, &span), Some(21..25));
    let (same, _) = document.mark(Some(&shown), &PROBLEM, &(12..16)).unwrap();
    assert_eq!(same, span, "what an older screen showed is marked as it stood");
    write(&mut document, &[section(Section::Problem, "At night the ward is d.")]);
    assert_eq!(document.find(&PROBLEM, &span), Some(21..22));
    write(&mut document, &[section(Section::Problem, "At night the ward is.")]);
    assert_eq!(document.find(&PROBLEM, &span), None);
    for none in [(3..3, PROBLEM), (20..40, PROBLEM), (0..1, Place::Whole)] {
        assert!(document.mark(None, &none.1, &none.0).is_err(), "{none:?}");
    }
}

#[test]
fn what_two_accept_at_once_stands_once() {
    let mut ana = begun("The ward is dark.");
    let (span, _) = ana.mark(None, &PROBLEM, &(12..16)).unwrap();
    let mut ben = copy(&mut ana, 2);
    accept(&mut ana, &span, 1, "dark at night");
    accept(&mut ben, &span, 2, "dark at night");
    meet(&mut ana, &mut ben);
    assert!(project(&ana).decisions.is_doubled);
    remove_doubles(&mut ana);
    remove_doubles(&mut ben);
    meet(&mut ana, &mut ben);
    assert_eq!(problem(&ana), "The ward is dark at night.");
    assert_eq!(problem(&ben), problem(&ana));
    let decisions = project(&ana).decisions;
    assert!(!decisions.is_doubled);
    assert_eq!(decisions.accepted.len(), 1);
}

fn marks() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9]{1,12}@([0-9a-f]{2}){1,20}", "[0-9]{1,12}", ".{0,12}", Just(String::new())]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_stretch_is_never_outside_of_the_text_whatever_is_written_at_once(
        text in "[a-zé😴 ]{1,20}",
        (from, length) in (0..20u32, 1..6u32),
        edits in proptest::collection::vec((any::<bool>(), "[a-zé😴 ]{0,20}"), 0..6),
        foreign in (marks(), marks()),
    ) {
        let mut ana = begun(&text);
        let count = u32::try_from(text.chars().count()).unwrap();
        let start = from % count;
        let end = (start + length).min(count);
        let (span, said) = ana.mark(None, &PROBLEM, &(start..end)).unwrap();
        prop_assert_eq!(ana.find(&PROBLEM, &span), Some(start..end));
        let wanted: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
        prop_assert_eq!(said, wanted);
        let mut ben = copy(&mut ana, 2);
        for (is_ana, text) in edits {
            let who = if is_ana { &mut ana } else { &mut ben };
            who.edit(None, &[section(Section::Problem, &text)], NOW).unwrap();
        }
        meet(&mut ana, &mut ben);
        let found = ana.find(&PROBLEM, &span);
        prop_assert_eq!(&ben.find(&PROBLEM, &span), &found);
        let length = u32::try_from(problem(&ana).chars().count()).unwrap();
        prop_assert!(found.is_none_or(|found| found.start < found.end && found.end <= length));
        // Marks of strangers: of other texts, of nothing, of no form.
        let other = ana.mark(None, &Place::Field("title"), &(0..1));
        prop_assert!(other.is_err());
        if let (Ok(start), Ok(end)) = (foreign.0.parse(), foreign.1.parse()) {
            let span = Span { start, end, quote: String::new() };
            let found = ana.find(&PROBLEM, &span);
            prop_assert!(found.is_none_or(|found| found.end <= length));
        }
        write(&mut ana, &[section(Section::Team, "Others write here.")]);
        let (of_other, _) = ana.mark(None, &Place::Section(Section::Team), &(0..6)).unwrap();
        prop_assert_eq!(ana.find(&PROBLEM, &of_other), None);
    }

    #[test]
    fn a_suggestion_stands_once_however_many_accept_it_and_whoever_mends_it(
        before in "[a-z]{0,8}", after in "[a-z]{0,8}", replacement in "[x-z]{1,9}",
        others in 1..4u8, typed in "[A-Z]{0,5}", menders in proptest::collection::vec(0..4usize, 1..6),
    ) {
        let text = format!("{before}old{after}");
        let start = u32::try_from(before.len()).unwrap();
        let mut first = begun(&text);
        let (span, _) = first.mark(None, &PROBLEM, &(start..start + 3)).unwrap();
        let mut all: Vec<Document> = (0..others).map(|who| copy(&mut first, who + 2)).collect();
        all.push(first);
        for (who, document) in (1..).zip(&mut all) {
            accept(document, &span, who, &replacement);
        }
        if !typed.is_empty() {
            let now = format!("{}{typed}", problem(&all[0]));
            write(&mut all[0], &[section(Section::Problem, &now)]);
        }
        let everybody = |all: &mut Vec<Document>| {
            for _ in 0..2 {
                for at in 1..all.len() {
                    let (one, rest) = all.split_at_mut(at);
                    meet(&mut one[0], &mut rest[0]);
                }
            }
        };
        everybody(&mut all);
        for mender in menders {
            let at = mender % all.len();
            remove_doubles(&mut all[at]);
        }
        everybody(&mut all);
        for document in &all {
            prop_assert_eq!(problem(document), format!("{before}{replacement}{after}{typed}"));
        }
    }
}
