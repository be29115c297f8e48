//! A server that is elsewhere, that forgot this home, or that is none, told by the commands.

use enhance_model::{PersonId, Role};
use enhance_tests::{
    home::Home,
    network::{Network, Portal, Weather},
    world::World,
};

#[test]
fn b2_the_words_of_a_failure_fit_the_command() {
    let world = World::new();
    let network = Network::to(world.server.upstream()).unwrap();
    network.set(Weather::Portal(Portal::page(503, "<html>Maintenance</html>")));
    let home = Home::new();
    let ending = home.run(&["enrol", "--server", &network.url(), "ABCD-EFGH-JKMN"]);
    assert_eq!(ending.exit, 4);
    assert!(ending.stderr.contains("(status 503)"), "{}", ending.stderr);
    assert!(ending.stderr.contains("nothing is enrolled yet"), "{}", ending.stderr);
    assert!(!ending.stderr.contains("sync"), "{}", ending.stderr);

    network.up();
    let invitation = world.server.invite(Role::Trainee, "Dr Ana Ruiz");
    home.json(&["enrol", "--server", &network.url(), &invitation]);
    network.set(Weather::Portal(Portal::page(302, "")));
    let ending = home.run(&["sync", "--json"]);
    assert_eq!(ending.exit, 4);
    let message = ending.json()["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("points to http://192.0.2.1/login"), "{message}");
    let status = home.json(&["status"]);
    assert_eq!(status["sync"]["last_error"]["detail"]["obstacle"]["kind"], "moved");
    assert_eq!(status["sync"]["online"], false);
    assert!(home.text(&["status"]).contains("Last failure"));
}

#[test]
fn b4_a_server_that_moved_is_told_by_its_address() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Dr Ana Ruiz");
    assert_eq!(home.json(&["address"])["server"], world.server.url());
    let elsewhere = Network::to(world.server.upstream()).unwrap();
    let moved = home.json(&["address", &elsewhere.url()]);
    assert_eq!(moved["server"], elsewhere.url());
    assert_eq!(home.json(&["sync"])["round_trips"], 1);

    let another = World::new();
    let ending = home.run(&["address", &another.server.url()]);
    assert_eq!(ending.exit, 4);
    assert!(ending.stderr.contains("another Enhance server"), "{}", ending.stderr);
    assert_eq!(home.json(&["address"])["server"], elsewhere.url());
    let ending = home.run(&["address", "http://enhance.example.org"]);
    assert_eq!(ending.exit, 2, "{}", ending.stderr);
}

#[test]
fn b3_a_home_that_was_forgotten_is_enrolled_again() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Dr Ana Ruiz");
    let account = home.json(&["status"])["account"].clone();
    let (device, person) = (account["device"].as_str().unwrap(), &account["person"]["id"]);
    let person: PersonId = person.as_str().unwrap().parse().unwrap();
    world.server.command(&["devices", "--sign-out", device]).unwrap();
    let ending = home.run(&["sync"]);
    assert_eq!(ending.exit, 3);
    assert!(ending.stderr.contains("enrol here again"), "{}", ending.stderr);
    let invitation = world.server.invite_device(person);
    let url = world.server.url();
    let again = home.json(&["enrol", "--server", &url, &invitation]);
    assert_eq!(again["account"]["device"], device);
    assert_eq!(home.json(&["sync"])["waiting"], 0);
    let other = world.server.invite(Role::Trainee, "Dr Ben Okoro");
    let ending = home.run(&["enrol", "--server", &url, &other]);
    assert!(ending.stderr.contains("another folder"), "{}", ending.stderr);
}
