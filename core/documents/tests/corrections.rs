//! Correcting a plan: field by field, taken back and put back, and what two people set at once.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod written;

use enhance_documents::{AdmissionRules, Document, Edit};
use enhance_model::{
    ItemId, Noun,
    change_project::{
        Action, ActionEdit, Aim, AimEdit, CycleEdit, Driver, DriverEdit, Item, Observation,
        ObservationEdit, PdsaCycle, ProjectEdit, Tally, TallyEdit, Value,
    },
    record::{Count, Record, SetValue},
};
use proptest::prelude::*;
use written::{NOW, device, item, new_project, project, write};

/// A plan that two devices have.
fn two(edits: Vec<ProjectEdit>) -> (Document, Document) {
    let (mut mine, _) = new_project(1);
    if !edits.is_empty() {
        edit(&mut mine, edits);
    }
    let theirs = Document::open(&[mine.snapshot().unwrap()], device(2)).unwrap();
    (mine, theirs)
}

fn edit(document: &mut Document, edits: Vec<ProjectEdit>) {
    let edits: Vec<_> = edits.into_iter().map(Edit::ChangeProject).collect();
    write(document, &edits);
}

/// Each gets what the other has, through the gate.
fn meet(mine: &mut Document, theirs: &mut Document) {
    let rules = AdmissionRules::from_server();
    let give = |from: &mut Document, into: &mut Document| {
        let changes = from.changes_not_in(&into.version()).into_iter();
        let bytes: Vec<_> = changes.map(|change| change.bytes).collect();
        into.admit(&bytes, &rules);
    };
    give(mine, theirs);
    give(theirs, mine);
    assert_eq!(project(mine), project(theirs));
}

fn action(id: u8, edit: ActionEdit) -> Vec<ProjectEdit> {
    vec![ProjectEdit::Action { id: item(id), edit }]
}

#[test]
fn a_new_date_does_not_carry_the_old_text_with_it() {
    let lamps = Action { text: "Ask about lamps".into(), ..Action::default() };
    let (mut mine, mut theirs) = two(lamps.adding(item(1)));
    edit(&mut mine, action(1, ActionEdit::Due(Some("2026-12-01".parse().unwrap()))));
    edit(&mut theirs, action(1, ActionEdit::Text("Ask estates about lamps".into())));
    meet(&mut mine, &mut theirs);
    let shown = &project(&mine).actions[&item(1)];
    assert_eq!(shown.text, "Ask estates about lamps");
    assert_eq!(shown.due, Some("2026-12-01".parse().unwrap()));
    assert!(project(&mine).disagreements.is_empty());
}

#[test]
fn what_two_people_set_at_once_is_kept_with_both_and_settled_by_one() {
    let (mut mine, mut theirs) = two(Vec::new());
    let to = |text: &str| vec![ProjectEdit::Aim { edit: AimEdit::To(text.into()) }];
    edit(&mut mine, to("20"));
    edit(&mut theirs, to("10"));
    meet(&mut mine, &mut theirs);
    let [disagreement] = &project(&mine).disagreements[..] else { panic!("one of them") };
    assert_eq!(disagreement.path, "aim/to");
    let mut values = disagreement.values.clone();
    assert_eq!(values.last().unwrap().text, project(&mine).aim.to, "the last one shows");
    values.sort_by(|one, other| one.text.cmp(&other.text));
    let value = |text: &str, by| SetValue { text: text.into(), by: Some(device(by)) };
    assert_eq!(values, [value("10", 2), value("20", 1)]);

    // Choosing the value that shows settles it as well.
    let standing = project(&mine).aim.to;
    edit(&mut mine, to(&standing));
    meet(&mut mine, &mut theirs);
    assert_eq!(project(&theirs).disagreements, []);
    assert_eq!(project(&theirs).aim, Aim { to: standing, ..Aim::default() });
}

#[test]
fn two_who_set_the_same_do_not_disagree() {
    let (mut mine, mut theirs) = two(Vec::new());
    for document in [&mut mine, &mut theirs] {
        edit(document, vec![ProjectEdit::Aim { edit: AimEdit::To("20".into()) }]);
    }
    meet(&mut mine, &mut theirs);
    assert_eq!(project(&mine).disagreements, []);
}

