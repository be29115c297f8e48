//! Correcting a plan: field by field, taken back and put back, and what two people set at once.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod written;

use enhance_documents::{AdmissionRules, Document, Edit};
use enhance_model::{
    ItemId, Noun, Tag,
    change_project::{
        Action, ActionEdit, Aim, AimEdit, ChangeIdea, ChangeIdeaEdit, ChangeProject, CycleEdit,
        Driver, DriverEdit, Item, Observation, ObservationEdit, PdsaCycle, ProgressScore,
        ProjectEdit, Status, Tally, TallyEdit, Value,
    },
    field::Shape,
    record::{Count, FieldWrite, Record, SetValue},
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

/// What two people can set one field of this shape to at once; none of a shape that merges.
const fn two_values(shape: Shape) -> Option<[&'static str; 2]> {
    Some(match shape {
        Shape::String | Shape::Passage => ["one", "other"],
        Shape::Word([.., one, other]) => [*one, *other],
        Shape::Id => {
            ["01010101-0101-0101-0101-010101010101", "02020202-0202-0202-0202-020202020202"]
        }
        Shape::Date => ["2026-11-20", "2026-11-21"],
        Shape::Moment => ["2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z"],
        Shape::Number => ["1", "2"],
        Shape::Amount => ["3", "4/10"],
        _ => return None,
    })
}

/// Two people write this into one field at once: it shows both until one of them settles it.
fn shows_both_until_settled(path: &str, begun: Vec<ProjectEdit>, set: [ProjectEdit; 2]) {
    let (mut mine, mut theirs) = two(begun);
    edit(&mut mine, vec![set[0].clone()]);
    edit(&mut theirs, vec![set[1].clone()]);
    meet(&mut mine, &mut theirs);
    let shown = project(&mine).disagreements;
    let [one] = &shown[..] else { panic!("{path}: {shown:?}") };
    assert_eq!((&*one.path, one.values.len()), (path, 2));
    let [_, settling] = set;
    edit(&mut mine, vec![settling]);
    meet(&mut mine, &mut theirs);
    assert_eq!(project(&theirs).disagreements, [], "{path} is settled");
}

#[test]
fn each_field_of_a_thing_in_a_project_that_is_replaced_shows_what_two_people_set_at_once() {
    let mut fields = 0;
    for noun in ChangeProject::ITEMS {
        for field in ChangeProject::fields_of(*noun) {
            let Some(values) = two_values(field.shape) else { continue };
            let id = item(1);
            let set = values.map(|text| ProjectEdit::parse(*noun, id, field.key, text).unwrap());
            let path = format!("{}/{id}/{}", ChangeProject::key_of(*noun).unwrap(), field.key);
            shows_both_until_settled(&path, vec![ProjectEdit::Add { noun: *noun, id }], set);
            fields += 1;
        }
    }
    assert!(fields > 60, "{fields} fields were tried");
}

#[test]
fn each_field_of_a_project_itself_that_is_replaced_shows_what_two_people_set_at_once() {
    for field in Aim::FIELDS {
        let Some(values) = two_values(field.shape) else { continue };
        let set = values.map(|text| AimEdit::parse(field.key, text).unwrap());
        let set = set.map(|edit| ProjectEdit::Aim { edit });
        shows_both_until_settled(&format!("aim/{}", field.key), Vec::new(), set);
    }
    let texts = ["one", "other"].map(str::to_owned);
    let days = ["2026-11-20", "2026-11-21"].map(|day| Some(day.parse().unwrap()));
    let scores = [2, 3].map(|halves| ProgressScore::of_halves(halves).ok());
    let moves = [(3, Status::Testing), (4, Status::Completed)];
    for (path, set) in [
        ("title", texts.clone().map(|title| ProjectEdit::Title { title })),
        ("topic", texts.clone().map(|topic| ProjectEdit::Topic { topic })),
        ("setting", texts.map(|setting| ProjectEdit::Setting { setting })),
        ("start", days.map(|on| ProjectEdit::Start { on })),
        ("end", days.map(|on| ProjectEdit::End { on })),
        ("progress", scores.map(|score| ProjectEdit::Progress { score })),
        (
            "status",
            moves.map(|(id, to)| {
                let note = "The lamps are up.".to_owned();
                ProjectEdit::Move { id: item(id), to, at: NOW, note }
            }),
        ),
    ] {
        shows_both_until_settled(path, Vec::new(), set);
    }
}

/// A list is no value that somebody chose over another: what each puts in is in it, and what each
/// takes out is not, so that there is nothing to settle.
#[test]
fn a_list_that_two_people_change_at_once_has_what_each_put_in_and_nothing_that_one_took_out() {
    let idea =
        |drivers: &[u8]| ChangeIdeaEdit::Drivers(drivers.iter().copied().map(item).collect());
    let change = |drivers: &[u8], tags: [&str; 2]| {
        let [add, remove] = tags.map(|key| Tag::Theme(key.to_owned()));
        vec![
            ProjectEdit::ChangeIdea { id: item(9), edit: idea(drivers) },
            ProjectEdit::AddTag { tag: add },
            ProjectEdit::RemoveTag { tag: remove },
        ]
    };
    let (mut mine, mut theirs) = two(ChangeIdea::default().adding(item(9)));
    edit(&mut mine, change(&[1, 2], ["digital", "none"]));
    edit(&mut mine, change(&[1, 2], ["sustainability", "none"]));
    meet(&mut mine, &mut theirs);
    edit(&mut mine, change(&[1, 2, 3], ["leadership", "digital"]));
    edit(&mut theirs, change(&[2, 4], ["equity", "none"]));
    meet(&mut mine, &mut theirs);
    let merged = project(&theirs);
    assert_eq!(merged.ideas[&item(9)].drivers, [2, 3, 4].map(item).into());
    let tags = ["equity", "leadership", "sustainability"].map(|key| Tag::Theme(key.to_owned()));
    assert_eq!(merged.tags, tags.into());
    assert_eq!(merged.disagreements, []);
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
