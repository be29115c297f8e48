//! A limit is heard of while typing, in the words the server would use, before any text is lost.

use enhance_client::Error;
use enhance_model::{
    ItemId, LimitExceeded, Noun,
    change_project::{Item, Measure, ProjectEdit, Section::Problem},
};
use enhance_tests::world::World;

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
    let words = LimitExceeded::Text { limit: 1_200 };
    assert_eq!(refused, Error::TooLarge(words.clone()));
    assert_eq!(refused.to_string(), words.to_string());
    assert_eq!(ana.section(project, Problem), fits, "what was there is there");

    let reflection = ana.reflect("Long");
    let refused = ana.try_answer(reflection, &format!("{fits}!")).unwrap_err();
    assert_eq!(
        refused,
        Error::TooLarge(words),
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
