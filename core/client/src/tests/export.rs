//! What a person takes with them, and reads back where they go.

use enhance_model::{
    Noun,
    change_project::{self, Item, Measure, Observation, ProjectEdit, Status},
    personal_record::{EvidenceLink, EvidenceSource, Placement, RecordItem},
};

use super::*;
use crate::{
    CommentPlace, Error, ImportReport, InputField,
    testing::{Phone, sam},
};

/// An account with something of everything in it.
fn full(phone: &Phone) -> LearningCore {
    let core = phone.enrolled(&asha());
    let reflection = reflection(&core, "It was dark.\n\n\"=1+1\" <b>");
    let title = ReflectionEdit::Title { title: "A long night".to_owned() };
    core.edit_reflection(reflection, None, &[title]).unwrap();
    let placement = Placement { organisation: "Royal Infirmary".to_owned(), ..placement() };
    core.edit_record(&placement.adding(core.new_item_id())).unwrap();
    let source = EvidenceSource::Document(reflection);
    let link = EvidenceLink::new(source, "capability:fpc-9".parse().unwrap(), "I was there.");
    core.edit_record(&link.adding(core.new_item_id())).unwrap();
    phone.clock.advance(86_400_123);
    let project = core.create_project("Falls at night", "pcp", "Ward 7").unwrap();
    let measure = core.new_item_id();
    let falls = Measure { name: "Falls a week".to_owned(), ..Measure::default() };
    let mut edits = falls.adding(measure);
    let seen =
        Observation::new(measure, "2026-11-20".parse().unwrap(), change_project::Value::whole(4));
    edits.extend(seen.adding(core.new_item_id()));
    edits.push(section(Section::Problem, "Dark corridors."));
    let (id, at) = (core.new_item_id(), asha_moves());
    edits.push(ProjectEdit::Move { id, to: Status::Planning, at, note: "Agreed.".to_owned() });
    core.edit_project(project, None, &edits).unwrap();
    core
}

fn placement() -> Placement {
    let [start, end] = ["2026-08-05", "2027-08-03"].map(|day| day.parse().unwrap());
    Placement { start, end, ..Placement::default() }
}

fn asha_moves() -> enhance_model::Timestamp {
    "2026-11-22T09:00:00.250Z".parse().unwrap()
}

/// What an export says, without whose it is, when it was made, and which documents are which.
fn said(export: &serde_json::Value) -> String {
    let parts = ["personal_record", "reflections", "projects"];
    let mut said: Vec<serde_json::Value> = parts.iter().map(|part| export[part].clone()).collect();
    let mut ids = Vec::new();
    for part in &mut said[1..] {
        for view in part.as_array_mut().unwrap() {
            ids.push(view["id"].as_str().unwrap().to_owned());
            let keep = ["reflection", "project"];
            view.as_object_mut().unwrap().retain(|key, _| keep.contains(&key.as_str()));
        }
    }
    ids.iter()
        .enumerate()
        .fold(serde_json::to_string_pretty(&said).unwrap(), |text, (place, id)| {
            text.replace(id, &format!("document {place}"))
        })
}

#[test]
fn an_export_read_into_a_new_account_says_the_same_there() {
    let phone = Phone::new();
    let core = full(&phone);
    let export = core.export().unwrap();
    let json = export.to_json().unwrap();
    let new = Phone::new();
    new.clock.advance(200 * 86_400_000);
    let other = new.enrolled(&sam());
    let imported = other.import(&json).unwrap();
    let expected =
        ImportReport { reflections: 1, projects: 1, things: 2, ..ImportReport::default() };
    assert_eq!(imported, expected);
    let back = other.export().unwrap();
    assert_eq!(said(&back.to_value().unwrap()), said(&export.to_value().unwrap()));
    assert_eq!(
        back.personal_record.noun_of(*back.personal_record.evidence.keys().next().unwrap()),
        Some(Noun::EvidenceLink)
    );

    let again = other.import(&json).unwrap();
    assert_eq!(
        again,
        ImportReport { already_here: 2, ..ImportReport::default() },
        "once is enough"
    );
    let own = core.import(&json).unwrap();
    assert_eq!(
        own,
        ImportReport { already_here: 2, ..ImportReport::default() },
        "it is there already"
    );
}

