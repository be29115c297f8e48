//! A trainee shows a reflection to her supervisor. He gets the text as it stands and nothing of
//! how it came about, and she can always tell who can see what.

use enhance_client::SearchPage;
use enhance_tests::{content, world::World};

#[tokio::test]
async fn a_shared_copy_has_no_drafts_and_never_changes() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    ana.sync().await;
    let (draft, final_text) = (world.chance.sentence(), world.chance.sentence());
    let reflection = ana.reflect("After the arrest call");
    ana.answer(reflection, &draft);
    ana.answer(reflection, &final_text);
    assert!(ana.readers(reflection).unwrap().iter().all(|reader| reader.person.id == ana.person()));

    let copy = ana.share_reflection(reflection, ben.person()).unwrap();
    world.settle(&[&ana, &ben]).await;
    let shared = ben.shared_with_me().unwrap();
    assert_eq!(shared.iter().map(|listed| listed.id).collect::<Vec<_>>(), [copy]);
    assert_eq!(ben.shared_reflection(copy).unwrap().copy.answers[content::PROMPT], final_text);
    assert!(ben.reflection(reflection).is_err(), "the reflection itself is not his to read");
    let needle = draft.split(' ').next().unwrap();
    assert!(ben.search(needle, SearchPage::default()).unwrap().is_empty());
    assert!(!ben.network.recording().contains(draft.as_bytes()));
    assert!(ana.readers(reflection).unwrap().iter().any(|reader| reader.person.id == ben.person()));

    ana.answer(reflection, "A second thought that is hers alone.");
    world.settle(&[&ana, &ben]).await;
    assert_eq!(ben.shared_reflection(copy).unwrap().copy.answers[content::PROMPT], final_text);

    let again = ana.share_reflection(reflection, ben.person()).unwrap();
    world.settle(&[&ana, &ben]).await;
    assert_ne!(again, copy);
    assert_eq!(ben.shared_with_me().unwrap().len(), 2, "sharing again makes a new copy");
}
