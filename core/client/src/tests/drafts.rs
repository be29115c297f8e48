//! Drafts: durable while a person types, in history only when they have settled.

use std::time::{Duration, Instant};

use enhance_model::{
    DocumentKind, ItemId,
    change_project::{CycleText, ItemText},
};

use super::*;
use crate::{
    DraftField, Error, ListPage,
    testing::{Phone, asha, holds},
    writing::{edits, target::Target},
};

fn what() -> DraftField {
    DraftField::Answer("what".to_owned())
}

#[test]
fn a_draft_survives_a_drop_without_a_close_and_is_in_no_history() {
    for phone in [Phone::new(), Phone::keyed()] {
        let core = phone.enrolled(&asha());
        let id = reflection(&core, "one");
        let seen = version(&core, id);
        core.autosave(id, &what(), &seen, "one tw").unwrap();
        core.autosave(id, &what(), &seen, "one two").unwrap();
        drop(core);
        let core = phone.open();
        assert_eq!(core.unsettled(), Ok(vec![id]));
        assert_eq!(answered(&core, id), "one two", "screens show what was typed");
        assert_eq!(version(&core, id), seen, "and the document does not have it");
        assert!(core.reflections(ListPage::ALL).unwrap()[0].unsettled);
        core.settle(id).unwrap();
        assert_eq!(core.unsettled(), Ok(Vec::new()));
        assert_eq!(answered(&core, id), "one two");
        assert_ne!(version(&core, id), seen);
    }
}

#[test]
fn what_was_typed_and_taken_back_before_settling_is_written_nowhere() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "");
    let seen = version(&core, id);
    core.autosave(id, &what(), &seen, "canary").unwrap();
    core.autosave(id, &what(), &seen, "a patient").unwrap();
    core.settle(id).unwrap();
    let history =
        core.with(|state| state.document(&state.row(id)?)?.snapshot().map_err(Error::from));
    assert!(!holds(&history.unwrap(), "canary"));
}

#[test]
fn all_drafts_of_a_document_settle_into_one_change() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let seen = version(&core, project);
    core.autosave(project, &DraftField::Section(Section::Problem), &seen, "Falls").unwrap();
    core.autosave(project, &DraftField::Section(Section::Plan), &seen, "Slippers").unwrap();
    core.settle(project).unwrap();
    assert_eq!(core.history(project).unwrap().len(), 2);
    let sections = core.project(project).unwrap().project.sections;
    assert_eq!((&*sections[&Section::Problem], &*sections[&Section::Plan]), ("Falls", "Slippers"));
    core.settle(project).unwrap();
    assert_eq!(core.history(project).unwrap().len(), 2, "settling nothing writes nothing");
}

#[test]
fn a_draft_is_merged_by_character_with_what_came_since() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    core.edit_project(project, None, &[section(Section::Problem, "Patients fall.")]).unwrap();
    let seen = version(&core, project);
    let field = DraftField::Section(Section::Problem);
    core.autosave(project, &field, &seen, "Patients fall at night.").unwrap();
    core.edit_project(project, Some(&seen), &[ProjectEdit::Title { title: "Nights".to_owned() }])
        .unwrap();
    core.with(|state| {
        // As another device would have done it: the draft here is not touched.
        let edit = section(Section::Problem, "Frail patients fall.");
        let edits = [enhance_documents::Edit::ChangeProject(edit)];
        let groups = [edits::EditsOf { base: Some(&seen), edits: &edits }];
        let target = Target::of(state, project)?;
        let (_, prepared) = edits::prepare_edits(state, &target, &groups)?.unwrap();
        state.write(|write| prepared.write(write))
    })
    .unwrap();
    assert_eq!(problem(&core, project), "Frail patients fall at night.", "shown merged");
    core.settle(project).unwrap();
    assert_eq!(problem(&core, project), "Frail patients fall at night.");
}

#[test]
fn an_edit_of_a_field_takes_the_place_of_its_draft() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "");
    let seen = version(&core, id);
    core.autosave(id, &what(), &seen, "abc").unwrap();
    core.edit_reflection(id, Some(&seen), &[answer("what", "abc")]).unwrap();
    core.settle(id).unwrap();
    assert_eq!(answered(&core, id), "abc");
}

