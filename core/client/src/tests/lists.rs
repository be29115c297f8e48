//! Lists, page by page: what comes next, and whether there is more.

use enhance_model::personal_record::{EvidenceDeadline, RecordItem};

use super::*;
use crate::{
    InboxPage, ListPage, SearchPage,
    testing::{Phone, asha},
};

/// Whether a list of three goes on after as many of it.
const OF_THREE: [(u32, bool); 4] = [(0, true), (2, true), (3, false), (u32::MAX, false)];

#[test]
fn every_list_says_whether_there_is_more_and_a_full_page_alone_says_nothing() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    for number in 0..3 {
        phone.clock.advance(60 * 60 * 1_000);
        reflection(&core, &format!("A fall at night, {number}."));
        let id = core.create_project("Falls", "pop", &format!("Ward {number}")).unwrap();
        core.edit_project(id, None, &[section(Section::Problem, "Too dark.")]).unwrap();
    }
    let project = core.projects(ListPage::first(1)).unwrap()[0].id;
    for number in 0..2 {
        // After a pause this long the same person has sat down again.
        phone.clock.advance(60 * 60 * 1_000);
        let words = section(Section::Problem, &format!("Too dark, {number}."));
        core.edit_project(project, None, &[words]).unwrap();
    }
    for (limit, more) in OF_THREE {
        let page = ListPage::first(limit);
        assert_eq!(core.reflections(page).unwrap().more, more, "reflections {limit}");
        assert_eq!(core.projects(page).unwrap().more, more, "projects {limit}");
        let found = core.search("night", SearchPage::best(limit)).unwrap();
        assert_eq!(found.more, more, "search {limit}");
        assert_eq!(core.sittings(project, None, limit).unwrap().more, more, "sittings {limit}");
    }
    let first = core.reflections(ListPage::first(1)).unwrap()[0].position();
    assert!(core.reflections(ListPage::after(first, 1)).unwrap().more);
    assert!(!core.reflections(ListPage::after(first, 2)).unwrap().more);
    let last = SearchPage { offset: 2, ..SearchPage::newest(1) };
    assert!(!core.search("night", last).unwrap().more);
}

#[test]
fn an_inbox_says_whether_more_waits_than_is_shown() {
    let (_phone, core) = Phone::of(&asha());
    for name in ["ARCP", "Portfolio", "Survey"] {
        let at = "2026-11-25".parse().unwrap();
        let deadline =
            EvidenceDeadline { name: name.to_owned(), at, ..EvidenceDeadline::default() };
        core.edit_record(&deadline.adding(core.new_item_id())).unwrap();
    }
    for (limit, more) in OF_THREE {
        let inbox = core.inbox(InboxPage { after: None, limit }).unwrap();
        assert_eq!(inbox.more, more, "{limit}");
        assert_eq!(inbox.counts.total(), 3);
    }
}
