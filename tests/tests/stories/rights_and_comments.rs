//! One may read a plan, one may comment on it, one may change it. Each can do that and no more, and
//! what they say about it is there for everybody who reads it.

use enhance_client::Error;
use enhance_model::{Right, Role, change_project::Section::Problem};
use enhance_tests::world::World;

#[tokio::test]
async fn each_right_allows_what_it_says() {
    let world = World::new();
    let ana = world.trainee().await;
    let reader = world.person(Role::Partner, "Mr Hall").await;
    let critic = world.fellow().await;
    let editor = world.supervisor().await;
    ana.know(reader.person()).await;
    let project = ana.create_project("Falls", "sys", "Ward 7").unwrap();
    for (person, right) in
        [(&reader, Right::Read), (&critic, Right::Comment), (&editor, Right::Edit)]
    {
        ana.add_member(project, person.person(), right).unwrap();
    }
    let everybody = [&ana, &reader, &critic, &editor];
    world.settle(&everybody).await;

    let not_allowed = |error: Error| assert!(matches!(error, Error::NotAllowed { .. }), "{error}");
    not_allowed(reader.try_write(project, Problem, "No.").unwrap_err());
    not_allowed(critic.try_write(project, Problem, "No.").unwrap_err());
    not_allowed(reader.comment(project, "", "No.").unwrap_err());
    not_allowed(editor.add_member(project, reader.person(), Right::Edit).unwrap_err());
    not_allowed(editor.delete(project).unwrap_err());
    editor.write(project, Problem, "Falls happen at shift change.");
    critic.comment(project, Problem.as_str(), "How do you know?").unwrap();
    world.settle(&everybody).await;

    world.assert_converged(project, &everybody);
    for device in everybody {
        let comments = device.project(project).unwrap().comments;
        assert_eq!(comments.len(), 1, "{}", device.name());
        assert_eq!(comments[0].comment.body, "How do you know?");
    }
    let writers = ana.field_authors(project).unwrap();
    assert!(!writers.is_empty());

    // The one who commented is shown out; what was said goes with the one who said it.
    ana.remove_member(project, critic.person()).unwrap();
    world.settle(&everybody).await;
    assert!(critic.project(project).is_err());
    assert!(reader.project(project).is_ok());
}
