//! The catalogue against the trial, on a project of which everything is declared: what the catalogue
//! enters, the trial must find good as well.

use automerge::AutoCommit;
use enhance_model::{
    ItemId, Limits, Noun, PersonId, Tag, Timestamp, Version,
    change_project::{
        Action, AimEdit, CycleEdit, Item, Measure, Observation, PdsaCycle, ProjectEdit, Section,
        Unit, Value,
    },
};

use super::{
    differential::{Case, mutate},
    draft::Draft,
    *,
};
use crate::{Document, Edit, NewDocument, gate::trial};

const MUTANTS: usize = 1_000;
const NOW: Timestamp = Timestamp::from_unix_millis(1_795_000_000_000);

fn edits() -> Vec<ProjectEdit> {
    let id = |number: u8| ItemId::from_bytes([number; 16]);
    let text = |text: &str| text.to_owned();
    let section =
        |words: &str| ProjectEdit::Section { section: Section::Problem, text: text(words) };
    let value = Value::Ratio { numerator: 4, denominator: 10 };
    let at = "2026-11-22".parse().unwrap();
    let measure = Measure {
        name: text("Falls"),
        definition: text("Reports"),
        unit: Some(Unit::Count),
        ..Measure::default()
    };
    let action = Action { text: text("Lights"), ..Action::default() };
    let sentence = AimEdit::Sentence(text("Fewer falls"));
    let edits = [
        vec![section("The ward is dark.")],
        measure.adding(id(1)),
        Observation::new(id(1), at, value).adding(id(2)),
        PdsaCycle::default().adding(id(3)),
        vec![ProjectEdit::Cycle { id: id(3), edit: CycleEdit::Learned(text("A lot.")) }],
        vec![ProjectEdit::AddTag { tag: Tag::Domain(text("quality")) }],
        vec![ProjectEdit::Aim { edit: sentence }],
        action.adding(id(4)),
        vec![ProjectEdit::TakeBack { noun: Noun::Action, id: id(4), at: NOW }],
        vec![ProjectEdit::Title { title: text("Falls by night") }],
        vec![section("The ward is dark at 3.")],
        vec![ProjectEdit::RemoveTag { tag: Tag::Domain(text("quality")) }],
    ];
    edits.concat()
}

/// A project that two devices write, each on what it had.
pub fn changes() -> Vec<Vec<u8>> {
    let device = |number: u8| DeviceId::from_bytes([number; 16]);
    let new = NewDocument::ChangeProject {
        owner: PersonId::from_bytes([9; 16]),
        title: "Falls".into(),
        topic: "quality".into(),
        setting: "Ward 7".into(),
    };
    let (mut one, create) = Document::create(&new, device(1), NOW).unwrap();
    let mut other = Document::open(&[&create.bytes], device(2)).unwrap();
    for (number, edit) in edits().into_iter().enumerate() {
        let edit = [Edit::ChangeProject(edit)];
        let (writer, reader) =
            if number % 3 == 2 { (&mut other, &mut one) } else { (&mut one, &mut other) };
        if writer.edit(None, &edit, NOW).is_ok() && number % 2 == 0 {
            let news: Vec<_> = writer.changes_not_in(&reader.version());
            let news: Vec<_> = news.into_iter().map(|change| change.bytes).collect();
            reader.admit(&news, &crate::AdmissionRules::from_server());
        }
    }
    let rest: Vec<_> =
        other.changes_not_in(&one.version()).into_iter().map(|change| change.bytes).collect();
    one.admit(&rest, &crate::AdmissionRules::from_server());
    let all = one.changes_not_in(&Version::default());
    all.iter()
        .map(|change| automerge::Change::try_from(&*change.bytes).unwrap().raw_bytes().to_vec())
        .collect()
}

#[test]
fn the_catalogue_is_never_laxer_than_a_trial_of_the_whole_document() {
    let changes = changes();
    assert!(changes.len() > 8);
    let mut cases = Vec::new();
    let mut catalogue = Catalogue::new(None);
    for (at, change) in changes.iter().enumerate() {
        if at > 0 {
            let (before, catalogue) = (changes[..at].to_vec(), catalogue.clone());
            cases.push(Case { before, catalogue, change: Draft::of(change) });
        }
        assert_eq!(enter(&mut catalogue, change), Ok(()), "change {at}");
    }
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let (mut chance, mut entered, mut faults) = (Chance(5), 0, Vec::new());
    for number in 0..MUTANTS {
        let case = chance.of(&cases).unwrap();
        let mutant = mutate(&case, &mut chance).bytes();
        if enter(&mut case.catalogue.clone(), &mutant).is_ok() {
            entered += 1;
            let doc = AutoCommit::load(&case.before.concat()).unwrap();
            if let Err(code) = trial::run(&doc, &[&mutant], None, &Limits::default()) {
                faults.push(format!("mutant {number}: {code}"));
            }
        }
    }
    std::panic::set_hook(report);
    assert_eq!(faults, Vec::<String>::new());
    assert!(entered > MUTANTS / 50, "only {entered} mutants got far enough to be tried");
}
