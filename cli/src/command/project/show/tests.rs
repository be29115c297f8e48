//! The page of a plan: everything in it has a place, and it reads at every width.

use enhance_model::{
    CalendarDate, DeviceId, ItemId, Timestamp,
    change_project::{
        Action, AimEdit, Annotation, ChangeIdea, Driver, Impact, ImpactKind, Item, Measure,
        Observation, Output, PdsaCycle, Phase, ProjectEdit, Stakeholder, StatusMove, Tally, Target,
        TeamMember, Value,
    },
};

use super::*;

fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

const LONG: &str =
    "Staff who are there at night see in time who needs help to get up and who does not";

fn day(day: i8) -> CalendarDate {
    CalendarDate::constant(2026, 11, day)
}

/// A plan with something of every kind in it, and long words.
fn project() -> ChangeProject {
    let mut edits = [people_and_ideas(), figures(), work()].concat();
    edits.push(ProjectEdit::Aim { edit: AimEdit::Sentence(LONG.into()) });
    for section in Section::ALL {
        let text = format!("Of {section}.\n\n{LONG}");
        edits.push(ProjectEdit::Section { section: *section, text });
    }
    ChangeProject { title: "Falls".into(), ..ChangeProject::default() }.with(&edits)
}

fn people_and_ideas() -> Vec<ProjectEdit> {
    let driver = |name: &str, parent| Driver { name: name.into(), parent, place: None };
    let idea = ChangeIdea { text: "Lamps".into(), rationale: LONG.into(), ..ChangeIdea::default() };
    let loose = ChangeIdea { text: "Socks".into(), ..idea.clone() };
    let role = "night sister".into();
    let sister = Stakeholder { role, approach: LONG.into(), ..Stakeholder::default() };
    let (role, part) = ("ward clerk".into(), LONG.into());
    [
        driver("Light", None).adding(item(1)),
        driver(LONG, Some(item(1))).adding(item(2)),
        ChangeIdea { drivers: [item(2)].into(), ..idea }.adding(item(3)),
        loose.adding(item(4)),
        sister.adding(item(5)),
        TeamMember { role, part, ..TeamMember::default() }.adding(item(6)),
    ]
    .concat()
}

fn figures() -> Vec<ProjectEdit> {
    let measure = item(7);
    let (name, frequency) = ("Falls".into(), "weekly".into());
    let falls = Measure { name, frequency, definition: LONG.into(), ..Measure::default() };
    let share = |numerator, denominator| Value::Ratio { numerator, denominator };
    let ticks = [(DeviceId::from_bytes([1; 16]), share(4, 9))].into();
    let (label, reason) = ("after the lamps".into(), LONG.into());
    let note = Annotation { measure: None, at: day(9), text: "Lamps came".into(), cycle: None };
    let mut edits = [
        falls.adding(measure),
        Target { measure, from: day(1), value: Value::whole(2) }.adding(item(8)),
        Tally { measure, at: day(20), group: String::new(), ticks }.adding(item(9)),
        Phase { measure, from: day(9), label, reason, fixed_after: None }.adding(item(10)),
        note.adding(item(11)),
    ]
    .concat();
    for (number, on) in (20..38).zip(1..) {
        let excluded = if number == 37 { LONG.into() } else { String::new() };
        let seen = Observation::new(measure, day(on), share(1, 3));
        edits.extend(Observation { excluded, ..seen }.adding(item(number)));
    }
    edits
}

fn work() -> Vec<ProjectEdit> {
    let cycle = |idea: &str, previous| PdsaCycle {
        change_idea: idea.into(),
        previous,
        ..PdsaCycle::default()
    };
    let done_at = Some(Timestamp::from_unix_millis(1));
    let done = Action { text: "Done already".into(), done_at, ..Action::default() };
    let amount = Some(Value::whole(12_345));
    let (kind, text) = (ImpactKind::Money, LONG.into());
    [
        cycle("One lamp", None).adding(item(12)),
        cycle(LONG, Some(item(12))).adding(item(13)),
        done.adding(item(14)),
        Action { text: LONG.into(), due: Some(day(30)), ..Action::default() }.adding(item(15)),
        Impact { kind, amount, text, ..Impact::default() }.adding(item(16)),
        Output { title: "Poster of lamps".into(), ..Output::default() }.adding(item(17)),
        StatusMove { note: "The team met".into(), ..StatusMove::default() }.adding(item(18)),
    ]
    .concat()
}

fn page(width: Option<u16>) -> String {
    let mut sheet = Sheet::new(width);
    write_project(
        &mut sheet,
        DocumentId::from_bytes([9; 16]),
        &project(),
        &Names::default(),
        &Hidden::new(),
    );
    sheet.into_text()
}

#[test]
fn everything_in_a_project_is_on_its_page_with_its_id() {
    let (project, page) = (project(), page(None));
    for noun in ChangeProject::ITEMS {
        assert!(!project.ids_of(*noun).is_empty(), "no {noun} in the example");
        assert!(PLACED.contains(noun), "{noun}");
        for id in project.ids_of(*noun) {
            assert!(page.contains(&short(id)), "{noun} {id}\n{page}");
        }
    }
    for section in Section::ALL {
        assert_eq!(page.matches(&format!("Of {section}.")).count(), 1, "{section}");
    }
}

#[test]
fn a_page_is_folded_to_the_width_of_the_terminal() {
    for width in [40, 60, 80, 120] {
        let page = page(Some(width));
        for line in page.lines().filter(|line| !line.contains("enhance project ")) {
            assert!(line.chars().count() <= width.into(), "{width}: {line}\n{page}");
        }
    }
}

#[test]
fn a_page_reads_as_a_team_would_tell_it() {
    let page = page(None);
    let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("{part}\n{page}"));
    let order = [
        "Aim:",
        "Status log",
        "Problem [problem]",
        "Driver diagram",
        "Stakeholders",
        "Team members",
        "Measure [",
        "Cycle 1",
        "Cycle 2",
        "Actions",
        "Sum of value",
        "Outputs",
        "Outcome [outcome]",
        "Handover [handover]",
    ];
    assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "{page}");
    assert!(at("who does not") < at("Done already"), "open actions first");
    for part in [
        "- Light [",
        "  - Staff who are there",
        "    - idea: Lamps",
        "under no driver yet:\n  - idea: Socks",
        "1/3 (33.3%)",
        "to be settled",
        "not counted: Staff",
        "4 of 9",
        "Goes on from:     cycle 1",
        "£123.45 a year",
        "from 2026-11-09 after the lamps because Staff",
    ] {
        at(part);
    }
    let rows = page.lines().filter(|line| line.contains("1/3 (33.3%)")).count();
    assert_eq!(rows, 18, "a row for each value");
}

#[test]
fn what_has_no_place_yet_is_listed_field_by_field() {
    let mut sheet = Sheet::new(None);
    write_others(&mut sheet, &project());
    assert_eq!(sheet.into_text(), "", "everything has a place today");
}
