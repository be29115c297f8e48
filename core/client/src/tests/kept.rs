//! What is kept of sign-offs: after an import, and after their request was taken back.

use enhance_model::{
    ItemId, Minutes, Noun, Timestamp,
    change_project::Section,
    personal_record::{ModuleCompletion, RecordEdit, RecordItem, SessionKind},
    sign_off::Decision,
};

use super::{
    programme::with_pack,
    read_back::{give, moved},
    sign_offs::{answer, lee, project},
    *,
};
use crate::{
    ArcpVerdict, ChangedSince, Error, NewSession, SignOffSubject,
    testing::{Phone, sam},
    verify_sign_off,
};

/// What a page says of each sign-off on it: what it is of, what was decided, and what became of it.
fn lines(core: &LearningCore) -> Vec<(String, String)> {
    let page = core.arcp_page("2026-08-05..2027-08-03".parse().unwrap()).unwrap();
    let part = page.parts.iter().find(|part| part.key == "sign_offs").unwrap();
    let lines = part.rows.iter().map(|row| (row[3].in_words(), row[4].in_words()));
    lines.collect()
}

fn session(core: &LearningCore, title: &str) -> ItemId {
    let (title, minutes, kind) = (title.to_owned(), Minutes(45), SessionKind::Core);
    let start = "2026-11-20T09:00:00Z".parse().unwrap();
    let (activity, module) = (None, None);
    core.add_session(NewSession { title, activity, module, start, minutes, kind }).unwrap()
}

/// What became of each sign-off that a core keeps, in a word.
fn said(core: &LearningCore) -> Vec<&'static str> {
    let word = |changed: &ChangedSince| match changed {
        ChangedSince::Unchanged => "unchanged",
        ChangedSince::Changed { .. } => "changed",
        ChangedSince::Deleted => "deleted",
        ChangedSince::Unknown => "unknown",
    };
    let kept = core.kept_sign_offs().unwrap();
    let mut said: Vec<_> = kept.iter().map(|one| word(&one.changed)).collect();
    said.sort_unstable();
    said
}

#[test]
fn what_changed_since_it_was_signed_is_still_said_after_an_import() {
    let (_phone, core) = Phone::of(&asha());
    let sessions = [session(&core, "Journal club"), session(&core, "Teaching")];
    let gone = [session(&core, "Grand round")];
    let fact = core.new_item_id();
    let module = ModuleCompletion { module: "pop".to_owned(), ..ModuleCompletion::default() };
    core.edit_record(&module.adding(fact)).unwrap();
    let (edited, deleted) = (project(&core), reflection(&core, "To go."));
    for subject in [
        SignOffSubject::Sessions(sessions.into()),
        SignOffSubject::Sessions(gone.into()),
        SignOffSubject::Module("pop".to_owned()),
        SignOffSubject::Project(edited),
        SignOffSubject::Reflection(deleted),
    ] {
        let request = core.request_sign_off(&subject, None, "").unwrap();
        core.sign_witnessed(request, &lee(), &answer(Decision::Signed, "Seen.")).unwrap();
    }
    let at = Timestamp::default();
    let take_back = |noun, id| RecordEdit::TakeBack { noun, id, at };
    core.edit_record(&[
        take_back(Noun::LearningSession, sessions[1]),
        take_back(Noun::LearningSession, gone[0]),
        take_back(Noun::ModuleCompletion, fact),
    ])
    .unwrap();
    core.edit_project(edited, None, &[section(Section::Problem, "Light.")]).unwrap();
    core.delete(deleted).unwrap();
    let (_other_phone, other) = moved(&core, |_| {});
    let expected = ["changed", "changed", "deleted", "deleted", "deleted"];
    assert_eq!(said(&other), expected);
    let on_page = |core: &LearningCore| {
        let lines = lines(core).into_iter().map(|(_, state)| state);
        lines.filter(|state| state.contains("since")).count()
    };
    assert_eq!(on_page(&other), 5, "{:#?}", lines(&other));

    // A third account reads it from the second.
    let json = other.export().unwrap().to_json().unwrap();
    let (_third_phone, third) = Phone::of(&sam());
    third.import(&json).unwrap();
    assert_eq!(said(&third), expected);

    // An export of before did not say it: that is said.
    let (_old_phone, old) = moved(&core, |file| {
        file["version"] = 1.into();
        file.as_object_mut().unwrap().remove("since_sign_off");
    });
    let lines = lines(&old);
    let untold = lines.iter().filter(|(_, state)| state.contains("cannot be told any more"));
    assert_eq!(untold.count(), 4, "{lines:#?}");
}

