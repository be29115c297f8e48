//! A supervisor says something about a shared copy and is answered; people suggest other words for
//! a plan, and what they say about its text is found again while the text moves.

use enhance_client::{AnchorStanding, CommentPlace, Error, WaitingAnswers};
use enhance_model::{
    ItemId, Right, Role,
    change_project::Section::Problem,
    comments::{CommentRef, SuggestionState},
};
use enhance_tests::{content, device::Device, world::World};

fn of(part: &str, start: u32, end: u32) -> CommentPlace {
    CommentPlace { range: Some(start..end), ..CommentPlace::from(part) }
}

fn waiting(threads: u32, suggestions: u32) -> WaitingAnswers {
    WaitingAnswers { threads, suggestions }
}

fn suggestion(device: &Device, project: enhance_model::DocumentId, id: ItemId) -> CommentRef {
    let found = device.suggestions(project).unwrap().into_iter();
    found.map(|view| view.place).find(|place| place.id == id).unwrap()
}

#[tokio::test]
async fn a_comment_on_a_copy_is_answered_and_settled() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    ana.sync().await;
    let reflection = ana.reflect("After the arrest call");
    ana.answer(reflection, "We were slow to call.");
    let copy = ana.share_reflection(reflection, ben.person()).unwrap();
    world.settle(&[&ana, &ben]).await;

    let part = format!("answers/{}", content::PROMPT);
    ben.comment_at(copy, &of(&part, 8, 12), "How slow?").unwrap();
    assert!(ben.comment(copy, "PROBLEM", "Lost.").is_err());
    world.settle(&[&ana, &ben]).await;
    assert_eq!(ana.waiting_answers(copy).unwrap(), waiting(1, 0));
    let asked = ana.threads(copy).unwrap().remove(0);
    assert_eq!(asked.quote.as_deref(), Some("slow"));
    assert_eq!(asked.standing, AnchorStanding::At { start: 8, end: 12 });
    ana.answer_comment(copy, asked.place, "Four minutes.").unwrap();
    assert_eq!(ana.waiting_answers(copy).unwrap(), waiting(0, 0));
    world.settle(&[&ana, &ben]).await;
    assert_eq!(ben.waiting_answers(copy).unwrap(), waiting(1, 0));
    ben.resolve_comment(copy, asked.place.id).unwrap();
    world.settle(&[&ana, &ben]).await;

    let [hers, his] = [&ana, &ben].map(|device| device.threads(copy).unwrap().remove(0));
    assert_eq!(hers.answers[0].body, "Four minutes.");
    assert_eq!(hers.resolved_by.map(|by| by.id), Some(ben.person()));
    assert_eq!(hers.resolved_at, his.resolved_at);
    ana.reopen_comment(copy, asked.place.id).unwrap();
    world.settle(&[&ana, &ben]).await;
    assert_eq!(ben.threads(copy).unwrap()[0].resolved_at, None);
}

#[tokio::test]
async fn a_comment_outlives_its_text_and_its_words_are_kept_when_they_change() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.write(project, Problem, "The ward is dark.");
    world.settle(&[&ana, &ben]).await;
    let id = ben.comment_at(project, &of("problem", 12, 16), "At what hour?").unwrap();
    ana.write(project, Problem, "");
    world.settle(&[&ana, &ben]).await;
    for device in [&ana, &ben] {
        let thread = device.threads(project).unwrap().remove(0);
        assert_eq!(thread.standing, AnchorStanding::DeletedText);
        assert_eq!(thread.quote.as_deref(), Some("dark"));
    }

    ben.rewrite_comment(project, id, "At which hours?").unwrap();
    world.settle(&[&ana, &ben]).await;
    let thread = ana.threads(project).unwrap().remove(0);
    let versions = ana.comment_versions(thread.place).unwrap();
    let said: Vec<&str> = versions.iter().map(|one| one.body.as_str()).collect();
    assert_eq!(said, ["At what hour?", "At which hours?"]);
    assert!(thread.first.unwrap().edited_at.is_some());
    assert!(ana.rewrite_comment(project, id, "Not hers.").is_err());

    ana.answer_comment(project, thread.place, "Between two and five.").unwrap();
    world.settle(&[&ana, &ben]).await;
    ben.delete_comment(project, id).unwrap();
    world.settle(&[&ana, &ben]).await;
    let thread = ana.threads(project).unwrap().remove(0);
    let first = thread.first.unwrap();
    assert!(first.deleted && first.body.is_empty());
    assert_eq!(thread.answers.len(), 1);
    ben.put_back_comment(project, id).unwrap();
    world.settle(&[&ana, &ben]).await;
    assert_eq!(ana.threads(project).unwrap()[0].first.as_ref().unwrap().body, "At which hours?");
}

