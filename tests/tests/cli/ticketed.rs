//! A ticket made in one terminal and opened in another, where there is no account.

use enhance_model::Role;
use enhance_tests::{home::Home, world::World};

#[test]
fn a_ticket_is_opened_where_there_is_no_account_and_its_owner_hears_who_said_what() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    asha.json(&["sync"]);
    let project = asha.json(&["project", "new", "--title", "Falls at night"])["project"].clone();
    let project = project.as_str().unwrap();
    asha.json(&["project", "edit", project, "--section", "problem=Too dark"]);
    let made = asha.json(&["ticket", "make", project, "--for", "Does this fit?", "--uses", "1"]);
    let (link, id) = (made["link"].as_str().unwrap(), made["id"].as_str().unwrap());

    let sam = Home::new();
    let opened = sam.json(&["ticket", "open", link, "--name", "Sam Reed"]);
    let visit = opened["visit"].as_str().unwrap();
    assert_eq!(opened["snapshot"]["title"], "Falls at night");
    let shown = sam.text(&["ticket", "open", link, "--name", "Sam Reed", "--visit", visit]);
    assert!(shown.contains("Too dark") && shown.contains("From Asha Rao"), "{shown}");
    let say = ["ticket", "open", link, "--name", "Sam Reed", "--visit", visit, "--comment"];
    let said = sam.text(&[&say[..], &["The carers come at six."]].concat());
    assert!(said.contains("Asha Rao gets what you said"), "{said}");
    assert!(!sam.path().exists(), "nothing of it is kept");
    let again = sam.run(&["ticket", "open", link, "--name", "Kim"]);
    assert_eq!(again.exit, 9, "{}", again.stderr);
    let wrong = sam.run(&["ticket", "open", "https://example.org/", "--name", "Kim"]);
    assert_eq!(wrong.exit, 2, "{}", wrong.stderr);

    let listed = asha.text(&["ticket", "list"]);
    for words in ["Sam Reed opened it", "The carers come at six.", "Used up", "0 of 1 uses left"] {
        assert!(listed.contains(words), "{words}: {listed}");
    }
    let inbox = asha.text(&["inbox"]);
    assert!(inbox.contains("ticket answered") && inbox.contains("enhance ticket list"), "{inbox}");
    let ended = asha.text(&["ticket", "end", id]);
    assert!(ended.contains("is ended"), "{ended}");
    assert_eq!(asha.json(&["ticket", "list", "--offline"])["tickets"][0]["standing"], "ended");
    let name =
        asha.json(&["reflect", "new", "--template", "quick-capture", "--title", "Mrs Okafor fell"])
            ["document"]
            .clone();
    let named = asha.run(&["ticket", "make", name.as_str().unwrap(), "--for", "Look"]);
    assert_eq!(named.exit, 5, "{}", named.stderr);
}
