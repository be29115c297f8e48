//! Damaged changes with a checksum that is right again: none may get through the gate and hurt.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod by_hand;
mod written;

use automerge::Change;
use by_hand::chunk;
use enhance_documents::{AdmissionRules, Document, Edit, Ruling};
use enhance_model::{
    DocumentKind, Version,
    change_project::{ProjectEdit, Section},
    comments::CommentEdit,
    personal_record::RecordEdit,
    reflection::ReflectionEdit,
};
use written::{NOW, device, example};

const MUTANTS: u64 = 20_000;

/// A small generator of numbers that are the same on every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }
}

/// A document before its last change, and the body of that change.
struct Case {
    before: Document,
    body: Vec<u8>,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for kind in DocumentKind::ALL {
        let mut changes = example(kind).changes_not_in(&Version::default());
        while changes.len() > 1 {
            let last = changes.pop().unwrap();
            let parts: Vec<_> = changes.iter().map(|change| &change.bytes).collect();
            let before = Document::open(&parts, device(9)).unwrap();
            let raw = Change::try_from(last.bytes.as_slice()).unwrap().raw_bytes().to_vec();
            // Magic, checksum and type take nine bytes, the length one or two.
            let header = 9 + if raw[9] < 0x80 { 1 } else { 2 };
            cases.push(Case { before, body: raw[header..].to_vec() });
        }
    }
    cases
}

fn mutate(body: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut mutant = body.to_vec();
    for _ in 0..=numbers.below(3) {
        let place = numbers.below(mutant.len());
        match numbers.below(6) {
            0 => mutant[place] ^= 1 << numbers.below(8),
            1 => mutant[place] = numbers.below(256).try_into().unwrap(),
            2 => mutant[place] = mutant[place].wrapping_add(1),
            3 => mutant[place] = [0, 0x7f, 0x80, 0xff][numbers.below(4)],
            4 => mutant.insert(place, numbers.below(256).try_into().unwrap()),
            _ if mutant.len() > 1 => drop(mutant.remove(place)),
            _ => {}
        }
    }
    mutant
}

/// An honest edit of a document of this kind.
fn edit(kind: DocumentKind) -> Option<Edit> {
    Some(match kind {
        DocumentKind::Reflection => Edit::Reflection(ReflectionEdit::Answer {
            prompt: "what".into(),
            text: "Afterwards".into(),
        }),
        DocumentKind::ChangeProject => Edit::ChangeProject(ProjectEdit::Section {
            section: Section::Problem,
            text: "Afterwards".into(),
        }),
        DocumentKind::Comments => Edit::Comments(CommentEdit::Rewrite {
            id: written::item(1),
            body: "Afterwards".into(),
            at: NOW,
        }),
        DocumentKind::PersonalRecord => {
            Edit::PersonalRecord(RecordEdit::Start { activity: "later".into(), at: NOW })
        }
        DocumentKind::SharedReflection | DocumentKind::SignOffRequest | DocumentKind::SignOff => {
            return None;
        }
    })
}

#[test]
fn no_mutant_gets_through_the_gate_and_hurts() {
    // The engine's panics are caught; their messages would only bury what went wrong here.
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let outcome = std::panic::catch_unwind(|| {
        let cases = cases();
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        let rules = AdmissionRules::from_server();
        let mut admitted = 0_u64;
        for number in 0..MUTANTS {
            let case = &cases[numbers.below(cases.len())];
            let body = mutate(&case.body, &mut numbers);
            let mut document = case.before.clone();
            let findings = document.admit(&[chunk(1, &body, &body)], &rules).findings;
            if findings[0].ruling == Ruling::Admitted {
                admitted += 1;
                goes_on(&mut document, number);
            }
        }
        admitted
    });
    std::panic::set_hook(report);
    let admitted = outcome.unwrap_or_else(|cause| {
        panic!("{}", cause.downcast_ref::<String>().map_or("a panic got through", |text| text))
    });
    // Some damage is only other words; if none got through, the test would not reach the end of
    // the gate, and if much did, there would be no gate.
    assert!((1..MUTANTS / 5).contains(&admitted), "{admitted} mutants were admitted");
}

/// What was admitted must not spoil what comes after.
fn goes_on(document: &mut Document, number: u64) {
    let state = document.content().unwrap();
    let mut again = Document::open(&[document.snapshot().unwrap()], device(8)).unwrap();
    assert_eq!(again.content().unwrap(), state, "mutant {number}");
    if let Some(edit) = edit(document.kind()) {
        match again.edit(None, &[edit], NOW) {
            Ok(_) | Err(enhance_documents::DocumentError::NoSuchItem { .. }) => {}
            Err(error) => panic!("mutant {number}: {error}"),
        }
    }
    again.snapshot().unwrap();
    assert!(!again.history().is_empty());
}
