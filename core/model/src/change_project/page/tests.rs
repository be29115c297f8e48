use super::*;
use crate::{
    DeviceId, DocumentId, ItemId, Version,
    change_project::{
        Action, ChangeIdea, Driver, Impact, ImpactKind, Measure, MeasureKind, Observation, Output,
        PdsaCycle, Stakeholder, TeamMember, Value,
    },
    record::Whole,
};

fn page_of(project: &ChangeProject, names: &PageNames) -> String {
    project.page(&PageContext {
        id: DocumentId::from_bytes([1; 16]),
        version: &Version::default(),
        names,
        changes: &[(None, 2)].into(),
    })
}

#[test]
fn no_text_breaks_out_of_the_page() {
    let hostile = "<script>alert(1)</script>\" onload='x' \u{0} ?> --><!--digest-->";
    let mut project = ChangeProject { title: hostile.to_owned(), ..Default::default() };
    project.setting = hostile.to_owned();
    for section in Section::ALL {
        project.sections.insert(*section, hostile.to_owned());
    }
    let names = PageNames { creator: hostile.to_owned(), ..PageNames::default() };
    let page = page_of(&project, &names);
    assert!(!page.contains("<script"));
    assert_eq!(page.matches(DIGEST).count(), 1);
    assert_eq!(page, page_of(&project, &names));
}

#[test]
fn a_page_says_who_wrote_by_the_names_it_carries() {
    let device = DeviceId::from_bytes([7; 16]);
    let names =
        PageNames { devices: [(device, "Asha Rao".to_owned())].into(), ..PageNames::default() };
    let project = ChangeProject::default();
    let context = PageContext {
        id: DocumentId::from_bytes([1; 16]),
        version: &Version::default(),
        names: &names,
        changes: &[(Some(device), 3), (None, 1)].into(),
    };
    let page = project.page(&context);
    assert!(page.contains("Asha Rao (3 changes); somebody (1 change)"), "{page}");
    let read = PageNames::read(&page);
    assert_eq!(project.page(&PageContext { names: &read, ..context }), page);
}

const fn id(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

/// A plan that has more of everything than a sheet has room for.
fn endless() -> ChangeProject {
    let long =
        "words of a team that has a great deal to say about their ward and its nights ".repeat(40);
    let text = || long.clone();
    let mut project = ChangeProject { title: text(), setting: text(), ..Default::default() };
    project.aim.sentence = text();
    project.sections = Section::ALL.iter().map(|section| (*section, text())).collect();
    for number in 1..=40 {
        let parent = (number > 4).then(|| id(1 + number % 4));
        let place = Some(Whole(u32::from(number)));
        project.drivers.insert(id(number), Driver { name: text(), parent, place });
        let drivers = [id(number), id(number % 40 + 1)].into();
        let idea = ChangeIdea { text: text(), drivers, ..ChangeIdea::default() };
        project.ideas.insert(id(number), idea);
        let at = jiff::civil::date(2026, 1, 1).saturating_add(jiff::Span::new().days(number));
        let cycle = PdsaCycle {
            change_idea: text(),
            prediction: text(),
            learned: text(),
            did_at: Some(at),
            ..PdsaCycle::default()
        };
        project.cycles.insert(id(number), cycle);
        let kind = MeasureKind::ALL[usize::from(number) % 3];
        let measure = Measure { name: text(), kind, ..Measure::default() };
        project.measures.insert(id(number), measure);
        let value = Value::whole(u32::from(number) * 7 % 11);
        for measure in 1..=5 {
            let seen = Observation::new(id(measure), at, value.clone());
            let of = ItemId::from_bytes([number.wrapping_mul(5).wrapping_add(measure); 16]);
            project.observations.insert(of, seen);
        }
        let member = TeamMember { role: text(), ..TeamMember::default() };
        project.team.insert(id(number), member);
        let output = Output { title: text(), ..Output::default() };
        project.outputs.insert(id(number), output);
        let impact = Impact { text: text(), kind: ImpactKind::Social, ..Impact::default() };
        project.impacts.insert(id(number), impact);
        project.actions.insert(id(number), Action { text: text(), ..Action::default() });
        let stakeholder = Stakeholder { role: text(), ..Stakeholder::default() };
        project.stakeholders.insert(id(number), stakeholder);
    }
    project
}

/// Letters outside of pictures, tables, the head and the markup itself.
fn letters(page: &str) -> usize {
    let (_, body) = page.split_once("<main>").unwrap();
    let mut letters = 0;
    for part in body.split("<svg").enumerate().map(|(at, part)| match at {
        0 => part,
        _ => part.split_once("</svg>").unwrap().1,
    }) {
        for part in part.split("<details>").enumerate().map(|(at, part)| match at {
            0 => part,
            _ => part.split_once("</details>").unwrap().1,
        }) {
            let mut is_text = true;
            for letter in part.chars() {
                match letter {
                    '<' => is_text = false,
                    '>' => is_text = true,
                    _ => letters += usize::from(is_text),
                }
            }
        }
    }
    letters
}

/// `ENHANCE_BLESS=1` keeps it as `tests/golden/endless-page.html`, which prints on one sheet.
#[test]
#[expect(clippy::disallowed_methods, reason = "reads a golden file, and writes it when asked to")]
fn an_endless_plan_has_a_page_with_an_end_that_says_what_it_left_out() {
    let names = PageNames { creator: "Asha Rao ".repeat(40), ..PageNames::default() };
    let page = page_of(&endless(), &names);
    for left_out in [
        "33 more drivers are in the plan.",
        "36 more earlier cycles are in the plan.",
        "more in the plan.</p>",
        "and 1 more idea",
    ] {
        assert!(page.contains(left_out), "{left_out}\n{page}");
    }
    assert_eq!(page.matches("<svg").count(), 3);
    assert!(letters(&page) < 6_500, "{} letters do not fit on a sheet", letters(&page));
    let file = format!("{}/tests/golden/endless-page.html", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("ENHANCE_BLESS").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    assert!(std::fs::read_to_string(&file).unwrap_or_default() == page, "it is another page");
}
