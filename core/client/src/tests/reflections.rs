//! Reflections: written, merged, found, limited, deleted.

use enhance_model::{Tag, reflection::ReflectionEdit};
use enhance_protocol::EnvelopeHeader;

use super::*;
use crate::{
    Error, HitTarget, InputField, ListPage, SearchPage, Stage,
    testing::{Phone, asha, holds},
};

#[test]
fn a_reflection_says_what_was_written_and_lists_newest_first() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let first = reflection(&core, "A fall on the ward\nat night.");
    phone.clock.advance(1_000);
    let second = core.create_reflection("gibbs", "Handover", Some("pcp-watch-1")).unwrap();
    let listed = core.reflections(ListPage::ALL).unwrap();
    let ids: Vec<_> = listed.iter().map(|one| (one.id, one.title.as_str())).collect();
    assert_eq!(ids, [(second, "Handover"), (first, "A fall on the ward at night.")]);
    let view = core.reflection(second).unwrap();
    assert_eq!(view.reflection.template, "gibbs");
    assert_eq!(view.reflection.prompted_by.as_deref(), Some("pcp-watch-1"));
    assert_eq!(view.status.stage, Stage::Saved);
    let rest = core.reflections(ListPage::after(listed[0].position(), 5)).unwrap();
    assert_eq!(rest.items, listed[1..]);
}

#[test]
fn tags_come_and_go() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "x");
    let tag = Tag::Domain("env".to_owned());
    core.edit_reflection(id, None, &[ReflectionEdit::AddTag { tag: tag.clone() }]).unwrap();
    assert!(core.reflections(ListPage::ALL).unwrap()[0].tags.contains(&tag));
    core.edit_reflection(id, None, &[ReflectionEdit::RemoveTag { tag }]).unwrap();
    assert!(core.reflection(id).unwrap().reflection.tags.is_empty());
}

#[test]
fn an_edit_of_an_older_version_is_merged_by_character() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "The patient fell.");
    let seen = core.reflection(id).unwrap().version;
    core.edit_reflection(id, Some(&seen), &[answer("what", "The old patient fell.")]).unwrap();
    core.edit_reflection(id, Some(&seen), &[answer("what", "The patient fell twice.")]).unwrap();
    assert_eq!(answered(&core, id), "The old patient fell twice.");
}

#[test]
fn a_screen_that_goes_on_typing_hands_back_what_it_was_given() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "one");
    let seen = core.reflection(id).unwrap().version;
    core.edit_reflection(id, Some(&seen), &[answer("what", "elsewhere; one")]).unwrap();
    // The screen still shows "one" and knows nothing of the other edit.
    let after = core.edit_reflection(id, Some(&seen), &[answer("what", "one two")]).unwrap();
    core.edit_reflection(id, Some(&after), &[answer("what", "one two three")]).unwrap();
    assert_eq!(answered(&core, id), "elsewhere; one two three");
}

#[test]
fn an_edit_that_changes_nothing_writes_nothing() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "same");
    let entries = |core: &LearningCore| core.with(|state| Ok(state.store().links(id)?.len()));
    let before = (entries(&core), version(&core, id));
    core.edit_reflection(id, None, &[answer("what", "same")]).unwrap();
    assert_eq!((entries(&core), version(&core, id)), before);
}

#[test]
fn an_edit_of_an_unknown_version_is_refused() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "x");
    let unknown: Version = "ab".repeat(32).parse().unwrap();
    let error = core.edit_reflection(id, Some(&unknown), &[answer("what", "y")]).unwrap_err();
    assert!(matches!(error, Error::InvalidInput { field, .. } if field == InputField::Version));
    assert_eq!(answered(&core, id), "x");
}

#[test]
fn what_leaves_the_phone_of_a_reflection_is_sealed() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "canary canary canary");
    drop(core);
    let core = phone.open();
    core.edit_reflection(id, None, &[answer("what", "canary after a restart")]).unwrap();
    let bodies = core.with(|state| {
        let page = state.store().outbox_page(None, u64::MAX)?;
        Ok(page.entries.into_iter().map(|waiting| waiting.entry).collect::<Vec<_>>())
    });
    let bodies = bodies.unwrap();
    let kinds: Vec<&str> = bodies.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["create", "envelope", "envelope", "envelope"]);
    assert!(bodies.iter().all(|entry| entry.document == id));
    assert!(bodies.iter().all(|entry| !holds(&entry.body, "canary")));
    for pair in bodies.windows(2) {
        assert_eq!(pair[1].deps, [pair[0].hash], "envelopes of a device form a chain");
    }
    let counters: Vec<u64> = bodies[1..]
        .iter()
        .map(|entry| EnvelopeHeader::split(&entry.body).unwrap().0.counter)
        .collect();
    assert_eq!(counters, [1, 2, 3]);
}

#[test]
fn a_long_text_is_refused_before_it_is_lost() {
    let (_phone, core) = Phone::of(&asha());
    with_limits(&core, Limits { text_chars: 1_000, ..Limits::default() });
    let id = reflection(&core, "short");
    let long = "x".repeat(1_001);
    let error = core.edit_reflection(id, None, &[answer("what", &long)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the text \"what\" is too long by 1 character: 1000 characters fit there. Shorten it, or \
         continue it in a new document"
    );
    assert_eq!(answered(&core, id), "short");
}

#[test]
fn a_document_takes_no_more_changes_than_its_limit_and_stays_as_it_was() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "two changes so far");
    for number in 3..=100 {
        core.edit_reflection(id, None, &[answer("what", &format!("{number}"))]).unwrap();
    }
    core.edit_reflection(id, None, &[answer("what", "two changes so far")]).unwrap();
    with_limits(&core, Limits { document_changes: 100, ..Limits::default() });
    let error = core.edit_reflection(id, None, &[answer("what", "a third")]).unwrap_err();
    assert!(matches!(error, Error::TooLarge(enhance_model::LimitExceeded::Changes { .. })));
    assert_eq!(answered(&core, id), "two changes so far");
    with_limits(&core, Limits::default());
    core.edit_reflection(id, None, &[answer("what", "a third")]).unwrap();
    assert_eq!(answered(&core, id), "a third");
}

