//! A trainee writes as it comes to her, with a name and an NHS number in it. Nothing stops her from
//! writing; before anybody else reads it she is told, changes one and knows of the other.

use enhance_client::{Error, Stage, model::identifiers::FindingKind};
use enhance_tests::{content, world::World};

#[tokio::test]
async fn what_may_tell_of_a_patient_is_asked_about_before_it_is_shared() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    ana.sync().await;
    let reflection = ana.reflect("After the arrest call");
    ana.answer(reflection, "Mrs Okafor (NHS 943 476 5919) died before her son came.");
    ana.sync().await;
    assert_eq!(ana.status(reflection).unwrap().stage, Stage::Stored, "saving is never blocked");

    let Err(Error::Unacknowledged { probable }) = ana.share_reflection(reflection, ben.person())
    else {
        panic!("shared without a word")
    };
    let kinds: Vec<FindingKind> = probable.into_keys().collect();
    assert_eq!(kinds, [FindingKind::NhsNumber, FindingKind::TitleName]);
    let seen = ana.check_before_sharing(reflection).unwrap();

    ana.answer(reflection, "Mrs Okafor died before her son came.");
    let early = ana.share_reflection_acknowledged(reflection, ben.person(), seen.acknowledgement);
    assert!(early.is_err(), "what she has seen was of another text");
    let left = ana.check_before_sharing(reflection).unwrap();
    assert_eq!(
        left.findings.iter().map(|one| one.finding.text.as_str()).collect::<Vec<_>>(),
        ["Mrs Okafor"]
    );
    let copy =
        ana.share_reflection_acknowledged(reflection, ben.person(), left.acknowledgement).unwrap();
    world.settle(&[&ana, &ben]).await;
    let answers = ben.shared_reflection(copy).unwrap().copy.answers;
    assert_eq!(answers[content::PROMPT], "Mrs Okafor died before her son came.");
    assert!(!ben.network.recording().contains(b"943 476 5919"));

    ana.answer(reflection, "Mrs Okafor died before her son came. I rang him late.");
    let again = ana.share_reflection_acknowledged(reflection, ben.person(), left.acknowledgement);
    assert!(matches!(again, Err(Error::Unacknowledged { .. })), "an edit asks again");
    ana.answer(reflection, "She died before her son came. I rang him late.");
    assert!(ana.share_reflection(reflection, ben.person()).is_ok(), "nothing is left to ask");
}