#[test]
fn what_says_something_else_in_a_later_export_is_named_and_stays_as_it_is() {
    let phone = Phone::new();
    let core = full(&phone);
    let (_other_phone, other) = Phone::of(&sam());
    other.import(&core.export().unwrap().to_json().unwrap()).unwrap();
    let id = core.reflections(crate::ListPage::ALL).unwrap()[0].id;
    core.edit_reflection(id, None, &[answer("what", "It was dark, and wet.")]).unwrap();
    let later = core.export().unwrap().to_json().unwrap();
    let report = other.import(&later).unwrap();
    assert_eq!((report.already_here, report.different), (2, vec!["A long night".to_owned()]));
    let here = other.reflections(crate::ListPage::ALL).unwrap()[0].id;
    assert!(answered(&other, here).starts_with("It was dark.\n"));
}

#[test]
fn an_export_has_moments_a_person_can_read_and_those_who_are_named_in_it() {
    let phone = Phone::new();
    let core = full(&phone);
    let export = core.export().unwrap();
    let people: Vec<&str> = export.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(people, ["Asha"]);
    let value = export.to_value().unwrap();
    assert_eq!(value["exported_at"], "2026-11-23T08:00:00.123Z");
    assert_eq!(value["reflections"][0]["reflection"]["created_at"], "2026-11-22T08:00:00Z");
    let csv = export.to_csv();
    assert!(csv.contains(",organisation,Royal Infirmary\r\n"), "{csv}");
    let html = export.reflections_html();
    assert!(html.contains("<h2 dir=\"auto\">A long night</h2>"), "{html}");
    assert!(html.contains("&lt;b&gt;"), "{html}");
    assert!(!html.contains("<b>"));
}

#[test]
fn what_turns_the_direction_of_words_turns_nothing_around_them_and_is_kept_in_the_data() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let turned = "Night\u{202e}\u{2066}\u{200f} shift";
    let reflection = reflection(&core, "It was\u{202e} dark.");
    let title = ReflectionEdit::Title { title: turned.to_owned() };
    core.edit_reflection(reflection, None, &[title]).unwrap();
    let export = core.export().unwrap();
    let html = export.reflections_html();
    assert!(html.contains("<h2 dir=\"auto\">Night shift</h2>"), "{html}");
    assert!(
        html.contains("<p dir=\"auto\">It was\u{202e} dark.</p>"),
        "apart from the rest: {html}"
    );
    let json = export.to_value().unwrap();
    assert_eq!(json["reflections"][0]["reflection"]["title"], turned);
}

#[test]
fn a_file_that_is_no_export_or_is_damaged_changes_nothing() {
    let core = full(&Phone::new());
    let json = core.export().unwrap().to_json().unwrap();
    let new = Phone::new();
    let other = new.enrolled(&sam());
    let cut = &json[..json.len() / 2];
    let hostile = [
        String::new(),
        "{}".to_owned(),
        "[".repeat(100_000),
        cut.to_owned(),
        json.replace("\"version\": 2", "\"version\": 3"),
        json.replace("enhance-export", "something else"),
        json.replace("\"start\": \"2026-08-05\"", "\"start\": \"2028-08-05\""),
        json.replace("\"at\": \"2026-11-20\"", "\"at\": \"2026-02-30\""),
        json.replace("It was dark.", &"x".repeat(300_000)),
    ];
    for text in hostile {
        let error = other.import(&text).unwrap_err();
        let is_said = matches!(
            error,
            Error::InvalidInput { field: InputField::Export, .. } | Error::TooLarge(_)
        );
        assert!(is_said, "{error:?}");
        let export = other.export().unwrap();
        assert!(export.reflections.is_empty() && export.projects.is_empty());
        assert_eq!(
            export.personal_record,
            enhance_model::personal_record::PersonalRecord::default()
        );
    }
}

