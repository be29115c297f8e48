//! On a ward without signal a trainee reads, learns, reflects and searches; nothing waits for a
//! network, and everything is there after the app was closed.

use enhance_client::{Error, NewSession, SearchPage, Stage};
use enhance_model::{Minutes, Timestamp, personal_record::SessionKind, reflection::ReflectionEdit};
use enhance_tests::{content, world::World};

#[tokio::test]
async fn everything_a_trainee_does_works_without_signal_and_arrives_later() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let mut phone = world.trainee().await;
    phone.sync().await;
    phone.fetch_pack().await;
    phone.network.down();

    let module = phone.modules().unwrap().into_iter().next().unwrap();
    let module = phone.module(&module.key).unwrap();
    let activity = module.activities.first().unwrap().activity.key.clone();
    assert!(!module.outcomes.is_empty());
    assert!(!module.page.text.is_empty());
    assert!(!phone.search("anonymise", SearchPage::default()).unwrap().is_empty());

    phone.start_activity(&activity).unwrap();
    phone.complete_activity(&activity).unwrap();
    phone
        .add_session(NewSession {
            title: "Read on the night bus".into(),
            activity: Some(activity.clone()),
            module: Some(module.summary.key.clone()),
            start: Timestamp::from_unix_millis(1_795_419_000_000),
            minutes: Minutes(25),
            kind: SessionKind::Core,
        })
        .unwrap();
    let template = phone.templates().unwrap().into_iter().next().unwrap();
    let prompt = template.prompts.first().unwrap().key.clone();
    let reflection =
        phone.create_reflection(&template.key, "A quiet night", Some(&activity)).unwrap();
    let text = "The porter knew before any of us that the patient was frightened.".to_owned();
    let answer = ReflectionEdit::Answer { prompt: prompt.clone(), text: text.clone() };
    phone.edit_reflection(reflection, None, &[answer]).unwrap();
    assert!(matches!(phone.try_sync().await.unwrap_err(), Error::Offline { .. }));

    phone.restart();
    assert_eq!(phone.reflection(reflection).unwrap().reflection.answers[&prompt], text);
    assert_eq!(phone.learning_log().unwrap().count.counted, Minutes(25).into());
    assert_eq!(phone.search("frightened porter", SearchPage::default()).unwrap().len(), 1);
    let done = phone.module(&module.summary.key).unwrap();
    assert_eq!(done.summary.minutes_done, Minutes(25));
    assert_eq!(phone.status(reflection).unwrap().stage, Stage::Saved);

    phone.network.up();
    assert_eq!(phone.sync().await.round_trips, 1);
    assert_eq!(phone.status(reflection).unwrap().stage, Stage::Stored);
}
