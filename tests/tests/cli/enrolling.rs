//! Two that enrol at once, and what is typed in the wrong place.

use std::{
    io::{Read, Write},
    net::TcpListener,
    process::{Child, Stdio},
    thread,
};

use enhance_model::Role;
use enhance_tests::{
    home::{Ending, Home},
    world::World,
};

/// Begins to enrol in a home.
fn begun(home: &Home, server: &str, invitation: &str) -> Child {
    let mut command = home.command(&["--json", "enrol", "--server", server, invitation]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Lets two enrol at once in one folder, of whom one wins at least, and looks whether it is whole.
#[track_caller]
fn at_once(world: &World, invitations: [&str; 2]) {
    let (home, server) = (Home::new(), world.server.url());
    let both = invitations.map(|invitation| begun(&home, &server, invitation));
    let both = both.map(|one| Ending::from(one.wait_with_output().unwrap()));
    assert!(both.iter().any(|one| one.exit == 0), "{both:?}");
    for lost in both.iter().filter(|one| one.exit != 0) {
        let code = lost.json()["error"]["code"].as_str().unwrap().to_owned();
        let is_told = (lost.exit == 7 && code == "in_use")
            || ["invitation_of_another", "already_enrolled", "invitation_used"]
                .contains(&code.as_str());
        assert!(is_told, "{both:?}");
    }
    let won = both.iter().find(|one| one.exit == 0).unwrap().json();
    let status = home.json(&["status"]);
    assert_eq!(status["account"]["device"], won["account"]["device"]);
    assert_eq!(status["account"]["person"]["id"], won["account"]["person"]["id"]);
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "A night"];
    home.json(&new);
    home.json(&["sync"]);
    assert_eq!(home.json(&["status"])["counts"]["stored"], 1);
    let shown = home.json(&["enrol", "--show-recovery-key"]);
    assert_eq!(shown["recovery_key"], won["recovery_key"]);
}

#[test]
fn b5_of_two_that_enrol_at_once_in_one_folder_one_wins_and_the_account_is_whole() {
    let world = World::new();
    for round in 0..4 {
        let one = world.server.invite(Role::Trainee, &format!("Dr Ana Ruiz {round}"));
        at_once(&world, [&one, &one]);
        let one = world.server.invite(Role::Trainee, &format!("Dr Bea Ruiz {round}"));
        let two = world.server.invite(Role::Trainee, &format!("Dr Cleo Ruiz {round}"));
        at_once(&world, [&one, &two]);
    }
}

/// A server that says these bytes to everybody and goes.
fn saying(bytes: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            let _ = stream.read(&mut [0; 4_096]);
            let _ = stream.write_all(bytes);
        }
    });
    address
}

const ELSEWHERE: &[u8] =
    b"HTTP/1.1 404 Not Found\r\ncontent-type: text/html\r\ncontent-length: 9\r\n\r\nNot found";
const PLAIN_TO_TLS: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\n\
    content-length: 48\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";
/// What TLS says to what is none.
const ALERT: &[u8] = &[0x15, 3, 1, 0, 2, 2, 70];

/// What is said about an enrolment that comes to nothing, on two lines at most.
#[track_caller]
fn said_of(arguments: &[&str]) -> (i32, String) {
    let home = Home::new();
    let ending = home.run(&[&["enrol"], arguments].concat());
    assert_ne!(ending.exit, 0, "{arguments:?}: {}", ending.stdout);
    let said = ending.stderr;
    assert!(said.len() < 600 && said.trim().lines().count() <= 2, "{said}");
    (ending.exit, said)
}

#[test]
fn b2_what_is_typed_in_the_wrong_place_when_enrolling_is_told_with_what_to_type() {
    let world = World::new();
    let url = world.server.url();
    let code = world.server.invite(Role::Trainee, "Dr Ana Ruiz");
    let (link, both) = (format!("{url}/#join={code}"), format!("{url} {code}"));
    let long = "A".repeat(100_000);
    let long_link = format!("{url}/#join={}", "A".repeat(3_000));
    for (arguments, what_to_type) in [
        (&["--server", &link][..], "enhance enrol \"LINK\""),
        (&["--server", &link, &code], "enhance enrol \"LINK\""),
        (&["--server", &url], "enhance enrol --server URL CODE"),
        (&[&both], "CODE"),
        (&["--server", &both], "CODE"),
        (&["--server", &url, &both], "CODE"),
        (&["--server", &url, &long], "a code looks like ABCD-EFGH-JKMN"),
        (&["--server", &long, &code], "https://"),
        (&[&long_link], "a code looks like ABCD-EFGH-JKMN"),
    ] {
        let (exit, said) = said_of(arguments);
        assert_eq!(exit, 2, "{said}");
        assert!(said.contains(what_to_type), "{said}");
        assert!(!said.contains(&code), "the code is nobody else's: {said}");
    }
    // None of that has used the invitation up.
    Home::new().json(&["enrol", &link]);
}

#[test]
fn b2_an_address_that_is_another_sites_or_of_the_other_kind_is_told_with_what_to_type() {
    let world = World::new();
    let code = "ABCD-EFGH-JKMN";
    let ours = world.server.url();
    let (elsewhere, tls) = (saying(ELSEWHERE), saying(ALERT));
    let refuses_plain = saying(PLAIN_TO_TLS);
    for (server, what, to_type) in [
        (format!("{ours}/elsewhere"), "cannot be read", "type the address"),
        (format!("http://{elsewhere}/learn"), "no Enhance server", "type the address"),
        (format!("http://{tls}"), "does not speak", "https://"),
        (format!("http://{refuses_plain}"), "status 400", "https://"),
        (ours.replace("http://", "https://"), "does not encrypt", "http://127.0.0.1"),
    ] {
        let (exit, said) = said_of(&["--server", &server, code]);
        assert_eq!(exit, 4, "{server}: {said}");
        assert!(said.contains(what) && said.contains(to_type), "{server}: {said}");
    }
    let (exit, said) = said_of(&["--server", "http://learn.example.org", code]);
    assert!(exit == 2 && said.contains("must begin with https://"), "{said}");
}