#[test]
fn of_a_module_that_was_signed_while_it_was_not_complete_the_page_says_so() {
    let (_phone, core) = with_pack();
    let key = core.modules().unwrap()[0].key.clone();
    let sign = || {
        let request =
            core.request_sign_off(&SignOffSubject::Module(key.clone()), None, "").unwrap();
        core.sign_witnessed(request, &lee(), &answer(Decision::Signed, "So far.")).unwrap();
    };
    let decided = |core: &LearningCore| {
        let mut decided: Vec<String> =
            lines(core).into_iter().map(|(decided, _)| decided).collect();
        decided.sort();
        decided
    };
    let open = "signed, while the module was not complete";
    sign();
    assert_eq!(decided(&core), [open]);
    let (module, reason) = (key.clone(), "Shown elsewhere.".to_owned());
    let fact = ModuleCompletion { module, reason, ..ModuleCompletion::default() };
    core.edit_record(&fact.adding(core.new_item_id())).unwrap();
    assert_eq!(decided(&core), [open], "what is complete now was signed before it was");
    sign();
    assert_eq!(decided(&core), ["signed", open]);
    let (_other_phone, other) = moved(&core, |_| {});
    assert_eq!(decided(&other), ["signed", open]);
}

#[test]
fn what_was_answered_stays_readable_when_the_request_is_taken_back_and_counts_for_nothing() {
    let (_phone, core) = Phone::of(&asha());
    let of = project(&core);
    let ask = || core.request_sign_off(&SignOffSubject::Project(of), None, "").unwrap();
    let give_link = |why: &str| give(&core, why, of);
    give_link("a-1");
    let request = ask();
    core.sign_witnessed(request, &lee(), &answer(Decision::Returned, "Add data.")).unwrap();
    core.sign_witnessed(request, &lee(), &answer(Decision::Signed, "Well done.")).unwrap();
    let open = "has not been signed by a supervisor";
    let page = || core.arcp_html("2026-08-05..2027-08-03".parse().unwrap()).unwrap();
    let before = page();
    assert!(matches!(core.take_back_sign_off(request, false), Err(Error::NotAllowed { .. })));
    assert_eq!(core.kept_sign_offs().unwrap(), []);
    assert_eq!(core.take_back_sign_off(request, true), Ok(true));
    let kept = core.kept_sign_offs().unwrap();
    let mut statements: Vec<&str> =
        kept.iter().map(|one| one.paper.sign_off.statement.as_str()).collect();
    statements.sort_unstable();
    assert_eq!(statements, ["Add data.", "Well done."]);
    for one in &kept {
        assert!(one.in_words.contains("its request was taken back"), "{}", one.in_words);
        assert!(one.paper.text.contains("Too dark."), "and what it was said of");
    }
    let after = page();
    assert!(after.contains("the request was taken back since"));
    assert_eq!(before.contains(open), after.contains(open), "a witnessed word is none");
    assert_eq!(core.verify_arcp(&after), Ok(ArcpVerdict::Agrees { renamed: vec![] }));

    // Whoever deletes it by its id loses nothing either.
    let another = ask();
    core.sign_witnessed(another, &lee(), &answer(Decision::Returned, "Not yet.")).unwrap();
    core.delete(another).unwrap();
    let kept = core.kept_sign_offs().unwrap();
    assert!(kept.iter().any(|one| one.paper.sign_off.statement == "Not yet."));
    let unanswered = ask();
    core.take_back_sign_off(unanswered, false).unwrap();
    assert_eq!(core.kept_sign_offs().unwrap().len(), 3);
}

/// Where in plain data a number stands that is a moment of these years.
fn millis(value: &serde_json::Value, path: &str, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (key, value) in fields {
                millis(value, &format!("{path}/{key}"), found);
            }
        }
        serde_json::Value::Array(values) => {
            for value in values {
                millis(value, path, found);
            }
        }
        serde_json::Value::Number(number) if number.as_f64() > Some(1e11) => {
            found.push(format!("{path}: {number}"));
        }
        // A text may be plain data too.
        serde_json::Value::String(text) if text.starts_with('{') => {
            let inner = serde_json::from_slice(text.as_bytes()).unwrap_or_default();
            millis(&inner, path, found);
        }
        _ => {}
    }
}

