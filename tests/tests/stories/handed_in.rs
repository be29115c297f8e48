//! Whatever a host hands in, the answer is a value or an error of the library's own, and what was
//! there stays readable: texts of no letters or of ten megabytes, moments at the ends of time.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use enhance_client::{Budget, Cancellation, Error, NewSession, SearchPage};
use enhance_model::{
    Minutes, Timestamp, change_project::Section::Problem, personal_record::SessionKind,
    reflection::ReflectionEdit,
};
use enhance_tests::{device::Device, world::World};

/// Texts that no form was made for. Half a surrogate pair is U+FFFD by the time it is here.
fn texts() -> Vec<String> {
    let strange = [
        "",
        " ",
        "\0",
        "\u{0}a\u{0}",
        "\u{fffd}",
        "Good night \u{fffd}",
        "\u{202e}abc",
        "\u{1b}[2J",
        "\"",
        "'; DROP TABLE entry; --",
        "../../etc/passwd",
        "{",
        "[]",
        "{}",
        "<script>",
        "%s%n",
        "\u{feff}",
        "\u{10ffff}",
        "e\u{301}\u{301}\u{301}",
        "01234567-89ab-cdef-0123-456789abcdef",
        "-1",
        "NaN",
        "1e999",
        "99999999999999999999",
    ];
    let mut texts: Vec<String> = strange.map(str::to_owned).into();
    texts.push("word ".repeat(2_000_000));
    texts
}

/// What a call with this text does. An error has a code and a sentence; a panic ends the test.
fn handed_in<T>(what: &str, text: &str, call: impl FnOnce() -> Result<T, Error>) {
    let shown: String = text.chars().take(20).collect();
    let answer = catch_unwind(AssertUnwindSafe(call));
    let answer = answer.unwrap_or_else(|_| panic!("{what} panics at {shown:?}"));
    if let Err(error) = answer {
        let sentence = error.to_string();
        assert!(!matches!(error, Error::Internal { .. }), "{what} at {shown:?}: {sentence}");
        assert!(sentence.len() < 4_000, "{what} at {shown:?} says it all back");
        assert!(!sentence.contains("\\u{"), "{what} at {shown:?}: {sentence}");
        assert!(
            !sentence.chars().any(|sign| sign == '\u{1b}' || sign == '\0'),
            "{what}: {shown:?}"
        );
    }
}

fn hand_in_everywhere(ana: &Device, text: &str) {
    let (project, reflection) = (ana.create_project("P", "sys", "W").unwrap(), ana.reflect("R"));
    handed_in("create_project", text, || ana.create_project(text, text, text));
    handed_in("create_reflection", text, || ana.create_reflection(text, text, Some(text)));
    handed_in("comment", text, || ana.comment(project, text, text));
    handed_in("comment", text, || ana.comment(project, "", text));
    handed_in("start_activity", text, || ana.start_activity(text));
    handed_in("complete_activity", text, || ana.complete_activity(text));
    handed_in("module", text, || ana.module(text));
    handed_in("page", text, || ana.page(text));
    handed_in("search", text, || ana.search(text, SearchPage::default()));
    handed_in("import", text, || ana.import(text));
    handed_in("verify_page", text, || ana.verify_page(text));
    handed_in("other_names_on_page", text, || ana.other_names_on_page(text));
    handed_in("verify_arcp", text, || ana.verify_arcp(text));
    handed_in("use_recovery_key", text, || ana.use_recovery_key(text));
    let edits = [
        ReflectionEdit::Title { title: text.to_owned() },
        ReflectionEdit::Answer { prompt: text.to_owned(), text: text.to_owned() },
    ];
    for edit in edits {
        handed_in("edit_reflection", text, || ana.edit_reflection(reflection, None, &[edit]));
    }
    handed_in("add_session", text, || {
        ana.add_session(NewSession {
            title: text.to_owned(),
            activity: Some(text.to_owned()),
            module: Some(text.to_owned()),
            start: Timestamp::from_unix_millis(0),
            minutes: Minutes(1),
            kind: SessionKind::ALL[0],
        })
    });
    ana.delete(project).unwrap();
    ana.delete(reflection).unwrap();
}

#[tokio::test]
async fn e4_any_text_has_an_answer_of_the_library_and_harms_nothing() {
    let world = World::new();
    let ana = world.trainee().await;
    ana.sync().await;
    let kept = ana.create_project("Falls", "sys", "Ward 7").unwrap();
    ana.write(kept, Problem, "Patients fall.");
    for text in texts() {
        hand_in_everywhere(&ana, &text);
    }
    assert_eq!(ana.section(kept, Problem), "Patients fall.");
}

#[tokio::test]
async fn e4_any_moment_and_length_has_an_answer_of_the_library_and_harms_nothing() {
    let world = World::new();
    let ana = world.trainee().await;
    ana.sync().await;
    for millis in [i64::MIN, -1, 0, 1, 253_402_300_799_999, 253_402_300_800_000, i64::MAX] {
        for minutes in [0, 1, u32::MAX] {
            handed_in("add_session", &millis.to_string(), || {
                ana.add_session(NewSession {
                    title: "A night".to_owned(),
                    activity: None,
                    module: None,
                    start: Timestamp::from_unix_millis(millis),
                    minutes: Minutes(minutes),
                    kind: SessionKind::ALL[0],
                })
            });
            handed_in("learning_log", &millis.to_string(), || ana.learning_log());
            handed_in("export", &millis.to_string(), || ana.export());
        }
    }
    for deadline in [Duration::ZERO, Duration::from_millis(i64::MAX.unsigned_abs()), Duration::MAX]
    {
        for max_bytes in [None, Some(0), Some(u64::MAX)] {
            let budget = Budget { deadline: Some(deadline), metered: true, max_bytes };
            let synced = ana.core().sync(budget, &Cancellation::new(), &|_| ()).await;
            handed_in("sync", "a budget", || synced);
        }
    }
    ana.sync().await;
}