#[test]
fn g11_limits_that_leave_no_room_to_write_are_not_heeded() {
    let (_phone, core) = Phone::of(&asha());
    let none = Limits {
        request_bytes: 0,
        change_bytes: 0,
        text_chars: 0,
        document_bytes: 0,
        document_changes: 0,
        person_bytes: 0,
        requests_per_minute: 0,
    };
    let one = Limits { text_chars: 1, change_bytes: 1, document_bytes: 1, ..none.clone() };
    let endless = Limits {
        request_bytes: u64::MAX,
        change_bytes: u64::MAX,
        text_chars: u64::MAX,
        document_bytes: u64::MAX,
        document_changes: u64::MAX,
        person_bytes: u64::MAX,
        requests_per_minute: u32::MAX,
    };
    for limits in [none, one, endless] {
        with_limits(&core, limits.clone());
        let id = reflection(&core, &"Words. ".repeat(100));
        assert_eq!(answered(&core, id).len(), 700, "{limits:?}");
        let heeded = core.with(|state| Ok(state.facts()?.limits().clone())).unwrap();
        assert_eq!(heeded, heeded.within_reason());
    }
}

#[test]
fn search_finds_beginnings_of_words_without_accents_in_every_kind_of_document() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "The naïve plan for the handover failed.");
    let project = core.create_project("Safer handovers", "sys", "Ward 7").unwrap();
    let found = |query: &str| -> Vec<DocumentId> {
        let hits = core.search(query, SearchPage::ALL).unwrap().into_iter();
        let mut ids: Vec<_> = hits
            .filter_map(|hit| match hit.target {
                HitTarget::Document { id, .. } => Some(id),
                HitTarget::Page { .. } => None,
            })
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(found("naive han"), [id]);
    assert_eq!(found("handov").len(), 2);
    assert_eq!(found("safer"), [project]);
    core.edit_reflection(id, None, &[answer("what", "Rewritten.")]).unwrap();
    assert_eq!(found("naive"), [], "what was rewritten is not found any more");
    assert_eq!(found("\"NEAR( * 🙂"), []);
}

#[test]
fn deleting_leaves_no_word_in_the_files_and_no_way_back() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "canary in the text");
    let field = crate::DraftField::Answer("what".to_owned());
    core.autosave(id, &field, &version(&core, id), "canary in a draft").unwrap();
    core.search("canary", SearchPage::ALL).unwrap();
    assert!(holds(&phone.bytes(), "canary"), "the test can see what is there");
    core.delete(id).unwrap();
    assert!(!holds(&phone.bytes(), "canary"));
    assert!(matches!(core.reflection(id), Err(Error::Gone { .. })));
    assert!(core.edit_reflection(id, None, &[answer("what", "back")]).is_err());
    assert_eq!(core.reflections(ListPage::ALL).unwrap().items, []);
    assert_eq!(core.search("canary", SearchPage::ALL).unwrap().items, []);
    drop(core);
    assert!(!holds(&phone.bytes(), "canary"));
    assert!(matches!(phone.open().reflection(id), Err(Error::Gone { .. })));
}

#[test]
fn a_deletion_is_all_that_is_offered_of_what_was_deleted() {
    let (_phone, core) = Phone::of(&asha());
    let entry = reflection(&core, "x");
    core.delete(entry).unwrap();
    let page = core.with(|state| Ok(state.store().outbox_page(None, u64::MAX)?)).unwrap();
    let kinds: Vec<_> = page.entries.iter().map(|waiting| waiting.entry.kind.as_str()).collect();
    assert_eq!(kinds, ["delete"]);
}

#[test]
fn a_reflection_that_is_refused_leaves_nothing() {
    let (_phone, core) = Phone::of(&asha());
    with_limits(&core, Limits { text_chars: 1_000, ..Limits::default() });
    let long = "x".repeat(1_001);
    for (title, edits) in [
        ("Long", vec![answer("what", "fits"), answer("so what", &long)]),
        ("Long title", vec![ReflectionEdit::Title { title: long.clone() }]),
        (long.as_str(), vec![answer("what", "fits")]),
        ("Copy", vec![ReflectionEdit::RemoveCopy { document: DocumentId::from_bytes([1; 16]) }]),
    ] {
        let refused = core.create_reflection_with("quick-capture", title, None, &edits);
        assert!(refused.is_err(), "{title}");
        assert_eq!(core.reflections(ListPage::ALL).unwrap().items, []);
        assert_eq!(core.sync_state().unwrap().waiting_entries, 0, "nothing is sent of it");
    }
    let edits = [answer("what", "It was dark."), answer("so what", "Ask for a lamp.")];
    let id = core.create_reflection_with("quick-capture", "One", None, &edits).unwrap();
    assert_eq!(answered(&core, id), "It was dark.");
    assert_eq!(core.with(|state| Ok(state.document(&state.row(id)?)?.history().len())), Ok(1));
}
