//! Plans: edited, commented on, with members and a history.

use enhance_documents::TextField;
use enhance_model::{
    Noun, Right, Timestamp,
    change_project::{AimEdit, Driver, Item, Measure, Status, Tally, Unit, Value},
    comments::CommentEdit,
};

use super::*;
use crate::{
    Error, InputField, ListPage, Stage,
    testing::{Phone, asha, sam},
};

#[test]
fn a_project_says_what_was_written_in_it() {
    let core = Phone::new().enrolled(&asha());
    let project = core.create_project("Fewer falls", "pcp", "Ward 7").unwrap();
    let id = core.new_item_id();
    let note = "The team met.".to_owned();
    let at = Timestamp::from_unix_millis(1_795_000_000_000);
    core.edit_project(
        project,
        None,
        &[
            section(Section::Problem, "Patients fall."),
            ProjectEdit::Aim { edit: AimEdit::Sentence("Halve falls by May".to_owned()) },
            ProjectEdit::Move { id, to: Status::Planning, at, note },
        ],
    )
    .unwrap();
    let view = core.project(project).unwrap();
    assert_eq!(view.project.aim.sentence, "Halve falls by May");
    assert_eq!(view.project.moves[&id].note, "The team met.");
    assert_eq!(view.my_right, Right::Own);
    assert_eq!(view.status.stage, Stage::Saved);
    let listed = core.projects(ListPage::ALL).unwrap();
    assert_eq!((listed[0].title.as_str(), listed[0].status.as_str()), ("Fewer falls", "planning"));
    assert_eq!(listed[0].owner.as_ref().unwrap().name, "Asha");
    let error = core.create_project(" ", "", "").unwrap_err();
    assert!(matches!(error, Error::InvalidInput { field, .. } if field == InputField::Title));
}