#[tokio::test]
async fn a_suggestion_is_accepted_while_the_text_moves_and_never_overwrites() {
    let world = World::new();
    let (ana, hall) = (world.trainee().await, world.person(Role::Partner, "Mr Hall").await);
    ana.know(hall.person()).await;
    let project = ana.create_project("Falls", "sys", "Ward 7").unwrap();
    ana.write(project, Problem, "The ward is dark.");
    ana.add_member(project, hall.person(), Right::Comment).unwrap();
    world.settle(&[&ana, &hall]).await;
    let place = of("problem", 12, 16);
    let id = hall.suggest(project, &place, "dark at night", "By day it is not.").unwrap();
    let other = hall.suggest(project, &place, "unlit", "").unwrap();
    ana.write(project, Problem, "For a year the ward is dark.");
    world.settle(&[&ana, &hall]).await;
    assert_eq!(ana.waiting_answers(project).unwrap(), waiting(0, 2));

    let [first, second] = [id, other].map(|id| suggestion(&ana, project, id));
    assert!(matches!(hall.accept_suggestion(project, first, false), Err(Error::NotAllowed { .. })));
    ana.accept_suggestion(project, first, false).unwrap();
    assert_eq!(ana.section(project, Problem), "For a year the ward is dark at night.");
    assert!(ana.accept_suggestion(project, first, false).is_err(), "once is enough");
    let refused = ana.accept_suggestion(project, second, false).unwrap_err();
    assert!(refused.to_string().contains("not in the plan any more"), "{refused}");
    ana.reject_suggestion(project, second).unwrap();
    world.settle(&[&ana, &hall]).await;
    let views = hall.suggestions(project).unwrap();
    let states: Vec<_> = views.iter().map(|view| view.state).collect();
    assert!(states.contains(&SuggestionState::Accepted));
    assert!(states.contains(&SuggestionState::Rejected));
    assert!(views.iter().all(|view| view.decided_by.as_ref().unwrap().id == ana.person()));
    assert_eq!(ana.waiting_answers(project).unwrap(), waiting(0, 0));

    // The text under it is changed: what is there now has to be meant.
    let id = hall.suggest(project, &of("problem", 0, 10), "Since May", "").unwrap();
    world.settle(&[&ana, &hall]).await;
    ana.write(project, Problem, "For a long year the ward is dark at night.");
    let place = suggestion(&ana, project, id);
    let refused = ana.accept_suggestion(project, place, false).unwrap_err();
    assert!(refused.to_string().contains("For a long year"), "{refused}");
    ana.accept_suggestion(project, place, true).unwrap();
    assert_eq!(ana.section(project, Problem), "Since May the ward is dark at night.");
}

#[tokio::test]
async fn two_accept_at_once_and_it_stands_once() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.write(project, Problem, "The ward is dark.");
    let id = ana.suggest(project, &of("problem", 12, 16), "dark at night", "").unwrap();
    world.settle(&[&ana, &ben]).await;
    for device in [&ana, &ben] {
        let place = suggestion(device, project, id);
        device.accept_suggestion(project, place, false).unwrap();
    }
    world.settle(&[&ana, &ben]).await;
    world.settle(&[&ana, &ben]).await;
    for device in [&ana, &ben] {
        assert_eq!(device.section(project, Problem), "The ward is dark at night.");
        assert_eq!(device.suggestions(project).unwrap()[0].state, SuggestionState::Accepted);
    }
    world.assert_converged(project, &[&ana, &ben]);
}
