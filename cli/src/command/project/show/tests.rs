//! The page of a plan: everything in it has a place, and it reads at every width.

use enhance_model::{
    ItemId,
    change_project::{
        Action, Annotation, ChangeIdea, Driver, Impact, Item, Measure, Observation, Output,
        PdsaCycle, Phase, ProjectEdit, Stakeholder, StatusMove, Tally, Target, TeamMember, Value,
    },
};

use super::*;

fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

/// A plan with something of every kind in it, and long words.
fn plan() -> ChangeProject {
    let long = "Staff who are there at night see in time who needs help to get up and who does not";
    let day = |day: i8| enhance_model::CalendarDate::constant(2026, 11, day);
    let mut edits: Vec<ProjectEdit> = Vec::new();
    let mut add = |number: u8, adding: Vec<ProjectEdit>| {
        assert!(adding.iter().all(|edit| edit.record().is_none_or(|it| it.id == item(number))));
        edits.extend(adding);
    };
    let named = |name: &str, parent| Driver { name: name.into(), parent, place: None };
    add(1, named("Light", None).adding(item(1)));
    add(2, named(long, Some(item(1))).adding(item(2)));
    let idea = ChangeIdea { text: "Lamps".into(), rationale: long.into(), ..ChangeIdea::default() };
    add(3, ChangeIdea { drivers: [item(2)].into(), ..idea.clone() }.adding(item(3)));
    add(4, ChangeIdea { text: "Socks".into(), ..idea }.adding(item(4)));
    add(
        5,
        Stakeholder { role: "night sister".into(), plan: long.into(), ..Stakeholder::default() }
            .adding(item(5)),
    );
    add(
        6,
        TeamMember { role: "ward clerk".into(), part: long.into(), ..TeamMember::default() }
            .adding(item(6)),
    );
    add(
        7,
        Measure {
            name: "Falls".into(),
            definition: long.into(),
            frequency: "weekly".into(),
            ..Measure::default()
        }
        .adding(item(7)),
    );
    add(8, Target { measure: item(7), from: day(1), value: Value::whole(2) }.adding(item(8)));
    for number in 20..38 {
        let seen = Observation::new(
            item(7),
            day(i8::try_from(number).unwrap() - 19),
            Value::Ratio { numerator: 1, denominator: 3 },
        );
        let excluded = if number == 37 { long.into() } else { String::new() };
        add(number, Observation { excluded, ..seen }.adding(item(number)));
    }
    let ticks = [(
        enhance_model::DeviceId::from_bytes([1; 16]),
        Value::Ratio { numerator: 4, denominator: 9 },
    )];
    add(
        9,
        Tally { measure: item(7), at: day(20), group: String::new(), ticks: ticks.into() }
            .adding(item(9)),
    );
    add(
        10,
        Phase {
            measure: item(7),
            from: day(9),
            label: "after the lamps".into(),
            reason: long.into(),
            fixed_after: None,
        }
        .adding(item(10)),
    );
    add(
        11,
        Annotation { measure: None, at: day(9), text: "Lamps came".into(), cycle: None }
            .adding(item(11)),
    );
    add(12, PdsaCycle { change_idea: "One lamp".into(), ..PdsaCycle::default() }.adding(item(12)));
    add(
        13,
        PdsaCycle { change_idea: long.into(), previous: Some(item(12)), ..PdsaCycle::default() }
            .adding(item(13)),
    );
    add(
        14,
        Action {
            text: "Done already".into(),
            done_at: Some(enhance_model::Timestamp::from_unix_millis(1)),
            ..Action::default()
        }
        .adding(item(14)),
    );
    add(15, Action { text: long.into(), due: Some(day(30)), ..Action::default() }.adding(item(15)));
    let money = enhance_model::change_project::ImpactKind::Money;
    add(
        16,
        Impact {
            kind: money,
            amount: Some(Value::whole(12_345)),
            text: long.into(),
            ..Impact::default()
        }
        .adding(item(16)),
    );
    add(17, Output { title: "Poster of lamps".into(), ..Output::default() }.adding(item(17)));
    add(18, StatusMove { note: "The team met".into(), ..StatusMove::default() }.adding(item(18)));
    let aim = enhance_model::change_project::AimEdit::Sentence(long.into());
    edits.push(ProjectEdit::Aim { edit: aim });
    for section in Section::ALL {
        let text = format!("Of {section}.\n\n{long}");
        edits.push(ProjectEdit::Section { section: *section, text });
    }
    ChangeProject { title: "Falls".into(), ..ChangeProject::default() }.with(&edits)
}

fn page(width: Option<u16>) -> String {
    let mut sheet = Sheet::new(width);
    write_project(&mut sheet, DocumentId::from_bytes([9; 16]), &plan(), &Names::default());
    sheet.into_text()
}

#[test]
fn everything_in_a_plan_is_on_its_page_with_its_id() {
    let (plan, page) = (plan(), page(None));
    for noun in ChangeProject::ITEMS {
        assert!(!plan.ids_of(*noun).is_empty(), "no {noun} in the example");
        assert!(PLACED.contains(noun), "{noun}");
        for id in plan.ids_of(*noun) {
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
    write_others(&mut sheet, &plan());
    assert_eq!(sheet.into_text(), "", "everything has a place today");
}