#[test]
fn no_moment_in_an_export_or_in_the_file_of_a_sign_off_is_a_number() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let of = project(&core);
    let request = core.request_sign_off(&SignOffSubject::Project(of), None, "").unwrap();
    let signed = answer(Decision::Signed, "Well done.");
    let id = core.sign_witnessed(request, &lee(), &signed).unwrap();
    let copy = core.share_reflection(reflection(&core, "Slippers."), sam().person.id).unwrap();
    core.mark_seen(copy).unwrap();
    session(&core, "Journal club");
    let file = core.export_sign_off(id).unwrap().to_json().unwrap();
    let json = core.export().unwrap().to_json().unwrap();
    let (_other_phone, other) = Phone::of(&sam());
    other.import(&json).unwrap();
    let kept = other.kept_sign_offs().unwrap();
    let kept_file = other.export_kept_sign_off(kept[0].id).unwrap().to_json().unwrap();
    for text in [&file, &json, &other.export().unwrap().to_json().unwrap(), &kept_file] {
        let mut found = Vec::new();
        millis(&serde_json::from_str(text).unwrap(), "", &mut found);
        assert_eq!(found, [""; 0]);
    }
    for file in [&file, &kept_file] {
        assert!(file.contains("\"form\": \"enhance sign-off 2\""), "{file}");
        assert_eq!(verify_sign_off(file, None).unwrap().fault, None);
        let at = verify_sign_off(file, None).unwrap().paper.sign_off.at;
        assert!(file.contains(&format!("\"at\": \"{at}\"")), "{file}");
    }
    let twice = file.replacen("\"text\":", "\"text\": \"Another.\",\n  \"text\":", 1);
    assert!(matches!(verify_sign_off(&twice, None), Err(Error::Refused { .. })), "{twice}");
    let moved_on = file.replacen("\"signed_at\": \"2026", "\"signed_at\": \"2025", 1);
    assert!(matches!(verify_sign_off(&moved_on, None), Err(Error::Refused { .. })));
}

#[test]
fn an_export_of_the_version_before_is_read_as_it_was_written() {
    let (_phone, core) = Phone::of(&asha());
    let of = project(&core);
    let request = core.request_sign_off(&SignOffSubject::Project(of), None, "").unwrap();
    core.sign_witnessed(request, &lee(), &answer(Decision::Signed, "Well done.")).unwrap();
    let (_second_phone, second) = moved(&core, |_| {});
    // Version 1 kept the file of a sign-off as a text, whose moments are milliseconds.
    let (id, kept) = second.record().unwrap().kept_sign_offs.into_iter().next().unwrap();
    assert!(kept.paper.contains("\"form\":\"enhance sign-off 1\""), "older apps read it");
    let (_third_phone, third) = moved(&second, |file| {
        file["version"] = 1.into();
        file["personal_record"]["kept_sign_offs"][id.to_string()]["paper"] =
            kept.paper.clone().into();
        file.as_object_mut().unwrap().remove("since_sign_off");
    });
    let read = third.kept_sign_offs().unwrap();
    assert_eq!(read.len(), 1);
    assert_eq!((&read[0].fault, &read[0].changed), (&None, &ChangedSince::Unchanged));
    let paper = second.export_kept_sign_off(id).unwrap();
    let json = paper.to_json().unwrap();
    let mut before = serde_json::to_value(&paper).unwrap();
    before["form"] = "enhance sign-off 1".into();
    assert_eq!(verify_sign_off(&before.to_string(), None), verify_sign_off(&json, None));
}

#[test]
fn sessions_that_nobody_can_have_had_are_named_when_they_are_read_back_and_do_not_count() {
    let (_phone, core) = Phone::of(&asha());
    let ids = ["Marathon", "Next summer", "Teaching"].map(|title| session(&core, title));
    let json = core.export().unwrap().to_json().unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&json).unwrap();
    let sessions = &mut file["personal_record"]["sessions"];
    sessions[ids[0].to_string()]["minutes"] = 99_999.into();
    sessions[ids[1].to_string()]["start"] = "2027-07-01T09:00:00Z".into();
    let phone = Phone::new();
    let other = phone.enrolled(&sam());
    let json = file.to_string();
    let check =
        other.check_import(&json, phone.path(), &crate::Cancellation::new(), &|_| ()).unwrap();
    let report = other.import(&json).unwrap();
    assert_eq!(report.as_they_were, check.as_they_were, "it is said before");
    let [one, two] = report.as_they_were.as_slice() else { panic!("{report:?}") };
    let mut said = [one.as_str(), two.as_str()];
    said.sort_unstable();
    assert_eq!(
        said,
        [
            "Learning session: Marathon: minutes goes from 1 to 1440, not 99999",
            "Learning session: Next summer: 2027-07-01T09:00:00Z lies in the future, and a \
             learning session is noted once it was",
        ]
    );
    let log = other.log("2026-08-05..2027-08-03".parse().unwrap()).unwrap();
    assert_eq!(log.sessions.len(), 3, "they are kept");
    assert_eq!(log.count.core, Minutes(45));
    assert_eq!(log.count.excluded, Minutes(99_999 + 45));
    let notes = &log.years[0].notes;
    assert!(notes.iter().any(|note| note.contains("“Marathon”")), "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("“Next summer”")), "{notes:?}");
}
