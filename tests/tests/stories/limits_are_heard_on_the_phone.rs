//! A limit is heard of while typing, in the words the server would use, before any text is lost.

use enhance_client::{DraftField, Error};
use enhance_model::{
    ItemId, LimitExceeded, Noun, RefusalCode,
    change_project::{Item, Measure, ProjectEdit, Section::Problem},
};
use enhance_tests::{device::Device, world::World};

const SMALL: &str = "[limits]\ntext_chars = 1_200\ndocument_changes = 100\n";

#[tokio::test]
async fn the_phone_says_what_the_server_would_say() {
    let world = World::builder().settings(SMALL).begin();
    let ana = world.trainee().await;
    ana.network.down();
    let project = ana.create_project("Falls", "sys", "Ward 7").unwrap();
    let fits = "x".repeat(1_200);
    ana.write(project, Problem, &fits);
    let refused = ana.try_write(project, Problem, &format!("{fits}!")).unwrap_err();
    let too_long = |field: &str, called: &str| {
        let (field, called) = (field.to_owned(), called.to_owned());
        Error::TextTooLong { field, called, over: 1, limit: 1_200 }
    };
    assert_eq!(refused, too_long("section/problem", "Problem"));
    assert_eq!(refused.code(), LimitExceeded::Text { limit: 1_200 }.code().as_str());
    assert_eq!(ana.section(project, Problem), fits, "what was there is there");

    let reflection = ana.reflect("Long");
    let refused = ana.try_answer(reflection, &format!("{fits}!")).unwrap_err();
    let prompt = enhance_tests::content::PROMPT;
    assert_eq!(
        refused,
        too_long(&format!("answer/{prompt}"), prompt),
        "private documents are measured on the phone alone"
    );

    ana.network.up();
    ana.sync().await;
    assert!(ana.quarantined().unwrap().is_empty(), "nothing was sent that would be refused");
}

#[tokio::test]
async fn g12_a_title_or_a_name_is_short_wherever_it_is_written() {
    let world = World::new();
    let ana = world.trainee().await;
    let (fits, long) = ("ö".repeat(500), "ö".repeat(501));
    let short = Error::TooLarge(LimitExceeded::Text { limit: 500 });
    for (title, topic, setting) in [(&*long, "", ""), ("a", &*long, ""), ("a", "", &*long)] {
        assert_eq!(ana.create_project(title, topic, setting).unwrap_err(), short);
    }
    let project = ana.create_project(&fits, "sys", "Ward 7").unwrap();
    let id = ItemId::from_bytes([7; 16]);
    let named = |name: &str| {
        let measure = Measure { name: name.to_owned(), ..Measure::default() };
        ana.edit_project(project, None, &measure.adding(id)).map(drop)
    };
    assert_eq!(named(&long).unwrap_err(), short);
    named("Falls").unwrap();
    let title = ProjectEdit::Title { title: long.clone() };
    assert_eq!(ana.edit_project(project, None, &[title]).unwrap_err(), short);
    assert_eq!(ana.project(project).unwrap().project.title, fits);
    // What explains itself is as long as a text.
    let defined = ProjectEdit::parse(Noun::Measure, id, "definition", &long.repeat(20)).unwrap();
    ana.edit_project(project, None, &[defined]).unwrap();
    ana.write(project, Problem, &long);
    ana.sync().await;
    assert!(ana.quarantined().unwrap().is_empty(), "nothing was sent that would be refused");
}

#[tokio::test]
async fn a_document_edited_too_often_says_so() {
    let world = World::builder().settings(SMALL).begin();
    let ana = world.trainee().await;
    let project = ana.create_project("Falls", "sys", "Ward 7").unwrap();
    let refused = (0..120)
        .find_map(|number| ana.try_write(project, Problem, &format!("{number}")).err())
        .expect("the change after the hundredth is one too many");
    assert_eq!(refused, Error::TooLarge(LimitExceeded::Changes { changes: 101, limit: 100 }));
    ana.sync().await;
    assert!(ana.quarantined().unwrap().is_empty());
    assert_eq!(ana.section(project, Problem), "98");
}

#[tokio::test]
async fn a_pasted_text_longer_than_one_change_reaches_everybody_whole() {
    let world = World::builder().settings("[limits]\nchange_bytes = 100_000\n").begin();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    let reflection = ana.reflect("Long");
    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    let pasted = "Minutes of a long meeting. \u{1f4dd} ".repeat(5_000);
    let shorter = "A summary of them. ".repeat(4_000);
    for text in [pasted.as_str(), &shorter, ""] {
        let seen = ana.project(project).unwrap().version;
        ana.autosave(project, &DraftField::Section(Problem), &seen, text).unwrap();
        ana.settle(project).unwrap();
        ana.answer(reflection, text);
        world.settle(&[&ana, &ben, &tablet]).await;
        assert_eq!(ben.section(project, Problem), text);
        assert_eq!(tablet.answered(reflection), text);
    }
    ana.write(project, Problem, &pasted);
    world.settle(&[&ana, &ben]).await;
    ben.comment(project, "problem", &pasted[..120_000]).unwrap();
    world.settle(&[&ana, &ben]).await;
    assert!(ana.quarantined().unwrap().is_empty() && ben.quarantined().unwrap().is_empty());
    let thread = ana.threads(project).unwrap().remove(0);
    assert_eq!(thread.first.unwrap().body, pasted[..120_000]);
}

#[tokio::test]
async fn b1_a_space_that_is_used_up_is_said_with_whose_it_is_how_much_and_what_to_do() {
    let mut world = World::builder().settings("[limits]\nperson_bytes = 12_000\n").begin();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    let reflection = ana.reflect("Long");
    ana.sync().await;
    let long = (0..20_000).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
    ana.answer(reflection, &long);
    let report = ana.sync().await;
    assert_eq!((report.quarantined, report.waiting > 0), (0, true), "{report:?}");
    assert_eq!(report.round_trips, 1, "what has no room is not sent again and again: {report:?}");
    let why = |device: &Device| match device.sync_state().unwrap().last_error {
        Some(Error::Refused { code: RefusalCode::QuotaExceeded, message }) => message,
        other => panic!("{other:?}"),
    };
    let said = why(&ana);
    for part in ["your space on the server is full", " of 12.0 kB", "stays on this device", "ask"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(ana.sync_state().unwrap().online, "nothing is wrong with the way");

    ana.write(project, Problem, &long[..4_000]);
    ana.sync().await;
    ben.write(project, Problem, &long);
    ben.sync().await;
    assert!(why(&ben).contains("the owner of this has no space left"), "{}", why(&ben));

    world.server.set("[limits]\nperson_bytes = 1_000_000\n");
    for device in [&ana, &ben] {
        assert_eq!(device.sync().await.waiting, 0);
        assert_eq!(device.sync_state().unwrap().last_error, None);
    }
}
