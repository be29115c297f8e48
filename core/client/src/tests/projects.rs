//! Plans: edited, commented on, with members and a history.

use enhance_documents::TextField;
use enhance_model::{
    ItemId, Noun, Right, Standing, Timestamp,
    change_project::{
        AimEdit, Decision, Direction, Driver, Item, Measure, Observation, PdsaCycle, Status, Tally,
        TeamMember, Unit, Value,
    },
    comments::CommentEdit,
};

use super::*;
use crate::{
    Error, InputField, ListPage, PageVerdict, RecipeSource, Stage,
    testing::{Phone, asha, sam},
};

#[test]
fn a_project_says_what_was_written_in_it() {
    let (_phone, core) = Phone::of(&asha());
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
    let (_phone, core) = Phone::of(&asha());
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
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let (me, other) = (asha().person.id, sam().person.id);
    core.add_member(project, other, Right::Comment).unwrap();
    core.add_member(project, other, Right::Edit).unwrap();
    let members = core.project(project).unwrap().members;
    let rights: Vec<_> = members.iter().map(|one| (one.person.id, one.right)).collect();
    assert_eq!(rights, [(me, Right::Own), (other, Right::Edit)]);
    assert!(!members[1].confirmed);
    assert_eq!(members[1].standing, Standing::Invited);
    let readers = core.readers(project).unwrap();
    assert_eq!(readers.len(), 1, "who is invited reads nothing yet");
    core.add_member(project, other, Right::Edit).unwrap();
    core.remove_member(project, other).unwrap();
    assert_eq!(core.project(project).unwrap().members.len(), 1);
    let page = core.with(|state| Ok(state.store().outbox_page(None, u64::MAX)?)).unwrap();
    let kinds: Vec<_> = page.entries.iter().map(|waiting| waiting.entry.kind.as_str()).collect();
    assert_eq!(kinds, ["create", "change", "grant", "grant", "revoke"]);
}

#[test]
fn what_makes_no_sense_about_members_is_refused() {
    let (_phone, core) = Phone::of(&asha());
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
    let at = Timestamp::default();
    let rewrite = CommentEdit::Rewrite { id: comment, body: "Since which month?".to_owned(), at };
    core.edit_comments(project, &[rewrite]).unwrap();
    let comments = core.project(project).unwrap().comments;
    let said: Vec<_> = comments.iter().map(|one| one.comment.body.as_str()).collect();
    assert_eq!(said, ["Since which month?", "Good."]);
    assert!(comments.iter().all(|one| one.mine));
    let documents = core.with(|state| Ok(state.store().documents_about(project)?.len()));
    assert_eq!(documents, Ok(1), "all comments of a person on a plan are in one document");
    let unknown = ItemId::from_bytes([1; 16]);
    let rewrite = CommentEdit::Rewrite { id: unknown, body: "x".to_owned(), at };
    assert!(matches!(core.edit_comments(project, &[rewrite]), Err(Error::NotFound { .. })));
    assert!(core.comment(project, "", "  ").is_err());
}

#[test]
fn a_comment_stands_at_a_part_of_the_project_and_at_nothing_else() {
    let (_phone, core) = Phone::of(&asha());
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
    for wrong in ["PROBLEM", "whyHere", "nonsense", " problem", "answers/what", &stranger, &shouted]
    {
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
    let (_phone, core) = Phone::of(&asha());
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
    let (_phone, core) = Phone::of(&asha());
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
    let (_phone, core) = Phone::of(&asha());
    reflection(&core, "in the export");
    core.create_project("Falls", "", "").unwrap();
    let export = serde_json::to_string(&core.export().unwrap()).unwrap();
    assert!(export.contains("in the export") && export.contains("Falls"));
    assert!(!export.contains("token"), "no secret is in it");
}

#[test]
fn what_cannot_be_is_refused_with_words_and_nothing_is_changed() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls", "", "Ward 7").unwrap();
    let before = core.project(project).unwrap();
    let (measure, missing) = (core.new_item_id(), core.new_item_id());
    let day = |text: &str| text.parse().unwrap();
    let aim = |edits: Vec<AimEdit>| -> Vec<ProjectEdit> {
        edits.into_iter().map(|edit| ProjectEdit::Aim { edit }).collect()
    };
    let percent = Measure { unit: Some(Unit::Percent), ..Measure::default() }.adding(measure);
    let seen = |of, at: &str, value| {
        Observation::new(of, day(at), value).adding(ItemId::from_bytes([5; 16]))
    };
    let too_many = Value::Number { thousandths: 100_001 };
    let adopted = PdsaCycle { decision: Decision::Adopt, ..PdsaCycle::default() };
    let refused = [
        (
            aim(vec![
                AimEdit::Direction(Some(Direction::Increase)),
                AimEdit::From("60".to_owned()),
                AimEdit::To("10".to_owned()),
            ]),
            "an aim to increase does not go from 60 to 10",
        ),
        (aim(vec![AimEdit::To("NaN".to_owned())]), "neither a number nor a share"),
        (aim(vec![AimEdit::ByDate(Some(day("2020-01-01")))]), "which is not after"),
        (seen(missing, "2026-01-01", Value::whole(1)), "that is not in this plan"),
        ([percent.clone(), seen(measure, "2026-01-01", too_many)].concat(), "not more than 100"),
        ([percent, seen(measure, "2099-01-01", Value::whole(1))].concat(), "has not come yet"),
        (adopted.adding(missing), "say what was studied"),
        (vec![ProjectEdit::Add { noun: Noun::Comment, id: missing }], "a plan has no comment"),
    ];
    for (edits, words) in refused {
        let error = core.edit_project(project, None, &edits).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert!(matches!(error, Error::InvalidInput { field: InputField::Edit, .. }), "{error:?}");
    }
    assert_eq!(core.project(project).unwrap(), before);
}