#[test]
fn the_history_of_a_project_can_be_looked_into() {
    let core = Phone::new().enrolled(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    core.edit_project(project, None, &[section(Section::Problem, "First.")]).unwrap();
    core.edit_project(project, None, &[section(Section::Problem, "First. Second.")]).unwrap();
    let history = core.history(project).unwrap();
    assert_eq!(history.len(), 3);
    assert!(history.iter().all(|one| one.by.as_ref().is_some_and(|by| by.name == "Asha")));
    let earlier = core.project_at(project, &history[1].version).unwrap();
    assert_eq!(earlier.sections[&Section::Problem], "First.");
    assert_eq!(history[2].version, core.project(project).unwrap().version);

    let spans = core.text_authors(project, &TextField::Section(Section::Problem)).unwrap();
    let spans: Vec<_> =
        spans.iter().map(|(by, text)| (by.as_ref().unwrap().name.as_str(), &**text)).collect();
    assert_eq!(spans, [("Asha", "First. Second.")]);
    let fields = core.field_authors(project).unwrap();
    assert!(fields.iter().any(|(path, by)| path == "title" && by.is_some()), "{fields:?}");
}

#[test]
fn members_get_a_right_and_lose_it_and_the_server_is_told() {
    let core = Phone::new().enrolled(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let (me, other) = (asha().person.id, sam().person.id);
    core.add_member(project, other, Right::Comment).unwrap();
    core.add_member(project, other, Right::Edit).unwrap();
    let members = core.project(project).unwrap().members;
    let rights: Vec<_> = members.iter().map(|one| (one.person.id, one.right)).collect();
    assert_eq!(rights, [(me, Right::Own), (other, Right::Edit)]);
    assert!(!members[1].confirmed);
    let readers = core.readers(project).unwrap();
    assert_eq!(readers.len(), 2);
    core.remove_member(project, other).unwrap();
    assert_eq!(core.project(project).unwrap().members.len(), 1);
    let page = core.with(|state| Ok(state.store().outbox_page(None, u64::MAX)?)).unwrap();
    let kinds: Vec<_> = page.entries.iter().map(|waiting| waiting.entry.kind.as_str()).collect();
    assert_eq!(kinds, ["create", "change", "grant", "grant", "revoke"]);
}

#[test]
fn what_makes_no_sense_about_members_is_refused() {
    let core = Phone::new().enrolled(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let id = reflection(&core, "x");
    let (me, other) = (asha().person.id, sam().person.id);
    let stranger = enhance_model::PersonId::from_bytes([77; 16]);
    assert!(matches!(core.add_member(project, me, Right::Edit), Err(Error::InvalidInput { .. })));
    assert!(matches!(core.add_member(project, other, Right::Own), Err(Error::InvalidInput { .. })));
    assert!(matches!(core.add_member(project, stranger, Right::Read), Err(Error::NotFound { .. })));
    assert!(matches!(core.remove_member(project, other), Err(Error::NotFound { .. })));
    assert!(matches!(core.add_member(id, other, Right::Read), Err(Error::NotFound { .. })));
}

#[test]
fn people_comment_and_change_only_what_they_said_themselves() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let comment = core.comment(project, "problem", "Since when?").unwrap();
    phone.clock.advance(1);
    core.comment(project, "", "Good.").unwrap();
    let rewrite = CommentEdit::Rewrite { id: comment, body: "Since which month?".to_owned() };
    core.edit_comments(project, &[rewrite]).unwrap();
    let comments = core.project(project).unwrap().comments;
    let said: Vec<_> = comments.iter().map(|one| one.comment.body.as_str()).collect();
    assert_eq!(said, ["Since which month?", "Good."]);
    assert!(comments.iter().all(|one| one.mine));
    let documents = core.with(|state| Ok(state.store().documents_about(project)?.len()));
    assert_eq!(documents, Ok(1), "all comments of a person on a plan are in one document");
    let unknown = enhance_model::ItemId::from_bytes([1; 16]);
    let rewrite = CommentEdit::Rewrite { id: unknown, body: "x".to_owned() };
    assert!(matches!(core.edit_comments(project, &[rewrite]), Err(Error::NotFound { .. })));
    assert!(core.comment(project, "", "  ").is_err());
}

#[test]
fn a_comment_stands_at_a_part_of_the_plan_and_at_nothing_else() {
    let core = Phone::new().enrolled(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let id = core.new_item_id();
    let driver = Driver { name: "Light at night".to_owned(), ..Driver::default() };
    core.edit_project(project, None, &driver.adding(id)).unwrap();
    for part in ["", "aim", "problem", "why_here", &id.to_string()] {
        core.comment(project, part, "Here.").unwrap();
    }
    let at = Timestamp::from_unix_millis(1_795_000_000_000);
    let taken_back = [ProjectEdit::TakeBack { noun: Noun::Driver, id, at }];
    core.edit_project(project, None, &taken_back).unwrap();
    core.comment(project, &id.to_string(), "It is kept.").unwrap();
    core.edit_project(project, None, &[ProjectEdit::PutBack { noun: Noun::Driver, id }]).unwrap();

    let stranger = core.new_item_id().to_string();
    let shouted = id.to_string().to_uppercase();
    for wrong in ["PROBLEM", "whyHere", "nonsense", " problem", "title", &stranger, &shouted] {
        let error = core.comment(project, wrong, "Lost.").unwrap_err();
        let Error::InvalidInput { field: InputField::Comment, reason } = error else {
            panic!("{wrong}: {error}")
        };
        let driver = format!("driver {id} Light at night");
        assert!(reason.contains("why_here") && reason.contains(&driver), "{reason}");
    }
    assert_eq!(core.project(project).unwrap().comments.len(), 6);
}

#[test]
fn a_comment_is_taken_back_by_the_one_who_said_it_and_kept() {
    let core = Phone::new().enrolled(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let id = core.comment(project, "problem", "Which ward?").unwrap();
    let at = Timestamp::from_unix_millis(1_795_000_000_000);
    core.edit_comments(project, &[CommentEdit::TakeBack { id, at }]).unwrap();
    assert_eq!(core.project(project).unwrap().comments, []);
    core.edit_comments(project, &[CommentEdit::PutBack { id }]).unwrap();
    assert_eq!(core.project(project).unwrap().comments[0].comment.body, "Which ward?");
}

#[test]
fn a_tick_raises_what_this_device_counted_and_can_be_taken_back() {
    let core = Phone::new().enrolled(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let (measure, tally) = (core.new_item_id(), core.new_item_id());
    let mut edits = Measure { unit: Some(Unit::Percent), ..Measure::default() }.adding(measure);
    let day = "2026-11-23".parse().unwrap();
    let sheet = Tally { measure, at: day, group: String::new(), ticks: [].into() };
    edits.extend(sheet.adding(tally));
    core.edit_project(project, None, &edits).unwrap();

    let share = |numerator, denominator| Value::Ratio { numerator, denominator };
    assert_eq!(core.tick(project, tally, 1, 1).unwrap(), share(1, 1));
    assert_eq!(core.tick(project, tally, 0, 3).unwrap(), share(1, 4));
    assert_eq!(core.tick(project, tally, -1, -1).unwrap(), share(0, 3));
    for (numerator, denominator) in [(-1, 0), (0, -3), (4, 0), (i32::MAX, i32::MIN)] {
        let refused = core.tick(project, tally, numerator, denominator);
        assert!(matches!(refused, Err(Error::InvalidInput { .. })), "{refused:?}");
    }
    assert!(matches!(core.tick(project, measure, 1, 1), Err(Error::NotFound { .. })));
    assert_eq!(core.project(project).unwrap().project.tallies[&tally].counted(), Some((0, 3)));
}

#[test]
fn everything_can_be_exported() {
    let core = Phone::new().enrolled(&asha());
    reflection(&core, "in the export");
    core.create_project("Falls", "", "").unwrap();
    let export = serde_json::to_string(&core.export().unwrap()).unwrap();
    assert!(export.contains("in the export") && export.contains("Falls"));
    assert!(!export.contains("token"), "no secret is in it");
}
