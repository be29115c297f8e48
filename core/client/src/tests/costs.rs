//! What is written for an edit, in pages of the database's log and not by a clock.

use std::fs;

use enhance_model::{DocumentId, change_project::Section};

use super::*;
use crate::testing::{Phone, asha};

/// A page in the log, with what stands before it.
const PAGE: u64 = 4_096 + 24;

/// The pages that the log of a phone has grown by since it was `before`.
fn log(phone: &Phone) -> u64 {
    fs::metadata(phone.path().join("enhance.db-wal")).unwrap().len() / PAGE
}

/// The fewest pages that one of a few edits writes: the index may be brought up to date meanwhile.
fn pages(phone: &Phone, mut edit: impl FnMut(usize)) -> u64 {
    let each = (0..6).map(|number| {
        let before = log(phone);
        edit(number);
        log(phone) - before
    });
    each.min().unwrap()
}

/// A plan with a text in one section, and this much in each other one.
fn long_project(core: &LearningCore, others: usize) -> DocumentId {
    let id = core.create_project("Fewer falls", "", "Ward 7").unwrap();
    let text = |section: &Section| match section {
        Section::Problem => "Patients fall. ".repeat(20),
        _ => "x".repeat(others),
    };
    for one in Section::ALL {
        core.edit_project(id, None, &[section(*one, &text(one))]).unwrap();
    }
    id
}

#[test]
fn what_an_edit_writes_follows_the_edit_and_not_the_project() {
    let written = [0, 20_000].map(|others| {
        let phone = Phone::keyed();
        drop(phone.enrolled(&asha()));
        let core = phone.open();
        let id = long_project(&core, others);
        core.until_up_to_date();
        let mut text = problem(&core, id);
        pages(&phone, |_| {
            text.push_str(" At night.");
            core.edit_project(id, None, &[section(Section::Problem, &text)]).unwrap();
        })
    });
    let [small, large] = written;
    assert!(small <= 16, "{small} pages for ten letters");
    assert!(large <= small + 2, "{large} pages in a long plan, {small} in a short one");
}

#[test]
fn an_edit_of_a_reflection_writes_its_change_and_its_row() {
    let phone = Phone::keyed();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "A night on call.");
    core.until_up_to_date();
    let written = pages(&phone, |number| {
        core.edit_reflection(id, None, &[answer("what", &format!("Night {number}"))]).unwrap();
    });
    assert!(written <= 16, "{written} pages for a few letters");
}

#[test]
fn what_was_just_written_is_found_and_listed_before_it_is_indexed() {
    let phone = Phone::keyed();
    let core = phone.enrolled(&asha());
    let id = long_project(&core, 300);
    core.until_up_to_date();
    let edits = [
        section(Section::Team, "Porters and nurses"),
        ProjectEdit::Title { title: "Safer nights".to_owned() },
    ];
    core.edit_project(id, None, &edits).unwrap();
    assert_eq!(core.projects(crate::ListPage::ALL).unwrap()[0].title, "Safer nights");
    let found = |words: &str| core.search(words, crate::SearchPage::ALL).unwrap().len();
    assert_eq!([found("porters"), found("safer"), found("fewer")], [1, 1, 0]);
}

#[test]
fn an_edit_of_one_section_looks_at_no_other() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let id = long_project(&core, 300);
    let team = |core: &LearningCore| {
        let shown = core.with(|state| Ok(state.store().projection(id)?)).unwrap();
        shown.unwrap().parts["team"].clone()
    };
    core.with(|state| {
        let mut shown = state.store().projection(id)?.unwrap();
        shown.parts.insert("team".to_owned(), "not looked at".to_owned());
        state.write(|write| Ok(write.put_projection(&shown)?))
    })
    .unwrap();
    core.edit_project(id, None, &[section(Section::Problem, "Shorter now.")]).unwrap();
    assert_eq!(team(&core), "not looked at");
    assert_eq!(problem(&core, id), "Shorter now.");
    core.edit_project(id, None, &[section(Section::Problem, "")]).unwrap();
    assert_eq!(problem(&core, id), "");
    let title = ProjectEdit::Title { title: "Safer nights".to_owned() };
    core.edit_project(id, None, &[title]).unwrap();
    assert_eq!(team(&core), "x".repeat(300), "what is no section is written with all of it");
}

#[test]
fn one_comment_writes_and_indexes_as_much_however_many_projects_were_commented_on() {
    let cost = |projects: usize| {
        let phone = Phone::keyed();
        let core = phone.enrolled(&asha());
        let project = |number: usize| {
            let id = core.create_project(&format!("Plan {number}"), "", "Ward 7").unwrap();
            core.comment(id, "", &format!("Word {number} of it. ").repeat(20)).unwrap();
            id
        };
        let projects: Vec<_> = (0..projects).map(project).collect();
        core.until_up_to_date();
        pages(&phone, |number| {
            core.comment(projects[0], "", &format!("And number {number}.")).unwrap();
            assert_eq!(
                core.search(&format!("number {number}"), crate::SearchPage::ALL).unwrap().len(),
                1
            );
        })
    };
    let (few, many) = (cost(2), cost(60));
    assert!(many <= few + 8, "{many} pages beside 60 plans, {few} beside 2");
}