#[test]
fn the_story_of_a_project_is_told_by_person_and_sitting() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls", "", "Ward 7").unwrap();
    let measure = core.new_item_id();
    let falls = Measure { name: "Falls a week".to_owned(), ..Measure::default() };
    core.edit_project(project, None, &falls.adding(measure)).unwrap();
    for number in 1..=3 {
        let day = format!("2026-01-0{number}").parse().unwrap();
        let seen = Observation::new(measure, day, Value::whole(number));
        core.edit_project(project, None, &seen.adding(core.new_item_id())).unwrap();
    }
    let told = core.sittings(project, None, 10).unwrap();
    assert_eq!(told.len(), 1, "one person in one go");
    assert_eq!(
        told[0].sentences,
        [
            "began the plan",
            "added the measure \"Falls a week\"",
            "added 3 observations to Falls a week"
        ]
    );
    assert_eq!(told[0].by.as_ref().unwrap().name, "Asha");
    assert_eq!(told[0].version, core.project(project).unwrap().version);
    assert!(core.sittings(project, Some(&told[0].version), 10).unwrap().is_empty());
}

#[test]
fn a_project_is_begun_from_the_recipe_of_another_without_its_data_and_names() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls", "pcp", "Ward 7").unwrap();
    let (light, lamps, measure) = (core.new_item_id(), core.new_item_id(), core.new_item_id());
    let driver = |name: &str, parent| Driver { name: name.to_owned(), parent, place: None };
    let falls = Measure { name: "Falls a week".to_owned(), ..Measure::default() };
    let member = TeamMember {
        role: "ward clerk".to_owned(),
        person: Some(asha().person.id),
        ..TeamMember::default()
    };
    let edits = [
        driver("Light", None).adding(light),
        driver("Lamps", Some(light)).adding(lamps),
        falls.adding(measure),
        Observation::new(measure, "2026-01-01".parse().unwrap(), Value::whole(3))
            .adding(core.new_item_id()),
        member.adding(core.new_item_id()),
    ];
    core.edit_project(project, None, &edits.concat()).unwrap();
    let recipe = core.recipe(project).unwrap();
    let source = RecipeSource::Text(recipe.clone());
    let begun = core.create_project_from(&source, "Falls by day", "Ward 9").unwrap();
    assert_eq!(core.history(begun).unwrap().len(), 1, "it begins whole, in one change");
    let begun_project = core.project(begun).unwrap().project;
    assert_eq!(
        (begun_project.title.as_str(), begun_project.setting.as_str()),
        ("Falls by day", "Ward 9")
    );
    assert_eq!(
        (
            begun_project.drivers.len(),
            begun_project.measures.len(),
            begun_project.observations.len()
        ),
        (2, 1, 0)
    );
    assert!(!begun_project.drivers.contains_key(&light), "each thing has an id of its own");
    assert_eq!(begun_project.driver_tree()[0].secondary.len(), 1);
    assert_eq!(begun_project.team.values().next().unwrap().person, None);
    assert_eq!(core.recipe(begun).unwrap().replace("Falls by day", "Falls"), recipe);
    for text in ["", "{}x", "{\"price\": 3}"] {
        let error = core.create_project_from(&RecipeSource::Text(text.into()), "T", "");
        assert!(matches!(error, Err(Error::InvalidInput { field: InputField::Recipe, .. })));
    }
    let unknown = core.create_project_from(&RecipeSource::Pack("falls".into()), "T", "");
    assert!(matches!(unknown, Err(Error::NotFound { .. })), "{unknown:?}");
}

#[test]
fn a_page_agrees_with_its_project_until_either_changes() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls at night", "pcp", "Ward 7").unwrap();
    let measure = core.new_item_id();
    let falls = Measure { name: "Falls a week".to_owned(), ..Measure::default() };
    let mut edits = falls.adding(measure);
    for number in 1..=9 {
        let day = format!("2026-01-0{number}").parse().unwrap();
        let seen = Observation::new(measure, day, Value::whole(number));
        edits.extend(seen.adding(core.new_item_id()));
    }
    core.edit_project(project, None, &edits).unwrap();
    let page = core.project_page(project).unwrap();
    assert!(page.contains("Falls at night") && page.contains("<svg"), "{page}");
    assert_eq!(core.project_page(project).unwrap(), page, "the same bytes");
    assert_eq!(core.chart(project, measure).unwrap().points.len(), 9);

    assert_eq!(core.verify_page(&page), Ok(PageVerdict::Agrees { project }));
    let altered = page.replace("Falls at night", "No falls at night");
    assert_eq!(core.verify_page(&altered), Ok(PageVerdict::Altered { project }));
    core.edit_project(project, None, &[section(Section::Problem, "Dark.")]).unwrap();
    let outdated = PageVerdict::Outdated { project, changes: 1 };
    assert_eq!(core.verify_page(&page), Ok(outdated));
    for text in ["", "<html>", "<meta name=\"enhance-plan\" content=\"x\">"] {
        let error = core.verify_page(text).unwrap_err();
        assert!(matches!(error, Error::InvalidInput { field: InputField::Page, .. }), "{error:?}");
    }
}
