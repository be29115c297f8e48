//! Plans on paper and in charts: whose names stand there, and whose numbers do not.

use enhance_model::{
    Person,
    change_project::{Item, Measure, Observation, TeamMember, Value},
    comments::CommentEdit,
    printed::MADE_BY,
    suppression::Suppression,
};

use super::{arcp::with_its_digest, programme::install};
use crate::{
    Error, OtherName, PageVerdict,
    testing::{Phone, asha, sam},
};

#[test]
fn a_page_agrees_with_its_project_whatever_its_people_are_called_by_now() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let sam = sam().person;
    let role = "supervisor".to_owned();
    let member = TeamMember { role, person: Some(sam.id), ..TeamMember::default() };
    core.edit_project(project, None, &member.adding(core.new_item_id())).unwrap();
    let page = core.project_page(project).unwrap();
    assert!(page.contains("Sam, supervisor") && page.contains("Asha (2 changes)"), "{page}");
    assert_eq!(core.other_names_on_page(&page), Ok(Vec::new()));

    let renamed = Person { name: "Sam Wong".to_owned(), ..sam };
    core.with(|state| state.write(|write| Ok(write.put_person(&renamed)?))).unwrap();
    assert_eq!(core.verify_page(&page), Ok(PageVerdict::Agrees { project }));
    let other = |on_page: &str, here: &str| OtherName {
        on_page: on_page.to_owned(),
        here: Some(here.to_owned()),
    };
    assert_eq!(core.other_names_on_page(&page), Ok(vec![other("Sam", "Sam Wong")]));
    assert_ne!(core.project_page(project).unwrap(), page, "a new one has the new name");

    // A name that somebody put into a page says nothing of the plan, and is told.
    let forged = page.replace("Asha", "Dr Grand");
    let named = core.other_names_on_page(&forged).unwrap();
    assert!(named.contains(&other("Dr Grand", "Asha")), "{named:?}");
    let visible = page.replacen("Asha (2 changes)", "Dr Grand (2 changes)", 1);
    assert_eq!(core.verify_page(&visible), Ok(PageVerdict::Altered { project }));
}

#[test]
fn a_page_of_a_project_with_other_line_ends_or_another_version_is_not_called_altered() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let page = core.project_page(project).unwrap();
    let mailed = page.replace('\n', "\r\n");
    assert_eq!(core.verify_page(&mailed), Ok(PageVerdict::Agrees { project }));
    let altered = mailed.replace("Falls", "Fells");
    assert_eq!(core.verify_page(&altered), Ok(PageVerdict::Altered { project }));
    let by_other = page.replace(&format!("content=\"{MADE_BY}\""), "content=\"0.0.1\"");
    let reworded = by_other.replace("Status: ", "State: ");
    assert_eq!(core.verify_page(&reworded), Ok(PageVerdict::Altered { project }), "its digest");
    let made_by = "0.0.1".to_owned();
    let other = PageVerdict::OtherVersion { project, made_by };
    assert_eq!(core.verify_page(&with_its_digest(&reworded)), Ok(other));
}

#[test]
fn the_programme_says_which_numbers_of_groups_are_hidden() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let measure = core.new_item_id();
    let mut edits = Measure { name: "Falls".to_owned(), ..Measure::default() }.adding(measure);
    let [seven, forty] = [core.new_item_id(), core.new_item_id()];
    for (id, group, value) in [(seven, "over 85", 7), (forty, "under 85", 40)] {
        let at = "2026-01-05".parse().unwrap();
        let observed = Observation::new(measure, at, Value::whole(value));
        edits.extend(Observation { group: group.to_owned(), ..observed }.adding(id));
    }
    core.edit_project(project, None, &edits).unwrap();
    assert_eq!(core.project(project).unwrap().hidden_numbers, []);

    let suppression = Suppression { to: 9, ..Suppression::default() };
    install(&phone, &core, 5, |programme| programme.suppression = suppression);
    assert_eq!(core.suppression(), Ok(suppression));
    assert_eq!(core.project(project).unwrap().hidden_numbers, [seven]);
    let charts = core.charts_by_group(project, measure).unwrap();
    let values: Vec<_> =
        charts.iter().map(|of| (of.group.as_str(), of.chart.points[0].value.is_some())).collect();
    assert_eq!(values, [("over 85", false), ("under 85", true)]);
    let unknown = core.charts_by_group(project, seven);
    assert!(matches!(unknown, Err(Error::NotFound { .. })), "{unknown:?}");
    let suggestion = core.phase_suggestion(project, measure).unwrap();
    assert_eq!((suggestion.at, suggestion.conditions.len()), (None, 4));
}

#[test]
fn what_was_said_and_taken_back_can_be_found_and_put_back() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let id = core.comment(project, "", "Which lamps?").unwrap();
    assert_eq!(core.taken_back_comments(project), Ok(Vec::new()));
    let at = enhance_model::Timestamp::default();
    core.edit_comments(project, &[CommentEdit::TakeBack { id, at }]).unwrap();
    let taken = core.taken_back_comments(project).unwrap();
    assert_eq!((taken[0].id, taken[0].comment.body.as_str()), (id, "Which lamps?"));
    core.edit_comments(project, &[CommentEdit::PutBack { id }]).unwrap();
    assert_eq!(core.project(project).unwrap().comments.len(), 1);
    assert_eq!(core.taken_back_comments(project), Ok(Vec::new()));
}
