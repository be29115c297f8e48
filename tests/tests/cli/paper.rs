//! The year on paper and in files: printed, verified, exported and read back.

use std::fs;

use enhance_model::Role;
use enhance_tests::{home::Home, world::World};
use serde_json::Value;

#[test]
fn a_year_is_printed_verified_and_taken_to_another_account() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    home.json(&["log", "add", "--minutes", "60", "--kind", "core", "--title", "Grand round"]);
    home.json(&["reflect", "new", "--template", "quick-capture", "--title", "A home visit"]);
    let period = ["--period", "2020-08-05..2079-08-04"];
    let asked = |more: &[&'static str]| [&["arcp"][..], &period, more].concat();
    let page = home.json(&asked(&[]));
    assert_eq!(page["trainee"], "Asha Rao");
    let text = home.text(&asked(&[]));
    assert!(text.contains("What is missing") && text.contains("No placement"), "{text}");
    assert!(home.text(&asked(&["--csv", "-"])).contains("review,1,trainee,Asha Rao"));
    assert!(home.text(&asked(&["--text", "-"])).contains("Still to do"));

    let file = home.path().join("review.html");
    let name = file.to_str().unwrap();
    home.json(&[&asked(&["--html"])[..], &[name]].concat());
    assert_eq!(home.json(&["verify", name])["verdict"], "agrees");
    let (other, _) = world.home(Role::Trainee, "Ben Ode");
    assert_eq!(other.json(&["verify", name])["verdict"], "unaltered");
    let panel = Home::new();
    assert_eq!(panel.json(&["verify", name])["verdict"], "unaltered", "a panel has no account");
    let html = fs::read_to_string(&file).unwrap();
    fs::write(&file, html.replace("Asha Rao", "Asha Roe")).unwrap();
    let altered = home.run(&["verify", name]);
    assert!(altered.exit == 9 && altered.stdout.contains("altered"), "{}", altered.stdout);
    assert_eq!(panel.run(&["verify", name]).exit, 9);
    assert!(!panel.path().exists(), "asking must not make a home");
    assert_eq!(home.run(&["arcp", "--period", "soon"]).exit, 2);

    let file = home.path().join("all.json");
    let name = file.to_str().unwrap();
    home.json(&["export", "--out", name]);
    let csv = home.text(&["export", "--csv", "-"]);
    assert!(csv.contains(",title,Grand round"), "{csv}");
    assert!(home.text(&["export", "--html", "-"]).contains("<h2 dir=\"auto\">A home visit</h2>"));
    let imported = other.json(&["import", name]);
    assert_eq!((&imported["reflections"], &imported["things"]), (&Value::from(1), &Value::from(1)));
    assert_eq!(other.json(&["import", name])["already_here"], 1);
    fs::write(&file, "{}").unwrap();
    let refused = other.run(&["import", name]);
    assert!(refused.exit == 2 && refused.stderr.contains("no export"), "{}", refused.stderr);
}