/// Reflections, the newest first in a file: the oldest has more answers than one edit may have.
fn several() -> String {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let large = core.create_reflection("quick-capture", "", None).unwrap();
    let noise = |seed: u64| -> String {
        let next = |last: &u64| Some(last.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
        let numbers = std::iter::successors(Some(seed), next);
        let words: Vec<String> = numbers.take(400).map(|number| format!("{number:x}")).collect();
        words.join(" ")
    };
    for prompt in 1..5_u64 {
        let text = answer(&format!("prompt-{prompt}"), &noise(prompt));
        core.edit_reflection(large, None, &[text]).unwrap();
    }
    for text in ["First.", "Second.", "Third."] {
        phone.clock.advance(60_000);
        reflection(&core, text);
    }
    let placement = Placement { organisation: "Royal Infirmary".to_owned(), ..placement() };
    core.edit_record(&placement.adding(core.new_item_id())).unwrap();
    core.export().unwrap().to_json().unwrap()
}

#[test]
fn an_import_that_stops_says_how_far_it_came_and_goes_on_when_it_is_done_again() {
    let json = several();
    let (_phone, other) = Phone::of(&sam());
    with_limits(&other, Limits { change_bytes: 6_000, ..Limits::default() });
    let stopped = other.import(&json).unwrap();
    assert_eq!((stopped.reflections, stopped.things, stopped.left), (3, 0, 2), "{stopped:?}");
    assert!(stopped.stopped.unwrap().reason.contains("one edit may have 6000"));
    assert!(matches!(other.import(&json), Err(Error::TooLarge(_))), "and nothing new was read");
    with_limits(&other, Limits::default());
    let rest = other.import(&json).unwrap();
    let expected =
        ImportReport { reflections: 1, things: 1, already_here: 3, ..ImportReport::default() };
    assert_eq!(rest, expected);
    assert_eq!(other.export().unwrap().reflections.len(), 4);
}

/// Randomness that ends the process, so to speak, once it was asked too often.
struct RunsOut(std::sync::atomic::AtomicI64);

impl crate::Randomness for RunsOut {
    fn fill(&self, bytes: &mut [u8]) {
        let left = self.0.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
        assert!(left > 0, "killed");
        crate::SystemRandomness.fill(bytes);
    }
}

#[test]
fn an_import_that_was_killed_anywhere_completes_when_it_is_done_again_and_doubles_nothing() {
    let json = several();
    let mut kills = 0;
    for asked in 0.. {
        let phone = Phone::new();
        drop(phone.enrolled(&sam()));
        let mut options = phone.options();
        options.environment.randomness = std::sync::Arc::new(RunsOut(asked.into()));
        let import = std::panic::AssertUnwindSafe(|| {
            LearningCore::open(options).unwrap().import(&json).unwrap()
        });
        let is_killed = std::panic::catch_unwind(import).is_err();
        let core = phone.open();
        let before = core.export().unwrap().reflections.len();
        let report = core.import(&json).unwrap();
        assert_eq!(report.already_here, before, "after {asked}");
        let export = core.export().unwrap();
        let placements = export.personal_record.placements.len();
        assert_eq!((export.reflections.len(), placements), (4, 1), "after {asked}");
        if !is_killed {
            break;
        }
        kills += 1;
    }
    assert!(kills > 4, "{kills}");
}

#[test]
fn an_export_tells_what_was_suggested_and_an_import_that_it_stays_in_the_file() {
    let phone = Phone::new();
    let core = full(&phone);
    let project = core.export().unwrap().projects[0].id;
    let place = |from, to| CommentPlace { range: Some(from..to), ..CommentPlace::from("problem") };
    core.suggest(project, &place(0, 4), "Dim", "They are not all dark.").unwrap();
    phone.clock.advance(1_000);
    core.suggest(project, &place(5, 14), "wards", "").unwrap();
    let suggested = core.suggestions(project).unwrap();
    core.accept_suggestion(project, suggested[0].place, false).unwrap();
    core.reject_suggestion(project, suggested[1].place).unwrap();
    phone.clock.advance(1_000);
    core.suggest(project, &place(0, 3), "Dimly lit", "").unwrap();
    let export = core.export().unwrap();
    let value = export.to_value().unwrap();
    let told = value["suggestions"][project.to_string()].as_array().unwrap();
    let words = |key: &str| -> Vec<&str> {
        told.iter().map(|one| one[key].as_str().unwrap_or_default()).collect()
    };
    assert_eq!(words("original"), ["Dark", "corridors", "Dim"]);
    assert_eq!(words("replacement"), ["Dim", "wards", "Dimly lit"]);
    assert_eq!(words("state"), ["accepted", "rejected", "open"]);
    assert_eq!(words("place"), ["problem"; 3]);
    assert_eq!(told[0]["why"], "They are not all dark.");
    assert_eq!(told[0]["by"]["name"], told[0]["decided_by"]["name"]);
    assert!(words("at").iter().all(|at| at.ends_with('Z')), "{told:?}");

    let new = Phone::new();
    let other = new.enrolled(&sam());
    let json = export.to_json().unwrap();
    let cancel = crate::Cancellation::new();
    let check = other.check_import(&json, phone.path(), &cancel, &|_| ()).unwrap();
    assert_eq!((check.suggestions, check.comments), (3, 0));
    assert_eq!(other.import(&json).unwrap().suggestions, 3);
    let here = other.export().unwrap().projects.remove(0);
    assert!(other.suggestions(here.id).unwrap().is_empty(), "they stay in the file");
    assert_eq!(here.project.sections[&Section::Problem], "Dim corridors.");
}