#[test]
fn an_edit_that_changes_nothing_takes_the_place_of_its_draft_too() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "one");
    let seen = version(&core, id);
    core.autosave(id, &what(), &seen, "one two").unwrap();
    core.autosave(id, &what(), &seen, "one").unwrap();
    assert_eq!(core.edit_reflection(id, Some(&seen), &[answer("what", "one")]), Ok(seen));
    assert_eq!(core.unsettled(), Ok(Vec::new()));
}

#[test]
fn drafts_on_two_versions_settle_on_what_their_screens_showed_and_no_more() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "one");
    let first = version(&core, id);
    let retitle = |title: &str| {
        let edit = ReflectionEdit::Title { title: title.to_owned() };
        core.edit_reflection(id, None, &[edit]).unwrap()
    };
    let second = retitle("Night shift");
    core.autosave(id, &what(), &first, "one two").unwrap();
    core.autosave(id, &DraftField::Answer("so what".to_owned()), &second, "Ask.").unwrap();
    let unseen = retitle("Long night shift");
    let settled = core.settle(id).unwrap();
    assert!(settled.heads().iter().all(|head| !unseen.heads().contains(head)));
    core.edit_reflection(id, Some(&settled), &[answer("what", "one two three")]).unwrap();
    assert_eq!(answered(&core, id), "one two three");
    assert_eq!(core.reflection(id).unwrap().reflection.title, "Long night shift");
}

#[test]
fn a_draft_that_is_too_long_is_kept_and_the_person_is_told() {
    let (_phone, core) = Phone::of(&asha());
    with_limits(&core, Limits { text_chars: 1_000, ..Limits::default() });
    let id = reflection(&core, "short");
    let seen = version(&core, id);
    let long = "more than ten characters ".repeat(50);
    assert!(matches!(core.autosave(id, &what(), &seen, &long), Err(Error::TextTooLong { .. })));
    assert!(matches!(core.settle(id), Err(Error::TextTooLong { .. })));
    assert_eq!(core.unsettled(), Ok(vec![id]), "nothing is lost");
    let most = core.limits().unwrap().text_chars;
    let kept = core.reflection(id).unwrap().drafts.remove(0);
    assert_eq!((kept.text == long, kept.over(most)), (true, Some(250)), "it stands beside");
    assert_eq!(answered(&core, id), "short");
    let export = core.export().unwrap();
    assert!(export.reflections_html().contains("too long by 250 characters"));
    let (_other_phone, other) = Phone::of(&crate::testing::sam());
    other.import(&export.to_json().unwrap()).unwrap();
    let here = other.reflections(ListPage::ALL).unwrap()[0].id;
    assert_eq!(other.reflection(here).unwrap().drafts[0].text, long, "it goes along");
    with_limits(&core, Limits { text_chars: 300_000, ..Limits::default() });
    let longer = "ten letters ".repeat(23_000);
    core.autosave(id, &what(), &seen, &longer).unwrap();
    let most = core.limits().unwrap().text_chars;
    assert_eq!(core.reflection(id).unwrap().drafts[0].over(most), None, "here it fits");
    assert_eq!(answered(&core, id), longer);
    core.autosave(id, &what(), &seen, "fits").unwrap();
    core.settle(id).unwrap();
    assert_eq!(answered(&core, id), "fits");
}

#[test]
fn a_draft_of_a_cycle_that_is_gone_harms_neither_reading_nor_the_other_drafts() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let seen = version(&core, project);
    let gone = DraftField::Item(ItemText::of_cycle(ItemId::from_bytes([5; 16]), CycleText::Plan));
    core.autosave(project, &gone, &seen, "of a cycle that was refused").unwrap();
    core.autosave(project, &DraftField::Section(Section::Problem), &seen, "Falls.").unwrap();
    assert_eq!(problem(&core, project), "Falls.");
    core.settle(project).unwrap();
    let view = core.project(project).unwrap();
    assert_eq!(view.project.sections[&Section::Problem], "Falls.");
    assert_eq!(view.drafts.len(), 1, "what does not fit is kept");
}