#[test]
fn what_is_taken_back_while_somebody_corrects_it_can_be_put_back_with_the_correction() {
    let day = "2026-11-20".parse().unwrap();
    let seen = Observation::new(item(9), day, Value::whole(370));
    let (mut mine, mut theirs) = two(seen.adding(item(1)));
    edit(&mut mine, vec![ProjectEdit::TakeBack { noun: Noun::Observation, id: item(1), at: NOW }]);
    let value = ObservationEdit::Value(Value::whole(37));
    edit(&mut theirs, vec![ProjectEdit::Observation { id: item(1), edit: value }]);
    meet(&mut mine, &mut theirs);
    assert!(project(&mine).observations.is_empty());
    assert_eq!(project(&mine).taken_back[&item(1)].noun, Noun::Observation);
    edit(&mut theirs, vec![ProjectEdit::PutBack { noun: Noun::Observation, id: item(1) }]);
    meet(&mut mine, &mut theirs);
    assert_eq!(project(&mine).observations[&item(1)].value, Value::whole(37));
    assert!(project(&mine).taken_back.is_empty());
    let missing = Edit::ChangeProject(ProjectEdit::PutBack { noun: Noun::Cycle, id: item(5) });
    assert!(mine.edit(None, &[missing], NOW).is_err());
}

#[test]
fn what_two_people_take_back_at_once_is_taken_back_and_no_disagreement() {
    let (mut mine, mut theirs) = two(Action::default().adding(item(1)));
    for (document, minutes) in [(&mut mine, 1), (&mut theirs, 2)] {
        let at = NOW.plus_millis(minutes * 60_000);
        edit(document, vec![ProjectEdit::TakeBack { noun: Noun::Action, id: item(1), at }]);
    }
    meet(&mut mine, &mut theirs);
    assert!(project(&mine).actions.is_empty());
    assert_eq!(project(&mine).disagreements, []);
}

#[test]
fn ticks_of_several_devices_add_up() {
    let sheet = Tally {
        measure: item(9),
        at: "2026-11-23".parse().unwrap(),
        group: String::new(),
        ticks: [].into(),
    };
    let (mut mine, mut theirs) = two(sheet.adding(item(1)));
    let tick = |by: u8, numerator, denominator| {
        let value = Value::Ratio { numerator, denominator };
        let edit = TallyEdit::Ticks(Count { device: device(by), value });
        vec![ProjectEdit::Tally { id: item(1), edit }]
    };
    for (numerator, denominator) in [(0, 1), (1, 2), (2, 3)] {
        edit(&mut mine, tick(1, numerator, denominator));
    }
    edit(&mut theirs, tick(2, 1, 4));
    meet(&mut mine, &mut theirs);
    assert_eq!(project(&mine).tallies[&item(1)].counted(), Some((3, 7)));
    assert!(project(&mine).disagreements.is_empty());
}

#[test]
fn what_a_cycle_says_is_typed_by_two_at_once() {
    let (mut mine, mut theirs) = two(PdsaCycle::default().adding(item(1)));
    let typed =
        |text: &str| vec![ProjectEdit::Cycle { id: item(1), edit: CycleEdit::Done(text.into()) }];
    edit(&mut mine, typed("One bed."));
    edit(&mut theirs, typed("On Monday."));
    meet(&mut mine, &mut theirs);
    let text = project(&mine).cycles[&item(1)].done.clone();
    assert!(text.contains("One bed.") && text.contains("On Monday."), "{text}");
}

fn driver_id(number: u8) -> ItemId {
    item(10 + number)
}

proptest! {
    /// However drivers are moved at once, everybody sees one tree of two levels with all of them.
    #[test]
    fn drivers_are_a_tree_after_any_moves_at_once(
        moves in prop::collection::vec((any::<bool>(), 0_u8..5, prop::option::of(0_u8..5)), 0..12),
    ) {
        let named = |number: u8| Driver { name: format!("D{number}"), ..Driver::default() };
        let (mut mine, mut theirs) =
            two((0..5).flat_map(|number| named(number).adding(driver_id(number))).collect());
        for (by_me, which, parent) in moves {
            let document = if by_me { &mut mine } else { &mut theirs };
            let edit = DriverEdit::Parent(parent.map(driver_id));
            let moved = ProjectEdit::Driver { id: driver_id(which), edit };
            document.edit(None, &[Edit::ChangeProject(moved)], NOW).unwrap();
        }
        meet(&mut mine, &mut theirs);
        let tree = project(&mine).driver_tree();
        let mut seen: Vec<ItemId> = Vec::new();
        for branch in &tree {
            seen.push(branch.id);
            seen.extend(branch.secondary.iter().copied());
        }
        seen.sort();
        prop_assert_eq!(seen, (0..5).map(driver_id).collect::<Vec<_>>());
    }
}

#[test]
fn a_record_reads_what_its_edits_write() {
    let driver = Driver { name: "Light".into(), parent: Some(item(3)), place: None };
    let (mine, _) = two(driver.adding(item(1)));
    assert_eq!(project(&mine).drivers[&item(1)], driver);
    assert_eq!(Driver::with(None, &driver.edits()), Some(driver));
}