#[test]
fn a_draft_longer_than_one_change_is_shown_and_settles_whole() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "short");
    let text = "A long night. \u{1f319} ".repeat(4_000);
    let other = "Another one altogether. ".repeat(2_500);
    for text in [text.as_str(), &other, ""] {
        core.autosave(id, &what(), &version(&core, id), text).unwrap();
        assert_eq!(answered(&core, id), text, "its field shows what was typed");
        core.settle(id).unwrap();
        assert_eq!(core.unsettled(), Ok(Vec::new()));
        assert_eq!(answered(&core, id), text);
    }
    core.edit_reflection(id, None, &[answer("what", &other)]).unwrap();
    drop(core);
    assert_eq!(answered(&phone.open(), id), other, "and it is on the disk");
}

/// Written after the first, the second would go onto an earlier version, for which the engine takes
/// minutes where texts are long.
#[test]
fn long_drafts_of_several_fields_are_read_and_shortened_at_once() {
    let (_phone, core) = Phone::of(&asha());
    let numbers = |step: u64, count: u64| -> String {
        let words: Vec<_> = (0..count).map(|n| format!("{:06}", n * step % 999_983)).collect();
        words.join(" ")
    };
    let (old, new) = (numbers(7_919, 20_000), |count| numbers(104_729, count));
    let project = core.create_project("Falls", "", "").unwrap();
    core.edit_project(project, None, &[section(Section::Problem, &old)]).unwrap();
    let seen = version(&core, project);
    let (field, other) = (DraftField::Section(Section::Problem), Section::Plan);
    core.autosave(project, &DraftField::Section(other), &seen, "Slippers").unwrap();
    core.autosave(project, &field, &seen, &new(30_000)).unwrap();
    let began = Instant::now();
    let view = core.project(project).unwrap();
    assert_eq!(view.project.sections[&Section::Problem], new(30_000));
    assert_eq!(view.project.sections[&other], "Slippers");
    assert!(matches!(
        core.autosave(project, &field, &seen, &new(43_000)),
        Err(Error::TextTooLong { .. })
    ));
    let view = core.project(project).unwrap();
    assert_eq!(view.project.sections[&other], "Slippers");
    assert!(view.drafts.iter().any(|draft| draft.text == new(43_000)), "it is kept");
    core.autosave(project, &field, &seen, "short").unwrap();
    core.settle(project).unwrap();
    assert_eq!(problem(&core, project), "short");
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
}

#[test]
fn what_a_small_server_takes_in_one_change_is_kept_to() {
    let (_phone, core) = Phone::of(&asha());
    with_limits(&core, Limits { change_bytes: 6_000, ..Limits::default() });
    let id = reflection(&core, "short");
    let text = "\u{1f319}".repeat(5_000);
    core.autosave(id, &what(), &version(&core, id), &text).unwrap();
    core.settle(id).unwrap();
    assert_eq!(answered(&core, id), text);
}

#[test]
fn a_draft_that_is_too_long_keeps_no_other_field_from_being_settled_and_the_error_names_it() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let seen = version(&core, project);
    let long = "Patients fall at night. ".repeat(5_000);
    let too_long = format!("Slippers {}", "x".repeat(262_144));
    core.autosave(project, &DraftField::Section(Section::Problem), &seen, &long).unwrap();
    let other = DraftField::Section(Section::CoProducedWith);
    let kept = core.autosave(project, &other, &seen, &too_long).unwrap_err();
    let (field, called) = (other.to_string(), "Co-produced with".to_owned());
    assert_eq!(kept, Error::TextTooLong { field, called, over: 9, limit: 262_144 });
    assert!(
        kept.to_string().contains("\"Co-produced with\" is too long by 9 characters"),
        "{kept}"
    );
    assert_eq!(core.settle(project), Err(kept.clone()));
    assert_eq!(core.settle(project), Err(kept), "nothing more is settled, and it is said again");
    let settled = version(&core, project);
    assert_ne!(settled, seen);
    let retitled = ProjectEdit::Title { title: "Falls at night".to_owned() };
    core.edit_project(project, Some(&settled), &[retitled]).unwrap();
    drop(core);
    let core = phone.open();
    let view = core.project(project).unwrap();
    assert_eq!(view.project.title, "Falls at night");
    assert_eq!(problem(&core, project), long, "the others are settled");
    assert_eq!(view.drafts.len(), 1);
    assert_eq!(view.drafts[0].text, too_long, "and it is kept whole");
    core.autosave(project, &other, &seen, "Slippers").unwrap();
    core.settle(project).unwrap();
    assert_eq!(
        core.project(project).unwrap().project.sections[&Section::CoProducedWith],
        "Slippers"
    );
    assert_eq!(core.unsettled(), Ok(Vec::new()));
}

#[test]
fn an_answer_that_is_too_long_is_called_what_its_prompt_asks() {
    let (_phone, core) = programme::with_pack_of(|programme| {
        programme.templates[0].prompts[0].label = "What?".to_owned();
    });
    let id = core.create_reflection("driscoll", "Nights", None).unwrap();
    let seen = version(&core, id);
    let long = "x".repeat(262_145);
    let kept = core.autosave(id, &what(), &seen, &long).unwrap_err();
    let refused = core.edit_reflection(id, None, &[answer("what", &long)]).unwrap_err();
    assert_eq!(kept, refused);
    assert!(
        matches!(&kept, Error::TextTooLong { called, over: 1, .. } if called == "What?"),
        "{kept}"
    );
}

#[test]
fn a_draft_that_is_too_long_is_found_until_it_is_shortened_and_not_after() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "short");
    let found = |word: &str| -> Vec<_> {
        let hits = core.search(word, crate::SearchPage::ALL).unwrap();
        hits.iter().map(|hit| (hit.target.clone(), hit.snippet.contains(word))).collect()
    };
    let target = crate::HitTarget::Document { id, kind: DocumentKind::Reflection };
    let long = format!("{} hoverboard", "wheel ".repeat(43_700));
    assert!(core.autosave(id, &what(), &version(&core, id), &long).is_err());
    assert_eq!(found("hoverboard"), [(target.clone(), true)]);
    core.autosave(id, &what(), &version(&core, id), "bicycle").unwrap();
    core.settle(id).unwrap();
    assert_eq!(found("hoverboard"), []);
    assert_eq!(found("bicycle"), [(target, true)]);
}

#[test]
fn a_draft_that_is_too_long_of_what_is_gone_is_kept_and_nothing_is_said_of_it() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls", "", "").unwrap();
    let seen = version(&core, project);
    let gone = DraftField::Item(ItemText::of_cycle(ItemId::from_bytes([5; 16]), CycleText::Plan));
    let typed = core.autosave(project, &gone, &seen, &"x".repeat(262_145));
    assert!(matches!(typed, Err(Error::TextTooLong { .. })), "{typed:?}");
    core.autosave(project, &DraftField::Section(Section::Problem), &seen, "Falls.").unwrap();
    core.settle(project).unwrap();
    let view = core.project(project).unwrap();
    assert_eq!((problem(&core, project).as_str(), view.drafts.len()), ("Falls.", 1));
}

#[test]
fn a_draft_that_is_too_long_goes_along_with_an_export_and_comes_back_as_a_draft() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "short");
    let long = format!("hoverboard {}", "x".repeat(262_144));
    assert!(core.autosave(id, &what(), &version(&core, id), &long).is_err());
    let export = core.export().unwrap();
    assert!(export.reflections_html().contains("too long by 11 characters"));
    assert!(export.reflections_html().contains("hoverboard"));
    let (_other_phone, other) = Phone::of(&crate::testing::sam());
    other.import(&export.to_json().unwrap()).unwrap();
    let here = other.reflections(ListPage::ALL).unwrap()[0].id;
    assert_eq!(answered(&other, here), "short");
    let drafts = other.reflection(here).unwrap().drafts;
    assert_eq!((drafts.len(), &drafts[0].text), (1, &long));
    assert!(matches!(other.settle(here), Err(Error::TextTooLong { over: 11, .. })));
    other.autosave(here, &what(), &version(&other, here), "hoverboard").unwrap();
    other.settle(here).unwrap();
    assert_eq!(answered(&other, here), "hoverboard");
}
